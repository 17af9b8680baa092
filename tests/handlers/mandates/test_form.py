"""Mandates entered, changed and ended by the pool; what they allow follows at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

import storage.groups
import storage.mandates
import storage.partners
from handlers import actors
from storage.mandates import Mandate, Office
from storage.partners import Institution
from tests.conversation import GUEST, HEALTH, MEMBER, Bot
from tests.handlers.mandates.conftest import Opened, changes

URBAN = "URB – Urban development"


def add(opened: Opened, **answers: str | None) -> dict[str, str]:
    """Add a mandate; the errors at its fields."""
    pool, message = opened
    pool.click(message, "mandate_add")
    return dict(pool.submit(**({"office": "coordinator", "starts": "2027-03-01"} | answers)).errors)


def newest(bot: Bot) -> Mandate:
    """The mandate entered last."""
    with bot.ctx.readings.begin() as session:
        return session.scalars(select(Mandate).order_by(Mandate.id.desc()).limit(1)).one()


def count(bot: Bot) -> int:
    """How many mandates there are."""
    with bot.ctx.readings.begin() as session:
        return len(session.scalars(select(Mandate)).all())


def leads(bot: Bot, who: str) -> frozenset[int]:
    """The ids of the groups that person coordinates today."""
    with bot.ctx.readings.begin() as session:
        actor = actors.load(session, bot.ctx, who)
        assert actor is not None
        return actor.leads


def test_a_coordinator_is_named_and_may_act_at_once(bot: Bot, listed: Callable[..., Opened]) -> None:
    opened = listed()
    assert add(opened, group=URBAN, institution="JAPON – Japan (JICA)", holder=MEMBER, ends="2027-12-31") == {}
    mandate = newest(bot)
    assert (mandate.starts, mandate.ends) == (date(2027, 3, 1), date(2027, 12, 31))
    assert mandate.group_id in leads(bot, MEMBER)
    told = opened[0].ephemerals[-1].text
    assert "✅ Saved: Coordinator – URB – JAPON" in told
    assert "from Monday 1 March 2027 to Friday 31 December 2027" in told
    assert changes(bot, "mandates")[-1][1]["office"] == "coordinator"


def test_a_new_institution_comes_with_its_mandate(bot: Bot, listed: Callable[..., Opened]) -> None:
    assert add(listed(), group=URBAN, new_code="corée", new_name="Corée (KOICA)", holder=MEMBER) == {}
    with bot.ctx.readings.begin() as session:
        institution = storage.partners.by_code(session, "COREE")
        assert isinstance(institution, Institution)
        assert newest(bot).institution_id == institution.id
    assert changes(bot, "institutions")[-1][1]["code"] == "COREE"


@pytest.mark.parametrize(
    ("answers", "field", "told"),
    [
        ({"group": None}, "group", "of which group"),
        ({"institution": None}, "institution", "choose the institution"),
        ({"office": "lead"}, "group", "not over one group"),
        ({"new_code": "X1", "new_name": "Y"}, "new_code", "not both"),
        ({"institution": None, "new_code": "CANADA", "new_name": "Canada"}, "new_code", "exists already"),
        ({"institution": None, "new_code": "C!"}, "new_code", "2 to 20 letters"),
        ({"institution": None, "new_code": "KOICA"}, "new_name", "name of the new institution"),
        ({"ends": "2027-02-28"}, "ends", "begins on Monday 1 March 2027"),
        ({"holder": MEMBER, "alternate": MEMBER}, "alternate", "somebody else"),
        ({"holder": GUEST}, "holder", "not a full member"),
        ({"alternate": "UBADABJ001"}, "alternate", "not a full member"),
        ({"group": "EDU – Education and vocational training"}, "starts", "there is already: Coordinator – EDU"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_kept(
    bot: Bot, listed: Callable[..., Opened], answers: dict[str, str | None], field: str, told: str
) -> None:
    before = count(bot)
    errors = add(listed(), **({"group": URBAN, "institution": "JAPON – Japan (JICA)"} | answers))
    assert told in errors[field]
    assert count(bot) == before


def test_a_bot_carries_no_mandate(bot: Bot, listed: Callable[..., Opened]) -> None:
    errors = add(listed(), group=URBAN, institution="JAPON – Japan (JICA)", holder=bot.standin.workspace.bot.id)
    assert "not a full member" in errors["holder"]


def test_a_mandate_ends_on_the_day_given_and_another_follows(bot: Bot, listed: Callable[..., Opened]) -> None:
    pool, message = listed("fr")
    label = next(
        option["text"]["text"]
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == "mandate_edit"
        for option in element["options"]
        if option["text"]["text"].startswith("Coordinateur – ENE") or " – ENE – " in option["text"]["text"]
    )
    pool.choose(message, "mandate_edit", label)
    assert pool.submit(ends="2027-03-01").ok
    assert changes(bot, "mandates")[-1] == ({"ends": None}, {"ends": "2027-03-01"})
    assert "au lundi 1er mars 2027" in pool.ephemerals[-1].text
    assert leads(bot, "UENELEAD01") == frozenset()
    following = {"group": "ENE – Énergie", "institution": "JAPON – Japon (JICA)", "holder": MEMBER}
    assert add(listed("fr"), starts="2027-03-02", **following) == {}
    assert leads(bot, MEMBER) == {newest(bot).group_id}


def test_a_form_delivered_twice_makes_one_mandate(bot: Bot, listed: Callable[..., Opened]) -> None:
    before = count(bot)
    pool, message = listed()
    pool.click(message, "mandate_add")
    bot.standin.twice = True
    answers = {"office": "coordinator", "group": URBAN, "institution": "JAPON – Japan (JICA)", "holder": MEMBER}
    assert pool.submit(answers).ok
    assert count(bot) == before + 1


def test_others_carry_a_mandate_from_a_day_on_or_had_always_carried_it(bot: Bot, listed: Callable[..., Opened]) -> None:
    def edit(**answers: str | None) -> dict[str, str]:
        pool, message = listed("en")
        pool.choose(message, "mandate_edit", str(held(bot, "2027-03-03").id))
        return dict(pool.submit(**answers).errors)

    assert "nobody carries it after" in edit(holder=MEMBER, handed="2027-09-01")["handed"]
    assert edit(holder=MEMBER, handed="2027-03-03") == {}
    first, then = held(bot, "2027-03-02"), held(bot, "2027-03-03")
    assert (first.ends, then.starts, then.ends) == (date(2027, 3, 2), date(2027, 3, 3), date(2027, 8, 31))
    assert first.holder_id != then.holder_id
    assert edit(holder=HEALTH, handed=None) == {}
    again = held(bot, "2027-03-03")
    assert (again.id, again.starts) == (then.id, date(2027, 3, 3))
    assert again.holder_id not in (first.holder_id, then.holder_id)
    bot.deliver()
    assert [message.text for message in bot.told(MEMBER) if "*Coordinator of EDU*" in message.text]


def held(bot: Bot, day: str) -> Mandate:
    """Who coordinates education on that day."""
    with bot.ctx.readings.begin() as session:
        group = storage.groups.by_code(session, "EDU")
        assert group is not None
        found = storage.mandates.held_on(session, Office.COORDINATOR, group.id, date.fromisoformat(day))
        assert found is not None
        return found
