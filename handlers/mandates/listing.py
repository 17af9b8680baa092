"""`/ptf mandates` (`mandats`): who holds which office today, who held it, who will; the collective, then the groups.

What follows the command narrows the list: a year, an institution, a group, the troïka or the Pool Technique, past or
coming. Members and observers are told once the list is narrowed. The pool sets and ends mandates from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.groups
import storage.mandates
import storage.partners
from handlers import answers, changing, commands, offices, pages, places
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.language import Message, Speaker, message
from handlers.mandates import rotation
from handlers.mandates.wanted import Wanted, asked, key_of, of_key
from handlers.offices import Names
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import OFFICE
from storage.database import Base
from storage.groups import Group, Kind, State
from storage.mandates import COORDINATION, POOL, TROIKA, Mandate, Office

MANDATES_SUMMARY = message("Who holds which office: chef de file, troïka, Pool Technique, groups; past and coming too")
MANDATES_USAGE = message("[year, institution or group]")
TODAY = message("*Mandates on {day}*")
OF_YEAR = message("*Mandates of {year}*")
PAST = message("*Mandates that are over*")
COMING = message("*Mandates to come*")
EVERY = message("*All mandates, past, present and coming*")
NARROWED = message("{title}: {narrowed}")
COLLECTIVE = message("*The collective*")
OF_GROUP = message("*{code}* {name}")
HELD = message("{office}: {who}")
VACANT = message("⚠️ No coordinator")
NO_MANDATE = message("No mandate fits this.")
PAST_BUTTON = message("Past")
TODAY_BUTTON = message("Today")
COMING_BUTTON = message("Coming")
NEXT_BUTTON = message("The next ones")
ADD_BUTTON = message("Add a mandate")
EDIT_PLACEHOLDER = message("Change, hand on or end")
ROTATION_BUTTON = message("Prepare the rotation of {year}")
LEFT_BUTTON = message("Somebody has left")
GROUP_PLACEHOLDER = message("Group")
INSTITUTION_PLACEHOLDER = message("Institution")

COMMAND = Command(("mandates", "mandats"), MANDATES_SUMMARY, MANDATES_USAGE)
TITLES: Mapping[str, Message] = {"today": TODAY, "past": PAST, "coming": COMING, "all": EVERY}
WHEN = {"past": PAST_BUTTON, "today": TODAY_BUTTON, "coming": COMING_BUTTON}
ORDER = (*TROIKA, *POOL, *COORDINATION, Office.MEMBER, Office.OBSERVER)


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, mandates)
    app.action("mandates_open")(opened)
    for action_id in ("mandates_past", "mandates_today", "mandates_coming", "mandates_more"):
        app.action(action_id)(narrowed)
    app.action("mandates_group")(narrowed)
    app.action("mandates_institution")(narrowed)


def mandates(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """The list, narrowed to the words after the command."""
    with ctx.readings.begin() as session:
        text, told = listed(session, ctx, actor, asked(session, actor.speaker, rest))
    answers.show(ack, client, body, text, told)


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The list of today, from a button."""
    mandates(ack, ctx, actor, body, client, "")


