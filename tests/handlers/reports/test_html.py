"""A report in HTML is a whole, well-formed, accessible document in which nobody's words are markup."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given

from handlers.language import Speaker
from handlers.reports import html
from handlers.reports.report import Paragraph, Report, Section
from tests.handlers.reports.samples import ENGLISH, FRENCH, NASTY, digest, reports, said, signs


def parsed(document: str) -> ElementTree.Element:
    """The document read by an XML parser, which is stricter than any browser."""
    return ElementTree.fromstring(document.removeprefix("<!DOCTYPE html>\n"))


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(reports)
@example(Report("Titre", "fr", lead="\x0c"))
def test_nothing_said_is_lost_and_the_document_is_sound(report: Report) -> None:
    everything = signs("".join(parsed(html.render(report, FRENCH)).itertext()))
    for told in said(report):
        assert all(word in everything for word in html.UNPRINTABLE.sub("�", told.strip().replace("\r", "\n")).split())


@pytest.mark.parametrize(("language", "speaker"), [("fr", FRENCH), ("en", ENGLISH)])
def test_a_screen_reader_finds_language_headings_and_heads_of_tables(language: str, speaker: Speaker) -> None:
    root = parsed(html.render(digest(language), speaker))
    assert root.get("lang") == language
    assert [element.tag for element in root.iter() if re.fullmatch("h[1-6]", element.tag)][:3] == ["h1", "h2", "h2"]
    assert {head.get("scope") for head in root.iter("th")} == {"col", "row"}
    assert len(list(root.iter("th"))) == 3 + 4


@pytest.mark.parametrize("text", [*NASTY, "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_words_of_a_person_are_never_markup(text: str) -> None:
    report = Report(text, "fr", text, glance=[Section(text, [Paragraph(text, text, True)])], footer=[text])
    root = parsed(html.render(report, FRENCH))
    allowed = {"html", "head", "meta", "title", "body", "main", "h1", "h2", "p", "section", "footer"}
    assert {element.tag for element in root.iter()} <= allowed


def test_states_are_readable_on_their_ground() -> None:
    assert all(contrast(*pair) >= 7 for pair in html.INK.values())


def contrast(first: str, second: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
