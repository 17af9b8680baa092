"""The form of a mandate: an institution holds an office from a day to another, carried by a titulaire and a suppléant.

DOMAIN.md sections 1 and 2. A mandate is never deleted: it ends on a day. When others carry it from a day on, who
carried it until then stays written on the mandate of before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.groups
import storage.history
import storage.mandates
import storage.partners
import storage.people
from handlers import changing, forms, offices, places, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal, number
from handlers.forms import Form, Question, Sort
from handlers.language import message
from handlers.mandates import holding, listing, rotation, turning
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import OFFICE
from storage.mandates import SINGLE, Mandate, Office

MANDATE_FORM_TITLE = message("Mandate")
SAVE_SUBMIT = message("Save")
OFFICE_ASKED = message("Office held")
INSTITUTION = message("Institution that holds it")
NEW_CODE = message("Or a new institution: its code")
NEW_CODE_HINT = message("2 to 20 letters, figures or hyphens, such as PAYS-BAS.")
NEW_NAME = message("Name of the new institution")
GROUP = message("Group")
GROUP_HINT = message("For coordinators, members and observers of a group; none for the troïka and the Pool Technique.")
HOLDER = message("Titulaire")
ALTERNATE = message("Stand-in (suppléant)")
STARTS = message("From")
ENDS = message("To (included)")
ENDS_HINT = message("Empty while no end is known. To end the mandate, give its last day.")
HANDED = message("Others carry it from")
HANDED_HINT = message(
    "Counts when you change who carries it. Empty: a correction, as if they had carried it from its first day."
)

ENDS_BEFORE = message("The mandate begins on {first}: it cannot end before.")
HELD_ALREADY = message("At that time there is already: {mandate}. End it first, or choose other days.")
HANDED_AFTER = message("The mandate ends on {last}: nobody carries it after that day.")
GONE = message("This mandate does not exist any more.")
SAVED_MANDATE = message("✅ Saved: {mandate}.")

FORM = Form(
    "mandate",
    MANDATE_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question("office", OFFICE_ASKED, Sort.CHOICE, required=True, choices=OFFICE),
        Question("group", GROUP, Sort.CHOICE, hint=GROUP_HINT),
        Question("institution", INSTITUTION, Sort.CHOICE),
        Question("new_code", NEW_CODE, Sort.LINE, hint=NEW_CODE_HINT),
        Question("new_name", NEW_NAME, Sort.LINE),
        Question("holder", HOLDER, Sort.PERSON),
        Question("alternate", ALTERNATE, Sort.PERSON),
        Question("handed", HANDED, Sort.DAY, hint=HANDED_HINT),
        Question("starts", STARTS, Sort.DAY, required=True),
        Question("ends", ENDS, Sort.DAY, hint=ENDS_HINT),
    ),
)
ADDED = ("office", "group", "institution", "new_code", "new_name", "holder", "alternate", "starts", "ends")
EDITED = ("holder", "alternate", "handed", "starts", "ends")
"""What may change in a mandate; another office, group or institution is another mandate."""


def register(app: App) -> None:
    """Register the listeners."""
    app.action("mandate_add")(open_new)
    app.action("mandate_edit")(open_mandate)
    app.view(FORM.name)(keep_mandate)


def open_new(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form for a new mandate."""
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        view = FORM.only(*ADDED).view(
            actor.speaker, {"starts": ctx.today}, _options(session, actor), listing.opened_on(body)
        )
    places.lay(client, body, view)
    ack()


