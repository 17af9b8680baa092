"""The register of decisions: each keeps the number of its file where that is free, the others are numbered in order;
found again by number, or by body, date and words.

What a row leaves empty stays as it is. A body that is not known is entered, since decisions are also taken where nobody
foresaw it. A decision counts as said on the day of its meeting, so that old papers are no news of this week.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial

import storage.births
import storage.decisions
import storage.history
import storage.registered
from handlers import cards, dates
from handlers.dates import NotADate
from handlers.decisions.kind import OTHER_YEAR
from handlers.errors import Refusal
from handlers.followup import births, decision_cards
from handlers.registers import names, owing, returning, sentences
from handlers.registers.desk import Desk, Entry, each
from handlers.registers.headings import plain
from handlers.registers.outcome import Line, Verdict
from handlers.registers.vocabulary import ADDRESSEES, DECISION_KINDS, DECISION_STATUSES, LEVELS, understood
from storage.decisions import STANDING, Decision, Status
from storage.groups import Group, Kind
from storage.periods import Period
from storage.words import folded
from storage.works import Work

FIELDS = (
    "code", "kind", "body", "group", "date", "text", "responsible", "carrier", "deadline", "status", "replaces",
    "visibility", "language", "review", "addressee", "work", "done_on", "version",
)  # fmt: skip
SHOWN = 60
_NUMBER = re.compile(r"-0*([1-9][0-9]{0,5})$")
"""The number in a code, kept where it is free."""


EMPTIED: Mapping[str, Mapping[str, object]] = {
    "responsible": {"institutions": []},
    "carrier": {"carrier_id": None},
    "deadline": {"deadline": None, "due_on": None},
    "review": {"review_on": None},
    "done_on": {"done_on": None},
    "replaces": {"replaces_id": None},
    "addressee": {"addressee": None},
    "work": {"work_id": None},
}
"""Field -> what its columns hold when it is emptied."""


def bring(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of a register of decisions."""
    keep = partial(_keep, desk, {})
    return each(desk, entries, _what, keep)


def _what(entry: Entry) -> str:
    """What a row that is not kept is about."""
    return " ".join(f"{entry.text('code')} {entry.text('text')}".split())[:SHOWN]


def _keep(desk: Desk, seen: dict[str, int], entry: Entry) -> tuple[Verdict, str]:
    text = entry.text("text")
    returning.once(entry, seen)
    if not text:
        raise Refusal(sentences.NO_WORDS)
    decided = _decided(desk, entry)
    if not entry.text("body", "group"):
        raise Refusal(sentences.NO_BODY)
    found = _by_code(desk, entry)
    carrier_id = desk.carrier(entry, found.carrier_id if found else None)
    body = _body(desk, entry)
    decision = found or _alike(desk, text, body, decided)
    values = _values(desk, entry, decided) | ({"carrier_id": carrier_id} if carrier_id else {})
    if decision is not None and entry.text("code"):
        desk.known.decisions[entry.text("code")] = decision
    if decision is not None:
        returned = _returned(desk, entry, decision, (body, decided))
        return _changed(desk, entry, decision, values | {"text": text} | returned), _shown(decision)
    decision = Decision(
        group_id=body.id,
        decided=decided.key,
        decided_on=decided.first,
        text=text,
        language="en" if entry.text("language") == "en" else desk.ctx.language,
        said_at=said_at(desk, decided),
    )
    for name, value in values.items():
        setattr(decision, name, value)
    number = _NUMBER.search(entry.text("code"))
    storage.decisions.keep(desk.session, decision, body.code, int(number[1]) if number else None)
    storage.history.created(desk.session, decision, desk.by)
    desk.known.decisions[entry.text("code") or decision.code] = decision
    births.follow(desk.session, desk.ctx, decision, storage.births.said(decision), desk.by)
    _replace(desk, decision)
    return Verdict.CREATED, _shown(decision)


def said_at(desk: Desk, period: Period) -> datetime:
    """Noon of a period's last day in the group's zone, not later than now."""
    return min(desk.by.at, datetime.combine(period.last, time(12), desk.ctx.zone))


def _shown(decision: Decision) -> str:
    return f"{decision.code} {' '.join(decision.text.split())[:SHOWN]}"


def _decided(desk: Desk, entry: Entry) -> Period:
    found = entry.moment("date", desk.ctx.today)
    if found is not None:
        return found.period
    entry.remarks.clear()  # the refusal says it
    said = entry.text("date")
    raise Refusal(sentences.NOT_A_DATE, said=said) if said else Refusal(sentences.NO_DATE)


def _body(desk: Desk, entry: Entry) -> Group:
    """The body or group of a row, entered when it is new."""
    said = entry.text("body", "group")
    found = desk.known.group(said, desk.ctx.language, lambda group: True)
    if found is None:
        name = names.lasting(said)
        code = names.group_code(name, desk.known.group_codes)
        entry.remark(sentences.NEW_BODY, name=name, code=code)
        return desk.group(Group(code=code, name_fr=name, name_en="", kind=Kind.BODY))
    if not found.exactly:
        entry.remark(
            sentences.TAKEN_FOR, said=said, name=found.group.name(desk.speaker.language), code=found.group.code
        )
    return found.group


