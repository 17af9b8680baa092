"""`/ptf away` (`absent`): the form; with days, noted at once: « du 12 au 30 août », "until Friday", "back"."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.people
import storage.received
from handlers import answers, commands, people, places, rights
from handlers.actors import Actor
from handlers.away import asking, keeping, noting, told
from handlers.away.noting import Answer
from handlers.commands import Command
from handlers.context import Context
from handlers.dates import spans
from handlers.dates.refusals import NotADate
from handlers.errors import Refusal, number
from handlers.language import message
from handlers.reports import blocks
from handlers.reports.mrkdwn import legible, mentioned, resolve
from handlers.rights import Right
from storage.history import Origin
from storage.people import Person, Standing
from storage.words import folded

AWAY_SUMMARY = message("Say when you are away: whoever stands in for you is asked meanwhile")
AWAY_USAGE = message("[from to]")
ONE_PERSON = message("Name one person only, then the days.")

COMMAND = Command(("away", "absent", "absence"), AWAY_SUMMARY, AWAY_USAGE)
LIST_WORDS = frozenset({"list", "liste", "all", "tous", "toutes", "mine"})
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
_BEFORE_A_WORD = re.compile(r"\s*[,:;(\n]\s*")


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, away)
    app.action("away_list")(show_list)
    app.action("away_more")(show_more)
    app.action("away_cancel")(cancel)


def away(
    ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str, delivery: str
) -> None:
    """The form, the list, or the days at once."""
    if not rest.strip():
        asking.open_form(ack, ctx, actor, body, client)
        return
    if folded(rest.strip(" .!")) in LIST_WORDS:
        show_list(ack, ctx, actor, body, client)
        return
    person, text = _whose(ctx, actor, client, rest)
    with ctx.sessions.begin() as session:
        if not storage.received.first(session, delivery, ctx.now()):
            ack()
            return
        answer = _note(session, ctx, actor, person, text)
    ctx.wake()
    answers.show(ack, client, body, answer.text, answer.blocks)


def show_list(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The absences to come."""
    with ctx.readings.begin() as session:
        text, shown = told.listed(session, ctx, actor)
    answers.show(ack, client, body, text, shown)


def show_more(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Another page of them, in the place of the first."""
    page = number(body["actions"][0]["value"])
    with ctx.readings.begin() as session:
        text, shown = told.listed(session, ctx, actor, page)
    places.show_instead(ack, client, body, text, shown)


def cancel(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """Cancel an absence, one's own or (the Pool) anybody's; what stands there is drawn again."""
    absence_id = number(body["actions"][0]["value"], keeping.GONE)
    with ctx.sessions.begin() as session:
        notice = ""
        if storage.received.first(session, delivery, ctx.now()):
            absence = keeping.standing(session, absence_id, actor.speaker.civil_day(ctx.now()))
            if absence.person_id != actor.id:
                rights.require(session, ctx, actor, Right.ABSENCES)
            notice = noting.cancel(session, ctx, actor, absence)
        form = asking.drawn(session, ctx, actor) if _in_our_form(body) else None
        text, shown = told.listed(session, ctx, actor)
    ctx.wake()
    if form is not None:
        client.views_update(view_id=body["view"]["id"], view=form)
        ack()
        return
    places.show_instead(ack, client, body, f"{notice}\n{text}".strip(), [*blocks.paragraphs(notice), *shown])


def _in_our_form(body: dict[str, Any]) -> bool:
    return bool((body.get("view") or {}).get("callback_id") == asking.FORM.name)


def _whose(ctx: Context, actor: Actor, client: WebClient, rest: str) -> tuple[Person, str]:
    """Whose absence it is and what is said of it; somebody mentioned first, by those who may. Raises Refusal."""
    named = _MENTION.findall(rest)
    text = legible(resolve(_MENTION.sub(" ", rest), {})).strip()
    if len(named) > 1:
        raise Refusal(ONE_PERSON).with_text(answers.written({"command": "", "text": rest}))
    slack_id = next(iter(mentioned(named[0])), actor.slack_id) if named else actor.slack_id
    if slack_id != actor.slack_id:
        with ctx.readings.begin() as session:
            rights.require(session, ctx, actor, Right.ABSENCES)
    person = people.known(ctx, client, slack_id)
    if person.standing != Standing.MEMBER:
        raise Refusal(asking.NOT_A_MEMBER, name=person.name or slack_id)
    return person, text


def _note(session: Session, ctx: Context, actor: Actor, person: Person, text: str) -> Answer:
    """What was said, noted: that they are back, or away with perhaps a word. Raises Refusal."""
    today = actor.speaker.civil_day(ctx.now())
    try:
        day = spans.back(text, today)
        if day is not None:
            return noting.come_back(session, ctx, actor, person, day, Origin.COMMAND)
        span, word = _read(text, today)
    except NotADate as fault:
        raise Refusal(fault.sentence, **fault.values) from None
    return noting.note(session, ctx, actor, person, span, word, Origin.COMMAND)


def _read(text: str, today: date) -> tuple[spans.Span, str]:
    """The days, and the word that may follow them: « du 12 au 30 août, congé ». Raises NotADate for the whole text."""
    try:
        return spans.read(text, today), ""
    except NotADate as fault:
        for mark in reversed(list(_BEFORE_A_WORD.finditer(text))):
            try:
                return spans.read(text[: mark.start()], today), text[mark.end() :].strip(" )")
            except NotADate:
                continue
        raise fault from None
