"""The list of updates in Slack's blocks: for the pool each line has its ⋯ menu or its buttons, for all others none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.actors import Actor
from handlers.changes import opening
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.blocks.layout import CONTINUES
from handlers.reports.cells import EMOJI, marked
from handlers.reports.mrkdwn import literal
from handlers.reports.report import Entry, Report, Section
from handlers.updates import weekly
from handlers.updates.spots import Spot
from handlers.updates.standing import Stand
from handlers.updates.weekly import Line
from storage.periods import Period

READ_OPTION = message("Read it")
RETURN_OPTION = message("Return…")
VALIDATE_OPTION = message("Validate")
REOPEN_OPTION = message("Reopen for a week")
EXCUSE_OPTION = message("Excuse this group for this period…")
EXPECT_OPTION = message("Await it after all")
VALIDATE_ALL_BUTTON = message("Validate all that was received ({number})")
SURE_TITLE = message("Validate all of them?")
SURE_TEXT = message("From then on only the Pool Technique can change them. One group can be reopened at any time.")
SURE_BUTTON = message("Validate")
NOT_YET_BUTTON = message("Not yet")

OPTIONS: Mapping[str, Message] = {
    weekly.READ: READ_OPTION,
    weekly.RETURN: RETURN_OPTION,
    weekly.VALIDATE: VALIDATE_OPTION,
    weekly.REOPEN: REOPEN_OPTION,
    weekly.EXCUSE: EXCUSE_OPTION,
    weekly.EXPECT: EXPECT_OPTION,
}
FACTS = " · "
MOST_BLOCKS = 44
CHARACTERS = 9_000
"""Of the words of one group in one message; Slack refuses more than 13,200 in all its blocks (SLACK.md 2.1)."""

Titled = tuple[Message, int, Line]
"""A line under its title, which tells how many stand there in all."""


def page(speaker: Speaker, head: tuple[str, str], lines: Sequence[Titled], week: Period | None) -> blocks.SlackMessage:
    """A page of the list under its title and lead: a section a line where something can be done, else a report."""
    report = Report(head[0], speaker.language, head[1])
    opening = blocks.messages(report, speaker)[0]
    told, text, title = list(opening.blocks), [opening.text], None
    for heading, count, line in lines:
        if heading is not title:
            title = heading
            told.append(blocks.header(speaker.say(heading, number=count)))
            text.append(speaker.say(heading, number=count))
        words = _words(line.entry)
        told.append(blocks.section(words, _menu(speaker, line, week) if line.offered and week else None))
        text.append(words)
    return blocks.SlackMessage("\n".join(text), told)


def words(actor: Actor, head: str, told: Sequence[tuple[Entry, Spot, Stand]]) -> blocks.SlackMessage:
    """The updates of one group in full, as many as fit one message, each with the buttons of the pool."""
    speaker = actor.speaker
    drawn, text = [blocks.header(head)], [literal(head)]
    for entry, spot, stand in told:
        whole = blocks.messages(Report("", speaker.language, glance=[Section("", entries=[entry])]), speaker)[0]
        own = [block for block in whole.blocks if block != blocks.context(speaker.say(CONTINUES))]
        own.append(_buttons(actor, entry, spot, stand))
        too_long = sum(map(blocks.size, [*drawn, *own])) > CHARACTERS or len(drawn) + len(own) > MOST_BLOCKS
        if len(text) > 1 and too_long:
            break
        drawn += own
        text.append(whole.text)
    return blocks.SlackMessage("\n".join(text), drawn)


def validate_all(speaker: Speaker, count: int, week: Period) -> blocks.Block:
    """The button that validates all that was received of the week, after asking."""
    sure = blocks.confirm(*(speaker.say(each) for each in (SURE_TITLE, SURE_TEXT, SURE_BUTTON, NOT_YET_BUTTON)))
    label = speaker.say(VALIDATE_ALL_BUTTON, number=count)
    return blocks.button(label, "updates_validate_all", week.key, confirm=sure)


def _words(entry: Entry) -> str:
    """A line, ready for mrkdwn."""
    first = f"*{literal(entry.title)}*" + (f" — {literal(marked(entry.mark, EMOJI))}" if entry.mark else "")
    facts = FACTS.join(literal(fact) for fact in entry.facts if fact.strip())
    return "\n".join(filter(None, (first, facts)))


def _menu(speaker: Speaker, line: Line, week: Period) -> blocks.Block:
    spot = Spot(line.group.id, line.period, week.key)
    options = [blocks.option(speaker.say(OPTIONS[what]), f"{what}:{spot.value}") for what in line.offered]
    return blocks.overflow("updates_menu", options)


def _buttons(actor: Actor, entry: Entry, spot: Spot, stand: Stand) -> blocks.Block:
    """Its history, and what the pool can decide."""
    speaker, offered = actor.speaker, weekly.offered(stand) if actor.is_pool else ()
    decide = (what for what in offered if what != weekly.READ)
    return blocks.actions(
        *(blocks.button(speaker.say(OPTIONS[what]), f"updates_{what}", spot.value) for what in decide),
        opening.named(speaker, entry.source),
    )
