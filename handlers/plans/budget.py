"""The budget of a plan: sums by axis in CFA francs, what warns, each line in its own currency, the rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.partners
import storage.plans.money
import storage.plans.rows
from handlers import answers, records, rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import Refusal
from handlers.language import Message, Speaker, message, plural
from handlers.plans import money
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from handlers.rights import Right
from storage.plans.money import FIGURES, XOF, Budget, Rate, Sums, Total
from storage.plans.rows import Line, Plan
from storage.visibility import sees

BUDGET_BUTTON = message("Budget")
TITLE = message("*Budget of {plan}*, in CFA francs")
NOTHING = message("No line of this plan has a budget yet. It is added from the sheet of a line.")
OF_AXIS = message("*{axis}*")
WHOLE = message("*The whole plan*")
SUM = message("{label}: {amount}")
NOT_KNOWN = message("not known")
NOT_APPLICABLE = message("not applicable")
AND_MISSING = plural("one missing", "{count} missing")
AND_NOT_APPLICABLE = plural("one not applicable", "{count} not applicable")
LINE_OVERSPENT = message("{code} {label}: {spent} {currency} spent, more than the {planned} planned.")
AXIS_OVERSPENT = message("{axis}: {spent} XOF spent, more than the {planned} XOF planned.")
WARNING = message("⚠️ {text}")
EACH = message("*Line by line*")
BUDGET_LINE = message("*{code}* {label} ({line})")
PAID_BY = message("paid by {name}")
RATES = message("*Rates*")
RATE = message("{code}: {currency} {year} = {value} XOF")
NO_RATES = message("None typed yet for its years.")
SHOW_OPTION = message("Show the whole")
MORE = plural("One more in the Excel.", "{count} more in the Excel.")
CHANGE_RATE_BUTTON = message("Edit")
CHANGE_RATE_SPOKEN = message("Change {currency} {year}")

LABELS: Mapping[str, Message] = {"planned": money.PLANNED, "committed": money.COMMITTED, "spent": money.SPENT}
SHOWN = 40
"""Budget lines told one by one; all of them stand in the Excel."""
SHORT = 150
"""Characters of an axis or a label."""
AXES = 20
RATE_BUTTONS = 10
"""Rates told; all of them stand in the Excel."""


def register(app: App) -> None:
    """Register the listener."""
    app.action("plan_budget")(opened)


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The budget, on a sheet."""
    with ctx.readings.begin() as session:
        plan = storage.plans.rows.by_id(session, records.id_of(body))
        if plan is None or plan.withdrawn:
            raise Refusal(records.GONE)
        if not sees(plan, actor.audience):
            raise Refusal(records.NOT_FOR_YOU)
        view = answers.sheet(shown(session, actor, plan))
    answers.lay(client, body, view)
    ack()


def shown(session: Session, actor: Actor, plan: Plan) -> list[blocks.Block]:
    """Sums by axis and of the whole, warnings, the lines, the rates."""
    speaker, lines = actor.speaker, storage.plans.rows.lines(session, plan.id)
    budgets = storage.plans.money.of_lines(session, [line.id for line in lines])
    told = [blocks.section(speaker.say(TITLE, plan=literal(plan.name)))]
    if not budgets:
        told.append(blocks.section(speaker.say(NOTHING)))
    else:
        by_axis = _by_axis(session, lines, budgets)
        for axis, found in by_axis[:AXES]:
            head = speaker.say(OF_AXIS, axis=literal(blocks.clip(axis.numbered, SHORT)))
            told.append(blocks.section(f"{head}\n{_sums(speaker, found)}"))
        whole = storage.plans.money.sums(budgets, storage.plans.money.rates(session))
        told.append(blocks.section(f"{speaker.say(WHOLE)}\n{_sums(speaker, whole)}"))
        warned = [speaker.say(sentence, **given) for sentence, given in _warnings(by_axis, budgets)]
        told += [blocks.section(speaker.say(WARNING, text=literal(each))) for each in warned[:AXES]]
        told += _one_by_one(session, speaker, lines, budgets)
    return [*told, *_rates(session, actor, plan, budgets)]


def warnings(session: Session, lines: Sequence[Line]) -> list[tuple[Message, Mapping[str, object]]]:
    """The axes among those lines that spent more than was planned, and the amounts without a rate."""
    budgets = storage.plans.money.of_lines(session, [line.id for line in lines])
    return _warnings(_by_axis(session, lines, budgets), budgets) if budgets else []


def _warnings(
    by_axis: Sequence[tuple[Line, Sums]], budgets: Sequence[Budget]
) -> list[tuple[Message, Mapping[str, object]]]:
    told: list[tuple[Message, Mapping[str, object]]] = []
    unrated: set[tuple[str, int | None]] = set()
    for axis, found in by_axis:
        unrated |= found.unrated
        if found.is_overspent:
            named = {
                "axis": blocks.clip(axis.numbered, SHORT),
                "spent": found.spent.known,
                "planned": found.planned.known,
            }
            told.append((AXIS_OVERSPENT, named))
    for each in budgets:
        if each.spent is not None and each.planned is not None and each.spent > each.planned:
            amounts = {"spent": each.spent, "planned": each.planned, "currency": each.currency}
            told.append((LINE_OVERSPENT, {"code": each.code, "label": blocks.clip(each.label, SHORT), **amounts}))
    return [*told, *money.unrated(unrated)]


