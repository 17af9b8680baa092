"""Small parts: the clock, what is readable, what was typed, waiting for a change."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.rehearsal.clock import MORNING, Clock
from bot.rehearsal.escaping import written
from bot.rehearsal.reading import lines_of
from bot.rehearsal.standin import StandIn
from bot.rehearsal.workspace import Workspace
from tests.bot.rehearsal.apps import ask, plain, said


def test_the_clock_stands_still_until_told_to_move() -> None:
    clock = Clock()
    assert clock.now() == clock.now() == MORNING
    clock.advance(timedelta(days=2))
    assert clock.now() == MORNING + timedelta(days=2)


def test_a_running_clock_goes_on_from_where_it_was_set() -> None:
    clock = Clock(datetime(2030, 1, 1, tzinfo=UTC), running=True)
    assert clock.now() < clock.now() + timedelta(microseconds=1)
    assert timedelta() <= clock.now() - datetime(2030, 1, 1, tzinfo=UTC) < timedelta(minutes=1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Clock(datetime(2027, 3, 3))  # noqa: DTZ001


def test_ts_never_go_back_when_the_clock_does() -> None:
    workspace = Workspace()
    first = workspace.stamp()
    workspace.set_time(MORNING - timedelta(days=1))
    assert float(workspace.stamp()) > float(first)


def test_what_is_typed_is_written_as_slack_writes_it() -> None:
    workspace = Workspace()
    ben = workspace.add_user(name="ben")
    pool = workspace.add_channel("pool")
    typed = f"@ben & @nobody #pool #1 a@ben.org <{ben.id}> <@{ben.id}> see https://x.org/a?b=1&c=2."
    told = f"<@{ben.id}> &amp; @nobody <#{pool.id}|pool> #1 a@ben.org &lt;{ben.id}&gt; <@{ben.id}> see "
    assert written(workspace, typed) == told + "<https://x.org/a?b=1&amp;c=2.>"


def test_blocks_are_read_line_by_line() -> None:
    cells = [[{"type": "raw_text", "text": "Group"}, {"type": "raw_text", "text": "Lead"}]]
    words = [{"type": "text", "text": "Dear "}, {"type": "user", "user_id": "U1"}]
    rich = {"type": "rich_text_section", "elements": words}
    select = {"type": "static_select", "placeholder": plain("Pick"), "options": [{"text": plain("Hidden")}]}
    blocks = [
        {"type": "header", "text": plain("Week 9")},
        said("R&amp;D"),
        {"type": "table", "rows": cells},
        {"type": "rich_text", "elements": [rich]},
        {"type": "image", "alt_text": "A chart"},
        ask("Group", select),
        ask("Due", {"type": "datepicker", "initial_date": "2027-03-05"}),
        {"type": "divider"},
    ]
    assert lines_of(blocks) == [
        "Week 9",
        "R&D",
        "Group | Lead",
        "Dear <@U1>",
        "A chart",
        "Group",
        "Pick",
        "Due",
        "2027-03-05",
    ]


def test_slack_knows_nothing_of_the_bot() -> None:
    question = "import sys, bot.rehearsal.standin; print({'handlers', 'storage', 'slack_sdk'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_who_waits_is_woken_by_a_change() -> None:
    workspace = Workspace()
    seen = workspace.version
    waiter = threading.Thread(target=workspace.touch)
    waiter.start()
    assert workspace.wait_for(lambda: workspace.version > seen, 5)
    waiter.join()
    assert not workspace.wait_for(lambda: workspace.version < 0, 0)


def test_people_and_channels_are_found_by_id_and_name(standin: StandIn) -> None:
    workspace = standin.workspace
    assert workspace.user("Awa Traoré") is workspace.user("@awa") is workspace.user("U0AWA000001")
    assert workspace.channel("pool") is workspace.channel("#pool")
    with pytest.raises(KeyError, match="nobody called"):
        workspace.user("nobody")
    with pytest.raises(KeyError, match="no channel"):
        workspace.channel("nowhere")
    with pytest.raises(TypeError, match="no shoes"):
        workspace.add_user(name="x", shoes=2)


def test_ids_look_like_those_of_slack(standin: StandIn) -> None:
    for prefix in ("U", "C", "D", "F", "V"):
        assert standin.workspace.fresh_id(prefix).startswith(f"{prefix}0PTF")


def test_nobody_moves_a_clock_that_has_no_owner(standin: StandIn) -> None:
    with pytest.raises(LookupError):
        standin.advance("digest")
