"""What the form of a decision asks (DOMAIN.md section 5: the fields seen in real minutes)."""

from __future__ import annotations

from handlers import entries, served
from handlers.forms import Form, Question, Sort
from handlers.language import message
from storage.decisions import Status

DECISION_FORM_TITLE = message("Decision of a meeting")
SAVE_SUBMIT = message("Save")
KIND_ASKED = message("What it is")
ADDRESSEE = message("Addressed to")
ADDRESSEE_HINT = message("Of a recommendation: who is to act on it.")
BODY = message("Body or group that decided")
DECIDED = message("Day of the meeting")
TEXT = message("Text, as it was agreed")
INSTITUTIONS = message("Responsible institutions")
CARRIER = message("Who carries it")
CARRIER_HINT = message("The person to ask; the institutions owe it, whoever works there.")
DEADLINE = message("Deadline")
DEADLINE_HINT = message("As you write it: “next Friday”, “end of March”, “Q2 2027”, “30/06”, “ongoing”, “none”.")
REVIEW = message("Look at it again on")
REVIEW_HINT = message("The day on which it comes back to you and to the Pool; leave it empty for never.")
STATUS = message("Where it stands")
VISIBILITY = message("Who may read it")
REPLACES = message("Replaces")

SETTABLE = (Status.OPEN, Status.IN_PROGRESS, Status.DONE, Status.NOT_DONE)

FORM = Form(
    "decision",
    DECISION_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question("kind", KIND_ASKED, Sort.CHOICE, required=True, choices=entries.DECISION_KINDS),
        Question("addressee", ADDRESSEE, Sort.CHOICE, hint=ADDRESSEE_HINT, choices=entries.ADDRESSEES),
        Question("body", BODY, Sort.CHOICE, required=True),
        Question("decided", DECIDED, Sort.DAY, required=True),
        Question("text", TEXT, required=True),
        Question("institutions", INSTITUTIONS, Sort.CHOICES),
        Question("carrier", CARRIER, Sort.PERSON, hint=CARRIER_HINT),
        Question("deadline", DEADLINE, Sort.LINE, hint=DEADLINE_HINT),
        Question("review", REVIEW, Sort.LINE, hint=REVIEW_HINT),
        Question(
            "status",
            STATUS,
            Sort.CHOICE,
            required=True,
            choices={status: entries.DECISION_STATUSES[status] for status in SETTABLE},
        ),
        Question("visibility", VISIBILITY, Sort.CHOICE, required=True, choices=entries.LEVELS),
        Question("replaces", REPLACES, Sort.CHOICE),
        served.QUESTION,
    ),
)

NEW = (
    "kind", "addressee", "body", "decided", "text", "institutions", "carrier", "deadline", "review", "visibility",
    "replaces",
)  # fmt: skip
"""The questions of a decision that is noted."""
CHANGED = (
    "kind", "addressee", "decided", "text", "institutions", "carrier", "deadline", "review", "status", "visibility",
    "line",
)  # fmt: skip
"""The questions when one is edited: its body, and so its number, stays."""
