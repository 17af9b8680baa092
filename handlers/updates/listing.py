"""`/ptf updates` (`mises-à-jour`): what was received, what is awaited, who is excused; by group and by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.lives
import storage.mandates
import storage.reporting
import storage.updates
from handlers import answers, commands, dates, entries, finding, places, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.report import Entry, Paragraph, Report, Section
from storage import periods
from storage.groups import Group, State
from storage.lives import Life
from storage.periods import Period, Rhythm
from storage.reporting import DigestClock
from storage.updates import Update

UPDATES_SUMMARY = message("Which updates were received this period, which are awaited")
UPDATES_USAGE = message("[group or period]")
TITLE = message("Updates: {period}")
TITLE_OF_GROUP = message("Updates of {group}")
RECEIVED = message("Received ({number})")
AWAITED = message("Awaited ({number})")
EXCUSED = message("Not expected ({number})")
NOBODY = message("no coordinator at the moment")
FOR_OTHERS = message("received; it is not open to you")
NOTHING_YET = message("Nothing has been received yet.")
NO_UPDATES = message("No update of this group is open to you.")
ON_DEMAND = message("on demand")
DORMANT = message("dormant")
OTHER_RHYTHM = message("its {rhythm} update is due by {day}")
PERIOD_PLACEHOLDER = message("Another week")
GROUP_PLACEHOLDER = message("One group")

COMMAND = Command(("updates", "mises-à-jour", "mises-a-jour", "majs"), UPDATES_SUMMARY, UPDATES_USAGE)
WEEKS_OFFERED = 26
LAST_OF_GROUP = 8
MOST_BLOCKS = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to: the groups' periods in which ``week`` lies, or one group's last updates."""

    week: Period
    group: Group | None = None


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, updates)
    app.action("updates_open")(opened)
    app.action("updates_week")(narrowed)
    app.action("updates_group")(narrowed)


