"""`/ptf actions`: what is owed, mine and my institution's first; by state, institution, group and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.actions
import storage.partners
from handlers import answers, commands, entries, places, readers, records, searching
from handlers.actions import answering, narrowing, proposing
from handlers.actions.kind import KIND
from handlers.actions.narrowing import OWNERS, STATES, Wanted
from handlers.actors import Actor
from handlers.changes import opening
from handlers.commands import Command
from handlers.context import Context
from handlers.entries import Names
from handlers.errors import number
from handlers.followup import action_cards
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Report, Section
from storage.actions import Action

ACTIONS_SUMMARY = message(
    "The actions: yours and your institution’s; open, due, overdue, done; by institution or group"
)
ACTIONS_USAGE = message("[state, institution, group or words]")
TITLE = message("Actions, {whose}: {state}")
FOUND = plural("One action.", "{count} actions.")
WORDS = message("with the words “{words}”")
NONE = message("No action that you may read fits this.")
SHOW_OPTION = message("Show the whole")
MORE_BUTTON = message("The next ones")
ASK_BUTTON = message("Ask for an action")

COMMAND = Command(("actions",), ACTIONS_SUMMARY, ACTIONS_USAGE)
PAGE = 8
SHORT = 400
"""Characters of an action's text in the list; the whole is one click away."""
MENU = 5
"""Choices a ⋯ menu holds."""


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, actions)
    app.action("actions_open")(opened)
    for action_id in ("actions_state", "actions_whose", "actions_group", "actions_more"):
        app.action(action_id)(narrowed)
    app.action("action_menu")(choose)


def actions(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """The list, narrowed to the words after the command."""
    with ctx.readings.begin() as session:
        wanted = narrowing.read(session, rest)
    answers.show(ack, client, body, *_found(ctx, actor, wanted))


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The list, from a button."""
    actions(ack, ctx, actor, body, client, "")


def narrowed(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Another filter chosen in the list, or its next page."""
    places.show_instead(ack, client, body, *_found(ctx, actor, narrowing.chosen(body)))


def choose(
    ack: Ack,
    ctx: Context,
    actor: Actor,
    body: dict[str, Any],
    client: WebClient,
    delivery: str,
    home: Callable[[], None],
) -> None:
    """What was chosen in the ⋯ menu of an action, in the list or on the Home tab."""
    what, _, value = body["actions"][0]["selected_option"]["value"].partition(":")
    action_id = number(value, records.GONE)
    if what == "acknowledge":
        answering.take_on(ctx, actor, action_id, delivery)
        if records.on_home(body):
            ack()
            home()
        else:
            narrowed(ack, ctx, actor, body, client)
        return
    opens = {"done": answering.DONE, "handover": answering.HAND_OVER, "propose": proposing.PROPOSE, "edit": KIND}
    if what in opens:
        records.open_form(ctx, actor, client, body, opens[what], record_id=action_id)
    else:
        _show(ctx, actor, body, client, action_id)
    ack()


def _found(ctx: Context, actor: Actor, wanted: Wanted) -> tuple[str, list[blocks.Block]]:
    if wanted.words:
        searching.current(ctx, (searching.ACTIONS,))
    with ctx.readings.begin() as session:
        return listed(session, ctx, actor, wanted)


def listed(session: Session, ctx: Context, actor: Actor, wanted: Wanted) -> tuple[str, list[blocks.Block]]:
    """The text and the blocks of the list, with its menus."""
    speaker, narrow = actor.speaker, narrowing.filtered(ctx, actor, wanted)
    count = storage.actions.count(session, narrow, actor.audience)
    page = storage.actions.matching(session, narrow, actor.audience, PAGE, wanted.first)
    head, names = _head(session, speaker, wanted, count), entries.names(session, page)
    lines = [_line(ctx, actor, action, names) for action in page]
    told = [blocks.section(head), *(block for _, block in lines)]
    more = blocks.button(speaker.say(MORE_BUTTON), "actions_more", str(wanted.first + PAGE))
    ask = blocks.button(speaker.say(ASK_BUTTON), "action_open")
    further = [*([more] if count > wanted.first + PAGE else []), ask, *searching.everywhere(speaker, wanted.words)]
    told.append(blocks.actions(*further, block_id="actions_page"))
    told.append(narrowing.menus(session, speaker, wanted))
    return "\n".join([head, *(text for text, _ in lines)]), told


def _head(session: Session, speaker: Speaker, wanted: Wanted, count: int) -> str:
    """What is listed, and how many there are."""
    if wanted.whose in OWNERS:
        whose = speaker.say(OWNERS[wanted.whose])
    else:
        found = storage.partners.by_ids(session, [int(wanted.whose)])
        whose = found[0].name(speaker.language) if found else wanted.whose
    title = speaker.say(TITLE, whose=literal(whose), state=speaker.say(STATES[wanted.state]))
    if wanted.words:
        title = f"{title}, {speaker.say(WORDS, words=literal(wanted.words))}"
    return f"*{title}*\n{speaker.say(FOUND, count=count) if count else speaker.say(NONE)}"


def _line(ctx: Context, actor: Actor, action: Action, names: Names) -> tuple[str, blocks.Block]:
    """One action: as plain text, and as a block with its ⋯ menu."""
    told = action_cards.action_entry(action, names, actor.speaker, ctx.today)
    mark = marked(told.mark, EMOJI) if told.mark else ""
    words, facts = literal(blocks.clip(action.text, SHORT)), literal(" · ".join(told.facts))
    text = f"*{literal(told.title)}* {literal(mark)}\n{words}\n{facts}"
    return text, blocks.section(text, blocks.overflow("action_menu", _options(actor, action)))


def _options(actor: Actor, action: Action) -> list[blocks.Block]:
    """What this person can do with it; what a menu cannot hold or does not ask again stands where it is shown whole."""
    words = [word for word in action_cards.offered(actor, action) if word in _IN_MENU][: MENU - 1]
    say = actor.speaker.say
    return [
        blocks.option(say(SHOW_OPTION), f"show:{action.id}"),
        *(blocks.option(say(action_cards.LABELS[word]), f"{word}:{action.id}") for word in words),
    ]


_IN_MENU = ("acknowledge", "done", "propose", "handover", "edit")


def _show(ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, action_id: int) -> None:
    """The whole of one action with all that one can do, on a sheet."""
    with ctx.readings.begin() as session:
        action = records.standing(session, actor, KIND, action_id)
        entry = action_cards.entry(session, ctx, readers.of_actor(actor), action)
    report = Report("", actor.speaker.language, glance=[Section("", entries=[entry])])
    told = [block for page in blocks.messages(report, actor.speaker) for block in page.blocks]
    buttons = action_cards.buttons(actor, action)
    answers.lay(client, body, answers.sheet([*told, blocks.actions(*buttons, opening.button(actor.speaker, action))]))
