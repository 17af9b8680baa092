"""Misbehaviour on demand: the next calls of a method fail in a chosen way; and Slack's limit of posts per channel."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

KINDS = ("ratelimited", "server_error", "reset_before", "reset_after", "timeout")
PER_SECOND, BURST = 1.0, 4


@dataclass(frozen=True)
class Fault:
    """One failing call. `retry_after` (s) goes with ratelimited; reset_after has the effect, then breaks the line."""

    kind: str
    retry_after: int = 1


class Faults:
    """Faults in waiting, by method, first come first served."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Fault]] = defaultdict(list)
        self._lock = threading.Lock()
        self.counted = False
        """Whether posts above one a second and channel (with a burst of four) are answered 429, as Slack does."""
        self._posts: dict[str, tuple[float, datetime]] = {}

    def next(self, method: str, kind: str, *, retry_after: int = 1, times: int = 1) -> None:
        """Let the next `times` calls of a method (or of upload, response_url) fail; ValueError for an unknown kind.

        Kinds: ratelimited (429 with Retry-After), server_error (500 with an HTML body), reset_before and reset_after
        (the connection breaks before or after Slack took the call), timeout (no answer while the stand-in runs).
        """
        if kind not in KINDS:
            raise ValueError(f"A fault is one of {', '.join(KINDS)}, not {kind}.")
        with self._lock:
            self._waiting[method] += [Fault(kind, retry_after)] * times

    def take(self, method: str) -> Fault | None:
        """The fault of this call, if one is waiting."""
        with self._lock:
            waiting = self._waiting[method]
            return waiting.pop(0) if waiting else None

    def crowded(self, channel: str, now: datetime) -> bool:
        """Count a post into a channel at an instant of the workspace; true when it is one too many."""
        if not self.counted:
            return False
        with self._lock:
            level, since = self._posts.get(channel, (0.0, now))
            level = max(0.0, level - PER_SECOND * (now - since).total_seconds())
            if level + 1 > BURST:
                self._posts[channel] = (level, now)
                return True
            self._posts[channel] = (level + 1, now)
            return False
