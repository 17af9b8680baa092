"""The Home tab put together, for a member; whoever is none finds out why, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handlers import arrival, rights
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.home import around, doing, gathering, owing, steering
from handlers.home.permalinks import Link
from handlers.reports import blocks
from handlers.rights import Right
from storage.people import Standing

MOST_BLOCKS = 100
"""Of a Home tab (SLACK.md 2.1)."""


def view(ctx: Context, actor: Actor, commands: Sequence[Command], link: Link) -> dict[str, Any]:
    """The tab of that person as it is now."""
    if not rights.may(actor, Right.ASK):
        return _home([_closed(actor)])
    with ctx.readings.begin() as session:
        found = gathering.gather(session, ctx, actor)
    foot = doing.everything(actor, commands)
    parts = (
        [*owing.told(found, actor), doing.first(actor, commands)],
        around.groups(found, actor),
        around.institution(found, actor),
        around.deadlines(found, actor),
        around.digest(found, actor, link),
        steering.told(found, actor),
    )
    told = [block for part in parts if part for block in (blocks.divider(), *part)][1:]
    return _home([*told[: MOST_BLOCKS - len(foot)], *foot])


def _home(told: list[blocks.Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": told}


def _closed(actor: Actor) -> blocks.Block:
    """What a guest or somebody of another workspace finds."""
    sentence = arrival.EXTERNAL if actor.standing == Standing.EXTERNAL else arrival.GUEST
    return blocks.section(actor.speaker.say(sentence))
