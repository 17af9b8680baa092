"""The roles of a partner in a sector in words."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.kinds.field import Word
from handlers.language import Message, message
from handlers.reports.report import Tone
from storage.sector_roles import Role

ROLES: Mapping[str, Word] = {
    Role.LEAD: Word(message("Lead"), written=("chef", "chef de file", "lead donor", "coordonnateur", "leads")),
    Role.ACTIVE: Word(message("Active"), written=("actif", "active partner", "partenaire actif")),
    Role.SILENT: Word(message("Silent"), Tone.QUIET, ("silencieux", "partenaire silencieux", "silent partner")),
    Role.DELEGATED: Word(
        message("Delegates"), Tone.QUIET, ("delegue", "deleguee", "cooperation deleguee", "delegated", "delegating")
    ),
}
LETTERS: Mapping[str, Message] = {
    Role.LEAD: message("L (lead)"),
    Role.ACTIVE: message("A (active)"),
    Role.SILENT: message("S (silent)"),
    Role.DELEGATED: message("D (delegates)"),
}
"""Role -> the letter that stands for it in the matrix, with what it means."""
