"""Dates as people write them: right or refused, in both languages; the date understood is shown back."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import dates
from handlers.dates import refusals
from handlers.language import LANGUAGES, Message, Speaker
from storage import periods

WEDNESDAY = date(2027, 3, 3)
SPEAKERS = {language: Speaker(language, ZoneInfo("Africa/Bamako")) for language in LANGUAGES}

UNDERSTOOD = {
    "2027-06-30": """30/06|30/6|30-06|30.06.|30/06/2027|30 / 06 / 2027|30.06.27|2027-06-30|2027/06/30|30 juin|June 30
        |30th of June 2027|June 30, 2027|June 30th|le 30 juin 2027|30 JUIN 2027.|30 juin 27|mercredi 30 juin
        |Wednesday, 30 June 2027|30 juin prochain|fin juin|end of June|end-June|fin T2|fin du 2e trimestre|end of Q2
        |avant le 30 juin|au plus tard le 30 juin|30 juin au plus tard|by 30 June|no later than 30 June|mid-2027
        |mi-année|mi 2027|dernier jour de juin|last day of June|d’ici fin juin|trente juin|fin S1
        |2e quinzaine de juin""",
    "2028-03-01": "1er mars|1 mars|premier mars|1st March|first of March|01/03",
    "2027-03-03": "aujourd’hui|aujourd'hui|today|ce jour|mercredi|ce mercredi|Wednesday|this Wednesday|3 mars|03/03",
    "2027-03-04": "demain|DEMAIN !|tomorrow|in one day|le 4",
    "2027-03-05": """vendredi|ce vendredi|vendredi prochain|Friday|this Friday|next Friday|on Friday|by Friday
        |après-demain|apres demain|the day after tomorrow|vendredi de cette semaine|fin de semaine|end of the week
        |vendredi 5|vendredi qui vient|dans deux jours|d'ici à 2 jours""",
    "2027-03-10": """mercredi prochain|next Wednesday|mercredi en huit|Wednesday week|dans une semaine|in a week
        |a week from now|one week|mercredi de la semaine prochaine|Wednesday next week|dans sept jours|in seven days""",
    "2027-03-11": "sous huitaine|d’ici une huitaine",
    "2027-03-12": """vendredi en huit|Friday week|a week on Friday|vendredi 12|fin de la semaine prochaine
        |end of next week|vendredi de la semaine prochaine""",
    "2027-03-13": "d'ici 10 jours|d’ici dix jours|sous 10 jours|within ten days|10 jours|in  10   days",
    "2027-03-17": "dans deux semaines|in two weeks|d’ici deux semaines|a fortnight|in 14 days",
    "2027-03-18": "sous quinzaine|dans une quinzaine de jours|dans quinze jours|in fifteen days",
    "2027-03-19": "vendredi en quinze|Friday fortnight",
    "2027-03-24": "dans vingt et un jours|in twenty-one days|dans trois semaines",
    "2027-03-15": """le 15|the 15th|le 15 de ce mois|le 15 du mois|15 du mois|15th of the month|d'ici le 15|mi-mars
        |mid-March|première quinzaine de mars|first half of March""",
    "2027-03-30": "le 30|the 30th",
    "2027-03-31": """d’ici la fin du mois|fin du mois|fin de mois|end of the month|month-end|fin mars|end of March|le 31
        |fin T1|fin de ce trimestre|avant la fin du mois|by the end of March|fin du mois de mars|fin mars 2027""",
    "2027-04-30": "end-April|End of April|fin avril|fin du mois prochain|end of next month",
    "2027-04-10": "début avril|early April|debut avril 2027|beginning of April",
    "2027-04-15": "le 15 du mois prochain|15th of next month|15 avril",
    "2027-05-03": "dans deux mois|in two months",
    "2027-05-15": "avant le 15 mai|by 15 May|au plus tard le 15 mai|no later than 15 May|before 15 May|mi-mai|mid May",
    "2027-12-15": "mi-décembre|mi decembre|mid-December|middle of December|15 déc.",
    "2027-12-31": "fin d'année|fin d’année|end of the year|year-end|fin 2027|end of this year|fin T4",
    "2028-12-31": "fin de l'année prochaine|end of next year",
    "2028-06-03": "dans 15 mois|in 15 months|quinze mois",
    "2028-03-03": "dans un an|in a year",
    "2027-09-30": "30 sept|30 sept.|fin sept|end-Sep",
    "2027-10-27": "Oct 27",
    "2027-03": "mars|March|in March|en mars|courant mars|mars 2027|March 2027|2027-03|03/2027|ce mois-ci|this month",
    "2027-04": "le mois prochain|next month|avril|dans le courant du mois d'avril",
    "2028-03": "mars prochain|next March|mars de l’année prochaine|March next year",
    "2027-Q1": "ce trimestre|this quarter|T1|Q1|trimestre en cours|premier trimestre|1er trimestre",
    "2027-Q2": """T2 2027|Q2|Q2 2027|q2 2027|2e trimestre|2ème trimestre 2027|deuxième trimestre 2027|second quarter
        |le trimestre prochain|next quarter|T2-2027|2027-Q2|Q2'27|trimestre 2|in Q2|d'ici le T2""",
    "2027-H1": "S1 2027|S1|premier semestre|first half of 2027|1er semestre 2027|H1 2027|2027-H1|ce semestre",
    "2027-H2": "S2|second half of 2027|2e semestre|deuxième semestre|semestre prochain",
    "2027": "2027|en 2027|in 2027|cette année|this year|courant 2027|année 2027",
    "2028": "2028|l’année prochaine|next year|l'an prochain",
    "2030": "d'ici 2030|by 2030",
    "2027-W09": "cette semaine|this week|semaine 9|semaine du 1er mars|semaine du 3 mars",
    "2027-W10": """la semaine prochaine|next week|semaine du 8 mars|week of 8 March|semaine du lundi 8 mars
        |la semaine du 8|week of the 8th|week of 8|w/c 8 March""",
    "2027-W12": "semaine 12|S12|W12|week 12|2027-W12|semaine 12 de 2027|S12 2027",
    "2026-W53": "semaine 53 de 2026|week 53 of 2026",
    "continuous": "continu|en continu|Continu.|permanent|permanente|ongoing|on-going|On-going|continuous|en permanence",
}
NONE = ("aucune", "Aucune échéance", "none", "sans échéance", "no deadline", "-", "–", "n/a", "N/A", "néant")

