"""Who owes a decision, as people write it: one institution, several between semicolons or commas, or a group."""

from __future__ import annotations

import re

from handlers.registers import sentences
from handlers.registers.desk import Desk, Entry
from handlers.registers.names import GENERIC
from storage.groups import Group
from storage.partners import Institution

_LISTED = re.compile(r"\s*[;\n]\s*")
_COMMA = re.compile(r"\s*,\s*")
_AND = re.compile(r"\s+(?:et|and|&)\s+")
_SHORT = 2
"""« ACF-E et CRS » are two; a longer part before or after « et » may belong to one name."""


def institutions(desk: Desk, entry: Entry, *fields: str) -> list[Institution]:
    """The institutions a row names as responsible (in the first of those fields that is filled), entered when they are
    new; a group is remarked on instead.
    """
    found: list[Institution] = []
    for name in _names(desk, entry.text(*(fields or ("responsible",)))):
        group = None if desk.known.institution(name) else desk.known.group(name, desk.ctx.language, _nothing_near)
        if group is not None or name.casefold() in GENERIC:
            entry.remark(sentences.RESPONSIBLE_GROUP, said=name)
            continue
        institution = desk.institution(name, entry)
        if institution not in found:
            found.append(institution)
    return sorted(found, key=lambda institution: institution.code)


def known(desk: Desk, text: str) -> list[Institution] | None:
    """The institutions a text names, where every name in it is one that is known; None else."""
    found = [desk.known.institution(name) for name in _names(desk, text)]
    there = [institution for institution in found if institution is not None]
    return sorted(set(there), key=lambda institution: institution.code) if len(there) == len(found) else None


def _nothing_near(_group: Group) -> bool:
    """Only a code or a whole name makes a responsible a group."""
    return False


def _names(desk: Desk, text: str) -> list[str]:
    names: list[str] = []
    for part in _LISTED.split(text):
        if desk.known.institution(part):
            names.append(part)
        else:
            names += [name for piece in _COMMA.split(part) for name in _divided(desk, piece)]
    return [name for name in names if name]


def _divided(desk: Desk, piece: str) -> list[str]:
    """What « et » joins, where both sides are names and not halves of one."""
    parts = _AND.split(piece)
    whole = all(
        desk.known.institution(part) or (len(part.split()) <= _SHORT and part.split()[0].casefold() not in GENERIC)
        for part in parts
        if part
    )
    return parts if whole else [piece]
