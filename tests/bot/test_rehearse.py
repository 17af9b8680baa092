"""`ptf-bot rehearse` as a newcomer starts it: in an empty environment, talked to through its page's own interface."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LEAD = "UEDULEAD01"


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
    assert [target["to"] for target in state["clock"]] == ["digest", "remind", "day", "week"]
    assert {"UPOOLCOO01", "USUISSE001", LEAD} <= {person["id"] for person in state["people"] if person["can_be"]}


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


def test_it_ends_cleanly_when_interrupted(page: Page) -> None:
    page.process.send_signal(signal.SIGINT)
    assert page.process.wait(30) == 0
