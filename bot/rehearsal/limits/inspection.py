"""The notes an inspector takes: problems with their JSON pointer, as Slack words them."""

from __future__ import annotations

from collections.abc import Collection, Sized
from dataclasses import dataclass, field
from typing import Any

from bot.rehearsal.limits.table import bounds

Json = dict[str, Any]


@dataclass
class Inspection:
    """What was found wrong so far, and what is counted over the whole payload."""

    surface: str
    problems: list[str] = field(default_factory=list)
    markdown: int = 0
    focused: int = 0

    def wrong(self, pointer: str, sentence: str) -> None:
        """Note a problem."""
        self.problems.append(f"[ERROR] {sentence} [json-pointer:{pointer}]")

    def size(self, path: str, value: Sized, pointer: str) -> None:
        """Hold the length of a value against the rows of a path."""
        self.amount(path, len(value), pointer, "characters" if isinstance(value, str) else "items")

    def amount(self, path: str, number: float, pointer: str, unit: str = "") -> None:
        """Hold a number against the rows of a path."""
        low, high = bounds(path)
        if high is not None and number > high:
            self.wrong(pointer, f"must be at most {high} {unit}".rstrip() + f" ({path})")
        if low is not None and number < low:
            self.wrong(pointer, f"must be at least {low} {unit}".rstrip() + f" ({path})")

    def string(self, path: str, owner: Json, key: str, pointer: str) -> None:
        """An optional string of an object: of the right kind, within the limit of its path."""
        if key not in owner:
            return
        if not isinstance(owner[key], str):
            self.wrong(f"{pointer}/{key}", "must be a string")
            return
        self.size(path, owner[key], f"{pointer}/{key}")

    def required(self, owner: Json, keys: Collection[str], pointer: str) -> bool:
        """Whether all these keys are there; what is missing is noted."""
        missing = [key for key in keys if owner.get(key) is None]
        for key in missing:
            self.wrong(pointer, f"missing required field: {key}")
        return not missing

    def only(self, owner: Json, keys: Collection[str], pointer: str) -> None:
        """Note every key that Slack does not know."""
        for key in owner:
            if key not in keys:
                self.wrong(pointer, f"invalid additional property: {key}")

    def listed(self, path: str, value: Any, pointer: str) -> list[Any]:
        """A list within the limit of its path; empty when it is none."""
        if not isinstance(value, list):
            self.wrong(pointer, "must be an array")
            return []
        self.size(path, value, pointer)
        return value

    def unique(self, names: list[Any], pointer: str, word: str) -> None:
        """Note a name that comes twice."""
        given = [name for name in names if name is not None]
        for name in sorted({name for name in given if given.count(name) > 1}):
            self.wrong(pointer, f"duplicate {word}: {name}")
