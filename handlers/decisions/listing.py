"""`/ptf decisions` (`décisions`): the register, by state, body, institution and words; each with what one can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.actions
import storage.decisions
import storage.groups
import storage.partners
from handlers import answers, commands, entries, places, readers, records, rights, searching
from handlers.actors import Actor
from handlers.changes import opening
from handlers.commands import Command
from handlers.context import Context
from handlers.decisions import settling
from handlers.decisions.kind import KIND
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.followup import decision_cards
from handlers.language import Message, Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Report, Section
from storage.actions import Action
from storage.decisions import STANDING, Decision, Filter, Status
from storage.words import folded

DECISIONS_SUMMARY = message("The decisions: open, due, done; by body, institution or words")
DECISIONS_USAGE = message("[state, body, institution or words]")
TITLE = message("Decisions: {state}")
FOUND = plural("One decision.", "{count} decisions.")
MANY = message("More than {number} decisions: narrow the list, or ask for the Excel with `/ptf export`.")
WORDS = message("with the words “{words}”")
NONE = message("No decision that you may read fits this.")
SHOW_OPTION = message("Show the whole")
DONE_OPTION = message("Mark as done")
EDIT_OPTION = message("Edit")
REPLACE_OPTION = message("Replace")
STATE_PLACEHOLDER = message("State")
BODY_PLACEHOLDER = message("Body")
INSTITUTION_PLACEHOLDER = message("Institution")
EVERYTHING = message("all")
MORE_BUTTON = message("The next ones")
STATE_OPEN = message("open")
STATE_DUE = message("due within 14 days")
STATE_OVERDUE = message("overdue")
STATE_DONE = message("done")
STATE_ALL = message("all of them")

COMMAND = Command(("decisions", "décisions"), DECISIONS_SUMMARY, DECISIONS_USAGE)
STATES: dict[str, Message] = {
    "open": STATE_OPEN,
    "due": STATE_DUE,
    "overdue": STATE_OVERDUE,
    "done": STATE_DONE,
    "all": STATE_ALL,
}
STATE_WORDS = {
    "open": "open",
    "ouvert": "open",
    "ouverte": "open",
    "ouvertes": "open",
    "en-cours": "open",
    "due": "due",
    "echues": "due",
    "a-venir": "due",
    "overdue": "overdue",
    "retard": "overdue",
    "en-retard": "overdue",
    "late": "overdue",
    "done": "done",
    "faite": "done",
    "faites": "done",
    "closed": "done",
    "all": "all",
    "tout": "all",
    "toutes": "all",
}
"""Folded words of both languages -> state."""
SOON = timedelta(days=14)
PAGE = 8
SHORT = 400
"""Characters of a decision's text in the list; the whole is one click away."""
COUNTED = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to, and its first row."""

    state: str = "open"
    body_id: int | None = None
    institution_id: int | None = None
    words: str = ""
    first: int = 0


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, decisions)
    app.action("decisions_open")(opened)
    for action_id in ("decisions_state", "decisions_body", "decisions_institution", "decisions_more"):
        app.action(action_id)(narrowed)
    app.action("decision_menu")(choose)


def decisions(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """The register, narrowed to the words after the command."""
    with ctx.readings.begin() as session:
        wanted = _read(session, rest)
    answers.show(ack, client, body, *_found(ctx, actor, wanted))


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The register, from a button."""
    decisions(ack, ctx, actor, body, client, "")


