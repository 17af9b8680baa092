"""What the list of actions is narrowed to: by words after the command, or in the menus under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

import storage.groups
import storage.partners
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from storage.actions import STANDING, Filter, Status
from storage.words import folded

STATE_PLACEHOLDER = message("State")
WHOSE_PLACEHOLDER = message("Whose")
GROUP_PLACEHOLDER = message("Group or body")
EVERYTHING = message("all")
STATE_OPEN = message("open")
STATE_DUE = message("due within 14 days")
STATE_OVERDUE = message("overdue")
STATE_DONE = message("done")
STATE_ALL = message("all of them")
WHOSE_MINE = message("mine and my institution’s")
WHOSE_ASKED = message("those I asked for")
WHOSE_ALL = message("of everybody")

STATES: dict[str, Message] = {
    "open": STATE_OPEN,
    "due": STATE_DUE,
    "overdue": STATE_OVERDUE,
    "done": STATE_DONE,
    "all": STATE_ALL,
}
OWNERS: dict[str, Message] = {"mine": WHOSE_MINE, "asked": WHOSE_ASKED, "all": WHOSE_ALL}
"""Whose actions, besides those of one institution (whose id stands for it)."""
STATE_WORDS = {
    **dict.fromkeys(("open", "ouvert", "ouverte", "ouvertes", "en-cours"), "open"),
    **dict.fromkeys(("due", "echeance", "echues", "a-venir"), "due"),
    **dict.fromkeys(("overdue", "retard", "en-retard", "late"), "overdue"),
    **dict.fromkeys(("done", "faite", "faites", "closed"), "done"),
    **dict.fromkeys(("all", "tout", "toutes"), "all"),
}
"""Folded words of both languages -> state."""
OWNER_WORDS = {
    **dict.fromkeys(("mine", "mes", "miennes"), "mine"),
    **dict.fromkeys(("asked", "demandees"), "asked"),
    **dict.fromkeys(("everybody", "tous"), "all"),
}
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to, and its first row; ``whose`` is a key of `OWNERS` or an institution's id."""

    state: str = "open"
    whose: str = "mine"
    group_id: int | None = None
    words: str = ""
    first: int = 0


def filtered(ctx: Context, actor: Actor, wanted: Wanted) -> Filter:
    """The state and the owner in terms of statuses, days and ids."""
    narrow = Filter(group_id=wanted.group_id, words=wanted.words)
    if wanted.whose == "mine":
        narrow = replace(narrow, owner=(actor.id, actor.institution_id))
    elif wanted.whose == "asked":
        narrow = replace(narrow, asked_by_id=actor.id)
    elif wanted.whose != "all":
        narrow = replace(narrow, institution_id=int(wanted.whose))
    by_state: dict[str, Callable[[], Filter]] = {
        "open": lambda: replace(narrow, statuses=STANDING),
        "due": lambda: replace(narrow, statuses=STANDING, due_until=ctx.today + SOON),
        "overdue": lambda: replace(narrow, statuses=STANDING, due_before=ctx.today),
        "done": lambda: replace(narrow, statuses=(Status.DONE,)),
        "all": lambda: narrow,
    }
    return by_state[wanted.state]()


def read(session: Session, rest: str) -> Wanted:
    """The words after the command: a state, whose, a group; all others are looked for in the text."""
    groups = {folded(group.code): group.id for group in storage.groups.everyone(session)}
    institutions = {folded(each.code): str(each.id) for each in storage.partners.everyone(session)}
    state, whose, group_id, words = "", "", None, []
    for word in folded(rest).replace("en retard", "en-retard").replace("en cours", "en-cours").split():
        if word in STATE_WORDS and not state:
            state = STATE_WORDS[word]
        elif (word in institutions or word in OWNER_WORDS) and not whose:
            whose = institutions.get(word) or OWNER_WORDS[word]
        elif word in groups and group_id is None:
            group_id = groups[word]
        else:
            words.append(word)
    narrowed = group_id is not None or bool(words)
    return Wanted(
        state=state or ("all" if words else "open"),
        whose=whose or ("all" if narrowed else "mine"),
        group_id=group_id,
        words=" ".join(words),
    )


def chosen(body: dict[str, Any]) -> Wanted:
    """What stands in the menus of the list, and the page asked for."""
    state = body.get("state") or (body.get("view") or {}).get("state") or {}
    values = state.get("values") or {}
    place = next((block for block in values if block.startswith("actions_filter")), "actions_filter~")
    given, action = values.get(place, {}), body["actions"][0]

    def value(action_id: str) -> str:
        own = action if action["action_id"] == action_id else given.get(action_id, {})
        return str((own.get("selected_option") or {}).get("value") or "")

    picked, whose = value("actions_state") or "open", value("actions_whose") or "mine"
    if picked not in STATES:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return Wanted(
        state=picked,
        whose=whose if whose in OWNERS else str(number(whose)),
        group_id=number(value("actions_group") or 0) or None,
        words=place.partition("~")[2],
        first=number(action["value"]) if action["action_id"] == "actions_more" else 0,
    )


def menus(session: Session, speaker: Speaker, wanted: Wanted) -> blocks.Block:
    """The filters, showing what is chosen; the words searched for are kept in the block's id."""
    states = [(key, speaker.say(label)) for key, label in STATES.items()]
    owners = [(key, speaker.say(label)) for key, label in OWNERS.items()]
    institutions = [(str(each.id), each.name(speaker.language)) for each in storage.partners.everyone(session)]
    groups = [("0", speaker.say(EVERYTHING)), *((str(g.id), g.code) for g in storage.groups.everyone(session))]
    shown = [
        _menu(speaker, "actions_state", STATE_PLACEHOLDER, states, wanted.state),
        _menu(speaker, "actions_whose", WHOSE_PLACEHOLDER, [*owners, *institutions], wanted.whose),
        _menu(speaker, "actions_group", GROUP_PLACEHOLDER, groups, str(wanted.group_id or "")),
    ]
    return blocks.actions(*shown, block_id=f"actions_filter~{wanted.words[:200]}")


def _menu(
    speaker: Speaker, action_id: str, placeholder: Message, given: Sequence[tuple[str, str]], chosen: str
) -> blocks.Block:
    options = [blocks.option(label, value) for value, label in given[: blocks.OPTIONS]]
    initial = next((option for option in options if option["value"] == chosen), None)
    return blocks.select(action_id, options, speaker.say(placeholder), initial)
