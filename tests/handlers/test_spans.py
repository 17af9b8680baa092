"""Days from one to another as people write them, in both languages; asked on Wednesday 3 March 2027."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dates import refusals, spans
from handlers.dates.refusals import NotADate
from handlers.language import Message

WEDNESDAY = date(2027, 3, 3)
WORDS = ["du", "au", "12", "30", "31", "août", "mars", "for", "two", "weeks", "to", "-", "/", "until"]
UNDERSTOOD = {
    ("2027-08-12", "2027-08-30"): """du 12 au 30 août|12/08 - 30/08|12/08-30/08|12–30 August|12-30 août|12 to 30 August
        |from 12 August to 30 August|from 12 to 30 August 2027|du 12/08/2027 au 30/08/2027|August 12 to 30
        |August 12 – August 30|du jeudi 12 au lundi 30 août|Du 12 au 30 AOÛT inclus|entre le 12 et le 30 août
        |between 12 and 30 August|12 to August 30|à partir du 12 août jusqu’au 30|du 12/08 au 30|12 août → 30 août
        |from the 12th to the 30th of August|du 12.08. au 30.08.|2027-08-12 - 2027-08-30|du 12 août pour 19 jours
        |from 12 August for nineteen days""",
    ("2027-03-03", "2027-03-05"): """until Friday|jusqu’à vendredi|jusqu'au 5 mars|d'aujourd'hui à vendredi|to 5 March
        |from today until Friday|trois jours|for three days|pour 3 jours|pendant trois jours|du 1er au 5 mars
        |from 1 to 5 March|depuis le 1er mars jusqu’au 5 mars|till Friday|from 20 February to 5 March""",
    ("2027-03-05", "2027-03-05"): "vendredi|Friday|on Friday|le 5|5 mars|05/03|ce vendredi",
    (
        "2027-03-04",
        "2027-03-05",
    ): "de demain à vendredi|from tomorrow to Friday|tomorrow for two days|demain et vendredi",
    ("2027-03-03", "2027-03-03"): "today|aujourd’hui|mercredi|3 mars",
    ("2027-03-12", "2027-03-20"): "du 12 au 20|from the 12th to the 20th|12 - 20 mars",
    ("2027-03-08", "2027-03-10"): "from Monday to Wednesday|de lundi à mercredi|du lundi 8 au mercredi 10",
    ("2027-03-08", "2027-03-14"): "la semaine prochaine|next week|pendant la semaine prochaine|all next week",
    ("2027-03-03", "2027-03-07"): "toute la semaine|this week|cette semaine",
    ("2027-03-03", "2027-03-16"): "deux semaines|for two weeks|pour deux semaines|pendant 14 jours",
    ("2027-08-01", "2027-08-31"): "en août|in August|au mois d’août|août 2027|tout le mois d’août",
    ("2027-12-28", "2028-01-03"): "du 28 décembre au 3 janvier|28/12 - 03/01|from 28 December to 3 January",
    ("2028-08-12", "2028-08-30"): "du 12 août au 30 août 2028|from 12 to 30 August 2028|12/08 - 30/08/2028",
    ("2027-03-03", "2027-03-31"): "until the end of March|jusqu’à fin mars|until 31/03|jusqu’à la fin du mois",
    ("2027-04-01", "2027-06-30"): "d’avril à juin|from April to June",
    ("2027-03-10", "2027-03-12"): "de mercredi prochain à vendredi|from next Wednesday until Friday",
    ("2028-02-28", "2028-02-29"): "du 28 au 29 février 2028",
    ("2027-08-12", "2027-08-31"): "du 12 août à fin août|from 12 August until the end of August",
}
REFUSED = {
    refusals.OVER: "hier|yesterday|1er mars|du 1er au 2 mars|from 20 to 28 February|lundi dernier|2 mars 2027",
    refusals.BACKWARDS: "du 30 août 2027 au 12 août 2027|from 12/08/2027 to 01/08/2027",
    refusals.BEFORE_WHAT: "until April|jusqu’en avril|until next week|du 12 août à septembre",
    refusals.TOO_MANY_DAYS: "du 12 août 2027 au 30 août 2028|for 13 months",
    refusals.NOT_DAYS: "bientôt|I am sick|du 12|from Monday to never|congé|12 août et puis on verra|pour voir",
    refusals.NO_SUCH_DAY: "du 12 au 31 juin|from 30 to 31 February",
    refusals.CONTRADICTION: "du vendredi 12 au lundi 30 août",
    refusals.NO_DAYS: " |…|-",
}


def each(table: dict[tuple[str, str], str]) -> list[tuple[str, str, str]]:
    """Every way of saying it with what it means."""
    return [(said.strip(), *meant) for meant, texts in table.items() for said in texts.split("|")]


@pytest.mark.parametrize(("said", "first", "last"), each(UNDERSTOOD))
def test_days_are_understood(said: str, first: str, last: str) -> None:
    found = spans.read(said, WEDNESDAY)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("said", "reason"), [(text, reason) for reason, texts in REFUSED.items() for text in texts.split("|")]
)
def test_what_is_over_or_unclear_is_refused_with_the_reason(said: str, reason: Message) -> None:
    with pytest.raises(NotADate) as refusal:
        spans.read(said, WEDNESDAY)
    assert refusal.value.sentence == reason


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("back", "2027-03-03"),
        ("de retour", "2027-03-03"),
        ("I’m back!", "2027-03-03"),
        ("Je suis de retour aujourd’hui", "2027-03-03"),
        ("back on Monday", "2027-03-08"),
        ("de retour lundi", "2027-03-08"),
        ("retour le 30 août", "2027-08-30"),
        ("until Friday", None),
    ],
)
def test_coming_back_is_understood(said: str, day: str | None) -> None:
    found = spans.back(said, WEDNESDAY)
    assert (found.isoformat() if found else None) == day


@given(st.text(max_size=40) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_anything_is_understood_or_refused(said: str) -> None:
    try:
        found = spans.read(said, WEDNESDAY)
        spans.back(said, WEDNESDAY)
    except NotADate:
        return
    assert WEDNESDAY <= found.first <= found.last
