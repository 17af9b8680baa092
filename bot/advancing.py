"""The rehearsal's clock moved on, as life would: what is due on the way happens at its own hour, and is delivered.

A jump that left the timetable behind would make everything late; one made while something is being sent or prepared
would let its lease run out, as if somebody had died over it. So the clock stops at each thing that is due, and moves
only when all is at rest.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import storage.configuration
import storage.jobs
import storage.outbox
import storage.reminding
import storage.schedule
from bot import timetable
from bot.rehearsal.answers import NotPossible
from bot.rehearsal.model import Json
from bot.rehearsal.workspace import Workspace
from bot.running import Runtime
from handlers import reminders
from handlers.configuration.overview import WEEKDAYS
from handlers.language import LANGUAGES, Message, Speaker, message
from storage.outbox import State

TO_DIGEST = message("{weekday} {hour}")
TO_DRAFT = message("Draft of the digest")
TO_REMINDER = message("Next reminder")
TO_NEXT_DAY = message("+ 1 day")
TO_NEXT_WEEK = message("+ 1 week")

DIGEST, DRAFT, REMIND = "digest", "draft", "remind"
"""The jobs of the timetable one can go to."""
SPANS = {"day": timedelta(days=1), "week": timedelta(weeks=1)}
_TARGETS = (
    (DIGEST, TO_DIGEST),
    (DRAFT, TO_DRAFT),
    (REMIND, TO_REMINDER),
    ("day", TO_NEXT_DAY),
    ("week", TO_NEXT_WEEK),
)
_LATEST = timedelta(days=8)
"""How far the next reminder is looked for: the job runs each hour, mostly with nobody to ask."""
_SOON = timedelta(seconds=30)
"""What may go within this span is waited for, in the rehearsal's time; what must wait longer is in trouble."""
_FASTER = timedelta(seconds=5)
"""How far the clock goes in each look at work that takes too long, so that the lease of a dead worker runs out."""
_LOOK = 0.02
"""Seconds of real time between two looks."""
_LONGEST = 30.0
"""Seconds of real time in which everything must have come to rest."""


class Advance:
    """Moves the clock of a workspace in which a bot runs; one move at a time.

    ``patience``: seconds of real time after which work at hand is believed to be nobody's any more.
    """

    def __init__(self, workspace: Workspace, runtime: Runtime, patience: float = 3.0) -> None:
        self._patience = patience
        self._workspace = workspace
        self._runtime = runtime
        self._moving = threading.Lock()
        self._pause = threading.Event()

    def targets(self) -> list[Json]:
        """The page's buttons: where the clock can go, in the order shown, named in both languages."""
        with self._runtime.ctx.readings.begin() as session:
            settings = storage.configuration.current(session)
        weekday, hour = WEEKDAYS[settings.digest_weekday], settings.digest_hour
        offered = [(to, label) for to, label in _TARGETS if to != DRAFT or settings.approval]
        return [{"to": to, "label": self._label(label, weekday, hour)} for to, label in offered]

    def to(self, target: str) -> None:
        """Go there. Raises LookupError for a place it does not know, NotPossible when things do not come to rest."""
        if target not in dict(_TARGETS):
            raise LookupError(f"The clock cannot go to {target}.")
        with self._moving:
            self._rest()
            if target == REMIND:
                self._to_reminder()
            elif target in (DIGEST, DRAFT):
                self._through(timetable.next_runs(self._runtime.ctx)[target])
            else:
                self._through(self._runtime.ctx.now() + SPANS[target])

    def _label(self, label: Message, weekday: Message, hour: str) -> dict[str, str]:
        speakers = [Speaker(language, self._runtime.ctx.zone) for language in LANGUAGES]
        return {each.language: each.say(label, weekday=each.say(weekday), hour=hour) for each in speakers}

    def _to_reminder(self) -> None:
        """To the next hour at which somebody is reminded. Raises LookupError when reminders are switched off."""
        before, latest = self._last_asked(), self._runtime.ctx.now() + _LATEST
        self._through(timetable.next_runs(self._runtime.ctx)[REMIND])
        while self._last_asked() == before and self._runtime.ctx.now() < latest:
            self._through(self._of_use(timetable.next_runs(self._runtime.ctx), [REMIND])[0])

    def _last_asked(self) -> int:
        with self._runtime.ctx.readings.begin() as session:
            return storage.reminding.last_asked(session)

    def _through(self, goal: datetime) -> None:
        """To an instant, by way of everything that is due until then."""
        past: datetime | None = None
        due = min(timetable.next_runs(self._runtime.ctx).values(), default=None)
        while due is not None and due <= goal:
            if due == past:
                raise NotPossible("The timetable does not move on.")
            self._set(due)
            self._rest()
            past, due = due, self._next_due()
        self._set(goal)
        self._rest()

    def _next_due(self) -> datetime | None:
        """When the timetable has next something to do; hours in which nothing becomes due are passed over."""
        due = timetable.next_runs(self._runtime.ctx)
        hourly = timetable.hourly(self._runtime.ctx) & set(due)
        return min([*(due[name] for name in due if name not in hourly), *self._of_use(due, hourly)], default=None)

    def _of_use(self, due: Mapping[str, datetime], hourly: Collection[str]) -> list[datetime]:
        """The next hours of these jobs at which they may find something, where nobody does anything before."""
        soonest = min((due[name] for name in hourly), default=None)
        if soonest is None:
            return []
        with self._runtime.ctx.readings.begin() as session:
            rules = {each.name: each.rule for each in storage.schedule.everyone(session)}
            quiet = reminders.quiet_until(session, self._runtime.ctx, soonest) - timedelta(microseconds=1)
        return [max(due[name], timetable.next_after(rules[name], quiet)) for name in hourly]

    def _set(self, instant: datetime) -> None:
        """Move the clock on, never back."""
        if instant > self._workspace.now():
            self._workspace.set_time(instant)

    def _rest(self) -> None:
        """Let everything happen that is due, and wait until nothing is on its way any more."""
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < _LONGEST:
            self._runtime.tick()
            busy, next_due = self._on_its_way()
            if not busy and (next_due is None or next_due > self._workspace.now() + _SOON):
                return
            if not busy and next_due is not None:
                self._set(next_due)
            elif passed > self._patience:
                self._set(self._workspace.now() + _FASTER)
            self._pause.wait(_LOOK)
        raise NotPossible("Something is still waiting to be sent.")

    def _on_its_way(self) -> tuple[bool, datetime | None]:
        """Whether something is being sent or prepared at this moment, and when the next message may go."""
        with self._runtime.ctx.readings.begin() as session:
            busy = storage.jobs.are_open(session) or bool(storage.outbox.troubled(session, State.SENDING, 1))
            return busy, storage.outbox.next_due(session)
