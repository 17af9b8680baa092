"""kill -9 at every moment of a delivery: the message stands in Slack exactly once, or is kept and put to somebody."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from bot import delivery
from storage.database import Database
from storage.outbox import State
from tests.bot import dying
from tests.bot.post import AWA, BEN, Post, opened
from tests.bot.processes import forked

MOMENTS = ("claim", "send", "mark", "commit", "done")
IN_SLACK = {"claim": 0, "send": 0, "mark": 1, "commit": 1, "done": 1}
"""How many messages stand in Slack when the process is dead."""


def kill(post: Post, url: str, sight: str, moment: str) -> None:
    """Let a process deliver and die at that moment."""
    standin = post.standin
    ended = forked(dying.deliver, url, standin.api_url, standin.bot_token, sight, moment, post.ctx.now())
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.fixture(params=["history", "blind"])
def sight(request: pytest.FixtureRequest) -> str:
    """Whether the bot may read the history."""
    return str(request.param)


@pytest.fixture
def office(sqlite: Database, sight: str) -> Iterator[Post]:
    """A delivery that goes on where another died."""
    with opened(sqlite, may_read_history=sight == "history") as running:
        yield running


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_a_message_is_neither_doubled_nor_dropped(
    office: Post, sqlite_url: str, sight: str, moment: str
) -> None:
    office.put("digest:1")
    office.put("part:1", under="digest:1")
    kill(office, sqlite_url, sight, moment)
    assert len(office.texts()) == IN_SLACK[moment]
    office.wait(0)
    office.wait(delivery.LEASE.total_seconds() + 1)
    if sight == "history" or moment in ("claim", "done"):
        assert office.texts() == ["digest:1", "part:1"]
        assert office.all_keys() == ["digest:1", "part:1"]
        return
    assert office.row("digest:1").state == State.UNKNOWN
    assert len(office.texts()) == IN_SLACK[moment]
    assert [len(office.texts(who)) for who in (AWA, BEN)] == [1, 1]


def test_killed_again_and_again_it_still_stands_there_once(sqlite: Database, sqlite_url: str) -> None:
    with opened(sqlite, may_read_history=True) as post:
        post.put("digest:1")
        for moment in ("claim", "send", "commit"):
            kill(post, sqlite_url, "history", moment)
            post.standin.workspace.set_time(post.ctx.now() + delivery.LEASE * 2)
            if moment == "send":
                delivery.step(post.ctx, post.transport)
        post.drain()
        assert (post.texts(), post.row("digest:1").state) == (["digest:1"], State.SENT)
