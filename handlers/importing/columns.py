"""The form in which the columns of a sheet are corrected: its register, and a menu for each column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

import storage.received
from handlers import answers, forms
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal, number
from handlers.importing import handing
from handlers.language import Message, Plural, Speaker, message
from handlers.reports import blocks
from storage.jobs import Job

TITLE = message("Columns of a sheet")
AGAIN_SUBMIT = message("Try it again")
INTRODUCED = message("*{sheet}*: what it holds, and what each of its columns is. What is not chosen is not read.")
REGISTER = message("Register")
EXAMPLE = message("For example: {said}")
NO_HEADING = message("Column {number}")
NOT_READ_HINT = message("Not read")
TWICE = message("“{field}” is chosen for two columns.")
LACKING = message("This register needs a column for: {fields}.")
NO_ROWS = message("There is nothing in this sheet.")

COLUMNS = 90
"""Columns that are asked for; a form takes 100 blocks."""
REGISTER_ID = "import_register"


def register(app: App) -> None:
    """Register the button, the form, and the choice of another register in it."""
    app.action("import_columns")(open_form)
    app.action(REGISTER_ID)(choose)
    app.view("import_columns")(submitted)


def open_form(ack: Ack, ctx: Context, actor: Actor, client: WebClient, body: dict[str, Any]) -> None:
    """*Correct the columns*: as they were taken."""
    job_id, _, place = str(body["actions"][0].get("value")).partition(":")
    with ctx.readings.begin() as session:
        job = handing.tried(session, actor, number(job_id))
        sheet = _sheet(job, place)
    answers.lay(client, body, _view(actor.speaker, job, place, sheet.get("register", ""), sheet.get("places", {})))
    ack()


def choose(ack: Ack, ctx: Context, actor: Actor, client: WebClient, body: dict[str, Any]) -> None:
    """Another register: its columns are guessed from the headings, and asked for."""
    view = body["view"]
    context = forms.context_of(view)
    name = str(body["actions"][0]["selected_option"]["value"])
    with ctx.readings.begin() as session:
        job = handing.tried(session, actor, int(context["job"]))
    places = _guessed(ctx, name, _sheet(job, context["sheet"]))
    drawn = _view(actor.speaker, job, str(context["sheet"]), name, places)
    client.views_update(view_id=view["id"], hash=view["hash"], view=drawn)
    ack()


def submitted(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], delivery: str) -> None:
    """The form: the file is tried out again with these columns."""
    context = forms.context_of(view)
    with ctx.sessions.begin() as session:
        if storage.received.first(session, delivery, ctx.now()):
            job = handing.decided(session, ctx, actor, int(context["job"]))
            sheet = _sheet(job, context["sheet"])
            told = _told(ctx, actor.speaker, view, sheet)
            kept = {name: job.request[name] for name in ("file", "name")}
            columns = {**job.request.get("columns", {}), str(context["sheet"]): told}
            handing.ask(session, ctx, actor, {**kept, "act": handing.TRY, "columns": columns}, handing.READING_AGAIN)
            handing.close(session, ctx, actor, job, handing.SEE_BELOW)
    ack()
    ctx.wake()


def _sheet(job: Job, place: Any) -> Mapping[str, Any]:
    """A sheet as it was read. Raises Refusal for one that has nothing in it."""
    sheets = job.request.get("sheets", [])
    place = number(place)
    if not sheets:
        raise Refusal(handing.READ_LONG_AGO)
    if place >= len(sheets) or not sheets[place]["headings"]:
        raise Refusal(NO_ROWS)
    found: Mapping[str, Any] = sheets[place]
    return found


def _view(speaker: Speaker, job: Job, place: str, register_name: str, places: Mapping[str, int]) -> dict[str, Any]:
    """The form: the register, and each column with an example from it."""
    from handlers.registers import every
    from handlers.registers.labels import labels

    say, sheet = speaker.say, _sheet(job, place)
    registers = [blocks.option(say(each.name), name) for name, each in every().items()]
    chosen = next((option for option in registers if option["value"] == register_name), None)
    asked = [_input(REGISTER_ID, say(REGISTER), blocks.select(REGISTER_ID, registers, initial=chosen), optional=False)]
    asked[0]["dispatch_action"] = True
    if chosen is not None:
        fields = [blocks.option(say(label), name) for name, label in labels(register_name).items()]
        taken = {column: name for name, column in places.items()}
        for column, (heading, sample) in enumerate(zip(sheet["headings"], sheet["samples"], strict=True)):
            if (heading or sample) and len(asked) <= COLUMNS:
                initial = next((option for option in fields if option["value"] == taken.get(column)), None)
                menu = blocks.select(f"column{column}", blocks.grouped(fields), say(NOT_READ_HINT), initial)
                block = _input(f"column{column}~{register_name}", heading or say(NO_HEADING, number=column + 1), menu)
                hint = {"hint": blocks.plain(say(EXAMPLE, said=sample))} if sample else {}
                asked.append(block | hint)
    form = forms.Form("import_columns", TITLE, AGAIN_SUBMIT, ())
    context = {"job": job.id, "sheet": place}
    above = [blocks.section(say(INTRODUCED, sheet=blocks.clip(str(sheet["name"]), 100).replace("*", "")))]
    return form.view(speaker, context=context, above=[*above, *asked])


def _input(block_id: str, label: str, element: blocks.Block, *, optional: bool = True) -> blocks.Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": blocks.plain(label),
        "optional": optional,
        "element": element,
    }


def _told(ctx: Context, speaker: Speaker, view: Mapping[str, Any], sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The columns as they were chosen. Raises FieldRefusal for a field chosen twice, or needed and not chosen."""
    from handlers.registers import every
    from handlers.registers.labels import labels

    chosen: dict[str, str] = {}
    for block, given in view["state"]["values"].items():
        name = answers.question_of(block)
        option = given[name].get("selected_option")
        if option:
            chosen[name] = str(option["value"])
    register_name = chosen.pop(REGISTER_ID, "")
    if register_name not in every():
        raise FieldRefusal({REGISTER_ID: (forms.NOT_OFFERED, {})})
    named = labels(register_name)
    places: dict[str, int] = {}
    faults: dict[str, tuple[Message | Plural, Mapping[str, object]]] = {}
    for question, field in chosen.items():
        if field in places:
            faults[question] = (TWICE, {"field": speaker.say(named[field])})
        places[field] = number(question.removeprefix("column"))
    lacking = [speaker.say(named[each]) for each in _needed(ctx, register_name) if each not in places]
    if lacking:
        faults[REGISTER_ID] = (LACKING, {"fields": speaker.listing(lacking)})
    if faults:
        raise FieldRefusal(faults)
    return {"register": register_name, "at": sheet["at"], "places": places}


def _guessed(ctx: Context, register_name: str, sheet: Mapping[str, Any]) -> Mapping[str, int]:
    """The columns of that register whose headings stand there."""
    from handlers.registers import columns_of, guessed

    return guessed(columns_of(ctx, register_name), sheet["headings"])


def _needed(ctx: Context, register_name: str) -> list[str]:
    """The fields without which no row of that register comes in."""
    from handlers.registers import columns_of

    return sorted(columns_of(ctx, register_name).needed)
