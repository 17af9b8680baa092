"""The sheet of the division of labour: partners down, sectors across, each role with the time since which it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from handlers.arrangements import matrix
from handlers.arrangements.matrix import Matrix
from handlers.arrangements.words import ROLES
from handlers.language import message
from handlers.reports.sheets import Value
from handlers.sheets.register import Column, Register
from handlers.sheets.scope import Scope
from storage.groups import Group
from storage.partners import Institution

DIVISION_TITLE = message("Division of labour")
DIVISION_NOTE = message("Who is what in which sector today: one row a partner, one column a sector.")
PARTNER = message("Partner × sector")
PARTNER_NAME = message("The partner’s name")
"""Headings that no register has: this sheet is drawn from the roles and is not brought in."""
PRESENT_IN = message("Sectors led or active in")
SINCE = message("{role}, since {since}")


def sectors(scope: Scope) -> Sequence[Column]:
    """A column a sector in which anybody has a role, and in how many a partner is present."""
    found = _matrix(scope)
    return (
        *(Column(each.code, each.code, "text", 18, partial(_role, found, each)) for each in found.sectors),
        Column("present", PRESENT_IN, "number", 14, lambda row, _: len(found.present.get(row.id, ()))),
    )


def rows(scope: Scope) -> Iterator[Institution]:
    """The partners that have a role today."""
    return iter(_matrix(scope).partners)


def _matrix(scope: Scope) -> Matrix:
    return matrix.gather(scope.session, scope.audience, scope.today)


def _role(found: Matrix, sector: Group, partner: Institution, scope: Scope) -> Value:
    role = found.roles.get((partner.id, sector.id))
    if role is None:
        return None
    label = scope.word(ROLES[role.role].label)
    return scope.reader.speaker.say(SINCE, role=label, since=scope.deadline(role.since)) if role.since else label


DIVISION = Register(
    name="division",
    title=DIVISION_TITLE,
    note=DIVISION_NOTE,
    columns=(
        Column("partner", PARTNER, "code", 16, lambda row, _: row.code),
        Column("partner_name", PARTNER_NAME, "text", 30, lambda row, scope: row.name(scope.language)),
    ),
    rows=rows,
    is_for=lambda scope: scope.is_partner,
    further=sectors,
)