def narrowed(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The list narrowed otherwise, or its next page, in the place of this one."""
    action = body["actions"][0]
    wanted = _chosen(of_key(str(action.get("block_id", "")).partition("~")[2]), action)
    with ctx.readings.begin() as session:
        text, told = listed(session, ctx, actor, wanted)
    places.show_instead(ack, client, body, text, told)


def opened_on(body: Mapping[str, Any], row: Base | None = None, **more: Any) -> dict[str, Any]:
    """What a form carries that was opened from the list (see `changing.opened_on`): how the list was narrowed.

    Opened from elsewhere, nothing is drawn again.
    """
    block, _, key = str(body["actions"][0].get("block_id", "")).partition("~")
    context = changing.opened_on(body, row, **more)
    if block == "mandates_pool":
        return context | {"list": key}
    return context | {"place": {}}


def draw_again(ctx: Context, actor: Actor, client: WebClient, context: Mapping[str, Any], notice: str) -> None:
    """Show the list as it is now where a form was opened, headed by what was just kept."""
    if context["place"]:
        with ctx.readings.begin() as session:
            text, told = listed(session, ctx, actor, of_key(context.get("list", "")), notice)
        places.redraw(client, context["place"], text, told)


def listed(
    session: Session, ctx: Context, actor: Actor, wanted: Wanted, notice: str = ""
) -> tuple[str, list[blocks.Block]]:
    """The text and the blocks of one page of the list, with its menus."""
    every = storage.mandates.everyone(session)
    known = offices.names(session, every)
    pieces = pages.pages(_pieces(known, ctx, actor.speaker, wanted, every))
    page = min(wanted.page, len(pieces) - 1)
    head = "\n".join([*([notice] if notice else []), _head(known, ctx, actor.speaker, wanted)])
    told = [blocks.section(head), *(blocks.section(piece) for piece in pieces[page])]
    told.append(_menus(known, actor.speaker, wanted, page + 1 < len(pieces)))
    if actor.is_pool:
        told += _for_pool(known, ctx, actor.speaker, wanted, every)
    return "\n".join([head, *pieces[page]]), told


def _head(known: Names, ctx: Context, speaker: Speaker, wanted: Wanted) -> str:
    title = speaker.say(OF_YEAR, year=wanted.year) if wanted.year else speaker.say(TITLES[wanted.when], day=ctx.today)
    group, institution = known.groups.get(wanted.group_id or 0), known.institutions.get(wanted.institution_id or 0)
    parts = [
        *(speaker.say(OFFICE[office]) for office in wanted.offices),
        *([group.name(speaker.language)] if group else []),
        *([institution.name(speaker.language)] if institution else []),
    ]
    return speaker.say(NARROWED, title=title, narrowed=literal(", ".join(parts))) if parts else title


def _pieces(known: Names, ctx: Context, speaker: Speaker, wanted: Wanted, every: Sequence[Mandate]) -> list[str]:
    """What is told, in pieces that each fit one block: the collective, then each group."""
    chosen = [mandate for mandate in every if _fits(mandate, ctx.today, wanted)]
    by_group: dict[int, list[Mandate]] = {}
    for mandate in sorted(chosen, key=_order):
        by_group.setdefault(mandate.group_id or 0, []).append(mandate)
    vacant = set(_vacant(known, ctx.today, every)) if wanted == Wanted(page=wanted.page) else set()
    told = [[speaker.say(COLLECTIVE), *_lines(known, ctx, speaker, by_group[0])]] if 0 in by_group else []
    for group in known.groups.values():
        if group.id in by_group or group.id in vacant:
            held = _lines(known, ctx, speaker, by_group.get(group.id, ()))
            told.append([_heading(speaker, group), *([speaker.say(VACANT)] if group.id in vacant else []), *held])
    pieces = [text for lines in told for text in pages.fitted(lines)]
    return pieces or [speaker.say(NO_MANDATE)]


def _lines(known: Names, ctx: Context, speaker: Speaker, held: Sequence[Mandate]) -> list[str]:
    return [
        offices.with_days(
            speaker,
            speaker.say(HELD, office=speaker.say(OFFICE[mandate.office]), who=offices.carried(known, speaker, mandate)),
            mandate,
            began=mandate.starts <= ctx.today,
        )
        for mandate in held
    ]


def _heading(speaker: Speaker, group: Group) -> str:
    return speaker.say(OF_GROUP, code=literal(group.code), name=literal(group.name(speaker.language)))


def _fits(mandate: Mandate, today: date, wanted: Wanted) -> bool:
    """Whether the list tells it; members and observers of groups only once it is narrowed to whose they are."""
    if wanted.group_id not in (None, mandate.group_id) or wanted.institution_id not in (None, mandate.institution_id):
        return False
    if wanted.offices and mandate.office not in wanted.offices:
        return False
    narrow = wanted.group_id is not None or wanted.institution_id is not None
    if not narrow and mandate.group_id is not None and mandate.office not in COORDINATION:
        return False
    if wanted.year is not None:
        return mandate.starts.year <= wanted.year and (mandate.ends is None or mandate.ends.year >= wanted.year)
    over = mandate.ends is not None and mandate.ends < today
    to_come = mandate.starts > today
    return {"past": over, "coming": to_come, "today": not over and not to_come, "all": True}[wanted.when]


def _order(mandate: Mandate) -> tuple[int, date]:
    return ORDER.index(Office(mandate.office)), mandate.starts


def _vacant(known: Names, today: date, every: Sequence[Mandate]) -> list[int]:
    """The active groups which nobody coordinates today."""
    held = {mandate.group_id for mandate in every if mandate.office in COORDINATION and rotation.covers(mandate, today)}
    groups = known.groups.values()
    return [
        group.id for group in groups if group.kind != Kind.BODY and group.state == State.ACTIVE and group.id not in held
    ]


def _menus(known: Names, speaker: Speaker, wanted: Wanted, more: bool) -> blocks.Block:
    """What narrows the list; how it is narrowed now is kept in the block's id."""
    buttons = [
        blocks.button(speaker.say(label), f"mandates_{when}")
        for when, label in WHEN.items()
        if wanted.year is not None or when != wanted.when
    ]
    groups = [
        blocks.option(f"{each.code} – {each.name(speaker.language)}", str(each.id)) for each in known.groups.values()
    ]
    institutions = [blocks.option(each.name(speaker.language), str(each.id)) for each in known.institutions.values()]
    menus = [
        blocks.select(action_id, blocks.grouped(options), speaker.say(placeholder))
        for action_id, options, placeholder in (
            ("mandates_group", groups, GROUP_PLACEHOLDER),
            ("mandates_institution", institutions, INSTITUTION_PLACEHOLDER),
        )
        if options
    ]
    following = [blocks.button(speaker.say(NEXT_BUTTON), "mandates_more", str(wanted.page + 1))] if more else []
    return blocks.actions(*following, *buttons, *menus, block_id=f"mandates_filter~{key_of(wanted)}")


def _for_pool(
    known: Names, ctx: Context, speaker: Speaker, wanted: Wanted, every: Sequence[Mandate]
) -> list[blocks.Block]:
    """What the pool can do: set, change and end a mandate, prepare the rotation, say who has left."""
    standing = [mandate for mandate in every if mandate.ends is None or mandate.ends >= ctx.today]
    options = [blocks.option(offices.words(known, speaker, each), str(each.id)) for each in standing]
    options.sort(key=lambda option: str(option["text"]["text"]))
    troika = [mandate for mandate in every if mandate.office in TROIKA]
    plan = rotation.proposed(rotation.year_to_prepare(ctx.today, troika), troika)
    menu = [blocks.select("mandate_edit", blocks.grouped(options), speaker.say(EDIT_PLACEHOLDER))] if options else []
    prepare = blocks.button(speaker.say(ROTATION_BUTTON, year=plan.year), "rotation_open", str(plan.year))
    row = [
        blocks.button(speaker.say(ADD_BUTTON), "mandate_add"),
        *menu,
        *([] if plan.is_prepared else [prepare]),
        blocks.button(speaker.say(LEFT_BUTTON), "mandate_left"),
    ]
    return [blocks.actions(*row, block_id=f"mandates_pool~{key_of(wanted)}")]


def _chosen(wanted: Wanted, action: Mapping[str, Any]) -> Wanted:
    """The list as a click wants it. Raises Refusal for what is no choice."""
    what = str(action["action_id"]).removeprefix("mandates_")
    if what in WHEN:
        return replace(wanted, when=what, year=None, page=0)
    if what == "more":
        return replace(wanted, page=number(action["value"]))
    chosen = number((action.get("selected_option") or {}).get("value", ""), NOT_OFFERED_ANY_MORE)
    if what == "group":
        return replace(wanted, group_id=chosen, institution_id=None, page=0)
    if what == "institution":
        return replace(wanted, institution_id=chosen, group_id=None, page=0)
    raise Refusal(NOT_OFFERED_ANY_MORE)
