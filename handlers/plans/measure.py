"""A measured value of an indicator: its description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind, Labels
from handlers.kinds.naming import Names
from handlers.language import Speaker, message
from handlers.rights import Right
from storage.plans.measured import MEASURES, Measure
from storage.plans.rows import Line

MEASURE_FORM_TITLE = message("Measured value")
MANY = message("Values of indicators")
ADD_BUTTON = message("Add a value")
NOTE = message("What the indicators of the plans were measured at, by day, with the source.")
LINE = message("Line of a plan")
MEASURED_ON = message("As of")
VALUE = message("Value")
VALUE_HINT = message("A figure; “n/a” where none applies, nothing while it is not known.")
SOURCE = message("Source of the figure")
CALLED = message("{value} on {day}")
NOT_KNOWN = message("not known")
TO_COME = message("A value is noted once it is known; {day} is still to come.")


def rule(session: Session, ctx: Context, actor: Actor | None, measure: Measure, before: Mapping[str, Any]) -> None:
    """Nothing is measured before its day. Raises FieldRefusal."""
    if measure.measured_on > ctx.today:
        raise FieldRefusal({"measured_on": (TO_COME, {"day": measure.measured_on})})


def called(measure: Measure, names: Names, speaker: Speaker) -> str:
    """Its figure and its day."""
    value = speaker.say(NOT_KNOWN) if measure.value is None else speaker.number(measure.value)
    return speaker.say(CALLED, value=value, day=speaker.day(measure.measured_on))


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """As of today."""
    return {"measured_on": ctx.today}


MEASURE: Kind[Measure] = Kind(
    "plan_measure",
    Measure,
    MEASURES,
    Labels(MEASURE_FORM_TITLE, MANY, ADD_BUTTON, NOTE),
    (
        Field("line", LINE, Sort.RECORD, required=True, of=Line, whole=True, headings=("ligne", "line")),
        Field(
            "measured_on",
            MEASURED_ON,
            Sort.DAY,
            required=True,
            headings=("date", "au", "date de mesure", "measured on"),
            width=14,
        ),
        Field("value", VALUE, Sort.MONEY, hint=VALUE_HINT, headings=("valeur", "value"), brief=True),
        Field("source", SOURCE, Sort.LINE, headings=("source",), brief=True, width=40),
    ),
    Right.KEEP_PLANS,
    rule=rule,
    order=("line_id", "-measured_on"),
    year=lambda measure: measure.measured_on.year,
    begins=begins,
    called=called,
)
