"""To what the list of mandates is narrowed: read from the words after the command, and carried in a block's id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

import storage.groups
import storage.partners
from handlers import finding
from handlers.errors import Refusal
from handlers.language import Speaker, message
from storage.mandates import POOL, TROIKA, Office
from storage.words import folded

NOT_KNOWN = message(
    "I know no group, institution, year or office “{word}”. `/ptf mandates` lists what there is; a year, a code such "
    "as EDU or BM, “troïka”, “past” or “coming” narrow it."
)

WHEN_WORDS = {
    "past": "past",
    "passes": "past",
    "anciens": "past",
    "coming": "coming",
    "a-venir": "coming",
    "futurs": "coming",
    "today": "today",
    "aujourd'hui": "today",
    "all": "all",
    "tous": "all",
    "tout": "all",
}
"""Folded words of both languages -> of when."""
OFFICE_WORDS: dict[str, tuple[Office, ...]] = {
    "troika": TROIKA,
    "pool": POOL,
    "chef-de-file": (Office.LEAD,),
    "cdf": (Office.LEAD,),
}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
SHOWN = 60
"""Characters given back of a word that names nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; ``when`` is of today, past, coming or all, where no ``year`` is asked for."""

    when: str = "today"
    year: int | None = None
    group_id: int | None = None
    institution_id: int | None = None
    offices: tuple[str, ...] = ()
    page: int = 0


def asked(session: Session, speaker: Speaker, rest: str) -> Wanted:
    """What the words after the command ask for. Raises Refusal for a word that names nothing, with suggestions."""
    wanted, left = Wanted(), []
    said = folded(rest).replace("a venir", "a-venir").replace("chef de file", "chef-de-file").replace("’", "'")
    for word in said.split():
        if _YEAR.fullmatch(word):
            wanted = replace(wanted, year=int(word))
        elif word in WHEN_WORDS:
            wanted = replace(wanted, when=WHEN_WORDS[word])
        elif word in OFFICE_WORDS:
            wanted = replace(wanted, offices=tuple(OFFICE_WORDS[word]))
        else:
            left.append(word)
    return _named(session, speaker, wanted, left) if left else wanted


def key_of(wanted: Wanted) -> str:
    """What is wanted in one short text, without the page."""
    ids = (wanted.year or "", wanted.group_id or "", wanted.institution_id or "")
    return "|".join([wanted.when, *map(str, ids), ",".join(wanted.offices)])


def of_key(key: str) -> Wanted:
    """What a key says; the list of today for what is none."""
    parts = key.split("|")
    if len(parts) != 5 or parts[0] not in WHEN_WORDS.values():
        return Wanted()
    year, group, institution = (int(part) if part.isdecimal() else None for part in parts[1:4])
    return Wanted(
        parts[0], year, group, institution, tuple(part for part in parts[4].split(",") if part in set(Office))
    )


def _named(session: Session, speaker: Speaker, wanted: Wanted, left: Sequence[str]) -> Wanted:
    """The words that are left name a group or an institution, together or one by one."""
    whole = _one(session, " ".join(left))
    if whole is not None:
        return replace(wanted, **whole)
    for word in left:
        found = _one(session, word)
        if found is None:
            raise _unknown(session, speaker, word)
        wanted = replace(wanted, **found)
    return wanted


def _one(session: Session, said: str) -> dict[str, Any] | None:
    """The institution or group which is called so, in either language, or whose code it is."""
    for field, rows in (
        ("group_id", storage.groups.everyone(session)),
        ("institution_id", storage.partners.everyone(session)),
    ):
        for row in rows:
            if said in {folded(row.code), folded(row.name_fr), folded(row.name_en)}:
                return {field: row.id}
    return None


def _unknown(session: Session, speaker: Speaker, word: str) -> Refusal:
    close = finding.nearest(word, storage.groups.everyone(session))
    if close:
        groups = speaker.listing([finding.told(speaker, each) for each in close])
        return Refusal(finding.DID_YOU_MEAN, word=word[:SHOWN], groups=groups)
    return Refusal(NOT_KNOWN, word=word[:SHOWN])
