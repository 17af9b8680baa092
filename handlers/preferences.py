"""`/ptf language` (`langue`): the language in which the bot speaks to you; the answer is already in it."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.history
import storage.people
from handlers import answers, commands, places
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from storage.history import By, Origin
from storage.words import folded

LANGUAGE_SUMMARY = message("The language in which I speak to you")
LANGUAGE_USAGE = message("[English or French]")
ASKED = message("I speak English to you. Which language do you prefer?")
CHOSEN = message("From now on I speak English to you. The digest keeps the language of its channel.")
UNKNOWN_LANGUAGE = message("I do not speak “{word}”: choose English or French.")
ENGLISH_BUTTON = message("In English")
FRENCH_BUTTON = message("In French (en français)")

COMMAND = Command(("language", "langue"), LANGUAGE_SUMMARY, LANGUAGE_USAGE)
COMMANDS = (COMMAND,)
BUTTONS: dict[str, Message] = {"fr": FRENCH_BUTTON, "en": ENGLISH_BUTTON}
WORDS = {
    "fr": "fr",
    "french": "fr",
    "francais": "fr",
    "francaise": "fr",
    "en": "en",
    "english": "en",
    "anglais": "en",
    "anglaise": "en",
}
"""Folded words of both languages -> the language they name."""


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, language)
    app.action("language_open")(opened)
    for code in BUTTONS:
        app.action(f"language_{code}")(clicked)


def language(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """The language named after the command, else two buttons."""
    if not rest:
        opened(ack, actor, body, client)
        return
    code = WORDS.get(folded(rest.strip(" .!")))
    if code is None:
        raise Refusal(UNKNOWN_LANGUAGE, word=blocks.clip(rest, 60)).with_blocks([_buttons(actor.speaker)])
    text, told = _choose(ctx, actor, code, Origin.COMMAND)
    answers.show(ack, client, body, text, told)


def opened(ack: Ack, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The two buttons."""
    words = actor.speaker.say(ASKED)
    answers.show(ack, client, body, words, [blocks.section(words), _buttons(actor.speaker)])


def clicked(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """A language chosen with its button."""
    code = body["actions"][0]["action_id"].removeprefix("language_")
    text, told = _choose(ctx, actor, code, Origin.BUTTON)
    places.show_instead(ack, client, body, text, told)


def _choose(ctx: Context, actor: Actor, code: str, origin: Origin) -> tuple[str, list[blocks.Block]]:
    """Keep the choice; the answer, in that language, leaves the way back open."""
    with ctx.sessions.begin() as session:
        (person,) = storage.people.by_ids(session, [actor.id])
        before = {"language": person.language}
        person.language = code
        storage.history.registered(session, person, before, By(actor.id, ctx.now(), origin))
    speaker = Speaker(code, actor.speaker.zone)
    words = speaker.say(CHOSEN)
    return words, [blocks.section(words), _buttons(speaker)]


def _buttons(speaker: Speaker) -> blocks.Block:
    """Both languages, each also named in itself."""
    return blocks.actions(*(blocks.button(speaker.say(label), f"language_{code}") for code, label in BUTTONS.items()))
