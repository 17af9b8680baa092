"""Contacts with the Malian side and other families of actors: `/ptf contact` (`contact`, `dialogue`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.decisions
import storage.partners
from handlers import finding
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.followup import following
from handlers.kinds.field import Field, Sort, Word
from handlers.kinds.kind import Kind, Labels
from handlers.language import Message, message
from handlers.reports import blocks
from handlers.rights import Right
from storage.contacts import Contact, Family, Leave
from storage.visibility import Level, sees

CONTACT_FORM_TITLE = message("Contact")
CONTACTS = message("Contacts")
ADD_BUTTON = message("Note a contact")
NOTE = message("What was said with the Malian side and other actors, by whose leave, and what follows.")
SUMMARY = message("The contacts with the Malian side and other actors; note one")
USAGE = message("[family, institution, group or words]")
DAY = message("Day")
FAMILY = message("Family of actors")
COUNTERPART = message("With whom")
MET = message("Institution met")
COUNTERPART_HINT = message("SHA, Cellule CSLP, a ministry, an organisation; names and functions.")
SUBJECT = message("Subject")
INSTITUTIONS = message("Institutions that represented the PTF")
SPEAKER = message("Who spoke for the PTF")
PRESENT = message("Who else was there for the PTF")
LEAVE = message("By whose leave")
LEAVE_OF = message("Decision or letter")
LEAVE_OF_HINT = message("The code of the decision (GEC-2027-014), or the date of the letter or message.")
SAID = message("What was said")
FOLLOWS = message("What follows")
FOLLOWS_HINT = message("In words. Whoever must do something is asked with “Ask for an action” once this is saved.")
DOCUMENTS = message("Documents")
GROUP = message("Group")
TO_COME = message("A contact is noted once it took place; {day} is still to come.")
NO_SUCH_DECISION = message("There is no decision {code} that you may read.")
WHICH_DECISION = message("Which decision? Its code looks like GEC-2027-014.")
NO_LEAVE = message("By whose leave the PTF were spoken for is not said.")

FAMILIES: Mapping[str, Word] = {
    Family.GOVERNMENT: Word(
        message("Government"),
        written=("gouvernement", "gouv", "etat", "gdm", "partie malienne", "malian side", "ministere", "ministry"),
    ),
    Family.CIVIL_SOCIETY: Word(
        message("Civil society"), written=("societe civile", "osc", "cso", "csos", "ong", "ngo")
    ),
    Family.PARLIAMENT: Word(message("Parliament"), written=("parlement", "assemblee nationale", "cnt", "deputes")),
    Family.LOCAL: Word(
        message("Local elected officials"),
        written=("elus locaux", "elus", "collectivites", "collectivites territoriales", "local elected", "mayors"),
    ),
    Family.PRIVATE: Word(message("Private sector"), written=("secteur prive", "entreprises", "patronat", "business")),
    Family.OTHER: Word(message("Other"), written=("autre", "autres", "others")),
}
LEAVES: Mapping[str, Word] = {
    Leave.LEAD: Word(message("Chef de file"), written=("cdf", "chair", "lead donor")),
    Leave.TROIKA: Word(message("Troïka"), written=("troika",)),
    Leave.DECISION: Word(message("Decision of a body"), written=("decision", "gec", "decision du gec")),
    Leave.GROUP: Word(message("Its thematic group"), written=("groupe thematique", "gt", "thematic group", "group")),
    Leave.OWN: Word(message("On its own initiative"), written=("auto saisine", "initiative propre", "own initiative")),
}

_OTHER_SIDE = ("government", "civil_society", "other")
"""Kinds of institutions that are not of the PTF."""
_CODE = re.compile(r"\b[A-Z][A-Z0-9-]*-[12]\d{3}-\d{3,}\b")


def today(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """A contact is of today, unless told otherwise."""
    return {"day": ctx.today}


def rule(session: Session, ctx: Context, actor: Actor | None, contact: Contact, before: Mapping[str, Any]) -> None:
    """It took place, and the decision by which the PTF were spoken for exists. Raises FieldRefusal."""
    if contact.day > ctx.today:
        raise FieldRefusal({"day": (TO_COME, {"day": contact.day})})
    if contact.counterpart != before.get("counterpart"):
        contact.met_id = _met(session, contact.counterpart)
    if contact.leave != Leave.DECISION or contact.leave_of == before.get("leave_of"):
        return
    code = _CODE.search((contact.leave_of or "").upper())
    if code is None:
        raise FieldRefusal({"leave_of": (WHICH_DECISION, {})})
    decision = storage.decisions.by_code(session, code[0])
    if decision is None or (actor is not None and not sees(decision, actor.audience)):
        raise FieldRefusal({"leave_of": (NO_SUCH_DECISION, {"code": code[0]})})


def _met(session: Session, counterpart: str) -> int | None:
    """The institution of the register which that names, by its code or its name; None where none is."""
    said = f" {finding.bare(counterpart)} "
    for each in storage.partners.everyone(session):
        names = (finding.bare(name) for name in (each.code, each.name_fr, each.name_en) if name)
        if each.kind in _OTHER_SIDE and any(f" {name} " in said for name in names):
            return each.id
    return None


def warnings(
    session: Session, ctx: Context, actor: Actor, contact: Contact
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """That nobody gave leave; it blocks nothing."""
    return () if contact.leave else ((NO_LEAVE, {}),)


def buttons(session: Session, ctx: Context, actor: Actor, contact: Contact) -> Sequence[blocks.Block]:
    """*Ask for an action* that follows from it."""
    return following.button(actor, contact)


FIELDS = (
    Field("day", DAY, Sort.DAY, required=True, headings=("date", "jour", "date du contact"), brief=True, width=12),
    Field("subject", SUBJECT, Sort.LINE, required=True, headings=("objet", "sujet", "theme"), width=40),
    Field("family", FAMILY, Sort.WORD, required=True, words=FAMILIES, headings=("famille", "acteurs"), brief=True),
    Field(
        "counterpart",
        COUNTERPART,
        Sort.LINE,
        required=True,
        hint=COUNTERPART_HINT,
        headings=("interlocuteur", "interlocuteurs", "contrepartie", "structure", "counterpart"),
        brief=True,
        width=40,
    ),
    Field("met", MET, Sort.INSTITUTION, asked=False),
    Field(
        "institutions",
        INSTITUTIONS,
        Sort.INSTITUTIONS,
        headings=("ptf", "representants", "institutions", "partners", "represented by"),
    ),
    Field("speaker", SPEAKER, Sort.PERSON, headings=("porte parole", "represente par", "spokesperson")),
    Field("present", PRESENT, Sort.LINE, headings=("participants", "presents", "delegation", "present"), width=40),
    Field("leave", LEAVE, Sort.WORD, words=LEAVES, headings=("mandat de", "au nom de", "mandated by", "on behalf of")),
    Field("leave_of", LEAVE_OF, Sort.LINE, hint=LEAVE_OF_HINT, headings=("decision", "lettre", "reference")),
    Field("said", SAID, headings=("contenu", "points discutes", "compte rendu", "discussion"), width=60),
    Field(
        "follows",
        FOLLOWS,
        hint=FOLLOWS_HINT,
        headings=("suites", "suite a donner", "follow-up", "next steps"),
        width=50,
    ),
    Field("documents", DOCUMENTS, Sort.LINKS, headings=("liens", "documents", "links"), width=40),
    Field("group", GROUP, Sort.GROUP, headings=("groupe", "gt", "instance")),
)

COMMAND = Command(("contact", "dialogue", "contacts"), SUMMARY, USAGE)
KIND = Kind(
    "contact",
    Contact,
    "CON",
    Labels(CONTACT_FORM_TITLE, CONTACTS, ADD_BUTTON, NOTE),
    FIELDS,
    Right.KEEP_CONTACTS,
    level=Level.TROIKA,
    command=COMMAND,
    rule=rule,
    begins=today,
    buttons=buttons,
    warnings=warnings,
    order=("-day",),
    year=lambda contact: contact.day.year,
)
