"""A digest's draft in words: what it is about to tell, how it ends, what a coordinator can do with it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

import storage.configuration
import storage.decisions
import storage.people
import storage.updates
from handlers import cards, entries, erased
from handlers.context import Context
from handlers.digest import composing, gathering
from handlers.digest.gathering import Gathered
from handlers.language import Message, Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import LANGUAGE, LEVEL
from storage import periods
from storage.configuration import Channel, Fallback
from storage.decisions import Decision
from storage.drafts import Draft, State
from storage.updates import Update
from storage.visibility import Audience

DRAFT_TITLE = message("*Digest of {week}: a draft*")
GOES_OUT = message("It goes out on {at}, unless one of you decides otherwise.")
WAITS = message("It goes out when one of you posts it; if nobody has by {at}, I hold it back and tell you.")
POSTPONED_SAID = message("{person} postponed it: it goes out on {at}.")
SO_FAR = message("So far: {updates}, {decisions}.")
UPDATES_SO_FAR = plural("one update", "{count} updates")
DECISIONS_SO_FAR = plural("one decision", "{count} decisions")
INTRODUCED = message("Introduction, by {person}:")
LEFT_OUT = message("Left out of this digest: {records}.")
CHANNEL_SHOWS = message("#{channel}: {language}; shows: {level}")
PREVIEW_BUTTON = message("Preview")
PREVIEW_SPOKEN = message("Preview of #{channel}")
NUDGE_POSTS = message("Nobody has decided yet on the digest of {week}: it goes out as it is on {at}.")
NUDGE_HOLDS = message("Nobody has posted the digest of {week} yet: on {at} I hold it back.")
HELD_SAID = message(
    "I hold back the digest of {week}: it was due on {at}, and nobody had posted it. Nothing is lost; it goes out when "
    "one of you posts it."
)
HELD_UNSEEN = message(
    "I hold back the digest of {week}: it was due on {at}, and I could not show it to you before. Nothing is lost; it "
    "goes out when one of you posts it."
)
OUT_BY = message("The digest of {week} went out on {at}: {person} posted it.")
OUT_POSTPONED = message("The digest of {week} went out on {at}, as {person} had decided.")
OUT_ALONE = message("The digest of {week} went out on {at}, as nobody had decided otherwise.")
OUT_UNSEEN = message("The digest of {week} went out on {at}; I could not show it to you before.")
PASSED_SAID = message("The digest of {week} did not go out by itself: a later one tells what it would have told.")
SOMEBODY = message("Somebody")

POST_BUTTON = message("Post now")
POST_TITLE = message("Post the digest now?")
POST_TEXT = message("It goes to every digest channel now, and not again on its day.")
WAIT_BUTTON = message("Not yet")
INTRODUCE_BUTTON = message("Edit the introduction")
LEAVE_OUT_BUTTON = message("Leave out…")
POSTPONE_BUTTON = message("Postpone…")

CHANNELS_SHOWN = 20
EVERYTHING = Audience(troika=True)
"""What the coordinators may read."""


class Part(StrEnum):
    """Why a message about the draft was written; it ends its key."""

    SHOWN = "shown"
    NUDGE = "nudge"
    HELD = "held"
    UNSEEN = "unseen"


def told(session: Session, ctx: Context, draft: Draft, speaker: Speaker, part: Part) -> dict[str, Any]:
    """A message about it as a row of the outbox keeps it."""
    ending = _ending(session, draft, speaker)
    if ending:
        return {"text": ending, "blocks": [blocks.section(ending)]}
    head = _head(session, draft, speaker, part)
    rows = [blocks.section(head)]
    if part == Part.SHOWN:
        rows += [*_what(session, ctx, draft, speaker), *_channels(session, speaker, draft.week)]
    return {"text": head, "blocks": [*rows, blocks.actions(*buttons(speaker, draft.week))]}


def buttons(speaker: Speaker, week: str) -> list[blocks.Block]:
    """What a coordinator can do with it."""
    say = speaker.say
    sure = blocks.confirm(say(POST_TITLE), say(POST_TEXT), say(POST_BUTTON), say(WAIT_BUTTON))
    return [
        blocks.button(say(POST_BUTTON), "digest_post", week, confirm=sure),
        blocks.button(say(INTRODUCE_BUTTON), "digest_introduce", week),
        blocks.button(say(LEAVE_OUT_BUTTON), "digest_leave_out", week),
        blocks.button(say(POSTPONE_BUTTON), "digest_postpone", week),
    ]


def left_out(session: Session, speaker: Speaker, draft: Draft) -> str:
    """What is left out, in a few words; empty when nothing is."""
    week = periods.parse(draft.week)
    known = {cards.about(each): each for each in _records(session, draft.left_out)}
    told = [known[name] for name in draft.left_out if name in known]
    if not told:
        return ""
    return speaker.say(LEFT_OUT, records=speaker.listing(labels(session, speaker, told, week)))


def labels(session: Session, speaker: Speaker, records: Sequence[Update | Decision], week: periods.Period) -> list[str]:
    """Each record in a few words: the group and its period where that is another one, or the code; as people wrote."""
    names = entries.names(session, records)
    return [
        record.code
        if isinstance(record, Decision)
        else names.group(record.group_id, speaker)
        if record.period == week.key
        else f"{names.group(record.group_id, speaker)}, {speaker.period(periods.parse(record.period))}"
        for record in records
    ]


def _records(session: Session, names: Sequence[str]) -> list[Update | Decision]:
    found: list[Update | Decision] = []
    for name in names:
        kind, _, number = name.partition(":")
        by_id = storage.updates.by_id if kind == Update.__tablename__ else storage.decisions.by_id
        record: Update | Decision | None = by_id(session, int(number))
        if record is not None:
            found.append(record)
    return found


def _ending(session: Session, draft: Draft, speaker: Speaker) -> str:
    """How it ended; empty while somebody can still decide."""
    week = periods.parse(draft.week)
    if draft.state == State.PASSED:
        return speaker.say(PASSED_SAID, week=week)
    if draft.state != State.POSTED:
        return ""
    person = literal(_person(session, draft.decided_by_id, speaker))
    sentence = OUT_ALONE if draft.asked_at else OUT_UNSEEN
    if draft.decided_by_id is not None:
        sentence = OUT_POSTPONED if draft.postponed_to else OUT_BY
    return speaker.say(sentence, week=week, at=draft.decided_at, person=person)


def _head(session: Session, draft: Draft, speaker: Speaker, part: Part) -> str:
    settings, week = storage.configuration.current(session), periods.parse(draft.week)
    at, holds = gathering.clock(session).deadline(week), settings.approval_fallback == Fallback.HOLD
    postponed = None
    if draft.postponed_to is not None and draft.state == State.OPEN:
        person = literal(_person(session, draft.decided_by_id, speaker))
        postponed = speaker.say(POSTPONED_SAID, person=person, at=draft.postponed_to)
    if part == Part.SHOWN:
        title = speaker.say(DRAFT_TITLE, week=week)
        if draft.state == State.HELD:
            return f"{title}\n{speaker.say(HELD_SAID, week=week, at=at)}"
        return f"{title}\n{postponed or speaker.say(WAITS if holds else GOES_OUT, at=at)}"
    if postponed:
        return f"{speaker.say(DRAFT_TITLE, week=week)}\n{postponed}"
    sentence = _of_part(draft, part, holds)
    return speaker.say(sentence, week=week, at=at)


def _of_part(draft: Draft, part: Part, holds: bool) -> Message:
    if part == Part.NUDGE and draft.state == State.OPEN:
        return NUDGE_HOLDS if holds else NUDGE_POSTS
    return HELD_SAID if draft.asked_at else HELD_UNSEEN


def _what(session: Session, ctx: Context, draft: Draft, speaker: Speaker) -> list[blocks.Block]:
    """What it tells so far, its introduction, what is left out."""
    found = gathering.gather(session, ctx, periods.parse(draft.week), EVERYTHING, ctx.now())
    told = [blocks.context(f"{composing.count(speaker, found)} {_so_far(speaker, found)}")]
    said = dict.fromkeys(filter(None, (draft.introduction_fr, draft.introduction_en)))
    if said:
        who = literal(_person(session, draft.introduced_by_id, speaker))
        told.append(blocks.section(speaker.say(INTRODUCED, person=who)))
        told += [block for text in said for block in blocks.said(text)]
    omitted = left_out(session, speaker, draft)
    return [*told, *blocks.contexts([omitted])] if omitted else told


def _so_far(speaker: Speaker, found: Gathered) -> str:
    updates = speaker.say(UPDATES_SO_FAR, count=len(found.told))
    decisions = speaker.say(DECISIONS_SO_FAR, count=len(found.decisions))
    return speaker.say(SO_FAR, updates=updates, decisions=decisions)


def _channels(session: Session, speaker: Speaker, week: str) -> list[blocks.Block]:
    """A line a channel, with its preview."""
    channels = storage.configuration.channels(session)[:CHANNELS_SHOWN]
    return [_channel(speaker, channel, week) for channel in channels]


def _channel(speaker: Speaker, channel: Channel, week: str) -> blocks.Block:
    say, name = speaker.say, channel.name or channel.id
    line = say(
        CHANNEL_SHOWS,
        channel=literal(name),
        language=say(LANGUAGE[channel.language]),
        level=say(LEVEL[channel.level]),
    )
    spoken = say(PREVIEW_SPOKEN, channel=name)
    return blocks.section(
        line, blocks.button(say(PREVIEW_BUTTON), "digest_preview", f"{channel.id}:{week}", spoken=spoken)
    )


def _person(session: Session, person_id: int | None, speaker: Speaker) -> str:
    found = storage.people.by_ids(session, [person_id]) if person_id is not None else []
    return (erased.name(speaker, found[0]) if found else "") or speaker.say(SOMEBODY)
