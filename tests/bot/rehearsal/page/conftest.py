"""A workspace, a small app, and a browser on the page; any error in the browser's console fails the test."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from slack_sdk import WebClient

from bot.rehearsal.model import Channel, Message, User
from bot.rehearsal.standin import StandIn
from tests.bot.rehearsal.page.app import open_the_door

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE_MS = 10_000
COMPLETIONS = (
    ("/ptf", "Ce que vous pouvez faire", "What you can do"),
    ("/ptf update", "Dire ce qui a bougé", "Say what moved"),
    ("/ptf updates", "Reçues et attendues", "Received and awaited"),
    ("/ptf decision", "Noter une décision", "Note a decision"),
)


@dataclass
class Desk:
    """The workspace behind the page: its people and channels, the app's client, and what the app has heard."""

    standin: StandIn
    client: WebClient
    heard: list[dict[str, Any]]
    lead: User
    chief: User
    health: Channel
    general: Channel

    def post(self, text: str, blocks: list[dict[str, Any]] | None = None, **more: Any) -> str:
        """Let the bot write into #health; its ts."""
        answer = self.client.chat_postMessage(channel=self.health.id, text=text, blocks=blocks, **more)
        return str(answer["ts"])

    def last(self) -> Message:
        """The newest message of #health."""
        return self.standin.workspace.messages(self.health.id)[-1]


@pytest.fixture(scope="session")
def port() -> int:
    """Where the page is in every test, so that a browser keeps what it read of it."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def desk(port: int) -> Iterator[Desk]:
    """A workspace with a French-speaking lead, an English-speaking chief, a guest and an outsider."""
    shortcut = {"callback_id": "save_as_update", "name": "Save as PTF update", "type": "message"}
    standin = StandIn(shortcuts=[shortcut], port=port)
    workspace = standin.workspace
    titles = {"fr": "Groupe santé", "en": "Health group"}
    lead = workspace.add_user(name="lead", real_name="Responsable Santé", title=titles, locale="fr-FR")
    titles = {"fr": "Chef de file", "en": "Lead donor"}
    chief = workspace.add_user(name="chief", real_name="Chief Donor", title=titles, locale="en-GB")
    workspace.add_user(name="guest", real_name="Consultante", guest=True)
    workspace.add_user(name="outsider", real_name="Point focal", stranger=True)
    health = workspace.add_channel("health", members=["lead", "chief"], topic="Health and nutrition")
    general = workspace.add_channel("general", members=["lead", "chief"])
    workspace.add_channel("dialogue", members=["lead", "outsider"], shared=True)
    standin.completions = [{"text": text, "description": {"fr": fr, "en": en}} for text, fr, en in COMPLETIONS]
    standin.clock_targets = [{"to": "day", "label": {"fr": "+ 1 jour", "en": "+ 1 day"}}]
    standin.advance = lambda to: workspace.set_time(workspace.now() + timedelta(days=1))
    heard = open_the_door(standin)
    with standin:
        client = WebClient(token=standin.bot_token, base_url=standin.api_url)
        yield Desk(standin, client, heard, lead, chief, health, general)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Without it the tests are skipped; where CI is set that is a failure."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is absent, and CI is set: install Debian's package chromium.")
        pytest.skip(f"{CHROMIUM} is absent: the page cannot be looked at (install Debian's package chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Tabs:
    """The tabs of one browser, used again by each test: to open one takes longer than to look at a page in it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.pages: list[Page] = []
        self.used = 0
        self.errors: list[str] = []

    def next(self) -> Page:
        """A tab nobody looks at in this test, of a profile of its own."""
        if self.used == len(self.pages):
            page = self.browser.new_context().new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.on("console", self._said)
            page.on("pageerror", lambda error: self.errors.append(str(error)))
            self.pages.append(page)
        self.used += 1
        return self.pages[self.used - 1]

    def leave(self) -> list[str]:
        """Look at nothing any more; what the browser's console said meanwhile."""
        said = self.errors.copy()
        for page in self.pages[: self.used]:
            page.goto("about:blank")
            page.mouse.move(0, 0)
        self.used = 0
        self.errors.clear()
        return said

    def _said(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.errors.append(said.text)


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """The tabs of the browser."""
    expect.set_options(timeout=PATIENCE_MS)
    return Tabs(browser)


Visit = Callable[..., Page]


@pytest.fixture
def visit(tabs: Tabs, desk: Desk) -> Iterator[Visit]:
    """Open the page: visit() as nobody yet, visit(user, at=channel, lang="en", width=390)."""

    def opened(user: User | None = None, *, at: str = "", lang: str = "", width: int = 1366, height: int = 768) -> Page:
        page = tabs.next()
        page.set_viewport_size({"width": width, "height": height})
        wanted = {"as": user.id if user else "", "at": at, "lang": lang}
        page.goto(f"{desk.standin.page_url}?" + "&".join(f"{key}={value}" for key, value in wanted.items() if value))
        page.locator(".person, .head h1").first.wait_for()
        return page

    yield opened
    assert tabs.leave() == [], "the browser's console is not silent"


@pytest.fixture
def page(visit: Visit, desk: Desk) -> Page:
    """The page as the lead of the health group sees it, in French, in #health."""
    return visit(desk.lead, at=desk.health.id)
