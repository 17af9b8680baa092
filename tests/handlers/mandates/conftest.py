"""The list of mandates before the coordinator, in their language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.rehearsal.model import Message
from bot.rehearsal.person import Person
from tests.conversation import POOL, Bot
from tests.handlers.configuration.conftest import changes
from tests.handlers.speaking import speaking

__all__ = ["Opened", "changes", "listed"]

Opened = tuple[Person, Message]


@pytest.fixture
def listed(bot: Bot) -> Callable[..., Opened]:
    """The coordinator with the list of mandates before them, in that language."""

    def open_list(language: str = "en", words: str = "") -> Opened:
        pool = speaking(bot, POOL, language)
        message = pool.command(f"/ptf mandates {words}").message
        assert message is not None
        return pool, message

    return open_list
