"""What is looked for: read from the words after the command, from the form, from the menus under the list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import storage.groups
import storage.partners
import storage.search
from handlers import finding
from handlers.described import BY_TABLE
from handlers.errors import NOT_OFFERED_ANY_MORE, FieldRefusal, Refusal, number
from handlers.language import Message, message
from handlers.searchable import SOURCES
from handlers.vocabulary import ACTION_STATUS, DECISION_STATUS, UPDATE_STATUS
from storage import periods
from storage.actions import Action
from storage.decisions import Decision
from storage.periods import Period
from storage.updates import Update
from storage.words import folded

NO_PERIOD = message("“{period}” is not understood as a period: write 2027, “Q3 2027”, “March 2027”, W8.")

ALL, STANDING, CLOSED = "all", "standing", "closed"
TABLES = tuple(source.kind for source in SOURCES)
LONGEST = 150
"""Characters of the words looked for; they travel in a block's id."""
FILTER = "find_filter"
MENUS = ("kind", "state", "group", "institution", "period")
_STATE_WORDS = dict.fromkeys(
    ("open", "ouvert", "ouverte", "ouverts", "ouvertes", "en-cours"), STANDING
) | dict.fromkeys(
    (
        *("closed", "clos", "close", "closes", "cloture", "cloturee", "clotures", "cloturees"),
        *("done", "fait", "faite", "faits", "faites"),
    ),
    CLOSED,
)
"""Folded words of both languages -> state."""
_IN_TWO = re.compile(r"\ben cours\b", re.IGNORECASE)
_TOKEN = re.compile(r"[«“\"][^«»“”\"]*[»”\"]?|\S+")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_STATUSES: Mapping[str, Mapping[str, Message]] = {
    table: {status: label for status, (label, _) in known.items()}
    for table, known in (
        (Update.__tablename__, UPDATE_STATUS),
        (Decision.__tablename__, DECISION_STATUS),
        (Action.__tablename__, ACTION_STATUS),
    )
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for, and the first row of the list.

    ``table`` is a kind of record, "" all; ``state`` ALL, STANDING, CLOSED or a status of that kind; ``period`` a key.
    """

    words: str = ""
    table: str = ""
    state: str = ALL
    group_id: int | None = None
    institution_id: int | None = None
    period: str = ""
    first: int = 0

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words narrows it."""
        return self != Asked(words=self.words, first=self.first)

    @property
    def wanted(self) -> storage.search.Wanted:
        """The same for the index."""
        span = periods.parse(self.period) if self.period else None
        return storage.search.Wanted(
            self.words,
            (self.table,) if self.table else (),
            self.group_id,
            self.institution_id,
            self.state if self.state not in (ALL, STANDING, CLOSED) else "",
            {STANDING: True, CLOSED: False}.get(self.state),
            span.first if span else None,
            span.last if span else None,
        )


def statuses(table: str) -> Mapping[str, Message]:
    """Status -> label, of one kind of record; nothing for all kinds together."""
    kind = BY_TABLE.get(table)
    if kind is None:
        return _STATUSES.get(table, {})
    return {value: word.label for value, word in kind.field(kind.status).words.items()} if kind.status else {}


def typed(session: Session, rest: str, today: date) -> Asked:
    """The words after the command: a group, an institution, a period, open or closed narrow; all others are words.

    Whatever stands between quotation marks is a word, and so is a word alone, unless it is a code in capitals.
    """
    groups = {folded(each.code): each.id for each in storage.groups.everyone(session)}
    institutions = {folded(each.code): each.id for each in storage.partners.everyone(session)}
    asked, tokens = _with_period(_TOKEN.findall(_IN_TWO.sub("en-cours", rest)), today)
    words: list[str] = []
    for token in tokens:
        word = folded(token.strip(",;"))
        alone = len(tokens) == 1 and not asked.period and not token.isupper()
        if not alone and word in groups and asked.group_id is None:
            asked = replace(asked, group_id=groups[word])
        elif not alone and word in institutions and asked.institution_id is None:
            asked = replace(asked, institution_id=institutions[word])
        elif not alone and word in _STATE_WORDS and asked.state == ALL:
            asked = replace(asked, state=_STATE_WORDS[word])
        else:
            words.append(token)
    return replace(asked, words=" ".join(words)[:LONGEST])


def _with_period(tokens: Sequence[str], today: date) -> tuple[Asked, list[str]]:
    """The first period among the words, two of which may tell it, and the other words."""
    for size in (2, 1):
        for start in range(len(tokens) - size + 1):
            found = _period(" ".join(tokens[start : start + size]), today)
            if found is not None:
                return Asked(period=found.key), [*tokens[:start], *tokens[start + size :]]
    return Asked(), list(tokens)


def _period(text: str, today: date) -> Period | None:
    """A period longer than a day, told by a figure at least."""
    if not any(sign.isdecimal() for sign in text) or text[0] in '«“"':
        return None
    found = finding.period(text, today)
    if found is None or found.kind == periods.DAY or not _FIRST_YEAR <= found.first.year <= _LAST_YEAR:
        return None
    return found


def submitted(given: Mapping[str, Any], today: date) -> Asked:
    """What the form says. Raises FieldRefusal."""
    text = (given.get("period") or "").strip()
    found = finding.period(text, today) if text else None
    if text and found is None:
        raise FieldRefusal({"period": (NO_PERIOD, {"period": text})})
    return Asked(
        words=(given.get("words") or "")[:LONGEST],
        table=_known(given.get("kind") or ""),
        state=given.get("state") or ALL,
        group_id=number(given.get("group") or 0) or None,
        institution_id=number(given.get("institution") or 0) or None,
        period=found.key if found else "",
    )


def chosen(body: Mapping[str, Any]) -> Asked:
    """What stands in the menus of the list, and the page asked for. Raises Refusal."""
    view = body.get("view") or {}
    given = (body.get("state") or view.get("state") or {}).get("values") or {}
    shown = (view or body.get("message") or {}).get("blocks") or ()
    ids = [*(str(block.get("block_id", "")) for block in shown), *given]
    place = next((each for each in ids if each.startswith(f"{FILTER}~")), f"{FILTER}~")
    action = body["actions"][0]

    def value(menu: str) -> str:
        held = action if action["action_id"] == f"find_{menu}" else given.get(place, {}).get(f"find_{menu}", {})
        picked = str((held.get("selected_option") or {}).get("value") or "")
        return "" if picked == ALL else picked

    table, state = _known(value("kind")), value("state") or ALL
    if state not in (ALL, STANDING, CLOSED) and state not in statuses(table):
        state = ALL  # a status of the kind that was chosen before
    return Asked(
        words=place.partition("~")[2],
        table=table,
        state=state,
        group_id=number(value("group") or 0) or None,
        institution_id=number(value("institution") or 0) or None,
        period=_key(value("period")),
        first=number(action["value"]) if action["action_id"] in ("find_more", "find_less") else 0,
    )


def _known(table: str) -> str:
    if table and table not in TABLES:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return table


def _key(text: str) -> str:
    try:
        return periods.parse(text).key if text else ""
    except ValueError:
        raise Refusal(NOT_OFFERED_ANY_MORE) from None
