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
from handlers import dates
from handlers.dates import NotADate
from handlers.errors import Refusal
from handlers.registers import names, owing, sentences
from handlers.registers.desk import Desk, Entry, each
from handlers.registers.headings import plain
from handlers.registers.outcome import Line, Verdict
from handlers.registers.vocabulary import ADDRESSEES, DECISION_KINDS, DECISION_STATUSES, LEVELS, understood
from storage.decisions import Decision, Status
from storage.groups import Group, Kind
from storage.periods import Period
from storage.words import folded
from storage.works import Work

FIELDS = (
    "code", "kind", "body", "group", "date", "text", "responsible", "carrier", "deadline", "status", "replaces",
    "visibility", "language", "review", "addressee", "work",
)  # fmt: skip
SHOWN = 60
_NUMBER = re.compile(r"-0*([1-9][0-9]{0,5})$")
"""The number in a code, kept where it is free."""


def bring(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of a register of decisions."""
    return each(desk, entries, lambda entry: " ".join(entry.text("text").split())[:SHOWN], partial(_keep, desk))


def _keep(desk: Desk, entry: Entry) -> tuple[Verdict, str]:
    text = entry.text("text")
    if not text:
        raise Refusal(sentences.NO_WORDS)
    decided = _decided(desk, entry)
    if not entry.text("body", "group"):
        raise Refusal(sentences.NO_BODY)
    desk.certain(entry.text("carrier"))
    body = _body(desk, entry)
    decision = _found(desk, entry, body, decided)
    values = _values(desk, entry, decided)
    if decision is not None and entry.text("code"):
        desk.known.decisions[entry.text("code")] = decision
    if decision is not None:
        return _changed(desk, decision, values | {"text": text}), _shown(decision)
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
    storage.births.follow(desk.session, decision, storage.births.said(decision), desk.by)
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
        entry.remark(sentences.TAKEN_FOR, said=said, name=found.group.name(desk.ctx.language), code=found.group.code)
    return found.group


def _found(desk: Desk, entry: Entry, body: Group, decided: Period) -> Decision | None:
    by_code = storage.decisions.by_code(desk.session, entry.text("code")) if entry.text("code") else None
    if by_code is not None:
        return by_code
    words = folded(entry.text("text"))
    there = storage.decisions.of_meeting(desk.session, body.id, decided.key)
    return next((decision for decision in there if decision.folded == words), None)


def _values(desk: Desk, entry: Entry, decided: Period) -> dict[str, object]:
    """The facts a row tells beside its words; what it leaves empty, or says in no known word, is left out."""
    kind = entry.word("kind", DECISION_KINDS, sentences.DECISION_KIND)
    status = entry.word("status", DECISION_STATUSES, sentences.LEFT_OUT) or _undone(entry.text("kind"))
    carrier, replaced = entry.text("carrier"), _replaced(desk, entry)
    institutions = owing.institutions(desk, entry)
    review = entry.moment("review", desk.ctx.today)
    told: dict[str, object] = {
        "kind": kind,
        "review_on": review.period.last if review is not None else None,
        "status": status,
        "addressee": entry.word("addressee", ADDRESSEES, sentences.LEFT_OUT),
        "work_id": _work(desk, entry),
        "visibility": entry.word("visibility", LEVELS, sentences.LEFT_OUT),
        "institutions": institutions or None,
        "carrier_id": desk.person(carrier, entry).id if carrier else None,
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
        if replaced is not None:
            _changed(desk, replaced, {"status": Status.REPLACED})


def _changed(desk: Desk, decision: Decision, values: Mapping[str, object]) -> Verdict:
    """Give a decision what a row tells of it, with its history and its next version."""
    if all(getattr(decision, name) == value for name, value in values.items()):
        return Verdict.UNCHANGED
    before, was = storage.history.facts(decision), storage.births.said(decision)
    for name, value in values.items():
        setattr(decision, name, value)
    decision.folded = folded(decision.text)
    desk.session.flush()
    storage.history.changed(desk.session, decision, before, desk.by)
    decision.version += 1
    decision.edited_at = desk.by.at
    storage.births.follow(desk.session, decision, was, desk.by)
    _replace(desk, decision)
    return Verdict.CHANGED
