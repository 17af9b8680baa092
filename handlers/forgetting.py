"""Erasing a person at their wish (`ptf-bot forget`): what is done, told to who asks for it and to the coordinator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

import storage.erasure
import storage.groups
import storage.outbox
import storage.partners
import storage.people
import storage.search
from handlers import actors, rights
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.searchable import SOURCES
from handlers.vocabulary import OFFICE
from storage.erasure import Erased
from storage.history import By, Origin
from storage.mandates import Mandate
from storage.people import Person

NOBODY = message("Nobody is called “{wanted}”, neither by name nor by Slack id: nothing was erased.")
SEVERAL = message("Several people are called “{wanted}”: {people}. Give the Slack id.")
WITHOUT_ID = message("no Slack id")
NAMED = message("{name} ({slack_id})")
STAYS = plural("One record of theirs stays, without their name.", "{count} records of theirs stay, without their name.")
NOTHING_SAID = message("They said nothing that is kept.")
ABSENCES = plural("One absence is erased.", "{count} absences are erased.")
MESSAGES = plural("One message addressed to them is emptied.", "{count} messages addressed to them are emptied.")
WRITTEN = message("What people wrote stays as written; their name stands in: {records}.")
DUTIES = message("Without a carrier from now on: {duties}.")
NO_DUTIES = message("They carried nothing.")
HELD = message("{office}, {institution}")
HELD_OVER = message("{office} of {group}, {institution}")
TOLD = message("*A person was erased at their wish.* Their name is gone; what they said stays.")
TO_DO = message(
    "Their institution still owes it: name somebody in `/ptf mandates`, or edit the decision or the action."
)


def find(session: Session, speaker: Speaker, wanted: str) -> Person:
    """The person of that Slack id or name. Raises Refusal for nobody, and for several."""
    people = storage.erasure.found(session, wanted.strip())
    if len(people) == 1:
        return people[0]
    if not people:
        raise Refusal(NOBODY, wanted=wanted)
    ids = (person.slack_id or speaker.say(WITHOUT_ID) for person in people)
    named = [speaker.say(NAMED, name=person.name, slack_id=each) for person, each in zip(people, ids, strict=True)]
    raise Refusal(SEVERAL, wanted=wanted, people=speaker.listing(named))


def erase(session: Session, ctx: Context, person: Person) -> list[str]:
    """Erase them, let the coordinator know what lost its carrier; tells what was done, a line each."""
    named, slack_id = storage.erasure.naming(session, person.name), person.slack_id
    mine = [each for each in rights.pool_ids(session, ctx) if each != slack_id]
    erased = storage.erasure.erase(session, person, ctx.today, By(None, ctx.now(), Origin.OPERATOR))
    storage.search.sweep(session, SOURCES)
    _tell(session, ctx, person, erased, mine)
    speaker = ctx.speaker
    said = speaker.say(STAYS, count=erased.said) if erased.said else speaker.say(NOTHING_SAID)
    told = [said, _without(session, speaker, erased)]
    told += [speaker.say(ABSENCES, count=erased.absences)] if erased.absences else []
    told += [speaker.say(MESSAGES, count=erased.messages)] if erased.messages else []
    written = [str(getattr(record, "code", f"{record.__tablename__} {record.id}")) for record in named]
    return [*told, speaker.say(WRITTEN, records=speaker.listing(written))] if written else told


def _tell(session: Session, ctx: Context, person: Person, erased: Erased, readers: Sequence[str]) -> None:
    """To each coordinator, in their language: which duties lost their carrier."""
    for slack_id in readers:
        reader = next(iter(storage.erasure.found(session, slack_id)), None)  # the command line knows no workspace
        speaker = actors.speaker_of(ctx, reader) if reader is not None else ctx.speaker
        lines = [speaker.say(TOLD), literal(_without(session, speaker, erased))]
        lines += [speaker.say(TO_DO)] if _duties(session, speaker, erased) else []
        payload = {"text": "\n".join(lines), "blocks": [block for line in lines for block in blocks.paragraphs(line)]}
        storage.outbox.put(session, f"erased:{person.id}:{slack_id}", slack_id, payload, ctx.now())


def _without(session: Session, speaker: Speaker, erased: Erased) -> str:
    duties = _duties(session, speaker, erased)
    return speaker.say(DUTIES, duties=speaker.listing(duties)) if duties else speaker.say(NO_DUTIES)


def _duties(session: Session, speaker: Speaker, erased: Erased) -> list[str]:
    mandates = [_mandate(session, speaker, mandate) for mandate in erased.mandates if not mandate.carriers]
    return [*mandates, *(each.code for each in erased.decisions), *(each.code for each in erased.actions)]


def _mandate(session: Session, speaker: Speaker, mandate: Mandate) -> str:
    """An office with its institution: ``Coordinator of EDU, CANADA``."""
    office = speaker.say(OFFICE[mandate.office])
    institution = next(_codes(session, mandate), "–")
    if mandate.group_id is None:
        return speaker.say(HELD, office=office, institution=institution)
    (group,) = storage.groups.by_ids(session, [mandate.group_id])
    return speaker.say(HELD_OVER, office=office, group=group.code, institution=institution)


def _codes(session: Session, mandate: Mandate) -> Iterator[str]:
    held = [mandate.institution_id] if mandate.institution_id is not None else []
    return (each.code for each in storage.partners.by_ids(session, held))
