"""Groups and bodies entered and changed by the pool: codes that hold, a tree without circles, nothing deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

import storage.groups
from handlers import mandates
from storage.groups import Group, State
from tests.conversation import Bot
from tests.handlers.configuration.conftest import Opened, changes


def kept(bot: Bot, code: str) -> Group | None:
    """The group of that code."""
    with bot.ctx.readings.begin() as session:
        return storage.groups.by_code(session, code)


def change(opened: Opened, label: str, **answers: str | None) -> dict[str, str]:
    """Change a group chosen in the menu; the errors at its fields."""
    pool, message = opened
    pool.choose(message, "config_group", label)
    return dict(pool.submit(**answers).errors)


def add(opened: Opened, **answers: str) -> dict[str, str]:
    """Add a group; the errors at its fields."""
    pool, message = opened
    pool.click(message, "config_group_add")
    return dict(pool.submit(**answers).errors)


def test_a_group_is_added_and_its_code_is_kept_in_capitals(bot: Bot, settings: Callable[..., Opened]) -> None:
    opened = settings()
    assert add(opened, code="sécu", name_fr="Sécurité alimentaire", name_en="Food security", rhythm="monthly") == {}
    found = kept(bot, "SECU")
    assert found is not None
    assert (found.name_en, found.rhythm, found.state) == ("Food security", "monthly", State.ACTIVE)
    assert "✅ Saved: SECU, Food security." in opened[0].ephemerals[-1].text
    assert "*Groups and bodies*: 29" in opened[0].ephemerals[-1].text
    assert changes(bot, "groups")[-1][1]["code"] == "SECU"


@pytest.mark.parametrize(
    ("answers", "field", "told"),
    [
        ({"code": "E"}, "code", "2 to 10 letters"),
        ({"code": "TROP-LONG-CODE"}, "code", "2 to 10 letters"),
        ({"code": "A B"}, "code", "2 to 10 letters"),
        ({"code": "=SUM"}, "code", "2 to 10 letters"),
        ({"code": "edu"}, "code", "EDU is the code of"),
        ({"code": "NEW", "name_fr": ""}, "name_fr", "at least one language"),
        ({"code": "NEW", "kind": "subgroup"}, "parent", "to which group"),
        ({"code": "NEW", "kind": "body", "parent": "EDU – Education and vocational training"}, "parent", "no group"),
    ],
)
def test_bad_input_is_told_at_its_field(
    bot: Bot, settings: Callable[..., Opened], answers: dict[str, str], field: str, told: str
) -> None:
    errors = add(settings(), **({"name_fr": "Nom"} | answers))
    assert told in errors[field]
    assert kept(bot, "NEW") is None


def test_a_group_goes_dormant_and_its_history_says_so(bot: Bot, settings: Callable[..., Opened]) -> None:
    assert (
        change(settings("fr"), "EAU – Eau et assainissement", state="dormant", periodicity="tous les deux mois") == {}
    )
    found = kept(bot, "EAU")
    assert found is not None
    assert found.state == State.DORMANT
    assert changes(bot, "groups")[-1] == (
        {"state": "active", "periodicity": ""},
        {"state": "dormant", "periodicity": "tous les deux mois"},
    )


def test_a_body_whose_decisions_are_numbered_keeps_its_code(bot: Bot, settings: Callable[..., Opened]) -> None:
    errors = change(settings(), "GEC – Executive Cooperation Group", code="GEX")
    assert "it keeps its code" in errors["code"]
    assert kept(bot, "GEC") is not None


def test_no_group_stands_below_itself(bot: Bot, settings: Callable[..., Opened]) -> None:
    errors = change(
        settings(), "EDU – Education and vocational training", parent="FPT – Vocational and technical training"
    )
    assert "stands below this group already" in errors["parent"]


def test_a_change_since_the_form_opened_is_not_overwritten(bot: Bot, settings: Callable[..., Opened]) -> None:
    pool, message = settings()
    pool.choose(message, "config_group", "ENE – Energy")
    with bot.ctx.sessions.begin() as session:
        group = storage.groups.by_code(session, "ENE")
        assert group is not None
        group.note = "changed"
    pool.submit(state="closed")
    assert "Somebody changed this" in str(pool.view.blocks if pool.view else "")
    found = kept(bot, "ENE")
    assert found is not None
    assert found.state == State.ACTIVE


def test_a_merger_counts_from_its_day_and_what_was_said_before_is_still_found(
    bot: Bot, settings: Callable[..., Opened]
) -> None:
    water = "EAU – Water and sanitation"
    assert "into which group" in change(settings(), water, state="merged")["successor"]
    itself = change(settings(), water, state="closed", from_day="1999-01-01")
    assert "The group is there since" in itself["from_day"]
    opened, merger = settings(), {"state": "merged", "from_day": "2027-03-12", "successor": "INF – Infrastructure"}
    assert change(opened, water, **merger) == {}
    assert "What it is changes on Friday 12 March 2027" in opened[0].ephemerals[-1].text
    before, after = changes(bot, "groups")[-1]
    assert (before["state"], after["state"], after["from_day"]) == ("active", "merged", "2027-03-12")
    found = kept(bot, "EAU")
    assert found is not None
    assert found.state == State.ACTIVE
    bot.at(datetime(2027, 3, 12, 0, 1, tzinfo=UTC))
    with bot.ctx.sessions.begin() as session:
        mandates.keep_in_step(session, bot.ctx, bot.ctx.now())
    assert "12 March 2027: Merged, Thematic group; goes on in INF" in opened[0].command("/ptf groups EAU").text
    assert "Carries on what was EAU" in opened[0].command("/ptf groups INF").text
    assert "Water and sanitation (EAU)" in opened[0].command("/ptf updates 2027-W09").text
    assert "(EAU)" not in opened[0].command("/ptf updates").text


def test_a_sub_group_that_is_raised_stays_the_same_group(bot: Bot, settings: Callable[..., Opened]) -> None:
    before = kept(bot, "GFP")
    assert before is not None
    assert before.parent_id is not None
    opened = settings()
    assert change(opened, "GFP – Public financial management", kind="thematic", from_day="2027-01-01") == {}
    after = kept(bot, "GFP")
    assert after is not None
    assert (after.id, after.kind, after.parent_id) == (before.id, "thematic", None)
    assert "1 January 2027: Active, Thematic group" in opened[0].command("/ptf groups GFP").text
