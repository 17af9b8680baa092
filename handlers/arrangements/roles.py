"""The description of a partner's role in a sector: who leads, is active, silent or delegates there, since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.partners
import storage.sector_roles
from handlers.actors import Actor
from handlers.arrangements import matrix
from handlers.arrangements.words import ROLES
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind, Labels
from handlers.kinds.naming import Names
from handlers.language import Message, Speaker, message
from handlers.rights import Right
from storage import periods
from storage.groups import Group
from storage.groups import Kind as GroupKind
from storage.partners import Institution
from storage.sector_roles import PRESENT, Role, SectorRole
from storage.visibility import sees

ROLE_FORM_TITLE = message("Role in a sector")
ROLE_LIST = message("Roles by sector")
ADD_BUTTON = message("Note a role")
NOTE = message("Which partner leads, is active, silent or delegates in which sector, since when and until when.")
SUMMARY = message("Who leads, is active, silent or delegates in which sector, since when; the matrix; note one")
USAGE = message("[matrix, role, sector or partner]")
SECTOR = message("Sector")
PARTNER = message("Partner")
ROLE_ASKED = message("Role")
SINCE = message("Since")
SINCE_HINT = message("A day, a month or a year, as far as it is known: “July 2025”, “2019”.")
ENDED = message("Held until")
ENDED_HINT = message("Empty while it lasts.")
VOICE = message("Spoken for by")
VOICE_HINT = message("Of a silent or delegating partner: the one that acts for it.")
REMARK = message("Remark")
CALLED = message("{partner}, {sector}")
NO_SECTOR = message("A sector is a thematic group or a sub-group; {group} is a body.")
NO_TIME = message("Write a day, a month or a year.")
ENDS_BEFORE = message("It would end on {last}, before it begins ({first}).")
SPEAKS_ALONE = message("Only a silent or delegating partner is spoken for by another one.")
ITS_OWN_VOICE = message("A partner cannot be spoken for by itself.")
THERE_ALREADY = message("{partner} has a role in {sector} at that time already ({code}): let that one end first.")
ANOTHER_LEAD = message("⚠️ {partner} leads {sector} at the same time ({code}).")
NO_VOICE = message("⚠️ Nobody is named who speaks for this partner.")
VOICE_ABSENT = message("⚠️ {partner} neither leads nor is active in {sector} itself.")
TOO_MANY = message("⚠️ {partner} is in {count} sectors ({sectors}); the group allows {most}.")


def rule(session: Session, ctx: Context, actor: Actor | None, role: SectorRole, before: Mapping[str, Any]) -> None:
    """A sector is a group, its time is in order, and a partner has one role there at a time. Raises FieldRefusal."""
    group = session.get(Group, role.group_id) if role.group_id is not None else None
    if group is not None and group.kind == GroupKind.BODY:
        raise FieldRefusal({"group": (NO_SECTOR, {"group": group.code})})
    for name in ("since", "ended"):
        if getattr(role, name) == periods.CONTINUOUS:
            raise FieldRefusal({name: (NO_TIME, {})})
    if role.since and role.last < role.first:
        raise FieldRefusal({"ended": (ENDS_BEFORE, {"last": role.last, "first": role.first})})
    if role.voice_id is not None and role.role in PRESENT:
        raise FieldRefusal({"voice": (SPEAKS_ALONE, {})})
    if role.voice_id is not None and role.voice_id == role.institution_id:
        raise FieldRefusal({"voice": (ITS_OWN_VOICE, {})})
    same = [each for each in _others(session, actor, role) if each.institution_id == role.institution_id]
    if same and group is not None:
        partner = session.get_one(Institution, role.institution_id).code
        raise FieldRefusal({"since": (THERE_ALREADY, {"partner": partner, "sector": group.code, "code": same[0].code})})


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """The institution of who notes it; the Pool notes for others."""
    return {"institution": "" if actor.is_pool else str(actor.institution_id or "")}


def warnings(
    session: Session, ctx: Context, actor: Actor, role: SectorRole
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """A second lead, a silent partner without a voice, a partner in too many sectors."""
    if role.last < ctx.today:
        return ()
    names = {each.id: each.name(actor.speaker.language) for each in storage.partners.everyone(session)}
    codes = {each.id: each.code for each in storage.groups.everyone(session)}
    sector = codes.get(role.group_id or 0, "")
    told: list[tuple[Message, Mapping[str, object]]] = []
    others = _others(session, actor, role)
    for each in others:
        if role.role == Role.LEAD and each.role == Role.LEAD:
            told.append((ANOTHER_LEAD, {"partner": names[each.institution_id], "sector": sector, "code": each.code}))
    if role.role not in PRESENT and role.voice_id is None:
        told.append((NO_VOICE, {}))
    present = {each.institution_id for each in others if each.role in PRESENT}
    if role.voice_id is not None and role.voice_id not in present:
        told.append((VOICE_ABSENT, {"partner": names[role.voice_id], "sector": sector}))
    most = storage.configuration.current(session).most_sectors
    day = max(ctx.today, role.first)
    held = matrix.sectors_of(session, actor.audience, day).get(role.institution_id, ())
    if role.role in PRESENT and 0 < most < len(held):
        where = actor.speaker.listing(sorted(codes[each] for each in held))
        partner = names[role.institution_id]
        told.append((TOO_MANY, {"partner": partner, "count": len(held), "sectors": where, "most": most}))
    return told


def called(role: SectorRole, names: Names, speaker: Speaker) -> str:
    """Its partner and sector."""
    partner = names.institution(role.institution_id, speaker.language)
    return speaker.say(CALLED, partner=partner, sector=names.group(role.group_id))


def _others(session: Session, actor: Actor | None, role: SectorRole) -> list[SectorRole]:
    """The other roles in its sector at the same time, of those the person may know of."""
    others = storage.sector_roles.meeting(session, role) if role.group_id is not None else ()
    return [each for each in others if actor is None or sees(each, actor.audience)]


FIELDS = (
    Field("group", SECTOR, Sort.GROUP, required=True, headings=("secteur", "groupe", "gt", "sector", "group")),
    Field(
        "institution",
        PARTNER,
        Sort.INSTITUTION,
        required=True,
        told=False,
        headings=("partenaire", "ptf", "bailleur", "donor"),
    ),
    Field("role", ROLE_ASKED, Sort.WORD, required=True, words=ROLES, headings=("role", "position")),
    Field(
        "since",
        SINCE,
        Sort.SPAN,
        hint=SINCE_HINT,
        headings=("depuis", "depuis le", "debut", "from"),
        brief=True,
        width=16,
    ),
    Field(
        "ended", ENDED, Sort.SPAN, hint=ENDED_HINT, headings=("jusqu a", "jusqu au", "fin", "to"), brief=True, width=16
    ),
    Field(
        "voice",
        VOICE,
        Sort.INSTITUTION,
        hint=VOICE_HINT,
        headings=("represente par", "represented by", "porte parole"),
        brief=True,
    ),
    Field("note", REMARK, Sort.LINE, headings=("remarque", "observation", "note"), width=40),
)

ROLE = Kind(
    "role",
    SectorRole,
    "ROL",
    Labels(ROLE_FORM_TITLE, ROLE_LIST, ADD_BUTTON, NOTE),
    FIELDS,
    Right.KEEP_ARRANGEMENTS,
    status="role",
    command=Command(("roles", "rôles", "sectors", "secteurs"), SUMMARY, USAGE),
    rule=rule,
    begins=begins,
    warnings=warnings,
    called=called,
    pages=(matrix.PAGE,),
    order=("group_id", "-since_on"),
    telling=("group", "institution", "role", "since"),
    year=lambda role: role.first.year if role.since else None,
)
