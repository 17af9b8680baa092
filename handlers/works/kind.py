"""The description of a work: what its form asks, what follows from its institutions, what is warned of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.works
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.kinds.field import Field, Sort, Word
from handlers.kinds.kind import Kind, Labels, Page
from handlers.language import Message, message
from handlers.reports.report import Tone
from handlers.rights import Right
from handlers.works import calendar, recommending
from storage import periods
from storage.works import STANDING, State, Work
from storage.works import Sort as WorkSort

WORK_FORM_TITLE = message("Work")
WORKS = message("Works")
ADD_BUTTON = message("Note a work")
NOTE = message("Studies, missions, evaluations and reviews: who leads, who joined, when and where; joint or alone.")
SUMMARY = message("Studies, missions, evaluations, reviews: the list; their calendar with what meets; note one")
USAGE = message("[calendar, state, group, institution or words]")
KIND_ASKED = message("What it is")
NAME = message("What it is called")
GROUP = message("Sector group")
LEAD = message("Lead institution")
JOINED = message("Institutions that joined")
JOINED_HINT = message("Two institutions or more make it joint; so does one that acts on behalf of another.")
ON_BEHALF = message("On behalf of (delegated)")
COUNTERPART = message("Government counterpart")
BEGINS = message("Begins")
BEGINS_HINT = message("As far as it is known: “12 April 2027”, “week 15”, “April”, “Q2 2027”.")
FINISHES = message("Ends")
PLACE = message("Place")
PLACE_HINT = message("Several with commas: “Ségou, Mopti”. Works that meet in one place and week are warned of.")
STATE = message("State")
PURPOSE = message("What for")
DOCUMENTS = message("Documents")
DOCUMENTS_HINT = message("Their addresses, one a line.")
JOINT = message("Joint")
NO_DAY = message("A work begins and ends some time: write a day, a month, a quarter.")
ENDS_BEFORE = message("It would end on {last}, before it begins ({first}).")
FOR_ITSELF = message("The lead institution cannot act on behalf of itself.")

KINDS: Mapping[str, Word] = {
    WorkSort.STUDY: Word(message("Study"), written=("etude", "etudes", "studies")),
    WorkSort.MISSION: Word(message("Mission"), written=("missions", "mission conjointe", "joint mission")),
    WorkSort.EVALUATION: Word(message("Evaluation"), written=("evaluations", "revue a mi parcours", "mid-term review")),
    WorkSort.ANALYTIC: Word(
        message("Analytic work"), written=("travaux analytiques", "travail analytique", "analytical work", "diagnostic")
    ),
    WorkSort.SECTOR_REVIEW: Word(
        message("Sector review"), written=("revue sectorielle", "revue conjointe", "joint review", "comite de suivi")
    ),
    WorkSort.ANNUAL_REVIEW: Word(
        message("Annual review of the CSCRP"),
        written=("revue annuelle", "revue du cscrp", "revue du cslp", "revue du credd", "annual review"),
    ),
    WorkSort.PEER_REVIEW: Word(message("Peer review (SCAP)"), written=("revue des pairs", "peer review")),
    WorkSort.INDEPENDENT: Word(
        message("Independent evaluation (SCAP)"), written=("evaluation independante", "independent evaluation")
    ),
}
STATES: Mapping[str, Word] = {
    State.PLANNED: Word(message("Planned"), written=("prevu", "prevue", "planifie", "planifiee", "a venir")),
    State.CONFIRMED: Word(message("Confirmed"), written=("confirme", "confirmee", "programme", "programmee")),
    State.UNDER_WAY: Word(message("Under way"), written=("en cours", "demarre", "demarree", "ongoing", "in progress")),
    State.DONE: Word(message("Held"), Tone.GOOD, ("tenu", "tenue", "fait", "faite", "realise", "realisee", "termine")),
    State.POSTPONED: Word(message("Postponed"), Tone.WARNING, ("reporte", "reportee", "differe", "differee")),
    State.CANCELLED: Word(message("Cancelled"), Tone.QUIET, ("annule", "annulee", "abandonne", "abandonnee")),
}


def rule(session: Session, ctx: Context, actor: Actor | None, work: Work, before: Mapping[str, Any]) -> None:
    """Its dates are in order; the lead is named once; whether it is joint follows. Raises FieldRefusal."""
    for name in ("begins", "finishes"):
        if getattr(work, name) == periods.CONTINUOUS:
            raise FieldRefusal({name: (NO_DAY, {})})
    if work.first is not None and work.last is not None and work.last < work.first:
        raise FieldRefusal({"finishes": (ENDS_BEFORE, {"last": work.last, "first": work.first})})
    if work.on_behalf_id is not None and work.on_behalf_id == work.lead_id:
        raise FieldRefusal({"on_behalf": (FOR_ITSELF, {})})
    work.institutions = [each for each in work.institutions if each.id != work.lead_id]
    work.joint = storage.works.is_joint(work)


def warnings(
    session: Session, ctx: Context, actor: Actor, work: Work
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """The works that meet it in a place and a week, of those the reader may know of."""
    if work.last is None or work.last < ctx.today:
        return ()
    return [calendar.meets(actor.speaker, each) for each in calendar.met(session, actor.audience, work)]


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """Planned, by the institution of who notes it; the Pool notes for others."""
    return {"state": State.PLANNED.value, "lead": "" if actor.is_pool else str(actor.institution_id or "")}


FIELDS = (
    Field(
        "kind",
        KIND_ASKED,
        Sort.WORD,
        required=True,
        words=KINDS,
        headings=("type", "nature", "type de travail"),
        brief=True,
    ),
    Field(
        "name",
        NAME,
        Sort.LINE,
        required=True,
        headings=("intitule", "titre", "title", "travail", "mission", "etude"),
        width=48,
    ),
    Field("group", GROUP, Sort.GROUP, headings=("groupe", "gt", "secteur", "sector", "group"), brief=True),
    Field(
        "lead",
        LEAD,
        Sort.INSTITUTION,
        required=True,
        headings=("chef de file", "institution responsable", "lead agency", "lead", "conduit par"),
        brief=True,
    ),
    Field(
        "institutions",
        JOINED,
        Sort.INSTITUTIONS,
        hint=JOINED_HINT,
        headings=("ptf associes", "institutions associees", "participants", "partners", "joined by"),
    ),
    Field("on_behalf", ON_BEHALF, Sort.INSTITUTION, headings=("pour le compte de", "delegue par", "on behalf of")),
    Field("joint", JOINT, Sort.YES, asked=False, headings=("conjoint", "conjointe"), brief=True, width=10),
    Field(
        "counterpart",
        COUNTERPART,
        Sort.LINE,
        headings=("contrepartie", "partie malienne", "structure homologue"),
        width=30,
    ),
    Field(
        "begins",
        BEGINS,
        Sort.SPAN,
        hint=BEGINS_HINT,
        headings=("debut", "date", "dates", "du", "start", "from"),
        brief=True,
        width=16,
    ),
    Field("finishes", FINISHES, Sort.SPAN, headings=("fin", "au", "end", "until", "to"), brief=True, width=16),
    Field("place", PLACE, Sort.LINE, hint=PLACE_HINT, headings=("lieu", "zone", "location", "region"), brief=True),
    Field("state", STATE, Sort.WORD, required=True, words=STATES, headings=("etat", "statut", "status")),
    Field("purpose", PURPOSE, headings=("objet", "objectif", "termes de reference", "purpose", "objective"), width=50),
    Field(
        "documents",
        DOCUMENTS,
        Sort.LINKS,
        hint=DOCUMENTS_HINT,
        headings=("liens", "rapport", "documents", "links"),
        width=40,
    ),
)

KIND = Kind(
    "work",
    Work,
    "WRK",
    Labels(WORK_FORM_TITLE, WORKS, ADD_BUTTON, NOTE),
    FIELDS,
    Right.KEEP_WORKS,
    status="state",
    standing=STANDING,
    command=Command(("work", "travail", "travaux", "works"), SUMMARY, USAGE),
    begins=begins,
    rule=rule,
    warnings=warnings,
    buttons=recommending.buttons,
    further=recommending.further,
    pages=(Page("calendar", ("calendar", "calendrier", "agenda"), calendar.CALENDAR_BUTTON, calendar.shown),),
    order=("coming_on", "-begins_on"),
    telling=("kind", "name", "begins"),
    year=lambda work: work.first.year if work.first is not None else None,
)
