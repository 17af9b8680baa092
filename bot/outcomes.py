"""What can come of sending a message, and what a transport must be able to do.

A message that may have been sent and one that surely was not are two things (DESIGN.md rule 3): only the second may be
sent again without a look.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed message, as a transport needs it.

    ``place``: the channel (``C…``, ``D…``) or, for a new direct message, the user id. ``stamp``: ts of the message
    edited or answered. ``attempts``: which attempt this is. ``written_at``: not in Slack before that instant (UTC).
    ``level``: for whom it was written, where it goes to a channel that others may come to read; None to a person.
    """

    id: int
    key: str
    token: str
    sort: str
    place: str
    stamp: str | None
    payload: Mapping[str, Any]
    attempts: int
    written_at: datetime
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """It is in Slack: channel id and ts; a file's ts is not told."""

    place: str
    stamp: str | None


@dataclass(frozen=True, slots=True)
class Later:
    """Surely not sent: Slack asks for so many seconds of patience."""

    seconds: int


@dataclass(frozen=True, slots=True)
class NotSent:
    """Surely not sent, worth another try. ``counts``: whether Slack was reached, so that tries come to an end."""

    error: str
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been sent or not."""

    error: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack will not take it as things stand: its error code, or one of ours."""

    error: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Looked for, and surely not there."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """It cannot be looked for: no scope for the history of that place, or a file, which carries no mark."""


Outcome: TypeAlias = Sent | Later | NotSent | Unknown | Refused
Finding: TypeAlias = Sent | Absent | Later | Unreadable


class Transport(Protocol):
    """A way to deliver; neither method raises for what Slack or the network does."""

    def send(self, outgoing: Outgoing) -> Outcome:
        """Deliver it, once; never repeats by itself."""

    def find(self, outgoing: Outgoing) -> Finding:
        """Look for it where it would be."""
