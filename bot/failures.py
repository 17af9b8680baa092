"""What a failed call to Slack says about its effect: none for sure, or nobody knows.

- 429, or ``ratelimited``: nothing happened, come back after ``Retry-After``.
- No connection (refused, no name, no route, bad certificate): nothing was written, so nothing happened.
- The line broke or time ran out after the request was written, a 5xx, an answer that is no JSON, Slack's own
  ``fatal_error`` ("some aspect of the operation may have succeeded"): unknown.
- A token that no longer holds: nothing happened, and nothing will until somebody mends the settings; messages wait, as
  even the sentence about the trouble could not be delivered.
- Any other ``ok: false``: refused. Sources: SLACK.md 2.2, 2.3, 2.10 and 5;
  https://docs.slack.dev/reference/methods/chat.postMessage
"""

from __future__ import annotations

import errno
import logging
import re
import socket
import ssl
from http.client import HTTPException
from urllib.error import HTTPError, URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.outcomes import Later, NotSent, Refused, Unknown

logger = logging.getLogger(__name__)

CAUGHT = (SlackClientError, OSError, HTTPException, ValueError)
"""What a call to Slack can raise."""
PATIENCE = 30
"""Seconds to wait when Slack says "later" without saying when."""

_UNCERTAIN = frozenset({"fatal_error", "internal_error", "service_unavailable"})
_NOTHING_READ = frozenset({"request_timeout", "team_added_to_org"})
_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required"}
)
_NO_ROUTE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN})
_CODE = re.compile(r"[a-z0-9_]+")


def outcome(error: BaseException) -> Later | NotSent | Unknown | Refused:
    """What is known of the effect of the call that raised this."""
    if isinstance(error, SlackApiError):
        return _answered(error)
    if isinstance(error, HTTPError):
        return Unknown(f"http_{error.code}")
    if isinstance(error, URLError):
        return NotSent("unreachable") if _never_connected(error.reason) else Unknown("connection")
    return Unknown("timeout" if isinstance(error, TimeoutError) else "connection")


def without_effect(error: BaseException) -> Later | NotSent | Refused:
    """The same for a call that shows nothing to anybody, so that it may be repeated."""
    found = outcome(error)
    return NotSent(found.error, counts=True) if isinstance(found, Unknown) else found


def _answered(error: SlackApiError) -> Later | NotSent | Unknown | Refused:
    response = error.response
    body = response.data if isinstance(response.data, dict) else {}
    code = str(body.get("error") or "")
    if response.status_code == 429 or code in ("ratelimited", "rate_limited"):
        return Later(_seconds(response.headers.get("Retry-After")))
    if response.status_code >= 500:
        return Unknown(f"http_{response.status_code}")
    if not _CODE.fullmatch(code) or code in _UNCERTAIN:
        return Unknown(code if code in _UNCERTAIN else "no_json")
    if code in _NOTHING_READ:
        return NotSent(code, counts=True)
    if code in _TOKEN:
        logger.error("slack does not take the token: %s", code)
        return NotSent(code)
    logger.warning("slack refused: %s, needed %s", code, body.get("needed", "-"))
    return Refused(code)


def _seconds(told: str | None) -> int:
    return max(1, int(told)) if told and told.strip().isdecimal() else PATIENCE


def _never_connected(reason: object) -> bool:
    if isinstance(reason, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return True
    return isinstance(reason, OSError) and reason.errno in _NO_ROUTE
