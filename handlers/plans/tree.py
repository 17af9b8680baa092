"""A plan whole: its tree of lines in pages, narrowed by menus, as it is now or as a period was validated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.partners
import storage.plans.frozen
import storage.plans.rows
from handlers import answers, places, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.kinds import forming, registering
from handlers.language import Message, Speaker, message, plural
from handlers.plans import reporting, serving, telling
from handlers.plans.line import LINE
from handlers.plans.telling import Told
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage import periods
from storage.plans.rows import NEEDS_REASON, Line, Plan
from storage.visibility import sees

TITLE = message("*{plan}*: {shown}")
NOW = message("as it is now")
AS_OF = message("as it was validated for the {period}")
LINES = plural("One line.", "{count} lines.")
NO_LINES = message("No line yet.")
NONE_FITS = message("No line fits this.")
PAGE_OF = message("Lines {first} to {last} of {count}.")
SHOW_OPTION = message("Show the whole")
REPORT_OPTION = message("Report on it")
EDIT_OPTION = message("Edit")
BENEATH_OPTION = message("Add a line under it")
SERVES_OPTION = message("What serves it")
NEXT_BUTTON = message("The next ones")
BEFORE_BUTTON = message("The ones before")
STATE_PLACEHOLDER = message("State")
AXIS_PLACEHOLDER = message("Axis")
PERIOD_PLACEHOLDER = message("Now, or as it was")
EVERY_LINE = message("all lines")
OPEN = message("still open")
LATE = message("behind, off track or overdue")
MINE = message("my institution’s")
EVERY_AXIS = message("all axes")

STATES: Mapping[str, Message] = {"all": EVERY_LINE, "open": OPEN, "late": LATE, "mine": MINE}
PAGE = 15
"""Lines on a page; each is one block, and a sheet takes a hundred."""
NAME = "plan_tree"
MENUS = ("state", "axis", "period")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a plan is shown: ``axis_id`` a line and what stands under it, ``period`` a validated one ("" for now)."""

    plan_id: int
    state: str = "all"
    axis_id: int = 0
    period: str = ""
    first: int = 0


def register(app: App) -> None:
    """Register the listeners."""
    app.action(NAME)(opened)
    for menu in (*MENUS, "next", "before"):
        app.action(f"{NAME}_{menu}")(narrowed)
    app.action(f"{NAME}_menu")(picked)


def further(session: Session, ctx: Context, actor: Actor, plan: Plan) -> list[blocks.Block]:
    """The first page, under the facts of a plan."""
    return shown(session, ctx, actor, plan, Wanted(plan.id))


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The lines of a plan, on a sheet of their own."""
    view = sheet(ctx, actor, Wanted(records.id_of(body)))
    answers.lay(client, body, view)
    ack()


def narrowed(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Another menu chosen, or another page."""
    view = sheet(ctx, actor, chosen(body))
    places.show_instead(ack, client, body, "", view["blocks"])


