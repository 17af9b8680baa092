"""What the fields of each register are called, for whoever corrects its columns."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.described import KINDS
from handlers.language import Message, message
from handlers.registers import cells
from handlers.registers.bringing import every

FIELDS: Mapping[str, Message] = {
    "code": message("Code"),
    "name_fr": message("French name"),
    "name_en": message("English name"),
    "name": message("Name"),
    "kind": message("Kind"),
    "lead": message("Institution that coordinates"),
    "parent": message("Parent group"),
    "rhythm": message("Rhythm"),
    "transversal": message("Transversal"),
    "periodicity": message("Periodicity"),
    "created": message("Created on"),
    "note": message("Note"),
    "rules": message("Rules"),
    "institution": message("Institution"),
    "slack": message("Slack id"),
    "title": message("Function"),
    "language": message("Language"),
    "office": message("Office"),
    "holder": message("Holder"),
    "alternate": message("Stand-in"),
    "starts": message("From"),
    "ends": message("Until"),
    "group": message("Group"),
    "body": message("Body"),
    "date": message("Date"),
    "period": message("Period"),
    "text": message("Text"),
    "progress": message("Progress"),
    "difficulties": message("Difficulties"),
    "next_steps": message("Next steps"),
    "support": message("Support asked"),
    "responsible": message("Responsible institutions"),
    "carrier": message("Carried by"),
    "deadline": message("Deadline"),
    "status": message("Status"),
    "replaces": message("Replaces"),
    "visibility": message("Visible to"),
    "author": message("Given by"),
    "born_of": message("Born of"),
    "action": message("Action"),
    "evidence": message("Evidence"),
    "done_on": message("Done on"),
    "review": message("Comes back on"),
    "addressee": message("Addressed to"),
    "work": message("Made by"),
    "version": message("Version"),
}
"""Field of a register that is described by itself -> its label."""


def labels(name: str) -> Mapping[str, Message]:
    """The fields of the register of that name, in its own order, with their labels."""
    kind = next((kind for kind in KINDS if kind.table == name), None)
    if kind is None:
        return {field: FIELDS[field] for field in every()[name].fields}
    own = {field.name: field.label for field in cells.fields_of(kind)}
    return {"code": FIELDS["code"], **own, "version": FIELDS["version"]}
