"""What happens by itself, and when: claims what is due, runs it once, catches up once after an outage.

A rule is a text, made from the settings: ``fri 16:00 Africa/Bamako``, ``daily 09:00 Africa/Bamako``, or ``hourly :30
Africa/Bamako`` (at half past each hour); an empty one means not at present, ``once`` only at an instant that somebody
chose (`storage.schedule.bring_forward`). APScheduler's cron trigger computes the times, with weekdays by name (its
numbers mean other days than cron's). All state is in the database (storage.schedule): the claim, what the job causes,
the note that it ran and its next time are one transaction, so that two processes, a crash or a restart give neither
doubles nor misses.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from sqlalchemy.orm import Session

import storage.configuration
import storage.schedule
from bot import upkeep
from handlers import away, decisions, digest, mandates, minutes, reminders, searchable
from handlers.context import Context
from handlers.plans import carrying
from storage.configuration import WEEKDAYS, Configuration

logger = logging.getLogger(__name__)

DAILY = "daily"
HOURLY = "hourly"
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""The next time of what happens only at a chosen instant, while none is chosen."""
_A_MONDAY = date(2027, 3, 1)
_TICK = timedelta(microseconds=1)
_LONGEST = timedelta(days=8)
"""No rule leaves a longer pause between two times."""


@dataclass(frozen=True, slots=True)
class Job:
    """One thing that happens by itself: its name, its rule from the settings, and what is done when it is due.

    ``run`` is told the instant it was due, which may be long ago; it works inside the caller's transaction. When it
    answers False, what the job stands for has not happened (yet): it is not noted as run.
    """

    name: str
    rule: Callable[[Configuration], str]
    run: Callable[[Session, Context, datetime], bool | None]


def digest_rule(settings: Configuration) -> str:
    """The digest: at its weekday and hour."""
    return f"{settings.digest_weekday} {settings.digest_hour} {settings.zone}"


def reminder_rule(settings: Configuration) -> str:
    """Reminders: every hour, at the minute of theirs, as people live in other zones and the round finds who is due."""
    minute = settings.reminder_hour.partition(":")[2]
    return f"{HOURLY} :{minute} {settings.zone}" if settings.reminders else ""


def absence_rule(settings: Configuration) -> str:
    """Absences that begin: every hour, with the reminders, as one can begin the moment it is noted."""
    minute = settings.reminder_hour.partition(":")[2]
    return f"{HOURLY} :{minute} {settings.zone}"


def nudge_rule(settings: Configuration) -> str:
    """Who is missing: on the digest's day at the reminders' hour, the day before when that would be too late."""
    day = WEEKDAYS.index(settings.digest_weekday)
    if settings.reminder_hour >= settings.digest_hour:
        day -= 1
    return f"{WEEKDAYS[day]} {settings.reminder_hour} {settings.zone}"


def draft_rule(settings: Configuration) -> str:
    """The digest shown for approval: so many hours before its hour, which may be the day before."""
    return _before_digest(settings, timedelta(hours=settings.approval_hours)) if settings.approval else ""


def draft_nudge_rule(settings: Configuration) -> str:
    """Who has not decided on it is asked once more, shortly before its hour."""
    return _before_digest(settings, digest.NUDGED_BEFORE) if settings.approval else ""


def postponed_rule(_: Configuration) -> str:
    """A digest that was postponed: at the instant somebody chose."""
    return storage.schedule.ONCE


def upkeep_rule(settings: Configuration) -> str:
    """Upkeep: every night."""
    return f"{DAILY} 03:00 {settings.zone}"


def search_rule(settings: Configuration) -> str:
    """What can be found: every hour, when little else happens; whoever looks for something is not waited for."""
    return f"{HOURLY} :45 {settings.zone}"


def midnight_rule(settings: Configuration) -> str:
    """What begins with the day: just after midnight."""
    return f"{DAILY} 00:01 {settings.zone}"


def morning_rule(settings: Configuration) -> str:
    """What is told in the morning: every day at the reminders' hour, whether or not there are reminders."""
    return f"{DAILY} {settings.reminder_hour} {settings.zone}"


