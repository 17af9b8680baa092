"""Somebody leaves: the duties they carried go once to the pool, with buttons to name who carries them on.

The mandates stay with their institutions, which go on owing what they owe; only who carries them is missing. Slack
tells of an account that was closed (handlers.people), or the pool says that somebody has left (`/ptf mandates`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

import storage.actions
import storage.decisions
import storage.mandates
import storage.outbox
from handlers import actors, dates, offices, rights
from handlers.context import Context
from handlers.dates import Deadline
from handlers.language import Speaker, message, plural
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.actions import Action
from storage.decisions import Decision
from storage.mandates import Mandate
from storage.people import Person
from storage.visibility import Audience

HAS_LEFT = plural(
    "*{name}* has left. One duty was theirs; its institution still owes it:",
    "*{name}* has left. {count} duties were theirs; their institutions still owe them:",
)
OWED_LINE = message("*{code}*, {deadline}: {text}")
MORE = message("And others: `/ptf decisions` and `/ptf actions` have them all.")
SUCCESSOR_BUTTON = message("Name a successor")
CARRIER_BUTTON = message("Name who carries it")
SPOKEN = message("Name who carries {what}")

SHOWN = 20
"""Decisions and actions told, and mandates; Slack takes 50 blocks."""
SHORT = 150
"""Characters of a text told here."""
EVERYTHING = Audience(troika=True)
"""What the pool may read."""


@dataclass(frozen=True, slots=True)
class Duties:
    """What somebody carried; a decision that they owe through its actions is told by those."""

    mandates: Sequence[Mandate]
    decisions: Sequence[Decision]
    actions: Sequence[Action]

    @property
    def count(self) -> int:
        """How many duties there are."""
        return len(self.mandates) + len(self.decisions) + len(self.actions)


def tell(session: Session, ctx: Context, person: Person, mandates: Sequence[Mandate] | None = None) -> None:
    """Put what that person carried to the pool, once a day; nothing where they carried nothing.

    ``mandates``: those which lack a carrier now, where they were taken off them already; else those they still carry.
    """
    session.flush()
    if mandates is None:
        standing = storage.mandates.standing(session, ctx.today)
        mandates = [mandate for mandate in standing if mandate.carried_by(person.id)]
    actions = storage.actions.owed_by(session, (person.id, None), None, EVERYTHING, SHOWN + 1)
    through = {action.decision_id for action in actions}
    carried = storage.decisions.carried_by(session, person.id)
    duties = Duties(mandates, [decision for decision in carried if decision.id not in through], actions)
    if not duties.count:
        return
    for slack_id in rights.pool_ids(session, ctx):
        if slack_id != person.slack_id:
            reader = actors.load(session, ctx, slack_id)
            payload = _told(session, reader.speaker if reader else ctx.speaker, person, duties)
            key = f"left:{person.id}:{ctx.today.isoformat()}:{slack_id}"
            storage.outbox.put(session, key, slack_id, payload, ctx.now())


def _told(session: Session, speaker: Speaker, person: Person, duties: Duties) -> dict[str, object]:
    head = speaker.say(HAS_LEFT, name=literal(person.name), count=duties.count)
    owed: list[Decision | Action] = [*duties.decisions, *duties.actions]
    lines = [
        *_mandates(session, speaker, duties.mandates[:SHOWN]),
        *(_owed(speaker, each) for each in owed[:SHOWN]),
    ]
    further = speaker.say(MORE) if len(owed) > SHOWN or len(duties.mandates) > SHOWN else ""
    texts = [head, *(text for text, _ in lines), *([further] if further else [])]
    told = [blocks.section(head), *(block for _, block in lines), *([blocks.context(further)] if further else [])]
    return {"text": "\n".join(texts), "blocks": told}


def _mandates(session: Session, speaker: Speaker, mandates: Sequence[Mandate]) -> list[tuple[str, blocks.Block]]:
    known = offices.names(session, mandates)
    told = []
    for mandate in mandates:
        words = literal(offices.words(known, speaker, mandate))
        text = offices.with_days(speaker, words, mandate)
        spoken = speaker.say(SPOKEN, what=offices.words(known, speaker, mandate))
        button = blocks.button(speaker.say(SUCCESSOR_BUTTON), "mandate_edit", str(mandate.id), spoken=spoken)
        told.append((text, blocks.section(text, button)))
    return told


def _owed(speaker: Speaker, owed: Decision | Action) -> tuple[str, blocks.Block]:
    text = speaker.say(
        OWED_LINE,
        code=literal(owed.code),
        deadline=dates.in_words(Deadline(owed.deadline, owed.due_on), speaker),
        text=literal(blocks.clip(owed.text, SHORT)),
    )
    action_id = "decision_edit" if isinstance(owed, Decision) else "action_handover"
    spoken = speaker.say(SPOKEN, what=owed.code)
    button = blocks.button(speaker.say(CARRIER_BUTTON), action_id, str(owed.id), spoken=spoken)
    return text, blocks.section(text, button)
