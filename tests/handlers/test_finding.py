"""Groups found by what people type: code or name, accents optional, typos suggested and never guessed."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import finding
from handlers.errors import Refusal
from handlers.language import Speaker
from storage.groups import Group, Kind
from tests.conversation import Bot

FRENCH = Speaker("fr", ZoneInfo("Africa/Bamako"))
ENGLISH = Speaker("en", ZoneInfo("Africa/Bamako"))


def found(bot: Bot, word: str, *, bodies: bool = True) -> str:
    """The code of what that word finds."""
    with bot.ctx.readings.begin() as session:
        return finding.group(session, word, FRENCH, bodies=bodies).code


def refused(bot: Bot, word: str, speaker: Speaker = FRENCH, *, bodies: bool = True) -> str:
    """The sentence with which that word is refused."""
    with bot.ctx.readings.begin() as session, pytest.raises(Refusal) as refusal:
        finding.group(session, word, speaker, bodies=bodies)
    return refusal.value.said(speaker)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("EDU", "EDU"),
        (" edu ", "EDU"),
        ("éducation et formation professionnelle", "EDU"),
        ("Education and vocational training", "EDU"),
        ("education", "EDU"),
        ("énergie", "ENE"),
        ("Energy", "ENE"),
        ("troika", "TROIKA"),
        ("Troïka", "TROIKA"),
        ("gec", "GEC"),
        ("gender", "GEN"),
    ],
)
def test_a_group_is_found_by_its_code_or_its_name_in_either_language(bot: Bot, word: str, code: str) -> None:
    assert found(bot, word) == code


def test_a_mistyped_code_is_refused_with_what_it_may_have_meant(bot: Bot) -> None:
    assert "EDU (Éducation et formation professionnelle)" in refused(bot, "EUD")
    assert "Did you mean EDU (Education and vocational training)" in refused(bot, "EUD", ENGLISH)
    assert "GEN (" in refused(bot, "gendre")


def test_a_word_of_several_names_is_refused_with_all_of_them(bot: Bot) -> None:
    told = refused(bot, "santé")
    assert "SAN (" in told
    assert "SR (" in told


def test_a_word_like_nothing_leads_to_the_list(bot: Bot) -> None:
    assert "`/ptf groupes`" in refused(bot, "xylophone")
    assert "`/ptf groups`" in refused(bot, "xylophone", ENGLISH)
    assert len(refused(bot, "x" * 5000)) < 200


def test_a_body_is_found_only_where_bodies_are_asked_for(bot: Bot) -> None:
    assert found(bot, "GEC") == "GEC"
    assert "GEC (" not in refused(bot, "GEC", bodies=False)


def test_a_word_that_begins_a_sentence_is_no_mistyped_code() -> None:
    groups = [Group(code=code, name_fr=code, name_en="", kind=Kind.THEMATIC) for code in ("FPT", "EDU", "EAU")]
    assert finding.nearest("PTF", groups) == []
    assert [group.code for group in finding.nearest("EDUC", groups)] == ["EDU"]
    assert finding.nearest("", groups) == []


@given(st.text(alphabet="abcde", max_size=6), st.text(alphabet="abcde", max_size=6))
def test_slips_count_alike_both_ways(mine: str, theirs: str) -> None:
    assert finding.distance(mine, theirs) == finding.distance(theirs, mine)
    assert (finding.distance(mine, theirs) == 0) == (mine == theirs)


@given(st.text(max_size=30))
def test_any_text_is_answered_with_at_most_three_suggestions(text: str) -> None:
    groups = [Group(code=f"G{n}", name_fr="Éducation", name_en="Education", kind=Kind.THEMATIC) for n in range(9)]
    assert len(finding.nearest(text, groups)) <= 3
