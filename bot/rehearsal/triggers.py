"""What Slack lends for a short time: trigger ids (3 s, once) and response URLs (5 uses, 30 minutes)."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rehearsal.errors import Refused

TRIGGER_SECONDS = 3.0
RESPONSE_USES = 5
RESPONSE_MINUTES = 30


@dataclass(eq=False)
class Trigger:
    """A trigger id: whose it is, when it was given (monotonic seconds), the view it came from, whether it is used."""

    id: str
    user: str
    given_at: float
    view: str | None = None
    used: bool = False


class Triggers:
    """The trigger ids given out. They live in real time: 3 s is the app's time, not that of the workspace."""

    def __init__(self) -> None:
        self._given: dict[str, Trigger] = {}
        self._numbers = itertools.count(1)
        self._skipped = 0.0

    def give(self, user: str, view: str | None = None) -> str:
        """A fresh trigger id for a person; `view` is the modal in which they acted, if any."""
        trigger = Trigger(f"{next(self._numbers)}.{time.time_ns()}.ptf", user, self._time(), view)
        self._given[trigger.id] = trigger
        return trigger.id

    def use(self, trigger_id: str) -> Trigger:
        """Take a trigger for a view; raises Refused: invalid_, expired_ or exchanged_trigger_id."""
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id", "[ERROR] unknown trigger_id")
        if self._time() - trigger.given_at > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id", "[ERROR] a trigger_id is valid for 3 seconds")
        if trigger.used:
            raise Refused("exchanged_trigger_id", "[ERROR] a trigger_id can be used once")
        trigger.used = True
        return trigger

    def age(self, seconds: float) -> None:
        """Let the triggers given so far grow older without waiting."""
        self._skipped += seconds

    def _time(self) -> float:
        return time.monotonic() + self._skipped


@dataclass(eq=False)
class ResponseUrl:
    """A response URL: to whom it answers, in which channel, about which message (its ts), and what is left of it."""

    id: str
    user: str
    channel: str
    given_at: datetime
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0

    def take(self, now: datetime) -> bool:
        """Use it once; false when it is worn out or too old."""
        if self.uses >= RESPONSE_USES or now - self.given_at > timedelta(minutes=RESPONSE_MINUTES):
            return False
        self.uses += 1
        return True
