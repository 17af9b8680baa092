"""Writes the records of described kinds (handlers.described) of a demo world, and what was changed in them since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

import storage.history
import storage.registered
from bot.rehearsal.world import shapes
from bot.rehearsal.world.shapes import World
from bot.seed_actions import Known, last_day
from handlers.context import Context
from handlers.described import KINDS
from handlers.kinds import wholes
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind
from storage.database import Database
from storage.history import Origin
from storage.registered import Registered

_BY_NAME: Mapping[str, Kind[Any]] = {kind.name: kind for kind in KINDS}


def events(known: Known, world: World, team_id: str) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Each record and each change of one: when, and what it does to the database."""
    ctx = _context(known, world, team_id)
    for told in world.kept:
        yield told.at, partial(_keep, known, replace(ctx, now=partial(_at, told.at)), told)
        for later in told.later:
            yield later.at, partial(_change, known, replace(ctx, now=partial(_at, later.at)), told, later)


def _context(known: Known, world: World, team_id: str) -> Context:
    """What the rules of the kinds lean on."""
    engine = known.session.get_bind()
    assert isinstance(engine, Engine)
    sessions = sessionmaker(engine)
    zone = shapes.ZONE
    return Context(Database(engine, sessions, sessions), partial(_at, world.today), zone, "fr", team_id)


def _at(instant: datetime) -> datetime:
    return instant


def _keep(known: Known, ctx: Context, told: shapes.Kept) -> None:
    """A record as it was first kept; the register draws its code, which must be the one the world tells."""
    kind, author = _BY_NAME[told.kind], known.people[told.by]
    record = kind.model(
        visibility=told.visibility or kind.level,
        language=told.language or author.slack_language,
        said_at=told.at,
        said_by_id=author.id,
        version=1,
        not_applicable=told.not_applicable,
    )
    with known.session.no_autoflush:
        _fill(known, kind, record, told.facts)
        wholes.join(known.session, kind, record)
        kind.rule(known.session, ctx, None, record, {})
    year = kind.year(record) or ctx.today.year
    storage.registered.number(known.session, record, kind.prefix, year)
    if record.code != told.code:
        raise ValueError(f"{told.code} became {record.code}: the records of the world are out of order.")
    known.session.add(record)
    known.session.flush()
    storage.history.created(known.session, record, known.by(told.by, told.at, Origin.FORM))


def _change(known: Known, ctx: Context, told: shapes.Kept, later: shapes.Later) -> None:
    """The record as somebody left it later."""
    kind = _BY_NAME[told.kind]
    record = _of_code(known, kind.model, told.code)
    before = storage.history.facts(record)
    _fill(known, kind, record, later.facts)
    kind.rule(known.session, ctx, None, record, before)
    record.version += 1
    record.edited_at = later.at
    known.session.flush()
    storage.history.changed(known.session, record, before, known.by(later.by, later.at, Origin.FORM))


def _fill(known: Known, kind: Kind[Any], record: Registered, facts: Mapping[str, Any]) -> None:
    fields = {field.name: field for field in kind.fields}
    for name, given in facts.items():
        field = fields.get(name)
        if field is None:
            setattr(record, name, given)
            continue
        setattr(record, field.column, _held(known, field, given))
        if field.sort == Sort.SPAN:
            setattr(record, f"{field.name}_on", last_day(given))


def _held(known: Known, field: Field, given: Any) -> Any:
    """What the record holds for what the world tells: rows are told by their code, people by their Slack id."""
    if given is None:
        return None
    match field.sort:
        case Sort.INSTITUTION:
            return known.institutions[given].id
        case Sort.INSTITUTIONS:
            return [known.institutions[code] for code in sorted(given)]
        case Sort.PERSON:
            return known.people[given].id
        case Sort.GROUP:
            return known.groups[given].id
        case Sort.RECORD:
            assert field.of is not None
            return _of_code(known, field.of, given).id
    return given


def _of_code(known: Known, model: type[Registered], code: str) -> Registered:
    found = storage.registered.by_code(known.session, model, code)
    if found is None:
        raise ValueError(f"{code} is no record of the world yet.")
    return found
