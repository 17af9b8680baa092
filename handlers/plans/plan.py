"""A plan: its description, its checks, what warns of it, and what stands under it on its sheet: the tree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.plans.carrying
import storage.plans.frozen
import storage.plans.rows
from handlers import rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind, Labels
from handlers.language import Message, message
from handlers.plans import budget, carrying, freezing, tree
from handlers.plans.line import LINE
from handlers.plans.words import KINDS, STATES
from handlers.reports import blocks
from handlers.rights import Right
from storage.plans.rows import PLANS, Plan, State
from storage.plans.rows import Kind as Kinds
from storage.words import folded

PLAN_FORM_TITLE = message("Plan")
MANY = message("Plans")
ADD_BUTTON = message("Begin a plan")
NOTE = message("Roadmaps, action plans, the SCAP and work programmes; their lines stand in the sheet after this one.")
PLAN_SUMMARY = message("The plans: roadmap, action plan, SCAP, work programmes; one whole, its quarters, its budget")
PLAN_USAGE = message("[kind, year or words]")
NAME = message("Name of the plan")
KIND_ASKED = message("Sort of plan")
STATE = message("State")
STARTS = message("Year")
STARTS_HINT = message("The year of the plan, or its first one; empty for a plan that belongs to no year.")
ENDS = message("Last year")
ENDS_HINT = message("Only of a plan of several years, such as the SCAP.")
GROUP = message("Group or body")
LEAD = message("Institution in charge")
LEAD_HINT = message("Of a roadmap the chef de file of the year.")
ABOUT = message("Vision and aim")
FROZEN = message("Validated periods")
CARRIED_FROM = message("Goes on from")
TREE_BUTTON = message("Lines")
BACKWARDS = message("The last year comes before the first one.")
FIRST_YEAR_NEEDED = message("Please give the first year too.")
BEHIND = message("Lines behind or off track: {count}.")


def rule(session: Session, ctx: Context, actor: Actor | None, plan: Plan, before: Mapping[str, Any]) -> None:
    """Its years are in order; one of which nobody said more runs, unless its years are over. Raises FieldRefusal."""
    if plan.ends is not None and plan.starts is None:
        raise FieldRefusal({"starts": (FIRST_YEAR_NEEDED, {})})
    if plan.ends is not None and plan.starts is not None and plan.ends < plan.starts:
        raise FieldRefusal({"ends": (BACKWARDS, {})})
    is_over = plan.last_year is not None and plan.last_year < ctx.today.year
    plan.state = plan.state or (State.CLOSED if is_over else State.RUNNING)
    plan.frozen = before.get("frozen") or ""  # a file tells it and cannot change it: the rows stand elsewhere


def warnings(
    session: Session, ctx: Context, actor: Actor, plan: Plan
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """Lines that are behind, axes that spent more than was planned, amounts without a rate."""
    lines = storage.plans.rows.lines(session, plan.id)
    behind = sum(line.status in storage.plans.rows.NEEDS_REASON for line in lines)
    told: list[tuple[Message, Mapping[str, object]]] = [(BEHIND, {"count": behind})] if behind else []
    return [*told, *budget.warnings(session, lines)]


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """A new plan runs, and is of this year."""
    return {"state": State.RUNNING.value, "starts": str(ctx.today.year)}


def buttons(session: Session, ctx: Context, actor: Actor, plan: Plan) -> list[blocks.Block]:
    """Its lines, its budget, a period to validate, the next year."""
    say, value = actor.speaker.say, str(plan.id)
    told = [
        blocks.button(say(TREE_BUTTON), "plan_tree", value, style="primary"),
        blocks.button(say(budget.BUDGET_BUTTON), "plan_budget", value),
    ]
    if not rights.may(actor, Right.KEEP_PLANS, record=plan):
        return told
    told.append(blocks.button(say(LINE.labels.add), f"{LINE.name}_add", f"plan:{value}"))
    if storage.plans.frozen.open_periods(plan, ctx.today):
        told.append(blocks.button(say(freezing.FREEZE_BUTTON), "plan_freeze", value))
    if plan.last_year is not None and storage.plans.carrying.to_carry(session, plan):
        told.append(carrying.button(actor.speaker, plan))
    return told


def years(text: str) -> tuple[int | None, int | None]:
    """The first and the last year that the name of a plan tells: « PNGA – plan d’actions 2019-2022 »."""
    found = [int(each) for each in re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", text)]
    if not found:
        return None, None
    return min(found), max(found) if max(found) > min(found) else None


def named(name: str) -> Mapping[str, Any]:
    """A plan of which a file only gives the name: its sort and its years are in it."""
    first, last = years(name)
    words = folded(name)
    kind = next((kind for kind, word in _BY_NAME.items() if any(each in words for each in word)), Kinds.OTHER)
    return {"name": name, "kind": kind, "starts": first, "ends": last}


def register(app: Any) -> None:
    """Register the buttons of a plan."""
    tree.register(app)
    freezing.register(app)
    carrying.register(app)
    budget.register(app)


_BY_NAME: Mapping[Kinds, Sequence[str]] = {
    Kinds.SCAP: ("scap", "strategie commune", "assistance strategy"),
    Kinds.POOL: ("pool technique", "plan de travail du pool"),
    Kinds.ROADMAP: ("feuille de route", "roadmap"),
    Kinds.HARMONISATION: ("harmonisation", "efficacite de l'aide", "efficacite de l’aide", "aid effectiveness"),
    Kinds.PROGRAMME: ("programme de travail", "programme d'activite", "work plan", "work programme", "plan de travail"),
}
"""The sort of a plan, by what stands in its name, the most telling first."""

FIELDS = (
    Field("name", NAME, Sort.LINE, required=True, headings=("document", "plan", "nom", "titre", "title"), width=50),
    Field("kind", KIND_ASKED, Sort.WORD, required=True, words=KINDS, headings=("type", "nature", "kind"), brief=True),
    Field(
        "starts",
        STARTS,
        Sort.YEAR,
        hint=STARTS_HINT,
        headings=("annee", "premiere annee", "year", "first year", "debut"),
        brief=True,
        width=10,
    ),
    Field(
        "ends",
        ENDS,
        Sort.YEAR,
        hint=ENDS_HINT,
        headings=("derniere annee", "annee de fin", "last year", "fin"),
        brief=True,
        width=10,
    ),
    Field("group", GROUP, Sort.GROUP, headings=("groupe", "instance", "body", "group"), brief=True),
    Field(
        "lead",
        LEAD,
        Sort.INSTITUTION,
        hint=LEAD_HINT,
        headings=("chef de file", "institution en charge", "lead"),
        brief=True,
    ),
    Field("state", STATE, Sort.WORD, words=STATES, headings=("etat", "state")),
    Field("about", ABOUT, headings=("vision", "objectif", "but", "about"), width=50),
    Field("frozen", FROZEN, Sort.SPANS, asked=False, headings=("periodes validees",)),
    Field("carried_from", CARRIED_FROM, Sort.RECORD, of=Plan, asked=False, headings=("suite de",)),
)

COMMAND = Command(("plan", "feuille-de-route", "plans", "roadmap", "scap", "programme"), PLAN_SUMMARY, PLAN_USAGE)
PLAN: Kind[Plan] = Kind(
    "plan",
    Plan,
    PLANS,
    Labels(PLAN_FORM_TITLE, MANY, ADD_BUTTON, NOTE),
    FIELDS,
    Right.KEEP_PLANS,
    status="state",
    standing=(State.DRAFT, State.RUNNING),
    command=COMMAND,
    parts=(LINE,),
    rule=rule,
    warnings=warnings,
    buttons=buttons,
    register=register,
    order=("-starts", "kind"),
    year=lambda plan: plan.starts,
    begins=begins,
    further=tree.further,
    telling=("name",),
    named=named,
)
