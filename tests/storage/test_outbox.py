"""The outbox: once per key, in order, by lease, with any number of workers, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import outbox
from storage.database import Database, connect
from storage.outbox import Message, Sort, State

NOW = datetime(2027, 3, 5, 16, tzinfo=UTC)
LEASE = timedelta(minutes=2)
SOON = NOW + timedelta(seconds=30)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One writing transaction."""
    with database.sessions.begin() as opened:
        yield opened


def put(session: Session, key: str, under: str | None = None, *, sort: Sort = Sort.POST, address: str = "C1") -> bool:
    """Write a message with little in it."""
    return outbox.put(session, key, address, {"text": key, "blocks": []}, NOW, sort=sort, under=under)


def take(session: Session, now: datetime = NOW) -> str | None:
    """The key of the message a worker would take."""
    message = outbox.claim(session, now, LEASE)
    session.flush()
    return message.key if message else None


def named(session: Session, key: str) -> Message:
    """The message of a key, which is there, as the database has it."""
    return session.scalars(select(Message).where(Message.key == key).execution_options(populate_existing=True)).one()


def deliver(session: Session, key: str) -> None:
    """Take that message, which must be next, and mark it sent."""
    assert take(session) == key
    outbox.sent(named(session, key), NOW, "C1", "1.0")
    session.flush()


def test_a_key_is_written_once(session: Session) -> None:
    assert put(session, "digest:1")
    assert not put(session, "digest:1")
    assert [message.payload["text"] for message in session.scalars(select(Message))] == ["digest:1"]


def test_the_oldest_goes_first_and_nothing_is_taken_twice(session: Session) -> None:
    put(session, "a")
    put(session, "b")
    assert [take(session), take(session), take(session)] == ["a", "b", None]


def test_nothing_is_due_in_an_empty_outbox(session: Session) -> None:
    assert (take(session), outbox.doubtful(session, NOW, LEASE), outbox.next_due(session)) == (None, None, None)


def test_a_reply_waits_for_its_parent_and_for_the_replies_before_it(session: Session) -> None:
    put(session, "parent")
    put(session, "first", "parent")
    put(session, "second", "parent")
    assert (take(session), take(session)) == ("parent", None)
    outbox.sent(named(session, "parent"), NOW, "C1", "1.0")
    assert (take(session), take(session)) == ("first", None)
    outbox.later(named(session, "first"), SOON, "unreachable")
    assert take(session) is None
    assert (take(session, SOON), take(session, SOON)) == ("first", None)
    outbox.unknown(named(session, "first"), SOON, "reset")
    assert take(session, SOON) is None
    outbox.sent(named(session, "first"), SOON, "C1", "1.1")
    assert take(session, SOON) == "second"


def test_a_reply_the_coordinator_must_decide_on_holds_nothing_up(session: Session) -> None:
    put(session, "parent")
    deliver(session, "parent")
    put(session, "first", "parent")
    put(session, "second", "parent")
    take(session)
    outbox.unknown(named(session, "first"), NOW, "reset")
    assert take(session) is None
    named(session, "first").told_at = NOW
    assert take(session) == "second"


def test_another_thread_does_not_wait(session: Session) -> None:
    put(session, "parent")
    put(session, "reply", "parent")
    put(session, "other")
    assert (take(session), take(session), take(session)) == ("parent", "other", None)


def test_a_newer_edit_makes_a_waiting_one_needless_but_not_one_on_its_way(session: Session) -> None:
    put(session, "card")
    put(session, "edit:1", "card", sort=Sort.EDIT)
    put(session, "edit:2", "card", sort=Sort.EDIT)
    assert (named(session, "edit:1").state, named(session, "edit:1").error) == (State.DROPPED, outbox.SUPERSEDED)
    deliver(session, "card")
    assert take(session) == "edit:2"
    put(session, "edit:3", "card", sort=Sort.EDIT)
    assert named(session, "edit:2").state == State.SENDING
    assert take(session) is None
    outbox.sent(named(session, "edit:2"), NOW, "C1", "1.0")
    assert take(session) == "edit:3"


def test_writing_an_edit_again_supersedes_nothing(session: Session) -> None:
    put(session, "card")
    put(session, "edit:1", "card", sort=Sort.EDIT)
    put(session, "edit:2", "card", sort=Sort.EDIT)
    assert not put(session, "edit:1", "card", sort=Sort.EDIT)
    assert named(session, "edit:2").state == State.WAITING


def test_a_lease_that_ran_out_leaves_a_post_unknown_and_an_edit_waiting(session: Session) -> None:
    put(session, "card")
    deliver(session, "card")
    put(session, "edit", "card", sort=Sort.EDIT)
    put(session, "post")
    assert {take(session), take(session)} == {"edit", "post"}
    assert outbox.expire(session, NOW + LEASE) == 0
    late = NOW + LEASE + timedelta(seconds=1)
    assert outbox.expire(session, late) == 2
    assert outbox.expire(session, late) == 0
    assert (named(session, "edit").state, named(session, "post").state) == (State.WAITING, State.UNKNOWN)
    assert named(session, "post").error == outbox.LEASE_EXPIRED