REFUSED = {
    refusals.EMPTY: "|   |\n",
    refusals.NO_DATE: """dès que possible|des que possible|as soon as possible|ASAP|asap|bientôt|soon|plus tard|urgent
        |le plus tôt possible|à définir|tbd""",
    refusals.RECURRING: "chaque réunion|each meeting|Each GDCC|every Friday|tous les mois|mensuel|quarterly",
    refusals.NO_SUCH_DAY: "31 février|29/02/2027|45 mars|31/02|30 février 2028|31 April|0 mars|le 32|February 30",
    refusals.NO_SUCH_MONTH: "06/30|06/30/2027|0/0/2027|13/2027|2027-13",
    refusals.NO_SUCH_WEEK: "semaine 54|semaine 0|semaine 53 de 2027|week 53 of 2027",
    refusals.CONTRADICTION: """lundi 5 mars|Monday 5 March|vendredi 13|lundi 05/03/2027
        |semaine 9 de 2027 (du 2 mars au 7 mars)""",
    refusals.AMBIGUOUS: "03/04/05|mars 27|juin 30|mar|mar 30|S01",
    refusals.BEFORE_WHAT: "avant mars|before March|avant 2030|avant T2 2027",
    refusals.SEVERAL: "End-April; End-May; Q3|mars ou avril|juin/juillet|Q3/Q4|30 juin et 31 juillet",
    refusals.TOO_FAR: "dans 900 ans|900 years ago",
    refusals.UNKNOWN: """blabla|du 3 au 5 mars|2019-2022|après le 15 mai|1 mars 2027 à 16h|vers le 15 mai|week-end
        |30 juin sauf GEC|9999 jours|30 июня|3月|16:00|🎉|début 2027|30|mi-trimestre|2300|le|avant|T5
        |dix-sept|last day|dans 10 jours ouvrables""",
    refusals.TOO_LONG: "30 juin " * 50,
}


def spread(table: dict[str, str]) -> list[tuple[str, str]]:
    """Every text with what it means."""
    return [(text.strip(), meaning) for meaning, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "key"), spread(UNDERSTOOD))
def test_a_date_is_understood_as_people_mean_it(text: str, key: str) -> None:
    found = dates.deadline(text, WEDNESDAY)
    assert found.key == key
    assert found.due == (None if key == periods.CONTINUOUS else periods.parse(key).last)


@pytest.mark.parametrize("text", NONE)
def test_no_deadline_can_be_said(text: str) -> None:
    assert dates.deadline(text, WEDNESDAY) == dates.Deadline(None, None)


