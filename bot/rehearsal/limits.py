"""Placeholder of limits."""

from typing import Any

ATTACHMENTS, TEXT_CUT, MARKDOWN, RENDERED_TOTAL, UPDATE_BYTES = 100, 40_000, 12_000, 13_200, 4000


def view_problems(content: dict[str, Any], kind: str) -> list[str]:
    return []


def view_too_large(content: dict[str, Any]) -> bool:
    return False


def message_problems(blocks: list[dict[str, Any]]) -> list[str]:
    return []


def rendered(blocks: list[dict[str, Any]]) -> int:
    return 0


def option_problems(answer: dict[str, Any]) -> list[str]:
    return []
