"""The demo world in the stand-in for Slack: who is there, what was said, and that time goes on from today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from slack_sdk import WebClient

from bot.rehearsal import page_state
from bot.rehearsal.person import NotPossible
from bot.rehearsal.stage import handle, set_up
from bot.rehearsal.standin import StandIn
from bot.rehearsal.workspace import HOME_TEAM
from bot.rehearsal.world import WORLD, shapes
from handlers import people
from storage.people import Standing


@pytest.fixture(scope="module")
def staged() -> Iterator[StandIn]:
    """A stand-in with the demo world in it."""
    with StandIn() as running:
        set_up(running, WORLD)
        yield running


@pytest.fixture
def slack(staged: StandIn) -> WebClient:
    """The bot's client."""
    return WebClient(staged.bot_token, base_url=staged.api_url, retry_handlers=[], timeout=5)


def test_the_world_lives_in_the_workspace_the_stand_in_is(slack: WebClient) -> None:
    assert slack.auth_test()["team_id"] == shapes.HOME_TEAM == HOME_TEAM.id


@pytest.mark.parametrize(
    "slack_id",
    [
        pytest.param("UPOOLCOO01", id="coordinator"),
        pytest.param("USUISSE001", id="chef de file"),
        pytest.param("UEDULEAD01", id="lead"),
        pytest.param("USANLEAD01", id="lead who speaks English"),
        pytest.param("UEAUSUP001", id="stand-in"),
        pytest.param("UPAMPROG01", id="member"),
        pytest.param("USHAGUEST1", id="guest"),
        pytest.param("UBADABJ001", id="external person"),
    ],
)
def test_the_page_offers_every_part_one_can_play(staged: StandIn, slack_id: str) -> None:
    offered = [person["id"] for person in page_state.people(staged.workspace) if person["can_be"]]
    assert slack_id in offered
    assert offered == [person.slack_id for person in WORLD.people if person.can_be]


def test_slack_tells_of_each_person_how_they_stand(slack: WebClient) -> None:
    for told in WORLD.people:
        user = people.look_up(slack, told.slack_id)
        assert people.standing(user, HOME_TEAM.id) == Standing(told.kind)
        assert user["profile"]["display_name"] == told.name
        if told.kind in ("member", "guest"):
            assert (user["locale"][:2], user["tz"]) == (told.language, told.zone)


def test_titles_are_told_in_both_languages(staged: StandIn) -> None:
    told = next(each for each in page_state.people(staged.workspace) if each["id"] == "UEDULEAD01")
    assert told["title"] == {"fr": "Coordonnatrice du GT Éducation", "en": "Education group coordinator"}


def test_channels_have_their_members_and_say_where_the_bot_is(staged: StandIn) -> None:
    for told in WORLD.channels:
        channel = staged.workspace.channel(told.name)
        assert channel.id == told.slack_id
        assert (staged.workspace.bot.id in channel.members) == told.bot_is_in
        assert set(told.members) <= set(channel.members)
        assert (channel.kind == "private", channel.shared, channel.topic) == (told.private, told.shared, told.topic)


def test_what_was_said_stands_at_its_own_time_in_its_own_thread(staged: StandIn) -> None:
    messages = {message.text: message for channel in staged.workspace.channels.values() for message in channel.messages}
    assert len(messages) == len(WORLD.talk)
    said = {
        told.key: next(m for m in messages.values() if abs(m.at - told.at) < timedelta(seconds=1))
        for told in WORLD.talk
    }
    for told in WORLD.talk:
        message = said[told.key]
        assert (message.user, message.channel) == (told.author, told.channel)
        if told.answers is not None:
            assert message.thread_ts == said[told.answers].ts
            assert message in said[told.answers].replies


def test_what_was_said_before_today_has_been_read(staged: StandIn) -> None:
    def unread(slack_id: str) -> int:
        shown = page_state.channels(staged.workspace, staged.workspace.user(slack_id))
        return sum(channel["unread"] for channel in shown)

    today = [told for told in WORLD.talk if told.at.date() == WORLD.today.date() and told.answers is None]
    heard = {channel.slack_id for channel in WORLD.channels if "UPOOLCOO01" in channel.members}
    assert unread("UPOOLCOO01") == len([t for t in today if t.channel in heard and t.author != "UPOOLCOO01"])


def test_time_stands_at_today_and_what_is_said_next_comes_after_everything(staged: StandIn) -> None:
    assert staged.workspace.now() == WORLD.today
    last = max(float(m.ts) for channel in staged.workspace.channels.values() for m in channel.messages)
    message = staged.person("UPAMPROG01").say("Bonjour", "#gt-education")
    assert message.at == WORLD.today
    assert float(message.ts) > last


def test_nobody_can_speak_where_they_are_not(staged: StandIn) -> None:
    with pytest.raises(NotPossible, match="is not in #pool-troika"):
        staged.person("UPAMPROG01").say("Bonjour", "#pool-troika")


def test_people_are_called_by_a_handle_one_can_type(staged: StandIn) -> None:
    assert handle("Pays-Bas – Santé (suppléance)") == "pays-bas-sante-suppleance"
    assert staged.workspace.user("@canada-education").id == "UEDULEAD01"
    handles = [handle(told.name) for told in WORLD.people]
    assert len(set(handles)) == len(handles)
