"""The open points on top of a meeting: what earlier meetings left undone, and what became of the last one's decisions.

DOMAIN.md section 2: every review opens with "l'état d'exécution des recommandations" of the session before; section 5:
an action point is kept under the meeting that raised it, under a heading of its own once it is "NON REMPLI".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

import storage.conclusions
from handlers import dates, entries, meeting_names
from handlers.context import Context
from handlers.dates import Deadline
from handlers.entries import Names
from handlers.language import Speaker, message, plural
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import literal
from storage import periods
from storage.actions import Action
from storage.conclusions import Found
from storage.decisions import STANDING, Decision, Status
from storage.meetings import Meeting

UNMET = plural("⚠️ *NOT DONE*: one point of earlier meetings", "⚠️ *NOT DONE*: {count} points of earlier meetings")
EXECUTED = message("*State of execution* of what {meeting} decided")
OPEN = plural("*Still open* from before: one", "*Still open* from before: {count}")
LINE = message("• *{code}*{facts}: {text}")
FACTS = message(" ({facts})")
TAKEN = message("meeting of {day}")
DUE = message("due {deadline}")
MORE = plural("One more.", "{count} more.")

SHOWN = 8
"""Points told under each heading; the registers have them all."""
SHORT = 160
"""Characters of a point's text."""

Point = Decision | Action


def told(session: Session, ctx: Context, reader: Reader, meeting: Meeting) -> list[str]:
    """The open points, a text a heading, ready for mrkdwn; nothing where there are none."""
    found = storage.conclusions.before(session, meeting, reader.audience)
    unmet, rest = split(found, ctx.today)
    speaker = reader.speaker
    every: list[Point] = [*unmet, *rest, *found.left.decisions, *found.left.actions]
    names = entries.names(session, every)
    texts = []

    def lines(points: Sequence[Point], at: str | None = None) -> list[str]:
        return [line(speaker, each, names, ctx.today, at) for each in points[:SHOWN]]

    if unmet:
        texts.append(_listed(speaker, speaker.say(UNMET, count=len(unmet)), unmet, lines(unmet)))
    shown = {each.code for each in unmet}
    last: list[Point] = [*found.left.decisions, *found.left.actions]
    previous = [each for each in last if each.code not in shown]
    if previous and found.previous is not None:
        name = meeting_names.named(found.previous, meeting_names.body_of(session, found.previous), speaker)
        texts.append(
            _listed(
                speaker, speaker.say(EXECUTED, meeting=literal(name)), previous, lines(previous, found.previous.day)
            )
        )
    if rest:
        texts.append(_listed(speaker, speaker.say(OPEN, count=len(rest)), rest, lines(rest)))
    return texts


def split(found: Found, today: date) -> tuple[list[Point], list[Point]]:
    """What is overdue or was found not done at the last meeting, and what else of before is open."""
    owed: list[Point] = [*found.decisions, *found.actions]
    last: list[Point] = [each for each in found.left.decisions if _is_unmet(each, today)]
    unmet = [*last, *(each for each in owed if _is_unmet(each, today))]
    return unmet, [each for each in owed if not _is_unmet(each, today)]


def _is_unmet(point: Point, today: date) -> bool:
    if isinstance(point, Decision) and point.status == Status.NOT_DONE:
        return True
    owed = point.status in STANDING if isinstance(point, Decision) else True
    return owed and point.due_on is not None and point.due_on < today


def _listed(speaker: Speaker, head: str, points: Sequence[Point], told: Sequence[str]) -> str:
    more = [speaker.say(MORE, count=len(points) - SHOWN)] if len(points) > SHOWN else []
    return "\n".join([head, *told[:SHOWN], *more])


def line(speaker: Speaker, point: Point, names: Names, today: date, at: str | None = None) -> str:
    """One decision or action: where it was raised, who owes it, by when, where it stands; ready for mrkdwn.

    ``at``: the day of the meeting under whose name it is told, which is not said again.
    """
    facts = []
    if isinstance(point, Decision):
        facts.append(marked(entries.decision_status(speaker, point, today, None), EMOJI))
        if point.decided != at:
            facts.append(speaker.say(TAKEN, day=speaker.period(periods.parse(point.decided))))
        facts += [speaker.listing(each.name(speaker.language) for each in point.institutions)]
    else:
        institution = names.institutions.get(point.institution_id or 0)
        facts.append(institution.name(speaker.language) if institution is not None else "")
    if point.deadline is not None:
        facts.append(speaker.say(DUE, deadline=dates.in_words(Deadline(point.deadline, point.due_on), speaker)))
    told = ", ".join(filter(None, facts))
    text = literal(blocks.clip(" ".join(point.text.split()), SHORT))
    return speaker.say(LINE, code=point.code, facts=speaker.say(FACTS, facts=literal(told)) if told else "", text=text)
