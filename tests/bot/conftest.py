"""The stand-in with a few people, for all tests of how the bot runs."""

from tests.bot.rehearsal.conftest import client, standin

__all__ = ["client", "standin"]
