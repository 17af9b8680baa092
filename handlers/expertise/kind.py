"""An expertise and the notes of its supervision: need, terms, who pays, the contract, where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from sqlalchemy.orm import Session

import storage.expertise
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.expertise import deliverables
from handlers.expertise.deliverables import NOT_YET, OF, STATUS
from handlers.kinds.field import Field, Sort, Word
from handlers.kinds.kind import Kind, Labels
from handlers.kinds.naming import Names
from handlers.language import Message, Speaker, message
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Tone
from handlers.rights import Right
from storage.expertise import STANDING, Expertise, Status, SupervisionNote

EXPERTISE_FORM_TITLE = message("Expertise")
EXPERTISES = message("Short-term expertise")
ADD_EXPERTISE_BUTTON = message("Note an expertise")
EXPERTISE_NOTE = message(
    "The short-term expertise the PTF asked for: the need, who pays, the contract, where it stands."
)
SUPERVISION_FORM_TITLE = message("Note of supervision")
SUPERVISION = message("Notes of supervision")
ADD_SUPERVISION_BUTTON = message("Add a note")
SUPERVISION_NOTE = message("What was seen of each expertise, day by day.")
SUMMARY = message("The short-term expertise: who pays, the contract, what is due; note one")
USAGE = message("[state, group, institution or words]")
SUBJECT = message("Subject")
NEED = message("Need")
TERMS = message("Terms of reference")
TERMS_HINT = message("A link, or the text.")
FUNDER = message("Institution that pays")
CONSULTANT = message("Consultant")
STARTS = message("Contract from")
ENDS = message("Contract until")
DAYS = message("Days of the contract")
SUPERVISOR = message("Who follows it")
SUPERVISOR_HINT = message("Is reminded of the deliverables; else the Pool Technique is.")
GROUP = message("Group or body")
DAY = message("Day")
SEEN = message("What was seen")
SEEN_HINT = message("Read by whoever may read the expertise.")
ENDS_FIRST = message("The contract would end before it begins.")
NOTED = message("{day}: {words}")
NO_CONTRACT = message("It is under contract, but the consultant or the dates of the contract are not said.")
IS_OVER = message("The contract ended on {day}: say whether the expertise is finished.")
DUE_AFTER = message("A deliverable is due on {day}, after the end of the contract.")
OVERDUE = message("Overdue: {names}.")

FIRST_WORDS = 120
"""Characters of a note in a list."""
STATUSES: Mapping[str, Word] = {
    Status.NEEDED: Word(message("Needed"), Tone.PLAIN, ("besoin", "besoin exprime", "identifie", "need")),
    Status.TERMS: Word(message("Terms being written"), Tone.PLAIN, ("tdr", "tdr en cours", "tor")),
    Status.SELECTION: Word(message("Selection"), Tone.PLAIN, ("recrutement", "appel a candidatures", "recruitment")),
    Status.CONTRACT: Word(message("Under contract"), Tone.GOOD, ("contrat", "en cours", "contract", "ongoing")),
    Status.DONE: Word(message("Finished"), Tone.QUIET, ("termine", "fini", "clos", "achevee", "completed", "closed")),
    Status.DROPPED: Word(message("Given up"), Tone.QUIET, ("abandonne", "annule", "cancelled", "dropped")),
}


def rule(session: Session, ctx: Context, actor: Actor | None, expertise: Expertise, before: Mapping[str, Any]) -> None:
    """The contract ends after it begins. Raises FieldRefusal."""
    expertise.status = expertise.status or Status.NEEDED
    if expertise.starts and expertise.ends and expertise.ends < expertise.starts:
        raise FieldRefusal({"ends": (ENDS_FIRST, {})})


def warnings(
    session: Session, ctx: Context, actor: Actor, expertise: Expertise
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """What of it does not hold together, or is late."""
    found: list[tuple[Message, Mapping[str, object]]] = []
    if expertise.status == Status.CONTRACT:
        if not (expertise.consultant and expertise.starts and expertise.ends):
            found.append((NO_CONTRACT, {}))
        if expertise.ends is not None and expertise.ends < ctx.today:
            found.append((IS_OVER, {"day": expertise.ends}))
    last = storage.expertise.last_due(session, expertise.id)
    if expertise.ends is not None and last is not None and last > expertise.ends:
        found.append((DUE_AFTER, {"day": last}))
    late = storage.expertise.overdue(session, expertise.id, ctx.today) if expertise.status in STANDING else ()
    if late:
        found.append((OVERDUE, {"names": actor.speaker.listing(literal(each.name) for each in late)}))
    return found


def supervision_rule(
    session: Session, ctx: Context, actor: Actor | None, note: SupervisionNote, before: Mapping[str, Any]
) -> None:
    """What was seen was seen before today. Raises FieldRefusal."""
    if note.day > ctx.today:
        raise FieldRefusal({"day": (NOT_YET, {"day": note.day})})


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """Needed, unless told otherwise."""
    return {"status": Status.NEEDED.value}


def today(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """A note is of today, unless told otherwise."""
    return {"day": ctx.today}


def called(note: SupervisionNote, names: Names, speaker: Speaker) -> str:
    """A note is called by its day and its first words."""
    return speaker.say(NOTED, day=speaker.day(note.day), words=shorten(note.text, FIRST_WORDS, placeholder="…"))


NOTES = Kind(
    "supervision",
    SupervisionNote,
    "SUP",
    Labels(SUPERVISION_FORM_TITLE, SUPERVISION, ADD_SUPERVISION_BUTTON, SUPERVISION_NOTE),
    (
        OF,
        Field("day", DAY, Sort.DAY, required=True, headings=("date", "jour"), width=12),
        Field("text", SEEN, required=True, hint=SEEN_HINT, headings=("note", "observations", "supervision"), width=80),
    ),
    Right.KEEP_EXPERTISE,
    rule=supervision_rule,
    begins=today,
    called=called,
    order=("-day",),
)
KIND = Kind(
    "expert",
    Expertise,
    "EXP",
    Labels(EXPERTISE_FORM_TITLE, EXPERTISES, ADD_EXPERTISE_BUTTON, EXPERTISE_NOTE),
    (
        Field("subject", SUBJECT, Sort.LINE, required=True, headings=("objet", "mission", "intitule"), width=40),
        Field("need", NEED, headings=("besoin", "contexte"), width=50),
        Field("terms", TERMS, Sort.LINKS, hint=TERMS_HINT, headings=("tdr", "termes de reference", "tor"), width=40),
        Field("funder", FUNDER, Sort.INSTITUTION, headings=("financement", "bailleur", "funder"), brief=True),
        Field("consultant", CONSULTANT, Sort.LINE, headings=("expert", "consultante"), brief=True, width=30),
        Field("starts", STARTS, Sort.DAY, headings=("debut", "du", "from", "start"), width=12),
        Field("ends", ENDS, Sort.DAY, headings=("fin", "au", "until", "end"), brief=True, width=12),
        Field("days", DAYS, Sort.NUMBER, headings=("jours", "nombre de jours", "hommes jours", "days"), width=10),
        Field("supervisor", SUPERVISOR, Sort.PERSON, hint=SUPERVISOR_HINT, headings=("suivi par", "supervision")),
        Field("status", STATUS, Sort.WORD, words=STATUSES, headings=("etat", "statut", "status"), width=16),
        Field("group", GROUP, Sort.GROUP, headings=("groupe", "gt")),
    ),
    Right.KEEP_EXPERTISE,
    status="status",
    standing=STANDING,
    command=Command(("expert", "expertise", "experts"), SUMMARY, USAGE),
    parts=(deliverables.KIND, NOTES),
    rule=rule,
    warnings=warnings,
    begins=begins,
    order=("-starts",),
)
