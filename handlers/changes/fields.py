"""The fields of a change in words: which are told, under what name, and how their values read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from handlers.changes import described
from handlers.changes.wording import DECISIONS_FIELDS, PEOPLE_FIELDS, SERVED, Changed, Wording
from handlers.described import BY_TABLE
from handlers.language import Message, message
from handlers.vocabulary import (
    ACTION_STATUS,
    ADDRESSEE,
    DECISION_KIND,
    DECISION_STATUS,
    DIGEST_STATE,
    FALLBACK,
    GROUP_KIND,
    GROUP_STATE,
    INSTITUTION_KIND,
    LANGUAGE,
    LEVEL,
    NO,
    OFFICE,
    PERIOD_STATE,
    RECORD_KIND,
    RHYTHM,
    RUNGS,
    SITTING,
    STANDING,
    UPDATE_STATUS,
    YES,
)
from storage.configuration import WEEKDAYS
from storage.plans.rows import Line

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
    "decision_id": message("Born of"),
    "meeting_id": message("Meeting"),
    "adopts_id": message("Adopts the minutes of"),
    "acknowledged_at": message("Acknowledged on"),
    "evidence": message("Evidence"),
    "line_id": message("Line of a plan served"),
    "asked_by_id": message("Asked by"),
    "proposed": message("Date proposed"),
    "proposed_by_id": message("Proposed by"),
    "proposed_why": message("Reason of the proposal"),
    "withdrawn_at": message("Withdrawn on"),
    "changed_after_closing": message("Modified after closing on"),
    "reason": message("Reason of the return"),
    "until": message("May be changed until"),
    "back_at": message("Came back on"),
    "validated_at": message("Validated on"),
    "excused_at": message("Excused on"),
    "excuse": message("Reason of the excuse"),
    "name": message("Name"),
    "name_fr": message("French name"),
    "name_en": message("English name"),
    "title": message("Function"),
    "parent_id": message("Parent group"),
    "rhythm": message("Rhythm"),
    "state": message("State"),
    "transversal": message("Transversal"),
    "periodicity": message("Periodicity"),
    "sitting": message("Who sits in it"),
    "created_on": message("Created on"),
    "from_day": message("Counts from"),
    "successor_id": message("Goes on in"),
    "predecessor_id": message("Comes out of"),
    "un_voice_id": message("Agency that coordinates the United Nations"),
    "note": message("Note"),
    "office": message("Office"),
    "institution_id": message("Institution"),
    "starts": message("From"),
    "ends": message("Until"),
    "holder_id": message("Holder"),
    "alternate_id": message("Stand-in"),
    "person_id": message("Who is away"),
    "first": message("First day"),
    "last": message("Last day"),
    "day": message("Day"),
    "feast_on": message("Day by the calendar"),
    "slack_language": message("Language in Slack"),
    "standing": message("Account"),
    "quiet": message("Written to only when asked"),
    "erased_at": message("Erased on"),
    "calendar": message("Public holidays of"),
    "review_on": message("Comes back on"),
    "addressee": message("Addressed to"),
    "work_id": message("Made by"),
    "most_sectors": message("Sectors a partner may be in before it is warned"),
    "zone": message("Time zone"),
    "digest_weekday": message("Day of the digest"),
    "digest_hour": message("Hour of the digest"),
    "reminders": message("Reminders"),
    "ladder": message("Reminders: days of the ladder"),
    "reminder_days": message("Reminders: days before"),
    "reminder_hour": message("Hour of the reminders"),
    "channels": message("Digest channels"),
    "approval": message("Digest shown for approval"),
    "approval_hours": message("Shown for approval: hours before"),
    "approval_fallback": message("When nobody approves"),
    "asked_at": message("Shown for approval on"),
    "introduction_fr": message("Introduction in French"),
    "introduction_en": message("Introduction in English"),
    "left_out": message("Left out"),
    "postponed_to": message("Postponed to"),
}
"""Field -> its name; a field that is not here is the bot's own bookkeeping and is not told."""


