"""How messages reach Slack: posts, edits, files; and how one is found again by its mark.

One call each, never repeated here (SLACK.md section 5: the SDK's default repeats a post after a reset). A post carries
its token as metadata, which every member and app may read: hence nothing but the token (SLACK.md 2.6).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from slack_sdk import WebClient

from bot import failures
from bot.channels import Channels
from bot.opening import utc_now
from bot.outcomes import Absent, Finding, Later, NotSent, Outcome, Outgoing, Refused, Sent, Unreadable
from handlers import exposure
from storage.outbox import Sort

logger = logging.getLogger(__name__)

EVENT_TYPE = "ptf_message"
UPLOAD_SECONDS = 60
"""How long the bytes of a file may take."""
SKEW = timedelta(hours=1)
"""How far our clock and Slack's may lie apart when a message is looked for."""
LOOK_AGAIN = 30
"""Seconds until the next look after one that failed."""
FILE_MISSING, FILE_EMPTY, PLACE_UNKNOWN = "ptf_file_missing", "ptf_file_empty", "ptf_place_unknown"
"""Refusals of our own, beside Slack's error codes."""


class SlackTransport:
    """Delivers through one client, which must not repeat by itself (``retry_handlers=[]``).

    ``may_read_history``: whether the bot has scopes to look for what it posted. What is for readers of one level goes
    to a channel only once Slack has told that nobody else reads there.
    """

    def __init__(self, client: WebClient, may_read_history: bool, now: Callable[[], datetime] = utc_now) -> None:
        self._client = client
        self._channels = Channels(client, now)
        self._may_read_history = may_read_history

    def send(self, outgoing: Outgoing) -> Outcome:
        """Post, edit or share it, where it may stand."""
        obstacle = self._obstacle(outgoing)
        if obstacle is not None:
            return obstacle
        if outgoing.sort == Sort.FILE:
            return self._share(outgoing)
        try:
            told = self._edit(outgoing) if outgoing.sort == Sort.EDIT else self._post(outgoing)
        except failures.CAUGHT as error:
            return failures.outcome(error)
        return Sent(str(told["channel"]), str(told["ts"]))

    def find(self, outgoing: Outgoing) -> Finding:
        """Look for a post by its token, in its thread or its channel, back to when it was written."""
        if not self._may_read_history or outgoing.sort != Sort.POST:
            return Unreadable()
        try:
            place = self._opened(outgoing.place)
            for message in self._history(place, outgoing):
                metadata = message.get("metadata") or {}
                if (metadata.get("event_payload") or {}).get("token") == outgoing.token:
                    return Sent(place, str(message["ts"]))
        except failures.CAUGHT as error:
            failed = failures.without_effect(error)
            if isinstance(failed, Refused):
                return Unreadable()
            return failed if isinstance(failed, Later) else Later(LOOK_AGAIN)
        return Absent()

    def _obstacle(self, outgoing: Outgoing) -> Later | NotSent | Refused | None:
        """Why it may not go to its channel as that is now; nothing was sent then."""
        if outgoing.level is None:
            return None
        try:
            reason = exposure.allowed(outgoing.level, self._channels.facts(outgoing.place))
        except failures.CAUGHT as error:
            return failures.without_effect(error)
        if reason is None:
            return None
        self._channels.forget(outgoing.place)
        return Refused(reason)

    def _post(self, outgoing: Outgoing) -> Any:
        return self._client.chat_postMessage(
            channel=outgoing.place,
            thread_ts=outgoing.stamp,
            text=outgoing.payload["text"],
            blocks=outgoing.payload.get("blocks") or None,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"token": outgoing.token}},
            unfurl_links=False,
            unfurl_media=False,
        )

    def _edit(self, outgoing: Outgoing) -> Any:
        return self._client.chat_update(
            channel=outgoing.place,
            ts=str(outgoing.stamp),
            text=outgoing.payload["text"],
            blocks=outgoing.payload.get("blocks") or [],
            parse="none",
        )

    def _share(self, outgoing: Outgoing) -> Outcome:
        """Three steps (SLACK.md 2.4); until the third nobody sees anything, so that the first two may be repeated."""
        try:
            content = _content(outgoing.payload)
        except OSError as error:
            logger.error("a file to send cannot be read: %s", type(error).__name__)
            return Refused(FILE_MISSING)
        if not content:
            return Refused(FILE_EMPTY)
        try:
            place = self._opened(outgoing.place)
            file_id = self._uploaded(str(outgoing.payload["name"]), content)
        except HTTPError as error:
            error.close()
            return NotSent(f"http_{error.code}", counts=True)
        except failures.CAUGHT as error:
            return failures.without_effect(error)
        return self._completed(outgoing, place, file_id)

    def _completed(self, outgoing: Outgoing, place: str, file_id: str) -> Outcome:
        title = outgoing.payload.get("title") or outgoing.payload["name"]
        try:
            self._client.files_completeUploadExternal(
                files=[{"id": file_id, "title": title}],
                channel_id=place,
                thread_ts=outgoing.stamp,
                initial_comment=outgoing.payload.get("text") or None,
            )
        except failures.CAUGHT as error:
            return failures.outcome(error)
        return Sent(place, None)

    def _uploaded(self, name: str, content: bytes) -> str:
        """Announce a file and hand over its bytes; its id. Raises what `failures.CAUGHT` names."""
        told = self._client.files_getUploadURLExternal(filename=name, length=len(content))
        url = str(told["upload_url"])
        if not url.startswith(("https://", "http://")):
            raise ValueError("an upload goes to a web address")
        request = Request(url, data=content, headers={"Content-Type": "application/octet-stream"}, method="POST")
        with urlopen(request, timeout=UPLOAD_SECONDS, context=self._client.ssl) as answer:
            answer.read()
        return str(told["file_id"])

    def _opened(self, place: str) -> str:
        """The channel id of a place: a user id is no channel for files and histories. Raises SlackApiError."""
        if not place.startswith(("U", "W")):
            return place
        channel: dict[str, Any] = self._client.conversations_open(users=place)["channel"]
        return str(channel["id"])

    def _history(self, place: str, outgoing: Outgoing) -> Iterator[dict[str, Any]]:
        asked: dict[str, Any] = {"oldest": f"{(outgoing.written_at - SKEW).timestamp():.6f}", "limit": 200}
        if outgoing.stamp:
            pages = self._client.conversations_replies(
                channel=place, ts=outgoing.stamp, include_all_metadata=True, **asked
            )
        else:
            pages = self._client.conversations_history(channel=place, include_all_metadata=True, **asked)
        for page in pages:
            yield from page.get("messages") or []


def _content(payload: Mapping[str, Any]) -> bytes:
    """What a file holds: a short one stands in the message itself, others lie on the disk. Raises OSError."""
    return str(payload["content"]).encode() if "content" in payload else Path(payload["path"]).read_bytes()
