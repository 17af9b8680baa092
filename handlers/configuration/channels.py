"""The digest channels: added, changed, removed. Slack is asked what a channel is before it may show anything.

A channel shared with other organisations shows only what is open to the Government; a public one nothing that is for
the troïka or for one group, since every member of the workspace can read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.orm import Session

import storage.configuration
import storage.groups
import storage.history
from handlers import changing, exposure, forms, places, rights
from handlers.actors import Actor
from handlers.configuration import overview
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.exposure import Reason
from handlers.forms import Form, Question, Sort
from handlers.language import Message, message
from handlers.reports import blocks
from handlers.vocabulary import LANGUAGE, LEVEL
from storage.configuration import Channel
from storage.history import Origin
from storage.visibility import Level

CHANNEL_FORM_TITLE = message("Digest channel")
SAVE_SUBMIT = message("Save")
CHANNEL = message("Channel")
CHANNEL_HINT = message("I must be in it: invite me there first with /invite.")
IN_LANGUAGE = message("Language of the digest there")
SHOWS = message("What may be shown there")
SHOWS_HINT = message("Think of who reads that channel, guests and other organisations included.")
OF_GROUP = message("The group, when it is a group’s own channel")

NOT_THERE = message("I am not in that channel: invite me there with /invite, then save again.")
ARCHIVED = message("That channel is archived: unarchive it, or choose another one.")
NOT_A_CHANNEL = message("The digest stands in a channel, not in a direct message.")
ALREADY = message("The digest stands there already: change it in the list.")
SHARED = message(
    "People of other organisations read that channel: only what is open to the Government may stand there."
)
PUBLIC = message("Every member of the workspace can read that channel: choose a wider level, or a private channel.")
WHICH_GROUP = message("Please say whose channel it is.")
REMOVED_ALREADY = message("The digest does not stand in that channel any more.")
SAVED_CHANNEL = message("✅ Saved: {channel}.")
REMOVED = message("✅ Removed: {channel}.")

FORM = Form(
    "config_channel",
    CHANNEL_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question("channel", CHANNEL, Sort.CHANNEL, hint=CHANNEL_HINT, required=True),
        Question("language", IN_LANGUAGE, Sort.CHOICE, required=True, choices=LANGUAGE),
        Question("level", SHOWS, Sort.CHOICE, hint=SHOWS_HINT, required=True, choices=LEVEL),
        Question("group", OF_GROUP, Sort.CHOICE),
    ),
)
_NOT_FOUND = ("channel_not_found", "not_in_channel")
_FAULTS = {
    Reason.ARCHIVED: ("channel", ARCHIVED),
    Reason.ABSENT: ("channel", NOT_THERE),
    Reason.SHARED: ("level", SHARED),
    Reason.PUBLIC: ("level", PUBLIC),
}
"""Why a channel may not show that level -> the question at which that is said, and the sentence."""


def register(app: App) -> None:
    """Register the listeners."""
    app.action("config_channel_add")(open_channel)
    app.action("config_channel")(open_channel)
    app.view(FORM.name)(keep_channel)
    app.action("config_channel_remove")(remove_channel)


def open_channel(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form: for the channel of the button, else for a new one."""
    channel_id = body["actions"][0].get("value")
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        options = {
            "group": [
                (str(group.id), f"{group.code} – {group.name(actor.speaker.language)}")
                for group in storage.groups.reporting(session)
            ]
        }
        if channel_id is None:
            values = {"language": ctx.language, "level": Level.ALL.value}
            view = FORM.view(actor.speaker, values, options, changing.opened_on(body))
        else:
            channel = _standing(session, channel_id)
            values = {"language": channel.language, "level": channel.level, "group": str(channel.group_id or "")}
            name = [blocks.section(overview.channel_name(channel))]
            context = changing.opened_on(body, channel, channel=channel.id)
            view = FORM.only("language", "level", "group").view(actor.speaker, values, options, context, name)
    places.lay(client, body, view)
    ack()


def keep_channel(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: a channel added, or one changed."""
    answers, context = FORM.answers(view), forms.context_of(view)
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
    values = _checked(answers, _asked(client, str(context.get("channel") or answers.get("channel"))))
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            before = _all_told(session)
            _write(session, values, context)
            storage.history.settled(session, before, _all_told(session), changing.by(ctx, actor))
    ack()
    notice = actor.speaker.say(SAVED_CHANNEL, channel=overview.channel_name(Channel(**values)))
    overview.draw_again(ctx, actor, client, context["place"], notice)


def remove_channel(
    ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str
) -> None:
    """The digest no longer goes there."""
    name = ""
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            channel = _standing(session, body["actions"][0]["value"])
            name, before = overview.channel_name(channel), _all_told(session)
            session.delete(channel)
            session.flush()
            storage.history.settled(session, before, _all_told(session), changing.by(ctx, actor, Origin.BUTTON))
    text, told = overview.told(ctx, actor, actor.speaker.say(REMOVED, channel=name) if name else "")
    places.show_instead(ack, client, body, text, told)


def _asked(client: WebClient, channel_id: str) -> Mapping[str, Any]:
    """What Slack says of a channel. Raises FieldRefusal where the bot cannot write; SlackClientError otherwise."""
    try:
        found: Mapping[str, Any] = client.conversations_info(channel=channel_id)["channel"]
    except SlackApiError as error:
        if error.response["error"] in _NOT_FOUND:
            raise _fault("channel", NOT_THERE) from None
        raise
    if found.get("is_im") or found.get("is_mpim"):
        raise _fault("channel", NOT_A_CHANNEL)
    return found


def _checked(answers: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """The channel as it is to be kept. Raises FieldRefusal where it would show too much."""
    level = Level(answers["level"])
    reason = exposure.allowed(level, exposure.facts(found))
    if reason:
        raise _fault(*_FAULTS[reason])
    if level == Level.GROUP and not answers.get("group"):
        raise _fault("group", WHICH_GROUP)
    return {
        "id": str(found["id"]),
        "name": str(found.get("name") or ""),
        "language": answers["language"],
        "level": level.value,
        "group_id": int(answers["group"]) if level == Level.GROUP else None,
    }


def _write(session: Session, values: Mapping[str, Any], context: Mapping[str, Any]) -> None:
    """Add the channel, or change the one the form is about. Raises refusals."""
    if "channel" not in context:
        if storage.configuration.channel(session, values["id"]) is not None:
            raise _fault("channel", ALREADY)
        session.add(Channel(**values))
    else:
        channel = _standing(session, context["channel"])
        changing.require_unchanged(session, channel, context)
        for name, value in values.items():
            setattr(channel, name, value)
    session.flush()


def _standing(session: Session, channel_id: str) -> Channel:
    channel = storage.configuration.channel(session, channel_id)
    if channel is None:
        raise Refusal(REMOVED_ALREADY)
    return channel


def _all_told(session: Session) -> dict[str, Any]:
    """The digest channels as history keeps them."""
    return {
        "channels": [
            {
                "id": each.id,
                "name": each.name,
                "language": each.language,
                "level": each.level,
                "group_id": each.group_id,
            }
            for each in storage.configuration.channels(session)
        ]
    }


def _fault(question: str, sentence: Message) -> FieldRefusal:
    return FieldRefusal({question: (sentence, {})})
