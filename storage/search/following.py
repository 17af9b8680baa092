"""The index follows the history: whatever was changed since is read again, before a search and by the timetable.

Whoever says something writes nothing more for it: each change has its line of history (storage.history), and `catch_up`
reads the records of the lines that the index does not know yet. `Progress` keeps three numbers. Up to the line ``safe``
everything is read for good. Ids are drawn before the commit: on PostgreSQL a line may appear after others with higher
ids. So the lines above ``safe`` are looked at each time, and each row of the index tells the last line it knows of its
record. ``seen`` was the last line at some look, ``horizon`` the first transaction that had not begun then; once all
older ones have ended, nothing can appear below ``seen`` any more, and it becomes ``safe``. On SQLite writers queue, and
nothing ever appears below. What was rolled back never appears at all. A database restored elsewhere counts its
transactions anew: a horizon beyond the present one is of another, in which nothing is under way.

`sweep` compares every record with its row instead: it fills an empty index, reads again what an erasure or another
description of a kind changed, and mends what went amiss.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, and_, func, literal, or_, select, text, union_all, update
from sqlalchemy.orm import Session

from storage.history import Change
from storage.search import index, queries, terms
from storage.search.index import Due, Progress, Searched
from storage.search.source import Source

AT_ONCE = 500
"""Records read in one transaction, of which a search waits for one."""


def behind(session: Session, sources: Collection[Source]) -> bool:
    """Whether something was changed that the index does not know."""
    safe = session.scalar(select(Progress.safe)) or 0
    return session.execute(_unread(sources, safe, 1)).first() is not None


def catch_up(session: Session, sources: Collection[Source], at_most: int = AT_ONCE) -> bool:
    """Read what was changed since, the oldest first; whether more waits. Others who read wait for the commit."""
    progress = _progress(session)
    low, high, top = _now(session)
    unread = session.execute(_unread(sources, progress.safe, at_most, top)).all()
    _read(session, sources, unread)
    reached = unread[-1].id if len(unread) == at_most else top
    if progress.horizon <= low or progress.horizon > high:
        progress.safe = min(progress.seen, reached)
        progress.seen, progress.horizon = reached, high
    return len(unread) == at_most


def catch_up_with(session: Session, sources: Collection[Source], at_most: int = AT_ONCE) -> None:
    """Read what was changed of these kinds alone; what of others is left for `catch_up` to find."""
    progress = _progress(session)
    _read(session, sources, session.execute(_unread(sources, progress.safe, at_most)).all())


def sweep(session: Session, sources: Collection[Source], at_most: int = AT_ONCE) -> bool:
    """Read the records whose row is missing or out of date, those said first first; whether more of them wait."""
    _progress(session)
    kinds = {source.kind: source for source in sources}
    amiss = union_all(*(_amiss(source) for source in sources)).subquery()
    first = select(amiss.c.kind, amiss.c.id).order_by(amiss.c.said_at, amiss.c.id).limit(at_most).subquery()
    last = select(func.max(Change.id)).where(Change.kind == first.c.kind, Change.record_id == first.c.id)
    found = session.execute(select(first, last.scalar_subquery().label("change_id"))).all()
    index.write(session, [Due(kinds[each.kind], each.id, each.change_id or 0) for each in found])
    return len(found) == at_most


def forget(session: Session, word: str) -> None:
    """Take a word out of the index at once, and out of the database's file; a sweep reads its records again."""
    rows = session.scalars(select(Searched.id).where(queries.holding(terms.sought(word)))).all()
    if not rows:
        return
    session.execute(update(Searched).where(Searched.id.in_(rows)).values(version=0))
    index.keep(session, {}, rows)
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"INSERT INTO {index.BY_HAND} ({index.BY_HAND}) VALUES ('optimize')"))  # noqa: S608


def _progress(session: Session) -> Progress:
    """How far it is read; locked until the commit, so that nobody else reads the same."""
    return session.get_one(Progress, 1, with_for_update=True)


def _now(session: Session) -> tuple[int, int, int]:
    """The oldest transaction under way, the first that has not begun, the last line of history; of one instant."""
    top = select(func.coalesce(func.max(Change.id), 0)).scalar_subquery()
    if session.get_bind().dialect.name != "postgresql":
        return 0, 0, session.scalar(select(top)) or 0
    snapshot = func.txid_current_snapshot()
    row = session.execute(select(func.txid_snapshot_xmin(snapshot), func.txid_snapshot_xmax(snapshot), top)).one()
    return row[0], row[1], row[2]


def _unread(sources: Collection[Source], safe: int, at_most: int, top: int | None = None) -> Select[int, str, int]:
    """The lines of history above ``safe``, and not above ``top``, that the rows of their records do not know."""
    known = and_(Searched.kind == Change.kind, Searched.record_id == Change.record_id)
    return (
        select(Change.id, Change.kind, Change.record_id)
        .join(Searched, known, isouter=True)
        .where(
            Change.id > safe,
            *([Change.id <= top] if top is not None else []),
            Change.kind.in_(sorted(source.kind for source in sources)),
            or_(Searched.id.is_(None), Searched.change_id < Change.id),
        )
        .order_by(Change.id)
        .limit(at_most)
    )


def _read(session: Session, sources: Collection[Source], unread: Sequence[Row[int, str, int]]) -> None:
    kinds = {source.kind: source for source in sources}
    last = {(line.kind, line.record_id): line.id for line in unread}
    index.write(session, [Due(kinds[kind], record_id, change) for (kind, record_id), change in last.items()])


def _amiss(source: Source) -> Select[str, int, datetime]:
    """The records of a kind whose row is missing, or was written from another version or description."""
    model, kind = source.model, source.kind
    known = and_(Searched.kind == kind, Searched.record_id == model.id)
    return (
        select(literal(kind).label("kind"), model.id, model.said_at)
        .join(Searched, known, isouter=True)
        .where(or_(Searched.id.is_(None), Searched.version != model.version, Searched.made_by != source.print))
    )
