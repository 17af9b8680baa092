"""`/ptf` and `/ptf help` (`aide`): what you owe, then what you can do, with buttons.

What follows `/ptf` and is no command comes here last: "did you mean", with buttons, and the text given back whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import answers, commands, described, duties, rights
from handlers.actors import Actor
from handlers.commands import COMMAND as PTF
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import Speaker, message
from handlers.pages import fitted
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right

HELP_SUMMARY = message("What you owe, and what you can do here")
WHAT_YOU_CAN_DO = message("*What you can do*")
ONE_COMMAND = message("`{typed}` {summary}")
REGISTERS = message("*The registers*")
ELSEWHERE = message("Every command works in any conversation of this workspace, in English and in French.")
OPEN_BUTTON = message("Open it")
HELP_BUTTON = message("What I can do")
DID_YOU_MEAN = message("I do not know the command “{word}”. Did you mean one of these?")
NO_SUCH_COMMAND = message("I do not know the command “{word}”. `/ptf help` tells what there is.")

COMMAND = Command(("help", "aide", "?"), HELP_SUMMARY)
SHOWN = 60
"""Characters given back of a word that is no command; the whole text follows."""


def register(app: App, others: Sequence[Command]) -> None:
    """Register the listeners; after all other topics, since the last one takes whatever is no command."""
    known = tuple(command for command in others if command.name != COMMAND.name)

    def help_(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        text, told = overview(ctx, actor, known)
        answers.show(ack, client, body, text, told)

    commands.on(app, COMMAND, help_)
    app.action("help_open")(help_)
    app.action("owed_open")(waiting)
    app.command(PTF)(_otherwise(known, help_))


def waiting(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """What the registers say is owed, each with the button that answers it: the Home tab has it behind one click."""
    title, nothing = actor.speaker.say(duties.OF_REGISTERS), actor.speaker.say(duties.NOTHING_THERE)
    with ctx.readings.begin() as session:
        owed = duties.of_registers(session, ctx, actor)
    texts, told = [text for text, _ in owed] or [nothing], [block for _, block in owed] or [blocks.section(nothing)]
    answers.show(ack, client, body, "\n".join([title, *texts]), [blocks.section(title), *told])


def overview(ctx: Context, actor: Actor, known: Sequence[Command]) -> tuple[str, list[blocks.Block]]:
    """What that person owes and can do: the text and the blocks."""
    with ctx.readings.begin() as session:
        owed, told = duties.told(session, ctx, actor)
    say = actor.speaker.say
    title, note = say(WHAT_YOU_CAN_DO), say(ELSEWHERE)
    daily = [each for each in _offered(actor, known) if each.name not in described.LABELS]
    registers = [each for each in _offered(actor, known) if each.name in described.LABELS]
    lines = [_line(actor.speaker, each) for each in daily]
    rows = [blocks.section(text, _button(actor.speaker, each)) for text, each in zip(lines, daily, strict=True)]
    texts, listed = _registers(actor.speaker, registers)
    shown = [*told, blocks.divider(), blocks.section(title), *rows, *listed, blocks.context(note)]
    return "\n".join([*owed, title, *lines, *texts, note]), shown


def _registers(speaker: Speaker, registers: Sequence[Command]) -> tuple[list[str], list[blocks.Block]]:
    """The registers, closer together: their lines in few blocks, their buttons in one."""
    if not registers:
        return [], []
    texts = [speaker.say(REGISTERS), *(_line(speaker, each) for each in registers)]
    buttons = [
        blocks.button(speaker.say(described.LABELS[each.name]), f"{each.name}_open", spoken=speaker.say(each.summary))
        for each in registers
    ]
    return texts, [*map(blocks.section, fitted(texts)), blocks.actions(*buttons, block_id="help_registers")]


def _otherwise(known: Sequence[Command], help_: Callable[..., None]) -> Callable[..., None]:
    """The listener of `/ptf` with nothing after it, or with what is no command."""

    def otherwise(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, word: str) -> None:
        if not word:
            help_(ack, ctx, actor, body, client)
            return
        raise _refusal(actor, word, answers.written(body), known)

    return otherwise


def _refusal(actor: Actor, word: str, text: str, known: Sequence[Command]) -> Refusal:
    """No such command: what may have been meant, and the text whole."""
    speaker = actor.speaker
    close = commands.meant(word, [*_offered(actor, known), COMMAND], speaker.language)
    offered = [
        blocks.button(each.word(speaker.language), f"{each.name}_open", spoken=speaker.say(each.summary))
        for each in close
    ]
    if COMMAND not in close:
        offered.append(blocks.button(speaker.say(HELP_BUTTON), "help_open"))
    first = text.split(maxsplit=1)[0] if text.split() else word
    sentence = DID_YOU_MEAN if close else NO_SUCH_COMMAND
    refusal = Refusal(sentence, word=blocks.clip(first, SHOWN))
    return refusal.with_text(text).with_blocks([blocks.actions(*offered)])


def _offered(actor: Actor, known: Sequence[Command]) -> list[Command]:
    """The commands that would not say no to that person."""
    may_set = rights.may(actor, Right.SETTINGS)
    return [command for command in known if (may_set or not command.pool_only) and command.offered_to(actor)]


def _line(speaker: Speaker, command: Command) -> str:
    usage = f" {speaker.say(command.usage)}" if command.usage else ""
    typed = f"{PTF} {command.word(speaker.language)}{usage}"
    return speaker.say(ONE_COMMAND, typed=typed, summary=literal(speaker.say(command.summary)))


def _button(speaker: Speaker, command: Command) -> blocks.Block:
    return blocks.button(speaker.say(OPEN_BUTTON), f"{command.name}_open", spoken=speaker.say(command.summary))
