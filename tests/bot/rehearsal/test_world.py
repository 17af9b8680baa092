"""The demo world holds together: every code and id exists, the calendar is in order, both languages are spoken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from bot.rehearsal.world import WORLD
from bot.rehearsal.world.shapes import (
    AT_RISK,
    DONE,
    FOLLOW_UPS,
    KINDS,
    NOT_DONE,
    NOTHING,
    OFF_TRACK,
    REPLACED,
    STATUSES,
    VISIBILITIES,
    Decision,
    Mandate,
    instant,
)
from storage import periods
from storage.periods import Rhythm

INSTITUTIONS = {institution.code: institution for institution in WORLD.institutions}
GROUPS = {group.code: group for group in WORLD.groups}
PEOPLE = {person.slack_id: person for person in WORLD.people}
CHANNELS = {channel.slack_id: channel for channel in WORLD.channels}
DECISIONS = {decision.number: decision for decision in WORLD.decisions}
TODAY = WORLD.today.date()
THIS_WEEK = periods.reporting(Rhythm.WEEKLY, TODAY).key


def texts(language: str) -> Iterator[str]:
    """Everything the world says in that language."""
    for update in WORLD.updates:
        if update.language == language:
            yield from (update.progress, update.difficulties, update.next_steps, update.support)
    for group in WORLD.groups:
        yield group.name_fr if language == "fr" else group.name_en
    for person in WORLD.people:
        yield person.title_fr if language == "fr" else person.title_en


def holding(office: str, day: date) -> list[Mandate]:
    """The mandates of that office in force on that day."""
    return [
        mandate
        for mandate in WORLD.mandates
        if mandate.office == office and mandate.starts <= day and (mandate.ends is None or day <= mandate.ends)
    ]


def test_today_is_a_wednesday_morning_in_bamako() -> None:
    assert WORLD.today.isoformat() == "2027-03-03T09:00:00+00:00"
    assert TODAY.isoweekday() == 3
    assert THIS_WEEK == "2027-W09"


def test_every_code_and_id_is_given_once() -> None:
    for codes in (
        [institution.code for institution in WORLD.institutions],
        [group.code for group in WORLD.groups],
        [person.slack_id for person in WORLD.people],
        [person.name for person in WORLD.people],
        [channel.slack_id for channel in WORLD.channels],
        [channel.name for channel in WORLD.channels],
        [decision.number for decision in WORLD.decisions],
        [message.key for message in WORLD.talk],
        [(update.group, update.period) for update in WORLD.updates],
    ):
        assert not [code for code, count in Counter(codes).items() if count > 1]


def test_codes_and_slack_ids_have_their_shape() -> None:
    assert all(re.fullmatch(r"[A-Z][A-Z-]*", code) for code in [*INSTITUTIONS, *GROUPS])
    assert all(re.fullmatch(r"U[A-Z0-9]{8,10}", slack_id) for slack_id in PEOPLE)
    assert all(re.fullmatch(r"C[A-Z0-9]{8,10}", slack_id) for slack_id in CHANNELS)
    assert all(re.fullmatch(r"[a-z0-9-]+", channel.name) for channel in WORLD.channels)


def test_people_are_named_by_institution_and_function_only() -> None:
    for person in WORLD.people:
        place, _, role = person.name.partition(" – ")
        institution = INSTITUTIONS[person.institution]
        known = (institution.name_fr, institution.name_en, institution.code, "Pool Technique")
        assert any(name.startswith(place) for name in known), person.name
        assert role, person.name


def test_the_page_offers_one_of_each_kind_of_reader() -> None:
    offered = [person for person in WORLD.people if person.can_be]
    assert {person.kind for person in offered} == {"member", "guest", "external"}
    assert {person.language for person in offered} == {"fr", "en"}
    leads = [mandate.holder for mandate in holding("coordinator", TODAY)]
    assert {PEOPLE[lead].language for lead in leads if PEOPLE[lead].can_be} == {"fr", "en"}
    stand_ins = {mandate.alternate for mandate in holding("coordinator", TODAY)}
    assert any(person.slack_id in stand_ins for person in offered)


def test_the_external_person_alone_comes_from_another_workspace() -> None:
    home = PEOPLE["UPOOLCOO01"].team
    assert [person.kind for person in WORLD.people if person.team != home] == ["external"]


def test_parents_come_before_what_stands_below_them() -> None:
    seen: set[str] = set()
    for group in WORLD.groups:
        assert group.parent is None or group.parent in seen
        assert (group.rhythm is None) == (group.kind == "body")
        assert bool(group.periodicity_fr and group.periodicity_en) == (group.kind == "body")
        seen.add(group.code)


def test_there_are_twelve_groups_three_of_them_transversal() -> None:
    groups = [group for group in WORLD.groups if group.kind == "group"]
    assert len(groups) == 12
    assert sum(group.transversal for group in groups) == 3
    assert {group.rhythm for group in WORLD.groups if group.rhythm} == {rhythm.value for rhythm in Rhythm}


def test_one_group_sleeps_one_has_no_coordinator_and_one_is_ad_hoc() -> None:
    coordinated = {mandate.group for mandate in holding("coordinator", TODAY)}
    active = [group for group in WORLD.groups if group.rhythm and group.state == "active"]
    assert [group.code for group in active if group.code not in coordinated] == ["URB"]
    assert [group.code for group in WORLD.groups if group.state == "dormant"] == ["PAST"]
    assert [group.code for group in WORLD.groups if group.kind == "ad_hoc"] == ["SCAP"]


def test_every_mandate_names_what_exists_and_ends_after_it_starts() -> None:
    for mandate in WORLD.mandates:
        assert mandate.institution in INSTITUTIONS
        assert mandate.group is None or GROUPS[mandate.group].kind != "body"
        assert mandate.ends is None or mandate.starts <= mandate.ends
        assert mandate.holder in PEOPLE
        assert mandate.alternate is None or (mandate.alternate in PEOPLE and mandate.alternate != mandate.holder)


def test_the_lead_changes_hands_on_the_first_of_january() -> None:
    last, first = date(2026, 12, 31), date(2027, 1, 1)
    assert [mandate.institution for mandate in holding("incoming", last)] == [
        mandate.institution for mandate in holding("lead", first)
    ]
    assert [mandate.institution for mandate in holding("lead", last)] == [
        mandate.institution for mandate in holding("outgoing", first)
    ]


@pytest.mark.parametrize("day", [date(2026, 6, 1), TODAY])
def test_the_troika_is_two_bilaterals_and_one_multilateral(day: date) -> None:
    members = [mandate for office in ("incoming", "lead", "outgoing") for mandate in holding(office, day)]
    kinds = Counter(INSTITUTIONS[mandate.institution].kind for mandate in members)
    assert kinds == {"bilateral": 2, "multilateral": 1}


def test_the_gec_meets_once_a_month() -> None:
    months = [f"{meeting.day:%Y-%m}" for meeting in WORLD.meetings if meeting.body == "GEC"]
    assert months == [*(f"2026-{month:02}" for month in range(3, 13)), "2027-01", "2027-02"]


def test_every_meeting_is_of_a_body_chaired_by_the_lead_of_that_day() -> None:
    for meeting in WORLD.meetings:
        assert GROUPS[meeting.body].kind == "body"
        assert [mandate.institution for mandate in holding("lead", meeting.day)] == [meeting.chair]
        assert meeting.day <= TODAY
        assert meeting.day.isoweekday() <= 5


def test_every_decision_was_taken_at_a_meeting_and_names_what_exists() -> None:
    sittings = {(meeting.body, meeting.day) for meeting in WORLD.meetings}
    for decision in WORLD.decisions:
        assert (decision.body, decision.day) in sittings, decision.number
        assert decision.kind in KINDS
        assert decision.status in FOLLOW_UPS
        assert decision.visibility in VISIBILITIES
        assert set(decision.responsible) <= set(INSTITUTIONS)
        assert decision.carrier is None or decision.carrier in PEOPLE
        assert decision.noted_by in PEOPLE
        assert decision.day == decision.noted_at.date()
        assert decision.text


def test_decisions_are_numbered_without_gaps_in_the_order_they_were_taken() -> None:
    counted: Counter[tuple[str, int]] = Counter()
    for decision in WORLD.decisions:
        counted[decision.body, decision.day.year] += 1
        count = counted[decision.body, decision.day.year]
        assert decision.number == f"{decision.body}-{decision.day.year}-{count:03}"


def test_every_deadline_has_words_and_a_key_that_agree() -> None:
    for decision in WORLD.decisions:
        assert bool(decision.deadline) == bool(decision.deadline_key)
        if decision.deadline_key and decision.deadline_key != periods.CONTINUOUS:
            period = periods.parse(decision.deadline_key)
            assert period.key == decision.deadline_key
            assert period.last >= decision.day


def test_a_replaced_decision_names_a_later_one_and_only_settled_ones_have_a_day() -> None:
    for decision in WORLD.decisions:
        assert (decision.status == REPLACED) == (decision.replaced_by is not None)
        if decision.replaced_by is not None:
            assert DECISIONS[decision.replaced_by].day > decision.day
        assert (decision.status in (DONE, NOT_DONE)) == (decision.settled_on is not None)
        if decision.settled_on is not None:
            assert decision.day <= decision.settled_on <= TODAY


def test_some_decisions_fall_due_soon_and_some_are_overdue() -> None:
    def due(decision: Decision) -> date | None:
        if decision.status in (DONE, NOT_DONE, REPLACED) or decision.deadline_key in (None, periods.CONTINUOUS):
            return None
        return periods.parse(str(decision.deadline_key)).last

    days = [day for day in map(due, WORLD.decisions) if day is not None]
    assert sum(TODAY <= day <= TODAY + timedelta(days=14) for day in days) >= 6
    assert sum(day < TODAY for day in days) >= 4


def test_every_update_is_of_its_groups_rhythm_and_names_what_exists() -> None:
    for update in WORLD.updates:
        group = GROUPS[update.group]
        assert group.rhythm is not None
        period = periods.parse(update.period)
        assert periods.reporting(Rhythm(group.rhythm), period.first) == period
        assert update.author in PEOPLE
        assert update.status in STATUSES
        assert update.visibility in VISIBILITIES
        assert update.language in ("fr", "en")


def test_every_update_was_given_by_somebody_who_carried_a_mandate_that_day() -> None:
    for update in WORLD.updates:
        carriers = {
            person
            for office in ("coordinator", "cocoordinator")
            for mandate in holding(office, update.given_at.date())
            if mandate.group == update.group
            for person in (mandate.holder, mandate.alternate)
        }
        assert update.author in carriers, (update.group, update.period)


def test_updates_are_given_in_or_soon_after_their_period_and_never_after_today() -> None:
    for update in WORLD.updates:
        period = periods.parse(update.period)
        assert period.first <= update.given_at.date() <= period.last + timedelta(days=10)
        assert update.given_at < WORLD.today
        assert update.edited_at is None or update.given_at < update.edited_at < WORLD.today


def test_what_is_not_on_track_says_why() -> None:
    for update in WORLD.updates:
        assert update.progress
        assert bool(update.difficulties) == (update.status in (AT_RISK, OFF_TRACK)), (update.group, update.period)
        assert update.next_steps or update.status == NOTHING


def test_no_text_is_said_twice() -> None:
    said = Counter(update.progress for update in WORLD.updates)
    assert said.most_common(1)[0][1] == 1


def test_this_week_some_weekly_groups_have_reported_and_education_has_not() -> None:
    weekly = {group.code for group in WORLD.groups if group.rhythm == Rhythm.WEEKLY}
    reported = {update.group for update in WORLD.updates if update.period == THIS_WEEK}
    assert len(weekly) > 2 * len(reported) > 4
    assert "EDU" not in reported


def test_some_updates_are_late_and_some_were_edited() -> None:
    late = [update for update in WORLD.updates if update.given_at.date() > periods.parse(update.period).last]
    assert len(late) >= 8
    assert sum(update.edited_at is not None for update in WORLD.updates) >= 3


def test_a_year_of_updates_is_told_in_both_languages() -> None:
    languages = Counter(update.language for update in WORLD.updates)
    assert languages["fr"] > languages["en"] > 50
    assert len(WORLD.updates) >= 250
    assert {f"{update.given_at:%Y-%m}" for update in WORLD.updates} >= {f"2026-{month:02}" for month in range(3, 13)}


def test_french_is_written_with_its_own_typography() -> None:
    fault = re.compile(r"'|\"|(?<!\u00a0)[;!?»]|[^\u00a0\d]:(?!\d)|«(?!\u00a0)")
    french = [*texts("fr"), *(text.text for text in WORLD.decisions if re.search("[éèêàùç]", text.text))]
    assert not [text for text in french if fault.search(text)]


def test_english_is_written_with_typographic_apostrophes() -> None:
    assert not [text for text in texts("en") if re.search(r"'|\u00a0[;:!?]", text)]


def test_every_message_stands_in_a_channel_its_author_sits_in() -> None:
    said: dict[str, datetime] = {}
    for message in WORLD.talk:
        assert message.author in CHANNELS[message.channel].members
        assert message.at < WORLD.today
        if message.answers is not None:
            assert said[message.answers] < message.at
        said[message.key] = message.at


def test_channels_name_people_who_exist_and_digests_both_languages() -> None:
    for channel in WORLD.channels:
        assert set(channel.members) <= set(PEOPLE)
        assert (channel.digest_language is None) == (channel.digest_visibility is None)
    assert {channel.digest_language for channel in WORLD.channels} == {"fr", "en", None}


def test_the_guest_sits_in_one_channel_and_the_external_person_in_a_shared_one() -> None:
    kinds = {person.kind: person.slack_id for person in WORLD.people}
    assert len([channel for channel in WORLD.channels if kinds["guest"] in channel.members]) == 1
    shared = [channel for channel in WORLD.channels if kinds["external"] in channel.members]
    assert [channel.shared for channel in shared] == [True]


def test_nobody_who_left_sits_in_a_channel() -> None:
    gone = {person.slack_id for person in WORLD.people if person.kind == "deactivated"}
    assert gone
    assert not [channel.name for channel in WORLD.channels if gone & set(channel.members)]


@pytest.mark.parametrize(
    ("words", "period", "said"),
    [
        ("Thu 14:20", "2027-W08", "2027-02-25T14:20:00+00:00"),
        ("+Mon 09:05", "2026-W53", "2027-01-04T09:05:00+00:00"),
        ("2027-01-28 10:15", "2027-01", "2027-01-28T10:15:00+00:00"),
    ],
)
def test_an_instant_is_read_from_its_words(words: str, period: str, said: str) -> None:
    assert instant(words, period).isoformat() == said


def test_an_instant_in_other_words_is_refused() -> None:
    with pytest.raises(ValueError, match="not in"):
        instant("Jeudi 14:20", "2027-W08")
