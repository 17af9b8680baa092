"""Arrangements of the demo world: budget support with three years of amounts and its tranches, delegated cooperation,
a pooled fund.

Amounts tell the three things that are no amount apart: not known (None), not applicable, and zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from bot.rehearsal.world.shapes import GOVERNMENT, GROUP, Kept, at

NONE_APPLIES = "n/a"

_BUDGET, _HEALTH, _DELEGATED, _WATER = "ARR-2025-001", "ARR-2025-002", "ARR-2025-003", "ARR-2027-001"

_SIGNED = (
    Kept(
        "arrangement",
        _BUDGET,
        "UGFPLEAD01",
        at("2026-03-17 09:00"),
        {
            "kind": "general_budget_support",
            "name": "Appui budgétaire général 2025-2027",
            "group": "ECO",
            "institutions": ["BAD", "BM", "CANADA", "UE"],
            "lead": "UE",
            "counterpart": "Ministre de l’Économie et des Finances",
            "signed": date(2025, 2, 20),
            "begins": "2025",
            "finishes": "2027",
            "programme_based": "yes",
            "state": "in_force",
            "terms": "Une tranche fixe chaque année, une tranche variable selon trois déclencheurs convenus en revue.",
        },
        GOVERNMENT,
    ),
    Kept(
        "arrangement",
        _HEALTH,
        "USANLEAD01",
        at("2026-03-18 10:00"),
        {
            "kind": "sector_budget_support",
            "name": "Sector budget support for health",
            "group": "SAN",
            "institutions": ["CANADA", "PAYS-BAS"],
            "lead": "PAYS-BAS",
            "counterpart": "Minister of Health",
            "signed": date(2025, 7, 3),
            "begins": "2025-07",
            "finishes": "2028-06",
            "programme_based": "yes",
            "state": "in_force",
        },
    ),
    Kept(
        "arrangement",
        _DELEGATED,
        "USANLEAD01",
        at("2026-03-18 11:00"),
        {
            "kind": "delegated_cooperation",
            "name": "Spain acts through the Netherlands in health",
            "group": "SAN",
            "institutions": ["ESPAGNE", "PAYS-BAS"],
            "lead": "PAYS-BAS",
            "signed": date(2025, 9, 15),
            "begins": "2025-09-15",
            "finishes": "2028-09",
            "programme_based": "yes",
            "state": "in_force",
        },
    ),
    Kept(
        "arrangement",
        _WATER,
        "UEAULEAD01",
        at("2027-02-08 15:30"),
        {
            "kind": "pooled_fund",
            "name": "Fonds commun des centres secondaires",
            "group": "EAU",
            "institutions": ["ALLEMAGNE", "JAPON", "UNICEF"],
            "lead": "UNICEF",
            "begins": "2027",
            "programme_based": "no",
            "state": "prepared",
        },
        GROUP,
    ),
)

_BILLION = Decimal(10) ** 9
_AMOUNTS = (
    (_BUDGET, "XOF", 2025, "UE", "32.8", "32.8", "31.5"),
    (_BUDGET, "XOF", 2025, "BM", "45", "45", "45"),
    (_BUDGET, "XOF", 2025, "BAD", "15", "15", "0"),
    (_BUDGET, "XOF", 2025, "CANADA", "9", "9", "9"),
    (_BUDGET, "XOF", 2026, "UE", "32.8", "32.8", "20"),
    (_BUDGET, "XOF", 2026, "BM", "50", "50", "50"),
    (_BUDGET, "XOF", 2026, "BAD", "15", "15", "15"),
    (_BUDGET, "XOF", 2026, "CANADA", NONE_APPLIES, NONE_APPLIES, NONE_APPLIES),
    (_BUDGET, "XOF", 2027, "UE", "35", None, None),
    (_BUDGET, "XOF", 2027, "BM", "52", "52", "0"),
    (_BUDGET, "XOF", 2027, "BAD", None, None, None),
    (_BUDGET, "XOF", 2027, "CANADA", "9", "9", "0"),
    (_HEALTH, "EUR", 2026, "PAYS-BAS", "0.014", "0.014", "0.012"),
    (_HEALTH, "CAD", 2026, "CANADA", "0.018", "0.015", "0.015"),
    (_DELEGATED, "EUR", 2026, "ESPAGNE", "0.003", "0.003", "0.0025"),
    (_DELEGATED, "EUR", 2027, "ESPAGNE", "0.003", None, None),
    (_WATER, "EUR", 2027, "ALLEMAGNE", "0.006", None, NONE_APPLIES),
)
"""Arrangement, currency, year, partner; pledged, committed, disbursed, in billions."""

_TRANCHES = (
    ("TRN-2026-001", "fixed", "Tranche fixe 2026", "2026-06-30", "15", "", "met", "15", date(2026, 6, 24)),
    (
        "TRN-2026-002",
        "variable",
        "Tranche variable 2026",
        "2026-12",
        "17.8",
        "Loi de finances déposée à temps\nÉtat de la dette fournisseurs publié\nDotation des régions versée",
        "partly",
        "5",
        date(2026, 12, 29),
    ),
    ("TRN-2027-001", "fixed", "Tranche fixe 2027", "2027-06-30", "15", "", "awaited", None, None),
    (
        "TRN-2027-002",
        "variable",
        "Tranche variable 2027",
        "2027-Q4",
        "20",
        "Exécution du budget publiée par région\nRevue annuelle tenue",
        "awaited",
        None,
        None,
    ),
)


def _figures(given: Iterable[str | None]) -> tuple[dict[str, Decimal | None], str]:
    """The three amounts, and the names of those that do not apply."""
    named = dict(zip(("pledged", "committed", "disbursed"), given, strict=True))
    lacking = [name for name, told in named.items() if told == NONE_APPLIES]
    return {
        name: None if told is None or told == NONE_APPLIES else Decimal(told) * _BILLION for name, told in named.items()
    }, " ".join(lacking)


def _amounts() -> Iterator[Kept]:
    """A row a partner and year, noted one after the other once the arrangement was there."""
    drawn: Counter[int] = Counter()
    noted = {told.code: told for told in _SIGNED}
    for number, (arrangement, currency, year, partner, *given) in enumerate(_AMOUNTS):
        drawn[year] += 1
        figures, lacking = _figures(given)
        author = noted[arrangement].by
        when = at("2027-02-09 09:00" if arrangement == _WATER else "2026-03-19 09:00") + timedelta(minutes=number)
        facts = {"arrangement": arrangement, "institution": partner, "year": year, "currency": currency, **figures}
        yield Kept("amount", f"AMT-{year}-{drawn[year]:03}", author, when, facts, not_applicable=lacking)


def _tranches() -> Iterator[Kept]:
    for number, (code, kind, name, due, amount, triggers, state, disbursed, paid) in enumerate(_TRANCHES):
        facts = {
            "arrangement": _BUDGET,
            "institution": "UE",
            "kind": kind,
            "name": name,
            "currency": "XOF",
            "amount": Decimal(amount) * _BILLION,
            "due": due,
            "triggers": triggers,
            "state": state,
            "disbursed": Decimal(disbursed) * _BILLION if disbursed else None,
            "paid": paid,
        }
        yield Kept("tranche", code, "UGFPLEAD01", at("2027-01-12 14:00") + timedelta(minutes=number), facts)


ARRANGEMENTS = (*_SIGNED, *_amounts(), *_tranches())
