"""Forms: the questions one can ask a person, the modal made of them, and the answers read back.

Block and action ids are the question's name. What a person typed is stripped at its ends and otherwise kept. Slack's
client checks lengths and required fields first; they are checked again here, since anyone can send anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from handlers.answers import question_of
from handlers.errors import FieldRefusal
from handlers.language import Message, Plural, Speaker, message
from handlers.reports import blocks
from handlers.reports.mrkdwn import legible

LONGEST = 3000
"""Characters in one text field (SLACK.md 2.1)."""

NEEDED = message("Please answer this question.")
TOO_LONG = message("This text has {length} characters; {limit} is the most that fits. Please shorten it.")
NOT_A_DAY = message("This is not a day of the calendar.")
NOT_OFFERED = message("Please choose one of the answers offered.")
CANCEL = message("Cancel")

Values = Mapping[str, Any]
Options = Mapping[str, Sequence[tuple[str, str]]]
"""Question name -> the choices found at run time, as (value, label)."""


class Sort(StrEnum):
    """How a question is answered."""

    TEXT = "text"
    LINE = "line"
    CHOICE = "choice"
    CHOICES = "choices"
    DAY = "day"
    PERSON = "person"
    CHANNEL = "channel"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its name (block id, action id, column), label and sort; ``choices`` maps values to labels.

    A FILE is one file of the kinds (endings) that are the keys of ``choices``; its answer is what Slack tells of it.
    """

    name: str
    label: Message
    sort: Sort = Sort.TEXT
    hint: Message | None = None
    required: bool = False
    choices: Mapping[str, Message] = field(default_factory=dict)
    asks_again: bool = False
    """Whether choosing an answer lets the form be drawn again (the app hears a click named after the question)."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form: what it is called (callback id), its title and its button, and its questions in order."""

    name: str
    title: Message
    submit: Message
    questions: Sequence[Question]

    def view(
        self,
        speaker: Speaker,
        values: Values | None = None,
        options: Options | None = None,
        context: Mapping[str, Any] | None = None,
        above: Sequence[blocks.Block] = (),
        filling: str = "",
    ) -> dict[str, Any]:
        """The modal, filled with ``values``; ``context`` comes back with the submission (ids: it is not secret).

        Slack keeps what was typed while a block keeps its id: another ``filling`` lets ``values`` replace it.
        """
        asked = [_input(question, speaker, values or {}, options or {}, filling) for question in self.questions]
        return {
            "type": "modal",
            "callback_id": self.name,
            "title": blocks.plain(speaker.say(self.title)),
            "submit": blocks.plain(speaker.say(self.submit)),
            "close": blocks.plain(speaker.say(CANCEL)),
            "private_metadata": json.dumps(dict(context or {})),
            "blocks": [*above, *(block for block in asked if block is not None)],
        }

    def answers(self, view: Mapping[str, Any]) -> dict[str, Any]:
        """Question name -> answer, of those that were asked: text ("" when empty), value or None, list of values.

        Raises FieldRefusal for what is required and missing, texts that are too long, and what the form cannot give.
        """
        found = self.so_far(view)
        faults: dict[str, tuple[Message | Plural, Mapping[str, object]]] = {}
        for question in self.questions:
            if question.name not in found:
                continue
            answer = found[question.name]
            if question.required and not answer:
                faults[question.name] = (NEEDED, {})
            elif isinstance(answer, str) and len(answer) > LONGEST:
                faults[question.name] = (TOO_LONG, {"length": len(answer), "limit": LONGEST})
            elif question.sort in (Sort.CHOICE, Sort.CHOICES) and not _offered(view, question, answer):
                faults[question.name] = (NOT_OFFERED, {})
            elif question.sort == Sort.DAY and answer and not _is_day(answer):
                faults[question.name] = (NOT_A_DAY, {})
        if faults:
            raise FieldRefusal(faults)
        return found

    def so_far(self, view: Mapping[str, Any]) -> dict[str, Any]:
        """The answers as they stand in the form, unchecked."""
        state = {question_of(block): given for block, given in view["state"]["values"].items()}
        return {question.name: _answer(question, state) for question in self.questions if question.name in state}

    def only(self, *names: str) -> Form:
        """The same form asking only some of its questions."""
        return replace(self, questions=[question for question in self.questions if question.name in names])


