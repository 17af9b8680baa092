"""The rest days of the coming twelve months: the whole collective's, or one institution's own; the way to change them.

Days which the moon decides are marked as estimated until somebody says when they are. What was taken away stays in the
list, struck through, so that it can be put back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.configuration
import storage.partners
from handlers import answers, feasts, places, resting, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.resting import Rest
from storage.partners import Institution
from storage.rest_days import RestDay

EVERYBODYS = message("*Rest days of the coming twelve months, for everybody*: public holidays of {country}")
OWN = message("*Rest days of {institution}*, besides everybody’s: public holidays of {country}")
OWN_TYPED = message("*Rest days of {institution}*, besides everybody’s: no country’s public holidays")
NO_DAYS = message("None in the coming twelve months.")
REST_DAY = message("• {day}: {name}")
REST_DAY_ESTIMATED = message("• {day}: {name} _(estimated: the moon decides)_")
REST_DAY_MOVED = message("• {day}: {name} _(moved; the calendar says {before})_")
REST_DAY_TYPED = message("• {day}: {name} _(added)_")
REST_DAY_GONE = message("• ~{day}: {name}~ _(no rest day)_")
ADD_DAY_BUTTON = message("Add a rest day")
COUNTRY_BUTTON = message("Choose the country")
DAY_PLACEHOLDER = message("Move a day, take it away, put it back")
WHOSE_PLACEHOLDER = message("Whose rest days")
EVERYBODY = message("Everybody")
OPTION = message("{day}: {name}")

YEAR = timedelta(days=365)
_NOBODYS = "0"
"""The value that stands for the whole collective in menus and buttons."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rest days: everybody's, or one institution's own; ``calendar`` is the country whose holidays they are."""

    institution: Institution | None
    calendar: str | None

    @property
    def value(self) -> str:
        """As buttons, menus and forms carry it."""
        return str(self.institution.id) if self.institution else _NOBODYS

    @property
    def institution_id(self) -> int | None:
        """None for everybody."""
        return self.institution.id if self.institution else None


def register(app: App) -> None:
    """Register the listeners."""
    app.action("config_rest")(show)
    app.action("config_rest_whose")(show_whose)


def show(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Everybody's rest days, beside the settings."""
    text, shown = told(ctx, actor, _NOBODYS)
    answers.show(ack, client, body, text, shown)


def show_whose(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The rest days of whom was chosen, in the place of those that stood there."""
    text, shown = told(ctx, actor, body["actions"][0]["selected_option"]["value"])
    places.show_instead(ack, client, body, text, shown)


def told(ctx: Context, actor: Actor, whose: str, notice: str = "") -> tuple[str, list[blocks.Block]]:
    """The rest days as they are now, under what was just kept. Raises Refusal to whoever is not of the pool."""
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        scope = scope_of(session, whose)
        rows = resting.rows_around(session, ctx.today, ctx.today + YEAR, withdrawn=True)
        institutions = storage.partners.everyone(session)
    found = days_of(scope, rows, ctx.today)
    lines = [_line(actor.speaker, each) for each in found] or [actor.speaker.say(NO_DAYS)]
    head = _head(actor.speaker, scope)
    text = "\n".join([*([notice] if notice else []), head, *lines])
    return text, [*blocks.paragraphs(text), *_ways(actor.speaker, scope, found, institutions)]


def scope_of(session: Session, whose: str) -> Scope:
    """The scope a button carries. Raises Refusal when the institution is gone."""
    institution_id = number(whose)
    if not institution_id:
        return Scope(None, storage.configuration.current(session).calendar)
    institution = session.get(Institution, institution_id)
    if institution is None:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return Scope(institution, institution.calendar)


def days_of(scope: Scope, rows: Sequence[RestDay], today: date) -> list[Rest]:
    """The days of that scope in the coming twelve months, in order, with those that were taken away."""
    last = today + YEAR
    own = [each for each in resting.typed_in(scope.institution_id, rows) if today <= each.day <= last]
    calendars = resting.of_calendar(scope.calendar, rows, today, last) if scope.calendar else []
    return sorted([*calendars, *own], key=lambda each: each.day)


def value_of(scope: Scope, rest: Rest) -> str:
    """How a menu and a form carry a day: with its scope, and its row or the day and place its calendar gives it."""
    if rest.feast is None:
        return f"{scope.value}|row|{rest.row.id if rest.row else 0}"
    feast = rest.feast
    names = [each.name for each in feasts.of_year(feast.calendar, feast.day.year) if each.day == feast.day]
    return f"{scope.value}|{feast.day}|{names.index(feast.name)}"


def chosen(session: Session, ctx: Context, value: str) -> tuple[Scope, Rest]:
    """The scope and the day that a menu or a form carries. Raises Refusal when it is not there any more."""
    scope = scope_of(session, value.partition("|")[0])
    rows = resting.rows_around(session, ctx.today, ctx.today + YEAR, withdrawn=True)
    rest = next((each for each in days_of(scope, rows, ctx.today) if value_of(scope, each) == value), None)
    if rest is None:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    return scope, rest


def _head(speaker: Speaker, scope: Scope) -> str:
    country = speaker.country(scope.calendar) if scope.calendar else ""
    if scope.institution is None:
        return speaker.say(EVERYBODYS, country=country)
    name = literal(scope.institution.name(speaker.language))
    return speaker.say(OWN if scope.calendar else OWN_TYPED, institution=name, country=country)


def _line(speaker: Speaker, rest: Rest) -> str:
    name = literal(rest.name(speaker.language))
    if not rest.counts:
        return speaker.say(REST_DAY_GONE, day=rest.day, name=name)
    if rest.feast is None:
        return speaker.say(REST_DAY_TYPED, day=rest.day, name=name)
    if rest.corrected and rest.day != rest.feast.day:
        return speaker.say(REST_DAY_MOVED, day=rest.day, name=name, before=rest.feast.day)
    return speaker.say(REST_DAY_ESTIMATED if rest.estimated else REST_DAY, day=rest.day, name=name)


def _ways(
    speaker: Speaker, scope: Scope, found: Sequence[Rest], institutions: Sequence[Institution]
) -> list[blocks.Block]:
    """The menus of days and of whose they are, and the buttons."""
    days = [
        blocks.option(speaker.say(OPTION, day=each.day, name=each.name(speaker.language)), value_of(scope, each))
        for each in found
    ]
    whose = [blocks.option(speaker.say(EVERYBODY), _NOBODYS)] + [
        blocks.option(each.choice(speaker.language), str(each.id)) for each in institutions
    ]
    menu = [blocks.select("config_rest_day", blocks.grouped(days), speaker.say(DAY_PLACEHOLDER))] if days else []
    return [
        blocks.actions(
            *menu, blocks.select("config_rest_whose", blocks.grouped(whose), speaker.say(WHOSE_PLACEHOLDER))
        ),
        blocks.actions(
            blocks.button(speaker.say(ADD_DAY_BUTTON), "config_rest_add", scope.value),
            blocks.button(speaker.say(COUNTRY_BUTTON), "config_rest_country", scope.value),
        ),
    ]
