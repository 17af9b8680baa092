"""The buttons: everything `/ptf` does, each named in a word or two; and whether the bot may write unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers import described, greeting, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.language import Message, message
from handlers.reports import blocks
from handlers.rights import Right

EVERYTHING = message("*Everything I do*")
TYPED_TOO = message("The same with `/ptf` in any conversation; `/ptf help` says what each of them does.")
NOT_UNASKED = message("I do not write to you on my own, as you asked.")
MAY_REMIND = message("I write to you on my own to remind you of what is due.")
AGAIN_BUTTON = message("Write to me again")

LABELS: Mapping[str, Message] = {
    "update": message("Give an update"),
    "updates": message("Updates"),
    "request": message("Ask the Pool"),
    "decision": message("Note a decision"),
    "decisions": message("Decisions"),
    "action": message("Ask for an action"),
    "actions": message("Actions"),
    "digest": message("Digest"),
    "find": message("Search"),
    "export": message("The Excel"),
    "groups": message("Groups"),
    "health": message("How the groups work"),
    "away": message("I am away"),
    "config": message("Settings"),
    "language": message("Language"),
}
"""Command -> its button; one that is not here bears its own word."""
PRIMARY = ("update", "decision")
ROW = 25
"""Buttons in one block, at most (SLACK.md 2.1)."""


def first(actor: Actor, commands: Sequence[Command]) -> blocks.Block:
    """What people come for, on top."""
    offered = [each for each in commands if each.name in PRIMARY]
    return blocks.actions(*(_button(actor, each, primary=True) for each in offered), block_id="home_first")


def everything(actor: Actor, commands: Sequence[Command]) -> list[blocks.Block]:
    """Every command that would not say no to that person, then quiet."""
    may_set = rights.may(actor, Right.SETTINGS)
    offered = [each for each in commands if (may_set or not each.pool_only) and each.offered_to(actor)]
    rows = [offered[place : place + ROW] for place in range(0, len(offered), ROW)]
    say = actor.speaker.say
    return [
        blocks.divider(),
        blocks.section(f"{say(EVERYTHING)}\n{say(TYPED_TOO)}", blocks.button(say(greeting.GUIDE_BUTTON), "help_open")),
        *(
            blocks.actions(*(_button(actor, each) for each in row), block_id=f"home_all_{number}")
            for number, row in enumerate(rows)
        ),
        _quiet(actor),
    ]


def _button(actor: Actor, command: Command, *, primary: bool = False) -> blocks.Block:
    label = LABELS.get(command.name) or described.LABELS.get(command.name)
    words = actor.speaker.say(label) if label else command.word(actor.speaker.language).replace("-", " ").capitalize()
    spoken = actor.speaker.say(command.summary)
    return blocks.button(words, f"{command.name}_open", style="primary" if primary else "", spoken=spoken)


def _quiet(actor: Actor) -> blocks.Block:
    say = actor.speaker.say
    if actor.quiet:
        return blocks.section(say(NOT_UNASKED), blocks.button(say(AGAIN_BUTTON), "quiet_off"))
    return blocks.section(say(MAY_REMIND), greeting.quiet_button(actor.speaker))
