"""The register of updates: a group by name or code, a period, the words.

An update is found again by its group, period and words. Where a file and the database each hold one update from a
register for a group and period, other words change it. An author is kept where they are a person or institution known
here; nobody is made to have spoken. An update counts as said at the end of what its date tells, not at the import.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

import storage.configuration
import storage.history
import storage.reporting
import storage.updates
from handlers import cards
from handlers.errors import Refusal
from handlers.registers import returning, sentences
from handlers.registers.desk import Desk, Entry
from handlers.registers.moments import Moment
from handlers.registers.outcome import Line, Verdict
from handlers.registers.vocabulary import LEVELS, UPDATE_STATUSES
from handlers.updates import kind
from storage import periods
from storage.groups import Group
from storage.periods import Period, Rhythm
from storage.updates import NEEDS_REASON, Update

FIELDS = (
    "group", "date", "period", "status", "text", "progress", "difficulties", "next_steps", "support", "visibility",
    "language", "author", "version",
)  # fmt: skip
EMPTIED: Mapping[str, Mapping[str, object]] = {name: {name: ""} for name in kind.TEXTS}
"""Field -> what its column holds when it is emptied."""
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that can be kept: its group, the period it tells of, and what its date told."""

    entry: Entry
    group: Group
    period: str
    told: Period


