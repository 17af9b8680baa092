"""What the clock does with reminders, in a conversation."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import update

from bot import timetable
from handlers import reminders
from storage import requests
from storage.actions import Action, Status
from storage.expertise import Deliverable, Delivered
from storage.meetings import Meeting
from storage.meetings import Status as Standing
from storage.requests import Request
from tests.conversation import Bot

WEDNESDAY = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
"""Two days before the deadline of the week, at the hour of the reminders."""
JOBS = tuple(job for job in timetable.JOBS if job.run is reminders.remind)


def remind(bot: Bot, at: datetime = WEDNESDAY, *, deliver: bool = True) -> None:
    """Put the clock there, and do what it owes."""
    bot.at(at)
    timetable.tick(bot.ctx, JOBS)
    if deliver:
        bot.deliver()


def begin(bot: Bot) -> None:
    """Let the clock begin an hour before the first reminders of the demo week; nothing but updates is owed."""
    with bot.ctx.sessions.begin() as session:
        session.execute(update(Action).values(status=Status.DROPPED))
        session.execute(update(Request).values(status=requests.Status.ANSWERED))
        session.execute(update(Meeting).values(status=Standing.CANCELLED))
        session.execute(update(Deliverable).values(status=Delivered.ACCEPTED))
    start(bot)


def start(bot: Bot) -> None:
    """Let the clock begin, whatever is owed."""
    remind(bot, WEDNESDAY.replace(hour=8))