def open_mandate(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form for the mandate chosen in the menu, or named by the button."""
    action = body["actions"][0]
    chosen = (action.get("selected_option") or action)["value"]
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        mandate = _standing(session, number(chosen, GONE))
        words = literal(offices.words(offices.names(session, [mandate]), actor.speaker, mandate))
        context = listing.opened_on(body, mandate, id=mandate.id)
        values = _values(session, mandate) | {"handed": max(ctx.today, mandate.starts)}
        view = FORM.only(*EDITED).view(actor.speaker, values, {}, context, [blocks.section(words)])
    places.lay(client, body, view)
    ack()


def keep_mandate(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: a mandate added, changed, handed on or ended."""
    answers, context = FORM.answers(view), forms.context_of(view)
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
    carriers = holding.carriers(ctx, client, answers)
    told: list[str] = []
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            mandate = (
                _changed(session, ctx, actor, answers | carriers, context)
                if "id" in context
                else _added(session, ctx, actor, answers | carriers)
            )
            _require_free(session, actor, mandate)
            _belong(session, ctx, actor, mandate)
            turning.tell(session, ctx)
            told = [
                actor.speaker.say(SAVED_MANDATE, mandate=literal(offices.told(session, actor.speaker, mandate))),
                *rotation.warned(session, actor.speaker, mandate),
            ]
    ack()
    ctx.wake()
    listing.draw_again(ctx, actor, client, context, "\n".join(told))


def _options(session: Session, actor: Actor) -> forms.Options:
    language = actor.speaker.language
    groups, institutions = storage.groups.everyone(session), storage.partners.everyone(session)
    return {
        "group": [(str(each.id), f"{each.code} – {each.name(language)}") for each in groups],
        "institution": [(str(each.id), each.choice(language)) for each in institutions],
    }


def _values(session: Session, mandate: Mandate) -> dict[str, Any]:
    slack_ids = {person.id: person.slack_id for person in storage.people.by_ids(session, mandate.carriers)}
    return {
        "holder": slack_ids.get(mandate.holder_id or 0),
        "alternate": slack_ids.get(mandate.alternate_id or 0),
        "starts": mandate.starts,
        "ends": mandate.ends,
    }


def _added(session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any]) -> Mandate:
    """A new mandate. Raises FieldRefusal."""
    starts, ends = _days(answers)
    mandate = Mandate(
        office=Office(answers["office"]).value,
        group_id=holding.group_id(answers),
        institution_id=holding.institution(session, ctx, actor, answers).id,
        holder_id=answers["holder"],
        alternate_id=answers["alternate"],
        starts=starts,
        ends=ends,
    )
    changing.add(session, ctx, actor, mandate)
    return mandate


def _changed(
    session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any], context: Mapping[str, Any]
) -> Mandate:
    """The mandate with other people or days. Raises refusals."""
    mandate = _standing(session, context["id"])
    changing.require_unchanged(session, mandate, context)
    starts, ends = _days(answers)
    carriers = {
        "holder_id": answers["holder"] or _unshown(session, mandate.holder_id),
        "alternate_id": answers["alternate"] or _unshown(session, mandate.alternate_id),
    }
    changing.keep(session, ctx, actor, mandate, {"starts": starts, "ends": ends})
    others = carriers != {name: getattr(mandate, name) for name in carriers}
    if others and answers.get("handed"):
        mandate = handed_on(session, ctx, actor, mandate, _handed(answers, mandate))
    changing.keep(session, ctx, actor, mandate, carriers)
    return mandate


def handed_on(session: Session, ctx: Context, actor: Actor, mandate: Mandate, day: date) -> Mandate:
    """The mandate as others carry it from that day on, with the history of both halves."""
    before = storage.history.values(mandate)
    later = storage.mandates.handed_on(mandate, day)
    if later is not mandate:
        session.flush()
        storage.history.registered(session, mandate, before, changing.by(ctx, actor))
        changing.add(session, ctx, actor, later)
    return later


def _handed(answers: Mapping[str, Any], mandate: Mandate) -> date:
    """From when others carry it. Raises FieldRefusal for a day that is not one of its own."""
    day = date.fromisoformat(answers["handed"])
    if mandate.ends is not None and day > mandate.ends:
        raise holding.fault("handed", HANDED_AFTER, last=mandate.ends)
    return day


def _unshown(session: Session, person_id: int | None) -> int | None:
    """A carrier whom the form could not show, since a register knows them and Slack does not: they stay."""
    found = storage.people.by_ids(session, [person_id] if person_id else [])
    return next((person.id for person in found if not person.slack_id), None)


def _days(answers: Mapping[str, Any]) -> tuple[date, date | None]:
    starts = date.fromisoformat(answers["starts"])
    ends = date.fromisoformat(answers["ends"]) if answers.get("ends") else None
    if ends is not None and ends < starts:
        raise holding.fault("ends", ENDS_BEFORE, first=starts)
    return starts, ends


def _require_free(session: Session, actor: Actor, mandate: Mandate) -> None:
    """Raises FieldRefusal when another institution holds an office that only one holds at a time."""
    others = storage.mandates.overlapping(session, mandate) if mandate.office in SINGLE else []
    if others:
        raise holding.fault("starts", HELD_ALREADY, mandate=offices.told(session, actor.speaker, others[0]))


def _belong(session: Session, ctx: Context, actor: Actor, mandate: Mandate) -> None:
    """Whoever carries it and of whom no institution is known belongs to the one that holds it."""
    for person in storage.people.by_ids(session, mandate.carriers):
        if person.institution_id is None and mandate.institution_id is not None:
            changing.keep(session, ctx, actor, person, {"institution_id": mandate.institution_id})


def _standing(session: Session, mandate_id: int) -> Mandate:
    mandate = storage.mandates.by_id(session, mandate_id)
    if mandate is None:
        raise Refusal(GONE)
    return mandate
