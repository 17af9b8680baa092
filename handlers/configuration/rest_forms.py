"""The forms that change rest days: one day moved, confirmed, taken away or put back; one added; a country chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.configuration
import storage.rest_days
from handlers import changing, feasts, forms, places, resting, rights
from handlers.actors import Actor
from handlers.changing import CHANGED_MEANWHILE
from handlers.configuration import rest_days
from handlers.configuration.rest_days import Scope
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal
from handlers.forms import Form, Question, Sort
from handlers.language import Message, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.resting import Rest
from storage.rest_days import RestDay
from storage.words import folded

REST_DAY_FORM_TITLE = message("Rest day")
COUNTRY_FORM_TITLE = message("Public holidays")
SAVE_SUBMIT = message("Save")
IS_IT = message("Is it a rest day?")
ON_DAY = message("Yes, on the day below")
NO_REST = message("No, it is a working day")
AS_CALENDAR = message("As the calendar says")
DAY = message("Day")
NAME = message("What the day is called")
COUNTRY = message("Country whose public holidays are rest days")
NO_COUNTRY = message("None")
SAYS = message("{name}: the calendar of {country} says {day}.")
SAYS_ESTIMATED = message("{name}: the calendar of {country} says {day}, an estimate until the moon is seen.")
TOO_FAR = message("The calendar says {day}: more than a month away it is another day; add that one instead.")
PAST_DAY = message("That day is past.")
THERE_ALREADY = message("That day is a rest day already: {name}.")
LONGEST_NAME = message("Please find a name of at most {limit} characters.")
SAVED_DAY = message("✅ Saved: {name}, {day}.")
SAVED_NO_DAY = message("✅ Saved: {name} is no rest day.")
SAVED_COUNTRY = message("✅ Saved: the public holidays of {country}.")
SAVED_NO_COUNTRY = message("✅ Saved: no country’s public holidays.")

FORM = Form(
    "config_rest_day",
    REST_DAY_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question(
            "rest", IS_IT, Sort.CHOICE, required=True, choices={"on": ON_DAY, "off": NO_REST, "calendar": AS_CALENDAR}
        ),
        Question("day", DAY, Sort.DAY, required=True),
        Question("name", NAME, Sort.LINE, required=True),
    ),
)
COUNTRY_FORM = Form(
    "config_rest_country",
    COUNTRY_FORM_TITLE,
    SAVE_SUBMIT,
    (Question("country", COUNTRY, Sort.CHOICE, required=True),),
)
NONE = "-"
_AWAY = timedelta(days=31)
_NAME = 100


def register(app: App) -> None:
    """Register the listeners."""
    app.action("config_rest_day")(open_day)
    app.action("config_rest_add")(open_new)
    app.view(FORM.name)(keep_day)
    app.action("config_rest_country")(open_country)
    app.view(COUNTRY_FORM.name)(keep_country)


def open_day(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form of the day chosen in the menu."""
    value = body["actions"][0]["selected_option"]["value"]
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        _, rest = rest_days.chosen(session, ctx, value)
    asked = FORM.only("rest", "day") if rest.of_calendar else FORM
    ways = ["on", "off", *(["calendar"] if rest.corrected else [])]
    choices = FORM.questions[0].choices
    values = {"rest": "on" if rest.counts else "off", "day": rest.day, "name": rest.name(actor.speaker.language)}
    options = {"rest": [(way, actor.speaker.say(choices[way])) for way in ways]}
    context = changing.opened_on(body, rest.row, day=value)
    above = [blocks.section(_says(actor.speaker, rest))] if rest.feast else []
    places.lay(client, body, asked.view(actor.speaker, values, options, context, above))
    ack()


