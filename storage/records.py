"""What every kind of record has in common: who said it when, for whom, in which language, and its version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from storage.database import Base, Instant
from storage.visibility import Level


class Record(Base):
    """The columns of every kind of record; ``version`` rises with each change, so that editors notice each other."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    visibility: Mapped[str] = mapped_column(default=Level.ALL)
    language: Mapped[str] = mapped_column(default="fr")
    said_at: Mapped[datetime] = mapped_column(Instant)
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    @declared_attr
    def group_id(cls) -> Mapped[int]:  # noqa: N805
        """The group or body it belongs to."""
        return mapped_column(ForeignKey("groups.id"))

    @declared_attr
    def said_by_id(cls) -> Mapped[int | None]:  # noqa: N805
        """The person who said it; None for what came from a register without a name."""
        return mapped_column(ForeignKey("people.id"))

    @declared_attr
    def source_id(cls) -> Mapped[int | None]:  # noqa: N805
        """The message of Slack whose words it keeps (storage.sources); None for what was said to the bot."""
        return mapped_column(ForeignKey("sources.id"))

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back; it then shows nowhere but in the history."""
        return self.withdrawn_at is not None
