"""Words go into Slack and come out of it unharmed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reports.mrkdwn import escape, legible, literal, mentioned, plain, resolve, unescape

NAMES = {"U1": "Awa Traoré", "C1": "pool-technique", "S1": "Troïka & co"}


@given(st.text())
def test_escaping_is_undone_by_unescaping_and_leaves_no_code(text: str) -> None:
    assert unescape(escape(text)) == text
    assert not set("<>") & set(escape(text))


@given(st.text())
def test_what_a_person_typed_is_what_is_stored(text: str) -> None:
    assert resolve(escape(text), NAMES) == text


@given(st.text())
def test_what_is_kept_can_be_written_to_any_database(text: str) -> None:
    kept = legible(text)
    assert "\x00" not in kept
    assert kept.encode().decode() == kept
    assert legible(kept) == kept


@pytest.mark.parametrize("nothing", ["\u200b", " \u202e\u200f ", "\x00\x07", "\ud83d", "\n"])
def test_what_nobody_can_see_is_no_text(nothing: str) -> None:
    assert legible(nothing) == ""
    assert legible(f"a{nothing}b").startswith("a")


@pytest.mark.parametrize("text", ["مجموعة \u200fالعمل", "👩\u200d🎓", "a\tb\nc"])
def test_joiners_and_marks_of_direction_stay(text: str) -> None:
    assert legible(text) == text


def test_a_call_to_the_whole_channel_is_disarmed() -> None:
    assert escape("<!channel> R&D") == "&lt;!channel&gt; R&amp;D"


def test_asterisks_and_underscores_of_a_name_format_nothing() -> None:
    shown = literal("*urgent* <b>")
    assert "*urgent*" not in shown
    assert shown.replace("\u200b", "") == "*urgent* &lt;b&gt;"


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("<@U1> et <@U1|awa>", "@Awa Traoré et @Awa Traoré"),
        ("<@U9|inconnu> <@U9>", "@inconnu @U9"),
        ("<#C1|general> <#C9|autre>", "#pool-technique #autre"),
        ("<https://x.org|la page>", "la page (https://x.org)"),
        ("<http://x.org|x.org> <https://x.org>", "http://x.org https://x.org"),
        ("<mailto:a@x.org|a@x.org>", "a@x.org"),
        ("<!subteam^S1> <!subteam^S2|@equipe> <!subteam^S3>", "@Troïka & co @equipe @S3"),
        ("<!here> <!channel|channel> <!everyone>", "@here @channel @everyone"),
        ("<!date^1793952000^{date}|6 nov. 2026>", "6 nov. 2026"),
        ("A &amp; B &lt;!channel&gt; &amp;amp;", "A & B <!channel> &amp;"),
        ("<https://x.org?a=1&amp;b=2|l&amp;m>", "l&m (https://x.org?a=1&b=2)"),
    ],
)
def test_what_slack_codes_is_stored_as_readable_text(sent: str, stored: str) -> None:
    assert resolve(sent, NAMES) == stored


def test_the_ids_to_look_up_are_found_once() -> None:
    assert mentioned("<@U1> <@U1|x> <#C1|y> <!subteam^S1|@z> <https://x.org> &lt;@U2&gt;") == {"U1", "C1", "S1"}


def test_an_empty_text_becomes_one_that_slack_takes() -> None:
    assert plain("") == "\u00a0"
    assert plain("R&D <x>") == "R&D <x>"
