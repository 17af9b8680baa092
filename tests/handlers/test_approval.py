"""The digest's approval: shown before its hour, introduced, cut, postponed, posted; and what becomes of it alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

import storage.configuration
import storage.drafts
import storage.people
from bot import timetable
from bot.rehearsal.model import Message
from storage.configuration import Fallback
from storage.drafts import Draft, State
from storage.history import Change
from storage.mandates import Mandate, Office
from storage.visibility import Audience
from tests.conversation import EDUCATION, HEALTH, MEMBER, POOL, POOL_ASSISTANT, Bot
from tests.handlers.noting import note
from tests.handlers.publishing import FRIDAY, WEEK, composed, posted, silent, thread
from tests.handlers.speaking import speaking

DRAFT = FRIDAY - timedelta(hours=3)
JOBS = tuple(job for job in timetable.JOBS if job.name in ("digest", "postponed", "draft", "draft_nudge"))


@pytest.fixture(autouse=True)
def watching(bot: Bot) -> None:
    """The timetable knows its times from Wednesday on."""
    timetable.tick(bot.ctx, JOBS)


def at(bot: Bot, *instants: object) -> None:
    """Let each of these instants come, and what is due then happen."""
    for instant in instants:
        bot.at(instant)  # type: ignore[arg-type]
        timetable.tick(bot.ctx, JOBS)
        bot.deliver()


def settings(bot: Bot, **values: object) -> None:
    """What a coordinator sets."""
    with bot.ctx.sessions.begin() as session:
        for name, value in values.items():
            setattr(storage.configuration.current(session), name, value)


def kept(bot: Bot, week: str = WEEK.key) -> Draft:
    """The digest of that week as it is kept."""
    with bot.ctx.readings.begin() as session:
        draft = storage.drafts.of_week(session, week)
    assert draft is not None
    return draft


def second_coordinator(bot: Bot) -> None:
    """The assistant is coordinator too."""
    with bot.ctx.sessions.begin() as session:
        person = storage.people.by_slack_id(session, bot.ctx.team_id, POOL_ASSISTANT)
        assert person is not None
        session.add(
            Mandate(office=Office.POOL_COORDINATOR, institution_id=None, holder_id=person.id, starts=date(2027, 1, 1))
        )


def draft_of(bot: Bot, who: str = POOL) -> Message:
    """The newest message about a draft before that person."""
    return next(message for message in reversed(bot.told(who)) if "digest_post" in str(message.blocks))


def test_it_is_shown_introduced_cut_and_posted_once(bot: Bot) -> None:
    second_coordinator(bot)
    decision = note(bot, text="Une décision à taire.")
    at(bot, DRAFT)
    pool, card = bot.be(POOL), draft_of(bot)
    assert "Synthèse, semaine 9 de 2027 (du 1er mars au 7 mars)\u00a0: projet" in card.plain
    assert "Elle part le vendredi 5 mars 2027 à 16:00 (Bamako), sauf si l’un de vous en décide autrement." in card.plain
    assert "Mises à jour reçues\u00a0: 4 sur 11." in card.plain
    pool.click(card, "digest_introduce")
    assert pool.submit(introduction_fr="Bonne lecture <à> tous & *chacune*.").ok
    pool.click(card, "digest_leave_out")
    assert pool.submit(records=[f"decisions:{decision.id}"]).ok
    bot.deliver()
    assert "Bonne lecture <à> tous & *chacune*." in card.plain
    assert f"Écarté de cette synthèse\u00a0: {decision.code}." in card.plain
    pool.click(card, "digest_preview", value=f"CENGLISH01:{WEEK.key}")
    assert pool.last is not None
    assert "A word from the Pool Technique\nBonne lecture <à> tous & *chacune*." in pool.last.plain
    other = bot.be(POOL_ASSISTANT)
    assert other.click(draft_of(bot, POOL_ASSISTANT), "digest_post").confirm is not None
    bot.deliver()
    for channel, title in (("ptf-general", "Le mot du Pool Technique"), ("ptf-digest-en", "A word from")):
        (told,) = posted(bot, channel)
        assert title in told
        assert "Bonne lecture <à> tous & *chacune*." in told
        assert "Une décision à taire." not in "\n".join([told, *thread(bot, channel)])
    assert "Pool Technique – Assistance l’a publiée." in card.plain
    assert "digest_post" not in str(card.blocks)
    at(bot, FRIDAY - timedelta(minutes=30), FRIDAY, FRIDAY + timedelta(minutes=1))
    assert len(posted(bot)) == 1
    assert decision.code in pool.command("/ptf decisions à taire").text
    written = composed(bot, Audience(partner=True), "en")
    assert "Bonne lecture <à> tous & *chacune*." in written
    assert "Une décision à taire." not in written, "what the command line shows is what the channel got"
    with bot.ctx.readings.begin() as session:
        told_of = [change.after for change in session.scalars(select(Change).where(Change.kind == "drafts"))]
    history = pool.command("/ptf historique").text
    assert f"Écarté : – → {decision.code}" in history
    assert "Introduction en français : – → Bonne lecture" in history
    assert [set(after) & {"introduction_fr", "left_out", "state"} for after in told_of[1:]] == [
        {"introduction_fr"},
        {"left_out"},
        {"state"},
    ]
    silent(bot)


def test_what_was_left_out_is_put_back_and_each_channel_reads_its_language(bot: Bot) -> None:
    at(bot, DRAFT)
    pool = speaking(bot, POOL, "en")
    command = pool.command("/ptf digest").message
    pool.click(command, "Leave out…")
    assert pool.view is not None
    assert pool.submit(records=[pool.view.blocks[0]["element"]["options"][0]["value"]]).ok
    bot.deliver()
    assert "Left out of this digest" in pool.ephemerals[-1].plain, "what stood under the command shows it"
    pool.click(draft_of(bot), "digest_leave_out")
    assert pool.submit(records=[]).ok
    pool.click(draft_of(bot), "digest_introduce")
    assert pool.submit(introduction_fr="Bonjour.", introduction_en="Good day.").ok
    assert kept(bot).left_out == []
    at(bot, FRIDAY)
    assert "Bonjour." in posted(bot)[0]
    assert "Good day." not in posted(bot)[0]
    assert "Good day." in posted(bot, "ptf-digest-en")[0]
    silent(bot)


def test_unanswered_it_is_asked_once_more_and_goes_out_at_its_hour(bot: Bot) -> None:
    at(bot, DRAFT, DRAFT + timedelta(minutes=1), FRIDAY - timedelta(minutes=30), FRIDAY - timedelta(minutes=29))
    asked = [message for message in bot.told(POOL) if "digest_post" in str(message.blocks)]
    assert len(asked) == 2
    assert "Personne n’a encore décidé de la synthèse" in asked[1].plain
    assert posted(bot) == []
    at(bot, FRIDAY, FRIDAY + timedelta(minutes=1))
    assert len(posted(bot)) == 1
    assert all("personne n’en ayant décidé autrement" in message.plain for message in asked)
    assert kept(bot).state == State.POSTED
    silent(bot)


def test_held_back_it_says_so_and_waits_for_a_hand(bot: Bot) -> None:
    settings(bot, approval_fallback=Fallback.HOLD)
    at(bot, DRAFT)
    assert "je la retiens et vous le dis" in draft_of(bot).plain
    at(bot, FRIDAY, FRIDAY + timedelta(minutes=1))
    assert posted(bot) == []
    held = bot.told(POOL)[-1]
    assert "Je retiens la synthèse" in held.plain
    bot.at(FRIDAY + timedelta(hours=2))
    bot.be(POOL).command("/ptf decision GEC La décision du vendredi soir.")
    told = bot.be(EDUCATION).command("/ptf update EDU Le texte du vendredi soir.").text
    assert "sa synthèse n’est pas encore partie et le dira" in told
    assert "n’est pas encore publiée" in str(bot.be(EDUCATION).command("/ptf digest").blocks)
    bot.at(FRIDAY + timedelta(days=4))
    bot.be(POOL).click(held, "digest_post")
    bot.deliver()
    assert "La décision du vendredi soir." in posted(bot)[0]
    assert "Synthèse, semaine 9" in posted(bot)[0]
    assert any("Le texte du vendredi soir." in words for words in thread(bot))
    settings(bot, approval_fallback=Fallback.POST)
    at(bot, FRIDAY + timedelta(days=7))
    assert "La décision du vendredi soir." not in posted(bot)[1]
    silent(bot)


def test_one_never_posted_is_told_by_the_next_and_says_so(bot: Bot) -> None:
    settings(bot, approval_fallback=Fallback.HOLD)
    at(bot, DRAFT, FRIDAY)
    held = bot.told(POOL)[-1]
    settings(bot, approval_fallback=Fallback.POST)
    at(bot, FRIDAY + timedelta(days=7))
    assert "une suivante dit ce qu’elle aurait dit" in held.plain
    (told,) = posted(bot)
    assert "Synthèse, semaine 10" in told
    assert any("Draft sector tables" in words for words in thread(bot))
    held.blocks = [{"type": "actions", "block_id": "x", "elements": [button(WEEK.key)]}]  # an old copy of the message
    bot.be(POOL).click(held, "digest_post")
    assert "rien n’a été changé" in bot.be(POOL).ephemerals[-1].plain


def button(value: str) -> dict[str, object]:
    """*Post now* as it stood before."""
    text = {"type": "plain_text", "text": "Post now", "emoji": False}
    return {"type": "button", "action_id": "digest_post", "value": value, "text": text}


@pytest.mark.parametrize(
    ("language", "until", "at_field", "told"),
    [
        ("fr", "lundi 10h", "C’est déjà passé", "l’a reportée\u00a0: elle part le lundi 8 mars 2027 à 10:00 (Bamako)"),
        ("en", "Monday at 10", "is over already", "postponed it: it goes out on Monday 8 March 2027 at 10:00 (Bamako)"),
    ],
)
def test_postponed_it_goes_out_at_the_hour_somebody_wrote(
    bot: Bot, language: str, until: str, at_field: str, told: str
) -> None:
    settings(bot, approval_fallback=Fallback.HOLD)
    pool = speaking(bot, POOL, language)
    at(bot, DRAFT)
    card = draft_of(bot)
    pool.click(card, "digest_postpone")
    assert "until" in pool.submit(until="mars").errors
    assert at_field in pool.submit(until="9:00").errors["until"]
    assert "12" in pool.submit(until="12 mars à 16h").errors["until"], "the next one is due then"
    assert pool.submit(until=until).ok
    bot.deliver()
    assert told in card.plain
    monday = FRIDAY + timedelta(days=2, hours=18)
    at(bot, FRIDAY - timedelta(minutes=30), FRIDAY, monday - timedelta(minutes=1))
    assert posted(bot) == []
    assert [message for message in bot.told(POOL) if "digest_post" in str(message.blocks)] == [card]
    at(bot, monday, monday + timedelta(minutes=1))
    assert len(posted(bot)) == 1
    assert "Elle part en retard" not in posted(bot)[0]
    silent(bot)


@pytest.mark.parametrize("fallback", list(Fallback))
def test_an_approval_that_could_not_be_asked_for_is_not_waited_for(bot: Bot, fallback: Fallback) -> None:
    settings(bot, approval_fallback=fallback)
    at(bot, FRIDAY + timedelta(hours=20))
    told = bot.told(POOL)[-1]
    assert "je n’ai pas pu vous la montrer avant" in told.plain
    if fallback == Fallback.HOLD:
        assert posted(bot) == []
        bot.be(POOL).click(told, "digest_post")
        bot.deliver()
    else:
        assert "Elle part en retard" in posted(bot)[0]
    assert len(posted(bot)) == 1
    assert sum("semaine 9" in message.plain for message in bot.told(POOL)) == 1
    silent(bot)


def test_back_before_its_hour_it_is_still_shown_but_not_nudged_at_once(bot: Bot) -> None:
    at(bot, FRIDAY - timedelta(minutes=20), FRIDAY - timedelta(minutes=19))
    assert [message for message in bot.told(POOL) if "digest_post" in str(message.blocks)] == [draft_of(bot)]
    at(bot, FRIDAY)
    assert len(posted(bot)) == 1


def test_two_who_decide_at_once_notice_each_other(bot: Bot) -> None:
    second_coordinator(bot)
    at(bot, DRAFT)
    pool, other = bot.be(POOL), speaking(bot, POOL_ASSISTANT, "en")
    pool.click(draft_of(bot), "digest_introduce")
    other.click(draft_of(bot, POOL_ASSISTANT), "digest_introduce")
    assert pool.submit(introduction_fr="La première.").ok
    other.submit(introduction_en="The second.")
    assert other.view is not None
    assert "nothing was overwritten" in other.view.plain
    other.close(everything=True)
    card = draft_of(bot, POOL_ASSISTANT)
    pool.click(draft_of(bot), "digest_post")
    other.click(card, "digest_post")
    assert "posted already: nothing was sent again" in other.ephemerals[-1].plain
    bot.deliver()
    assert len(posted(bot)) == 1
    assert "The second." not in posted(bot)[0]


def test_only_the_pool_decides_and_what_was_never_offered_is_refused(bot: Bot) -> None:
    at(bot, DRAFT)
    card = draft_of(bot)
    for who, action, week in ((MEMBER, "digest_introduce", WEEK.key), (POOL, "digest_post", "2026-W09")):
        bot.be(who).act(card, card.blocks[-1]["block_id"], {"type": "button", "action_id": action, "value": week})
        assert bot.be(who).view is None
    assert posted(bot) == []
    assert kept(bot).state == State.OPEN


def test_without_approval_nobody_is_asked(bot: Bot) -> None:
    settings(bot, approval=False, approval_fallback=Fallback.HOLD)
    at(bot, DRAFT, FRIDAY)
    assert len(posted(bot)) == 1
    assert bot.told(POOL) == []


def test_the_home_tab_of_the_pool_names_the_digest_that_waits_and_posts_it(bot: Bot) -> None:
    at(bot, DRAFT)
    pool = speaking(bot, POOL, "en")
    home = pool.home()
    assert "The digest of week 9 of 2027 (1 Mar to 7 Mar) waits for you" in getattr(home, "plain", "")
    assert "waits for you" not in str(bot.be(HEALTH).home())
    pool.click(home, "digest_post")
    bot.deliver()
    assert len(posted(bot)) == 1
    assert "waits for you" not in getattr(pool.home(), "plain", "")
    silent(bot)