def open_new(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form for a day that no calendar knows."""
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
    context = changing.opened_on(body, whose=body["actions"][0]["value"])
    places.lay(client, body, FORM.only("day", "name").view(actor.speaker, {}, context=context))
    ack()


def keep_day(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: a day added, or one changed."""
    answers, context = FORM.answers(view), forms.context_of(view)
    if len(answers.get("name", "")) > _NAME:
        raise FieldRefusal({"name": (LONGEST_NAME, {"limit": _NAME})})
    notice, whose = "", str(context.get("whose") or context.get("day", "0")).partition("|")[0]
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            if "day" in context:
                rest = _changed(session, ctx, actor, answers, context)
            else:
                rest = _added(session, ctx, actor, answers, rest_days.scope_of(session, whose))
            notice = _saved(actor.speaker, rest)
    ack()
    _draw_again(ctx, actor, client, context["place"], whose, notice)


def open_country(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form in which the country of a scope is chosen."""
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        scope = rest_days.scope_of(session, body["actions"][0]["value"])
        row = scope.institution or storage.configuration.current(session)
        context = changing.opened_on(body, row, whose=scope.value)
    values = {"country": scope.calendar or NONE}
    places.lay(
        client, body, COUNTRY_FORM.view(actor.speaker, values, {"country": _countries(actor.speaker, scope)}, context)
    )
    ack()


def keep_country(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted: another country, or none."""
    answers, context = COUNTRY_FORM.answers(view), forms.context_of(view)
    country = None if answers["country"] == NONE else str(answers["country"])
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            scope = rest_days.scope_of(session, context["whose"])
            row = scope.institution or storage.configuration.current(session)
            changing.require_unchanged(session, row, context)
            changing.keep(session, ctx, actor, row, {"calendar": country})
    ack()
    say = actor.speaker.say
    notice = say(SAVED_COUNTRY, country=actor.speaker.country(country)) if country else say(SAVED_NO_COUNTRY)
    _draw_again(ctx, actor, client, context["place"], context["whose"], notice)


def _countries(speaker: Speaker, scope: Scope) -> list[tuple[str, str]]:
    """The countries by name; for an institution also none."""
    named = sorted(((code, speaker.country(code)) for code in feasts.calendars()), key=lambda each: folded(each[1]))
    return named if scope.institution is None else [(NONE, speaker.say(NO_COUNTRY)), *named]


def _says(speaker: Speaker, rest: Rest) -> str:
    """What the calendar itself says of a feast."""
    feast = rest.feast
    if feast is None:
        return ""
    sentence = SAYS_ESTIMATED if feast.estimated else SAYS
    name = literal(rest.name(speaker.language))
    return speaker.say(sentence, name=name, country=speaker.country(feast.calendar), day=feast.day)


def _added(session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any], scope: Scope) -> Rest:
    """A day of its own. Raises FieldRefusal."""
    day = date.fromisoformat(answers["day"])
    rows = resting.rows_around(session, ctx.today, ctx.today + rest_days.YEAR)
    _require_free(ctx, actor, day, [each for each in rest_days.days_of(scope, rows, ctx.today) if each.counts])
    row = RestDay(institution_id=scope.institution_id, day=day, name=answers["name"])
    changing.add(session, ctx, actor, row)
    return Rest(None, row)


def _changed(
    session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any], context: Mapping[str, Any]
) -> Rest:
    """A day moved, confirmed, taken away or put back. Raises refusals."""
    scope, rest = rest_days.chosen(session, ctx, context["day"])
    row = rest.row
    if row is not None:
        changing.require_unchanged(session, row, context)
    elif "seen" in context:
        raise Refusal(CHANGED_MEANWHILE)
    values = _values(ctx, answers, rest)
    day = values.get("day")
    if day is not None and day != rest.day:
        rows = resting.rows_around(session, ctx.today, ctx.today + rest_days.YEAR)
        others = [each for each in rest_days.days_of(scope, rows, ctx.today) if each.counts and each.row is not row]
        _require_free(ctx, actor, day, [each for each in others if each.feast is None or each.feast != rest.feast])
    if row is not None:
        changing.keep(session, ctx, actor, row, values)
    elif rest.feast is not None:
        row = RestDay(calendar=rest.feast.calendar, name=rest.feast.name, feast_on=rest.feast.day, day=values["day"])
        changing.add(session, ctx, actor, row)
    return Rest(rest.feast, row)


def _values(ctx: Context, answers: Mapping[str, Any], rest: Rest) -> dict[str, Any]:
    """The columns that the answers give the row. Raises FieldRefusal."""
    day = date.fromisoformat(answers["day"])
    named = {"name": answers["name"]} if "name" in answers else {}
    if answers["rest"] == "calendar":
        return {"withdrawn_at": ctx.now()}
    if answers["rest"] == "off":
        return {"day": None, "withdrawn_at": None} if rest.of_calendar else named | {"withdrawn_at": ctx.now()}
    if rest.feast is not None and abs(day - rest.feast.day) > _AWAY:
        raise FieldRefusal({"day": (TOO_FAR, {"day": rest.feast.day})})
    return named | {"day": day, "withdrawn_at": None}


def _require_free(ctx: Context, actor: Actor, day: date, others: list[Rest]) -> None:
    """Raises FieldRefusal for a day that is past, or a rest day already."""
    if day < ctx.today:
        raise FieldRefusal({"day": (PAST_DAY, {})})
    taken = next((each for each in others if each.day == day), None)
    if taken is not None:
        raise FieldRefusal({"day": (THERE_ALREADY, {"name": taken.name(actor.speaker.language)})})


def _saved(speaker: Speaker, rest: Rest) -> str:
    sentence: Message = SAVED_DAY if rest.counts else SAVED_NO_DAY
    return speaker.say(sentence, name=literal(rest.name(speaker.language)), day=rest.day)


def _draw_again(
    ctx: Context, actor: Actor, client: WebClient, place: Mapping[str, str], whose: str, notice: str
) -> None:
    if place:
        text, told = rest_days.told(ctx, actor, whose, notice)
        places.redraw(client, place, text, told)
