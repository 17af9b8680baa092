"""What follows from a record of a register: the button that asks for an action, and the actions that were asked for."""

from __future__ import annotations

from sqlalchemy.orm import Session

import storage.actions
from handlers import cards, entries, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.followup import action_cards, lines
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.cells import EMOJI, marked
from handlers.rights import Right
from storage.registered import Registered

ASK_BUTTON = message("Ask for an action")
ACTIONS = message("*What follows*")
SHOW_OPTION = message("Show the whole")

SHOWN = 12
"""Actions shown with the record they follow from."""


def button(actor: Actor, record: Registered) -> list[blocks.Block]:
    """*Ask for an action*, for whoever may ask for one somewhere."""
    if not any(rights.may(actor, Right.ASK_ACTION, group_id) for group_id in (None, *actor.leads)):
        return []
    return [blocks.button(actor.speaker.say(ASK_BUTTON), "action_about", cards.about(record))]


def told(session: Session, ctx: Context, actor: Actor, record: Registered) -> list[blocks.Block]:
    """The actions that follow from it, a line each with its ⋯ menu; nothing where there are none."""
    found = storage.actions.following(session, cards.about(record), actor.audience, SHOWN)
    if not found:
        return []
    names, speaker = entries.names(session, found), actor.speaker
    show = speaker.say(SHOW_OPTION)
    rows = [
        (
            f"{lines.line(each, names, speaker, ctx.today)} "
            f"{marked(action_cards.status_mark(each, speaker, ctx.today), EMOJI)}",
            blocks.overflow("action_menu", [blocks.option(show, f"show:{each.id}")]),
        )
        for each in found
    ]
    return [blocks.section(speaker.say(ACTIONS)), *(blocks.section(text, menu) for text, menu in rows)]
