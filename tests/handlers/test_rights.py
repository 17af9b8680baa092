"""The rights table: README shows the one of the code, and each cell holds for a real person with those mandates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

import storage.groups
import storage.partners
import storage.people
from handlers import actors, rights
from handlers.actors import Actor
from handlers.errors import Refusal
from handlers.language import Speaker
from handlers.rights.table import MAY, PARTS, RIGHTS, Part, Right
from storage.actions import Action
from storage.mandates import Mandate, Office
from storage.people import Person, Standing
from tests.conversation import POOL, Bot
from tests.test_readme import README

CELL = {True: "yes", False: "·"}
THIS, ANOTHER = "EDU", "SAN"
STANDINGS = {Part.GUEST: Standing.GUEST, Part.EXTERNAL: Standing.EXTERNAL, Part.CLOSED: Standing.DEACTIVATED}
OFFICES: dict[Part, list[tuple[Office, str | None]]] = {
    Part.POOL: [(Office.POOL_COORDINATOR, None), (Office.POOL_ASSISTANT, None)],
    Part.LEAD: [(Office.LEAD, None)],
    Part.TROIKA: [(Office.INCOMING, None), (Office.OUTGOING, None)],
    Part.COORDINATOR: [(Office.COORDINATOR, THIS), (Office.COCOORDINATOR, THIS)],
    Part.OTHER_COORDINATOR: [(Office.COORDINATOR, ANOTHER), (Office.COCOORDINATOR, ANOTHER)],
    Part.GROUP_MEMBER: [(Office.MEMBER, THIS)],
    Part.OWING: [(Office.MEMBER, ANOTHER), (Office.MEMBER, None)],
    Part.OBSERVER: [(Office.OBSERVER, THIS), (Office.OBSERVER, None)],
}
"""Part -> the mandates that give it; the parts that are not here need none."""


def table() -> list[str]:
    """The table as README shows it, a line a row."""
    speaker = Speaker("en", ZoneInfo("UTC"))
    head = ["who may", *(speaker.say(name) for name in PARTS.values())]
    rows = [[speaker.say(RIGHTS[right]), *(CELL[part in MAY[right]] for part in Part)] for right in Right]
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def test_readme_shows_the_table_of_the_code() -> None:
    start = README.index("| who may |")
    assert README[start : README.index("\n\n", start)] == "\n".join(table())


def test_every_right_and_every_part_has_its_row_its_column_and_its_name() -> None:
    assert (list(MAY), list(RIGHTS), list(PARTS)) == (list(Right), list(Right), list(Part))


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with one mandate, or none, and what points at them in the record in hand."""

    actor: Actor
    facts: dict[str, int]


def people(session: Session, bot: Bot, part: Part) -> list[Somebody]:
    """A person for each way in which one has that part, and one more for the stand-in."""
    groups = {group.code: group.id for group in storage.groups.everyone(session)}
    owing = storage.partners.everyone(session)[0].id
    found = []
    for number, (office, code) in enumerate(OFFICES.get(part, [(None, None)])):
        person = Person(
            team_id=bot.ctx.team_id,
            slack_id=f"U{part}{number}".upper(),
            name=f"{part} {number}",
            standing=STANDINGS.get(part, Standing.MEMBER),
            institution_id=owing if part == Part.OWING else None,
        )
        session.add(person)
        session.flush()
        if office is not None:
            held = {"holder_id": person.id} if number == 0 else {"alternate_id": person.id}
            session.add(Mandate(office=office, group_id=groups.get(code or ""), starts=bot.ctx.today, **held))
            session.flush()
        facts = {Part.CARRIER: {"carrier_id": person.id}, Part.ASKER: {"asked_by_id": person.id}}
        facts[Part.OWING] = {"institution_id": owing}
        found.append(Somebody(actors.describe(session, bot.ctx, person), facts.get(part, {})))
    return found


def test_each_cell_holds_for_whoever_has_that_part_today_and_only_today(bot: Bot) -> None:
    wrong, cells = [], 0
    with bot.ctx.sessions.begin() as session:
        group = next(each for each in storage.groups.everyone(session) if each.code == THIS)
        for part in Part:
            for one in people(session, bot, part):
                record = Action(group_id=group.id, **one.facts)
                for right in Right:
                    cells += 1
                    allowed = rights.may(one.actor, right, group.id) or rights.may(one.actor, right, record=record)
                    if allowed != (part in MAY[right]):
                        wrong.append((right, part, one.actor.offices, allowed))
        ended = session.query(Mandate).filter(Mandate.starts == bot.ctx.today)
        ended.update({"starts": date(2020, 1, 1), "ends": date(2020, 12, 31)})
        for person in session.query(Person).filter(Person.slack_id.like("UCOORDINATOR%")):
            gone = actors.describe(session, bot.ctx, person)
            assert not rights.may(gone, Right.UPDATE, group.id)
    assert wrong == []
    assert cells >= len(Right) * len(Part)


@pytest.mark.parametrize(
    ("right", "about", "words"),
    [
        (Right.UPDATE, "EDU", ["Canada – Éducation (coordinator of that group)", "UNICEF – Éducation"]),
        (Right.UPDATE, "PAST", ["Pool Technique – Coordination (Pool Technique)"]),
        (Right.DECIDE, "GEC", ["Suisse – Coopération (chef de file)", "Pool Technique – Coordination"]),
        (Right.SETTINGS, None, ["Pool Technique – Coordination and Pool Technique – Assistance"]),
    ],
)
def test_to_say_no_is_to_say_who_can(bot: Bot, right: Right, about: str | None, words: list[str]) -> None:
    with bot.ctx.readings.begin() as session:
        person = storage.people.by_slack_id(session, bot.ctx.team_id, "UFAOREP001")
        assert person is not None
        person.language = "en"
        group = next((each for each in storage.groups.everyone(session) if each.code == about), None)
        actor = actors.describe(session, bot.ctx, person)
        with pytest.raises(Refusal) as no:
            rights.require(session, bot.ctx, actor, right, group)
        said = no.value.said(actor.speaker)
        assert [each for each in words if each not in said] == [], said
        pool = storage.people.by_slack_id(session, bot.ctx.team_id, POOL)
        assert pool is not None
        rights.require(session, bot.ctx, actors.describe(session, bot.ctx, pool), right, group)
