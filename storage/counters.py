"""Numbers drawn for records: one row a group and year holds the last one, and stays locked until the commit.

So there are no gaps when a transaction fails, and no doubles when two people note at once.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.database import Base, insertion


class Counted(Base):
    """The last number drawn in a group or body and year."""

    __abstract__ = True

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def draw(session: Session, counter: type[Counted], group_id: int, year: int) -> int:
    """The next number in that group and year, starting with 1; locked against others until the commit."""
    drawn = (
        insertion(session.get_bind().dialect.name)(counter)
        .values(group_id=group_id, year=year, last=1)
        .on_conflict_do_update(index_elements=["group_id", "year"], set_={"last": counter.last + 1})
        .returning(counter.last)
    )
    number: int = session.execute(drawn).scalar_one()
    return number


def reach(session: Session, counter: type[Counted], group_id: int, year: int, number: int) -> None:
    """Let the numbers that are drawn from now on be higher than this one."""
    row = session.get(counter, (group_id, year), with_for_update=True)
    if row is None:
        session.add(counter(group_id=group_id, year=year, last=number))
    elif row.last < number:
        row.last = number
    session.flush()


class Series(Base):
    """The last number drawn in a series that is no group's: ``EXP`` in 2027."""

    __tablename__ = "series"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


def draw_in(session: Session, prefix: str, year: int) -> int:
    """The next number of that series in that year, starting with 1; locked against others until the commit."""
    drawn = (
        insertion(session.get_bind().dialect.name)(Series)
        .values(prefix=prefix, year=year, last=1)
        .on_conflict_do_update(index_elements=["prefix", "year"], set_={"last": Series.last + 1})
        .returning(Series.last)
    )
    number: int = session.execute(drawn).scalar_one()
    return number


def reach_in(session: Session, prefix: str, year: int, number: int) -> None:
    """Let the numbers that are drawn from now on be higher than this one."""
    row = session.get(Series, (prefix, year), with_for_update=True)
    if row is None:
        session.add(Series(prefix=prefix, year=year, last=number))
    elif row.last < number:
        row.last = number
    session.flush()
