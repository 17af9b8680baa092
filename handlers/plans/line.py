"""A line of a plan: its description, its checks, what follows from a change, and what its sheet tells beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.plans.rows
from handlers.actors import Actor
from handlers.context import Context
from handlers.dates.refusals import NotADate
from handlers.errors import FieldRefusal
from handlers.forms import NEEDED
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind, Labels
from handlers.kinds.naming import Names
from handlers.language import Message, Speaker, message
from handlers.plans import budget, chain, owing, reporting, serving, timing
from handlers.plans.measure import MEASURE
from handlers.plans.money import BUDGET
from handlers.plans.words import RANKS, STATUSES
from handlers.reports import blocks
from handlers.rights import Right
from storage.plans.rows import LINES, NEEDS_REASON, STANDING, Line, Plan, Rank, Status

LINE_FORM_TITLE = message("Line of a plan")
MANY = message("Lines of plans")
ADD_BUTTON = message("Add a line")
NOTE = message("The axes, results and actions of the plans, in the order of their tree, and where each stands.")
PLAN = message("Plan")
ABOVE = message("Stands under")
ABOVE_HINT = message("The axis or the result it belongs to; nothing for an axis.")
RANK = message("Axis, result or action")
NUMBER = message("Number")
NUMBER_HINT = message("As in the document: “1.2.3”. Left empty, the next one at its place.")
TEXT = message("What is to be achieved or done")
EXPECTED = message("Expected result")
INSTITUTIONS = message("Responsible institutions")
OTHERS = message("Other responsible parties")
OTHERS_HINT = message("Who is in no register here: a ministry, a unit, a function.")
TIMING = message("When")
TIMING_HINT = message("As in the document: “30/06”, “June”, “Q3”, “end of April; Q3”, “each meeting”, “ongoing”.")
INDICATOR = message("Indicator")
UNIT = message("Unit of the indicator")
BASELINE = message("Baseline")
TARGET = message("Target")
STATUS = message("Where it stands")
PERCENT = message("Done so far, in percent")
REASON = message("Where it stands, in words")
REASON_HINT = message("Behind or off track: why, and what would help.")
EVIDENCE = message("Evidence (links)")
DONE_ON = message("Done on")
CARRIED_FROM = message("Goes on from")
OTHER_PLAN = message("This line belongs to another plan.")
UNDER_ITSELF = message("A line cannot stand under itself.")
NUMBER_TAKEN = message("The number {number} is taken by {code} at that place.")
REASON_NEEDED = message("Please say why it is behind or off track.")


def rule(session: Session, ctx: Context, actor: Actor | None, line: Line, before: Mapping[str, Any]) -> None:
    """It has its place in the tree, a day where its timing says one, and a reason when behind. Raises FieldRefusal."""
    line.number, line.timing, line.reason = line.number or "", line.timing or "", line.reason or ""
    plan = storage.plans.rows.by_id(session, line.plan_id) if line.plan_id else None
    if plan is None:
        raise FieldRefusal({"plan": (NEEDED, {})})
    if before and before["plan_id"] != line.plan_id:
        raise FieldRefusal({"plan": (OTHER_PLAN, {})})
    _check_place(session, line, plan)
    line.rank = line.rank or (Rank.AXIS if line.above_id is None else Rank.ACTION)
    storage.plans.rows.place(session, line)
    taken = next((each for each in storage.plans.rows.beside(session, line) if each.path == line.path), None)
    if taken is not None and not taken.withdrawn:
        raise FieldRefusal({"number": (NUMBER_TAKEN, {"number": line.number, "code": taken.code})})
    _time(ctx, line, plan)
    if line.status is None and line.rank != Rank.AXIS:
        line.status = Status.NOT_STARTED
    if line.status in NEEDS_REASON and not line.reason.strip():
        raise FieldRefusal({"reason": (REASON_NEEDED, {})})
    if line.status == Status.DONE:
        line.done_on = line.done_on or ctx.today
    else:
        line.done_on = None


def follows(session: Session, ctx: Context, actor: Actor | None, line: Line, before: Mapping[str, Any]) -> None:
    """What stands under it moves along."""
    if before and before["path"] != line.path:
        storage.plans.rows.follow(session, line, before["path"])


def _check_place(session: Session, line: Line, plan: Plan) -> None:
    """What it stands under is of the same plan, and not beneath it."""
    above = storage.plans.rows.line_by_id(session, line.above_id) if line.above_id is not None else None
    if above is not None and above.plan_id != plan.id:
        raise FieldRefusal({"above": (OTHER_PLAN, {})})
    if above is not None and (above is line or (line.path and above.path.startswith(f"{line.path}/"))):
        raise FieldRefusal({"above": (UNDER_ITSELF, {})})


def _time(ctx: Context, line: Line, plan: Plan) -> None:
    try:
        found = timing.understood(line.timing, timing.base(plan, ctx.today))
    except NotADate as no:
        raise FieldRefusal({"timing": (no.sentence, no.values)}) from None
    line.timing_key, line.due_on = found.key, found.due


def called(line: Line, names: Names, speaker: Speaker) -> str:
    """Its number and its words."""
    return line.numbered


def named(words: str) -> Mapping[str, Any]:
    """A line of which a file only gives the words is the axis of others."""
    return {"text": words, "rank": Rank.AXIS}


def begins(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """A line begun under another one is of its plan, and a step further down."""
    above = storage.plans.rows.line_by_id(session, int(hints["above"])) if hints.get("above") else None
    if above is None:
        return {"rank": Rank.AXIS.value} if hints.get("plan") else {}
    return {"plan": str(above.plan_id), "rank": (Rank.RESULT if above.rank == Rank.AXIS else Rank.ACTION).value}


def options(
    session: Session, ctx: Context, actor: Actor, line: Line | None, hints: Mapping[str, Any]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Once the plan is known, only it and its own lines are offered."""
    above = storage.plans.rows.line_by_id(session, int(hints["above"])) if hints.get("above") else None
    plan_id = line.plan_id if line is not None else above.plan_id if above is not None else int(hints.get("plan") or 0)
    plan = storage.plans.rows.by_id(session, plan_id)
    if plan is None:
        return {}
    mine = f"{line.path}/" if line is not None else None
    lines = [
        each
        for each in storage.plans.rows.lines(session, plan.id)
        if each is not line and not (mine and each.path.startswith(mine))
    ]
    return {
        "plan": [(str(plan.id), f"{plan.code} – {plan.name}")],
        "above": [(str(each.id), each.numbered) for each in lines],
    }


