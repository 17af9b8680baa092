"""The lines of plans that fall due, for the ladder of reminders: quietly, to those who speak for who answers for them.

Nobody is reminded before the day itself, and nobody above is told. Each responsible institution is asked for itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

import storage.mandates
import storage.plans.rows
from handlers.context import Context
from handlers.dues import Due
from handlers.language import Speaker, message
from handlers.plans import reporting
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.mandates import TROIKA, Mandate
from storage.partners import Institution
from storage.plans.rows import Line, Plan
from storage.visibility import sees

DUE = message("*{code}*, {plan}: {text} (by {day}). Where does it stand?")
SHORT_DUE = message("*{code}*, {plan}: {text} (by {day}, {institution})")
SPOKEN = message("Report on {code}")

SHORT = 200
"""Characters of its text; the whole is on its sheet."""


def dues(session: Session, ctx: Context, first: date, last: date) -> Sequence[Due]:
    """The open lines with their last day between two civil days, both included, one due an institution."""
    lines = storage.plans.rows.due_between(session, first, last)
    if not lines:
        return ()
    plans = {plan.id: plan for plan in storage.plans.rows.running(session)}
    owing = {each.id for line in lines for each in line.institutions}
    held: dict[int, list[Mandate]] = {}
    for mandate in storage.mandates.of_institutions(session, owing, ctx.today) if owing else ():
        if mandate.institution_id is not None:
            held.setdefault(mandate.institution_id, []).append(mandate)
    return [_due(ctx, line, plans[line.plan_id], each, held) for line in lines for each in line.institutions]


def _due(ctx: Context, line: Line, plan: Plan, institution: Institution, held: Mapping[int, Sequence[Mandate]]) -> Due:
    ranked = sorted(held.get(institution.id, ()), key=lambda mandate: (_distance(line, mandate), mandate.id))
    return Due(
        key=f"plan_line:{line.id}:{institution.code}",
        day=line.due_on or date.max,
        until=None,
        group_id=line.group_id,
        institution_id=institution.id,
        carriers=tuple(dict.fromkeys(person for mandate in ranked for person in mandate.carriers)),
        told=partial(_told, line, plan),
        short=partial(_short, line, plan, institution),
        readable=partial(sees, line),
        quiet=True,
        since=line.said_at.astimezone(ctx.zone).date(),
        steps=(),
    )


def _distance(line: Line, mandate: Mandate) -> int:
    """Who speaks for the institution as a whole comes first, then who sits in the group of the plan."""
    if mandate.group_id is None:
        return 0 if mandate.office in TROIKA else 2
    return 1 if mandate.group_id == line.group_id else 3


def _told(line: Line, plan: Plan, _: Session, speaker: Speaker) -> tuple[str, blocks.Block]:
    words = literal(blocks.clip(line.numbered, SHORT))
    text = speaker.say(DUE, code=line.code, plan=literal(plan.name), text=words, day=line.due_on)
    button = blocks.button(
        speaker.say(reporting.REPORT_BUTTON),
        reporting.NAME,
        str(line.id),
        spoken=speaker.say(SPOKEN, code=line.code),
    )
    return text, blocks.section(text, button)


def _short(line: Line, plan: Plan, institution: Institution, _: Session, speaker: Speaker) -> str:
    return speaker.say(
        SHORT_DUE,
        code=line.code,
        plan=literal(plan.name),
        text=literal(blocks.clip(line.numbered, SHORT)),
        day=line.due_on,
        institution=literal(institution.name(speaker.language)),
    )
