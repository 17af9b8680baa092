"""The sheet "Functioning": the facts of `/ptf health` a row a group, for the pool and the troïka alone.

The rhythm stands in the words: a column of that heading would make it a list of groups to whoever brings it in again.
"""

from __future__ import annotations

from collections.abc import Iterable

import storage.health
from handlers import functioning
from handlers.language import message
from handlers.reports.sheets import Value
from handlers.sheets.register import Column, Register
from handlers.sheets.scope import Scope
from handlers.vocabulary import GROUP_STATE
from storage.health import Health


def rows(scope: Scope) -> Iterable[Health]:
    """The groups by code, as they stand today, whatever the span."""
    return storage.health.of(scope.session, scope.clock, scope.now, scope.audience)


def _is_close(scope: Scope) -> bool:
    return scope.audience is not None and scope.audience.troika


def _due(each: Health, _: Scope) -> Value:
    """Nothing, not zero, where no update is awaited."""
    return each.reporting.due if each.reporting.due else None


def _given(each: Health, _: Scope) -> Value:
    return each.reporting.given if each.reporting.due else None


def _late(each: Health, _: Scope) -> Value:
    return each.reporting.late if each.reporting.due else None


def _coordination(each: Health, scope: Scope) -> Value:
    return " ".join(functioning.coordination(scope.reader.speaker, each.coordination)) or None


FUNCTIONING = Register(
    name="functioning",
    title=message("Functioning"),
    note=message(
        "How each group works today, over the last 12 weeks, 6 months or 4 quarters by its rhythm. An empty cell is "
        "nothing expected, not zero. For the Pool Technique and the troïka; it ranks nobody."
    ),
    columns=(
        Column("group", message("Group"), "code", 12, lambda each, _: each.group.code),
        Column(
            "group_name", message("Name of the group"), "text", 42, lambda each, scope: each.group.name(scope.language)
        ),
        Column("state", message("State"), "mark", 14, lambda each, scope: scope.mark(GROUP_STATE[each.state])),
        Column("due", message("Updates due"), "number", 12, _due),
        Column("given", message("Of these given"), "number", 12, _given),
        Column("late", message("Given late"), "number", 12, _late),
        Column("excused", message("Periods excused"), "number", 12, lambda each, _: each.reporting.excused or None),
        Column(
            "met",
            message("Last known meeting"),
            "text",
            24,
            lambda each, scope: scope.deadline(each.met) if each.met else None,
        ),
        Column("overdue", message("Overdue actions"), "number", 12, lambda each, _: each.overdue),
        Column("coordination", message("Coordination lacking"), "text", 44, _coordination),
        Column(
            "words",
            message("In words"),
            "text",
            80,
            lambda each, scope: " ".join(functioning.sentences(scope.reader.speaker, each)),
        ),
    ),
    rows=rows,
    is_for=_is_close,
)
