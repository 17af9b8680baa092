"""`/ptf updates` (`mises-à-jour`): what was received, what is awaited, who is excused; by group and by period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.groups
import storage.reporting_periods
import storage.updates
from handlers import answers, commands, entries, finding, places
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import Refusal, number
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.report import Entry, Report, Section
from handlers.updates import drawing, standing, weekly
from handlers.updates.spots import APART, OF_GROUP, Spot, parsed
from handlers.updates.standing import Stand
from storage import periods
from storage.groups import Group
from storage.periods import Period, Rhythm
from storage.updates import Update
from storage.visibility import sees

UPDATES_SUMMARY = message("Which updates were received this period, which are awaited")
UPDATES_USAGE = message("[group or period]")
TITLE = message("Updates: {period}")
TITLE_OF_GROUP = message("Updates of {group}")
RECEIVED = message("Received ({number})")
AWAITED = message("Awaited ({number})")
EXCUSED = message("Not expected ({number})")
NOTHING_YET = message("Nothing has been received yet.")
NO_UPDATES = message("No update of this group is open to you.")
PERIOD_PLACEHOLDER = message("Another week")
GROUP_PLACEHOLDER = message("One group")
MORE_BUTTON = message("The next groups")

COMMAND = Command(("updates", "mises-à-jour", "mises-a-jour", "majs"), UPDATES_SUMMARY, UPDATES_USAGE)
WEEKS_OFFERED = 26
LAST_OF_GROUP = 8
PAGE = 24
"""Groups on one page of a week; each takes a block, and a message holds 50 and 13,200 characters (SLACK.md 2.1)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to: the groups' periods in which ``week`` lies, or one group's last updates."""

    week: Period
    group: Group | None = None
    first: int = 0


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, updates)
    app.action("updates_open")(opened)
    app.action("updates_week")(narrowed)
    app.action("updates_group")(narrowed)
    app.action("updates_more")(narrowed)


def updates(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """The list, narrowed to the words after the command."""
    with ctx.readings.begin() as session:
        text, told = _list(session, ctx, actor, _read(session, ctx, actor, rest))
    answers.show(ack, client, body, text, told)


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The list, from a button."""
    updates(ack, ctx, actor, body, client, "")