def test_a_doubtful_message_is_looked_for_by_one_worker_at_a_time_until_it_was_told(session: Session) -> None:
    put(session, "a")
    take(session)
    outbox.unknown(named(session, "a"), SOON, "reset")
    session.flush()
    assert outbox.doubtful(session, NOW, LEASE) is None
    assert outbox.doubtful(session, SOON, LEASE) is not None
    session.flush()
    assert outbox.doubtful(session, SOON, LEASE) is None
    assert outbox.doubtful(session, SOON + LEASE, LEASE) is not None
    named(session, "a").told_at = SOON
    session.flush()
    assert outbox.doubtful(session, SOON + LEASE * 2, LEASE) is None


def test_an_attempt_no_longer_counts_once_another_began(session: Session) -> None:
    put(session, "a")
    take(session)
    message = named(session, "a")
    assert outbox.claimed(session, message.id, 1) is message
    outbox.later(message, NOW, "unreachable")
    take(session)
    assert outbox.claimed(session, message.id, 1) is None


def test_a_rate_limit_holds_its_channel_also_for_what_is_written_after_it(session: Session) -> None:
    put(session, "a")
    put(session, "elsewhere", address="C2")
    take(session)
    outbox.later(named(session, "a"), SOON, outbox.RATE_LIMITED)
    put(session, "b")
    assert (take(session), take(session)) == ("elsewhere", None)
    assert (take(session, SOON), take(session, SOON)) == ("a", "b")


def test_a_message_that_waits_for_another_reason_holds_nobody(session: Session) -> None:
    put(session, "a")
    put(session, "b")
    take(session)
    outbox.later(named(session, "a"), SOON, "unreachable")
    assert take(session) == "b"


def test_what_belongs_to_a_refused_message_is_dropped_and_comes_back_with_it(session: Session) -> None:
    put(session, "parent")
    put(session, "reply", "parent")
    take(session)
    outbox.refused(session, named(session, "parent"), "not_in_channel")
    assert (named(session, "reply").state, named(session, "reply").error) == (State.DROPPED, outbox.WITH_PARENT)
    put(session, "late reply", "parent")
    assert (take(session), outbox.next_due(session)) == (None, None)
    outbox.resend(session, named(session, "parent"), NOW)
    session.flush()
    deliver(session, "parent")
    named(session, "reply")
    deliver(session, "reply")
    deliver(session, "late reply")


def test_the_next_due_instant_is_one_at_which_something_can_be_done(session: Session) -> None:
    put(session, "parent")
    put(session, "reply", "parent")
    assert outbox.next_due(session) == NOW
    take(session)
    assert outbox.next_due(session) == NOW + LEASE
    outbox.later(named(session, "parent"), SOON, outbox.RATE_LIMITED)
    put(session, "held")
    session.flush()
    assert outbox.next_due(session) == SOON
    take(session, SOON)
    outbox.unknown(named(session, "parent"), SOON + LEASE, "reset")
    session.flush()
    assert outbox.next_due(session) == NOW  # "held" is free again
    deliver(session, "held")
    assert outbox.next_due(session) == SOON + LEASE


def test_cards_are_the_posts_that_may_stand_in_slack(session: Session) -> None:
    for key in ("sent", "refused", "unwanted"):
        outbox.put(session, key, "C1", {}, NOW, about="updates:1")
        take(session)
    outbox.put(session, "edit", "C1", {}, NOW, sort=Sort.EDIT, under="sent", about="updates:1")
    outbox.refused(session, named(session, "refused"), "not_in_channel")
    outbox.dropped(named(session, "unwanted"), "withdrawn")
    session.flush()
    assert [card.key for card in outbox.cards(session, "updates:1")] == ["sent", "refused"]


@contextmanager
def two_workers(url: str) -> Iterator[tuple[Session, Session]]:
    """Two open transactions of two processes."""
    one, other = connect(url), connect(url)
    with one.sessions.begin() as first, other.sessions.begin() as second:
        yield first, second
    one.close()
    other.close()


@pytest.mark.postgresql
def test_two_workers_take_different_messages_at_the_same_time(postgresql_url: str) -> None:
    database = connect(postgresql_url)
    with database.sessions.begin() as session:
        put(session, "parent")
        deliver(session, "parent")
        put(session, "first", "parent")
        put(session, "second", "parent")
        put(session, "elsewhere")
    with two_workers(postgresql_url) as (one, other):
        assert take(one) == "first"
        assert take(other) == "elsewhere"
        assert (take(one), take(other)) == (None, None)
    database.close()
