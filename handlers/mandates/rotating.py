"""*Prepare the rotation*: what the first of January brings, and who enters the troïka; three mandates at once.

The incoming member becomes chef de file, the chef de file outgoing member, and the outgoing member leaves. The pool
says who comes in. Warnings stand in the form as soon as an institution is chosen; they never block.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.configuration
import storage.mandates
import storage.partners
from handlers import changing, forms, offices, places, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.forms import Form, Question, Sort
from handlers.language import Speaker, message
from handlers.mandates import holding, listing, rotation, turning
from handlers.mandates.rotation import Rotation
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import OFFICE
from storage.mandates import TROIKA, Mandate, Office
from storage.partners import Institution

ROTATION_FORM_TITLE = message("Rotation of the troïka")
PREPARE_SUBMIT = message("Prepare")
ON_DAY = message("On {day}:")
BECOMES = message("• {office}: {who}")
STANDS = message("• {office}: {who} (entered already)")
LEAVES = message("• leaves the troïka: {who}")
STILL_RUNS = message("{mandate} goes on after that day: it will end on {day}.")
NEW_LEAD = message("Chef de file (no incoming member is known)")
NEW_OUTGOING = message("Outgoing member (no chef de file is known)")
INCOMING = message("New incoming member")
HOLDER = message("Titulaire")
ALTERNATE = message("Stand-in (suppléant)")
VOICE = message("Agency that coordinates the United Nations")
VOICE_HINT = message("In the troïka it sits for all of them.")
PREPARED_ALREADY = message("The rotation of {year} is prepared already: nothing was changed.")
PREPARED = message("✅ The rotation of {year} is prepared. From {day}:")

FORM = Form(
    "rotation",
    ROTATION_FORM_TITLE,
    PREPARE_SUBMIT,
    (
        Question("lead", NEW_LEAD, Sort.CHOICE, asks_again=True),
        Question("outgoing", NEW_OUTGOING, Sort.CHOICE, asks_again=True),
        Question("incoming", INCOMING, Sort.CHOICE, required=True, asks_again=True),
        Question("holder", HOLDER, Sort.PERSON),
        Question("alternate", ALTERNATE, Sort.PERSON),
        Question("voice", VOICE, Sort.CHOICE, hint=VOICE_HINT, asks_again=True),
    ),
)
ASKED = {Office.LEAD: "lead", Office.OUTGOING: "outgoing", Office.INCOMING: "incoming"}
"""Office -> the question that asks for its institution, where none follows."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the form leans on."""

    rotation: Rotation
    names: offices.Names
    voice_id: int | None

    @property
    def institutions(self) -> Mapping[int, Institution]:
        """All of them, by id."""
        return self.names.institutions


def register(app: App) -> None:
    """Register the listeners."""
    app.action("rotation_open")(open_rotation)
    for question in ("lead", "outgoing", "incoming", "voice"):
        app.action(question, matchers=[_in_our_form])(choose)
    app.view(FORM.name)(prepare)


def _in_our_form(body: dict[str, Any]) -> bool:
    return bool((body.get("view") or {}).get("callback_id") == FORM.name)