@pytest.mark.parametrize(
    ("text", "sentence"), [(text, sentence) for sentence, texts in REFUSED.items() for text in texts.split("|")]
)
def test_what_is_not_a_date_is_refused_with_its_reason_in_both_languages(text: str, sentence: Message) -> None:
    with pytest.raises(dates.NotADate) as refused:
        dates.deadline(text.strip(), WEDNESDAY)
    assert refused.value.sentence == sentence
    told = [speaker.say(refused.value.sentence, **refused.value.values) for speaker in SPEAKERS.values()]
    assert told[0] != told[1]
    assert "{" not in "".join(told)


def test_a_contradiction_tells_both_the_words_and_the_calendar() -> None:
    with pytest.raises(dates.NotADate) as refused:
        dates.deadline("lundi 5 mars", WEDNESDAY)
    told = SPEAKERS["fr"].say(refused.value.sentence, **refused.value.values)
    assert told == "« lundi 5 mars » se contredit. Le calendrier dit : vendredi 5 mars 2027."


def test_a_day_that_does_not_exist_is_told_with_the_length_of_its_month() -> None:
    with pytest.raises(dates.NotADate) as refused:
        dates.deadline("29/02/2027", WEDNESDAY)
    told = SPEAKERS["fr"].say(refused.value.sentence, **refused.value.values)
    assert told == "« 29/02/2027 » n’existe pas : février 2027 n’a que 28 jours."


@pytest.mark.parametrize(
    ("text", "today", "key"),
    [
        ("vendredi", date(2027, 3, 5), "2027-03-05"),
        ("vendredi prochain", date(2027, 3, 5), "2027-03-12"),
        ("next Friday", date(2027, 3, 5), "2027-03-12"),
        ("vendredi en huit", date(2027, 3, 5), "2027-03-12"),
        ("vendredi prochain", date(2027, 3, 6), "2027-03-12"),
        ("fin mars", date(2027, 3, 31), "2027-03-31"),
        ("fin mars", date(2027, 4, 1), "2028-03-31"),
        ("mi-mars", date(2027, 3, 16), "2028-03-15"),
        ("mars", date(2027, 3, 31), "2027-03"),
        ("mars", date(2027, 4, 1), "2028-03"),
        ("T1", date(2027, 4, 1), "2028-Q1"),
        ("31/12", date(2027, 12, 31), "2027-12-31"),
        ("1er janvier", date(2027, 12, 31), "2028-01-01"),
        ("semaine du 28 décembre", date(2027, 1, 2), "2026-W53"),
        ("semaine 1", date(2026, 12, 31), "2027-W01"),
        ("semaine 53", date(2026, 12, 1), "2026-W53"),
        ("29 février", date(2027, 3, 1), "2028-02-29"),
        ("dans un mois", date(2027, 1, 31), "2027-02-28"),
        ("le 5", date(2027, 12, 31), "2028-01-05"),
        ("le mois prochain", date(2027, 12, 31), "2028-01"),
        ("fin de semaine", date(2027, 1, 1), "2027-01-01"),
    ],
)
def test_what_is_left_out_is_the_next_to_come_today_included(text: str, today: date, key: str) -> None:
    found = dates.deadline(text, today)
    assert (found.key, found.past) == (key, False)


def test_a_29_february_that_is_not_the_coming_one_is_refused() -> None:
    with pytest.raises(dates.NotADate):
        dates.deadline("29 février", date(2027, 1, 5))


PAST = (
    "hier|yesterday|avant-hier|the day before yesterday|lundi dernier|last Monday|2026|T4 2026|30/06/2026|"
    "il y a trois jours|3 days ago|la semaine dernière|last month|mars dernier"
)


