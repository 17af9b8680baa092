"""Two whole bots over one PostgreSQL, each watching the clock and delivering at once: everything is sent once."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_bolt import BoltRequest, BoltResponse
from sqlalchemy import select

from bot import running
from bot.rehearsal import stage
from bot.rehearsal.door import Parcel, encoded, signed
from bot.rehearsal.standin import SCOPES, StandIn
from bot.rehearsal.world import WORLD
from bot.running import Runtime
from bot.settings import Settings
from storage.configuration import Channel
from storage.decisions import Decision
from storage.jobs import Job
from storage.outbox import Message, Sort, State
from storage.people import Person
from storage.updates import Update
from tests.conversation import HISTORY, POOL

WEDNESDAY_MORNING = datetime(2027, 3, 3, 9, 30, tzinfo=UTC)
FRIDAY_EVENING = datetime(2027, 3, 5, 16, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """Two bots, and the Slack they speak to."""

    standin: StandIn
    bots: Sequence[Runtime]

    def together(self, work: Callable[[Runtime], object]) -> None:
        """Let both do that at once; what either raises fails the test."""
        begin, faults = threading.Barrier(len(self.bots)), []

        def one(bot: Runtime) -> None:
            begin.wait()
            try:
                work(bot)
            except Exception as error:  # noqa: BLE001 - a thread's error is raised below, in the test
                faults.append(error)

        threads = [threading.Thread(target=one, args=(bot,)) for bot in self.bots]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []

    def at(self, instant: datetime) -> None:
        """Put both clocks at an instant, and let both do all that is due."""
        self.standin.workspace.set_time(instant)
        self.together(lambda bot: [bot.tick() for _ in range(3)])

    def posts(self) -> list[Message]:
        """What the bots wrote to be posted."""
        with self.bots[0].ctx.readings.begin() as session:
            return list(session.scalars(select(Message).where(Message.sort == Sort.POST)))

    def seen(self) -> Counter[tuple[str, str]]:
        """How often each text of the bot's stands in each conversation."""
        channels = self.standin.workspace.channels.values()
        return Counter((each.id, message.plain) for each in channels for message in each.messages if message.bot_id)


@pytest.fixture
def office(postgresql_seeded_url: str, tmp_path: Path) -> Iterator[Office]:
    """The demo world on Wednesday; exports lie beside the test."""
    with contextlib.chdir(tmp_path), StandIn((*SCOPES, *HISTORY)) as standin:
        stage.set_up(standin, WORLD)
        settings = Settings(
            database_url=postgresql_seeded_url,
            bot_token=standin.bot_token,
            signing_secret=standin.signing_secret,
            api_url=standin.api_url,
            coordinators=frozenset({POOL}),
        )
        bots = [running.assemble(settings, now=standin.workspace.now) for _ in range(2)]
        yield Office(standin, bots)
        for bot in bots:
            bot.stop()


@pytest.mark.postgresql
def test_the_digest_stands_once_in_each_channel_and_everybody_is_reminded_once_a_day(office: Office) -> None:
    office.at(office.standin.workspace.now())
    before = office.seen()
    office.at(WEDNESDAY_MORNING + timedelta(days=1))
    office.at(FRIDAY_EVENING)
    posts = office.posts()
    assert {post.state for post in posts} == {State.SENT}
    added = office.seen() - before
    assert sum(added.values()) == len(posts), "what was written stands there, once each"
    with office.bots[0].ctx.readings.begin() as session:
        channels = session.scalars(select(Channel.id)).all()
    for channel in channels:
        messages = office.standin.workspace.messages(channel)
        fresh = [each for each in messages if each.bot_id and (channel, each.plain) in added]
        assert len(fresh) == 1, "one digest at top level"
    asked = [(post.address, post.written_at.date()) for post in posts if post.key.startswith("reminder:")]
    assert asked
    assert len(set(asked)) == len(asked)


@pytest.mark.postgresql
def test_after_an_outage_two_that_come_back_at_once_send_it_once(office: Office) -> None:
    office.at(office.standin.workspace.now())
    before = office.seen()
    office.at(FRIDAY_EVENING + timedelta(days=16))
    posts = [post for post in office.posts() if post.key.startswith("digest:")]
    assert posts
    assert {post.state for post in posts} == {State.SENT}
    assert max((office.seen() - before).values()) == 1


@pytest.mark.postgresql
def test_one_export_is_prepared_by_one_of_them(office: Office) -> None:
    ctx = office.bots[0].ctx
    with ctx.sessions.begin() as session:
        person = session.scalars(select(Person).where(Person.slack_id == POOL)).one()
        session.add(Job(kind="export", person_id=person.id, request={}, asked_at=ctx.now()))
    office.at(ctx.now())
    with ctx.readings.begin() as session:
        (job,) = session.scalars(select(Job)).all()
    assert job.attempts == 1
    files = [file for file in office.standin.workspace.files.values() if file.content]
    assert len(files) == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("typed", ["update EDU Un mot.", "decision GEC Un mot."])
def test_the_same_delivery_to_both_at_once_is_recorded_once(office: Office, typed: str) -> None:
    workspace = office.standin.workspace
    place = workspace.channel("ptf-general")
    payload, _ = office.standin.delivery.payloads.command(workspace.user(POOL), place, "/ptf", typed)
    content_type, body = encoded(Parcel("command", payload))
    headers = {"content-type": content_type, **signed(office.standin.signing_secret, body)}
    answers: list[BoltResponse] = []
    office.together(lambda bot: answers.append(bot.app.dispatch(BoltRequest(body=body, headers=dict(headers)))))
    assert [answer.status for answer in answers] == [200, 200]
    assert sorted(bool(answer.body) for answer in answers) == [False, True], "one of them says it"
    with office.bots[0].ctx.readings.begin() as session:
        kept = [*session.scalars(select(Update.progress)), *session.scalars(select(Decision.text))]
    assert kept.count("Un mot.") == 1


@pytest.mark.postgresql
def test_different_words_to_both_at_once_are_all_kept_and_numbered_without_gap(office: Office) -> None:
    workspace = office.standin.workspace
    place, lock = workspace.channel("ptf-general"), threading.Lock()

    def speak(bot: Runtime) -> None:
        for _ in range(5):
            with lock:
                payload, _ = office.standin.delivery.payloads.command(
                    workspace.user(POOL), place, "/ptf", f"decision GEC {threading.get_ident()}"
                )
            content_type, body = encoded(Parcel("command", payload))
            headers = {"content-type": content_type, **signed(office.standin.signing_secret, body)}
            assert "GEC-2027-" in bot.app.dispatch(BoltRequest(body=body, headers=dict(headers))).body

    office.together(speak)
    with office.bots[0].ctx.readings.begin() as session:
        numbers = session.scalars(select(Decision.number).where(Decision.code.like("GEC-2027-%"))).all()
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
