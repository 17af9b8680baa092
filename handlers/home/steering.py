"""What the Pool Technique looks to: who is missing, what is overdue, undelivered, or not set up yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

import storage.drafts
from handlers.actors import Actor
from handlers.home import around, owing
from handlers.home.gathering import Found
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage import periods
from storage.groups import Group, State
from storage.home import Part

FOR_THE_POOL = message("For the Pool Technique")
AWAITED = plural("*One update is awaited* until {until}:", "*{count} updates are awaited* until {until}:")
MISSING = plural("⚠️ *One update is missing*, due {until}:", "⚠️ *{count} updates are missing*, due {until}:")
MISSING_OF = message("*{code}* {name}: {people}")
NOBODY = message("no coordinator")
NONE_MISSING = message("*No update is missing*, and none is due in the next seven days.")
WEEK_BUTTON = message("Updates of the week")
OVERDUE = plural("*One thing is overdue* (others’)", "*{count} things are overdue* (others’)")
TROUBLES = plural(
    "*One message could not be delivered*, or may not have been.",
    "*{count} messages could not be delivered*, or may not have been.",
)
TROUBLES_BUTTON = message("Look at them")
DRAFT = message("*The digest of {week} waits for you*: it is due on {at}.")
HELD_DRAFT = message("⚠️ *The digest of {week} is held back*, due {at}: it goes out when one of you posts it.")
POST_BUTTON = message("Post now")
POST_TITLE = message("Post the digest now?")
POST_TEXT = message("It goes to every digest channel now, and not again on its day.")
WAIT_BUTTON = message("Not yet")
INTRODUCE_BUTTON = message("Edit the introduction")
SET_UP = message("*Still to be set up*")
NO_CHANNEL = message("The digest has no channel yet, so it goes nowhere.")
CHANNEL_BUTTON = message("Add a channel")
VACANT = plural("One group has no coordinator: {groups}.", "{count} groups have no coordinator: {groups}.")
MANDATE_BUTTON = message("Name one")
NO_GROUPS = message("No group has been entered yet.")
GROUP_BUTTON = message("Add a group")

NEAR = timedelta(days=7)
"""How long before it is due an update counts as one to look to."""
MISSING_SHOWN = 30


def told(found: Found, actor: Actor) -> list[blocks.Block]:
    """All of it; nothing to whoever is not of the pool."""
    if not actor.is_pool:
        return []
    speaker = actor.speaker
    return [
        blocks.header(speaker.say(FOR_THE_POOL)),
        *_missing(found, speaker),
        *_overdue(found, speaker),
        *_draft(found, speaker),
        *_troubles(found, speaker),
        *_set_up(found, speaker),
    ]


def _missing(found: Found, speaker: Speaker) -> list[blocks.Block]:
    """Whose update is missing or soon will be, by the instant until which it is awaited."""
    near = [each for each in found.awaited() if each.until <= found.now + NEAR][:MISSING_SHOWN]
    button = blocks.actions(blocks.button(speaker.say(WEEK_BUTTON), "updates_open"), block_id="home_missing")
    if not near:
        return [blocks.section(speaker.say(NONE_MISSING)), button]
    people = {seen.group.id: speaker.listing(seen.people) for seen in found.groups}
    lines: list[str] = []
    for until, together in groupby(near, key=lambda each: each.until):
        owed = list(together)
        lines.append(speaker.say(AWAITED if until > found.now else MISSING, count=len(owed), until=until))
        lines += [_missing_of(speaker, each.group, people[each.group.id]) for each in owed]
    return [*around.sections(lines), button]


def _missing_of(speaker: Speaker, group: Group, people: str) -> str:
    name, code = literal(group.name(speaker.language)), literal(group.code)
    return speaker.say(MISSING_OF, code=code, name=name, people=literal(people) or speaker.say(NOBODY))


def _overdue(found: Found, speaker: Speaker) -> list[blocks.Block]:
    dues = found.dues.of(Part.OVERDUE)
    if not dues:
        return []
    title = speaker.say(OVERDUE, count=found.dues.count(Part.OVERDUE))
    lines = [owing.line(found, speaker, due, owing=True) for due in dues]
    return [*around.sections([title, *lines]), *owing.further(found, speaker, Part.OVERDUE)]


def _draft(found: Found, speaker: Speaker) -> list[blocks.Block]:
    """The digest that waits for somebody to decide."""
    if found.frame.draft is None:
        return []
    key, state = found.frame.draft
    week, say = periods.parse(key), speaker.say
    text = say(HELD_DRAFT if state == storage.drafts.State.HELD else DRAFT, week=week, at=found.clock.deadline(week))
    sure = blocks.confirm(say(POST_TITLE), say(POST_TEXT), say(POST_BUTTON), say(WAIT_BUTTON))
    post = blocks.button(say(POST_BUTTON), "digest_post", key, confirm=sure)
    look = blocks.button(say(INTRODUCE_BUTTON), "digest_introduce", key)
    return [blocks.section(text), blocks.actions(post, look, block_id="home_draft")]


def _troubles(found: Found, speaker: Speaker) -> list[blocks.Block]:
    if not found.frame.troubles:
        return []
    text = speaker.say(TROUBLES, count=found.frame.troubles)
    return [blocks.section(text, blocks.button(speaker.say(TROUBLES_BUTTON), "deliveries_open"))]


def _set_up(found: Found, speaker: Speaker) -> Iterator[blocks.Block]:
    vacant = [
        seen.group.code
        for seen in found.groups
        if seen.group.reports and seen.group.state == State.ACTIVE and not seen.coordinated
    ]
    rows = []
    if not found.groups:
        rows.append(
            blocks.section(speaker.say(NO_GROUPS), blocks.button(speaker.say(GROUP_BUTTON), "config_group_add"))
        )
    if not found.frame.channels:
        button = blocks.button(speaker.say(CHANNEL_BUTTON), "config_channel_add")
        rows.append(blocks.section(speaker.say(NO_CHANNEL), button))
    if vacant:
        text = speaker.say(VACANT, count=len(vacant), groups=literal(speaker.listing(vacant)))
        rows.append(blocks.section(text, blocks.button(speaker.say(MANDATE_BUTTON), "mandate_add")))
    if rows:
        yield blocks.section(speaker.say(SET_UP))
        yield from rows
