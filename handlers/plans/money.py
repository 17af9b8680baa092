"""The budget of a line, and what a currency is worth in a year: their descriptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.plans.money
import storage.plans.rows
from handlers.actors import Actor
from handlers.context import Context
from handlers.currencies import CURRENCIES
from handlers.errors import FieldRefusal
from handlers.forms import NEEDED
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind, Labels
from handlers.language import Message, message
from handlers.rights import Right
from storage.plans.money import BUDGETS, RATES, XOF, Budget, Rate
from storage.plans.rows import Line

BUDGET_FORM_TITLE = message("Budget line")
BUDGETS_MANY = message("Budget lines")
ADD_BUDGET_BUTTON = message("Add to the budget")
BUDGETS_NOTE = message("What is planned, committed and spent for the lines of the plans, each in its own currency.")
LINE = message("Line of a plan")
LABEL = message("What the money is for")
YEAR = message("Year")
CURRENCY = message("Currency")
PLANNED = message("Planned")
COMMITTED = message("Committed")
SPENT = message("Spent")
AMOUNT_HINT = message("Zero is “0”; “n/a” where none applies; nothing while it is not known.")
FUNDER = message("Who pays")
FUND = message("Account or basket")
RATE_FORM_TITLE = message("Exchange rate")
RATES_MANY = message("Exchange rates")
ADD_RATE_BUTTON = message("Add a rate")
RATES_NOTE = message("What a unit of each currency is worth in CFA francs, by year, as it was typed.")
RATE = message("CFA francs for one unit")
RATE_HINT = message("With its decimals: “655.957”.")
SOURCE = message("Source of the rate")
SOURCE_HINT = message("“BCEAO, yearly average”, “UN rate of January”.")
OVERSPENT = message("{spent} spent, more than the {planned} planned.")
OVERCOMMITTED = message("{committed} committed, more than the {planned} planned.")
NO_RATE = message("There is no rate of {currency} for {year}: it is not in the sums.")
NO_YEAR = message("no year")
OF_ITSELF = message("One CFA franc is one CFA franc: choose another currency.")
ABOVE_ZERO = message("A rate is more than zero.")
TYPED_ALREADY = message("{code} is that rate already: change it there.")


def rule(session: Session, ctx: Context, actor: Actor | None, budget: Budget, before: Mapping[str, Any]) -> None:
    """It is of the year of its plan unless another is said."""
    line = storage.plans.rows.line_by_id(session, budget.line_id)
    plan = storage.plans.rows.by_id(session, line.plan_id) if line is not None else None
    budget.currency = budget.currency or XOF
    if budget.year is None and plan is not None:
        budget.year = plan.starts


def warnings(
    session: Session, ctx: Context, actor: Actor, budget: Budget
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """More spent or committed than planned; no rate."""
    told: list[tuple[Message, Mapping[str, object]]] = []
    if budget.planned is not None:
        if budget.spent is not None and budget.spent > budget.planned:
            told.append((OVERSPENT, {"spent": budget.spent, "planned": budget.planned}))
        if budget.committed is not None and budget.committed > budget.planned:
            told.append((OVERCOMMITTED, {"committed": budget.committed, "planned": budget.planned}))
    rates = storage.plans.money.rates(session)
    return [*told, *unrated(storage.plans.money.sums([budget], rates).unrated)]


def unrated(pairs: set[tuple[str, int | None]]) -> list[tuple[Message, Mapping[str, object]]]:
    """The sentences for amounts without a rate."""
    ordered = sorted(pairs, key=lambda pair: (pair[0], pair[1] or 0))
    return [
        (NO_RATE, {"currency": currency, "year": NO_YEAR if year is None else str(year)}) for currency, year in ordered
    ]


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """In CFA francs."""
    return {"currency": XOF}


def rate_rule(session: Session, ctx: Context, actor: Actor | None, rate: Rate, before: Mapping[str, Any]) -> None:
    """A rate of another currency, above zero, once a year. Raises FieldRefusal."""
    if rate.currency == XOF:
        raise FieldRefusal({"currency": (OF_ITSELF, {})})
    if rate.value is None or rate.year is None:
        raise FieldRefusal({"value" if rate.value is None else "year": (NEEDED, {})})
    if rate.value <= 0:
        raise FieldRefusal({"value": (ABOVE_ZERO, {})})
    same = storage.plans.money.same_rate(session, rate)
    if same is not None:
        raise FieldRefusal({"year": (TYPED_ALREADY, {"code": same.code})})


def rate_begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of this year."""
    return {"year": str(ctx.today.year)}


BUDGET: Kind[Budget] = Kind(
    "plan_budget",
    Budget,
    BUDGETS,
    Labels(BUDGET_FORM_TITLE, BUDGETS_MANY, ADD_BUDGET_BUTTON, BUDGETS_NOTE),
    (
        Field("line", LINE, Sort.RECORD, required=True, of=Line, whole=True, headings=("ligne", "line", "activite")),
        Field("label", LABEL, Sort.LINE, required=True, headings=("libelle", "rubrique", "objet", "item"), width=40),
        Field("year", YEAR, Sort.YEAR, headings=("annee", "exercice", "year"), width=8),
        Field(
            "currency", CURRENCY, Sort.WORD, words=CURRENCIES, headings=("devise", "monnaie", "currency"), brief=True
        ),
        Field(
            "planned",
            PLANNED,
            Sort.MONEY,
            hint=AMOUNT_HINT,
            headings=("prevu", "budget", "planifie", "planned"),
            brief=True,
        ),
        Field("committed", COMMITTED, Sort.MONEY, hint=AMOUNT_HINT, headings=("engage", "committed"), brief=True),
        Field(
            "spent",
            SPENT,
            Sort.MONEY,
            hint=AMOUNT_HINT,
            headings=("depense", "decaisse", "execute", "spent"),
            brief=True,
        ),
        Field("funder", FUNDER, Sort.INSTITUTION, headings=("source de financement", "bailleur", "funder", "source")),
        Field("fund", FUND, Sort.LINE, headings=("fonds", "compte", "panier", "fund")),
    ),
    Right.KEEP_PLANS,
    rule=rule,
    warnings=warnings,
    order=("line_id", "id"),
    year=lambda budget: budget.year,
    begins=begins,
)

RATE_KIND: Kind[Rate] = Kind(
    "exchange_rate",
    Rate,
    RATES,
    Labels(RATE_FORM_TITLE, RATES_MANY, ADD_RATE_BUTTON, RATES_NOTE),
    (
        Field(
            "currency",
            CURRENCY,
            Sort.WORD,
            required=True,
            words={code: word for code, word in CURRENCIES.items() if code != XOF},
            headings=("devise", "monnaie", "currency"),
        ),
        Field("year", YEAR, Sort.YEAR, required=True, headings=("annee", "year"), width=8),
        Field(
            "value",
            RATE,
            Sort.MONEY,
            required=True,
            hint=RATE_HINT,
            headings=("taux", "taux de change", "rate", "xof"),
            decimals=6,
        ),
        Field("source", SOURCE, Sort.LINE, hint=SOURCE_HINT, headings=("source",), width=30),
    ),
    Right.KEEP_PLANS,
    rule=rate_rule,
    order=("-year", "currency"),
    year=lambda rate: rate.year,
    begins=rate_begins,
)
