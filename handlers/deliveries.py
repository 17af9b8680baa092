"""Trouble with what the bot sends, put to the coordinators: what it was, where it was going, why, and what they can do.

A message that may or may not stand in Slack asks "It is there" or "Send it again"; one that Slack refused offers "Try
again" once the cause is mended. Nothing of the message's own words is shown. Once one of them decided, every
coordinator's copy says who decided what.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.outbox
import storage.people
import storage.received
from handlers import actors, answers, exposure, obstacles, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal, number
from handlers.language import Message as Sentence
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.configuration import Channel
from storage.outbox import Message, Sort, State

logger = logging.getLogger(__name__)

TROUBLE = "trouble"
"""How the keys of these reports begin; trouble with such a report is kept, and not reported."""

SHOWN = 10
"""Of each sort of trouble, so many are shown at once."""
TOLD_ONCE = timedelta(hours=20)
"""How long what is wrong with a channel is not told again for further messages; the next digest tells it anew."""

UNKNOWN_SAID = message(
    "I do not know whether this arrived: {what}, for {where}. The connection broke while it was being sent, "
    "and I may not look. Please look whether it is there; I do nothing until you decide."
)
REFUSED_SAID = message("Slack did not take this: {what}, for {where}. {reason} It is kept until you try again.")
HELD_BACK_SAID = message(
    "I did not post this: {what}, for {where}. {reason} It is kept, with whatever else comes for that channel, "
    "until you try again."
)
THERE_BUTTON = message("It is there")
AGAIN_BUTTON = message("Send it again")
TRY_BUTTON = message("Try again")
THERE_SETTLED = message("Settled: {person} found that it is there ({what}, for {where}).")
AGAIN_SETTLED = message("Settled: {person} had it sent again ({what}, for {where}).")
ALREADY = message("This is settled already; nothing was changed.")
ALL_SETTLED = message("Everything has been delivered.")

DIGEST = message("the digest")
REMINDER = message("a reminder")
NUDGE = message("the list of who is missing")
DRAFT = message("the draft of the digest")
RECEIPT = message("a receipt")
CARD = message("the card of an update or a decision")
ABSENCE = message("the word that somebody is away")
FILE = message("a file")
MANDATE = message("the news of a mandate")
LEAVER = message("the list of what somebody carried")
OTHER = message("a message")
EDIT_OF = message("a change of something sent before ({what})")
PERSON = message("the direct messages of {name}")

_WHAT = {
    "digest": DIGEST,
    "reminder": REMINDER,
    "nudge": NUDGE,
    "draft": DRAFT,
    "receipt": RECEIPT,
    "card": CARD,
    "away": ABSENCE,
    "standin": ABSENCE,
    "standin-over": ABSENCE,
    "turn": MANDATE,
    "left": LEAVER,
}
"""How a key begins (``digest:2027-W09:C1``) -> what the message is."""


def register(app: App) -> None:
    """Register the buttons."""
    app.action("deliveries_open")(unsettled)
    app.action("delivery_there")(is_there)
    app.action("delivery_again")(send_again)


def report(session: Session, ctx: Context, message: Message) -> None:
    """Put the trouble of an unknown or refused message to every coordinator, once for each attempt at it.

    What several messages meet in the same channel is told once, for the first of them.
    """
    told_before = _waiting_with(session, message, ctx.now() - TOLD_ONCE)
    message.told_at = ctx.now()
    if told_before:
        logger.info("message %d waits for what was told of message %d", message.id, told_before[0].id)
        return
    if message.key.startswith(f"{TROUBLE}:"):
        logger.error("message %d, a report of trouble, is %s itself", message.id, message.state)
        return
    readers = rights.pool_ids(session, ctx)
    if not readers:
        logger.error("message %d is %s, and there is no coordinator to tell", message.id, message.state)
    for slack_id in readers:
        storage.outbox.put(
            session,
            f"{TROUBLE}:{message.id}:{message.attempts}:{slack_id}",
            slack_id,
            _told(session, message, _speaker(session, ctx, slack_id)),
            ctx.now(),
            about=_about(message),
        )


def unsettled(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """All that waits for a decision, the oldest first, whoever was told of it."""
    with ctx.readings.begin() as session:
        rights.require(session, ctx, actor, Right.DELIVERIES)
        troubled = [
            message
            for state in (State.UNKNOWN, State.REFUSED)
            for message in storage.outbox.troubled(session, state, SHOWN)
            if message.told_at is not None
        ]
        reports = [_told(session, message, actor.speaker) for message in troubled]
    text = "\n".join(report["text"] for report in reports) or actor.speaker.say(ALL_SETTLED)
    told = [block for report in reports for block in report["blocks"]] or [blocks.section(text)]
    answers.show(ack, client, body, text, told)


def is_there(ack: Ack, ctx: Context, actor: Actor, delivery: str, action: Mapping[str, Any]) -> None:
    """The button "It is there": the message counts as sent; where exactly, nobody knows."""
    with ctx.sessions.begin() as session:
        message = _open(session, ctx, actor, delivery, action)
        if message is not None:
            _close(session, ctx, message, actor, THERE_SETTLED)
            storage.outbox.sent(message, ctx.now(), None, None)
    ack()
    ctx.wake()


def send_again(ack: Ack, ctx: Context, actor: Actor, delivery: str, action: Mapping[str, Any]) -> None:
    """The buttons "Send it again" and "Try again": the message goes once more, and what hangs on it follows."""
    with ctx.sessions.begin() as session:
        message = _open(session, ctx, actor, delivery, action)
        if message is not None:
            _close(session, ctx, message, actor, AGAIN_SETTLED)
            for each in [message, *_waiting_with(session, message, message.told_at)]:
                storage.outbox.resend(session, each, ctx.now())
    ack()
    ctx.wake()


def _waiting_with(session: Session, message: Message, since: datetime | None) -> list[Message]:
    """What else was refused in the same channel for what the channel is, and waits for the same decision."""
    if message.state != State.REFUSED or message.error not in exposure.OF_CHANNEL or since is None:
        return []
    found = storage.outbox.held_back(session, message.address, exposure.OF_CHANNEL, since)
    return [each for each in found if each.id != message.id]


def _open(session: Session, ctx: Context, actor: Actor, delivery: str, action: Mapping[str, Any]) -> Message | None:
    """The message a click decides on, locked; None when this very click was dealt with before.

    Raises Refusal for whoever may not decide, and when somebody decided already.
    """
    rights.require(session, ctx, actor, Right.DELIVERIES)
    if not storage.received.first(session, delivery, ctx.now()):
        return None
    message_id, _, attempts = str(action["value"]).partition(":")
    message = storage.outbox.claimed(session, number(message_id, ALREADY), number(attempts, ALREADY))
    unsettled = (State.UNKNOWN, State.REFUSED)
    if message is None or message.state not in unsettled or message.told_at is None:
        raise Refusal(ALREADY)
    return message


def _close(session: Session, ctx: Context, message: Message, actor: Actor, sentence: Sentence) -> None:
    """Change every coordinator's copy: who decided what, without buttons."""
    for card in storage.outbox.cards(session, _about(message)):
        speaker = _speaker(session, ctx, card.address)
        said = speaker.say(sentence, person=literal(actor.name), **_described(session, message, speaker))
        payload = {"text": said, "blocks": blocks.paragraphs(said)}
        storage.outbox.put(
            session, f"{card.key}:settled", card.address, payload, ctx.now(), sort=Sort.EDIT, under=card.key
        )