@pytest.mark.parametrize("text", PAST.split("|"))
def test_a_deadline_in_the_past_is_understood_and_marked(text: str) -> None:
    assert dates.deadline(text, WEDNESDAY).past


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hier", date(2027, 3, 2)),
        ("yesterday", date(2027, 3, 2)),
        ("avant-hier", date(2027, 3, 1)),
        ("aujourd’hui", WEDNESDAY),
        ("12 février", date(2027, 2, 12)),
        ("February 12", date(2027, 2, 12)),
        ("12/02", date(2027, 2, 12)),
        ("10 mars", date(2027, 3, 10)),
        ("15 décembre", date(2026, 12, 15)),
        ("lundi dernier", date(2027, 3, 1)),
        ("mercredi dernier", date(2027, 2, 24)),
        ("vendredi", date(2027, 2, 26)),
        ("Friday", date(2027, 2, 26)),
        ("mercredi", WEDNESDAY),
        ("vendredi prochain", date(2027, 3, 5)),
        ("vendredi 26", date(2027, 2, 26)),
        ("le 26", date(2027, 2, 26)),
        ("2 avril 2014", date(2014, 4, 2)),
        ("12 février dernier", date(2027, 2, 12)),
        ("il y a deux semaines", date(2027, 2, 17)),
    ],
)
def test_a_meeting_day_may_lie_in_the_past(text: str, expected: date) -> None:
    assert dates.day(text, WEDNESDAY) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", refusals.EMPTY_DAY),
        ("mars 2027", refusals.NOT_ONE_DAY),
        ("T2", refusals.NOT_ONE_DAY),
        ("fin mars", refusals.NOT_ONE_DAY),
        ("continu", refusals.NOT_ONE_DAY),
        ("aucune", refusals.NOT_ONE_DAY),
        ("-", refusals.NOT_ONE_DAY),
        ("blabla", refusals.NOT_ONE_DAY),
        ("31 février", refusals.NO_SUCH_DAY),
        ("lundi 2 mars", refusals.CONTRADICTION),
    ],
)
def test_a_meeting_day_must_be_one_single_day(text: str, sentence: Message) -> None:
    with pytest.raises(dates.NotADate) as refused:
        dates.day(text, WEDNESDAY)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("text", "french", "english"),
    [
        ("vendredi prochain", "vendredi 5 mars 2027", "Friday 5 March 2027"),
        ("1er mars", "mercredi 1er mars 2028", "Wednesday 1 March 2028"),
        (
            "T2",
            "2e trimestre 2027, soit au plus tard le mercredi 30 juin 2027",
            "second quarter of 2027, so by Wednesday 30 June 2027",
        ),
        ("ongoing", "en continu", "ongoing"),
        ("none", "sans échéance", "no deadline"),
    ],
)
def test_the_date_understood_is_shown_back_in_words(text: str, french: str, english: str) -> None:
    found = dates.deadline(text, WEDNESDAY)
    assert dates.in_words(found, SPEAKERS["fr"]) == french
    assert dates.in_words(found, SPEAKERS["en"]) == english


SOME_DAY = st.dates(date(2000, 1, 1), date(2150, 12, 31))
KINDS = st.sampled_from([periods.DAY, periods.WEEK, periods.MONTH, periods.QUARTER, periods.HALF, periods.YEAR])


@given(SOME_DAY, SOME_DAY, KINDS, st.sampled_from(LANGUAGES))
def test_what_the_bot_writes_it_understands(day: date, today: date, kind: str, language: str) -> None:
    period = periods.containing(kind, day)
    found = dates.deadline(SPEAKERS[language].period(period), today)
    assert (found.key, found.due, found.past) == (period.key, period.last, period.last < today)
    assert dates.deadline(period.key, today) == found


@given(SOME_DAY, SOME_DAY, st.sampled_from(LANGUAGES))
def test_a_day_with_its_weekday_is_understood_again(day: date, today: date, language: str) -> None:
    speaker = SPEAKERS[language]
    assert dates.day(speaker.weekday(day), today) == dates.day(speaker.day(day), today) == day


@given(SOME_DAY, st.integers(0, 6))
def test_next_weekday_is_after_today_and_within_a_week_in_both_languages(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    french, english = (SPEAKERS[language].weekday(day).split()[0] for language in ("fr", "en"))
    expected = day if ahead else today + timedelta(weeks=1)
    assert dates.deadline(f"{french} prochain", today).due == expected
    assert dates.deadline(f"next {english}", today).due == expected
    assert dates.deadline(french, today).due == dates.deadline(f"this {english}", today).due == day


PIECES = (
    "le du fin mi début end of mid avant dans in d'ici 2 31 30/02 1er premier deux quinze mars may juin sept vendredi "
    "friday prochain next last week semaine mois trimestre T2 S1 S12 2027 00 0 99 huit en an a il y ago"
)
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=6).map(" ".join)


@given(st.one_of(st.text(), WORDS, st.text("0123456789/.-w qt", max_size=12)), SOME_DAY)
def test_any_text_is_understood_or_refused_never_anything_else(text: str, today: date) -> None:
    for read in (dates.deadline, dates.day):
        with contextlib.suppress(dates.NotADate):
            assert read(text, today) is not None
