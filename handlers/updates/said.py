"""`/ptf update` (`maj`): the form; with a group and a text, recorded at once, the status asked with buttons."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.groups
import storage.history
import storage.people
import storage.received
import storage.updates
from handlers import cards, commands, entries, finding, forms, places, records, remembered, rights, threads
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import Message, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import legible, literal, mentioned, resolve
from handlers.updates import filling, kind, standing, terms
from handlers.updates.kind import KIND
from storage import periods
from storage.groups import Group
from storage.history import By, Origin
from storage.updates import NEEDS_REASON, Status, Update
from storage.words import folded

UPDATE_SUMMARY = message("Give the update of your group: a form, or your text at once")
UPDATE_USAGE = message("[group text…]")
RECORDED = message("Recorded for {group}, {period}. How does the work stand?")
RECORDED_LATE = message(
    "Recorded for {group}, {period}, after its digest: it goes into the thread of that digest. How does the work stand?"
)
RECORDED_IN_TIME = message(
    "Recorded for {group}, {period}, late, but its digest has not gone out yet and tells it. How does the work stand?"
)
SAID_BEFORE = message("You recorded these very words for {group} at {at}: nothing was added.")
STATUS_KEPT = message("Thank you. {group}, {period}: {status}. The whole is in your direct messages.")

COMMAND = Command(("update", "maj"), UPDATE_SUMMARY, UPDATE_USAGE)
TWICE = timedelta(minutes=10)
"""How long the same words of the same person for the same group count as one, sent twice."""
OFFERED = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
_LIKE_A_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,9}")


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, update)
    for status in OFFERED:
        app.action(f"update_status_{status}")(choose_status)


def update(
    ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str, delivery: str
) -> None:
    """The form, or the words at once."""
    kept, sentence = None, RECORDED
    with ctx.sessions.begin() as session:  # one transaction for all: a second one takes its time
        group, text = _read(session, ctx, actor, rest)
        if group is not None and text:
            if not _first(session, ctx, actor, delivery, group, text):
                ack()
                return
            kept = record(session, ctx, actor, group, text)
            sentence = _sentence(session, ctx, kept)
    if group is None or kept is None:
        hints = {"group_id": group.id if group else None, "text": text}
        records.open_form(ctx, actor, client, body, KIND, hints=hints)
        ack()
        return
    ctx.wake()
    ack(response_type="ephemeral", **_asked(actor, group, kept, sentence))


def record(session: Session, ctx: Context, actor: Actor, group: Group, text: str) -> Update:
    """Keep the words as the group's progress, its status still to be said. Raises refusals."""
    rights.require_update(session, ctx, actor, group)
    if len(text) > forms.LONGEST:
        raise Refusal(forms.TOO_LONG, length=len(text), limit=forms.LONGEST)
    now = ctx.now()
    clock = remembered.clock(session, ctx)
    current = clock.current(periods.Rhythm(group.rhythm), now)
    reported = storage.updates.reported(session, {current.key}) if now > clock.deadline(current) else set()
    period = terms.usual(clock, group, now, reported)
    standing.require_open(session, ctx, actor, group, period)
    said = kind.new(ctx, actor, group, period, clock)
    said.progress = text
    kind.added(session, ctx, said)
    storage.history.created(session, said, By(actor.id, now, Origin.COMMAND))
    cards.receipt(session, ctx, actor, said)
    return said


def _first(session: Session, ctx: Context, actor: Actor, delivery: str, group: Group, text: str) -> bool:
    """Whether this delivery is new. Raises Refusal for words that were sent a short while ago, as another command."""
    words = f"words:{group.id}:{actor.id}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"
    before_it = storage.received.first_words(session, words, delivery, ctx.now())
    if before_it is None:
        return True
    if before_it == delivery or not storage.received.first(session, delivery, ctx.now()):
        return False
    before = storage.updates.same_words(session, group.id, actor.id, ctx.now() - TWICE, text)
    if before is not None:
        raise Refusal(SAID_BEFORE, group=group.name(actor.speaker.language), at=before.said_at)
    return True


def choose_status(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The status, told by a button; one that needs its reason opens the form."""
    status = Status(body["actions"][0]["action_id"].removeprefix("update_status_"))
    update_id = records.id_of(body)
    with ctx.readings.begin() as session:
        said = records.changeable(session, ctx, actor, KIND, update_id)
    if status in NEEDS_REASON and not said.difficulties:
        records.open_form(ctx, actor, client, body, KIND, record_id=update_id, hints={"status": status.value})
        ack()
        return
    with ctx.sessions.begin() as session:
        said = records.changeable(session, ctx, actor, KIND, update_id)
        if storage.received.first(session, delivery, ctx.now()):
            records.change(session, ctx, actor, KIND, said, {"status": status.value})
        group = session.get_one(Group, said.group_id)
    ctx.wake()
    words = actor.speaker.say(
        STATUS_KEPT,
        group=literal(group.name(actor.speaker.language)),
        period=periods.parse(said.period),
        status=actor.speaker.say(entries.UPDATE_STATUSES[status]),
    )
    places.show_instead(ack, client, body, words, [blocks.section(words)])


def _read(session: Session, ctx: Context, actor: Actor, rest: str) -> tuple[Group | None, str]:
    """The group and the words of ``EDU text…``; a lead of one group may leave the group out."""
    rest = legible(resolve(rest, storage.people.names(session, mentioned(rest))))
    if not rest:
        return None, ""
    first, _, words = rest.partition(" ") if " " in rest.partition("\n")[0] else rest.partition("\n")
    code = first.strip(":,")
    group = remembered.group(session, ctx, code.upper())
    every = {} if group else {folded(each.code): each for each in storage.groups.everyone(session)}
    group = group or every.get(folded(code))
    if group is not None:
        if not group.reports:
            raise Refusal(filling.NO_UPDATES_HERE)
        return group, legible(words).strip(" :\n")
    if _LIKE_A_CODE.fullmatch(first) and finding.nearest(first, list(every.values())):
        finding.group(session, first, actor.speaker)  # refuses, with what may have been meant
    own = filling.groups_of(session, actor)
    return (own[0] if len(own) == 1 else None), rest


def _sentence(session: Session, ctx: Context, kept: Update) -> Message:
    """That it is recorded, and where it is told when it came late."""
    if not kept.late:
        return RECORDED
    return RECORDED_LATE if threads.is_out(session, ctx, kept) else RECORDED_IN_TIME


def _asked(actor: Actor, group: Group, kept: Update, sentence: Message) -> dict[str, Any]:
    """What is told under the command: that it is recorded, and three buttons."""
    say = actor.speaker.say
    name = literal(group.name(actor.speaker.language))
    words = say(sentence, group=name, period=periods.parse(kept.period))
    offered = [
        blocks.button(say(entries.UPDATE_STATUSES[status]), f"update_status_{status}", str(kept.id))
        for status in OFFERED
    ]
    return {"text": words, "blocks": [blocks.section(words), blocks.actions(*offered)]}
