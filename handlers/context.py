"""What every handler leans on, passed in and never reached for: the database, the clock, the defaults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from handlers.language import Speaker
from storage.database import Database


def _nothing() -> None:
    """Nobody to wake: the worker of another process looks for itself."""


@dataclass(frozen=True, slots=True)
class Context:
    """One group's bot: where it remembers, what time it is, and what holds when nobody chose otherwise.

    ``now`` gives an aware UTC instant. ``coordinators``: Slack user ids that may do everything from the first minute.
    ``address``: where the bot is reached on the web (``https://…``), "" where it is not.
    ``wake`` tells the delivery of this process that something waits. ``files`` is where exports lie until delivered.
    """

    database: Database
    now: Callable[[], datetime]
    zone: ZoneInfo
    language: str
    team_id: str
    coordinators: frozenset[str] = frozenset()
    files: Path = Path("exports")
    address: str = ""
    wake: Callable[[], None] = field(default=_nothing)

    @property
    def sessions(self) -> sessionmaker[Session]:
        """Sessions that write: ``with ctx.sessions.begin() as session``."""
        return self.database.sessions

    @property
    def readings(self) -> sessionmaker[Session]:
        """Sessions that only read."""
        return self.database.readings

    @property
    def today(self) -> date:
        """The civil day in the group's default zone."""
        return self.now().astimezone(self.zone).date()

    @property
    def speaker(self) -> Speaker:
        """Speaks the default language, for readers of whom nothing is known."""
        return Speaker(self.language, self.zone)
