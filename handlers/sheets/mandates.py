"""The sheet of mandates: who held, holds and will hold each office; the collective first, then the groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import storage.history
import storage.mandates
from handlers.language import message
from handlers.reports.report import Mark, Tone
from handlers.reports.sheets import Value
from handlers.sheets.register import Column, Register, Versioned, version
from handlers.sheets.scope import Scope
from handlers.vocabulary import OFFICE
from storage.mandates import Mandate, Office

OVER = message("Over")
IN_FORCE = message("In force")
TO_COME = message("To come")


@dataclass(frozen=True, slots=True)
class Told:
    """A mandate with its version."""

    mandate: Mandate
    version: Versioned


def rows(scope: Scope) -> Iterator[Told]:
    """Every mandate, or those of the span, by group and office, the earliest first."""
    if scope.span is None:
        found = storage.mandates.everyone(scope.session)
    else:
        found = storage.mandates.between(scope.session, scope.span.first, scope.span.last)
    offices = list(Office)
    changes = storage.history.counts(scope.session, Mandate.__tablename__)
    for each in sorted(found, key=lambda each: (_group(each, scope), offices.index(Office(each.office)), each.starts)):
        yield Told(each, Versioned(each.id, 1 + changes.get(each.id, 0)))


def _group(mandate: Mandate, scope: Scope) -> str:
    return scope.groups[mandate.group_id].code if mandate.group_id is not None else ""


def _code(mandate: Mandate, scope: Scope) -> Value:
    institution = scope.institutions.get(mandate.institution_id or 0)
    return institution.code if institution else None


def _name(mandate: Mandate, scope: Scope) -> Value:
    institution = scope.institutions.get(mandate.institution_id or 0)
    return institution.name(scope.language) if institution else None


def _standing(mandate: Mandate, scope: Scope) -> Mark:
    if mandate.ends is not None and mandate.ends < scope.today:
        return Mark(scope.word(OVER), Tone.QUIET)
    return Mark(scope.word(TO_COME)) if mandate.starts > scope.today else Mark(scope.word(IN_FORCE), Tone.GOOD)


MANDATES = Register(
    name="mandates",
    title=message("Mandates"),
    note=message(
        "Who held, holds and will hold each office, and who carries it. The sheet can be brought in again, changed."
    ),
    columns=(
        Column("office", message("Office"), "text", 30, lambda told, scope: scope.word(OFFICE[told.mandate.office])),
        Column("group", message("Group"), "code", 12, lambda told, scope: _group(told.mandate, scope) or None),
        Column("institution", message("Institution"), "code", 16, lambda told, scope: _code(told.mandate, scope)),
        Column(
            "institution_name",
            message("Name of the institution"),
            "text",
            34,
            lambda told, scope: _name(told.mandate, scope),
        ),
        Column("holder", message("Holder"), "text", 32, lambda told, scope: scope.people.get(told.mandate.holder_id)),
        Column(
            "alternate",
            message("Stand-in"),
            "text",
            32,
            lambda told, scope: scope.people.get(told.mandate.alternate_id),
        ),
        Column("starts", message("From"), "date", 14, lambda told, _: told.mandate.starts),
        Column("ends", message("Until"), "date", 14, lambda told, _: told.mandate.ends),
        Column("standing", message("Standing"), "mark", 14, lambda told, scope: _standing(told.mandate, scope)),
        version(lambda told: told.version),
    ),
    rows=rows,
    is_for=lambda scope: scope.is_partner,
)
