"""Questions the bot puts on its own to several people: each gets a message with buttons, which all lose them together.

What a question is about is one text (``proposal:12:1``): by it its messages are found again once anyone answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

import storage.outbox
from handlers import actors
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Speaker
from handlers.reports import blocks
from storage.outbox import Sort


def put(session: Session, ctx: Context, about: str, asked: Actor, told: tuple[str, Sequence[blocks.Block]]) -> None:
    """Ask one person, once; ``told`` is the question in words, ready for mrkdwn, and its buttons."""
    text, buttons = told
    payload = {"text": text, "blocks": [*blocks.paragraphs(text), blocks.actions(*buttons)]}
    storage.outbox.put(session, f"{about}:{asked.slack_id}", asked.slack_id, payload, ctx.now(), about=about)


def was_put(session: Session, about: str, asked: Actor) -> bool:
    """Whether that person was asked already."""
    return storage.outbox.by_key(session, f"{about}:{asked.slack_id}") is not None


def close(session: Session, ctx: Context, about: str, answer: Callable[[Speaker], str]) -> None:
    """Let everyone who was asked read the answer in the place of the question."""
    for message in storage.outbox.cards(session, about):
        asked = actors.load(session, ctx, message.address)
        text = answer(asked.speaker if asked else ctx.speaker)
        payload = {"text": text, "blocks": [blocks.section(text)]}
        key = f"{message.key}:over"
        storage.outbox.put(session, key, message.address, payload, ctx.now(), sort=Sort.EDIT, under=message.key)