def _by_axis(session: Session, lines: Sequence[Line], budgets: Sequence[Budget]) -> list[tuple[Line, Sums]]:
    """The lines at the top of those given, each with the sums of all that stands under it; those without left out."""
    rates, by_id = storage.plans.money.rates(session), {line.id: line for line in lines}
    found: dict[int, list[Budget]] = {}
    for budget in budgets:
        found.setdefault(_top(by_id, budget.line_id), []).append(budget)
    return [(line, storage.plans.money.sums(found[line.id], rates)) for line in lines if line.id in found]


def _top(by_id: Mapping[int, Line], line_id: int) -> int:
    """The line at the top over a line, among those given."""
    line = by_id[line_id]
    while line.above_id is not None and line.above_id in by_id:
        line = by_id[line.above_id]
    return line.id


def _sums(speaker: Speaker, found: Sums) -> str:
    return " · ".join(
        speaker.say(SUM, label=speaker.say(LABELS[name]), amount=_total(speaker, getattr(found, name)))
        for name in FIGURES
    )


def _total(speaker: Speaker, total: Total) -> str:
    """A sum, and what it does not hold: figures that are missing, and those that do not apply, are not zero."""
    lacks = [
        *([speaker.say(AND_MISSING, count=total.missing)] if total.missing else []),
        *([speaker.say(AND_NOT_APPLICABLE, count=total.not_applicable)] if total.not_applicable else []),
    ]
    if total.known is None and len(lacks) < len(("missing", "not applicable")):
        return speaker.say(NOT_APPLICABLE if total.not_applicable else NOT_KNOWN)
    known = speaker.say(NOT_KNOWN) if total.known is None else speaker.number(round(total.known))
    return f"{known} ({', '.join(lacks)})" if lacks else known


def _one_by_one(
    session: Session, speaker: Speaker, lines: Sequence[Line], budgets: Sequence[Budget]
) -> list[blocks.Block]:
    """Each amount in its own currency, with who pays it."""
    by_id = {line.id: line for line in lines}
    names = {each.id: each.name(speaker.language) for each in storage.partners.everyone(session)}
    ordered = sorted(budgets, key=lambda each: (by_id[each.line_id].path, each.id))
    told = [blocks.section(speaker.say(EACH))]
    for budget in ordered[:SHOWN]:
        line = by_id[budget.line_id]
        label = literal(blocks.clip(budget.label, SHORT))
        head = speaker.say(BUDGET_LINE, code=budget.code, label=label, line=literal(line.number))
        payer = [each for each in (names.get(budget.funder_id or 0, ""), budget.fund) if each]
        paid = [speaker.say(PAID_BY, name=literal(", ".join(payer)))] if payer else []
        facts = " · ".join([*(_amount(speaker, budget, name) for name in FIGURES), *paid])
        menu = blocks.overflow("plan_budget_menu", [blocks.option(speaker.say(SHOW_OPTION), f"show:{budget.id}")])
        told.append(blocks.section(f"{head}\n{facts}", menu))
    if len(ordered) > SHOWN:
        told.append(blocks.context(speaker.say(MORE, count=len(ordered) - SHOWN)))
    return told


def _amount(speaker: Speaker, budget: Budget, name: str) -> str:
    value = getattr(budget, name)
    if value is None:
        lacks = name in budget.not_applicable.split()
        amount = speaker.say(NOT_APPLICABLE if lacks else NOT_KNOWN)
    else:
        amount = f"{speaker.number(value)} {budget.currency}"
    return speaker.say(SUM, label=speaker.say(LABELS[name]), amount=amount)


def _rates(session: Session, actor: Actor, plan: Plan, budgets: Sequence[Budget]) -> list[blocks.Block]:
    """The rates of its years, and the buttons that add and change them for who may."""
    speaker = actor.speaker
    years = {each.year for each in budgets if each.year is not None and each.currency != XOF}
    years |= set(range(plan.starts, (plan.last_year or plan.starts) + 1)) if plan.starts is not None else set()
    rows = storage.plans.money.rate_rows(session, sorted(years))
    may = rights.may(actor, Right.KEEP_PLANS, record=plan)
    told = [blocks.section("\n".join([speaker.say(RATES), *([] if rows else [speaker.say(NO_RATES)])]))]
    told += [_rate(speaker, each, may=may) for each in rows[:RATE_BUTTONS]]
    add = blocks.button(speaker.say(money.ADD_RATE_BUTTON), "exchange_rate_add")
    return [*told, blocks.actions(add)] if may else told


def _rate(speaker: Speaker, rate: Rate, *, may: bool) -> blocks.Block:
    """One rate, with the button that changes it for who may."""
    named: dict[str, object] = {"currency": rate.currency, "year": rate.year}
    text = speaker.say(RATE, code=rate.code, value=rate.value.normalize(), **named)
    spoken = speaker.say(CHANGE_RATE_SPOKEN, **named)
    change = blocks.button(speaker.say(CHANGE_RATE_BUTTON), "exchange_rate_edit", str(rate.id), spoken=spoken)
    return blocks.section(text, change if may else None)
