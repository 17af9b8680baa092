"""What the forms of an action open with: the group, what stands, and what the action says above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

import storage.groups
import storage.partners
import storage.people
from handlers import cards, dates, entries, rights, served
from handlers.actions.questions import CHANGED, OF_A_DECISION
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.followup import action_cards
from handlers.language import message
from handlers.records import GONE, Filled
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.actions import Action
from storage.groups import Group, Kind, State
from storage.registered import Registered
from storage.visibility import Level

NO_GROUP = message(
    "An action is asked for by the Pool Technique, the chef de file, or the coordinator of the group; you coordinate "
    "none at the moment."
)
FOLLOWING = message("It follows from *{code}*: {title}")
WHICH = message("*{code}*: {text}")
UNTIL_NOW = message("{owing}; deadline: {deadline}")

SHORT = 500
"""Characters of its text above a form; the whole is on its card."""


def fill(session: Session, ctx: Context, actor: Actor, action: Action | None, hints: Mapping[str, Any]) -> Filled:
    """The form for an existing action, or a new one; ``hints``: group_id, text, questions, about (a record)."""
    if action is not None:
        return _editing(session, actor, action, hints)
    groups = groups_of(session, actor)
    if not groups:
        raise Refusal(NO_GROUP)
    about: Registered | None = hints.get("about")
    values = {
        "group": str(hints.get("group_id") or groups[0].id),
        "text": hints.get("text", ""),
        "visibility": about.visibility if about is not None else Level.ALL.value,
    }
    menu = [(str(group.id), f"{group.code} – {group.name(actor.speaker.language)}") for group in groups]
    options = {"group": menu, "institution": institutions(session, actor)}
    if about is None:
        return Filled(values, options)
    said = actor.speaker.say(FOLLOWING, code=about.code, title=literal(blocks.clip(about.title, SHORT)))
    return Filled(values, options, {"about": cards.about(about)}, [blocks.section(said)])


def groups_of(session: Session, actor: Actor) -> list[Group]:
    """The groups and bodies in which they may ask for an action: their own first, then bodies, then all others."""
    every = storage.groups.everyone(session)
    living = [group for group in every if group.state in (State.ACTIVE, State.DORMANT)]
    mine = [group for group in living if rights.may(actor, Right.ASK_ACTION, group.id)]
    return sorted(mine, key=lambda group: (group.id not in actor.leads, group.kind != Kind.BODY))


def answering(session: Session, ctx: Context, actor: Actor, action: Action | None, hints: Mapping[str, Any]) -> Filled:
    """An empty form with the action above it; *Hand over* asks for another institution only whom that is given to."""
    if action is None:
        raise Refusal(GONE)
    moves = rights.may(actor, Right.MOVE_ACTION, record=action)
    return Filled(
        {},
        {"institution": institutions(session, actor) if moves else []},
        {"id": action.id, "version": action.version},
        above(session, actor, action),
    )


def above(session: Session, actor: Actor, action: Action) -> list[blocks.Block]:
    """What it says, who owes it and by when."""
    say, speaker = actor.speaker.say, actor.speaker
    owing = action_cards.owing(action, entries.names(session, [action]), speaker)
    now = say(UNTIL_NOW, owing=literal(owing), deadline=action_cards.deadline_words(action, speaker))
    which = say(WHICH, code=action.code, text=literal(blocks.clip(action.text, SHORT)))
    return [blocks.section(f"{which}\n{now}")]


def institutions(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """A menu of all institutions."""
    return [(str(each.id), each.choice(actor.speaker.language)) for each in storage.partners.everyone(session)]


def _editing(session: Session, actor: Actor, action: Action, hints: Mapping[str, Any]) -> Filled:
    carrier = storage.people.by_ids(session, [action.carrier_id]) if action.carrier_id else []
    values = {
        "text": action.text,
        "institution": str(action.institution_id or ""),
        "carrier": carrier[0].slack_id if carrier else None,
        "deadline": dates.as_written(action.deadline, actor.speaker),
        "visibility": action.visibility,
        "line": served.value(action.line_id),
    }
    lines = served.options(session, actor.speaker, actor.audience, action.line_id)
    asked = hints.get("questions") or (CHANGED if action.decision_id is None else OF_A_DECISION)
    return Filled(
        values,
        {"institution": institutions(session, actor), **lines},
        {"id": action.id, "version": action.version},
        above(session, actor, action),
        questions=asked,
    )
