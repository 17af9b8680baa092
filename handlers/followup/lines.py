"""An action in one line, with the one button that answers it: for reminders, and for what somebody owes today."""

from __future__ import annotations

from datetime import date

from handlers.entries import Names
from handlers.followup import action_cards
from handlers.language import Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import literal
from storage.actions import Action, Status

DUE = message("*{code}*: {text} ({owing}; by {deadline})")
OVERDUE = message("⚠️ *{code}*: {text} ({owing}; it was due by {deadline})")
ASKED = message("❓ *{code}*: {proposed} is asked for instead of {deadline}. {text}")
SPOKEN = message("{label}: {code}")

SHORT = 200
"""Characters of its text; the whole is on its card."""


def told(action: Action, names: Names, speaker: Speaker, today: date) -> tuple[str, blocks.Block]:
    """Its line, and its section with a button: first *Acknowledge*, then *Done*; *Accept the date* while one waits."""
    text = line(action, names, speaker, today)
    if action.proposed is not None:
        word, value = "accept", f"{action.id}:{action.proposals}"
    else:
        word, value = "acknowledge" if action.status == Status.OPEN else "done", str(action.id)
    label = speaker.say(action_cards.LABELS[word])
    spoken = speaker.say(SPOKEN, label=label, code=action.code)
    return text, blocks.section(text, blocks.button(label, f"action_{word}", value, spoken=spoken))


def line(action: Action, names: Names, speaker: Speaker, today: date) -> str:
    """What is owed, by whom and by when; or which date is asked for instead. Ready for mrkdwn."""
    text, deadline = literal(blocks.clip(action.text, SHORT)), action_cards.deadline_words(action, speaker)
    if action.proposed is not None:
        proposed = action_cards.proposed_words(action, speaker)
        return speaker.say(ASKED, code=action.code, proposed=proposed, deadline=deadline, text=text)
    sentence = OVERDUE if action_cards.is_overdue(action, today) else DUE
    owing = literal(action_cards.owing(action, names, speaker))
    return speaker.say(sentence, code=action.code, text=text, owing=owing, deadline=deadline)
