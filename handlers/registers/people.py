"""The register of people: by Slack id, else by name; their institution is entered when it is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from handlers.errors import Refusal
from handlers.registers import sentences
from handlers.registers.desk import SLACK_ID, Desk, Entry, each
from handlers.registers.outcome import Line, Verdict
from handlers.registers.vocabulary import Words
from storage.people import Person

FIELDS = ("name", "slack", "title", "language", "institution")

LANGUAGES: Words = {"fr": ("fr", "francais", "french"), "en": ("en", "anglais", "english")}


def bring(desk: Desk, entries: Sequence[Entry]) -> Iterator[Line]:
    """Keep the rows of a register of people."""
    return each(desk, entries, lambda entry: entry.text("name", "slack"), partial(_keep, desk))


def _keep(desk: Desk, entry: Entry) -> tuple[Verdict, str]:
    name, slack_id = entry.text("name"), entry.text("slack").lstrip("@")
    if not name and not slack_id:
        raise Refusal(sentences.NO_NAME)
    if slack_id and not SLACK_ID.fullmatch(slack_id):
        entry.remark(sentences.LEFT_OUT, said=slack_id)
        slack_id = ""
    person = _found(desk, name, slack_id)
    language = entry.word("language", LANGUAGES, sentences.LEFT_OUT)
    institution = entry.text("institution")
    told = {
        "name": name,
        "slack_id": slack_id,
        "title": entry.text("title"),
        "language": language,
        "institution_id": desk.institution(institution, entry).id if institution else None,
    }
    values = {field: value for field, value in told.items() if value}
    if person is None:
        person = Person(**values)
        desk.keep(person)
        desk.known.people.append(person)
        return Verdict.CREATED, name or slack_id
    return (Verdict.CHANGED if desk.settle(person, values) else Verdict.UNCHANGED), name or slack_id


def _found(desk: Desk, name: str, slack_id: str) -> Person | None:
    """By Slack id; else the one of that name, unless both have an id, which makes them two people."""
    if slack_id:
        by_id = desk.known.people_called(slack_id)
        if by_id:
            return by_id[0]
    found = [each for each in desk.known.people_called(name) if not slack_id or not each.slack_id] if name else []
    if len(found) > 1:
        raise Refusal(sentences.SEVERAL_PEOPLE, name=name)
    return found[0] if found else None