def updates(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """The list, narrowed to the words after the command."""
    with ctx.readings.begin() as session:
        text, told = _list(session, ctx, actor, _read(session, ctx, actor, rest))
    answers.show(ack, client, body, text, told)


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The list, from a button."""
    updates(ack, ctx, actor, body, client, "")


def narrowed(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Another week or group chosen in the list: it stands in the place of the old one."""
    action = body["actions"][0]
    chosen = action["selected_option"]["value"]
    with ctx.readings.begin() as session:
        wanted = _this_week(session, ctx)
        if action["action_id"] == "updates_week":
            wanted = Wanted(_offered_week(chosen))
        else:
            wanted = Wanted(wanted.week, storage.groups.by_id(session, number(chosen)))
        text, told = _list(session, ctx, actor, wanted)
    places.show_instead(ack, client, body, text, told)


def _offered_week(chosen: str) -> Period:
    """The week a menu names. Raises Refusal for what is none."""
    try:
        return periods.parse(chosen)
    except ValueError:
        raise Refusal(NOT_OFFERED_ANY_MORE) from None


def _this_week(session: Session, ctx: Context) -> Wanted:
    return Wanted(_clock(session).current(Rhythm.WEEKLY, ctx.now()))


def _read(session: Session, ctx: Context, actor: Actor, rest: str) -> Wanted:
    """The words after the command: a group, or a period as people write it. Raises Refusal."""
    wanted = _this_week(session, ctx)
    if not rest:
        return wanted
    try:
        return Wanted(wanted.week, finding.group(session, rest, actor.speaker))
    except Refusal as refusal:
        period = _period(rest, ctx)
        if period is None:
            raise refusal from None
        return Wanted(periods.containing(periods.WEEK, period.last))


def _period(rest: str, ctx: Context) -> Period | None:
    """A period by its key or in words."""
    try:
        return periods.parse(rest.strip().upper())
    except ValueError:
        pass
    try:
        found = dates.deadline(rest, ctx.today)
    except dates.NotADate:
        return None
    return periods.parse(found.key) if found.key and found.due else None


def _list(session: Session, ctx: Context, actor: Actor, wanted: Wanted) -> tuple[str, list[blocks.Block]]:
    """The text and the blocks of the list, with its menus."""
    report = (
        _of_group(session, actor, wanted.group)
        if wanted.group is not None
        else _of_week(session, ctx, actor, wanted.week)
    )
    first = blocks.messages(report, actor.speaker)[0]
    return first.text, [*first.blocks[:MOST_BLOCKS], _menus(session, ctx, actor)]


def _of_week(session: Session, ctx: Context, actor: Actor, period: Period) -> Report:
    """The groups, sorted by where their update of the week stands."""
    speaker, week = actor.speaker, _week(session, actor, period)
    received: list[Entry] = []
    awaited: list[Entry] = []
    excused: list[Entry] = []
    for life in storage.lives.of(session, storage.groups.everyone(session)).values():
        if not life.reported(week.day):
            continue
        if entry := _received(session, actor, week, life.group):
            received.append(entry)
        elif entry := _excused(actor, week, life):
            excused.append(entry)
        else:
            awaited.append(_awaited(session, ctx, actor, life.group))
    sections = [
        Section(speaker.say(title, number=len(lines)), entries=lines)
        for title, lines in ((RECEIVED, received), (AWAITED, awaited), (EXCUSED, excused))
        if lines
    ]
    lead = "" if received else speaker.say(NOTHING_YET)
    return Report(speaker.say(TITLE, period=period), speaker.language, lead, glance=sections)


@dataclass(frozen=True, slots=True)
class Week:
    """A week as a reader sees it: what was reported, whoever may read it, and what this reader may read."""

    week: Period
    clock: DigestClock
    reported: set[tuple[int, str]]
    open: Mapping[tuple[int, str], Update]

    @property
    def day(self) -> date:
        """The civil day of its digest, on which the state of a group counts."""
        return self.clock.day_of(self.week)

    def period_of(self, group: Group) -> Period:
        """The period of that group which this week belongs to."""
        return periods.reporting(Rhythm(group.rhythm), min(self.clock.day_of(self.week), self.week.last))


def _week(session: Session, actor: Actor, week: Period) -> Week:
    clock = _clock(session)
    keys = {periods.reporting(rhythm, min(clock.day_of(week), week.last)).key for rhythm in Rhythm}
    found = storage.updates.of_periods(session, keys, actor.audience)
    reported = storage.updates.reported(session, keys)
    return Week(week, clock, reported, {(update.group_id, update.period): update for update in found})


def _received(session: Session, actor: Actor, week: Week, group: Group) -> Entry | None:
    """The line of a group whose update was given; None when it was not."""
    key = (group.id, week.period_of(group).key)
    if key not in week.reported:
        return None
    update = week.open.get(key)
    if update is None:
        return Entry(_name(actor, group), facts=[actor.speaker.say(FOR_OTHERS)])
    told = entries.update_entry(update, entries.names(session, [update]), actor.speaker)
    return Entry(_name(actor, group), told.mark, told.facts)


def _excused(actor: Actor, week: Week, life: Life) -> Entry | None:
    """The line of a group of which nothing is expected in this week; None when something is."""
    group, period = life.group, week.period_of(life.group)
    say, due, owes = actor.speaker.say, week.clock.day_of(period), life.owes(period, week.day)
    if owes and due <= week.day:
        return None
    if owes:
        reason = say(OTHER_RHYTHM, rhythm=say(entries.RHYTHMS[Rhythm(group.rhythm)]), day=due)
    else:
        was = life.on(week.day)
        reason = say(DORMANT if was is not None and was.state == State.DORMANT else ON_DEMAND)
    return Entry(_name(actor, group), facts=[reason])


def _awaited(session: Session, ctx: Context, actor: Actor, group: Group) -> Entry:
    """The line of a group that owes its update, with who can give it."""
    mandates = storage.mandates.of_group(session, group.id, ctx.today)
    who = rights.told(session, actor.speaker, mandates) or actor.speaker.say(NOBODY)
    return Entry(_name(actor, group), facts=[who])


def _name(actor: Actor, group: Group) -> str:
    return f"{group.name(actor.speaker.language)} ({group.code})"


def _of_group(session: Session, actor: Actor, group: Group) -> Report:
    """The last updates of one group, in their words, as many as fit."""
    speaker = actor.speaker
    found = storage.updates.of_group(session, group.id, actor.audience, LAST_OF_GROUP)
    names = entries.names(session, found)
    told = [entries.update_entry(update, names, speaker) for update in found]
    lead = "" if told else speaker.say(NO_UPDATES)
    title = speaker.say(TITLE_OF_GROUP, group=f"{group.name(speaker.language)} ({group.code})")
    return Report(title, speaker.language, glance=[Section("", [Paragraph(lead)] if lead else [], entries=told)])


def _menus(session: Session, ctx: Context, actor: Actor) -> blocks.Block:
    """The menus that narrow the list."""
    say = actor.speaker.say
    weeks = [_this_week(session, ctx).week]
    while len(weeks) < WEEKS_OFFERED:
        weeks.append(weeks[-1].previous())
    by_week = [blocks.option(actor.speaker.period(week), week.key) for week in weeks]
    by_group = [
        blocks.option(f"{group.code} – {group.name(actor.speaker.language)}", str(group.id))
        for group in storage.groups.reporting(session)
    ]
    menus = [blocks.select("updates_week", by_week, say(PERIOD_PLACEHOLDER))]
    if by_group:
        menus.append(blocks.select("updates_group", by_group, say(GROUP_PLACEHOLDER)))
    return blocks.actions(*menus, block_id="updates_filter")


def _clock(session: Session) -> DigestClock:
    return storage.reporting.clock(storage.configuration.current(session))
