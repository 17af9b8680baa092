"""A report in Slack keeps to every limit, says everything, and lets nobody's words become a code."""

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import example, given

from bot.rehearsal import limits
from handlers.reports import blocks
from handlers.reports.blocks import SlackMessage, builders
from handlers.reports.report import Cell, Column, Entry, Mark, Paragraph, Report, Section, Table, Tone
from handlers.reports.splitting import length
from tests.handlers.reports.samples import ENGLISH, FRENCH, NASTY, digest, reports, said, signs

DENSE = "&<>" * 3000
"""Signs that escape to four or five characters each, with no place to pause between them."""
DENSE_REPORTS = {
    "title": Report(DENSE, "fr"),
    "title that fits": Report("&<>" * 700, "fr"),
    "lead": Report("Titre", "fr", DENSE),
    "footer": Report("Titre", "fr", footer=[DENSE]),
    "lines of the footer": Report("Titre", "fr", footer=["&<>" * 300] * 12),
    "heading": Report("Titre", "fr", details=[Section(DENSE, [Paragraph("Fin.")])]),
    "paragraph": Report("Titre", "fr", glance=[Section("S", [Paragraph(DENSE, DENSE)])]),
    "words": Report("Titre", "fr", details=[Section("S", [Paragraph(DENSE, "Avancées", True)])]),
    "entry": Report("Titre", "fr", details=[Section("S", entries=[Entry(DENSE, None, [DENSE])])]),
    "table": Report("Titre", "fr", glance=[Section("S", table=Table([Column(DENSE)], [[DENSE]], DENSE))]),
    "going on": Report("Titre", "fr", glance=[Section("&<>" * 40, [Paragraph("&<>" * 717)] * 3)]),
}

LIMITS = {"text": 3000, "plain_text": 3000, "mrkdwn": 3000, "raw_text": 3000}


def texts_of(value: Any) -> list[str]:
    """Every text and address in some blocks, in order."""
    if isinstance(value, list):
        return [text for each in value for text in texts_of(each)]
    if not isinstance(value, dict):
        return []
    own = [each for key, each in value.items() if key in {"text", "url"} and isinstance(each, str)]
    return own + [text for each in value.values() for text in texts_of(each)]


def check_object(value: Any) -> None:
    """One block, element or object and all within it."""
    if isinstance(value, list):
        for each in value:
            check_object(each)
    if not isinstance(value, dict):
        return
    text = value.get("text")
    if isinstance(text, str):
        assert 0 < length(text) <= LIMITS[value["type"]]
    if value.get("type") == "header":
        assert length(value["text"]["text"]) <= 150
    if value.get("type") == "mrkdwn":
        assert value["verbatim"] is True
    for each in value.values():
        check_object(each)


def check(message: SlackMessage) -> None:
    """All that Slack asks of a message (SLACK.md 2.1, 2.2)."""
    assert 0 < len(message.blocks) <= 50
    assert sum(block["type"] == "table" for block in message.blocks) <= 1
    assert length("".join(texts_of(message.blocks))) < 10_000
    assert sum(map(blocks.size, message.blocks)) < 10_000
    assert 0 < length(message.text) < 10_000
    assert not re.search("[<>]", message.text)
    check_object(list(message.blocks))
    json.dumps(list(message.blocks))
    for block in message.blocks:
        if block["type"] == "table":
            assert len(block["rows"]) <= 100
            assert all(len(row) <= 20 for row in block["rows"])
        if block["type"] == "context":
            assert 0 < len(block["elements"]) <= 10
        if block["type"] == "rich_text":
            assert all(element["elements"] for element in block["elements"])
    assert limits.message_problems(list(message.blocks)) == []
    assert limits.rendered(list(message.blocks)) < 13_200


def contained(text: str, everything: str) -> bool:
    """Whether a text stands there, were it cut into pieces or not."""
    return signs(text) in everything


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(reports)
@example(Report("Titre", "fr", footer=["&<>" * 400, "&<>" * 400]))
def test_no_message_passes_a_limit_and_nothing_said_is_lost(report: Report) -> None:
    check_whole(report)


@pytest.mark.parametrize("report", DENSE_REPORTS.values(), ids=list(DENSE_REPORTS))
def test_signs_that_grow_when_escaped_pass_no_limit_wherever_they_stand(report: Report) -> None:
    check_whole(report)
    messages = blocks.messages(report, FRENCH)
    shown = "".join(text for message in messages for text in texts_of(message.blocks))
    assert shown.count("&") >= "".join(said(report)).count("&")
    assert "(suite)" not in messages[0].text