def bring(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of a register of updates."""
    drafts: list[Draft] = []
    seen: dict[str, int] = {}
    for entry in entries:
        try:
            returning.once(entry, seen)
            draft = _draft(desk, entry)
            update = returning.record(desk.session, entry, Update)
            if update is None:
                drafts.append(draft)
            else:
                yield desk.line(entry, _come_back(desk, draft, update), _what(draft))
        except Refusal as refusal:
            yield desk.refused(entry, _shown(entry), refusal)
    alone = Counter((draft.group.id, draft.period) for draft in drafts)
    created: list[Update] = []
    there: dict[tuple[int, str], list[Update]] = {}
    for draft in drafts:
        key = (draft.group.id, draft.period)
        if key not in there:
            there[key] = list(storage.updates.of_group_and_period(desk.session, *key))
        count = len(there[key])
        verdict = _keep(desk, draft, there[key], alone[key] == 1)
        created += there[key][count:]
        yield desk.line(draft.entry, verdict, _what(draft))
    desk.session.flush()
    for update in created:
        storage.history.created(desk.session, update, desk.by)


def _come_back(desk: Desk, draft: Draft, update: Update) -> Verdict:
    """The row of an exported workbook. Raises Refusal for another group or period, and for what an update must say."""
    entry = draft.entry
    if (update.group_id, update.period) != (draft.group.id, draft.period):
        raise Refusal(sentences.OTHER_RECORD)
    emptied = returning.emptied(desk, entry, update, EMPTIED, {"status": "status", "visibility": "visibility"})
    values = returning.differing(desk, entry, update, _values(entry) | emptied)
    whole = {name: getattr(update, name) for name in ("status", *kind.TEXTS)} | dict(values)
    if values and whole["status"]:
        kind.checked(whole)
    return _changed(desk, update, values)


def _what(draft: Draft) -> str:
    return f"{draft.group.code} {draft.period} {_words(draft.entry)[:SHOWN]}"


def _shown(entry: Entry) -> str:
    return f"{entry.text('group')} {_words(entry)[:SHOWN]}".strip()


def _words(entry: Entry) -> str:
    return " ".join(entry.text("progress", "text", "difficulties", "next_steps", "support").split())


def _draft(desk: Desk, entry: Entry) -> Draft:
    if not _words(entry) and not entry.text("status"):
        raise Refusal(sentences.NO_WORDS)
    group = _group(desk, entry)
    moment = entry.moment("period", desk.ctx.today) or entry.moment("date", desk.ctx.today)
    if moment is None:
        entry.remarks.clear()  # the refusal says it
        said = entry.text("period", "date")
        raise Refusal(sentences.NOT_A_DATE, said=said) if said else Refusal(sentences.NO_DATE)
    return Draft(entry, group, _period(group, moment), moment.period)


def _group(desk: Desk, entry: Entry) -> Group:
    said = entry.text("group")
    if not said:
        raise Refusal(sentences.NO_GROUP)
    language = entry.text("language") or desk.ctx.language
    found = desk.known.group(said, language, lambda group: group.reports)
    if found is None:
        parts = [part.strip() for part in said.split(";")]
        if len(parts) > 1 and all(desk.known.group_called(part, ()) for part in parts):
            raise Refusal(sentences.SEVERAL_GROUPS, said=said)
        found = desk.known.group(said, language, lambda group: True)
    if found is None:
        raise Refusal(sentences.UNKNOWN_GROUP, said=said)
    name, code = found.group.name(desk.speaker.language), found.group.code
    if not found.group.reports:
        raise Refusal(sentences.GIVES_NO_UPDATES, name=name, code=code)
    if not found.exactly:
        entry.remark(sentences.TAKEN_FOR, said=said, name=name, code=code)
    return found.group


def _period(group: Group, moment: Moment) -> str:
    """A day is told of with the group's week, month or quarter, a month with its quarter; what is longer stays."""
    told = moment.period
    rhythm = Rhythm(group.rhythm)
    if told.kind == periods.DAY or (told.kind == periods.MONTH and rhythm == Rhythm.QUARTERLY):
        return periods.reporting(rhythm, told.first).key
    return told.key


def _keep(desk: Desk, draft: Draft, there: list[Update], alone: bool) -> Verdict:
    entry = draft.entry
    values = _values(entry) | _author(desk, entry)
    update = next((each for each in there if each.progress == values.get("progress", "")), None)
    if update is None and alone and len(there) == 1 and there[0].said_by_id is None:
        update = there[0]
    if update is not None:
        return _changed(desk, update, values)
    update = Update(
        group_id=draft.group.id,
        period=draft.period,
        language=_language(entry, desk.ctx.language),
        said_at=min(desk.by.at, datetime.combine(draft.told.last, time(12), desk.ctx.zone)),
    )
    for name, value in values.items():
        setattr(update, name, value)
    desk.session.add(update)
    there.append(update)
    return Verdict.CREATED


def _language(entry: Entry, usual: str) -> str:
    said = entry.text("language").lower()[:2]
    return said if said in ("fr", "en") else usual


def _values(entry: Entry) -> dict[str, object]:
    """The facts a row tells; what it leaves empty, or says in no known word, is left out."""
    told = {
        "progress": entry.text("progress", "text"),
        "difficulties": entry.text("difficulties"),
        "next_steps": entry.text("next_steps"),
        "support": entry.text("support"),
        "status": entry.word("status", UPDATE_STATUSES, sentences.LEFT_OUT),
        "visibility": entry.word("visibility", LEVELS, sentences.LEFT_OUT),
    }
    if told["status"] in NEEDS_REASON and not told["difficulties"]:
        entry.remark(sentences.NO_REASON)
    return {name: value for name, value in told.items() if value}


def _author(desk: Desk, entry: Entry) -> dict[str, object]:
    """Who spoke: a person known here, or the institution they spoke for."""
    said = entry.text("author")
    found = desk.known.people_called(said) if said else ()
    institution = desk.known.institution(said) if said else None
    if len(found) == 1:
        return {"said_by_id": found[0].id}
    if institution is not None:
        return {"institution_id": institution.id}
    if said:
        entry.remark(sentences.AUTHOR_LEFT_OUT, said=said)
    return {}


def _changed(desk: Desk, update: Update, values: Mapping[str, object]) -> Verdict:
    """Give an update what a row tells of it, with its history and its next version."""
    if all(getattr(update, name) == value for name, value in values.items()):
        return Verdict.UNCHANGED
    before = storage.history.facts(update)
    for name, value in values.items():
        setattr(update, name, value)
    clock = storage.reporting.clock(storage.configuration.current(desk.session))
    if desk.by.at > clock.deadline(periods.parse(update.period)):
        update.changed_after_closing = desk.by.at
    storage.history.changed(desk.session, update, before, desk.by)
    update.version += 1
    update.edited_at = desk.by.at
    cards.refresh(desk.session, desk.ctx, kind.SHOWN, update)
    return Verdict.CHANGED
