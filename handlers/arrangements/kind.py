"""The description of an arrangement, with its amounts and its tranches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from handlers import vocabulary
from handlers.actors import Actor
from handlers.arrangements import adding, matrix
from handlers.arrangements.amounts import AMOUNT
from handlers.arrangements.tranches import TRANCHE
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.kinds.field import Field, Sort, Word
from handlers.kinds.kind import Kind, Labels
from handlers.language import message
from handlers.reports.report import Tone
from handlers.rights import Right
from storage import periods
from storage.arrangements import STANDING, Arrangement, State
from storage.arrangements import Sort as ArrangementSort

__all__ = ["AMOUNT", "KIND", "TRANCHE"]

ARRANGEMENT_FORM_TITLE = message("Arrangement")
ARRANGEMENTS = message("Arrangements")
ADD_BUTTON = message("Note an arrangement")
NOTE = message(
    "Budget support, sector-wide approaches, pooled funds, delegated cooperation: who signed what, and when."
)
SUMMARY = message(
    "Budget support, pooled funds, delegated cooperation: the list; the matrix partner × sector; note one"
)
USAGE = message("[matrix, state, group, institution or words]")
KIND_ASKED = message("What it is")
NAME = message("What it is called")
GROUP = message("Sector group")
SIGNATORIES = message("Signatories")
LEAD = message("Who acts for the others")
LEAD_HINT = message("The chef de file of a fund, or the partner to whom cooperation is delegated.")
COUNTERPART = message("Signed for the Government by")
SIGNED = message("Signed on")
BEGINS = message("Runs from")
BEGINS_HINT = message("A day, a month or a year: “2026”, “January 2026”.")
FINISHES = message("Runs until")
PROGRAMME = message("Programme-based")
STATE = message("State")
TERMS = message("What it is for")
DOCUMENTS = message("Documents")
DOCUMENTS_HINT = message("Their addresses, one a line.")
NO_TIME = message("Write a day, a month or a year; leave it empty where no end is set.")
ENDS_BEFORE = message("It would end on {last}, before it begins ({first}).")

KINDS: Mapping[str, Word] = {
    ArrangementSort.FRAMEWORK: Word(
        message("Framework arrangement"), written=("arrangement cadre", "accord cadre", "framework", "cadre")
    ),
    ArrangementSort.GENERAL: Word(
        message("General budget support"), written=("abg", "appui budgetaire general", "appui budgetaire", "gbs")
    ),
    ArrangementSort.SECTOR: Word(
        message("Sector budget support"), written=("abs", "appui budgetaire sectoriel", "sbs")
    ),
    ArrangementSort.DECENTRALISED: Word(
        message("Decentralised budget support"), written=("absd", "appui budgetaire decentralise")
    ),
    ArrangementSort.SWAP: Word(
        message("Sector-wide approach"), written=("swap", "approche sectorielle", "approche programme", "prodess")
    ),
    ArrangementSort.POOLED: Word(
        message("Pooled fund"), written=("fonds commun", "panier commun", "panier", "basket fund", "basket")
    ),
    ArrangementSort.DELEGATED: Word(
        message("Delegated cooperation"), written=("cooperation deleguee", "delegation", "delegue", "deleguee")
    ),
}
STATES: Mapping[str, Word] = {
    State.PREPARED: Word(message("In preparation"), written=("en preparation", "negociation", "en negociation")),
    State.IN_FORCE: Word(
        message("Signed, in force"), Tone.GOOD, ("en vigueur", "signe", "signed", "en cours", "actif")
    ),
    State.SUSPENDED: Word(message("Suspended"), Tone.WARNING, ("suspendu", "suspendue", "gele")),
    State.ENDED: Word(message("Ended"), Tone.QUIET, ("termine", "clos", "echu", "cloture", "closed")),
}
PROGRAMMES: Mapping[str, Word] = {
    "yes": Word(vocabulary.YES, written=("oui", "yes", "x", "1", "approche programme")),
    "no": Word(vocabulary.NO, written=("non", "no", "0", "projet", "approche projet")),
}


def rule(
    session: Session, ctx: Context, actor: Actor | None, arrangement: Arrangement, before: Mapping[str, Any]
) -> None:
    """Its time is in order. Raises FieldRefusal."""
    for name in ("begins", "finishes"):
        if getattr(arrangement, name) == periods.CONTINUOUS:
            raise FieldRefusal({name: (NO_TIME, {})})
    first = _first(arrangement)
    if first is not None and arrangement.finishes_on is not None and arrangement.finishes_on < first:
        raise FieldRefusal({"finishes": (ENDS_BEFORE, {"last": arrangement.finishes_on, "first": first})})


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """In force, unless told otherwise."""
    return {"state": State.IN_FORCE.value}


def year(arrangement: Arrangement) -> int | None:
    """The year in which it was signed, else begins."""
    first = arrangement.signed or _first(arrangement)
    return first.year if first is not None else None


def _first(arrangement: Arrangement) -> date | None:
    return periods.parse(arrangement.begins).first if arrangement.begins else None


FIELDS = (
    Field(
        "kind",
        KIND_ASKED,
        Sort.WORD,
        required=True,
        words=KINDS,
        headings=("type", "instrument", "modalite"),
        brief=True,
        width=24,
    ),
    Field(
        "name",
        NAME,
        Sort.LINE,
        required=True,
        headings=("intitule", "titre", "dispositif", "arrangement", "fonds"),
        width=48,
    ),
    Field("group", GROUP, Sort.GROUP, headings=("groupe", "gt", "secteur", "sector", "group"), brief=True),
    Field(
        "institutions",
        SIGNATORIES,
        Sort.INSTITUTIONS,
        headings=("signataires", "ptf", "partenaires", "partners"),
        width=36,
    ),
    Field(
        "lead",
        LEAD,
        Sort.INSTITUTION,
        hint=LEAD_HINT,
        headings=("chef de file", "agent", "gestionnaire", "lead"),
        brief=True,
    ),
    Field(
        "counterpart",
        COUNTERPART,
        Sort.LINE,
        headings=("signataire malien", "partie malienne", "pour le gouvernement"),
        width=36,
    ),
    Field("signed", SIGNED, Sort.DAY, headings=("date de signature", "signature", "signe le"), brief=True, width=14),
    Field("begins", BEGINS, Sort.SPAN, hint=BEGINS_HINT, headings=("debut", "du", "start", "from"), width=16),
    Field("finishes", FINISHES, Sort.SPAN, headings=("fin", "au", "end", "jusqu au"), brief=True, width=16),
    Field(
        "programme_based",
        PROGRAMME,
        Sort.WORD,
        words=PROGRAMMES,
        headings=("approche programme", "programme", "pba", "programme based"),
    ),
    Field("state", STATE, Sort.WORD, required=True, words=STATES, headings=("etat", "statut", "status")),
    Field("terms", TERMS, headings=("objet", "objectif", "termes", "purpose", "objective"), width=50),
    Field("documents", DOCUMENTS, Sort.LINKS, hint=DOCUMENTS_HINT, headings=("liens", "documents", "links"), width=40),
)

KIND = Kind(
    "arrangement",
    Arrangement,
    "ARR",
    Labels(ARRANGEMENT_FORM_TITLE, ARRANGEMENTS, ADD_BUTTON, NOTE),
    FIELDS,
    Right.KEEP_ARRANGEMENTS,
    status="state",
    standing=STANDING,
    command=Command(("arrangement", "dispositif", "arrangements", "dispositifs"), SUMMARY, USAGE),
    parts=(AMOUNT, TRANCHE),
    rule=rule,
    begins=begins,
    further=adding.further,
    pages=(matrix.PAGE,),
    order=("-signed",),
    telling=("kind", "name"),
    year=year,
)
