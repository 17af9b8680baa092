"""Contacts: what was said between the PTF and the Malian side or other families of actors (DOMAIN.md sections 1, 4)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.partners import Institution
from storage.registered import Registered, between


class Family(StrEnum):
    """Which family of actors the other side is of."""

    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil_society"
    PARLIAMENT = "parliament"
    LOCAL = "local_elected"
    PRIVATE = "private_sector"
    OTHER = "other"


class Leave(StrEnum):
    """By whose leave the PTF were spoken for."""

    LEAD = "lead"
    TROIKA = "troika"
    DECISION = "decision"
    GROUP = "group"
    OWN = "own"


_INSTITUTIONS = between("contacts")


class Contact(Registered):
    """A meeting or an exchange with somebody outside the PTF.

    ``day`` is the civil day; ``met_id`` the institution of the other side where the register has it. ``speaker_id`` is
    who spoke for the PTF and ``present`` who else was there, by name; ``leave`` is a `Leave` or None, and ``leave_of``
    its decision or letter. ``follows`` says in words what follows: the actions that were asked for are of
    storage.actions.
    """

    __tablename__ = "contacts"

    day: Mapped[date] = mapped_column(index=True)
    family: Mapped[str] = mapped_column(default=Family.GOVERNMENT)
    counterpart: Mapped[str]
    met_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    subject: Mapped[str]
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    present: Mapped[str] = mapped_column(default="")
    leave: Mapped[str | None]
    leave_of: Mapped[str] = mapped_column(default="")
    said: Mapped[str] = mapped_column(Text, default="")
    follows: Mapped[str] = mapped_column(Text, default="")
    documents: Mapped[str] = mapped_column(Text, default="")
    institutions: Mapped[list[Institution]] = relationship(
        secondary=_INSTITUTIONS, order_by=Institution.code, lazy="selectin"
    )

    @property
    def title(self) -> str:
        """Its subject."""
        return self.subject