def _told(session: Session, message: Message, speaker: Speaker) -> dict[str, Any]:
    """The report in the reader's language, with the buttons that fit."""
    described = _described(session, message, speaker)
    value = f"{message.id}:{message.attempts}"
    if message.state == State.UNKNOWN:
        said = speaker.say(UNKNOWN_SAID, **described)
        buttons = [
            blocks.button(speaker.say(THERE_BUTTON), "delivery_there", value),
            blocks.button(speaker.say(AGAIN_BUTTON), "delivery_again", value),
        ]
    else:
        sentence = HELD_BACK_SAID if message.error in exposure.HELD_BACK else REFUSED_SAID
        said = speaker.say(sentence, reason=obstacles.told(speaker, message.error), **described)
        buttons = [blocks.button(speaker.say(TRY_BUTTON), "delivery_again", value)]
    return {"text": said, "blocks": [*blocks.paragraphs(said), blocks.actions(*buttons)]}


def _described(session: Session, message: Message, speaker: Speaker) -> dict[str, str]:
    """``what`` it is and ``where`` it was going, ready for mrkdwn; none of its own words."""
    return {"what": _what(message, speaker), "where": _where(session, message, speaker)}


def _what(message: Message, speaker: Speaker) -> str:
    kind = (message.under if message.sort == Sort.EDIT else None) or message.key
    what = FILE if message.sort == Sort.FILE else _WHAT.get(kind.partition(":")[0], OTHER)
    return speaker.say(EDIT_OF, what=speaker.say(what)) if message.sort == Sort.EDIT else speaker.say(what)


def _where(session: Session, message: Message, speaker: Speaker) -> str:
    if message.address.startswith(("U", "W")):
        names = storage.people.names(session, [message.address])
        return speaker.say(PERSON, name=literal(names.get(message.address, message.address)))
    channel = session.get(Channel, message.address)
    return literal(f"#{channel.name}" if channel is not None and channel.name else message.address)


def _speaker(session: Session, ctx: Context, slack_id: str) -> Speaker:
    person = storage.people.by_slack_id(session, ctx.team_id, slack_id)
    return ctx.speaker if person is None else actors.speaker_of(ctx, person)


def _about(message: Message) -> str:
    """What reports of that attempt are about, so that all of them change once somebody decided."""
    return f"outbox:{message.id}:{message.attempts}"
