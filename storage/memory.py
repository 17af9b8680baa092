"""What one process has read of the registers and keeps in memory, under the number they had then (see
`storage.registers`)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

MOST = 20_000
"""Things kept; beyond that it begins anew."""
MISSING = object()
"""What `Memory.get` gives for what is not kept."""


class Memory:
    """Things by key, all of one revision; one of another revision takes the place of all."""

    def __init__(self) -> None:
        self._kept: tuple[int, dict[Hashable, Any]] = (-1, {})  # changed as one, since threads share it

    def get(self, number: int, key: Hashable) -> Any:
        """What is kept under that key for that revision, else `MISSING`."""
        kept_number, things = self._kept
        return things.get(key, MISSING) if kept_number == number else MISSING

    def keep(self, number: int, key: Hashable, thing: Any) -> None:
        """Keep a thing that is only read from now on; what another revision had is forgotten."""
        kept_number, things = self._kept
        if kept_number == number and len(things) < MOST:
            things[key] = thing
        else:
            self._kept = (number, {key: thing})
