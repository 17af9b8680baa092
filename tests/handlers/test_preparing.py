"""An export in preparation: failures, crashes, a lost lease, progress."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

import storage.jobs
from handlers import export, leases, preparing
from handlers.preparing import Making
from storage.jobs import State
from storage.outbox import Message, Sort
from tests.conversation import EDUCATION, Bot
from tests.handlers.test_export import fetched, jobs, prepare


def failing(making: Making) -> str:
    """A workbook that cannot be written."""
    raise OSError("disk full")


FAILING = replace(export.PRODUCT, make=failing)


def test_what_fails_is_tried_three_times_then_told(bot: Bot) -> None:
    bot.be(EDUCATION).command("/ptf export")
    for attempt in range(1, 4):
        assert preparing.work(bot.ctx, FAILING)
        assert not preparing.work(bot.ctx, FAILING), "it rests after a failure"
        assert jobs(bot)[0].attempts == attempt
        bot.at(bot.ctx.now() + timedelta(minutes=3))
    bot.deliver()
    assert [job.state for job in jobs(bot)] == [State.FAILED]
    assert "n’a pas pu être préparé" in bot.told(EDUCATION)[-1].text
    assert "disk full" not in bot.told(EDUCATION)[-1].text


def test_a_job_over_which_a_process_died_is_taken_up_by_the_next(bot: Bot) -> None:
    bot.be(EDUCATION).command("/ptf export")
    with bot.ctx.sessions.begin() as session:
        assert storage.jobs.claim(session, "export", bot.ctx.now(), leases.LEASE)
    assert not export.work(bot.ctx)
    bot.at(bot.ctx.now() + leases.LEASE + timedelta(seconds=1))
    prepare(bot)
    assert fetched(bot, EDUCATION)[1]


def test_who_lost_the_lease_delivers_nothing(bot: Bot) -> None:
    bot.be(EDUCATION).command("/ptf export")

    def overtaken(making: Making) -> str:
        later = replace(making.ctx, now=lambda: making.ctx.now() + timedelta(hours=1))
        assert export.work(later)
        return export.make(making)

    assert preparing.work(bot.ctx, replace(export.PRODUCT, make=overtaken))
    with bot.ctx.readings.begin() as session:
        files = session.scalars(select(Message).where(Message.sort == Sort.FILE)).all()
    assert len(files) == 1
    assert len(list(bot.ctx.files.glob("*.xlsx"))) == 1


def test_progress_is_told_after_many_rows_and_seconds_only(bot: Bot) -> None:
    bot.be(EDUCATION).command("/ptf export")
    bot.deliver()
    with bot.ctx.sessions.begin() as session:
        job = storage.jobs.claim(session, "export", bot.ctx.now(), leases.LEASE)
        assert job is not None
        claim = leases.Claim(job.id, job.attempts, job.person_id)
        actor = leases.whose(session, bot.ctx, claim)
    seconds = iter([0.0, 1.0, 11.0, 12.0, 30.0])
    progress = leases.Progress(bot.ctx, export.PRODUCT.progress, claim, actor, lambda: next(seconds))
    told = []
    for rows in (1_000, 20_000, 39_000, 41_000):
        progress(rows)
        bot.deliver()
        told.append(bot.told(EDUCATION)[-1].text.replace("\u202f", " "))
    assert "lignes" not in told[0]
    assert "20 000 lignes" in told[1]
    assert told[2] == told[1]
    assert "41 000 lignes" in told[3]
