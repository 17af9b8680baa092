"""What may be posted in a channel as it is now: who reads there may have changed since its level was set.

A channel read by other organisations (Slack Connect, or another workspace of the same organisation) shows only what is
open to the Government; a public one nothing that is for the troïka or for one group, since every member of the
workspace can read it. Slack's words for a channel: SLACK.md 2.8 and 4.1, conversations.info.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from storage.visibility import Level

_SHARED = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")
_NARROW = (Level.TROIKA, Level.GROUP)


class Reason(StrEnum):
    """Why something may not stand in a channel; kept as the error of a message (see handlers.obstacles)."""

    ARCHIVED = "is_archived"
    ABSENT = "not_in_channel"
    SHARED = "ptf_channel_shared"
    PUBLIC = "ptf_channel_public"
    CHANGED = "ptf_channel_changed"


HELD_BACK = (Reason.SHARED, Reason.PUBLIC, Reason.CHANGED)
"""What this bot itself holds back; Slack would have taken it."""
OF_CHANNEL = tuple(Reason)
"""What concerns the channel, not the one message: it is told once for all that waits for that channel."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a channel is at present."""

    private: bool
    shared: bool
    archived: bool
    member: bool


def facts(told: Mapping[str, Any]) -> Facts:
    """The facts in a channel object of Slack's; one only invited to be shared counts as shared."""
    return Facts(
        private=bool(told.get("is_private")),
        shared=any(told.get(name) for name in _SHARED),
        archived=bool(told.get("is_archived")),
        member=bool(told.get("is_member")),
    )


def allowed(level: str, channel: Facts) -> Reason | None:
    """None when what is for that level may stand in the channel, else why not."""
    if channel.archived:
        return Reason.ARCHIVED
    if not channel.member:
        return Reason.ABSENT
    if channel.shared and level != Level.GOVERNMENT:
        return Reason.SHARED
    if not channel.private and level in _NARROW:
        return Reason.PUBLIC
    return None
