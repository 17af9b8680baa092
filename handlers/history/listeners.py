"""`/ptf history` (`historique`): the command, its pages, one change whole, *Restore* and *Restore this version*."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.received
from handlers import answers, commands, places, records
from handlers.actors import Actor
from handlers.changes import opening
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.history import pages, subjects, versions
from handlers.history.kinds import KINDS
from handlers.history.subjects import Subject
from handlers.language import message

HISTORY_SUMMARY = message("Who changed what, when and from where; and the way back")
HISTORY_USAGE = message("[decision, group and period, group…]")

COMMAND = Command(("history", "historique"), HISTORY_SUMMARY, HISTORY_USAGE)
COMMANDS = (COMMAND,)


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, history)
    for action_id in (opening.OPEN, "history_settings", "history_mandates"):
        app.action(action_id)(opened)
    for action_id in ("history_newer", "history_older"):
        app.action(action_id)(turned)
    app.action("history_menu")(choose)
    app.action("history_restore")(restore)


def history(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """The history of what is named after the command, else the latest changes."""
    with ctx.readings.begin() as session:
        text, told = pages.drawn(session, ctx, actor, subjects.asked(session, ctx, actor, rest))
    answers.show(ack, client, body, text, told)


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The history of what the button names, else the latest changes."""
    _show(ack, ctx, actor, body, client, subjects.read(body["actions"][0].get("value") or subjects.ALL))


def turned(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Newer or older changes, in the place of these."""
    first, _, value = str(body["actions"][0].get("value")).partition(":")
    subject = subjects.read(value)
    with ctx.readings.begin() as session:
        text, told = pages.drawn(session, ctx, actor, subject, number(first))
    places.show_instead(ack, client, body, text, told)


def choose(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """What was chosen in the ⋯ menu of a change."""
    what, _, value = body["actions"][0]["selected_option"]["value"].partition(":")
    if what == "back":
        back(ack, ctx, actor, body, client, delivery)
        return
    if what != "show":
        raise Refusal(NOT_OFFERED_ANY_MORE)
    with ctx.readings.begin() as session:
        told = pages.whole(session, actor, pages.one(session, actor, number(value)))
    answers.lay(client, body, answers.sheet(told))
    ack()


def back(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Bring a record back to what it was after a change; its history, with one more line, in the place of this one."""
    change_id = number(body["actions"][0]["selected_option"]["value"].partition(":")[2])
    subject = None
    with ctx.sessions.begin() as session:
        if storage.received.first(session, delivery, ctx.now()):
            record = versions.bring_back(session, ctx, actor, change_id)
            subject = Subject(record.__tablename__, record.id)
    ctx.wake()
    _redraw(ack, ctx, actor, body, client, subject)


def restore(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Restore what was withdrawn, however long ago; its history in the place of this one."""
    subject = subjects.read(str(body["actions"][0].get("value")))
    if subject.kind not in KINDS:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    kind, _ = KINDS[subject.kind]
    records.set_withdrawn(ctx, actor, kind, subject.id, delivery, withdrawn=False)
    _redraw(ack, ctx, actor, body, client, subject)


def _show(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, subject: Subject) -> None:
    with ctx.readings.begin() as session:
        text, told = pages.drawn(session, ctx, actor, subject)
    answers.show(ack, client, body, text, told)


def _redraw(
    ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, subject: Subject | None
) -> None:
    if subject is None:
        ack()
        return
    with ctx.readings.begin() as session:
        text, told = pages.drawn(session, ctx, actor, subject)
    places.show_instead(ack, client, body, text, told)
