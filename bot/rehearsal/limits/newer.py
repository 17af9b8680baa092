"""The blocks this project hardly uses: video, data tables, charts, cards, containers, alerts, plans, files."""

from __future__ import annotations

from typing import Any

from bot.rehearsal.limits.elements import Check, element
from bot.rehearsal.limits.inspection import Inspection, Json


def _words(value: Any) -> str:
    """The text of a text object, or of a plain string."""
    return str(value.get("text", "")) if isinstance(value, dict) else str(value or "")


def _sized(*keys: str) -> Check:
    """A check of the lengths of some texts, under the paths `<type>.<key>`."""

    def check(notes: Inspection, value: Json, pointer: str) -> None:
        for key in keys:
            if value.get(key) is not None:
                notes.size(f"{value['type']}.{key}", _words(value[key]), f"{pointer}/{key}")

    return check


def _listed(key: str) -> Check:
    """A check of the length of one list, under the path `<type>.<key>`."""

    def check(notes: Inspection, value: Json, pointer: str) -> None:
        notes.listed(f"{value['type']}.{key}", value.get(key), f"{pointer}/{key}")

    return check


def _data_table(notes: Inspection, value: Json, pointer: str) -> None:
    notes.required(value, ("caption",), pointer)
    rows = notes.listed("data_table.rows", value.get("rows"), f"{pointer}/rows")
    for number, row in enumerate(rows):
        notes.listed("data_table.columns", row, f"{pointer}/rows/{number}")
    if len({len(row) for row in rows}) > 1:
        notes.wrong(f"{pointer}/rows", "all rows must have the same number of cells")
    if "page_size" in value:
        notes.amount("data_table.page_size", value["page_size"], f"{pointer}/page_size")
    total = sum(len(_words(cell)) for row in rows for cell in row)
    notes.amount("data_table.total_text", total, f"{pointer}/rows", "characters")


def _chart(notes: Inspection, value: Json, pointer: str) -> None:
    if value.get("title") is not None:
        notes.size("data_visualization.title", _words(value["title"]), f"{pointer}/title")
    series = notes.listed("data_visualization.series", value.get("series", []), f"{pointer}/series")
    for number, one in enumerate(series):
        at = f"{pointer}/series/{number}"
        notes.size("data_visualization.label", str(one.get("label", "")), f"{at}/label")
        notes.listed("data_visualization.data", one.get("data", []), f"{at}/data")


def _card(notes: Inspection, value: Json, pointer: str) -> None:
    _sized("title", "subtitle", "body")(notes, value, pointer)
    for number, part in enumerate(notes.listed("card.actions", value.get("actions", []), f"{pointer}/actions")):
        element(notes, part, f"{pointer}/actions/{number}", {"button"})


def _carousel(notes: Inspection, value: Json, pointer: str) -> None:
    if not notes.listed("carousel.elements", value.get("elements"), f"{pointer}/elements"):
        notes.wrong(f"{pointer}/elements", "must have at least 1 item")


def _container(notes: Inspection, value: Json, pointer: str) -> None:
    _sized("title")(notes, value, pointer)
    _listed("child_blocks")(notes, value, pointer)


def _known(notes: Inspection, value: Json, pointer: str) -> None:
    """Blocks without limits in the table."""
    notes.required(value, ("type",), pointer)


CHECKS: dict[str, Check] = {
    "video": _sized("title", "author_name", "description"),
    "data_table": _data_table,
    "data_visualization": _chart,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "alert": _sized("text"),
    "plan": _listed("tasks"),
    "task_card": _known,
    "file": _known,
}
"""Block type -> its check."""
