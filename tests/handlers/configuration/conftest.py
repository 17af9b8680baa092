"""The settings opened by the coordinator, in their language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.rehearsal.model import Message
from bot.rehearsal.person import Person
from storage.history import Change
from tests.conversation import POOL, Bot
from tests.handlers.speaking import speaking

Opened = tuple[Person, Message]


@pytest.fixture
def settings(bot: Bot) -> Callable[[str], Opened]:
    """The coordinator with the message of settings before them, in that language."""

    def opened(language: str = "en") -> Opened:
        pool = speaking(bot, POOL, language)
        message = pool.command("/ptf config").message
        assert message is not None
        return pool, message

    return opened


def changes(bot: Bot, kind: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """(before, after) of every change of that kind, oldest first."""
    with bot.ctx.readings.begin() as session:
        found = session.scalars(select(Change).where(Change.kind == kind).order_by(Change.id)).all()
        return [(change.before, change.after) for change in found]
