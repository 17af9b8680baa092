"""Short-term expertise: `/ptf expert` (`expertise`), with its deliverables and the notes of its supervision.

`kind` describes the expertise and the notes, `deliverables` what the consultants owe, with its buttons and reminders.
"""

from __future__ import annotations

from handlers.expertise import deliverables
from handlers.expertise.kind import KIND, NOTES

KINDS = (KIND, deliverables.KIND, NOTES)
"""An expertise, then its parts."""
