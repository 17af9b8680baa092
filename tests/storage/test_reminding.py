"""The memory of the reminders, on both databases: many letters at once, each once; what was put off, and undone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import storage.outbox
import storage.reminding
from storage.database import Database
from storage.outbox import State
from storage.people import Person

NOW = datetime(2027, 3, 3, 9, tzinfo=UTC)
FRIDAY = date(2027, 3, 5)
POSTS = {f"reminder:2027-03-03:{number}": (f"U{number}", {"text": "…"}) for number in (1, 2)}


def asked(number: int) -> dict[str, object]:
    """What was asked of that person on Wednesday."""
    return {
        "due": f"action:{number}",
        "due_day": FRIDAY,
        "person_id": number,
        "rung": -2,
        "asked_on": NOW.date(),
        "asked_at": NOW,
        "message": f"reminder:2027-03-03:{number}",
    }


def test_many_letters_are_written_at_once_and_each_once(database: Database) -> None:
    with database.sessions.begin() as session:
        assert storage.outbox.put_posts(session, dict([*POSTS.items()][:1]), NOW) == {"reminder:2027-03-03:1"}
        assert storage.outbox.put_posts(session, POSTS, NOW) == {"reminder:2027-03-03:2"}
        assert storage.outbox.put_posts(session, {}, NOW) == set()
        message = storage.outbox.claim(session, NOW, timedelta(minutes=3))
        assert message is not None
        assert (message.key, message.address, message.attempts) == ("reminder:2027-03-03:1", "U1", 1)


def test_what_was_asked_knows_its_message_and_can_be_put_off_and_taken_up_again(database: Database) -> None:
    with database.sessions.begin() as session:
        session.add_all(Person(id=number, name="", standing="member") for number in (1, 2))
        session.flush()
        storage.outbox.put_posts(session, POSTS, NOW)
        storage.reminding.keep(session, [asked(1), asked(2)], [])
    with database.sessions.begin() as session:
        found = storage.reminding.asked_between(session, FRIDAY, FRIDAY)
        assert [(each.person_id, each.asked_at, state) for each, state in found] == [
            (1, NOW, State.WAITING),
            (2, NOW, State.WAITING),
        ]
        assert storage.reminding.asked_between(session, FRIDAY + timedelta(days=1), date.max) == []
        mine = storage.reminding.asked_in(session, "reminder:2027-03-03:1")
        storage.reminding.pause(session, mine, date(2027, 3, 8), NOW)
        storage.reminding.pause(session, mine, None, NOW)
        (held,) = storage.reminding.pauses_between(session, FRIDAY, FRIDAY)
        assert (held.person_id, held.due, held.until) == (1, "action:1", None)
        storage.reminding.resume(session, mine, NOW)
        assert storage.reminding.paused(session, mine) == []
