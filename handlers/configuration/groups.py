"""Groups and bodies: added and changed by a form. None is ever deleted; one that ends is closed or merged.

What a group is (its state, its kind, where it belongs) is dated: it counts from the day the form gives, past or coming,
and statistics use what it was at the time (storage.lives). A sub-group that is raised to a group stays the same group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.decisions
import storage.groups
import storage.lives
from handlers import changing, forms, places, rights
from handlers.actors import Actor
from handlers.configuration import lives, overview
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal, number
from handlers.forms import Form, Question, Sort
from handlers.language import Message, message
from handlers.reports.mrkdwn import literal
from handlers.vocabulary import GROUP_KIND, GROUP_STATE, RHYTHM, SITTING
from storage.groups import Group, Kind, Sitting, State
from storage.periods import Rhythm
from storage.words import folded

GROUP_FORM_TITLE = message("Group or body")
SAVE_SUBMIT = message("Save")
CODE = message("Code")
CODE_HINT = message("2 to 10 letters, figures or hyphens, such as EDU. It is what people type.")
NAME_FR = message("Name in French")
NAME_EN = message("Name in English")
KIND = message("Kind")
PARENT = message("Belongs to")
PARENT_HINT = message("Needed for a sub-group.")
RHYTHM_ASKED = message("Rhythm of updates")
RHYTHM_HINT = message("A body gives none, whatever is chosen here.")
STATE = message("State")
FROM_DAY = message("State, kind and belonging since")
FROM_DAY_HINT = message("What you change of them counts from this day, past or coming; until then, what was.")
SUCCESSOR = message("Goes on in")
SUCCESSOR_HINT = message("For a group that is merged into another, or closed for another.")
PREDECESSOR = message("Comes out of")
PREDECESSOR_HINT = message("For a group that was made out of another.")
PERIODICITY = message("How often it meets, in words")
PERIODICITY_HINT = message(
    "Such as “monthly”, “every two weeks”, “yearly, in January”: its next meetings are proposed by it."
)
SITS = message("Who is called to its meetings")

BAD_CODE = message("A code has 2 to 10 letters, figures or hyphens; “{code}” has not.")
TAKEN = message("{code} is the code of “{name}” already.")
CODE_IN_PAPERS = message("Decisions are numbered with {code} already: it keeps its code.")
NO_NAME = message("Please give the name in at least one language.")
PARENT_NEEDED = message("Please say to which group this sub-group belongs.")
PARENT_BELOW = message("{code} stands below this group already, so this one cannot stand below it.")
PARENT_OF_BODY = message("A body belongs to no group.")
GONE = message("This group does not exist any more.")
SAVED_GROUP = message("✅ Saved: {code}, {name}.")
SAVED_FROM = message("✅ Saved: {code}, {name}. What it is changes on {day}.")

FORM = Form(
    "config_group",
    GROUP_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question("code", CODE, Sort.LINE, hint=CODE_HINT, required=True),
        Question("name_fr", NAME_FR, Sort.LINE),
        Question("name_en", NAME_EN, Sort.LINE),
        Question("kind", KIND, Sort.CHOICE, required=True, choices=GROUP_KIND),
        Question("parent", PARENT, Sort.CHOICE, hint=PARENT_HINT),
        Question("rhythm", RHYTHM_ASKED, Sort.CHOICE, hint=RHYTHM_HINT, required=True, choices=RHYTHM),
        Question(
            "state",
            STATE,
            Sort.CHOICE,
            required=True,
            choices={state: label for state, (label, _) in GROUP_STATE.items()},
        ),
        Question("from_day", FROM_DAY, Sort.DAY, hint=FROM_DAY_HINT),
        Question("successor", SUCCESSOR, Sort.CHOICE, hint=SUCCESSOR_HINT),
        Question("predecessor", PREDECESSOR, Sort.CHOICE, hint=PREDECESSOR_HINT),
        Question("periodicity", PERIODICITY, Sort.LINE, hint=PERIODICITY_HINT),
        Question("sitting", SITS, Sort.CHOICE, required=True, choices=SITTING),
    ),
)
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,9}")
_PLAIN = ("code", "name_fr", "name_en", "kind", "rhythm", "state", "periodicity", "sitting")


def register(app: App) -> None:
    """Register the listeners."""
    app.action("config_group_add")(open_group)
    app.action("config_group")(open_group)
    app.view(FORM.name)(keep_group)


def open_group(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The form: for the group chosen in the menu, else for a new one."""
    chosen = body["actions"][0].get("selected_option")
    with ctx.readings.begin() as session:
        rights.require_pool(session, ctx, actor)
        group = _standing(session, number(chosen["value"], GONE)) if chosen else None
        others = _others(session, actor, group)
        options = {"parent": others, "successor": others, "predecessor": others}
        context = changing.opened_on(body, group, **({"id": group.id} if group else {}))
        view = FORM.view(actor.speaker, _values(session, ctx, group), options, context)
    places.lay(client, body, view)
    ack()


