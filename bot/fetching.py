"""Files that people hand over in a form: told by Slack, fetched with the bot's token, from Slack's own address only.

An address comes from Slack and never from a person, and a redirection is not followed: whoever may not read a file is
sent to a page where one signs in (SLACK.md 4.4).
"""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.errors import Refusal
from handlers.importing import handing

SECONDS = 60
"""How long the bytes of a file may take."""
FILES = "files.slack.com"
_GONE = frozenset({"file_not_found", "file_deleted", "file_access_denied", "not_visible"})


class _Stay(HTTPRedirectHandler):
    """Follows nobody: the token must not go elsewhere."""

    def redirect_request(self, *_: Any) -> None:
        """Nowhere."""


def fetch(client: WebClient, file_id: str, limit: int) -> bytes:
    """The bytes of a file. Raises Refusal when it is gone, closed to the bot or larger than ``limit`` bytes.

    What else goes wrong with Slack or the way there is raised as it comes.
    """
    try:
        told = client.files_info(file=file_id)["file"]
    except SlackApiError as error:
        if error.response.get("error") in _GONE:
            raise Refusal(handing.GONE) from None
        if error.response.get("error") == "missing_scope":
            raise Refusal(handing.CLOSED) from None
        raise
    url = str(told.get("url_private_download") or told.get("url_private") or "")
    if not is_of_slack(client, url):
        raise Refusal(handing.ELSEWHERE)
    opener = build_opener(_Stay, HTTPSHandler(context=client.ssl))
    try:
        with opener.open(Request(url, headers={"Authorization": f"Bearer {client.token}"}), timeout=SECONDS) as answer:
            content: bytes = answer.read(limit + 1)
            kind = str(answer.headers.get_content_type())
    except HTTPError as error:
        error.close()
        if 300 <= error.code < 400 or error.code in (401, 403):
            raise Refusal(handing.CLOSED) from None
        raise
    if kind == "text/html":
        raise Refusal(handing.CLOSED)
    if len(content) > limit:
        raise Refusal(handing.TOO_LARGE, megabytes=limit // 1_000_000)
    return content


def is_of_slack(client: WebClient, url: str) -> bool:
    """Whether it leads to Slack's files, or to the very place where this client's Slack is (a rehearsal)."""
    asked, own = urlsplit(url), urlsplit(client.base_url)
    if asked.scheme == "https" and asked.hostname == FILES:
        return True
    return not str(own.hostname).endswith("slack.com") and (asked.scheme, asked.netloc) == (own.scheme, own.netloc)
