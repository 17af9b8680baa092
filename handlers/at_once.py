"""What follows a command as words and is recorded at once: kept once, then told with buttons that ask the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from slack_bolt import Ack
from sqlalchemy.orm import Session

import storage.received
from handlers import forms
from handlers.context import Context
from handlers.errors import Refusal
from handlers.reports import blocks
from storage.records import Record

R = TypeVar("R", bound=Record)


def keep(ctx: Context, delivery: str, record: Callable[[Session], R]) -> R | None:
    """What ``record`` keeps, in one transaction; None for a delivery that came before. Raises refusals."""
    with ctx.sessions.begin() as session:
        if not storage.received.first(session, delivery, ctx.now()):
            return None
        kept = record(session)
    ctx.wake()
    return kept


def tell(ack: Ack, words: str, *buttons: blocks.Block) -> None:
    """Say that it is kept, with the buttons."""
    ack(response_type="ephemeral", text=words, blocks=[blocks.section(words), blocks.actions(*buttons)])


def fitting(text: str) -> str:
    """The words, if they fit a form's text. Raises Refusal."""
    if len(text) > forms.LONGEST:
        raise Refusal(forms.TOO_LONG, length=len(text), limit=forms.LONGEST)
    return text