def keep_group(ack: Ack, ctx: Context, actor: Actor, view: dict[str, Any], client: WebClient, delivery: str) -> None:
    """The form submitted."""
    answers, context = FORM.answers(view), forms.context_of(view)
    day = date.fromisoformat(answers["from_day"]) if answers.get("from_day") else ctx.today
    with ctx.sessions.begin() as session:
        if changing.begin(session, ctx, actor, delivery):
            group = _standing(session, context["id"]) if "id" in context else None
            values, ties = _checked(session, answers, group), lives.ties(answers, group)
            if group is None:
                _add(session, ctx, actor, values, ties, day)
            else:
                changing.require_unchanged(session, group, context)
                lives.change(session, ctx, actor, group, values | ties, day)
    ack()
    overview.draw_again(ctx, actor, client, context["place"], _saved(ctx, actor, answers, day))


def _saved(ctx: Context, actor: Actor, answers: Mapping[str, Any], day: date) -> str:
    name = answers["name_en"] if actor.speaker.language == "en" else answers["name_fr"]
    told = {"code": literal(_coded(answers["code"])), "name": literal(name or answers["name_fr"] or answers["name_en"])}
    return actor.speaker.say(SAVED_FROM, day=day, **told) if day > ctx.today else actor.speaker.say(SAVED_GROUP, **told)


def _add(
    session: Session, ctx: Context, actor: Actor, values: dict[str, Any], ties: Mapping[str, int | None], day: date
) -> None:
    """A new group, whose life begins on that day."""
    group = Group(transversal=False, note="", **values)
    changing.add(session, ctx, actor, group)
    storage.lives.begin(session, group, day, ties["predecessor_id"]).successor_id = ties["successor_id"]


def _values(session: Session, ctx: Context, group: Group | None) -> dict[str, Any]:
    if group is None:
        new = {"kind": Kind.THEMATIC.value, "rhythm": Rhythm.WEEKLY.value, "state": State.ACTIVE.value}
        new |= {"sitting": Sitting.MEMBERS.value}
        return new | {"from_day": ctx.today}
    now = storage.lives.of_group(session, group).on(ctx.today)
    ties = {name: str(getattr(now, f"{name}_id", None) or "") for name in ("successor", "predecessor")}
    plain = {name: getattr(group, name) for name in _PLAIN}
    return plain | ties | {"parent": str(group.parent_id or ""), "from_day": ctx.today}


def _others(session: Session, actor: Actor, group: Group | None) -> list[tuple[str, str]]:
    """The groups to which one can belong, in which it can go on, out of which it can come."""
    return [
        (str(each.id), f"{each.code} – {each.name(actor.speaker.language)}")
        for each in storage.groups.everyone(session)
        if each.kind != Kind.BODY and (group is None or each.id != group.id)
    ]


def _checked(session: Session, answers: Mapping[str, Any], group: Group | None) -> dict[str, Any]:
    """The answers as the group keeps them. Raises FieldRefusal."""
    values = {name: answers[name] for name in _PLAIN}
    values["code"] = _code(session, answers["code"], group)
    if not values["name_fr"] and not values["name_en"]:
        raise _fault("name_fr", NO_NAME)
    values["parent_id"] = _parent(session, answers, group)
    return values


def _code(session: Session, typed: str, group: Group | None) -> str:
    """The code, if it is one, is free, and may change."""
    if group is not None and typed == group.code:
        return typed
    code = _coded(typed)
    if not _CODE.fullmatch(code):
        raise _fault("code", BAD_CODE, code=typed)
    for other in storage.groups.everyone(session):
        if folded(other.code) == folded(code) and (group is None or other.id != group.id):
            raise _fault("code", TAKEN, code=other.code, name=other.name_fr or other.name_en)
    if group is not None and storage.decisions.numbered(session, group.id):
        raise _fault("code", CODE_IN_PAPERS, code=group.code)
    return code


def _coded(typed: str) -> str:
    """A code as it is kept: capitals, without accents."""
    return folded(typed.strip()).upper()


def _parent(session: Session, answers: Mapping[str, Any], group: Group | None) -> int | None:
    """To which group it belongs. Raises FieldRefusal where that cannot be."""
    if not answers.get("parent"):
        if answers["kind"] == Kind.SUBGROUP:
            raise _fault("parent" if "parent" in answers else "kind", PARENT_NEEDED)
        return None
    if answers["kind"] == Kind.BODY:
        raise _fault("parent", PARENT_OF_BODY)
    parent = _standing(session, int(answers["parent"]))
    above: Group | None = parent
    while above is not None and group is not None:
        if above.id == group.id:
            raise _fault("parent", PARENT_BELOW, code=parent.code)
        above = storage.groups.by_id(session, above.parent_id) if above.parent_id else None
    return parent.id


def _standing(session: Session, group_id: int) -> Group:
    group = storage.groups.by_id(session, group_id)
    if group is None:
        raise Refusal(GONE)
    return group


def _fault(question: str, sentence: Message, /, **values: object) -> FieldRefusal:
    return FieldRefusal({question: (sentence, values)})
