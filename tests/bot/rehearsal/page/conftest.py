"""A workspace, a small app, and a browser on the page; any error in the browser's console fails the test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
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


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A workspace with a French-speaking lead, an English-speaking chief, a guest and an outsider."""
    standin = StandIn(shortcuts=[{"callback_id": "save_as_update", "name": "Save as PTF update", "type": "message"}])
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


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, desk: Desk) -> Iterator[Visit]:
    """Open the page: visit() as nobody yet, visit(user, at=channel, lang="en", width=390)."""
    expect.set_options(timeout=PATIENCE_MS)
    contexts, errors = [], list[str]()

    def opened(user: User | None = None, *, at: str = "", lang: str = "", width: int = 1366, height: int = 768) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        wanted = {"as": user.id if user else "", "at": at, "lang": lang}
        page.goto(f"{desk.standin.page_url}?" + "&".join(f"{key}={value}" for key, value in wanted.items() if value))
        page.locator(".person, .head h1").first.wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == [], "the browser's console is not silent"


@pytest.fixture
def page(visit: Visit, desk: Desk) -> Page:
    """The page as the lead of the health group sees it, in French, in #health."""
    return visit(desk.lead, at=desk.health.id)
