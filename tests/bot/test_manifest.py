"""The manifest: valid by Slack's own schema in both shapes, and the same as what the code listens to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import handlers
from bot.manifest import SCOPES, SHORTCUTS, Notes, listened, manifest, usage_hint
from bot.rehearsal import standin
from bot.settings import Settings
from handlers import commands
from handlers.language import Speaker, message

SCHEMA = json.loads(Path(__file__).with_name("manifest.schema.2.0.0.json").read_text("utf-8"))
"""Slack's own (github.com/slackapi/manifest-schema, schemas/manifest.schema.2.0.0.json, MIT)."""
URL = "https://ptf.example.org/slack/events"


@pytest.mark.parametrize("url", [None, URL])
def test_slacks_own_schema_accepts_it(url: str | None) -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(manifest(url))


def test_socket_mode_needs_no_address_and_http_one_everywhere() -> None:
    socket, http = manifest(), manifest(URL)
    assert socket["settings"]["socket_mode_enabled"]
    assert URL not in json.dumps(socket)
    assert not http["settings"]["socket_mode_enabled"]
    assert http["settings"]["interactivity"]["request_url"] == URL
    assert http["features"]["slash_commands"][0]["url"] == URL


def test_events_and_shortcuts_are_those_of_the_code() -> None:
    notes, made = listened(), manifest()
    events = made["settings"].get("event_subscriptions", {}).get("bot_events", [])
    assert events == list(dict.fromkeys(notes.events))
    assert [each["callback_id"] for each in made["features"].get("shortcuts", [])] == list(
        dict.fromkeys(notes.shortcuts)
    )
    assert set(notes.shortcuts) <= set(SHORTCUTS)
    assert set(events) <= set(standin.EVENTS) | {"channel_rename"}


def test_the_hint_names_the_words_of_both_languages() -> None:
    update = commands.Command(("update", "maj"), message("x"))
    digest = commands.Command(("digest",), message("x"))
    assert usage_hint((update, digest)) == "[update / maj | digest | help / aide]"
    ours = handlers.every_command()
    assert len(usage_hint(ours)) <= 1000
    assert all(each.name in usage_hint(ours) for each in ours)


def test_what_is_registered_is_taken_down() -> None:
    notes: Any = Notes()
    notes.event("app_home_opened")(print)
    notes.event({"type": "message", "subtype": None})(print)
    notes.shortcut("message_to_update")(print)
    notes.command("/ptf", matchers=[])(print)
    notes.view("update")(print)
    assert notes.events == ["app_home_opened", "message.channels", "message.groups"]
    assert notes.shortcuts == ["message_to_update"]


def test_each_permission_has_its_reason_and_the_stand_in_grants_the_same() -> None:
    assert [scope.name for scope in SCOPES if not scope.optional] == list(standin.SCOPES)
    for language in ("fr", "en"):
        speaker = Speaker(language, Settings().zone)
        assert all(len(speaker.say(scope.reason)) > 10 for scope in SCOPES)


def test_the_names_of_shortcuts_fit() -> None:
    assert all(len(name) <= 24 and len(description) <= 150 for name, description in SHORTCUTS.values())
