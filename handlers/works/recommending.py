"""What a work recommended, to whom, and what became of it; a review opens with that of its session before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

import storage.decisions
import storage.history
import storage.works
from handlers import entries, readers, rights, vocabulary
from handlers.actors import Actor
from handlers.context import Context
from handlers.language import Speaker, message, plural
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.report import Entry, Mark, Paragraph, Report, Section
from handlers.rights import Right
from handlers.works import calendar
from storage.decisions import STANDING, Decision, Status
from storage.works import Work

RECOMMEND_BUTTON = message("Note a recommendation")
OWN_TITLE = message("Recommendations")
CARRIED_OUT = plural("One recommendation; carried out: {done}.", "{count} recommendations; carried out: {done}.")
EARLIER_TITLE = message("What became of those of the session before")
EARLIER_SESSION = message("{code} – {name}, {when}. As it stood at this session:")
NONE_EARLIER = message("It left no recommendation that you may read.")
SINCE_THEN = message("since then: {status}")
MORE_OF_THEM = plural("One more in `/ptf decisions`.", "{count} more in `/ptf decisions`.")

SHOWN = 10
"""Recommendations told on the sheet of a work, of each session."""


def buttons(session: Session, ctx: Context, actor: Actor, work: Work) -> Sequence[blocks.Block]:
    """*Note a recommendation*, to those who may note a decision somewhere."""
    if not any(rights.may(actor, Right.DECIDE, group_id) for group_id in (None, *actor.leads)):
        return ()
    return [blocks.button(actor.speaker.say(RECOMMEND_BUTTON), "decision_of_work", str(work.id))]


def further(session: Session, ctx: Context, actor: Actor, work: Work) -> Sequence[blocks.Block]:
    """What became of those of the session before, as it stood at this one; then its own, as they stand today."""
    told = sections(session, ctx, readers.of_actor(actor), work)
    pages = blocks.messages(Report("", actor.speaker.language, glance=told), actor.speaker) if told else []
    return [block for page in pages for block in page.blocks]


def sections(session: Session, ctx: Context, reader: Reader, work: Work) -> list[Section]:
    """The same, to be told in whatever shape."""
    told = []
    earlier = storage.works.before(session, work, reader.audience)
    if earlier is not None:
        told.append(_earlier(session, ctx, reader, work, earlier))
    own = storage.decisions.of_work(session, work.id, reader.audience)
    if own:
        done = sum(each.status == Status.DONE for each in own)
        summary = Paragraph(reader.speaker.say(CARRIED_OUT, count=len(own), done=done))
        listed = [_entry(reader.speaker, each, _state(ctx, reader.speaker, each)) for each in own[:SHOWN]]
        told.append(_section(reader.speaker, reader.speaker.say(OWN_TITLE), summary, listed, len(own)))
    return told


def states_at(session: Session, decisions: Sequence[Decision], day: date, ctx: Context) -> Mapping[int, str]:
    """Decision id -> where it stood at the end of that civil day; as today where nothing older is known."""
    if day >= ctx.today:
        return {each.id: each.status for each in decisions}
    after = datetime.combine(day + timedelta(days=1), time(), ctx.zone).astimezone(UTC)
    ids = [each.id for each in decisions]
    then = storage.history.held_at(session, Decision.__tablename__, ids, "status", after)
    return {each.id: _then(each, then.get(each.id), day) for each in decisions}


def _then(decision: Decision, held: str | None, day: date) -> str:
    """A day on which it was settled counts before what was noted, which may have been noted later."""
    if decision.done_on is not None and decision.done_on <= day:
        return decision.status
    if held is not None and held not in (Status.DONE, Status.NOT_DONE):
        return held
    return decision.status if decision.status in STANDING else Status.OPEN


def _earlier(session: Session, ctx: Context, reader: Reader, work: Work, earlier: Work) -> Section:
    """The recommendations of the session before, with what had become of each by the end of this one."""
    speaker = reader.speaker
    when = calendar.when(speaker, earlier)
    left = storage.decisions.of_work(session, earlier.id, reader.audience)
    lead = speaker.say(EARLIER_SESSION, code=earlier.code, name=earlier.name, when=when)
    if not left:
        lead = f"{lead} {speaker.say(NONE_EARLIER)}"
    states = states_at(session, left, work.last or ctx.today, ctx)
    listed = []
    for each in left[:SHOWN]:
        label, tone = vocabulary.DECISION_STATUS[states[each.id]]
        now = _state(ctx, speaker, each)
        since = [speaker.say(SINCE_THEN, status=now.text)] if each.status != states[each.id] else []
        listed.append(_entry(speaker, each, Mark(speaker.say(label), tone), since))
    return _section(speaker, speaker.say(EARLIER_TITLE), Paragraph(lead), listed, len(left))


def _section(speaker: Speaker, title: str, lead: Paragraph, listed: Sequence[Entry], count: int) -> Section:
    more = [Entry(speaker.say(MORE_OF_THEM, count=count - len(listed)))] if count > len(listed) else []
    return Section(title, [lead], entries=[*listed, *more])


def _state(ctx: Context, speaker: Speaker, decision: Decision) -> Mark:
    return entries.decision_status(speaker, decision, ctx.today, None)


def _entry(speaker: Speaker, decision: Decision, mark: Mark, since: Sequence[str] = ()) -> Entry:
    """One recommendation: to whom, by when, in its words."""
    facts = []
    if decision.addressee is not None:
        addressee = speaker.say(entries.ADDRESSEES[decision.addressee])
        facts.append(speaker.say(entries.ADDRESSED_TO, addressee=addressee))
    if decision.deadline is not None:
        facts.append(speaker.say(entries.DUE, deadline=speaker.deadline(decision.deadline)))
    return Entry(decision.code, mark, [*facts, *since], [Paragraph(decision.text, said=True)])