def context_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """What a form was opened with (see `Form.view`)."""
    found: dict[str, Any] = json.loads(view.get("private_metadata") or "{}")
    return found


def _offered(view: Mapping[str, Any], question: Question, answer: Any) -> bool:
    """Whether the form that was shown offered what was chosen."""
    elements = [block["element"] for block in view["blocks"] if question_of(block.get("block_id", "")) == question.name]
    groups = [group for element in elements for group in element.get("option_groups", [element])]
    offered = {option["value"] for group in groups for option in group.get("options", ())}
    chosen = set(answer or ()) if question.sort == Sort.CHOICES else {answer} - {None}
    return chosen <= offered


def _is_day(answer: str) -> bool:
    """Whether it is a civil date as Slack writes it: ``2027-03-05``."""
    try:
        return date.fromisoformat(answer).isoformat() == answer
    except ValueError:
        return False


def _input(question: Question, speaker: Speaker, values: Values, options: Options, filling: str) -> blocks.Block | None:
    element = _element(question, speaker, values.get(question.name), options.get(question.name))
    if element is None:
        return None
    block: blocks.Block = {
        "type": "input",
        "block_id": f"{question.name}~{filling}" if filling else question.name,
        "label": blocks.plain(speaker.say(question.label)),
        "optional": not question.required,
        "element": element | {"action_id": question.name},
    }
    if question.asks_again:
        block["dispatch_action"] = True
    return block | ({"hint": blocks.plain(speaker.say(question.hint))} if question.hint else {})


def _element(
    question: Question, speaker: Speaker, value: Any, found: Sequence[tuple[str, str]] | None
) -> blocks.Block | None:
    if question.sort in (Sort.TEXT, Sort.LINE):
        text: blocks.Block = {
            "type": "plain_text_input",
            "multiline": question.sort == Sort.TEXT,
            "max_length": LONGEST if question.sort == Sort.TEXT else 200,
        }
        return text | ({"initial_value": value} if value else {})
    if question.sort == Sort.DAY:
        return {"type": "datepicker"} | ({"initial_date": value.isoformat()} if value else {})
    if question.sort == Sort.PERSON:
        return {"type": "users_select"} | ({"initial_user": value} if value else {})
    if question.sort == Sort.FILE:
        return {"type": "file_input", "max_files": 1, "filetypes": list(question.choices)}
    if question.sort == Sort.CHANNEL:
        chooser: blocks.Block = {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
        return chooser | ({"initial_conversation": value} if value else {})
    given = found if found is not None else [(key, speaker.say(label)) for key, label in question.choices.items()]
    return _menu(question, given, value)


def _menu(question: Question, given: Sequence[tuple[str, str]], value: Any) -> blocks.Block | None:
    """A menu of what there is to choose; nothing at all when there is nothing (Slack refuses an empty menu)."""
    if not given:
        return None
    every = [blocks.option(label, key) for key, label in given]
    many = question.sort == Sort.CHOICES
    chosen = set(value or ()) if many else {value}
    initial = [option for option in every if option["value"] in chosen]
    element: blocks.Block = {"type": "multi_static_select" if many else "static_select"} | {
        "option_groups" if len(every) > blocks.OPTIONS else "options": blocks.grouped(every)
    }
    if not initial:
        return element
    return element | ({"initial_options": initial} if many else {"initial_option": initial[0]})


def _answer(question: Question, state: Mapping[str, Any]) -> Any:
    given = state.get(question.name, {}).get(question.name, {})
    if question.sort in (Sort.TEXT, Sort.LINE):
        return legible(str(given.get("value") or "")).strip()
    if question.sort == Sort.CHOICES:
        return [option["value"] for option in given.get("selected_options") or ()]
    if question.sort == Sort.FILE:
        return next(iter(given.get("files") or ()), None)
    if question.sort == Sort.CHOICE:
        return (given.get("selected_option") or {}).get("value")
    key = {Sort.DAY: "selected_date", Sort.PERSON: "selected_user", Sort.CHANNEL: "selected_conversation"}[
        question.sort
    ]
    return given.get(key)
