"""The worker's statements, made once: to make one takes longer than to run it. ``now`` is a UTC instant."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.dml import ReturningUpdate

from storage.database import Instant
from storage.outbox.message import LEASE_EXPIRED, RATE_LIMITED, Message, Sort, State

_NOW = bindparam("now", type_=Instant())


@cache
def claimable() -> Select[Message]:
    """The oldest message that may go."""
    return _oldest(Message.state == State.WAITING, Message.not_before <= _NOW, *_its_turn(_NOW))


@cache
def doubtful() -> Select[Message]:
    """The oldest message of unknown outcome to look for."""
    return _oldest(*_to_look_for(), Message.not_before <= _NOW)


@cache
def claimed() -> Select[Message]:
    """One message by its number, if nobody took it since that attempt."""
    same = (Message.id == bindparam("number"), Message.attempts == bindparam("count"))
    return select(Message).where(*same).with_for_update()


@cache
def expired() -> ReturningUpdate[int]:
    """What becomes of messages whose lease ran out."""
    return (
        update(Message)
        .where(Message.state == State.SENDING, Message.leased_until < _NOW)
        .values(
            state=case((Message.sort == Sort.EDIT, State.WAITING.value), else_=State.UNKNOWN.value),
            error=LEASE_EXPIRED,
            not_before=_NOW,
            told_at=None,
        )
        .returning(Message.id)
    )


@cache
def due() -> tuple[Select[Any], ...]:
    """The instants of which the soonest is when there is something to do."""
    return (
        select(func.min(Message.not_before)).where(Message.state == State.WAITING, *_its_turn(Message.not_before)),
        select(func.min(Message.not_before)).where(*_to_look_for()),
        select(func.min(Message.leased_until)).where(Message.state == State.SENDING),
    )


def _oldest(*conditions: ColumnElement[bool]) -> Select[Message]:
    return select(Message).where(*conditions).order_by(Message.id).limit(1).with_for_update(skip_locked=True)


def _to_look_for() -> tuple[ColumnElement[bool], ...]:
    return Message.state == State.UNKNOWN, Message.told_at.is_(None)


def _its_turn(now: ColumnElement[datetime] | InstrumentedAttribute[datetime]) -> tuple[ColumnElement[bool], ...]:
    """What besides its time lets a waiting message go at an instant."""
    parent, earlier, other = aliased(Message), aliased(Message), aliased(Message)
    there = exists().where(parent.key == Message.under, parent.state == State.SENT)
    unsettled = or_(
        earlier.state.in_([State.WAITING, State.SENDING]),
        (earlier.state == State.UNKNOWN) & earlier.told_at.is_(None),
    )
    before_it = exists().where(earlier.under == Message.under, earlier.id < Message.id, unsettled)
    limited = exists().where(
        other.address == Message.address,
        other.state == State.WAITING,
        other.error == RATE_LIMITED,
        other.not_before > now,
    )
    return or_(Message.under.is_(None), there & ~before_it), ~limited
