"""One text a level, said by somebody who is no reader; and gestures of anybody, forged where Slack offers none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import storage.actions
import storage.decisions
import storage.groups
import storage.history
import storage.people
from bot.rehearsal.door import Parcel
from bot.rehearsal.model import Json, Message
from storage.actions import Action
from storage.configuration import Channel
from storage.decisions import Decision, Kind
from storage.groups import Group
from storage.history import By, Origin
from storage.mandates import Mandate, Office
from storage.people import Person
from storage.records import Record
from storage.updates import Status, Update
from storage.visibility import Level
from tests.conversation import Bot
from tests.handlers.visibility.readers import READERS, Reader

SAID: Mapping[Level, str] = {
    Level.TROIKA: "mercuriale",
    Level.GROUP: "bergamote",
    Level.ALL: "tournesol",
    Level.GOVERNMENT: "hirondelle",
}
"""Level -> a word that stands in its records and nowhere else."""
OWED: Mapping[Level, str] = {level: f"{word}-dû" for level, word in SAID.items()}
"""The same in what each reader is asked to do."""
COMMON = "matricielle"
"""A word of all of them."""
PERIOD, DUE = "2027-W09", date(2027, 3, 5)


@dataclass(slots=True)
class World:
    """The bot, and what was said in it: level -> record."""

    bot: Bot
    updates: dict[Level, Update] = field(default_factory=dict)
    decisions: dict[Level, Decision] = field(default_factory=dict)
    actions: dict[Level, Action] = field(default_factory=dict)


def say(bot: Bot) -> World:
    """Let a text stand for each level, as update, as decision and as action of EDU, each with its line of history."""
    world = World(bot)
    bot.standin.workspace.channel("gt-education").kind = "private"
    with bot.ctx.sessions.begin() as session:
        own = {"name": "gt-education", "language": "fr", "level": Level.GROUP, "group_id": _edu(session).id}
        session.add(Channel(id="CGTEDUCA01", **own))
        let_observe(session, bot)
        for level, word in SAID.items():
            text = f"{COMMON} {word}"
            world.updates[level] = _update(session, bot, level, text)
            world.decisions[level] = _decision(session, bot, level, text)
            world.actions[level] = _action(session, bot, level, text, None)
            for reader in READERS:
                if reader.is_member:
                    _action(session, bot, level, OWED[level], _person(session, reader.slack_id))
        session.flush()
        session.expunge_all()
    return world


def _edu(session: Session) -> Group:
    group = storage.groups.by_code(session, "EDU")
    assert group is not None
    return group


def _person(session: Session, slack_id: str) -> Person:
    return session.scalars(select(Person).where(Person.slack_id == slack_id)).one()


def let_observe(session: Session, bot: Bot) -> None:
    """Somebody whose only office is to observe."""
    observer = next(each.slack_id for each in READERS if each.name == "observer")
    held = {"holder_id": _person(session, observer).id, "group_id": _edu(session).id}
    session.add(Mandate(office=Office.OBSERVER, starts=bot.ctx.today, **held))


def _common(session: Session, bot: Bot, level: Level) -> dict[str, Any]:
    """What every record needs; the one who says it is nobody's reader."""
    author = _person(session, "UEARLEAD01")
    return {
        "group_id": _edu(session).id,
        "visibility": level,
        "language": "fr",
        "said_at": bot.ctx.now() - timedelta(days=2),
        "said_by_id": author.id,
    }


def _written(session: Session, bot: Bot, record: Record) -> None:
    storage.history.created(session, record, By(record.said_by_id, bot.ctx.now(), Origin.FORM))


def _update(session: Session, bot: Bot, level: Level, text: str) -> Update:
    update = Update(period=PERIOD, status=Status.ON_TRACK, progress=text, **_common(session, bot, level))
    session.add(update)
    session.flush()
    _written(session, bot, update)
    return update


def _decision(session: Session, bot: Bot, level: Level, text: str) -> Decision:
    today = bot.ctx.today
    decision = Decision(
        kind=Kind.DECISION,
        decided=today.isoformat(),
        decided_on=today,
        text=text,
        deadline=DUE.isoformat(),
        due_on=DUE,
        institutions=[],
        **_common(session, bot, level),
    )
    storage.decisions.keep(session, decision, "EDU")
    _written(session, bot, decision)
    return decision


def _action(session: Session, bot: Bot, level: Level, text: str, carrier: Person | None) -> Action:
    action = Action(text=text, **_common(session, bot, level))
    if carrier is not None:
        action.carrier_id, action.deadline, action.due_on = carrier.id, DUE.isoformat(), DUE
    storage.actions.keep(session, action, "EDU", bot.ctx.today)
    _written(session, bot, action)
    return action


def typed(bot: Bot, reader: Reader, text: str) -> str:
    """Whatever that person gets to see when they type `/ptf text`, forms and sheets included."""
    workspace = bot.standin.workspace
    user = workspace.user(reader.slack_id)
    place = workspace.channel("ptf-general")
    payload, _ = bot.standin.delivery.payloads.command(user, place, "/ptf", text)
    return _sent(bot, reader, "command", payload | ({"team_id": reader.team} if reader.team else {}))


def acted(bot: Bot, reader: Reader, action: Json) -> str:
    """The same for a click on something that was never offered to them."""
    user, place = bot.standin.workspace.user(reader.slack_id), _somewhere(bot)
    payload = bot.standin.delivery.payloads.actions(user, place, {"block_id": "x", **action})
    return _sent(bot, reader, "interactive", payload | ({"team": {"id": reader.team}} if reader.team else {}))


def _somewhere(bot: Bot) -> Message:
    return next(message for message in bot.standin.workspace.channel("ptf-general").messages if not message.deleted)


def _sent(bot: Bot, reader: Reader, kind: str, payload: Json) -> str:
    """What came back, beside the message, on a form or sheet, in direct messages."""
    person, door = bot.be(reader.slack_id), bot.standin.door
    assert door is not None
    if person.view is not None:
        person.close(everything=True)
    beside, direct = len(person.ephemerals), len(bot.told(reader.slack_id))
    receipt = door.send(Parcel(kind, payload), 3)
    seen = [json.dumps(json.loads(receipt.body or "{}"), ensure_ascii=False)]
    seen += [each.plain + each.text for each in person.ephemerals[beside:]]
    seen += [each.plain for each in bot.told(reader.slack_id)[direct:]]
    return "\n".join([*seen, *([json.dumps(person.view.content, ensure_ascii=False)] if person.view else [])])
