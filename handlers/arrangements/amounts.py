"""The amounts of an arrangement: what a partner pledged, committed and disbursed in a year, three different things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.arrangements
from handlers.actors import Actor
from handlers.context import Context
from handlers.currencies import CURRENCIES
from handlers.errors import FieldRefusal
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind, Labels
from handlers.kinds.naming import Names
from handlers.language import Message, Speaker, message
from handlers.rights import Right
from storage import periods
from storage.arrangements import XOF, Amount, Arrangement

AMOUNT_FORM_TITLE = message("Amounts of a year")
AMOUNTS = message("Pledged, committed, disbursed")
ADD_BUTTON = message("Add amounts")
NOTE = message("By arrangement, partner and year; empty is not known, “not applicable” applies to nobody, 0 is zero.")
ARRANGEMENT = message("Arrangement")
PARTNER = message("Partner")
YEAR = message("Year")
CURRENCY = message("Currency")
PLEDGED = message("Pledged")
COMMITTED = message("Committed")
DISBURSED = message("Disbursed")
FIGURE_HINT = message("“12 000 000”, “1.5 million”; empty: not known; “n/a”: none applies; 0: zero.")
REMARK = message("Remark")
CALLED = message("{partner}, {year}")
THERE_ALREADY = message("{code} tells the amounts of this partner for {year} in this currency already: edit that one.")
MORE_COMMITTED = message("⚠️ More is committed than was pledged.")
MORE_DISBURSED = message("⚠️ More is disbursed than was committed.")
OUTSIDE = message("⚠️ {year} lies outside the time of the arrangement.")
NO_SIGNATORY = message("⚠️ This partner is not among the signatories of {code}.")


def rule(session: Session, ctx: Context, actor: Actor | None, amount: Amount, before: Mapping[str, Any]) -> None:
    """One row a partner, year and currency. Raises FieldRefusal."""
    amount.currency = amount.currency or XOF
    other = storage.arrangements.same(session, amount)
    if other is not None:
        raise FieldRefusal({"year": (THERE_ALREADY, {"code": other.code, "year": amount.year})})


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """This year, in CFA francs, for the institution of who notes it; the Pool notes for others."""
    partner = "" if actor.is_pool else str(actor.institution_id or "")
    return {"year": str(ctx.today.year), "currency": XOF, "institution": partner}


def warnings(
    session: Session, ctx: Context, actor: Actor, amount: Amount
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """What does not go together; it happens, and blocks nothing."""
    told: list[tuple[Message, Mapping[str, object]]] = []
    if _exceeds(amount.committed, amount.pledged):
        told.append((MORE_COMMITTED, {}))
    if _exceeds(amount.disbursed, amount.committed):
        told.append((MORE_DISBURSED, {}))
    arrangement = session.get(Arrangement, amount.arrangement_id)
    if arrangement is None:
        return told
    if not _within(amount.year, arrangement):
        told.append((OUTSIDE, {"year": amount.year}))
    named = {arrangement.lead_id, *(each.id for each in arrangement.institutions)}
    if arrangement.institutions and amount.institution_id not in named:
        told.append((NO_SIGNATORY, {"code": arrangement.code}))
    return told


def called(amount: Amount, names: Names, speaker: Speaker) -> str:
    """Its partner and year."""
    return speaker.say(CALLED, partner=names.institution(amount.institution_id, speaker.language), year=amount.year)


def _exceeds(one: Any, other: Any) -> bool:
    return one is not None and other is not None and one > other


def _within(year: int, arrangement: Arrangement) -> bool:
    first = periods.parse(arrangement.begins).first.year if arrangement.begins else year
    last = arrangement.finishes_on.year if arrangement.finishes_on is not None else year
    return first <= year <= last


FIELDS = (
    Field(
        "arrangement",
        ARRANGEMENT,
        Sort.RECORD,
        required=True,
        of=Arrangement,
        whole=True,
        headings=("dispositif", "code du dispositif", "arrangement code"),
    ),
    Field(
        "institution",
        PARTNER,
        Sort.INSTITUTION,
        required=True,
        headings=("partenaire", "ptf", "bailleur", "donor"),
    ),
    Field("year", YEAR, Sort.YEAR, required=True, headings=("annee", "exercice"), width=8),
    Field(
        "currency",
        CURRENCY,
        Sort.WORD,
        required=True,
        words=CURRENCIES,
        headings=("devise", "monnaie"),
        brief=True,
    ),
    Field(
        "pledged",
        PLEDGED,
        Sort.MONEY,
        hint=FIGURE_HINT,
        headings=("annonce", "annonces", "montant annonce", "pledge", "promesse"),
        brief=True,
        always=True,
        width=18,
    ),
    Field(
        "committed",
        COMMITTED,
        Sort.MONEY,
        hint=FIGURE_HINT,
        headings=("engage", "engagement", "engagements", "montant engage", "commitment"),
        brief=True,
        always=True,
        width=18,
    ),
    Field(
        "disbursed",
        DISBURSED,
        Sort.MONEY,
        hint=FIGURE_HINT,
        headings=("decaisse", "decaissement", "decaissements", "montant decaisse", "disbursement"),
        brief=True,
        always=True,
        width=18,
    ),
    Field("note", REMARK, Sort.LINE, headings=("remarque", "observation", "observations", "note"), width=40),
)

AMOUNT = Kind(
    "amount",
    Amount,
    "AMT",
    Labels(AMOUNT_FORM_TITLE, AMOUNTS, ADD_BUTTON, NOTE),
    FIELDS,
    Right.KEEP_ARRANGEMENTS,
    rule=rule,
    begins=begins,
    warnings=warnings,
    called=called,
    order=("arrangement_id", "year", "institution_id"),
    telling=("arrangement", "institution", "year", "currency"),
    year=lambda amount: amount.year,
)