def picked(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """What was chosen in the ⋯ menu of a line."""
    what, _, value = body["actions"][0]["selected_option"]["value"].partition(":")
    line_id = number(value, records.GONE)
    if what == "show":
        registering.lay(ctx, actor, client, body, LINE, line_id)
    elif what == "report":
        records.open_form(ctx, actor, client, body, reporting.report(LINE), record_id=line_id)
    elif what == "edit":
        records.open_form(ctx, actor, client, body, forming.record_kind(LINE), record_id=line_id)
    elif what == "beneath":
        records.open_form(ctx, actor, client, body, forming.record_kind(LINE), hints={"above": str(line_id)})
    elif what == "serving":
        serving.open_form(ctx, actor, client, body, line_id)
    else:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    ack()


def sheet(ctx: Context, actor: Actor, wanted: Wanted) -> dict[str, Any]:
    """The sheet of a plan's lines. Raises Refusal to who may not read the plan."""
    with ctx.readings.begin() as session:
        plan = storage.plans.rows.by_id(session, wanted.plan_id)
        if plan is None or plan.withdrawn:
            raise Refusal(records.GONE)
        if not sees(plan, actor.audience):
            raise Refusal(records.NOT_FOR_YOU)
        return answers.sheet(shown(session, ctx, actor, plan, wanted))


def shown(session: Session, ctx: Context, actor: Actor, plan: Plan, wanted: Wanted) -> list[blocks.Block]:
    """The title, one page of lines, the menus that narrow it."""
    lines = storage.plans.rows.lines(session, plan.id)
    told = _as_it_was(session, plan, wanted) if wanted.period else telling.as_it_is(session, ctx, lines)
    kept = [each for each in told if _fits(actor, lines, wanted, each)]
    first = min(wanted.first, max(len(kept) - 1, 0) // PAGE * PAGE)
    page = kept[first : first + PAGE]
    named = literal(plan.name)
    title = actor.speaker.say(TITLE, plan=named, shown=_as_of(actor.speaker, wanted))
    found = [blocks.section(f"{title}\n{_counted(actor.speaker, told, kept, first)}")]
    found += [_line(actor, each, _beneath(told, each), frozen=bool(wanted.period)) for each in page]
    return [*found, *_pages(actor.speaker, wanted, first, len(kept)), _menus(actor.speaker, plan, lines, wanted)]


def chosen(body: Mapping[str, Any]) -> Wanted:
    """What stands in the menus, and the page asked for. Raises Refusal."""
    state = body.get("state") or (body.get("view") or {}).get("state") or {}
    given = state.get("values") or {}
    shown = (body.get("view") or body.get("message") or {}).get("blocks") or ()
    ids = [str(block.get("block_id", "")) for block in shown]
    place = next((each for each in ids if each.startswith(f"{NAME}~")), "")
    action = body["actions"][0]

    def value(menu: str) -> str:
        name = f"{NAME}_{menu}"
        held = action if action["action_id"] == name else given.get(place, {}).get(name, {})
        return str((held.get("selected_option") or {}).get("value") or "")

    wanted = Wanted(
        number(place.partition("~")[2]),
        value("state") or "all",
        number(value("axis") or 0),
        value("period").removeprefix("now"),
        number(action["value"]) if action["action_id"] in (f"{NAME}_next", f"{NAME}_before") else 0,
    )
    if wanted.state not in STATES:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return wanted


def _as_it_was(session: Session, plan: Plan, wanted: Wanted) -> list[Told]:
    """The rows kept at the validation of a period. Raises Refusal where it was not validated."""
    if wanted.period not in storage.plans.frozen.keys(plan):
        raise Refusal(NOT_OFFERED_ANY_MORE)
    ids = {each.code: each.id for each in storage.partners.everyone(session)}
    return telling.as_it_was(storage.plans.frozen.rows(session, plan.id, wanted.period), ids)


def _fits(actor: Actor, lines: Sequence[Line], wanted: Wanted, told: Told) -> bool:
    axis = next((line for line in lines if line.id == wanted.axis_id), None)
    if axis is not None and told.path != axis.path and not told.path.startswith(f"{axis.path}/"):
        return False
    checks: Mapping[str, Callable[[], bool]] = {
        "all": lambda: True,
        "open": lambda: told.status in storage.plans.rows.STANDING,
        "late": lambda: told.status in NEEDS_REASON or told.overdue,
        "mine": lambda: actor.institution_id is not None and actor.institution_id in told.institution_ids,
    }
    return checks[wanted.state]()


def _as_of(speaker: Speaker, wanted: Wanted) -> str:
    if not wanted.period:
        return speaker.say(NOW)
    return speaker.say(AS_OF, period=periods.parse(wanted.period))


def _counted(speaker: Speaker, told: Sequence[Told], kept: Sequence[Told], first: int) -> str:
    """How many lines there are, and where they stand."""
    if not told:
        return speaker.say(NO_LINES)
    if not kept:
        return speaker.say(NONE_FITS)
    last = min(first + PAGE, len(kept))
    page = (
        speaker.say(LINES, count=len(kept))
        if len(kept) <= PAGE
        else speaker.say(PAGE_OF, first=first + 1, last=last, count=len(kept))
    )
    return f"{page} {telling.standing(speaker, kept)}".strip()


def _beneath(every: Sequence[Told], told: Told) -> list[Told]:
    """What stands under a line that says nothing of its own: where it stands follows from those."""
    return [each for each in every if each.path.startswith(f"{told.path}/")] if told.status is None else []


def _line(actor: Actor, told: Told, beneath: Sequence[Told], *, frozen: bool) -> blocks.Block:
    """One line with its ⋯ menu; as it was then, without."""
    text = telling.line(actor.speaker, told, telling.standing(actor.speaker, beneath))
    if frozen:
        return blocks.section(text)
    return blocks.section(text, blocks.overflow(f"{NAME}_menu", _options(actor, told)))


def _options(actor: Actor, told: Told) -> list[blocks.Block]:
    """What this person can do with the line."""
    say, line = actor.speaker.say, told.line
    offered = [blocks.option(say(SHOW_OPTION), f"show:{told.line_id}")]
    if line is not None and rights.may(actor, Right.REPORT_LINE, record=line):
        offered.append(blocks.option(say(REPORT_OPTION), f"report:{told.line_id}"))
    if line is not None and rights.may(actor, Right.KEEP_PLANS, record=line):
        offered.append(blocks.option(say(EDIT_OPTION), f"edit:{told.line_id}"))
        offered.append(blocks.option(say(BENEATH_OPTION), f"beneath:{told.line_id}"))
        offered.append(blocks.option(say(SERVES_OPTION), f"serving:{told.line_id}"))
    return offered


def _pages(speaker: Speaker, wanted: Wanted, first: int, count: int) -> list[blocks.Block]:
    before = [blocks.button(speaker.say(BEFORE_BUTTON), f"{NAME}_before", str(max(first - PAGE, 0)))] if first else []
    after = first + PAGE
    following = [blocks.button(speaker.say(NEXT_BUTTON), f"{NAME}_next", str(after))] if count > after else []
    return [blocks.actions(*before, *following)] if before or following else []


def _menus(speaker: Speaker, plan: Plan, lines: Sequence[Line], wanted: Wanted) -> blocks.Block:
    """The menus, showing what is chosen; the plan stands in the block's id."""
    states = [(key, speaker.say(label)) for key, label in STATES.items()]
    axes = [("0", speaker.say(EVERY_AXIS)), *((str(line.id), line.numbered) for line in lines if line.above_id is None)]
    validated = reversed(storage.plans.frozen.keys(plan))
    then = [("now", speaker.say(NOW)), *((key, speaker.period(periods.parse(key))) for key in validated)]
    shown = [
        _menu(speaker, "state", STATE_PLACEHOLDER, states, wanted.state),
        _menu(speaker, "axis", AXIS_PLACEHOLDER, axes, str(wanted.axis_id)),
        *([_menu(speaker, "period", PERIOD_PLACEHOLDER, then, wanted.period or "now")] if len(then) > 1 else []),
    ]
    return blocks.actions(*shown, block_id=f"{NAME}~{plan.id}")


def _menu(
    speaker: Speaker, menu: str, placeholder: Message, given: Sequence[tuple[str, str]], picked: str
) -> blocks.Block:
    options = [blocks.option(label, value) for value, label in given[: blocks.OPTIONS]]
    initial = next((option for option in options if option["value"] == picked), None)
    return blocks.select(f"{NAME}_{menu}", options, speaker.say(placeholder), initial)
