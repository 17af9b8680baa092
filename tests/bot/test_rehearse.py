"""`ptf-bot rehearse` as a newcomer starts it: in an empty environment, talked to through its page's own interface."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LEAD, POOL = "UEDULEAD01", "UPOOLCOO01"


class Page:
    """The page's interface, as one person uses it."""

    def __init__(self, address: str, process: subprocess.Popen[str]) -> None:
        self.address, self.process = address, process

    def look(self, what: str, **given: str) -> Any:
        """Ask for something."""
        query = "&".join(f"{name}={value}" for name, value in given.items())
        with urllib.request.urlopen(f"{self.address}page/api/{what}?{query}", timeout=30) as answer:
            return json.load(answer)

    def do(self, what: str, **given: str) -> Any:
        """Do something."""
        request = urllib.request.Request(f"{self.address}page/api/{what}", json.dumps(given).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def reads(self, channel: str, who: str = LEAD) -> str:
        """What a person reads in a channel."""
        return json.dumps(self.look("messages", **{"as": who, "channel": channel})["messages"], ensure_ascii=False)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """The rehearsal, started with nothing in its environment but where programs are."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "rehearse"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    found = next(match for line in process.stdout if (match := re.search(r"http://127\.0\.0\.1:\d+/", line)))
    yield Page(found.group(), process)
    if process.poll() is None:
        process.kill()
    process.wait(20)
    process.stdout.close()


def test_the_page_completes_every_command_and_the_clock_has_its_buttons(page: Page) -> None:
    state = page.look("state", **{"as": LEAD})
    offered = {each["text"] for each in state["app"]["completions"]}
    assert {"/ptf update", "/ptf maj", "/ptf décision", "/ptf digest", "/ptf export", "/ptf groupes"} <= offered
    assert [target["to"] for target in state["clock"]] == ["digest", "draft", "remind", "day", "week"]
    assert state["clock"][0]["label"] == {"fr": "Vendredi 16:00", "en": "Friday 16:00"}
    assert {POOL, "USUISSE001", LEAD} <= {person["id"] for person in state["people"] if person["can_be"]}


def test_a_lead_says_something_and_finds_it_in_the_digest_on_friday(page: Page) -> None:
    assert page.do("say", **{"as": LEAD, "channel": "CGENERAL01", "text": "/ptf maj EDU Un mot : palissandre."})["ok"]
    assert "Où en est le travail" in page.reads("CGENERAL01")
    assert page.do("clock", to="digest")["now"].startswith("2027-03-05T16:00")
    told = page.look("messages", **{"as": LEAD, "channel": "CGENERAL01"})["messages"]
    digest = next(message for message in told if "Synthèse, semaine 9" in message["text"])
    thread = page.look("messages", **{"as": LEAD, "channel": "CGENERAL01", "thread": digest["ts"]})["messages"]
    assert any("palissandre" in message["text"] for message in thread)
    assert "part en retard" not in digest["text"]


def test_a_week_goes_by_and_each_thing_happens_at_its_hour(page: Page) -> None:
    assert page.do("clock", to="week")["now"].startswith("2027-03-12T16:00")
    told = page.look("messages", **{"as": LEAD, "channel": "CGENERAL01"})["messages"]
    digests = [message for message in told if "Synthèse, semaine" in message["text"]]
    assert [message["at"][:16] for message in digests] == ["2027-03-05T16:00", "2027-03-12T16:00"]


def test_the_next_reminder_is_an_hour_at_which_somebody_is_reminded(page: Page) -> None:
    assert page.do("clock", to="remind")["now"].startswith("2027-03-15T09:00"), "Monday, after Friday’s deadline"
    state = page.look("state", **{"as": LEAD})
    with_the_bot = next(channel["id"] for channel in state["channels"] if channel["kind"] == "im")
    last = page.look("messages", **{"as": LEAD, "channel": with_the_bot})["messages"][-1]
    assert last["at"].startswith("2027-03-15T09:00")
    assert "semaine 10 de 2027" in last["text"]


def test_the_clock_waits_for_an_export_whoever_moves_it_and_how_often(page: Page) -> None:
    with_the_bot = next(c["id"] for c in page.look("state", **{"as": POOL})["channels"] if c["kind"] == "im")
    page.do("say", **{"as": POOL, "channel": with_the_bot, "text": "/ptf exporter"})
    movers = [threading.Thread(target=page.do, args=["clock"], kwargs={"to": "day"}) for _ in range(2)]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join()
    told = page.look("messages", **{"as": POOL, "channel": with_the_bot})["messages"]
    [files] = [message["files"] for message in told if message["files"]]
    assert files[0]["name"].endswith("2027-03-15.xlsx")
    assert not [message["text"] for message in told if "Je ne sais pas" in message["text"]]
    assert page.look("state", **{"as": POOL})["now"].startswith("2027-03-17T09:"), "it has gone on since"


def test_a_place_the_clock_does_not_know_is_refused(page: Page) -> None:
    assert page.do("clock", to="yesterday")["error"] == "not_found"


def test_a_port_that_is_taken_is_told_in_both_languages(page: Page) -> None:
    port = page.address.rstrip("/").rpartition(":")[2]
    told = subprocess.run(
        [sys.executable, "-m", "bot", "rehearse", "--port", port], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert told.returncode == 1
    assert f"Le port {port} est déjà pris" in told.stderr
    assert f"Port {port} is in use" in told.stderr
    assert "Traceback" not in told.stderr


def test_it_ends_cleanly_when_interrupted(page: Page) -> None:
    page.process.send_signal(signal.SIGINT)
    assert page.process.wait(30) == 0
