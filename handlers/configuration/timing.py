"""When the digest goes out and when the bot reminds: the form, and how hours and zones are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.configuration
from handlers import changing, forms, places, rights
from handlers.actors import Actor
from handlers.configuration import overview
from handlers.configuration.overview import WEEKDAYS
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.forms import Form, Question, Sort
from handlers.language import Message, Plural, message
from handlers.vocabulary import RUNGS
from storage.configuration import Configuration, Fallback
from storage.words import folded

TIMING_FORM_TITLE = message("Digest and reminders")
SAVE_SUBMIT = message("Save")
WEEKDAY = message("Day of the digest")
HOUR = message("Hour of the digest")
HOUR_HINT = message("For example 16:00.")
ZONE = message("Time zone")
ZONE_HINT = message("For example Africa/Bamako, or the name of the city.")
APPROVAL = message("The digest shown to the coordinators before it goes out")
APPROVAL_HINT = message("They can introduce it, leave something out, postpone it, or post it at once.")
APPROVAL_OFF = message("Not shown")
APPROVAL_POST = message("Shown; if nobody decides, it goes out at its hour")
APPROVAL_HOLD = message("Shown; if nobody posts it, it is held back")
APPROVAL_HOURS = message("How long before its hour")
ONE_HOUR = message("one hour")
TWO_HOURS = message("two hours")
THREE_HOURS = message("three hours")
FOUR_HOURS = message("four hours")
SIX_HOURS = message("six hours")
TWELVE_HOURS = message("twelve hours")
A_DAY = message("a day")
REMINDERS = message("Reminders to who owes something")
REMINDERS_ON = message("Yes")
REMINDERS_OFF = message("No")
LADDER = message("On which days, counted from the deadline")
LADDER_HINT = message(
    "Only the days on which nothing has come yet. After the last, the Pool and the chef de file are told."
)
REMINDER_HOUR = message("Hour of the reminders")
REMINDER_HOUR_HINT = message("On each person’s own clock, for example 09:00.")
NOT_AN_HOUR = message("“{text}” is no hour: please write one between 00:00 and 23:59, such as 16:00.")
NOT_A_ZONE = message("“{text}” is no time zone that I know: please write one such as Africa/Bamako.")
SAVED_TIMING = message("✅ Saved. The next digest and reminders follow it.")

OFF = "off"
APPROVALS = {Fallback.POST: APPROVAL_POST, Fallback.HOLD: APPROVAL_HOLD, OFF: APPROVAL_OFF}
HOURS = {
    "1": ONE_HOUR,
    "2": TWO_HOURS,
    "3": THREE_HOURS,
    "4": FOUR_HOURS,
    "6": SIX_HOURS,
    "12": TWELVE_HOURS,
    "24": A_DAY,
}

FORM = Form(
    "config_timing",
    TIMING_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question("digest_weekday", WEEKDAY, Sort.CHOICE, required=True, choices=WEEKDAYS),
        Question("digest_hour", HOUR, Sort.LINE, hint=HOUR_HINT, required=True),
        Question("zone", ZONE, Sort.LINE, hint=ZONE_HINT, required=True),
        Question("approval", APPROVAL, Sort.CHOICE, hint=APPROVAL_HINT, required=True, choices=APPROVALS),
        Question("approval_hours", APPROVAL_HOURS, Sort.CHOICE, required=True, choices=HOURS),
        Question(
            "reminders", REMINDERS, Sort.CHOICE, required=True, choices={"on": REMINDERS_ON, "off": REMINDERS_OFF}
        ),
        Question("ladder", LADDER, Sort.CHOICES, hint=LADDER_HINT, required=True, choices=RUNGS),
        Question("reminder_hour", REMINDER_HOUR, Sort.LINE, hint=REMINDER_HOUR_HINT, required=True),
    ),
)
_HOUR = re.compile(r"([01]?[0-9]|2[0-3])\s*(?:[:h.]\s*([0-5][0-9])?)?")
_SHOWN = 60


def register(app: App) -> None:
    """Register the listeners."""
    app.action("config_timing")(open_timing)
    app.view(FORM.name)(keep_timing)


def open_timing(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form, as the settings are."""
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        settings = storage.configuration.current(session)
        view = FORM.view(actor.speaker, _values(settings), context=changing.opened_on(body, settings))
    places.lay(client, body, view)
    ack()


def keep_timing(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted."""
    values = _checked(FORM.answers(view))
    context = forms.context_of(view)
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            settings = storage.configuration.current(session)
            changing.require_unchanged(session, settings, context)
            changing.keep(session, ctx, actor, settings, values)
    ack()
    overview.draw_again(ctx, actor, client, context["place"], actor.speaker.say(SAVED_TIMING))


def hour(text: str) -> str | None:
    """An hour as people write it (``16:00``, ``16h``, ``9 h 30``) as ``HH:MM``; None when it is none."""
    found = _HOUR.fullmatch(text.strip().lower())
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else None


def zone(text: str) -> str | None:
    """A time zone by its name or its city, as the database of zones spells it; None when it is none."""
    wanted = _spelt(text)
    if _exists(text.strip()):
        return text.strip()
    every = sorted(available_timezones())
    whole = [each for each in every if _spelt(each) == wanted]
    city = [each for each in every if "/" in each and _spelt(each.rpartition("/")[2]) == wanted]
    found = whole or city
    return found[0] if len(found) == 1 else None


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return name in available_timezones()


def _spelt(text: str) -> str:
    return folded(text.strip()).replace(" ", "_").replace("-", "_")


def _values(settings: Configuration) -> dict[str, Any]:
    return {
        "digest_weekday": settings.digest_weekday,
        "digest_hour": settings.digest_hour,
        "zone": settings.zone,
        "approval": settings.approval_fallback if settings.approval else OFF,
        "approval_hours": str(settings.approval_hours),
        "reminders": "on" if settings.reminders else "off",
        "ladder": settings.ladder.split(),
        "reminder_hour": settings.reminder_hour,
    }


def _approval(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The approval as the settings keep it; switched off, its fallback stays as it was."""
    told: dict[str, Any] = {"approval": answers["approval"] != OFF, "approval_hours": int(answers["approval_hours"])}
    return told if answers["approval"] == OFF else told | {"approval_fallback": answers["approval"]}


def _checked(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the settings keep them. Raises FieldRefusal."""
    faults: dict[str, tuple[Message | Plural, Mapping[str, object]]] = {}
    read = {name: hour(answers[name]) for name in ("digest_hour", "reminder_hour")} | {"zone": zone(answers["zone"])}
    for name, found in read.items():
        if found is None:
            shown = answers[name][:_SHOWN]
            faults[name] = (NOT_A_ZONE if name == "zone" else NOT_AN_HOUR, {"text": shown})
    if faults:
        raise FieldRefusal(faults)
    return {
        **read,
        "digest_weekday": answers["digest_weekday"],
        **_approval(answers),
        "reminders": answers["reminders"] == "on",
        "ladder": " ".join(sorted(answers["ladder"], key=int)),
    }
