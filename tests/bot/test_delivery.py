"""The delivery: every outcome of a call, nothing sent twice and nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot import delivery
from bot.outcomes import NotSent, Outcome, Outgoing
from bot.transports import SlackTransport
from storage.database import Database
from storage.outbox import Sort, State
from tests.bot.post import AWA, BEN, Post, opened

BROKEN = ("reset_after", "reset_before", "server_error", "timeout")


@pytest.fixture
def post(sqlite: Database) -> Iterator[Post]:
    """The bot may read the history."""
    with opened(sqlite, may_read_history=True, timeout=0.5) as running:
        yield running


@pytest.fixture
def blind(sqlite: Database) -> Iterator[Post]:
    """The bot may not read the history."""
    with opened(sqlite, may_read_history=False, timeout=0.5) as running:
        yield running


def test_an_empty_outbox_is_nothing_to_do(post: Post) -> None:
    assert not delivery.step(post.ctx, post.transport)


def test_a_message_goes_once_with_its_mark_and_without_previews(post: Post) -> None:
    post.put("digest:1")
    assert (post.drain(), post.drain()) == (1, 0)
    (posted,) = post.seen()
    row = post.row("digest:1")
    assert (row.state, row.place, row.stamp) == (State.SENT, posted.channel, posted.ts)
    assert posted.metadata == {"event_type": "ptf_message", "event_payload": {"token": row.token}}
    assert post.standin.workspace.warnings == []


def test_a_direct_message_its_reply_and_its_edit_find_their_place(post: Post) -> None:
    post.put("receipt:1", BEN)
    post.put("reply:1", BEN, under="receipt:1")
    post.put("edit:1", BEN, under="receipt:1", sort=Sort.EDIT, payload={"text": "anew @here", "blocks": []})
    assert post.drain() == 3
    first, second = post.seen(BEN)
    assert (first.text, first.edited, second.text, second.thread_ts) == ("anew @here", True, "reply:1", first.ts)
    assert post.standin.workspace.warnings == []


@pytest.mark.parametrize("fault", BROKEN)
def test_a_post_of_unknown_outcome_is_looked_for_before_it_goes_again(post: Post, fault: str) -> None:
    post.standin.faults.next("chat.postMessage", fault)
    post.put("digest:1")
    post.put("part:1", under="digest:1")
    assert post.drain() == 1
    assert post.row("digest:1").state == State.UNKNOWN
    post.wait(11)
    assert post.texts() == ["digest:1", "part:1"]
    assert post.seen()[1].thread_ts == post.seen()[0].ts
    assert post.all_keys() == ["digest:1", "part:1"]


@pytest.mark.parametrize("fault", BROKEN)
def test_a_reply_of_unknown_outcome_is_looked_for_in_its_thread(post: Post, fault: str) -> None:
    post.put("digest:1", AWA)
    post.drain()
    post.standin.faults.next("chat.postMessage", fault)
    post.put("part:1", AWA, under="digest:1")
    post.put("part:2", AWA, under="digest:1")
    post.drain()
    post.wait(11)
    assert post.texts(AWA) == ["digest:1", "part:1", "part:2"]


@pytest.mark.parametrize("fault", BROKEN)
def test_an_unknown_post_that_cannot_be_looked_for_is_kept_and_put_to_each_coordinator(blind: Post, fault: str) -> None:
    blind.standin.faults.next("chat.postMessage", fault)
    blind.put("digest:1")
    blind.drain()
    blind.wait(11)
    blind.wait(3600)
    assert blind.row("digest:1").state == State.UNKNOWN
    assert len(blind.texts()) == (1 if fault == "reset_after" else 0)
    assert [len(blind.texts(who)) for who in (AWA, BEN)] == [1, 1]


def test_the_look_itself_may_fail_and_is_taken_up_again(post: Post) -> None:
    post.standin.faults.next("chat.postMessage", "reset_after")
    post.put("digest:1")
    post.drain()
    for fault in ("ratelimited", "server_error", "reset_before"):
        post.standin.faults.next("conversations.history", fault)
        post.wait(31)
        assert post.row("digest:1").state == State.UNKNOWN
    post.wait(31)
    assert (post.row("digest:1").state, post.texts()) == (State.SENT, ["digest:1"])


def test_a_post_that_fails_every_time_ends_with_the_coordinator(post: Post) -> None:
    post.standin.faults.next("chat.postMessage", "server_error", times=delivery.TRIES)
    post.put("digest:1")
    for _ in range(delivery.TRIES + 1):
        post.wait(11)
    assert (post.row("digest:1").state, post.row("digest:1").attempts) == (State.REFUSED, delivery.TRIES)
    assert "http_500" in post.texts(BEN)[0]


@pytest.mark.parametrize("fault", BROKEN)
def test_an_edit_of_unknown_outcome_is_simply_repeated(post: Post, fault: str) -> None:
    post.put("receipt:1")
    post.drain()
    post.standin.faults.next("chat.update", fault)
    post.put("edit:1", under="receipt:1", sort=Sort.EDIT)
    post.drain()
    assert post.row("edit:1").state == State.WAITING
    post.wait(3)
    assert (post.row("edit:1").state, post.texts()) == (State.SENT, ["edit:1"])


def test_a_rate_limit_is_obeyed_for_its_channel_and_no_other(post: Post) -> None:
    post.standin.faults.next("chat.postMessage", "ratelimited", retry_after=7)
    post.put("a")
    post.put("b")
    post.put("c", AWA)
    post.drain()
    assert (post.texts(), post.texts(AWA)) == ([], ["c"])
    post.wait(6)
    assert post.texts() == []
    post.wait(1)
    assert post.texts() == ["a", "b"]


def test_slacks_own_pace_of_one_a_second_loses_nothing_and_keeps_the_order(post: Post) -> None:
    post.standin.faults.counted = True
    wanted = [f"part:{number:02}" for number in range(12)]
    for key in wanted:
        post.put(key)
    for _ in range(12):
        post.wait(1)
    assert post.texts() == wanted


def test_without_a_connection_a_message_waits_with_growing_pauses(post: Post) -> None:
    nowhere = SlackTransport(WebClient("x", base_url="http://127.0.0.1:9/", retry_handlers=[], timeout=2), True)
    post.put("digest:1")
    assert delivery.drain(post.ctx, nowhere) == 1
    row = post.row("digest:1")
    assert (row.state, row.error) == (State.WAITING, "unreachable")
    assert row.not_before > post.ctx.now()
    post.wait(2)
    assert post.texts() == ["digest:1"]


def test_after_a_thousand_vain_attempts_the_pause_is_still_five_minutes() -> None:
    assert [delivery._pause(attempts).total_seconds() for attempts in (1, 2, 8, 9, 5000)] == [2, 4, 256, 300, 300]


@pytest.mark.parametrize(("channel", "code"), [("far", "not_in_channel"), ("old", "is_archived")])
def test_what_slack_refuses_is_kept_with_its_replies_and_told_once(post: Post, channel: str, code: str) -> None:
    post.put("digest:1", channel)
    post.put("part:1", channel, under="digest:1")
    post.drain()
    post.wait(3600)
    assert (post.row("digest:1").state, post.row("digest:1").error) == (State.REFUSED, code)
    assert post.row("part:1").state == State.DROPPED
    assert [len(post.texts(who)) for who in (AWA, BEN)] == [1, 1]


def test_blocks_slack_does_not_accept_are_refused(post: Post) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001, "verbatim": True}}]
    post.put("digest:1", payload={"text": "x", "blocks": blocks})
    post.drain()
    assert (post.row("digest:1").state, post.row("digest:1").error) == (State.REFUSED, "invalid_blocks")


def test_an_edit_of_a_deleted_message_is_refused(post: Post) -> None:
    post.put("receipt:1")
    post.drain()
    post.seen()[0].deleted = True
    post.put("edit:1", under="receipt:1", sort=Sort.EDIT)
    post.drain()
    assert (post.row("edit:1").state, post.row("edit:1").error) == (State.REFUSED, "message_not_found")


def test_with_a_dead_token_everything_waits_and_nothing_is_lost(post: Post) -> None:
    post.standin.revoke("account_inactive")
    post.put("digest:1")
    for _ in range(delivery.TRIES * 2):
        post.wait(delivery.LONGEST_WAIT)
    assert (post.row("digest:1").state, post.row("digest:1").error) == (State.WAITING, "account_inactive")
    post.standin.gate.fate = None
    post.wait(delivery.LONGEST_WAIT)
    assert post.texts() == ["digest:1"]


def test_trouble_with_a_report_of_trouble_is_not_reported(post: Post) -> None:
    for who in (AWA, BEN):
        post.standin.workspace.user(who).deleted = True
    post.put("digest:1", "far")
    post.drain()
    post.wait(3600)
    assert [key.partition(":")[0] for key in post.all_keys()] == ["digest", "trouble", "trouble"]
    assert {post.row(key).state for key in post.all_keys()} == {State.REFUSED}


def file_of(tmp_path: Path, content: bytes = b"rows") -> dict[str, str]:
    """The payload of a file on the disk."""
    (tmp_path / "ptf.xlsx").write_bytes(content)
    return {"path": str(tmp_path / "ptf.xlsx"), "name": "ptf.xlsx", "title": "PTF", "text": "Here it is."}


def test_a_file_reaches_a_person(post: Post, tmp_path: Path) -> None:
    post.put("export:1", AWA, sort=Sort.FILE, payload=file_of(tmp_path))
    post.drain()
    (posted,) = post.seen(AWA)
    assert (posted.text, posted.files[0].title, posted.files[0].content) == ("Here it is.", "PTF", b"rows")
    assert post.row("export:1").state == State.SENT


@pytest.mark.parametrize("fault", BROKEN[:3])
@pytest.mark.parametrize("call", ["conversations.open", "files.getUploadURLExternal", "upload"])
def test_a_file_that_nobody_can_have_seen_is_sent_again(post: Post, tmp_path: Path, call: str, fault: str) -> None:
    post.standin.faults.next(call, fault)
    post.put("export:1", AWA, sort=Sort.FILE, payload=file_of(tmp_path))
    post.drain()
    assert post.row("export:1").state == State.WAITING
    post.wait(3)
    assert (post.row("export:1").state, len(post.seen(AWA))) == (State.SENT, 1)


@pytest.mark.parametrize("fault", ["reset_after", "server_error"])
def test_a_file_whose_last_step_broke_is_put_to_the_coordinators(post: Post, tmp_path: Path, fault: str) -> None:
    post.standin.faults.next("files.completeUploadExternal", fault)
    post.put("export:1", sort=Sort.FILE, payload=file_of(tmp_path))
    post.drain()
    post.wait(11)
    assert post.row("export:1").state == State.UNKNOWN
    assert len(post.seen()) == (1 if fault == "reset_after" else 0)
    assert "a file" in post.texts(BEN)[0]


def test_a_file_that_is_gone_is_refused_with_a_sentence(post: Post, tmp_path: Path) -> None:
    payload = file_of(tmp_path)
    Path(payload["path"]).unlink()
    post.put("export:1", AWA, sort=Sort.FILE, payload=payload)
    post.drain()
    assert post.row("export:1").error == "ptf_file_missing"
    assert "`/ptf export`" in post.texts(BEN)[0]


class Overtaken:
    """A transport so slow that its message was given up for lost, and claimed anew, before it answers."""

    def __init__(self, post: Post, *, then: Outcome | None = None) -> None:
        self.post, self.then = post, then

    def send(self, outgoing: Outgoing) -> Outcome:
        """Let another worker go on long after the lease, then do it."""
        self.post.wait(delivery.LEASE.total_seconds() + 1)
        return self.then or self.post.transport.send(outgoing)

    def find(self, outgoing: Outgoing) -> object:
        """Never asked."""
        raise AssertionError(outgoing.key)


def test_a_worker_that_was_overtaken_marks_nothing(post: Post) -> None:
    post.put("digest:1")
    assert delivery.step(post.ctx, Overtaken(post, then=NotSent("unreachable")))  # type: ignore[arg-type]
    assert (post.row("digest:1").state, post.row("digest:1").attempts, post.texts()) == (State.SENT, 2, ["digest:1"])


def test_the_log_tells_no_body_and_no_token(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    post.put("digest:1", "far", payload={"text": "confidential", "blocks": []})
    post.put("digest:2", payload={"text": "confidential", "blocks": []})
    post.drain()
    logged = json.dumps([record.getMessage() for record in caplog.records])
    assert "not_in_channel" in logged
    assert "sent" in logged
    assert "confidential" not in logged
    assert post.standin.bot_token not in logged


def test_every_outcome_is_marked_alike_on_both_databases(database: Database) -> None:
    with opened(database, may_read_history=True) as post:
        for fault in ("ratelimited", "reset_after", "server_error"):
            post.standin.faults.next("chat.postMessage", fault)
            post.put(f"digest:{fault}")
            post.drain()
            post.put(f"edit:{fault}", under=f"digest:{fault}", sort=Sort.EDIT)
            post.wait(11)
        post.put("digest:refused", "far")
        post.drain()
        assert post.texts() == ["edit:ratelimited", "edit:reset_after", "edit:server_error"]
        assert post.row("digest:refused").state == State.REFUSED
        assert len(post.texts(AWA)) == 1
