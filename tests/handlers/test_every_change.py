"""Nothing changes without a line of history: what the lines say together is what stands, whoever wrote it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.history
import storage.lives
from bot import timetable
from handlers import people
from handlers.changes.fields import NAMES
from storage.absences import Absence
from storage.actions import Action
from storage.configuration import Configuration
from storage.database import Base
from storage.decisions import Decision
from storage.drafts import Draft
from storage.groups import Group, State
from storage.history import Change, Origin
from storage.lives import GroupState
from storage.mandates import Mandate
from storage.partners import Institution
from storage.people import Person
from storage.records import Record
from storage.reporting_periods import ReportingPeriod
from storage.rest_days import RestDay
from storage.updates import Update
from tests.conversation import EDUCATION, HEALTH, POOL, Bot, answer

KEPT: tuple[type[Base], ...] = (
    Update,
    Decision,
    Action,
    Group,
    Institution,
    Person,
    Mandate,
    Absence,
    RestDay,
)
"""What has a history of its own from its first day."""
ALSO_KEPT: tuple[type[Base], ...] = (GroupState, Configuration, Draft, ReportingPeriod)
"""What begins without a line, or has its first one in another row's."""
ANY = "any"
BOOKKEEPING: dict[str, set[str]] = {
    ANY: {"id", "version", "folded", "said_at", "said_by_id", "edited_at", "source_id"},
    "people": {"team_id", "slack_id", "seen_at", "welcomed_at"},
    "decisions": {"year", "number", "decided_on", "due_on"},
    "actions": {"year", "number", "due_on", "born_for_id", "before", "proposed_on", "proposals", "about"},
    "absences": {"word", "begun_at"},
    "drafts": {"week", "introduced_by_id", "decided_by_id", "decided_at"},
    "reporting_periods": {"returned_at", "returned_by_id", "validated_by_id", "excused_by_id"},
}
"""Columns that no change tells: what a record does for itself, and what is nobody's business."""


def test_every_column_of_what_has_a_history_has_a_name_or_is_bookkeeping() -> None:
    unnamed = [
        f"{model.__tablename__}.{column.key}"
        for model in (*KEPT, *ALSO_KEPT)
        for column in model.__mapper__.column_attrs
        if column.key not in {*NAMES, *BOOKKEEPING[ANY], *BOOKKEEPING.get(model.__tablename__, ())}
    ]
    assert unnamed == []


def unexplained(session: Session) -> list[str]:
    """What stands otherwise than its lines of history say, all of them together."""
    held: dict[tuple[str, int], dict[str, Any]] = {}
    for change in storage.history.everything(session):
        held.setdefault((change.kind, change.record_id), {}).update(change.after)
    found = []
    for model in (*KEPT, *ALSO_KEPT):
        for row in session.scalars(select(model)):
            stands = storage.history.facts(row) if isinstance(row, Record) else _plain(row)
            told = held.get((model.__tablename__, stands["id"]), {})
            silent = {*BOOKKEEPING[ANY], *BOOKKEEPING.get(model.__tablename__, ())}
            found += [
                f"{model.__tablename__}:{stands['id']}.{name}: {value!r} stands, {told.get(name)!r} is told"
                for name, value in stands.items()
                if name not in silent and (model in KEPT or name in told) and told.get(name) != value
            ]
    return found


def _plain(row: Base) -> dict[str, Any]:
    number = row.__mapper__.primary_key_from_instance(row)[0]
    values = storage.history.values(row)
    return {"id": number} | {name: storage.history.plain(value) for name, value in values.items()}


def test_what_people_and_the_clock_change_is_told_whole(bot: Bot) -> None:
    pool, lead = bot.be(POOL), bot.be(EDUCATION)
    lead.command("/ptf maj EDU")
    assert answer(lead, status="at_risk", progress="Avancé.", difficulties="Les fonds manquent.").ok
    pool.command("/ptf decision GEC Le calendrier est partagé.")
    bot.deliver()
    pool.click(bot.told(POOL)[-1], "decision_edit")
    assert answer(pool, carrier=EDUCATION, deadline="fin mars").ok
    bot.deliver()
    pool.click(bot.told(POOL)[-1], "decision_withdraw")
    bot.deliver()
    pool.click(bot.told(POOL)[-1], "decision_restore")
    lead.command("/ptf langue en")
    lead.command("/ptf absent du 8 au 12 mars")
    pool.command("/ptf action EDU Envoyer la liste.")
    with bot.ctx.sessions.begin() as session:
        group = session.scalars(select(Group).where(Group.code == "URB")).one()
        sleeps = bot.ctx.today + timedelta(days=2)
        storage.lives.change(session, storage.lives.of_group(session, group), sleeps, {"state": State.DORMANT})
    timetable.tick(bot.ctx)
    bot.at(bot.ctx.now() + timedelta(days=3))
    bot.standin.workspace.user(HEALTH).deleted = True
    timetable.tick(bot.ctx)
    people.refresh(bot.ctx, WebClient(bot.standin.bot_token, base_url=bot.standin.api_url))
    with bot.ctx.readings.begin() as session:
        assert unexplained(session) == []
        lines = {
            (change.kind, change.origin): (change.person_id, change.after)
            for change in session.scalars(select(Change).order_by(Change.id))
        }
    assert lines["groups", Origin.CLOCK] == (None, {"state": "dormant"})
    assert lines["people", Origin.SLACK][0] is None
    told = pool.command("/ptf historique URB").text
    assert "· Calendrier" in told
    assert "État\u00a0: Actif → En léthargie" in told
