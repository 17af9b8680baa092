"""The fields of a change in words: which fields are told, under what name, and how their values read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from handlers.language import Message, message
from handlers.sheets.scope import Scope
from handlers.vocabulary import (
    DECISION_KIND,
    DECISION_STATUS,
    GROUP_KIND,
    GROUP_STATE,
    INSTITUTION_KIND,
    LANGUAGE,
    LEVEL,
    NO,
    OFFICE,
    RHYTHM,
    UPDATE_STATUS,
    YES,
)

NAMES: Mapping[str, Message] = {
    "code": message("Code"),
    "group_id": message("Group or body"),
    "period": message("Period"),
    "status": message("Status"),
    "progress": message("Progress"),
    "difficulties": message("Difficulties"),
    "next_steps": message("Next steps"),
    "support": message("Support asked"),
    "late": message("Late"),
    "visibility": message("Visible to"),
    "language": message("Language"),
    "kind": message("Kind"),
    "decided": message("Meeting date"),
    "text": message("Text"),
    "deadline": message("Deadline"),
    "done_on": message("Done on"),
    "carrier_id": message("Carried by"),
    "replaces_id": message("Replaces"),
    "institutions": message("Responsible institutions"),
    "withdrawn_at": message("Withdrawn on"),
    "name": message("Name"),
    "name_fr": message("French name"),
    "name_en": message("English name"),
    "title": message("Function"),
    "parent_id": message("Parent group"),
    "rhythm": message("Rhythm"),
    "state": message("State"),
    "transversal": message("Transversal"),
    "periodicity": message("Periodicity"),
    "created_on": message("Created on"),
    "note": message("Note"),
    "office": message("Office"),
    "institution_id": message("Institution"),
    "starts": message("From"),
    "ends": message("Until"),
    "holder_id": message("Holder"),
    "alternate_id": message("Stand-in"),
}
"""Field -> its name; a field that is not here is the bot's own bookkeeping and is not told."""

_LABELS = {
    ("updates", "status"): UPDATE_STATUS,
    ("decisions", "status"): DECISION_STATUS,
    ("groups", "state"): GROUP_STATE,
}
_WORDS = {
    ("decisions", "kind"): DECISION_KIND,
    ("groups", "kind"): GROUP_KIND,
    ("institutions", "kind"): INSTITUTION_KIND,
    ("groups", "rhythm"): RHYTHM,
    ("mandates", "office"): OFFICE,
}
_DATES = frozenset({"done_on", "created_on", "starts", "ends"})
_PERIODS = frozenset({"period", "decided", "deadline"})
_PEOPLE = frozenset({"carrier_id", "holder_id", "alternate_id"})
_GROUPS = frozenset({"group_id", "parent_id"})

Coder = Callable[[int], str]
"""Decision id -> its code, "" where the reader may not see it."""


def told(kind: str, name: str, value: Any, scope: Scope, code_of: Coder) -> str:
    """A value of that kind of record's field in words; empty for nothing."""
    if value is None or value in ("", []):
        return ""
    label, word = _LABELS.get((kind, name), {}).get(value), _WORDS.get((kind, name), {}).get(value)
    if label is not None or word is not None:
        return scope.mark(label).text if label else scope.word(word) if word else ""
    return _by_field(name, value, scope, code_of)


def _by_field(name: str, value: Any, scope: Scope, code_of: Coder) -> str:
    if name == "visibility":
        return scope.word(LEVEL[value])
    if name == "language" and value in LANGUAGE:
        return scope.word(LANGUAGE[value])
    if name == "replaces_id":
        return code_of(value)
    if name in _PEOPLE:
        return scope.people.get(value) or ""
    if name in _GROUPS:
        return scope.groups[value].code if value in scope.groups else ""
    if name == "institution_id":
        return scope.institutions[value].code if value in scope.institutions else ""
    return _plain(name, value, scope)


def _plain(name: str, value: Any, scope: Scope) -> str:
    if isinstance(value, bool):
        return scope.word(YES if value else NO)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in _PERIODS:
        return scope.deadline(value)
    if name in _DATES:
        return scope.reader.speaker.day(date.fromisoformat(value))
    if name == "withdrawn_at":
        return scope.reader.speaker.instant(datetime.fromisoformat(value))
    return str(value)
