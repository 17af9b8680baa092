"""Placeholder."""

from typing import Any


def inspect(workspace: Any, name: str, args: Any, content: Any) -> None: ...
def inspect_view(workspace: Any, content: Any) -> None: ...
