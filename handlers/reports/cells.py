"""How a cell of a table and a state are said in words, alike in every renderer that writes words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from handlers.language import Speaker
from handlers.reports.report import Cell, Mark, Tone

UNKNOWN = "–"
"""Stands for None, "nothing known"; an empty text stays empty and zero stays 0."""

LARGEST = 1e15
"""Figures beyond are no amounts; they, infinity and "not a number" are written as Python writes them."""

SIGNS: Mapping[Tone, str] = {
    Tone.GOOD: "✓",
    Tone.WARNING: "▲",
    Tone.BAD: "✗",
    Tone.QUIET: "○",
    Tone.PLAIN: "",
}
"""Signs of different shapes that every font has, one column wide."""

EMOJI: Mapping[Tone, str] = {
    Tone.GOOD: "✅",
    Tone.WARNING: "⚠️",
    Tone.BAD: "❌",
    Tone.QUIET: "⚪",
    Tone.PLAIN: "",
}
"""The same for Slack, where a sign may have colour; they differ in shape as well."""


def marked(mark: Mark, signs: Mapping[Tone, str] = SIGNS) -> str:
    """A state with its sign before its words: ``▲ at risk``."""
    return f"{signs[mark.tone]} {mark.text}".strip()


def words(cell: Cell | datetime, speaker: Speaker, signs: Mapping[Tone, str] = SIGNS) -> str:
    """A cell as the speaker writes it: civil dates and instants in words, numbers with the language's separators."""
    match cell:
        case None:
            return UNKNOWN
        case Mark():
            return marked(cell, signs)
        case datetime():
            return speaker.instant(cell)
        case date():
            return speaker.day(cell)
        case int() | float():
            return speaker.number(cell) if abs(cell) < LARGEST else str(cell)
    return cell
