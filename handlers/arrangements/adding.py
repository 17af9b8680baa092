"""The amounts of an arrangement added up by year and currency: what is not known is said, and is no zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sqlalchemy.orm import Session

import storage.arrangements
from handlers.actors import Actor
from handlers.context import Context
from handlers.kinds import values
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.arrangements import Amount, Arrangement, Met, Tranche

BY_YEAR = message("*By year, all partners*")
YEAR_LINE = message("{year} ({currency}) · {figures}")
PLEDGED = message("pledged: {figure}")
COMMITTED = message("committed: {figure}")
DISBURSED = message("disbursed: {figure}")
SOME_UNKNOWN = plural("{figure} (one partner’s not known)", "{figure} ({count} partners’ not known)")
SHARE_PAID = message("{share}% of what was committed")
TRANCHES_LINE = plural(
    "*Tranches*: one; triggers met: {met}, partly: {partly}, not met: {unmet}, awaited: {awaited}.",
    "*Tranches*: {count}; triggers met: {met}, partly: {partly}, not met: {unmet}, awaited: {awaited}.",
)

_AMOUNTS = (("pledged", PLEDGED), ("committed", COMMITTED), ("disbursed", DISBURSED))


@dataclass(frozen=True, slots=True)
class Sum:
    """What is known of several amounts: None where nothing is; of how many nothing is known; whether one applies."""

    known: Decimal | None
    missing: int
    applies: bool


def further(session: Session, ctx: Context, actor: Actor, arrangement: Arrangement) -> Sequence[blocks.Block]:
    """The sums of each year and how its tranches stand; its parts are read by whoever may read it."""
    speaker = actor.speaker
    amounts = storage.arrangements.amounts_of(session, arrangement.id)
    told = [line for line in (_years(speaker, amounts), _tranches(session, speaker, arrangement)) if line]
    return [block for text in told for block in blocks.paragraphs(text)]


def total(amounts: Sequence[Amount], name: str) -> Sum:
    """One of the three amounts, of several rows in one currency."""
    applying = [each for each in amounts if name not in each.not_applicable.split()]
    known = [value for each in applying if (value := getattr(each, name)) is not None]
    return Sum(sum(known, Decimal(0)) if known else None, len(applying) - len(known), bool(applying))


def _years(speaker: Speaker, amounts: Sequence[Amount]) -> str:
    ordered = sorted(amounts, key=lambda each: (each.year, each.currency))
    lines = [
        _line(speaker, year, currency, list(rows))
        for (year, currency), rows in groupby(ordered, lambda each: (each.year, each.currency))
    ]
    return "\n".join([speaker.say(BY_YEAR), *map(literal, lines)]) if lines else ""


def _line(speaker: Speaker, year: int, currency: str, rows: Sequence[Amount]) -> str:
    sums = {name: total(rows, name) for name, _ in _AMOUNTS}
    told = [speaker.say(label, figure=figure(speaker, sums[name])) for name, label in _AMOUNTS]
    share = _share(sums["disbursed"], sums["committed"])
    if share is not None:
        told.append(speaker.say(SHARE_PAID, share=speaker.number(share)))
    return speaker.say(YEAR_LINE, year=year, currency=currency, figures=" · ".join(told))


def figure(speaker: Speaker, found: Sum) -> str:
    """A sum in words; missing, not applicable and zero are three things."""
    if not found.applies:
        return speaker.say(values.NOT_APPLICABLE)
    if found.known is None:
        return speaker.say(values.NOT_KNOWN)
    known = speaker.number(float(found.known))
    return speaker.say(SOME_UNKNOWN, count=found.missing, figure=known) if found.missing else known


def _share(part: Sum, whole: Sum) -> int | None:
    """Percent, where both are known whole."""
    if not part.known or not whole.known or part.missing or whole.missing:
        return None
    return round(100 * part.known / whole.known)


def _tranches(session: Session, speaker: Speaker, arrangement: Arrangement) -> str:
    found: Sequence[Tranche] = storage.arrangements.tranches_of(session, arrangement.id)
    if not found:
        return ""
    states = [each.state for each in found]
    return speaker.say(
        TRANCHES_LINE,
        count=len(found),
        met=states.count(Met.MET),
        partly=states.count(Met.PARTLY),
        unmet=states.count(Met.NOT_MET),
        awaited=states.count(Met.AWAITED),
    )
