"""The tranches of budget support: fixed, or variable with the triggers on which they depend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from handlers.actors import Actor
from handlers.context import Context
from handlers.currencies import CURRENCIES
from handlers.errors import FieldRefusal
from handlers.kinds.field import Field, Sort, Word
from handlers.kinds.kind import Kind, Labels
from handlers.language import Message, message
from handlers.reports.report import Tone
from handlers.rights import Right
from storage import periods
from storage.arrangements import XOF, Arrangement, Met, Share, Tranche

TRANCHE_FORM_TITLE = message("Tranche")
TRANCHES = message("Tranches")
ADD_BUTTON = message("Add a tranche")
NOTE = message("The fixed and variable tranches of budget support, their triggers, and what was paid.")
ARRANGEMENT = message("Arrangement")
NAME = message("What it is called")
SHARE = message("Fixed or variable")
FIXED = message("Fixed tranche")
VARIABLE = message("Variable tranche")
PARTNER = message("Partner")
PARTNER_HINT = message("Who pays it; empty where all signatories do.")
CURRENCY = message("Currency")
AMOUNT = message("Amount")
FIGURE_HINT = message("“12 000 000”, “1.5 million”; empty: not known; “n/a”: none applies; 0: zero.")
TRIGGERS = message("Triggers")
TRIGGERS_HINT = message("On what it depends, one a line.")
DUE = message("Due")
STATE = message("Triggers met?")
DISBURSED = message("Disbursed")
PAID = message("Disbursed on")
NO_TIME = message("A tranche falls due some time: write a day, a month, a quarter.")
PAID_NOTHING = message("Say how much was disbursed, or leave the day empty.")
NO_TRIGGERS = message("⚠️ A variable tranche depends on triggers; none are noted.")
PAST_DUE = message("⚠️ It was due by {due}; whether its triggers are met is not said.")
MORE_PAID = message("⚠️ More is disbursed than the tranche holds.")
PAID_UNMET = message("⚠️ Something was disbursed although the triggers were not met.")

SHARES: Mapping[str, Word] = {
    Share.FIXED: Word(FIXED, written=("fixe", "tranche fixe", "fixed")),
    Share.VARIABLE: Word(VARIABLE, written=("variable", "tranche variable", "incitative")),
}
STATES: Mapping[str, Word] = {
    Met.AWAITED: Word(message("To be verified"), written=("attendu", "attendue", "en attente", "pending", "a venir")),
    Met.MET: Word(message("Met"), Tone.GOOD, ("rempli", "remplis", "atteint", "atteints", "oui", "yes")),
    Met.PARTLY: Word(
        message("Partly met"),
        Tone.WARNING,
        ("partiellement", "partiellement remplis", "partiellement atteint", "partly"),
    ),
    Met.NOT_MET: Word(message("Not met"), Tone.BAD, ("non rempli", "non remplis", "non atteint", "non", "no")),
}


def rule(session: Session, ctx: Context, actor: Actor | None, tranche: Tranche, before: Mapping[str, Any]) -> None:
    """It falls due some time, and a day of payment has an amount. Raises FieldRefusal."""
    tranche.currency = tranche.currency or XOF
    if tranche.due == periods.CONTINUOUS:
        raise FieldRefusal({"due": (NO_TIME, {})})
    if tranche.paid is not None and tranche.disbursed is None:
        raise FieldRefusal({"disbursed": (PAID_NOTHING, {})})


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """Awaited, in CFA francs."""
    return {"currency": XOF, "state": Met.AWAITED.value}


def warnings(
    session: Session, ctx: Context, actor: Actor, tranche: Tranche
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """What does not go together."""
    told: list[tuple[Message, Mapping[str, object]]] = []
    if tranche.kind == Share.VARIABLE and not tranche.triggers.strip():
        told.append((NO_TRIGGERS, {}))
    if tranche.due_on is not None and tranche.due_on < ctx.today and tranche.state == Met.AWAITED:
        told.append((PAST_DUE, {"due": tranche.due_on}))
    if tranche.disbursed is not None and tranche.amount is not None and tranche.disbursed > tranche.amount:
        told.append((MORE_PAID, {}))
    if tranche.disbursed and tranche.state == Met.NOT_MET:
        told.append((PAID_UNMET, {}))
    return told


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
        "kind", SHARE, Sort.WORD, required=True, words=SHARES, headings=("type", "nature", "tranche type"), brief=True
    ),
    Field("name", NAME, Sort.LINE, required=True, headings=("tranche", "intitule", "libelle"), width=36),
    Field(
        "institution",
        PARTNER,
        Sort.INSTITUTION,
        hint=PARTNER_HINT,
        headings=("partenaire", "ptf", "bailleur"),
        brief=True,
    ),
    Field("currency", CURRENCY, Sort.WORD, required=True, words=CURRENCIES, headings=("devise", "monnaie"), brief=True),
    Field("amount", AMOUNT, Sort.MONEY, hint=FIGURE_HINT, headings=("montant",), brief=True, width=18),
    Field(
        "triggers",
        TRIGGERS,
        hint=TRIGGERS_HINT,
        headings=("declencheurs", "declencheur", "conditions", "trigger"),
        width=50,
    ),
    Field("due", DUE, Sort.SPAN, headings=("echeance", "prevue", "date prevue"), brief=True, width=16),
    Field(
        "state",
        STATE,
        Sort.WORD,
        required=True,
        words=STATES,
        headings=("etat", "declencheurs remplis", "realisation", "status"),
    ),
    Field(
        "disbursed",
        DISBURSED,
        Sort.MONEY,
        hint=FIGURE_HINT,
        headings=("decaisse", "decaissement"),
        brief=True,
        width=18,
    ),
    Field("paid", PAID, Sort.DAY, headings=("decaissee le", "date de decaissement", "paid on"), width=14),
)

TRANCHE = Kind(
    "tranche",
    Tranche,
    "TRN",
    Labels(TRANCHE_FORM_TITLE, TRANCHES, ADD_BUTTON, NOTE),
    FIELDS,
    Right.KEEP_ARRANGEMENTS,
    status="state",
    standing=(Met.AWAITED,),
    rule=rule,
    begins=begins,
    warnings=warnings,
    order=("arrangement_id", "due_on"),
    telling=("arrangement", "name", "institution"),
    year=lambda tranche: tranche.due_on.year if tranche.due_on is not None else None,
)
