"""`/ptf find` (`chercher`): the command, the form it opens without words, the menus and pages, one record whole."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.people
from handlers import answers, commands, places, readers, receipts, records, searchable
from handlers.actors import Actor
from handlers.changes import opening
from handlers.commands import Command
from handlers.context import Context
from handlers.described import BY_TABLE
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.find import asked, listing
from handlers.find.asked import Asked
from handlers.forms import Form, Question, Sort
from handlers.kinds import registering
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.mrkdwn import legible, mentioned, resolve
from handlers.reports.report import Report, Section
from storage.visibility import sees

FIND_SUMMARY = message("Finds words in every record, the best first; by group, institution, period, state")
FIND_USAGE = message("words [group, institution, Q3 2027, open]")
FORM_TITLE = message("Search")
FORM_SUBMIT = message("Search")
WORDS = message("Words")
WORDS_HINT = message("Accents and endings do not matter; between quotation marks, words stand in that order.")
KIND = message("Kind of record")
STATE = message("State")
GROUP = message("Group or body")
INSTITUTION = message("Institution")
PERIOD = message("Period")
PERIOD_HINT = message("2027, “Q3 2027”, “March 2027”, W8.")

COMMAND = Command(("find", "chercher", "rechercher", "recherche", "trouver", "search"), FIND_SUMMARY, FIND_USAGE)
COMMANDS = (COMMAND,)
FORM = Form(
    "find",
    FORM_TITLE,
    FORM_SUBMIT,
    (
        Question("words", WORDS, Sort.LINE, WORDS_HINT),
        Question("kind", KIND, Sort.CHOICE),
        Question("state", STATE, Sort.CHOICE),
        Question("group", GROUP, Sort.CHOICE),
        Question("institution", INSTITUTION, Sort.CHOICE),
        Question("period", PERIOD, Sort.LINE, PERIOD_HINT),
    ),
)


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, find)
    app.action("find_open")(opened)
    app.action("find_words")(everywhere)
    app.view(FORM.name)(submitted)
    for action_id in (*(f"find_{menu}" for menu in asked.MENUS), "find_more", "find_less"):
        app.action(action_id)(narrowed)
    app.action("find_show")(show)


def find(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """What was found of the words after the command; without any, the form."""
    with ctx.readings.begin() as session:
        words = legible(resolve(rest, storage.people.names(session, mentioned(rest)))).strip()
        wanted = asked.typed(session, words, ctx.today)
    if not words:
        opened(ack, ctx, actor, body, client)
        return
    answers.show(ack, client, body, *_listed(ctx, actor, wanted))


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form."""
    speaker = actor.speaker
    with ctx.readings.begin() as session:
        options = {
            "kind": listing.kinds(speaker),
            "state": listing.states(speaker, ""),
            "group": listing.groups(session),
            "institution": listing.institutions(session, speaker),
        }
    answers.lay(client, body, FORM.view(speaker, {}, options))
    ack()


def everywhere(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The words by which another list is narrowed, in every kind of record; beside that list."""
    words = str(body["actions"][0].get("value") or "")[: asked.LONGEST]
    answers.show(ack, client, body, *_listed(ctx, actor, Asked(words)))


def submitted(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any]) -> None:
    """The form: what was found stands in its place."""
    _, told = _listed(ctx, actor, asked.submitted(FORM.answers(view), ctx.today))
    ack(response_action="update", view=answers.sheet(told))


def narrowed(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Another filter chosen under the list, or another page."""
    places.show_instead(ack, client, body, *_listed(ctx, actor, asked.chosen(body)))


def show(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """One record whole, with all that one can do, on a sheet. Raises Refusal to who may not read it."""
    table, _, rest = str(body["actions"][0].get("value")).partition(":")
    record_id = number(rest, records.GONE)
    if table in BY_TABLE:
        registering.lay(ctx, actor, client, body, BY_TABLE[table], record_id)
    elif table in receipts.SHOWN:
        _lay(ctx, actor, client, body, (table, record_id))
    else:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    ack()


def _lay(ctx: Context, actor: Actor, client: WebClient, body: dict[str, Any], place: tuple[str, int]) -> None:
    model, shown = receipts.SHOWN[place[0]]
    with ctx.readings.begin() as session:
        record = session.get(model, place[1])
        if record is None:
            raise Refusal(records.GONE)
        if not sees(record, actor.audience):
            raise Refusal(records.NOT_FOR_YOU)
        if record.withdrawn:
            raise Refusal(records.WITHDRAWN, at=record.withdrawn_at)
        entry = shown.entry(session, ctx, readers.of_actor(actor), record)
        buttons = [*shown.buttons(session, ctx, actor, record), opening.button(actor.speaker, record)]
    report = Report("", actor.speaker.language, glance=[Section("", entries=[entry])])
    told = [block for page in blocks.messages(report, actor.speaker) for block in page.blocks]
    answers.lay(client, body, answers.sheet([*told, blocks.actions(*buttons)]))


def _listed(ctx: Context, actor: Actor, wanted: Asked) -> tuple[str, list[blocks.Block]]:
    """The list, once the index knows what was changed."""
    waiting = searchable.current(ctx)
    with ctx.readings.begin() as session:
        return listing.listed(session, ctx, actor, wanted, waiting=waiting)
