"""What the forms of an action ask: asking for it, saying it is done, another date, somebody else."""

from __future__ import annotations

from handlers import entries, served
from handlers.forms import Form, Question, Sort
from handlers.language import message

ACTION_FORM_TITLE = message("Action")
DONE_FORM_TITLE = message("Action done")
PROPOSE_FORM_TITLE = message("Another date")
HAND_OVER_FORM_TITLE = message("Hand over an action")
SAVE_SUBMIT = message("Save")
SEND_SUBMIT = message("Send")
GROUP = message("Group or body")
TEXT = message("What is to be done")
INSTITUTION = message("Institution that owes it")
CARRIER = message("Who carries it")
CARRIER_HINT = message("The person to ask; the institution owes it, whoever works there.")
DEADLINE = message("Deadline")
DEADLINE_HINT = message("As you write it: “next Friday”, “end of March”, “Q2 2027”, “30/06”, “ongoing”, “none”.")
VISIBILITY = message("Who may read it")
EVIDENCE = message("What shows that it is done")
EVIDENCE_HINT = message("A word is enough: a link, a date, to whom it was sent.")
NEW_DATE = message("The date you propose")
WHY = message("Why")
TO_WHOM = message("Who carries it from now on")
TO_WHICH = message("Institution that owes it from now on")

FORM = Form(
    "action",
    ACTION_FORM_TITLE,
    SAVE_SUBMIT,
    (
        Question("group", GROUP, Sort.CHOICE, required=True),
        Question("text", TEXT, required=True),
        Question("institution", INSTITUTION, Sort.CHOICE),
        Question("carrier", CARRIER, Sort.PERSON, hint=CARRIER_HINT),
        Question("deadline", DEADLINE, Sort.LINE, hint=DEADLINE_HINT),
        Question("visibility", VISIBILITY, Sort.CHOICE, required=True, choices=entries.LEVELS),
        served.QUESTION,
    ),
)
CHANGED = ("text", "institution", "carrier", "deadline", "visibility", "line")
"""The questions when one is edited: its group, and so its number, stays."""
OF_A_DECISION = ("text", "institution", "carrier", "deadline", "line")
"""Of one born of a decision the level stays as well."""

DONE_FORM = Form(
    "action_done",
    DONE_FORM_TITLE,
    SAVE_SUBMIT,
    (Question("evidence", EVIDENCE, required=True, hint=EVIDENCE_HINT),),
)
PROPOSE_FORM = Form(
    "action_propose",
    PROPOSE_FORM_TITLE,
    SEND_SUBMIT,
    (Question("deadline", NEW_DATE, Sort.LINE, required=True, hint=DEADLINE_HINT), Question("why", WHY)),
)
HAND_OVER_FORM = Form(
    "action_handover",
    HAND_OVER_FORM_TITLE,
    SAVE_SUBMIT,
    (Question("carrier", TO_WHOM, Sort.PERSON), Question("institution", TO_WHICH, Sort.CHOICE)),
)
