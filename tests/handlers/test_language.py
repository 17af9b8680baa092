"""The speaker: sentences, plurals, dates, numbers, lists and zones in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po

from handlers import language
from handlers.language import LOCALES, Speaker, catalogue, message, plural
from storage import periods

BAMAKO = ZoneInfo("Africa/Bamako")
FRENCH, ENGLISH = Speaker("fr", BAMAKO), Speaker("en", BAMAKO)
FIRST, FIFTH = date(2027, 3, 1), date(2027, 3, 5)
FOUR_PM = datetime(2027, 3, 5, 16, 0, tzinfo=UTC)


def test_a_sentence_is_said_in_the_readers_language() -> None:
    assert FRENCH.say(language.NO_DEADLINE) == "sans échéance"
    assert ENGLISH.say(language.NO_DEADLINE) == "no deadline"


def test_a_sentence_without_french_is_said_in_english_rather_than_not_at_all() -> None:
    unknown = message("Never {name} in any catalogue")  # a sentence of this test only
    assert FRENCH.say(unknown, name="seen") == "Never seen in any catalogue"


def test_a_missing_value_is_an_error_and_braces_in_a_value_are_not() -> None:
    with pytest.raises(KeyError):
        ENGLISH.say(language.QUARTER_WORDS[0])
    assert ENGLISH.say(language.QUARTER_WORDS[0], year="{name} %s") == "first quarter of {name} %s"


@pytest.mark.parametrize(
    ("count", "french", "english"), [(0, "0 day", "0 days"), (1, "1 day", "1 day"), (2, "2 days", "2 days")]
)
def test_plurals_follow_each_languages_rule(count: int, french: str, english: str) -> None:
    days = plural("{count} day", "{count} days")  # in no catalogue: the words stay English, the rule is French
    assert FRENCH.say(days, count=count) == french
    assert ENGLISH.say(days, count=count) == english


def test_a_plural_counts_whole_things_only() -> None:
    days = plural("{count} day", "{count} days")
    with pytest.raises(TypeError):
        ENGLISH.say(days, count="two")
    with pytest.raises(KeyError):
        ENGLISH.say(days)


def test_days_are_written_with_their_month_and_the_first_as_an_ordinal_in_french() -> None:
    assert (FRENCH.day(FIRST), ENGLISH.day(FIRST)) == ("1er mars 2027", "1 March 2027")
    assert (FRENCH.day(FIFTH), ENGLISH.day(FIFTH)) == ("5 mars 2027", "5 March 2027")
    assert (FRENCH.weekday(FIRST), ENGLISH.weekday(FIRST)) == ("lundi 1er mars 2027", "Monday 1 March 2027")
    assert (FRENCH.short_day(date(2027, 2, 1)), ENGLISH.short_day(date(2027, 9, 1))) == ("1er févr.", "1 Sept")
    assert FRENCH.day(date(2027, 3, 11)) == "11 mars 2027"
    assert FRENCH.day(date(2027, 3, 21)) == "21 mars 2027"


def test_an_instant_is_told_in_the_speakers_zone_with_its_name() -> None:
    assert FRENCH.instant(FOUR_PM) == "vendredi 5 mars 2027 à 16:00 (Bamako)"
    assert ENGLISH.instant(FOUR_PM) == "Friday 5 March 2027 at 16:00 (Bamako)"
    assert Speaker("fr", ZoneInfo("Europe/Brussels")).instant(FOUR_PM) == "vendredi 5 mars 2027 à 17:00 (Bruxelles)"
    late = datetime(2027, 2, 28, 23, 30, tzinfo=UTC)
    assert Speaker("fr", ZoneInfo("Europe/Brussels")).instant(late) == "lundi 1er mars 2027 à 00:30 (Bruxelles)"


@pytest.mark.parametrize(
    ("zone", "french", "english"),
    [
        ("Africa/Bamako", "Bamako", "Bamako"),
        ("Europe/London", "Londres", "London"),
        ("America/New_York", "New York", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "Buenos Aires"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_a_zone_is_named_by_its_city(zone: str, french: str, english: str) -> None:
    assert Speaker("fr", ZoneInfo(zone)).zone_name() == french
    assert Speaker("en", ZoneInfo(zone)).zone_name() == english


@pytest.mark.parametrize(
    ("key", "french", "english"),
    [
        ("2027-03-01", "1er mars 2027", "1 March 2027"),
        ("2027-W09", "semaine 9 de 2027 (du 1er mars au 7 mars)", "week 9 of 2027 (1 Mar to 7 Mar)"),
        ("2026-W53", "semaine 53 de 2026 (du 28 déc. au 3 janv.)", "week 53 of 2026 (28 Dec to 3 Jan)"),
        ("2027-03", "mars 2027", "March 2027"),
        ("2027-Q1", "1er trimestre 2027", "first quarter of 2027"),
        ("2027-Q2", "2e trimestre 2027", "second quarter of 2027"),
        ("2027-Q3", "3e trimestre 2027", "third quarter of 2027"),
        ("2027-Q4", "4e trimestre 2027", "fourth quarter of 2027"),
        ("2027-H1", "1er semestre 2027", "first half of 2027"),
        ("2027-H2", "2e semestre 2027", "second half of 2027"),
        ("2027", "2027", "2027"),
        (periods.CONTINUOUS, "en continu", "ongoing"),
        (None, "sans échéance", "no deadline"),
    ],
)
def test_a_deadline_is_told_in_words_from_its_key(key: str | None, french: str, english: str) -> None:
    assert FRENCH.deadline(key) == french
    assert ENGLISH.deadline(key) == english


def test_dates_among_the_values_of_a_sentence_are_spoken_and_numbers_stand() -> None:
    sentence = message("{it}!")
    assert FRENCH.say(sentence, it=FIRST) == "lundi 1er mars 2027!"
    assert ENGLISH.say(sentence, it=FOUR_PM) == "Friday 5 March 2027 at 16:00 (Bamako)!"
    assert FRENCH.say(sentence, it=periods.parse("2027-03")) == "mars 2027!"
    assert FRENCH.say(sentence, it=2027) == "2027!"


def test_numbers_and_lists_are_written_as_the_language_writes_them() -> None:
    assert FRENCH.number(12345.6) == "12\u202f345,6"
    assert ENGLISH.number(12345.6) == "12,345.6"
    assert FRENCH.listing(["Suisse", "PNUD", "Canada"]) == "Suisse, PNUD et Canada"
    assert ENGLISH.listing(["Suisse", "PNUD", "Canada"]) == "Suisse, PNUD and Canada"
    assert ENGLISH.listing(iter(["Suisse"])) == "Suisse"
    assert FRENCH.listing([]) == ""


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("fr-FR", "fr"), ("en-US", "en"), ("en-GB", "en"), ("FR", "fr"), ("es-ES", "fr"), ("", "fr"), (None, "fr")],
)
def test_slacks_locale_gives_a_language_the_bot_speaks(locale: str | None, expected: str) -> None:
    assert language.from_slack(locale, "fr") == expected
    assert language.from_slack("de-DE", "en") == "en"


def test_the_catalogue_is_read_as_babel_reads_it() -> None:
    read: dict[str, tuple[str, ...]] = {}
    for path in (LOCALES / "fr" / "LC_MESSAGES").glob("*.po"):
        with path.open("rb") as file:
            for entry in read_po(file, locale="fr"):
                if isinstance(entry.id, str) and entry.id:
                    read[entry.id] = (str(entry.string),)
                elif entry.id:
                    read[entry.id[0]] = tuple(entry.string or ())
    assert catalogue("fr") == read
    assert catalogue("en") == {}
