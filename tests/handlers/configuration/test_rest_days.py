"""Rest days in the settings: a feast moved, confirmed, taken away, put back; days added; an institution's country."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from bot.rehearsal.model import Message
from bot.rehearsal.person import Person
from handlers import feasts
from handlers.calendar_of import working_times
from storage import people
from tests.conversation import EDUCATION, HEALTH, Bot
from tests.handlers.configuration.conftest import Opened, changes


@pytest.fixture(autouse=True, scope="module")
def reckoned() -> None:
    """The first look at a calendar takes long on a busy machine, and Slack waits three seconds."""
    feasts.of_year("ML", 2027)


TABASKI = "Sunday 16 May 2027: Eid al-Adha"


def working(bot: Bot, who: str, day: date) -> bool:
    """Whether that person works on that day."""
    with bot.ctx.readings.begin() as session:
        person = session.scalars(select(people.Person).where(people.Person.slack_id == who)).one()
        return working_times(session, bot.ctx, [person], day, day)[person.id].is_working(day)


def listed(opened: Opened) -> tuple[Person, Message]:
    """The list of rest days, opened from the settings."""
    pool, message = opened
    pool.click(message, "config_rest")
    return pool, pool.ephemerals[-1]


def change(pool: Person, called: str, **answers: str) -> str:
    """Change the day so called in the list before them; the list as it is then told."""
    pool.choose(pool.ephemerals[-1], "config_rest_day", called)
    assert pool.submit(**answers).ok
    return pool.ephemerals[-1].text


def test_a_feast_of_the_moon_is_moved_taken_away_put_back_and_confirmed(
    bot: Bot, settings: Callable[..., Opened]
) -> None:
    pool, message = listed(settings())
    assert f"• {TABASKI} _(estimated: the moon decides)_" in message.text
    assert "• Wednesday 22 September 2027: National Day of the Republic of Mali\n" in message.text
    told = change(pool, TABASKI, rest="on", day="2027-05-17")
    assert "Monday 17 May 2027: Eid al-Adha _(moved; the calendar says Sunday 16 May 2027)_" in told
    assert not working(bot, EDUCATION, date(2027, 5, 17))
    told = change(pool, "Monday 17 May 2027: Eid al-Adha", rest="off")
    assert f"~{TABASKI}~ _(no rest day)_" in told
    assert working(bot, EDUCATION, date(2027, 5, 17))
    told = change(pool, TABASKI, rest="on", day="2027-05-16")
    assert f"• {TABASKI}\n" in told
    told = change(pool, TABASKI, rest="calendar")
    assert f"• {TABASKI} _(estimated: the moon decides)_" in told
    assert [sorted(after) for _, after in changes(bot, "rest_days")][1:] == [["day"], ["day"], ["withdrawn_at"]]
    pool.choose(pool.ephemerals[-1], "config_rest_day", TABASKI)
    assert "more than a month away" in pool.submit(rest="on", day="2028-05-17").errors["day"]


def test_days_are_added_for_everybody_or_one_institution_which_may_have_its_own_country(
    bot: Bot, settings: Callable[..., Opened]
) -> None:
    pool, message = listed(settings())
    pool.click(message, "config_rest_add")
    assert "already: Labor Day" in pool.submit(day="2027-05-01", name="Élections <!channel>").errors["day"]
    assert "past" in pool.submit(day="2027-03-02", name="Élections <!channel>").errors["day"]
    assert pool.submit(day="2027-06-07", name="Élections <!channel>").ok
    assert "Monday 7 June 2027: Élections &lt;!channel&gt; _(added)_" in pool.ephemerals[-1].text
    assert not working(bot, HEALTH, date(2027, 6, 7))
    pool.choose(pool.ephemerals[-1], "config_rest_whose", "CANADA – Canada")
    assert "no country’s public holidays" in pool.ephemerals[-1].text
    pool.click(pool.ephemerals[-1], "config_rest_country")
    assert pool.submit(country="Canada").ok
    assert "Thursday 1 July 2027: Canada Day" in pool.ephemerals[-1].text
    assert (working(bot, EDUCATION, date(2027, 7, 1)), working(bot, HEALTH, date(2027, 7, 1))) == (False, True)
    assert changes(bot, "institutions")[-1] == ({"calendar": None}, {"calendar": "CA"})


def test_in_french_too(bot: Bot, settings: Callable[..., Opened]) -> None:
    _, message = listed(settings("fr"))
    assert "dimanche 16 mai 2027\u00a0: Journée de la Tabaski _(estimé\u00a0: la lune en décide)_" in message.text
