"""The register of actions: found again by decision and institution, by number, or by group, institution and words.

A row that names several institutions is one action each. What a row leaves empty stays as it is. An action alone keeps
the number of its file where that is free, and counts as asked for on the day the file tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import storage.actions
import storage.decisions
import storage.history
from handlers import cards
from handlers.errors import Refusal
from handlers.followup import action_cards, births
from handlers.registers import owing, returning, sentences
from handlers.registers.decisions import deadline_of, said_at
from handlers.registers.desk import Desk, Entry, each
from handlers.registers.outcome import Line, Verdict
from handlers.registers.vocabulary import ACTION_STATUSES, LEVELS
from storage import periods
from storage.actions import Action, Status
from storage.decisions import Decision
from storage.groups import Group
from storage.partners import Institution
from storage.visibility import Level
from storage.words import folded

FIELDS = (
    "code", "group", "body", "born_of", "action", "text", "responsible", "institution", "carrier", "deadline", "status",
    "done_on", "evidence", "date", "visibility", "language", "version",
)  # fmt: skip
EMPTIED: Mapping[str, Mapping[str, object]] = {
    "responsible": {"institution_id": None},
    "carrier": {"carrier_id": None},
    "deadline": {"deadline": None, "due_on": None},
    "done_on": {"done_on": None},
    "evidence": {"evidence": ""},
}
"""Field -> what its columns hold when it is emptied."""
SHOWN = 60
_NUMBER = re.compile(r"-A0*([1-9][0-9]{0,5})$")


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where one action of a row comes from: group, decision, who owes it, and its code where the row gives it one."""

    group: Group
    decision: Decision | None
    institution: Institution | None
    code: str


