"""The matrix partner × sector: who is what where on a day, in how many sectors each partner is, who leads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.partners
import storage.sector_roles
from handlers import dates
from handlers.actors import Actor
from handlers.arrangements.words import LETTERS, ROLES
from handlers.context import Context
from handlers.errors import Refusal
from handlers.kinds.kind import Page
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage import periods
from storage.groups import Group, Kind
from storage.partners import Institution
from storage.sector_roles import Role, SectorRole
from storage.visibility import Audience

MATRIX_BUTTON = message("Matrix partner × sector")
MATRIX_TITLE = message("*Division of labour* on {day}")
NO_ROLES = message("No role that you may read is noted for that day.")
SECTORS = plural("One sector.", "{count} sectors.")
PARTNERS = plural("One partner.", "{count} partners.")
PARTNER_HEADING = message("Partner")
SECTOR_HEADING = message("Sector")
PRESENT_IN = message("Sectors")
TOO_MANY = message("⚠️ {partner}: {count} sectors ({sectors}); the group allows {most}.")
NO_LEAD = message("Without a lead: {sectors}.")
SECTOR_LINE = message("*{code}* – {name}: {roles}")
ROLE_SINCE = message("{partner} ({role}, since {since})")
ROLE_ALONE = message("{partner} ({role})")
FOR_ANOTHER = message("{partner} ({role}, through {voice})")
NOT_A_DAY = message("“{said}” is no day: write one such as “1 January 2026”, or a year.")

COLUMNS = 20
ROWS = 99
"""What a table of Slack takes beside its heading (SLACK.md 2.1)."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The roles that hold on a day: partners and sectors in the order of their codes, (partner id, sector id) -> role.

    ``present``: partner id -> the sectors in which it leads or is active, sub-groups counted as the group above them.
    """

    partners: Sequence[Institution]
    sectors: Sequence[Group]
    roles: Mapping[tuple[int, int], SectorRole]
    present: Mapping[int, Collection[int]]


def gather(session: Session, audience: Audience | None, day: date) -> Matrix:
    """The matrix of that civil day, of the roles this audience may read."""
    held = {(each.institution_id, each.group_id): each for each in storage.sector_roles.holding(session, audience, day)}
    roles = {(partner, sector): each for (partner, sector), each in held.items() if sector is not None}
    groups = storage.groups.everyone(session)
    partners, sectors = {partner for partner, _ in roles}, {sector for _, sector in roles}
    return Matrix(
        [each for each in storage.partners.everyone(session) if each.id in partners],
        [each for each in groups if each.id in sectors],
        roles,
        storage.sector_roles.sectors(roles.values(), {each.id: each.parent_id for each in groups}),
    )


def sectors_of(session: Session, audience: Audience | None, day: date) -> Mapping[int, Collection[int]]:
    """Partner id -> the sectors in which it leads or is active on that day."""
    return gather(session, audience, day).present


def shown(session: Session, ctx: Context, actor: Actor, rest: str) -> tuple[str, list[blocks.Block]]:
    """The matrix of today, or of the day named after the word: as a table where it fits, and sector by sector."""
    speaker, day = actor.speaker, _day(ctx, rest)
    found = gather(session, actor.audience, day)
    title = speaker.say(MATRIX_TITLE, day=speaker.day(day))
    if not found.roles:
        text = f"{title}\n{speaker.say(NO_ROLES)}"
        return text, [blocks.section(text)]
    warned = _warned(session, speaker, found)
    table = _table(speaker, found)
    lines = "\n".join(_sector(speaker, found, each) for each in found.sectors)
    head = [f"{title}\n{_counted(speaker, found)}", *warned, *([_legend(speaker)] if table else [])]
    text = "\n".join([*head, lines])
    shown_lines = [] if table else blocks.paragraphs(lines)
    return text, [*blocks.paragraphs("\n".join(head)), *shown_lines, *([table] if table else [])]


def letter(speaker: Speaker, role: SectorRole) -> str:
    """The letter of a role in the matrix."""
    return speaker.say(LETTERS[role.role])[0]


def _day(ctx: Context, rest: str) -> date:
    """The day that the words name; of a year, a month, its last day that is not to come. Raises Refusal."""
    if not rest.strip():
        return ctx.today
    try:
        key = dates.deadline(rest, ctx.today).key
    except dates.NotADate:
        key = None
    if key is None or key == periods.CONTINUOUS:
        raise Refusal(NOT_A_DAY, said=rest)
    period = periods.parse(key)
    return min(period.last, max(ctx.today, period.first))


def _counted(speaker: Speaker, found: Matrix) -> str:
    return " ".join([speaker.say(PARTNERS, count=len(found.partners)), speaker.say(SECTORS, count=len(found.sectors))])


def _warned(session: Session, speaker: Speaker, found: Matrix) -> list[str]:
    """Partners in more sectors than the group allows, and sectors without a lead."""
    most = storage.configuration.current(session).most_sectors
    codes = {each.id: each.code for each in storage.groups.everyone(session)}
    told = [
        speaker.say(
            TOO_MANY,
            partner=literal(partner.name(speaker.language)),
            count=len(held),
            sectors=speaker.listing(sorted(codes[each] for each in held)),
            most=most,
        )
        for partner in found.partners
        if 0 < most < len(held := found.present.get(partner.id, ()))
    ]
    led = {sector for (_, sector), each in found.roles.items() if each.role == Role.LEAD}
    alone = [each.code for each in found.sectors if each.id not in led and each.kind != Kind.SUBGROUP]
    return [*told, *([speaker.say(NO_LEAD, sectors=speaker.listing(alone))] if alone else [])]


def _legend(speaker: Speaker) -> str:
    return " · ".join(speaker.say(each) for each in LETTERS.values())


def _table(speaker: Speaker, found: Matrix) -> blocks.Block | None:
    """The table, partners down and sectors across, or turned where only that fits; None where neither does."""
    across, down = len(found.sectors), len(found.partners)
    if across + 2 <= COLUMNS and down <= ROWS:
        heading = [speaker.say(PARTNER_HEADING), *(each.code for each in found.sectors), speaker.say(PRESENT_IN)]
        rows = [
            [
                partner.code,
                *(_cell(speaker, found, partner.id, sector.id) for sector in found.sectors),
                str(len(found.present.get(partner.id, ()))),
            ]
            for partner in found.partners
        ]
    elif down + 1 <= COLUMNS and across <= ROWS:
        heading = [speaker.say(SECTOR_HEADING), *(each.code for each in found.partners)]
        rows = [
            [sector.code, *(_cell(speaker, found, partner.id, sector.id) for partner in found.partners)]
            for sector in found.sectors
        ]
    else:
        return None
    return blocks.table([heading, *rows])


def _cell(speaker: Speaker, found: Matrix, partner_id: int, sector_id: int) -> str:
    role = found.roles.get((partner_id, sector_id))
    return letter(speaker, role) if role is not None else ""


def _sector(speaker: Speaker, found: Matrix, sector: Group) -> str:
    """One sector in words: its partners, the lead first, since when."""
    names = {each.id: each for each in found.partners}
    held = [(names[partner], each) for (partner, group), each in found.roles.items() if group == sector.id]
    held.sort(key=lambda pair: (list(ROLES).index(pair[1].role), pair[0].code))
    roles = speaker.listing(_role(speaker, partner, each, names) for partner, each in held)
    return speaker.say(SECTOR_LINE, code=sector.code, name=literal(sector.name(speaker.language)), roles=roles)


def _role(speaker: Speaker, partner: Institution, role: SectorRole, known: Mapping[int, Institution]) -> str:
    told = {"partner": literal(partner.name(speaker.language)), "role": speaker.say(ROLES[role.role].label)}
    voice = known.get(role.voice_id or 0)
    if voice is not None:
        return speaker.say(FOR_ANOTHER, voice=literal(voice.name(speaker.language)), **told)
    if role.since:
        return speaker.say(ROLE_SINCE, since=speaker.deadline(role.since), **told)
    return speaker.say(ROLE_ALONE, **told)


PAGE = Page("matrix", ("matrix", "matrice"), MATRIX_BUTTON, shown)
"""The page of arrangements and of roles alike."""