def narrowed(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Another week or group chosen in the list, or its next page: it stands in the place of the old one."""
    action = body["actions"][0]
    with ctx.readings.begin() as session:
        text, told = _list(session, ctx, actor, _chosen(session, ctx, action))
    places.show_instead(ack, client, body, text, told)


def _chosen(session: Session, ctx: Context, action: dict[str, Any]) -> Wanted:
    """What a menu or the button of the next page asks for. Raises Refusal for what is none."""
    if action["action_id"] == "updates_more":
        key, _, first = str(action["value"]).partition(":")
        return Wanted(parsed(key), first=number(first))
    chosen = action["selected_option"]["value"]
    if action["action_id"] == "updates_week":
        return Wanted(parsed(chosen))
    return Wanted(_this_week(session, ctx).week, storage.groups.by_id(session, number(chosen)))


def _this_week(session: Session, ctx: Context) -> Wanted:
    return Wanted(standing.clock(session).current(Rhythm.WEEKLY, ctx.now()))


def _read(session: Session, ctx: Context, actor: Actor, rest: str) -> Wanted:
    """The words after the command: a group, or a period as people write it. Raises Refusal."""
    wanted = _this_week(session, ctx)
    if not rest:
        return wanted
    try:
        return Wanted(wanted.week, finding.group(session, rest, actor.speaker))
    except Refusal as refusal:
        period = finding.period(rest, ctx.today)
        if period is None:
            raise refusal from None
        return Wanted(periods.containing(periods.WEEK, period.last))


def _list(session: Session, ctx: Context, actor: Actor, wanted: Wanted) -> tuple[str, list[blocks.Block]]:
    """The text and the blocks of the list, with its menus."""
    if wanted.group is not None:
        return of_group(session, ctx, actor, wanted.group)
    return of_week(session, ctx, actor, wanted.week, wanted.first)


def of_week(
    session: Session, ctx: Context, actor: Actor, period: Period, first: int = 0
) -> tuple[str, list[blocks.Block]]:
    """A week, a page of `PAGE` groups from the ``first`` on, with its menus."""
    week = weekly.read(session, ctx, actor, period)
    found = weekly.lines(session, ctx, actor, week)
    parts = ((RECEIVED, found.received), (AWAITED, found.awaited), (EXCUSED, found.excused))
    every = [(title, len(lines), line) for title, lines in parts for line in lines]
    say = actor.speaker.say
    lead = "" if found.received else say(NOTHING_YET)
    page = drawing.page(actor.speaker, (say(TITLE, period=period), lead), every[first : first + PAGE], period)
    row = []
    if actor.is_pool and (ready := weekly.to_validate(session, week)):
        row.append(drawing.validate_all(actor.speaker, len(ready), period))
    if len(every) > first + PAGE:
        row.append(blocks.button(say(MORE_BUTTON), "updates_more", f"{period.key}:{first + PAGE}"))
    buttons = [blocks.actions(*row, block_id="updates_page")] if row else []
    return page.text, [*page.blocks, *buttons, _menus(session, ctx, actor)]


def of_group(session: Session, ctx: Context, actor: Actor, group: Group) -> tuple[str, list[blocks.Block]]:
    """The last updates of one group, in their words, as many as fit, each with what the pool can do."""
    speaker = actor.speaker
    found = storage.updates.of_group(session, group.id, actor.audience, LAST_OF_GROUP)
    head = speaker.say(TITLE_OF_GROUP, group=weekly.name(actor, group))
    page = drawing.words(actor, head, _told(session, ctx, actor, found))
    if not found:
        page = drawing.page(speaker, (head, speaker.say(NO_UPDATES)), [], None)
    return page.text, [*page.blocks, _menus(session, ctx, actor)]


def _told(session: Session, ctx: Context, actor: Actor, found: Sequence[Update]) -> list[tuple[Entry, Spot, Stand]]:
    """Each of those updates with how its period stands."""
    names, clock = entries.names(session, found), standing.clock(session)
    decided = storage.reporting_periods.of_periods(session, {update.period for update in found})
    told = []
    for update in found:
        spot = Spot(update.group_id, periods.parse(update.period), OF_GROUP)
        closes = clock.deadline(spot.period)
        stand = Stand(decided.get((update.group_id, update.period)), closes, ctx.now())
        entry = entries.update_entry(update, names, actor.speaker)
        entry = entries.with_message(entry, update, names, actor.speaker)
        inside = weekly.is_inside(actor, update.group_id)
        facts = [*entry.facts, *standing.facts(actor.speaker, stand, inside=inside)]
        told.append((replace(entry, facts=facts), spot, stand))
    return told


def again(session: Session, ctx: Context, actor: Actor, spot: Spot, notice: str) -> tuple[str, list[blocks.Block]]:
    """The list in which something was decided, as it is now, headed by what was decided."""
    head = blocks.section(notice)
    if spot.shown == APART:
        return notice, [head]
    week = spot.week
    if week is None:
        text, told = of_group(session, ctx, actor, spot.group(session))
    else:
        text, told = of_week(session, ctx, actor, week)
    return f"{notice}\n{text}", [head, *told]


def whole(session: Session, ctx: Context, actor: Actor, spot: Spot) -> list[blocks.Block]:
    """All that a group said of a period and this person may read, for a sheet."""
    updates = storage.updates.of_group_and_period(session, spot.group_id, spot.period.key)
    told = _told(session, ctx, actor, [update for update in updates if sees(update, actor.audience)])
    report = Report("", actor.speaker.language, glance=[Section("", entries=[entry for entry, _, _ in told])])
    return [block for page in blocks.messages(report, actor.speaker) for block in page.blocks]


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