_COMMON = {name: NAMES[name] for name in ("code", "visibility", "withdrawn_at")}
"""What is told of every record of a described kind."""
_WORDS: Mapping[tuple[str, str], Mapping[str, Message]] = {
    ("updates", "status"): {state: label[0] for state, label in UPDATE_STATUS.items()},
    ("actions", "status"): {state: label[0] for state, label in ACTION_STATUS.items()},
    ("decisions", "status"): {state: label[0] for state, label in DECISION_STATUS.items()},
    ("groups", "state"): {state: label[0] for state, label in GROUP_STATE.items()},
    ("decisions", "kind"): DECISION_KIND,
    ("decisions", "addressee"): ADDRESSEE,
    ("groups", "kind"): GROUP_KIND,
    ("group_states", "kind"): GROUP_KIND,
    ("group_states", "state"): {state: label[0] for state, label in GROUP_STATE.items()},
    ("institutions", "kind"): INSTITUTION_KIND,
    ("groups", "rhythm"): RHYTHM,
    ("groups", "sitting"): SITTING,
    ("mandates", "office"): OFFICE,
    ("people", "standing"): STANDING,
    ("reporting_periods", "state"): PERIOD_STATE,
    ("drafts", "state"): DIGEST_STATE,
    ("configuration", "approval_fallback"): FALLBACK,
}
_DATES = frozenset(
    {"done_on", "created_on", "starts", "ends", "review_on", "first", "last", "day", "feast_on", "from_day"}
)
_INSTANTS = frozenset(
    {
        "withdrawn_at",
        "erased_at",
        "acknowledged_at",
        "changed_after_closing",
        "until",
        "back_at",
        "validated_at",
        "excused_at",
    }
    | {"asked_at", "postponed_to"}
)
_PERIODS = frozenset({"period", "decided", "deadline", "proposed"})
_GROUPS = frozenset({"group_id", "parent_id", "successor_id", "predecessor_id"})
_INSTITUTIONS = frozenset({"institution_id", "un_voice_id"})


def kind(table: str) -> Message:
    """What a change of that table is a change of."""
    return BY_TABLE[table].labels.one if table in BY_TABLE else RECORD_KIND[table]


def names(kind: str) -> Mapping[str, Message]:
    """Field -> its name, of the fields that are told of a table."""
    return {**described.labels(kind), **_COMMON} if kind in BY_TABLE else NAMES


def sides(change: Changed) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What a change held before and after, field by field."""
    return described.sides(change) if change.kind in BY_TABLE else (change.before, change.after)


def told(kind: str, name: str, value: Any, wording: Wording) -> str:
    """A value of that kind of record's field in words; empty for nothing."""
    if value is None or value in ("", []):
        return ""
    if kind in BY_TABLE and name not in _COMMON:
        return described.told(kind, name, value, wording)
    if name in described.ALSO.get(kind, {}):
        return wording.records.get((described.ALSO[kind][name], value), "")
    words = _WORDS.get((kind, name), {})
    if isinstance(value, str) and value in words:
        return wording.word(words[value])
    return _by_field(name, value, wording)


def _by_field(name: str, value: Any, wording: Wording) -> str:
    if name == "visibility":
        return wording.word(LEVEL[value])
    if name == "language" and value in LANGUAGE:
        return wording.word(LANGUAGE[value])
    if name == SERVED:
        return wording.records.get((Line.__tablename__, value), "")
    if name in DECISIONS_FIELDS:
        return wording.codes.get(value, "")
    if name in PEOPLE_FIELDS:
        return wording.people.get(value) or ""
    if name in _GROUPS:
        return wording.group(value)
    if name in _INSTITUTIONS:
        return wording.institution(value)
    if name == "left_out":
        return ", ".join(wording.left_out.get(each, "") for each in value)
    if name == "ladder":
        return ", ".join(wording.word(RUNGS[each]) if each in RUNGS else each for each in value.split())
    if name == "calendar":
        return wording.speaker.country(value)
    if name == "channels":
        return "\n".join(_channel(each, wording) for each in value)
    return _plain(name, value, wording)


def _channel(channel: Mapping[str, Any], wording: Wording) -> str:
    """A digest channel as the settings kept it: its name, its language, what may be shown there."""
    facts = [wording.word(LANGUAGE[channel["language"]]), wording.word(LEVEL[channel["level"]])]
    return ", ".join(
        [f"#{channel['name'] or channel['id']}", *facts, *filter(None, [wording.group(channel["group_id"])])]
    )


def _plain(name: str, value: Any, wording: Wording) -> str:
    if isinstance(value, bool):
        return wording.word(YES if value else NO)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if name in _PERIODS:
        return wording.deadline(value)
    if name in _DATES:
        return wording.speaker.day(date.fromisoformat(value))
    if name in _INSTANTS:
        return wording.speaker.instant(datetime.fromisoformat(value))
    if name == "digest_weekday" and value in WEEKDAYS:
        return wording.speaker.day_of_week(WEEKDAYS.index(value))
    return str(value)
