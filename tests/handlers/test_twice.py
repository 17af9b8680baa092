"""The same delivery twice, whatever it is: one record, one change, one message; and the second says nothing else."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest
from sqlalchemy import func, select, true

from bot.rehearsal.person import Person
from storage.decisions import Decision
from storage.history import Change, Origin
from storage.jobs import Job
from storage.outbox import Message
from storage.updates import Update
from tests.conversation import EDUCATION, POOL, Bot, answer
from tests.handlers.test_trouble import WORDS, said

Counted = dict[str, int]


def counted(bot: Bot) -> Counted:
    """How many rows of each sort there are; that the bot asked Slack who somebody is counts for nothing."""
    with bot.ctx.readings.begin() as session:
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table).where(condition)) or 0
            for table, condition in {
                Update: true(),
                Decision: true(),
                Change: Change.origin != Origin.SLACK,
                Message: true(),
                Job: true(),
            }.items()
        }


def grown(bot: Bot, before: Counted) -> Counted:
    """What was added since, and delivered without a complaint of Slack's."""
    after = counted(bot)
    bot.deliver()
    assert bot.standin.workspace.refusals == []
    return {name: number - before[name] for name, number in after.items() if number != before[name]}


def receipts(bot: Bot) -> list[str]:
    """The bodies that came back to the second of each pair of deliveries."""
    assert all(each.receipt.status == 200 for each in bot.standin.delivery.log)
    return [each.receipt.body for each in bot.standin.delivery.log[1::2]]


@pytest.mark.parametrize(
    ("typed", "added"),
    [
        (f"/ptf update EDU {WORDS}", {"updates": 1, "history": 1, "outbox": 1}),
        (f"/ptf decision GEC {WORDS}", {"decisions": 1, "history": 1, "outbox": 1}),
    ],
)
def test_a_command_delivered_twice_is_recorded_once_and_answered_once(bot: Bot, typed: str, added: Counted) -> None:
    before = counted(bot)
    bot.standin.twice = True
    bot.be(POOL).command(typed)
    assert receipts(bot) == [""]
    assert grown(bot, before) == added


def test_an_export_asked_for_twice_by_one_delivery_is_prepared_once(bot: Bot) -> None:
    before = counted(bot)
    bot.standin.twice = True
    bot.be(POOL).command("/ptf export")
    assert grown(bot, before) == {"jobs": 1, "outbox": 1}


def test_an_update_form_delivered_twice_is_kept_once_and_closes_both_times(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf update")
    before, bot.standin.twice = counted(bot), True
    bot.standin.delivery.log.clear()
    assert lead.submit(status="on_track", progress=WORDS, difficulties="").ok
    assert receipts(bot) == [""]
    assert grown(bot, before) == {"updates": 1, "history": 1, "outbox": 1}


def test_a_decision_form_delivered_twice_draws_one_number(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.command("/ptf decision GEC")
    before, bot.standin.twice = counted(bot), True
    bot.standin.delivery.log.clear()
    assert pool.submit(text=WORDS).ok
    assert receipts(bot) == [""]
    assert grown(bot, before) == {"decisions": 1, "history": 1, "outbox": 1}


def status(bot: Bot, lead: Person) -> None:
    """Say how the work stands."""
    lead.click(lead.ephemerals[-1], "update_status_on_track")


def withdraw(bot: Bot, lead: Person) -> None:
    """Take it back."""
    lead.click(bot.told(EDUCATION)[-1], "update_withdraw")


def edit(bot: Bot, lead: Person) -> None:
    """Say it better."""
    bot.standin.twice = False
    lead.click(bot.told(EDUCATION)[-1], "update_edit")
    bot.standin.twice = True
    assert lead.submit(status="on_track", difficulties="", progress=f"{WORDS} Tous.").ok


@pytest.mark.parametrize("change", [status, withdraw, edit])
def test_a_change_delivered_twice_is_one_change(bot: Bot, change: Callable[[Bot, Person], None]) -> None:
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {WORDS}")
    bot.deliver()
    before, told = counted(bot), len(lead.ephemerals)
    bot.standin.twice = True
    change(bot, lead)
    assert grown(bot, before) == {"history": 1, "outbox": 1}
    assert len(lead.ephemerals) == told, "no refusal beside it"


def test_done_delivered_twice_is_one_change(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.command(f"/ptf decision GEC {WORDS}")
    bot.deliver()
    before, told = counted(bot), len(pool.ephemerals)
    bot.standin.twice = True
    pool.click(bot.told(POOL)[-1], "decision_done")
    assert grown(bot, before) == {"history": 1, "outbox": 1}
    assert len(pool.ephemerals) == told


def test_post_now_delivered_twice_posts_once_and_does_not_say_that_it_was_posted_before(bot: Bot) -> None:
    pool = bot.be(POOL)
    reply = pool.command("/ptf digest")
    bot.standin.twice = True
    pool.click(reply.message, "digest_post")
    assert "déjà" not in "".join(message.plain for message in pool.ephemerals[1:])
    with bot.ctx.readings.begin() as session:
        keys = session.scalars(select(Message.key).where(Message.key.startswith("digest:"))).all()
    assert len(set(keys)) == len(keys)


def test_an_event_delivered_twice_leaves_one_home_tab(bot: Bot) -> None:
    before = counted(bot)
    bot.standin.twice = True
    assert bot.be(EDUCATION).home() is not None
    assert grown(bot, before) == {}


def test_a_form_that_a_person_sends_again_with_other_words_is_not_swallowed(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command("/ptf update")
    form = lead.view
    assert form is not None
    assert lead.submit(status="on_track", progress=WORDS, difficulties="").ok
    before = counted(bot)
    bot.standin.workspace.stacks[EDUCATION].append(form)  # the first answer never reached Slack: the form still stands
    assert lead.submit().ok, "the very same again: it closes"
    assert lead.views == []
    bot.standin.workspace.stacks[EDUCATION].append(form)
    lead.submit(progress="Autre chose.")
    assert lead.view is not None
    assert "déjà été enregistré" in lead.view.plain
    lead.close()
    assert lead.view is form, "with what was typed"
    assert "Autre chose." in str(form.values)
    assert grown(bot, before) == {}
    assert "Autre chose." not in said(bot)


def test_an_edit_sent_again_with_other_words_meets_the_first_one(bot: Bot) -> None:
    lead = bot.be(EDUCATION)
    lead.command(f"/ptf update EDU {WORDS}")
    bot.deliver()
    lead.click(bot.told(EDUCATION)[-1], "update_edit")
    form = deepcopy(lead.view)
    assert form is not None
    assert lead.submit(status="on_track", difficulties="", progress="Une fois.").ok
    bot.standin.workspace.stacks[EDUCATION].append(form)
    lead.submit(status="on_track", difficulties="", progress="Deux fois.")
    assert lead.view is not None
    assert "rien n’a été écrasé" in lead.view.plain
    assert "Deux fois." not in said(bot)


def test_a_choice_of_another_group_does_not_make_the_form_count_as_sent(bot: Bot) -> None:
    pool = bot.be(POOL)
    pool.command("/ptf update EDU")
    assert pool.view is not None
    menu = next(block for block in pool.view.blocks if block["block_id"].startswith("group"))
    other = menu["element"]["options"][0]["value"]
    pool.choose(pool.view, "group", other)
    assert answer(pool, status="on_track", progress=WORDS, difficulties="").ok
    assert WORDS in said(bot)
