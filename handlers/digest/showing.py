"""The digest's draft shown to the coordinators, and every message about it kept as the draft is now.

The messages are rows of the outbox that name the draft; whatever changes it changes all of them, for every coordinator
in their language, until they say how it ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

import storage.history
import storage.outbox
import storage.people
from handlers import actors, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.digest import telling
from handlers.digest.telling import Part
from handlers.language import Speaker
from storage.drafts import Draft
from storage.history import By, Origin
from storage.outbox import Sort


def put(session: Session, ctx: Context, draft: Draft, part: Part) -> bool:
    """Tell every coordinator about it, each once; False when there is nobody to tell."""
    readers = rights.pool_ids(session, ctx)
    for slack_id in readers:
        key = f"draft:{draft.week}:{slack_id}:{part}"
        payload = telling.told(session, ctx, draft, _speaker(session, ctx, slack_id), part)
        storage.outbox.put(session, key, slack_id, payload, ctx.now(), about=about(draft))
    return bool(readers)


def keep(session: Session, ctx: Context, draft: Draft, changes: Mapping[str, Any], by: Actor | None) -> None:
    """Change a held row, with its line of history, and let every message about it show it as it is now."""
    before = {name: getattr(draft, name) for name in changes}
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.version += 1
    session.flush()
    origin = By(by.id, ctx.now(), Origin.FORM) if by else By(None, ctx.now(), Origin.CLOCK)
    storage.history.registered(session, draft, before, origin)
    for card in storage.outbox.cards(session, about(draft)):
        part = Part(card.key.rpartition(":")[2])
        payload = telling.told(session, ctx, draft, _speaker(session, ctx, card.address), part)
        edit = f"edit:{card.key}:{draft.version}"
        storage.outbox.put(session, edit, card.address, payload, ctx.now(), sort=Sort.EDIT, under=card.key)


def about(draft: Draft) -> str:
    """How the outbox names it."""
    return f"{draft.__tablename__}:{draft.id}"


def _speaker(session: Session, ctx: Context, slack_id: str) -> Speaker:
    person = storage.people.by_slack_id(session, ctx.team_id, slack_id)
    return ctx.speaker if person is None else actors.speaker_of(ctx, person)