def _by_code(desk: Desk, entry: Entry) -> Decision | None:
    """The decision of that code; without one, that of the version."""
    code = entry.text("code")
    if code:
        return storage.decisions.by_code(desk.session, code)
    return returning.record(desk.session, entry, Decision)


def _alike(desk: Desk, text: str, body: Group, decided: Period) -> Decision | None:
    words = folded(text)
    there = storage.decisions.of_meeting(desk.session, body.id, decided.key)
    return next((decision for decision in there if decision.folded == words), None)


def _returned(desk: Desk, entry: Entry, decision: Decision, meeting: tuple[Group, Period]) -> dict[str, object]:
    """What a row of an exported workbook further tells: the day of the meeting, and what was emptied.

    Raises Refusal where it says another body or year, which the code tells.
    """
    if not entry.text("version"):
        return {}
    body, decided = meeting
    if body.id != decision.group_id:
        raise Refusal(sentences.OTHER_RECORD)
    if decided.first.year != decision.year:
        raise Refusal(OTHER_YEAR, code=decision.code, year=decision.year)
    day = {"decided": decided.key, "decided_on": decided.first}
    needed = {name: name for name in ("kind", "status", "visibility")}
    return day | returning.emptied(desk, entry, decision, EMPTIED, needed)


def _values(desk: Desk, entry: Entry, decided: Period) -> dict[str, object]:
    """The facts a row tells beside its words; what it leaves empty, or says in no known word, is left out."""
    kind = entry.word("kind", DECISION_KINDS, sentences.DECISION_KIND)
    status = entry.word("status", DECISION_STATUSES, sentences.LEFT_OUT) or _undone(entry.text("kind"))
    replaced = _replaced(desk, entry)
    institutions = owing.institutions(desk, entry)
    review, done = entry.moment("review", desk.ctx.today), entry.moment("done_on", desk.ctx.today)
    told: dict[str, object] = {
        "kind": kind,
        "review_on": review.period.last if review is not None else None,
        "status": status,
        "addressee": entry.word("addressee", ADDRESSEES, sentences.LEFT_OUT),
        "work_id": _work(desk, entry),
        "visibility": entry.word("visibility", LEVELS, sentences.LEFT_OUT),
        "institutions": institutions or None,
        "done_on": done.period.last if done is not None else None,
        "replaces_id": replaced.id if replaced else None,
    }
    return {name: value for name, value in told.items() if value is not None} | deadline_of(entry, decided.first)


def _undone(kind: str) -> str | None:
    """What a kind may say of the status: « point d’action non rempli »."""
    _, negation, rest = plain(kind).partition(" non ")
    return understood(negation + rest, DECISION_STATUSES) if negation else None


def deadline_of(entry: Entry, since: date) -> dict[str, object]:
    """The deadline of a row, seen from that civil day, as a record's columns; nothing where it tells none."""
    said = entry.text("deadline")
    if not said:
        return {}
    try:
        found = dates.deadline(said, since)
    except (NotADate, ValueError, OverflowError):
        entry.remark(sentences.DATE_LEFT_OUT, said=said)
        return {}
    return {"deadline": found.key, "due_on": found.due}


def _work(desk: Desk, entry: Entry) -> int | None:
    """The work that made it."""
    said = entry.text("work")
    found = storage.registered.by_code(desk.session, Work, said) if said else None
    if said and found is None:
        entry.remark(sentences.NO_SUCH_WORK, said=said)
    return found.id if found else None


def _replaced(desk: Desk, entry: Entry) -> Decision | None:
    said = entry.text("replaces")
    found = storage.decisions.by_code(desk.session, said) if said else None
    if said and found is None:
        entry.remark(sentences.NO_SUCH_DECISION, said=said)
    return found


def _replace(desk: Desk, decision: Decision) -> None:
    """What a decision puts out of force looks it."""
    if decision.replaces_id is not None:
        replaced = storage.decisions.by_id(desk.session, decision.replaces_id)
        if replaced is not None and replaced.status != Status.REPLACED:
            _settle(desk, replaced, {"status": Status.REPLACED})


def _changed(desk: Desk, entry: Entry, decision: Decision, told: Mapping[str, object]) -> Verdict:
    """Give a decision what a row tells of it. Raises Conflict where it was changed here since its export."""
    values = dict(returning.differing(desk, entry, decision, told))
    if not values:
        return Verdict.UNCHANGED
    if entry.text("version") and "status" in values:
        is_settled = values["status"] not in (*STANDING, Status.REPLACED)
        values.setdefault("done_on", desk.ctx.today if is_settled else None)
    _settle(desk, decision, values)
    return Verdict.CHANGED


def _settle(desk: Desk, decision: Decision, values: Mapping[str, object]) -> None:
    """Set those columns, with the history and the next version, where they differ."""
    before, was = storage.history.facts(decision), storage.births.said(decision)
    for name, value in values.items():
        setattr(decision, name, value)
    decision.folded = folded(decision.text)
    desk.session.flush()
    storage.history.changed(desk.session, decision, before, desk.by)
    decision.version += 1
    decision.edited_at = desk.by.at
    cards.refresh(desk.session, desk.ctx, decision_cards.SHOWN, decision)
    births.follow(desk.session, desk.ctx, decision, was, desk.by)
    _replace(desk, decision)
