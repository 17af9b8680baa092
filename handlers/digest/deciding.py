"""What the decisions about a digest share: of which week, who may, whether it is too late, what shows it afterwards."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

import storage.drafts
from handlers import places, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.digest import gathering, publishing
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal
from handlers.language import message
from handlers.rights import Right
from storage import periods
from storage.drafts import Draft, State
from storage.periods import Period

POSTED_BEFORE = message("The digest of {week} was posted already: nothing was sent again.")
TOLD_LATER = message("A later digest tells what that of {week} would have told: nothing was changed.")
DECIDED_MEANWHILE = message(
    "Somebody changed this while you were writing: nothing was overwritten. Copy what you need, close the form and "
    "open it again."
)
NOW = "now"
"""What a button carries that means the week at hand."""


def week_of(session: Session, ctx: Context, value: str) -> Period:
    """The week a button is about. Raises Refusal for one that was never offered."""
    current = gathering.clock(session).week(ctx.now())
    if value in (NOW, current.key):
        return current
    if storage.drafts.of_week(session, value) is None:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return periods.parse(value)


def seen(session: Session, ctx: Context, actor: Actor, value: str) -> Draft:
    """The digest a button is about, as it stands. Raises Refusal to who may not decide, and when it is too late."""
    rights.require(session, ctx, actor, Right.DIGEST)
    week = week_of(session, ctx, value)
    return _open(session, storage.drafts.of_week(session, week.key) or storage.drafts.blank(week.key))


def held(session: Session, ctx: Context, actor: Actor, value: str) -> Draft:
    """The same, locked until the transaction ends."""
    rights.require(session, ctx, actor, Right.DIGEST)
    return _open(session, storage.drafts.hold(session, week_of(session, ctx, value).key))


def stamp(draft: Draft, *columns: str) -> int:
    """Changes with any of these columns; a form carries it, so that two who write at once notice each other."""
    return zlib.crc32(json.dumps([getattr(draft, name) for name in columns]).encode())


def require_unchanged(draft: Draft, context: Mapping[str, Any], *columns: str) -> None:
    """Raises Refusal when these columns are not as the form saw them."""
    if context.get("seen") != stamp(draft, *columns):
        raise Refusal(DECIDED_MEANWHILE)


def place(body: Mapping[str, Any]) -> dict[str, str]:
    """Where `/ptf digest` stands that a button was on, to be drawn again; a draft's own message changes by itself."""
    alone = (body.get("container") or {}).get("is_ephemeral") or body.get("view")
    return places.of(body) if alone else {}


def _open(session: Session, draft: Draft) -> Draft:
    week = periods.parse(draft.week)
    if draft.state == State.PASSED:
        raise Refusal(TOLD_LATER, week=week)
    if publishing.is_over(session, draft):
        raise Refusal(POSTED_BEFORE, week=week)
    return draft