def open_rotation(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, with what follows for the year of the button."""
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        known = _known(session, _year(ctx, number(body["actions"][0]["value"])))
        if known.rotation.is_prepared:
            raise Refusal(PREPARED_ALREADY, year=known.rotation.year)
        view = _drawn(actor.speaker, known, {}, listing.opened_on(body, year=known.rotation.year))
    places.lay(client, body, view)
    ack()


def _year(ctx: Context, year: int) -> int:
    """The year of a button. Raises Refusal for one that is neither this one nor the next."""
    if year - ctx.today.year not in (0, 1):
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return year


def choose(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """An institution chosen: the form is drawn again with what is unusual about that troïka."""
    view = body["view"]
    context = forms.context_of(view)
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        known = _known(session, context["year"])
        drawn = _drawn(actor.speaker, known, FORM.so_far(view), context)
    client.views_update(view_id=view["id"], hash=view["hash"], view=drawn)
    ack()


def prepare(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: the mandates of that year, and the end of those which would run on."""
    answers, context = FORM.answers(view), forms.context_of(view)
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
    carriers = holding.carriers(ctx, client, answers)
    told: list[str] = []
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            known = _known(session, context["year"])
            if known.rotation.is_prepared:
                raise Refusal(PREPARED_ALREADY, year=known.rotation.year)
            _set_voice(session, ctx, actor, answers)
            _end(session, ctx, actor, known.rotation)
            for mandate in _mandates(known.rotation, answers, carriers):
                changing.add(session, ctx, actor, mandate)
            turning.tell(session, ctx)
            told = _told(session, actor.speaker, known.rotation)
    ack()
    ctx.wake()
    listing.draw_again(ctx, actor, client, context, "\n".join(told))


def _known(session: Session, year: int) -> Known:
    troika = [mandate for mandate in storage.mandates.everyone(session) if mandate.office in TROIKA]
    voice_id = storage.configuration.current(session).un_voice_id
    return Known(rotation.proposed(year, troika), offices.names(session, troika), voice_id)


def _drawn(speaker: Speaker, known: Known, answers: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    options = [(str(each.id), each.choice(speaker.language)) for each in known.institutions.values()]
    agencies = [
        option for option, each in zip(options, known.institutions.values(), strict=True) if each.kind == rotation.UN
    ]
    asked = {"holder", "alternate", *_open(known.rotation)} | ({"voice"} if agencies else set())
    values = {"voice": str(known.voice_id or "")} | {name: answer for name, answer in answers.items() if answer}
    form = FORM.only(*(question.name for question in FORM.questions if question.name in asked))
    choices = {"lead": options, "outgoing": options, "incoming": options, "voice": agencies}
    above = [blocks.section(line) for line in _above(speaker, known, values)]
    return form.view(speaker, values, choices, context, above)


def _open(known: Rotation) -> list[str]:
    """The questions for the offices that nothing fills."""
    follows = {Office.LEAD: known.lead, Office.OUTGOING: known.outgoing, Office.INCOMING: None}
    return [ASKED[office] for office in known.missing if follows[office] is None]


def _above(speaker: Speaker, known: Known, values: Mapping[str, Any]) -> list[str]:
    """What follows by itself, who leaves, and what is unusual."""
    plan, say = known.rotation, speaker.say
    lines = [say(ON_DAY, day=plan.first)]
    for office, follows in ((Office.LEAD, plan.lead), (Office.OUTGOING, plan.outgoing)):
        if follows is not None:
            lines.append(say(BECOMES, office=say(OFFICE[office]), who=offices.carried(known.names, speaker, follows)))
    for mandate in plan.prepared:
        who = offices.carried(known.names, speaker, mandate)
        lines.append(say(STANDS, office=say(OFFICE[mandate.office]), who=who))
    for mandate in plan.held:
        if mandate.office == Office.OUTGOING:
            lines.append(say(LEAVES, who=offices.carried(known.names, speaker, mandate)))
    running = [mandate for mandate in plan.held if mandate.ends is None or mandate.ends >= plan.first]
    ending = [
        say(STILL_RUNS, mandate=literal(offices.words(known.names, speaker, mandate)), day=rotation.eve(plan.first))
        for mandate in running
        if mandate.office in plan.missing
    ]
    members = [known.institutions[each] for each in _member_ids(plan, values) if each in known.institutions]
    voice = known.institutions.get(int(values["voice"] or 0))
    return ["\n".join(lines), *ending, *rotation.warnings(speaker, members, voice, plan.first)]


def _member_ids(plan: Rotation, values: Mapping[str, Any]) -> list[int]:
    """The institutions of the year's troïka as far as they are known."""
    follows = [mandate.institution_id for mandate in (plan.lead, plan.outgoing, *plan.prepared) if mandate]
    chosen = [int(values[name]) for name in _open(plan) if values.get(name)]
    return [*(each for each in follows if each is not None), *chosen]


def _mandates(plan: Rotation, answers: Mapping[str, Any], carriers: Mapping[str, int | None]) -> Iterable[Mandate]:
    """The mandates of that year which are not entered yet."""
    follows = {Office.LEAD: plan.lead, Office.OUTGOING: plan.outgoing}
    for office in plan.missing:
        before = follows.get(office)
        chosen = answers.get(ASKED[office])
        if before is None and not chosen:
            continue
        new = office == Office.INCOMING
        yield Mandate(
            office=office.value,
            institution_id=before.institution_id if before else int(str(chosen)),
            group_id=None,
            starts=plan.first,
            ends=plan.last,
            holder_id=before.holder_id if before else carriers["holder"] if new else None,
            alternate_id=before.alternate_id if before else carriers["alternate"] if new else None,
        )


def _end(session: Session, ctx: Context, actor: Actor, plan: Rotation) -> None:
    """Let what would run on end on the eve, where another takes its place."""
    for mandate in plan.held:
        if mandate.office in plan.missing and (mandate.ends is None or mandate.ends >= plan.first):
            changing.keep(session, ctx, actor, mandate, {"ends": rotation.eve(plan.first)})


def _set_voice(session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any]) -> None:
    if answers.get("voice"):
        settings = storage.configuration.current(session)
        changing.keep(session, ctx, actor, settings, {"un_voice_id": int(answers["voice"])})


def _told(session: Session, speaker: Speaker, plan: Rotation) -> list[str]:
    held = storage.mandates.of_offices(session, TROIKA, plan.first)
    known = offices.names(session, held)
    lines = [speaker.say(PREPARED, year=plan.year, day=plan.first)]
    for mandate in sorted(held, key=lambda each: TROIKA.index(Office(each.office))):
        who = offices.carried(known, speaker, mandate)
        lines.append(speaker.say(BECOMES, office=speaker.say(OFFICE[mandate.office]), who=who))
    return [*lines, *rotation.of_day(session, speaker, plan.first)]
