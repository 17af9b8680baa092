"""Records of the registers that are described once (handlers.kinds): what they have in common beside `Record`.

Their code is drawn from a series and a year: ``EXP-2027-003``. They may belong to a group or to none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, ForeignKey, Table, func, select
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

import storage.counters
from storage.database import Base
from storage.records import Record
from storage.visibility import Audience, visible

R = TypeVar("R", bound="Registered")

_NUMBERED = re.compile(r"([A-Z]+(?:-[A-Z0-9]+)*)-([12][0-9]{3})-0*([1-9][0-9]{0,5})$")


class Registered(Record):
    """A record of a described register.

    ``not_applicable`` are the names of the fields that do not apply to it, set apart by blanks: an amount that is
    missing, one that does not apply and zero are three things.
    """

    __abstract__ = True

    code: Mapped[str] = mapped_column(unique=True)
    not_applicable: Mapped[str] = mapped_column(default="", server_default="")

    @declared_attr
    def group_id(cls) -> Mapped[int | None]:  # type: ignore[override]  # noqa: N805
        """The group or body it belongs to, if any."""
        return mapped_column(ForeignKey("groups.id"), index=True)

    @property
    def title(self) -> str:
        """What it is called beside its code; each model says it."""
        raise NotImplementedError


def between(name: str) -> Table:
    """The table that joins the records of table ``name`` to institutions, for a relationship's ``secondary``."""
    return Table(
        f"{name}_institutions",
        Base.metadata,
        Column("record_id", ForeignKey(f"{name}.id"), primary_key=True),
        Column("institution_id", ForeignKey("institutions.id"), primary_key=True, index=True),
    )


def number(session: Session, record: Registered, prefix: str, year: int, wanted: str = "") -> None:
    """Give a new record its code; one it brings (``wanted``) stays where it is of that series and free."""
    found = _NUMBERED.fullmatch(wanted)
    if found and found[1] == prefix and by_code(session, type(record), wanted) is None:
        record.code = wanted
        storage.counters.reach_in(session, prefix, int(found[2]), int(found[3]))
    else:
        record.code = f"{prefix}-{year}-{storage.counters.draw_in(session, prefix, year):03}"


def by_code(session: Session, model: type[R], code: str) -> R | None:
    """The record of that code."""
    return session.scalars(select(model).where(model.code == code)).first()


def by_ids(session: Session, model: type[R], ids: Collection[int]) -> Sequence[R]:
    """The records of those ids."""
    return session.scalars(select(model).where(model.id.in_(ids))).all() if ids else []


def named(session: Session, about: str | None) -> Registered | None:
    """The record that outbox and actions name so: ``contacts:12``; None for what is none."""
    table, _, found = (about or "").partition(":")
    model = next((each for each in Registered.__subclasses__() if each.__tablename__ == table), None)
    return session.get(model, int(found)) if model is not None and found.isdecimal() else None


def newest(session: Session, model: type[R], audience: Audience | None, limit: int, *conditions: Any) -> Sequence[R]:
    """The records that stand and this audience may read, the newest first."""
    chosen = select(model).where(model.withdrawn_at.is_(None), visible(model, audience), *conditions)
    return session.scalars(chosen.order_by(model.id.desc()).limit(limit)).all()


def count(session: Session, model: type[R], audience: Audience | None, *conditions: Any) -> int:
    """How many of them there are."""
    chosen = select(func.count()).select_from(model)
    chosen = chosen.where(model.withdrawn_at.is_(None), visible(model, audience), *conditions)
    return session.scalar(chosen) or 0


def page(
    session: Session,
    model: type[R],
    audience: Audience | None,
    span: tuple[int, int],
    order: Sequence[Any],
    *conditions: Any,
) -> Sequence[R]:
    """Some of them in that order; ``span`` is the first one (from 0) and how many."""
    first, limit = span
    chosen = select(model).where(model.withdrawn_at.is_(None), visible(model, audience), *conditions)
    return session.scalars(chosen.order_by(*order, model.id.desc()).offset(first).limit(limit)).all()