def check_whole(report: Report) -> None:
    """Every message keeps to the limits, and together they show and say every word of the report."""
    messages = blocks.messages(report, FRENCH)
    shown, heard = [], []
    for message in messages:
        check(message)
        shown.append(signs("".join(texts_of(message.blocks))))
        heard.append(signs(message.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")))
    for text in said(report):
        for word in text.split():
            if len(word) <= 100:
                assert contained(word, "".join(shown))
                assert contained(word, "".join(heard))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_digest_is_one_message_and_a_short_thread(language: str) -> None:
    speaker = FRENCH if language == "fr" else ENGLISH
    first, *thread = blocks.messages(digest(language), speaker)
    kinds = [block["type"] for block in first.blocks]
    assert kinds == ["header", "rich_text", "header", "rich_text", "context", "header", "table"]
    assert len(thread) == 1
    assert "⚠️ à risque" in first.text or "⚠️ at risk" in first.text


def test_long_words_of_many_groups_are_split_at_headings_and_stay_readable() -> None:
    words = "La revue avance, et les partenaires en conviennent. " * 40
    progress = [Paragraph(words, "Avancées", True)]
    entries = [Entry(f"Groupe {n}", Mark("à risque", Tone.WARNING), (), progress) for n in range(12)]
    report = Report("Semaine 9", "fr", details=[Section("Paroles", entries=entries)])
    _, *thread = blocks.messages(report, FRENCH)
    assert len(thread) == 12
    assert all(length(message.text) <= 4_000 for message in thread)
    assert titles(thread) == ["Paroles", *["Paroles (suite)"] * 11]


def test_a_group_that_says_very_much_goes_on_under_its_own_name() -> None:
    entry = Entry("Éducation", None, (), [Paragraph("Une phrase de plus. " * 600, "Avancées", True)])
    report = Report("Semaine 9", "fr", details=[Section("Paroles", entries=[entry])])
    messages = blocks.messages(report, FRENCH)
    assert titles(messages) == ["Semaine 9", "Paroles", *["Éducation (suite)"] * (len(messages) - 2)]
    assert len(messages) > 3


def test_a_table_too_long_for_a_message_goes_on_in_the_thread_under_its_heading() -> None:
    rows: list[list[Cell]] = [[f"GT {number}", "oui", number] for number in range(250)]
    table = Table([Column("Groupe"), Column("Reçu"), Column("Nombre", True)], rows)
    report = Report("Année", "fr", glance=[Section("Groupes", table=table), Section("Après", [Paragraph("Fin.")])])
    messages = blocks.messages(report, FRENCH)
    assert "Fin." in messages[0].text
    assert "La suite est dans le fil." in messages[0].text
    shown = [block["rows"] for message in messages for block in message.blocks if block["type"] == "table"]
    assert [len(rows) for rows in shown] == [100, 100, 53]
    assert all(rows[0][0]["text"] == "Groupe" for rows in shown)
    assert titles(messages) == ["Année", "Groupes (suite)", "Groupes (suite)"]


def titles(messages: Sequence[SlackMessage]) -> list[str]:
    """The heading each message opens with."""
    return [message.blocks[0]["text"]["text"] for message in messages]


def test_an_empty_report_is_still_a_message() -> None:
    (message,) = blocks.messages(Report("Semaine 9 : rien à signaler", "fr"), FRENCH)
    assert message.text == "Semaine 9 : rien à signaler"
    check(message)


@pytest.mark.parametrize("text", NASTY)
def test_words_of_a_person_stand_as_written_and_code_nothing(text: str) -> None:
    report = Report("Titre", "fr", glance=[Section("S", [Paragraph(text, said=True)], entries=[Entry(text)])])
    for message in blocks.messages(report, FRENCH):
        check(message)
        assert not re.search(r"<[!@#h]", message.text)
        assert "mrkdwn" not in json.dumps(list(message.blocks))
    assert signs(text) in signs("".join(texts_of([list(m.blocks) for m in blocks.messages(report, FRENCH)])))


def test_a_bare_address_stays_a_link_that_shows_only_itself() -> None:
    assert builders.words("Voir https://x.org/a?b=1. Fin") == [
        {"type": "text", "text": "Voir "},
        {"type": "link", "url": "https://x.org/a?b=1"},
        {"type": "text", "text": ". Fin"},
    ]


def test_labels_keep_to_their_limits() -> None:
    long = "Réunion des coordonnateurs " * 20
    asked = blocks.confirm(long, long, long, long)
    button = blocks.button(long, "edit", "12", spoken=long, style="danger", confirm=asked)
    assert length(button["text"]["text"]) <= 75
    assert length(button["accessibility_label"]) <= 75
    most = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
    assert all(length(asked[name]["text"]) <= limit for name, limit in most.items())
    assert asked["confirm"]["text"] == "Réunion des coordonnateurs…"
    choice = blocks.option(long, "EDU", long)
    assert length(choice["text"]["text"]) <= 75
    assert blocks.select("group", [choice], long)["options"] == [choice]
    assert "option_groups" in blocks.select("group", [blocks.option_group(long, [choice])])
    assert blocks.header(long)["type"] == "rich_text"
    check_object([button, choice, blocks.image("https://x.org/a.png", long, long), blocks.overflow("more", [choice])])


def test_the_value_of_a_choice_is_never_cut() -> None:
    with pytest.raises(ValueError, match="75"):
        blocks.option("Éducation", "x" * 76)


def test_any_number_of_fields_and_lines_fits() -> None:
    assert [len(block["fields"]) for block in blocks.fields(["a"] * 23, "f")] == [10, 10, 3]
    assert [len(block["elements"]) for block in blocks.contexts(["a"] * 23)] == [10, 10, 3]
    assert len(blocks.paragraphs("mot " * 2000)) == 3
    assert len(blocks.said("mot " * 2000)) == 3