def bring(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of a register of actions."""
    keep = partial(_keep, desk, {})
    return each(desk, entries, _what, keep)


def _what(entry: Entry) -> str:
    """What a row that is not kept is about."""
    return " ".join(f"{entry.text('code')} {entry.text('action', 'text')}".split())[:SHOWN]


def _keep(desk: Desk, seen: dict[str, int], entry: Entry) -> tuple[Verdict, str]:
    text = entry.text("action", "text")
    returning.once(entry, seen)
    if not text:
        raise Refusal(sentences.NO_WORDS)
    decision = _decision(desk, entry)
    group = _group(desk, entry, decision)
    owed = owing.institutions(desk, entry, "responsible", "institution")
    institutions: list[Institution | None] = [*owed] or [None]
    codes = [entry.text("code"), *("" for _ in institutions)]
    if entry.text("version") and len(owed) > 1:
        raise Refusal(sentences.ONE_OWES_IT)
    origins = [
        _Origin(group, decision, institution, code) for institution, code in zip(institutions, codes, strict=False)
    ]
    kept = [_one(desk, entry, origin, text) for origin in origins]
    verdicts = [verdict for verdict, _ in kept]
    verdict = next((each for each in (Verdict.CREATED, Verdict.CHANGED) if each in verdicts), Verdict.UNCHANGED)
    return verdict, f"{kept[0][1].code} {' '.join(text.split())[:SHOWN]}"


def _one(desk: Desk, entry: Entry, origin: _Origin, text: str) -> tuple[Verdict, Action]:
    decision, institution = origin.decision, origin.institution
    found = _coming_back(desk, entry) or _found(desk, origin, text)
    carrier_id = desk.carrier(entry, found.carrier_id if found is not None else None)
    values = _values(desk, entry) | ({"institution_id": institution.id} if institution is not None else {})
    values |= {"carrier_id": carrier_id} if carrier_id else {}
    if found is not None:
        if entry.text("version") and found.group_id != origin.group.id:
            raise Refusal(sentences.OTHER_RECORD)
        emptied = returning.emptied(desk, entry, found, EMPTIED, {"status": "status"})
        return _changed(desk, entry, found, values | {"text": text} | emptied), found
    asked = entry.moment("date", desk.ctx.today) or None
    period = asked.period if asked else periods.containing(periods.DAY, desk.ctx.today)
    action = Action(
        group_id=origin.group.id,
        decision_id=decision.id if decision is not None else None,
        born_for_id=institution.id if decision is not None and institution is not None else None,
        text=text,
        asked_by_id=decision.said_by_id if decision is not None else None,
        visibility=decision.visibility if decision is not None else Level.ALL,
        language="en" if entry.text("language") == "en" else desk.ctx.language,
        said_at=said_at(desk, period),
    )
    for name, value in _settable(action, values).items():
        setattr(action, name, value)
    number = _NUMBER.search(origin.code)
    origin_code = decision.code if decision is not None else origin.group.code
    storage.actions.keep(desk.session, action, origin_code, period.first, int(number[1]) if number else None)
    storage.history.created(desk.session, action, desk.by)
    return Verdict.CREATED, action


def _coming_back(desk: Desk, entry: Entry) -> Action | None:
    """The action that left in this row of an exported workbook, unless its code is another's."""
    found = returning.record(desk.session, entry, Action)
    return found if found is not None and entry.text("code") in ("", found.code) else None


def _decision(desk: Desk, entry: Entry) -> Decision | None:
    """The decision it was born of: that of this very file before one that bears the number here."""
    said = entry.text("born_of")
    if not said:
        return None
    found = desk.known.decisions.get(said) or storage.decisions.by_code(desk.session, said)
    if found is None:
        entry.remark(sentences.NO_SUCH_DECISION, said=said)
    return found


def _group(desk: Desk, entry: Entry, decision: Decision | None) -> Group:
    if decision is not None:
        return desk.session.get_one(Group, decision.group_id)
    said = entry.text("group", "body")
    if not said:
        raise Refusal(sentences.NO_GROUP)
    found = desk.known.group(said, desk.ctx.language, lambda group: True)
    if found is None:
        raise Refusal(sentences.UNKNOWN_GROUP, said=said)
    if not found.exactly:
        entry.remark(
            sentences.TAKEN_FOR, said=said, name=found.group.name(desk.speaker.language), code=found.group.code
        )
    return found.group


def _found(desk: Desk, origin: _Origin, text: str) -> Action | None:
    owes = origin.institution.id if origin.institution is not None else None
    if origin.decision is not None:
        born = storage.actions.of_decision(desk.session, origin.decision.id)
        return next((each for each in born if owes in (each.born_for_id, each.institution_id)), None)
    coded = storage.actions.by_code(desk.session, origin.code) if origin.code else None
    if coded is not None and coded.group_id == origin.group.id:
        return coded
    alike = storage.actions.alike(desk.session, origin.group.id, folded(text))
    return next((each for each in alike if owes in (None, each.institution_id)), None)


def _values(desk: Desk, entry: Entry) -> dict[str, object]:
    """The facts a row tells beside its words; what it leaves empty, or says in no known word, is left out."""
    done = entry.moment("done_on", desk.ctx.today)
    status = entry.word("status", ACTION_STATUSES, sentences.LEFT_OUT)
    told: dict[str, object] = {
        "status": status,
        "done_on": done.period.last if done is not None and status == Status.DONE else None,
        "evidence": entry.text("evidence") or None,
        "visibility": entry.word("visibility", LEVELS, sentences.LEFT_OUT),
    }
    return {name: value for name, value in told.items() if value is not None} | deadline_of(entry, desk.ctx.today)


def _changed(desk: Desk, entry: Entry, action: Action, told: Mapping[str, object]) -> Verdict:
    """Give an action what a row tells of it, with its history and its next version."""
    values = dict(returning.differing(desk, entry, action, _settable(action, told)))
    if not values:
        return Verdict.UNCHANGED
    if entry.text("version") and "status" in values:
        values.setdefault("done_on", desk.ctx.today if values["status"] == Status.DONE else None)
    before = storage.history.facts(action)
    for name, value in values.items():
        setattr(action, name, value)
    storage.actions.reword(action, action.text)
    desk.session.flush()
    storage.history.changed(desk.session, action, before, desk.by)
    action.version += 1
    action.edited_at = desk.by.at
    cards.refresh(desk.session, desk.ctx, action_cards.SHOWN, action)
    if entry.text("version") and "status" in values:
        births.settle(desk.session, desk.ctx, action, desk.by)
    return Verdict.CHANGED


def _settable(action: Action, values: Mapping[str, object]) -> Mapping[str, object]:
    """What can be set of it: the level of one born of a decision is that of its decision."""
    return {name: value for name, value in values.items() if name != "visibility" or action.decision_id is None}
