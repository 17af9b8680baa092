"""The registers of the mandate, each described once: one line a kind, in the order of help, lists and sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt import App

from handlers import arrangements, contacts, expertise, meetings, requests, works
from handlers.commands import Command
from handlers.kinds import registering
from handlers.kinds.kind import Kind
from handlers.language import Message
from handlers.plans.line import LINE
from handlers.plans.measure import MEASURE
from handlers.plans.money import BUDGET, RATE_KIND
from handlers.plans.plan import PLAN

KINDS: tuple[Kind[Any], ...] = (
    *meetings.KINDS,
    PLAN,
    LINE,
    MEASURE,
    BUDGET,
    RATE_KIND,
    works.KIND,
    arrangements.KIND,
    arrangements.AMOUNT,
    arrangements.TRANCHE,
    arrangements.ROLE,
    contacts.KIND,
    requests.KIND,
    *expertise.KINDS,
)
"""Every described kind, parts of others after what they are part of."""

BY_TABLE: Mapping[str, Kind[Any]] = {kind.table: kind for kind in KINDS}
"""Table -> its kind."""

COMMANDS: tuple[Command, ...] = tuple(
    command for kind in KINDS for command in (*kind.commands, kind.command) if command is not None
)

LABELS: Mapping[str, Message] = {kind.command.name: kind.labels.many for kind in KINDS if kind.command is not None}
"""Command -> the name of the register it lists, for a button."""


def register(app: App) -> None:
    """Register every kind's listeners."""
    for kind in KINDS:
        registering.register(app, kind)
