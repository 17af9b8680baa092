"""The weekly digest: what it tells to whom, in the channel and its thread, once, also when it is late."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from handlers import digest, readers
from handlers.reports import neutral, text
from handlers.reports.report import Mark, Tone
from storage.actions import Action
from storage.configuration import Channel
from storage.decisions import Decision, Owed
from storage.decisions import Status as DecisionStatus
from storage.groups import Group
from storage.updates import Update
from storage.visibility import NOBODY, Level, of_channel, sees
from tests.conversation import EDUCATION, POOL, Bot
from tests.handlers.noting import note
from tests.handlers.publishing import FRIDAY, WEEK, composed, posted, publish, silent, thread


def test_the_digest_stands_in_every_channel_in_its_language_with_the_words_in_its_thread(bot: Bot) -> None:
    publish(bot)
    (french,), (english,) = posted(bot), posted(bot, "ptf-digest-en")
    assert "Synthèse, semaine 9 de 2027" in french
    assert "Mises à jour reçues\u00a0: 4 sur 11." in french
    assert "Digest of week 9 of 2027" in english
    assert any("Mopti" in words or "Sikasso" in words or "meningitis" in words.lower() for words in thread(bot))
    silent(bot)


def test_no_message_is_longer_than_10_000_characters_and_all_that_was_said_is_there(bot: Bot) -> None:
    publish(bot)
    with bot.ctx.readings.begin() as session:
        audience = of_channel(Level.ALL)
        said = session.scalars(select(Update).where(Update.period == WEEK.key, Update.withdrawn_at.is_(None))).all()
        visible = [update for update in said if sees(update, audience)]
    assert visible
    words = "\n".join(thread(bot))
    for update in visible:
        assert update.progress in words
    assert all(len(message) < 10_000 for message in [*posted(bot), *thread(bot)])


def test_it_is_posted_once_however_often_the_clock_asks(bot: Bot) -> None:
    publish(bot)
    publish(bot)
    assert len(posted(bot)) == 1


def test_stopped_over_friday_it_is_sent_once_late_and_says_so(bot: Bot) -> None:
    publish(bot, now=FRIDAY + timedelta(days=3))
    (told,) = posted(bot)
    assert "Elle part en retard" in told
    assert "vendredi 5 mars 2027 à 16:00" in told


def test_what_was_said_while_it_was_late_is_told_once(bot: Bot) -> None:
    bot.at(FRIDAY + timedelta(days=2))
    bot.be(POOL).command("/ptf decision GEC Une décision du dimanche.")
    publish(bot, now=FRIDAY + timedelta(days=3))
    publish(bot, FRIDAY + timedelta(days=7))
    assert sum("Une décision du dimanche." in told for told in posted(bot)) == 1


def test_an_update_after_its_digest_goes_into_its_thread_and_is_only_named_in_the_next(bot: Bot) -> None:
    publish(bot)
    bot.at(FRIDAY + timedelta(hours=3))
    bot.be(EDUCATION).command("/ptf update EDU Le texte du retardataire.")
    bot.deliver()
    assert "Le texte du retardataire." in thread(bot)[-1]
    assert "en retard" in thread(bot)[-1]
    bot.at(FRIDAY + timedelta(hours=4))
    bot.be(EDUCATION).click(bot.told(EDUCATION)[-1], "update_edit")
    assert bot.be(EDUCATION).submit(status="on_track", progress="Le texte corrigé.").ok
    bot.deliver()
    assert "Le texte corrigé." in thread(bot)[-1]
    publish(bot, FRIDAY + timedelta(days=7))
    assert "dans le fil de sa propre synthèse" in posted(bot)[-1]
    assert "Le texte corrigé." not in "\n".join([posted(bot)[-1], *thread(bot)])
    silent(bot)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("level", list(Level))
def test_a_channel_gets_only_what_its_level_may_see(bot: Bot, level: Level, language: str) -> None:
    with bot.ctx.sessions.begin() as session:
        one = session.scalars(select(Update).where(Update.period == WEEK.key)).first()
        assert one is not None
        one.visibility = Level.GROUP
        group_id = one.group_id
    audience = of_channel(level, group_id)
    told = " ".join(composed(bot, audience, language).split())
    with bot.ctx.readings.begin() as session:
        updates = session.scalars(select(Update).where(Update.period == WEEK.key)).all()
        decisions = session.scalars(select(Decision)).all()
    for update in updates:
        assert (" ".join(update.progress.split()) in told) == sees(update, audience), update.progress
    for decision in decisions:
        if not sees(decision, audience):
            assert decision.code not in told


def test_an_update_for_other_readers_is_counted_as_received_without_its_status(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        kept = session.scalars(select(Update).join(Group).where(Update.period == WEEK.key, Group.code == "SAN")).one()
        kept.visibility = Level.TROIKA
    with bot.ctx.readings.begin() as session:
        report = digest.compose(session, bot.ctx, WEEK, readers.of_document(bot.ctx, "en", of_channel(Level.ALL)))
    assert report.lead == "Updates received: 4 of 11."
    assert report.glance[0].table is not None
    (row,) = [row for row in report.glance[0].table.rows if "(SAN)" in str(row[0])]
    assert row[1:] == [Mark("received, for other readers", Tone.QUIET), "", ""]


def test_the_code_of_a_decision_that_is_not_for_the_reader_is_not_told_by_the_one_it_replaces(bot: Bot) -> None:
    old = note(bot, visibility=Level.GOVERNMENT, status=DecisionStatus.REPLACED)
    new = note(bot, visibility=Level.TROIKA, replaces_id=old.id)
    told = composed(bot, of_channel(Level.GOVERNMENT))
    assert old.code in told
    assert new.code not in told
    assert f"remplacée par {new.code}" in composed(bot, of_channel(Level.TROIKA))


def test_a_status_that_is_not_of_this_week_says_of_which_period(bot: Bot) -> None:
    with bot.ctx.readings.begin() as session:
        report = digest.compose(session, bot.ctx, WEEK, readers.of_document(bot.ctx, "fr", of_channel(Level.ALL)))
    assert report.glance[0].table is not None
    periods_told = {str(row[0])[-4:-1]: row[2] for row in report.glance[0].table.rows}
    assert (periods_told["SAN"], periods_told["TRA"]) == ("cette semaine", "février 2027")


@pytest.mark.parametrize(
    ("level", "told"),
    [
        (Level.TROIKA, "Pour la troïka et le Pool Technique"),
        (Level.GROUP, "avec ce qui est réservé à vos groupes"),
        (Level.ALL, "Pour tous les PTF."),
        (Level.GOVERNMENT, "Ouverte au Gouvernement."),
    ],
)
def test_the_digest_says_for_whom_it_is_and_of_which_hours(bot: Bot, level: Level, told: str) -> None:
    bot.at(FRIDAY)
    words = " ".join(composed(bot, of_channel(level, 1)).split())
    assert told in words
    assert "entre le vendredi 26 février 2027 à 16:00 (Bamako) et le vendredi 5 mars 2027 à 16:00 (Bamako)" in words


def test_who_is_not_a_partner_hears_no_count_and_of_nobody_who_is_awaited(bot: Bot) -> None:
    told = composed(bot, of_channel(Level.GOVERNMENT))
    assert "Mises à jour reçues" not in told
    assert "Attendues" not in told
    assert "pour d’autres lecteurs" not in told


def test_a_reader_of_whom_nothing_is_known_gets_an_empty_digest(bot: Bot) -> None:
    told = composed(bot, NOBODY)
    assert "Rien à signaler" in told


@pytest.mark.parametrize(
    ("language", "line"), [("fr", "Rien à signaler cette semaine"), ("en", "Nothing to report this")]
)
def test_an_empty_week_says_so_in_one_line(bot: Bot, language: str, line: str) -> None:
    with bot.ctx.sessions.begin() as session:
        for table in (Action, Owed, Decision, Update):
            session.execute(delete(table))
    reader = readers.of_document(bot.ctx, language, of_channel(Level.GOVERNMENT))
    with bot.ctx.readings.begin() as session:
        report = digest.compose(session, bot.ctx, WEEK, reader)
    assert report.lead.startswith(line)
    assert report.glance == []
    assert report.details == []


def test_the_same_report_feeds_every_shape(bot: Bot) -> None:
    reader = readers.of_document(bot.ctx, "fr", of_channel(Level.ALL))
    with bot.ctx.readings.begin() as session:
        report = digest.compose(session, bot.ctx, WEEK, reader)
    plain = neutral.as_json(report)
    assert plain["title"] in text.render(report, reader.speaker)
    assert sum(section.table is not None for section in report.glance) == 1


def test_a_channel_added_later_gets_the_next_digest(bot: Bot) -> None:
    publish(bot)
    with bot.ctx.sessions.begin() as session:
        session.add(Channel(id="CGTSANTE01", name="gt-sante", language="en", level=Level.ALL))
    publish(bot, FRIDAY + timedelta(days=7))
    assert len(posted(bot, "gt-sante")) == 1
    assert len(posted(bot)) == 2


def test_the_thread_keeps_the_order_of_the_groups(bot: Bot) -> None:
    publish(bot)
    words = "\n".join(thread(bot))
    names = ["Décentralisation", "Énergie", "Genre", "Santé", "Transport"]
    places = [words.index(f"{name} ") if f"{name} " in words else words.index(name) for name in names]
    assert places == sorted(places)


def test_a_digest_of_many_pages_keeps_their_order_in_the_thread(bot: Bot) -> None:
    with bot.ctx.sessions.begin() as session:
        for update in session.scalars(select(Update).where(Update.period == WEEK.key)):
            update.progress = " ".join(f"{update.group_id}.{number:04}." for number in range(700))
    publish(bot)
    found = re.findall(r"\b\d+\.\d{4}\b", "\n".join(thread(bot)))
    runs = [
        [number for number in found if number.startswith(f"{group}.")] for group in {n.split(".")[0] for n in found}
    ]
    assert len(thread(bot)) > 4
    assert all(run == sorted(run) and len(run) == 700 for run in runs)
    assert all(len(message) < 10_000 for message in [*posted(bot), *thread(bot)])
    silent(bot)