def narrowed(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Another filter chosen in the list, or its next page."""
    places.show_instead(ack, client, body, *_found(ctx, actor, _chosen(body)))


def choose(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """What was chosen in the ⋯ menu of a decision."""
    what, _, value = body["actions"][0]["selected_option"]["value"].partition(":")
    decision_id = number(value, records.GONE)
    if what == "done":
        settling.settle(ctx, actor, decision_id, delivery)
        narrowed(ack, ctx, actor, body, client)
        return
    if what == "replace":
        settling.open_replacement(ctx, actor, body, client, decision_id)
    elif what == "edit":
        records.open_form(ctx, actor, client, body, KIND, record_id=decision_id)
    else:
        _show(ctx, actor, body, client, decision_id)
    ack()


def _found(ctx: Context, actor: Actor, wanted: Wanted) -> tuple[str, list[blocks.Block]]:
    if wanted.words:
        searching.current(ctx, (searching.DECISIONS,))
    with ctx.readings.begin() as session:
        return listed(session, ctx, actor, wanted)


def listed(session: Session, ctx: Context, actor: Actor, wanted: Wanted) -> tuple[str, list[blocks.Block]]:
    """The text and the blocks of the list, with its menus."""
    speaker = actor.speaker
    narrow = _filter(ctx, wanted)
    count = len(storage.decisions.matching(session, narrow, actor.audience, COUNTED))
    page = storage.decisions.matching(session, narrow, actor.audience, PAGE, wanted.first)
    head = _head(speaker, wanted, count)
    actions = storage.actions.standing_of(session, [decision.id for decision in page])
    lines = [_line(session, ctx, actor, decision, actions.get(decision.id, ())) for decision in page]
    told = [blocks.section(head), *(block for _, block in lines)]
    further = searching.everywhere(speaker, wanted.words)
    if count > wanted.first + PAGE:
        further.insert(0, blocks.button(speaker.say(MORE_BUTTON), "decisions_more", str(wanted.first + PAGE)))
    told += [blocks.actions(*further, block_id="decisions_page")] if further else []
    told.append(_menus(session, speaker, wanted))
    return "\n".join([head, *(text for text, _ in lines)]), told


def _head(speaker: Speaker, wanted: Wanted, count: int) -> str:
    """What is listed, and how many there are."""
    title = speaker.say(TITLE, state=speaker.say(STATES[wanted.state]))
    if wanted.words:
        title = f"{title}, {speaker.say(WORDS, words=literal(wanted.words))}"
    if count == 0:
        return f"*{title}*\n{speaker.say(NONE)}"
    many = speaker.say(MANY, number=COUNTED) if count == COUNTED else speaker.say(FOUND, count=count)
    return f"*{title}*\n{many}"


def _line(
    session: Session, ctx: Context, actor: Actor, decision: Decision, actions: Sequence[Action]
) -> tuple[str, blocks.Block]:
    """One decision with how many of its actions are done: as plain text, and as a block with its ⋯ menu."""
    speaker = actor.speaker
    replaced = entries.successors(session, [decision], actor.audience).get(decision.id)
    told = entries.decision_entry(decision, entries.names(session, [decision]), speaker, ctx.today, replaced)
    mark = marked(told.mark, EMOJI) if told.mark else ""
    facts = " · ".join([*told.facts, *decision_cards.further(speaker, decision, actions)])
    words = literal(blocks.clip(decision.text, SHORT))
    text = f"*{literal(told.title)}* {literal(mark)}\n{words}\n{literal(facts)}"
    return text, blocks.section(text, blocks.overflow("decision_menu", _options(actor, decision)))


def _options(actor: Actor, decision: Decision) -> list[blocks.Block]:
    """What this person can do with it."""
    offered = [(SHOW_OPTION, "show")]
    if rights.may_change_decision(actor, decision):
        if decision.status in STANDING:
            offered.append((DONE_OPTION, "done"))
        offered.append((EDIT_OPTION, "edit"))
        if decision.status != Status.REPLACED:
            offered.append((REPLACE_OPTION, "replace"))
    return [blocks.option(actor.speaker.say(label), f"{what}:{decision.id}") for label, what in offered]


def _show(ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, decision_id: int) -> None:
    """The whole of one decision, on a sheet."""
    with ctx.readings.begin() as session:
        decision = records.standing(session, actor, KIND, decision_id)
        entry = decision_cards.entry(session, ctx, readers.of_actor(actor), decision)
    page = blocks.messages(Report("", actor.speaker.language, glance=[Section("", entries=[entry])]), actor.speaker)
    further = blocks.actions(opening.button(actor.speaker, decision))
    told = [*(block for each in page for block in each.blocks), further]
    client.views_open(trigger_id=body["trigger_id"], view=answers.sheet(told))


def _menus(session: Session, speaker: Speaker, wanted: Wanted) -> blocks.Block:
    """The filters, showing what is chosen; the words searched for are kept in the block's id."""
    states = [(key, speaker.say(label)) for key, label in STATES.items()]
    bodies = [(str(body.id), body.code) for body in storage.groups.everyone(session)]
    institutions = [(str(each.id), each.name(speaker.language)) for each in storage.partners.everyone(session)]
    every = [("0", speaker.say(EVERYTHING))]
    menus = [
        _menu(speaker, "decisions_state", STATE_PLACEHOLDER, states, wanted.state),
        _menu(speaker, "decisions_body", BODY_PLACEHOLDER, every + bodies, str(wanted.body_id or 0)),
        _menu(
            speaker,
            "decisions_institution",
            INSTITUTION_PLACEHOLDER,
            every + institutions,
            str(wanted.institution_id or 0),
        ),
    ]
    return blocks.actions(*menus, block_id=f"decisions_filter~{wanted.words[:200]}")


def _menu(
    speaker: Speaker, action_id: str, placeholder: Message, given: Sequence[tuple[str, str]], chosen: str
) -> blocks.Block:
    shown = blocks.OPTIONS
    options = [blocks.option(label, value) for value, label in given[:shown]]
    initial = next((option for option in options if option["value"] == chosen), None)
    if action_id != "decisions_state" and chosen == "0":
        initial = None
    return blocks.select(action_id, options, speaker.say(placeholder), initial)


def _filter(ctx: Context, wanted: Wanted) -> Filter:
    """The state in terms of statuses and days."""
    narrow = Filter(body_id=wanted.body_id, institution_id=wanted.institution_id, words=wanted.words)
    by_state: dict[str, Callable[[], Filter]] = {
        "open": lambda: replace(narrow, statuses=STANDING),
        "due": lambda: replace(narrow, statuses=STANDING, due_until=ctx.today + SOON),
        "overdue": lambda: replace(narrow, statuses=STANDING, due_before=ctx.today),
        "done": lambda: replace(narrow, statuses=(Status.DONE, Status.NOT_DONE)),
        "all": lambda: narrow,
    }
    return by_state[wanted.state]()


def _read(session: Session, rest: str) -> Wanted:
    """The words after the command: a state, a body, an institution; all others are looked for in the text."""
    bodies = {folded(group.code): group.id for group in storage.groups.everyone(session)}
    institutions = {folded(each.code): each.id for each in storage.partners.everyone(session)}
    wanted, words = Wanted(), []
    for word in folded(rest).replace("en retard", "en-retard").replace("en cours", "en-cours").split():
        if word in STATE_WORDS:
            wanted = replace(wanted, state=STATE_WORDS[word])
        elif word in bodies and wanted.body_id is None:
            wanted = replace(wanted, body_id=bodies[word])
        elif word in institutions and wanted.institution_id is None:
            wanted = replace(wanted, institution_id=institutions[word])
        else:
            words.append(word)
    asked = any(word in STATE_WORDS for word in folded(rest).replace("en retard", "en-retard").split())
    return replace(wanted, words=" ".join(words), state=wanted.state if asked or not words else "all")


def _chosen(body: dict[str, Any]) -> Wanted:
    """What stands in the menus of the list, and the page asked for."""
    state = body.get("state") or (body.get("view") or {}).get("state") or {}
    values = state.get("values") or {}
    place = next((block for block in values if block.startswith("decisions_filter")), "decisions_filter~")
    given = values.get(place, {})
    action = body["actions"][0]

    def value(action_id: str) -> str:
        own = action if action["action_id"] == action_id else given.get(action_id, {})
        return str((own.get("selected_option") or {}).get("value") or "")

    state_chosen = value("decisions_state") or "open"
    if state_chosen not in STATES:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return Wanted(
        state=state_chosen,
        body_id=number(value("decisions_body") or 0) or None,
        institution_id=number(value("decisions_institution") or 0) or None,
        words=place.partition("~")[2],
        first=number(action["value"]) if action["action_id"] == "decisions_more" else 0,
    )