JOBS: tuple[Job, ...] = (
    Job("groups", midnight_rule, mandates.keep_in_step),
    Job("mandates", morning_rule, mandates.turn),
    Job("plans", morning_rule, carrying.offer),
    Job("absences", absence_rule, away.begin),
    Job("remind", reminder_rule, reminders.remind),
    Job("review", morning_rule, decisions.remind),
    Job("minutes", morning_rule, minutes.settle),
    Job("nudge", nudge_rule, reminders.nudge),
    Job("digest", digest_rule, digest.publish),
    Job(digest.POSTPONED, postponed_rule, digest.publish_postponed),
    Job("draft", draft_rule, digest.show_draft),
    Job("draft_nudge", draft_nudge_rule, digest.nudge_draft),
    Job("search", search_rule, searchable.keep_up),
    Job("upkeep", upkeep_rule, upkeep.clean),
)
"""All that happens by itself, in the order in which it is done when several are due."""


def next_after(rule: str, instant: datetime) -> datetime:
    """The first time of the rule after that instant, in UTC. Raises ValueError for what is no rule."""
    if rule == storage.schedule.ONCE:
        return NEVER
    day, hour, zone = rule.split(" ")
    hours, minutes = hour.split(":")
    trigger = CronTrigger(
        day_of_week=None if day in (DAILY, HOURLY) else day,
        hour=int(hours) if hours else None,
        minute=int(minutes),
        timezone=ZoneInfo(zone),
    )
    found: datetime = trigger.get_next_fire_time(None, instant + _TICK)
    if hours and found.fold and found.utcoffset() != found.replace(fold=0).utcoffset():
        return next_after(
            rule, found.astimezone(UTC)
        )  # the hour that comes twice when clocks go back: its first time has been
    return found.astimezone(UTC)


def tick(ctx: Context, jobs: Sequence[Job] = JOBS) -> int:
    """Run what is due, each job in a transaction of its own; returns how many ran. What a job raises comes through."""
    return sum(_happens(ctx, job) for job in jobs)


def next_runs(ctx: Context) -> dict[str, datetime]:
    """Job -> when it happens next (UTC), the soonest first; without those that do not happen at present."""
    with ctx.readings.begin() as session:
        return {
            each.name: each.next_run_at
            for each in storage.schedule.everyone(session)
            if each.rule and each.next_run_at < NEVER
        }


def hourly(ctx: Context) -> set[str]:
    """The jobs that happen each hour."""
    with ctx.readings.begin() as session:
        return {each.name for each in storage.schedule.everyone(session) if each.rule.startswith(HOURLY)}


def _before_digest(settings: Configuration, span: timedelta) -> str:
    """The rule of what happens so long before the digest, as the clocks of its zone show it."""
    week = datetime.combine(_A_MONDAY, time.fromisoformat(settings.digest_hour))
    at = week + timedelta(days=WEEKDAYS.index(settings.digest_weekday)) - span
    return f"{WEEKDAYS[at.weekday()]} {at:%H:%M} {settings.zone}"


def _happens(ctx: Context, job: Job) -> bool:
    if not _has_work(ctx, job):
        return False
    now = ctx.now()
    with ctx.sessions.begin() as session:  # by itself: another process that arranges it too would wait for the run
        rule = job.rule(storage.configuration.current(session))
        storage.schedule.arrange(session, job.name, rule, next_after(rule, now) if rule else now)
    with ctx.sessions.begin() as session:
        rule = job.rule(storage.configuration.current(session))
        held = storage.schedule.hold(session, job.name)
        if held is None:
            return False
        if held.rule != rule:
            held.next_run_at = _first(session, job.name, held.rule, rule, now)
            held.rule = rule
        if not rule or held.next_run_at > now:
            return False
        due, held.next_run_at = _newest(rule, held.next_run_at, now)
        if job.run(session, ctx, due) is not False:
            storage.schedule.ran(session, job.name, due, now)
    logger.info("%s ran, due %s", job.name, due.isoformat())
    return True


def _has_work(ctx: Context, job: Job) -> bool:
    """A look without a lock: whether the job is due, new, or under another rule."""
    with ctx.readings.begin() as session:
        rule = job.rule(storage.configuration.current(session))
        known = {each.name: each for each in storage.schedule.everyone(session)}.get(job.name)
    return known is None or known.rule != rule or (bool(rule) and known.next_run_at <= ctx.now())


def _first(session: Session, name: str, before: str, rule: str, now: datetime) -> datetime:
    """When a changed rule is due first: counted from the last run, so that a time moved into the past is not missed."""
    last = storage.schedule.last_run(session, name) if before else None
    if not rule:
        return now
    return next_after(rule, max(last.due_at, now - _LONGEST) if last else now)


def _newest(rule: str, first: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The newest of the times that have come since the first, and the one that follows it."""
    due, following = first, next_after(rule, max(first, now - _LONGEST))
    while following <= now:
        due, following = following, next_after(rule, following)
    return due, following
