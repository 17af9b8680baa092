"""A change as lines: one for each field that differs, or one for the whole of what was made or taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.changes import fields
from handlers.changes.wording import Changed, Wording
from handlers.language import Message, message
from handlers.vocabulary import ACTION
from storage.history import Action

RESTORED = message("Restoration")
FIELD_BEFORE_VALUE = message("{field}: {value}")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a change; ``name`` is "" where the change as a whole is told, and ``after`` then holds it all."""

    name: str
    before: str
    after: str


def action(change: Changed) -> Message:
    """What was done: making, changing, withdrawing, restoring."""
    restored = change.action == Action.EDITED and "withdrawn_at" in change.after and not change.after["withdrawn_at"]
    return RESTORED if restored else ACTION[change.action]


def told(change: Changed, wording: Wording) -> list[Field]:
    """The fields of a change, those of what was made with nothing before."""
    return [field for field in differing(change, wording) if field.before or field.after]


def differing(change: Changed, wording: Wording) -> Iterable[Field]:
    """The fields that differ, before and after."""
    names = fields.names(change.kind)
    before, after = fields.sides(change)
    for name in names:
        if name in after:
            yield Field(
                wording.word(names[name]),
                fields.told(change.kind, name, before.get(name), wording),
                fields.told(change.kind, name, after.get(name), wording),
            )


def made(change: Changed, wording: Wording) -> Field:
    """What it held when it was made, a line a field."""
    names = fields.names(change.kind)
    _, after = fields.sides(change)
    held = {name: fields.told(change.kind, name, after.get(name), wording) for name in names}
    say = wording.speaker.say
    lines = [
        say(FIELD_BEFORE_VALUE, field=wording.word(names[name]), value=value) for name, value in held.items() if value
    ]
    return Field("", "", "\n".join(lines))
