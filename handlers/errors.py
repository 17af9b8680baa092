"""To say no: one exception that carries a sentence, and the one place where any error becomes an answer to a person.

A refusal in a form leaves the form standing, with what was typed: at its field when it concerns one, else in a sheet
laid upon it. A refusal of a command gives the person their text back. Trouble with the database is told as
such: nothing was kept, here is your text.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from handlers import answers
from handlers.language import LANGUAGES, Message, Plural, Speaker, message

logger = logging.getLogger(__name__)

LATE_TRIGGERS = ("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id")
"""Slack's words for a form that opened after more than three seconds, or twice (SLACK.md 1.2)."""

DATABASE_TROUBLE = message(
    "The database does not answer at the moment: nothing was kept. Please try again in a minute."
)
UNEXPECTED = message(
    "Something went wrong on our side (reference {reference}): nothing was kept. "
    "The Pool Technique can find it in the log."
)
TOO_SLOW = message("Slack did not wait for the form to open: nothing was recorded. Please try again.")
SLACK_TROUBLE = message("Slack does not answer us properly at the moment: nothing was recorded. Please try again.")
YOUR_TEXT = message("Your text, so that you can send it again:")
NOT_OFFERED_ANY_MORE = message("That choice is not offered any more: please open it again.")
UNSAID = 503
"""Answers a click on which nothing could be said: Slack then shows that it went wrong."""
LONGEST_NUMBER = 18
"""Digits that every database can count with."""


class Refusal(Exception):  # noqa: N818 - the word of the house: a refusal is an answer, not a fault
    """No, with the sentence to say and its values; ``text`` is what is given back of what the person wrote."""

    def __init__(self, sentence: Message | Plural, **values: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values
        self.text = ""
        self.blocks: list[dict[str, Any]] = []

    def said(self, speaker: Speaker) -> str:
        """The sentence in the reader's language."""
        return speaker.say(self.sentence, **self.values)

    def with_text(self, text: str) -> Refusal:
        """The same refusal, giving that text back."""
        self.text = text
        return self

    def with_blocks(self, blocks: list[dict[str, Any]]) -> Refusal:
        """The same refusal, with further blocks under the sentence (buttons that lead on)."""
        self.blocks = blocks
        return self


def number(value: object, otherwise: Message = NOT_OFFERED_ANY_MORE) -> int:
    """The number that a button or a menu carries. Raises Refusal, saying ``otherwise``, for what is none."""
    written = str(value)
    if not (written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER):
        raise Refusal(otherwise)
    return int(written)


class FieldRefusal(Refusal):
    """No, at fields of a form: question name -> sentence and values."""

    def __init__(self, faults: Mapping[str, tuple[Message | Plural, Mapping[str, object]]]) -> None:
        first, values = next(iter(faults.values()))
        super().__init__(first, **values)
        self.faults = faults

    def at_fields(self, speaker: Speaker) -> dict[str, str]:
        """Question name -> sentence in the reader's language."""
        return {name: speaker.say(sentence, **values) for name, (sentence, values) in self.faults.items()}


def handler(default: Speaker) -> Callable[..., BoltResponse]:
    """The one error handler: turns what was raised into an answer of the right shape for what was received.

    Who could not be looked up is answered in both languages.
    """

    def handle(error: Exception, request: BoltRequest, client: WebClient, body: dict[str, Any]) -> BoltResponse:
        speaker = request.context.get("speaker") or default
        others = [] if request.context.get("actor") else [each for each in LANGUAGES if each != speaker.language]
        speakers = [speaker, *(Speaker(language, speaker.zone) for language in others)]
        if isinstance(error, BoltUnhandledRequestError):
            return BoltResponse(status=200, body="")
        if isinstance(error, FieldRefusal) and body.get("type") == "view_submission":
            return answers.at_fields(body, error.at_fields(speaker))
        refusal = error if isinstance(error, Refusal) else _trouble(error, body)
        text = refusal.text or answers.written(body)
        sentence = "\n".join(refusal.said(each) for each in speakers)
        your_text = " ".join(each.say(YOUR_TEXT) for each in speakers)
        try:
            return answers.refuse(client, body, sentence, text, your_text, refusal.blocks)
        except (SlackClientError, OSError) as failure:
            logger.warning("a refusal was not shown: %s", type(failure).__name__)
            return BoltResponse(status=UNSAID, body="")

    return handle


def _trouble(error: Exception, body: Mapping[str, Any]) -> Refusal:
    if isinstance(error, DBAPIError | PoolTimeout):
        logger.error("database trouble: %s", type(error.__cause__ or error).__name__)
        return Refusal(DATABASE_TROUBLE)
    if isinstance(error, SlackClientError | OSError):
        code = str(error.response["error"]) if isinstance(error, SlackApiError) else type(error).__name__
        logger.warning("Slack trouble: %s", code)
        return Refusal(TOO_SLOW if code in LATE_TRIGGERS else SLACK_TROUBLE)
    reference = answers.reference(body)
    logger.error("unexpected error, reference %s", reference, exc_info=_without_values(error))
    return Refusal(UNEXPECTED, reference=reference)


def _without_values(error: Exception) -> Exception:
    """The error without its message, which may quote what a person wrote; type and place remain."""
    bare = type("Unexpected", (Exception,), {})(type(error).__name__)
    return bare.with_traceback(error.__traceback__)  # type: ignore[no-any-return]
