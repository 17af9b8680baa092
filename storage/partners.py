"""Institutions: the technical and financial partners, and those who sit with them (DOMAIN.md section 1)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base

KINDS = ("bilateral", "multilateral", "un", "government", "civil_society", "other")


class Institution(Base):
    """A partner: its code (``PAYS-BAS``), its name in both languages, its kind (one of `KINDS`).

    ``calendar`` is the country (``FR``) on whose public holidays its people rest too, besides the collective's.
    """

    __tablename__ = "institutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name_fr: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str] = mapped_column(default="other")
    calendar: Mapped[str | None]

    def name(self, language: str) -> str:
        """The name in that language; the other one where it is not known."""
        return (self.name_en or self.name_fr) if language == "en" else (self.name_fr or self.name_en)

    def choice(self, language: str) -> str:
        """Its code and its name, as it is chosen in a menu; once where they are the same (« PNUD »)."""
        name = self.name(language)
        return name if name == self.code else f"{self.code} – {name}"


_BY_IDS = select(Institution).where(Institution.id.in_(bindparam("ids", expanding=True))).order_by(Institution.code)


def everyone(session: Session) -> Sequence[Institution]:
    """All institutions, by code."""
    return session.scalars(select(Institution).order_by(Institution.code)).all()


def by_code(session: Session, code: str) -> Institution | None:
    """The institution of that exact code."""
    return session.scalars(select(Institution).where(Institution.code == code)).one_or_none()


def by_ids(session: Session, ids: Sequence[int]) -> Sequence[Institution]:
    """The institutions of those ids, by code."""
    return session.scalars(_BY_IDS, {"ids": ids}).all()