def warnings(
    session: Session, ctx: Context, actor: Actor, line: Line
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """That more is spent than planned, or an amount has no rate."""
    return budget.warnings(session, [line])


def buttons(session: Session, ctx: Context, actor: Actor, line: Line) -> list[blocks.Block]:
    """*Report*, for who answers for it; *What serves it*, for who keeps the plans."""
    return [*reporting.buttons(actor, line), *serving.buttons(actor, line)]


def register(app: Any) -> None:
    """Register the buttons of a line."""
    reporting.register(app, LINE)
    serving.register(app)


FIELDS = (
    Field("plan", PLAN, Sort.RECORD, required=True, of=Plan, whole=True, headings=("document", "plan")),
    Field("above", ABOVE, Sort.RECORD, hint=ABOVE_HINT, of=Line, headings=("axe", "axis", "pillar", "sous", "under")),
    Field("rank", RANK, Sort.WORD, words=RANKS, headings=("niveau", "level", "type")),
    Field(
        "number",
        NUMBER,
        Sort.LINE,
        hint=NUMBER_HINT,
        told=False,
        headings=("numero", "n°", "no", "ref", "position"),
        width=10,
    ),
    Field(
        "text",
        TEXT,
        required=True,
        headings=("action", "activite", "activity", "resultat", "objectif", "line", "ligne"),
        width=60,
    ),
    Field(
        "expected", EXPECTED, headings=("resultat attendu", "expected result", "expected_result", "output"), width=40
    ),
    Field(
        "institutions",
        INSTITUTIONS,
        Sort.INSTITUTIONS,
        otherwise="others",
        headings=("responsable", "responsables", "responsible", "structure responsable"),
        brief=True,
        width=24,
    ),
    Field(
        "others", OTHERS, Sort.LINE, hint=OTHERS_HINT, headings=("autres responsables", "other responsible"), brief=True
    ),
    Field(
        "timing",
        TIMING,
        Sort.LINE,
        hint=TIMING_HINT,
        headings=("echeance", "deadline", "timing", "calendrier", "periode"),
        brief=True,
    ),
    Field("indicator", INDICATOR, Sort.LINE, headings=("indicateur", "indicator", "output indicator"), width=30),
    Field("unit", UNIT, Sort.LINE, headings=("unite", "unit"), width=12),
    Field("baseline", BASELINE, Sort.MONEY, headings=("reference", "base", "baseline", "donnees de base")),
    Field("target", TARGET, Sort.MONEY, headings=("cible", "target")),
    Field(
        "status",
        STATUS,
        Sort.WORD,
        words=STATUSES,
        otherwise="reason",
        headings=("statut", "status", "etat", "avancement"),
    ),
    Field("percent", PERCENT, Sort.PERCENT, headings=("pourcentage", "taux", "%", "percent"), brief=True, width=10),
    Field(
        "reason",
        REASON,
        hint=REASON_HINT,
        headings=("commentaire", "observations", "raison", "motif", "comment", "reason"),
        width=40,
    ),
    Field("evidence", EVIDENCE, Sort.LINKS, headings=("preuves", "liens", "evidence", "sources de verification")),
    Field("done_on", DONE_ON, Sort.DAY, asked=False, headings=("fait le", "done on")),
    Field("carried_from", CARRIED_FROM, Sort.RECORD, of=Line, asked=False, headings=("suite de",)),
)

LINE: Kind[Line] = Kind(
    "plan_line",
    Line,
    LINES,
    Labels(LINE_FORM_TITLE, MANY, ADD_BUTTON, NOTE),
    FIELDS,
    Right.KEEP_PLANS,
    status="status",
    standing=STANDING,
    apart=True,
    parts=(MEASURE, BUDGET),
    rule=rule,
    follows=follows,
    warnings=warnings,
    buttons=buttons,
    register=register,
    dues=owing.dues,
    order=("plan_id", "path"),
    begins=begins,
    called=called,
    options=options,
    further=chain.further,
    telling=("plan", "above", "text"),
    named=named,
)
