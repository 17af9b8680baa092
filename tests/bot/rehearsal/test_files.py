"""Files in three steps, and what goes wrong at each."""

from __future__ import annotations

import urllib.request
from urllib.error import HTTPError

import pytest
from slack_sdk import WebClient

from bot.rehearsal.standin import StandIn
from tests.bot.rehearsal.apps import ask, bolt, modal, refused

CONTENT = b"PK\x03\x04 a workbook"


def announce(client: WebClient, length: int = len(CONTENT)) -> tuple[str, str]:
    made = client.files_getUploadURLExternal(filename="export.xlsx", length=length)
    return str(made["upload_url"]), str(made["file_id"])


def upload(url: str, content: bytes = CONTENT, kind: str = "application/octet-stream") -> int:
    request = urllib.request.Request(url, content, {"Content-Type": kind})
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def test_the_sdk_uploads_a_file_into_a_channel(standin: StandIn, client: WebClient) -> None:
    general = standin.workspace.channel("general").id
    answer = client.files_upload_v2(
        channel=general, filename="export.xlsx", title="Export", content=CONTENT, initial_comment="Here it is"
    )
    assert "ts" not in answer.data
    [message] = standin.workspace.messages("general")
    assert [file.content for file in message.files] == [CONTENT]
    assert message.plain == "Here it is\nexport.xlsx"


def test_files_info_fills_only_after_a_while(standin: StandIn, client: WebClient) -> None:
    general = standin.workspace.channel("general").id
    file_id = client.files_upload_v2(channel=general, filename="export.xlsx", content=CONTENT)["file"]["id"]
    early = client.files_info(file=file_id)["file"]
    assert (early["shares"], early["mimetype"]) == ({}, "")
    later = client.files_info(file=file_id)["file"]
    [message] = standin.workspace.messages("general")
    assert later["shares"]["public"][general] == [{"ts": message.ts}]
    assert later["mimetype"].endswith("sheet")


def test_the_number_of_bytes_must_be_as_announced(client: WebClient) -> None:
    url, file_id = announce(client, length=5)
    assert upload(url) == 400
    assert refused(client.files_completeUploadExternal, files=[{"id": file_id}]) == "file_not_found"
    assert refused(client.files_getUploadURLExternal, filename="x", length=0) == "invalid_arguments"


def test_the_bytes_may_come_as_a_form_and_only_once(standin: StandIn, client: WebClient) -> None:
    url, file_id = announce(client)
    part = b'--b\r\nContent-Disposition: form-data; name="filename"; filename="x"\r\n\r\n' + CONTENT + b"\r\n--b--\r\n"
    assert upload(url, part, "multipart/form-data; boundary=b") == 200
    assert standin.workspace.files[file_id].content == CONTENT
    assert upload(url) == 404


def test_the_upload_of_the_bytes_may_fail(standin: StandIn, client: WebClient) -> None:
    url, _ = announce(client)
    standin.faults.next("upload", "server_error")
    assert upload(url) == 500
    assert upload(url) == 200


def test_a_file_is_completed_once(standin: StandIn, client: WebClient) -> None:
    url, file_id = announce(client)
    upload(url)
    done = {"files": [{"id": file_id}], "channel_id": standin.workspace.channel("general").id}
    assert refused(client.files_completeUploadExternal, **done) == ""
    assert refused(client.files_completeUploadExternal, **done) == "file_not_found"
    assert len(standin.workspace.messages("general")) == 1


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("U0AWA000001", "invalid_arguments"),
        ("general", "invalid_arguments"),
        ("C0NOBODY01", "channel_not_found"),
        (",".join(["C0NOBODY01"] * 101), "invalid_arguments"),
    ],
)
def test_a_file_goes_to_channel_ids_only(client: WebClient, channel: str, error: str) -> None:
    url, file_id = announce(client)
    upload(url)
    assert refused(client.files_completeUploadExternal, files=[{"id": file_id}], channel_id=channel) == error


def test_a_refused_channel_does_not_use_the_file_up(standin: StandIn, client: WebClient) -> None:
    url, file_id = announce(client)
    upload(url)
    far, general = (standin.workspace.channel(name).id for name in ("far", "general"))
    assert refused(client.files_completeUploadExternal, files=[{"id": file_id}], channel_id=far) == "not_in_channel"
    assert refused(client.files_completeUploadExternal, files=[{"id": file_id}], channel_id=general) == ""


def test_only_who_is_in_the_channel_reads_the_file(standin: StandIn, client: WebClient) -> None:
    pool = standin.workspace.channel("pool").id
    file_id = client.files_upload_v2(channel=pool, filename="état.csv", content=CONTENT)["file"]["id"]
    url = f"{standin.page_url}files/{file_id}/x?as="
    with urllib.request.urlopen(f"{url}U0AWA000001") as answer:
        assert answer.read() == CONTENT
    with pytest.raises(HTTPError, match="404") as caught:
        urllib.request.urlopen(f"{url}U0BEN000001")
    caught.value.close()


def test_a_file_chosen_in_a_form_is_read_by_the_app_alone_once_it_is_submitted(
    standin: StandIn, client: WebClient
) -> None:
    bolt(standin, client).view("form")(lambda ack: ack())
    asked = ask("file", {"type": "file_input", "max_files": 1, "filetypes": ["csv"]})
    client.views_open(trigger_id=standin.workspace.triggers.give("U0AWA000001"), view=modal(asked))
    awa = standin.person("awa")
    bring = standin.workspace.bring
    assert "file" in awa.submit(file=bring(awa.user, "a.exe", CONTENT)).errors
    file = bring(awa.user, "a.csv", CONTENT)
    assert refused(client.files_info, file=file.id) == "file_not_found"
    assert awa.submit(file=file).errors == {}
    url = client.files_info(file=file.id)["file"]["url_private_download"]
    with urllib.request.urlopen(
        urllib.request.Request(url, headers={"Authorization": f"Bearer {client.token}"})
    ) as got:
        assert got.read() == CONTENT
    with urllib.request.urlopen(url) as page:
        assert page.headers.get_content_type() == "text/html", "who has no token is sent to sign in"
