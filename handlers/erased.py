"""A person who was erased at their wish: what they said stays, their name does not."""

from __future__ import annotations

from handlers.language import Speaker, message
from storage.people import Person

PERSON_ERASED = message("(person erased)")


def name(speaker: Speaker, person: Person) -> str:
    """A person's name as a list shows it: that they were erased, where they were; "" where it is not known."""
    return speaker.say(PERSON_ERASED) if person.erased_at is not None else person.name
