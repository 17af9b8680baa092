"""What of each kind of record is looked through, and the index kept up with it before somebody looks.

Which kinds there are besides says handlers.searchable.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import storage.search
from handlers.context import Context
from handlers.kinds.field import Sort
from handlers.kinds.kind import Kind
from handlers.language import LANGUAGES, Message, Speaker, message
from handlers.reports import blocks
from handlers.vocabulary import DECISION_KIND
from storage import periods
from storage.actions import STANDING as ACTIONS_STANDING
from storage.actions import Action
from storage.decisions import STANDING, Decision
from storage.search import Source
from storage.updates import Update

EVERYWHERE_BUTTON = message("Search everywhere")

Days = tuple[date, date]
"""The first and the last civil day."""
_SAID = (Sort.TEXT, Sort.LINE, Sort.LINKS)
_NAMED = (Sort.INSTITUTION, Sort.INSTITUTIONS)
_DATED = (Sort.DAY, Sort.SPAN)
_SPEAKERS = tuple(Speaker(language, ZoneInfo("UTC")) for language in LANGUAGES)
"""Whoever looks for what a record is called, in every language; the zone is of no account."""


def _spanned(key: str) -> Days:
    found = periods.parse(key)
    return found.first, found.last


def _of_update(update: Update) -> Days:
    """The period it is of."""
    return _spanned(update.period)


def _of_decision(decision: Decision) -> Days:
    """When it was taken."""
    return _spanned(decision.decided)


def _of_action(action: Action) -> Days:
    """When it is due, else when it was asked for."""
    day = action.due_on or action.said_at.date()
    return day, day


def _called(label: Message) -> list[str]:
    return [speaker.say(label) for speaker in _SPEAKERS]


def _owing(record: Update | Action) -> Collection[int]:
    return [record.institution_id] if record.institution_id is not None else []


UPDATES = Source(
    Update, ("progress", "difficulties", "next_steps", "support"), "status", (), _of_update, institutions=_owing
)
DECISIONS = Source(
    Decision,
    ("text",),
    "status",
    STANDING,
    _of_decision,
    institutions=lambda decision: [each.id for each in decision.institutions],
    further=lambda decision: _called(DECISION_KIND[decision.kind]),
)
ACTIONS = Source(Action, ("text", "evidence"), "status", ACTIONS_STANDING, _of_action, institutions=_owing)


def of_kind(kind: Kind[Any]) -> Source:
    """The same of a described kind, as its fields say."""

    def span(record: Any) -> Days:
        """The first of its days that is known, else the day on which it was said."""
        for field in (each for each in kind.fields if each.sort in _DATED):
            value = getattr(record, field.column)
            if value and value != periods.CONTINUOUS:
                return _spanned(value) if field.sort == Sort.SPAN else (value, value)
        return record.said_at.date(), record.said_at.date()

    def institutions(record: Any) -> Collection[int]:
        found: set[int] = set()
        for field in (each for each in kind.fields if each.sort in _NAMED):
            value = getattr(record, field.column)
            found |= {each.id for each in value} if field.sort == Sort.INSTITUTIONS else {value} - {None}
        return found

    def further(record: Any) -> Collection[str]:
        """What it is called of what it is one of; where it stands is asked for otherwise."""
        fields = (each for each in kind.fields if each.sort == Sort.WORD and each.name != kind.status)
        words = (field.words.get(getattr(record, field.column) or "") for field in fields)
        return [said for word in words if word is not None for said in _called(word.label)]

    texts = tuple(each.column for each in kind.fields if each.sort in _SAID and each.told)
    status = kind.field(kind.status).column if kind.status else ""
    return Source(kind.model, texts, status, tuple(kind.standing), span, institutions, further)


def everywhere(speaker: Speaker, words: str) -> list[blocks.Block]:
    """The button under a list narrowed by words that looks for them in every kind of record; nothing without words."""
    return [blocks.button(speaker.say(EVERYWHERE_BUTTON), "find_words", words)] if words else []


def current(ctx: Context, sources: Collection[Source]) -> None:
    """Let the index know what was changed of these kinds; nothing is written where it knows already."""
    with ctx.readings.begin() as session:
        behind = storage.search.behind(session, sources)
    if behind:
        with ctx.sessions.begin() as session:
            storage.search.catch_up_with(session, sources)
