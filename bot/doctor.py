"""`ptf-bot doctor`: looks at everything the bot leans on, and tells each fault with its cure."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from sqlalchemy import func, select

import storage.configuration
from bot import opening
from bot.app import header
from bot.manifest import SCOPES
from bot.settings import WHERE, Settings
from handlers import exposure, people
from handlers.exposure import Facts, Reason
from handlers.language import Message, Speaker, message
from storage.groups import Group
from storage.people import Standing
from storage.visibility import Level

PATIENCE = 10
"""Seconds to wait for Slack."""
SKEW = 60.0
"""Seconds the clock may be wrong; Slack's signatures are good for five minutes."""
WIDTH = 96

TOKEN, SCOPE, SOCKET, DATABASE, CLOCK = (
    message("Bot token"),
    message("Permissions"),
    message("Socket Mode"),
    message("Database"),
    message("Clock"),
)
CHANNEL, COORDINATOR = message("Channel {name}"), message("Coordinator {name}")
CHANNELS, COORDINATORS = message("Digest channels"), message("Coordinators")

TOKEN_GOOD = message("{user} in the workspace {team}")
TOKEN_ABSENT = message("{name} is not set: you find it on api.slack.com/apps, {where}.")
SCOPES_GOOD = message("all that is needed")
SCOPE_MISSING = message(
    "{scope} is missing. {reason} Add it on api.slack.com/apps, OAuth & Permissions, Bot Token Scopes; then reinstall."
)
SCOPE_OPTIONAL = message("{scope} is not given, and may stay so. {reason}")
SOCKET_GOOD = message("a connection is granted")
SOCKET_ABSENT = message("SLACK_APP_TOKEN is not set: needed for ptf-bot run, not for ptf-bot web.")
SOCKET_BAD = message(
    "Slack refuses ({error}). Make an app-level token with connections:write (Basic Information, App-Level Tokens), "
    "and switch Socket Mode on."
)
DATABASE_GOOD = message("answers, has the shape of this version, {groups} groups")
CLOCK_GOOD = message("{seconds} s away from Slack’s")
CLOCK_WRONG = message("{seconds} s away from Slack’s: set this machine’s clock (NTP), else signatures are refused.")
CHANNELS_NONE = message("none yet: invite the bot into the channel and choose it with /ptf config.")
CHANNEL_GOOD = message("the bot is in it")
CHANNEL_ABSENT = message("the bot is not in it: write /invite @ptf there.")
CHANNEL_UNKNOWN = message("Slack shows it not ({error}): invite the bot there if it is private, or correct the id.")
CHANNEL_ARCHIVED = message("is archived: unarchive it, or choose another with /ptf config.")
CHANNEL_EXPOSED = message(
    "is shared with another organisation, and its level shows more than what is open to the Government: nothing is "
    "posted there until one of the two is changed."
)
CHANNEL_PUBLIC = message(
    "is public, and its level shows what is for a few: nothing is posted there until one of the two is changed."
)
CHANNEL_SHARED = message("is shared with another organisation, and shows only what is open to the Government.")
CHANNEL_FAULTS = {
    Reason.ARCHIVED: CHANNEL_ARCHIVED,
    Reason.ABSENT: CHANNEL_ABSENT,
    Reason.SHARED: CHANNEL_EXPOSED,
    Reason.PUBLIC: CHANNEL_PUBLIC,
}
"""Why the digest may not stand in a channel -> the sentence."""
COORDINATORS_NONE = message("PTF_COORDINATORS is not set: nobody may do everything from the first minute.")
COORDINATOR_GOOD = message("may do everything")
COORDINATOR_WRONG = message("is no full member of this workspace ({standing}): correct PTF_COORDINATORS.")
SLACK_REFUSES = message("Slack refuses ({error}).")
SLACK_AWAY = message("Slack cannot be reached ({error}): network, proxy, SLACK_API_URL?")
ALL_WELL = message("All is well.")
NOT_WELL = message("Please mend what is marked ✗.")

GOOD, NOTE, FAULT = "✓", "·", "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is marked, what it is, and what is said of it."""

    mark: str
    what: Message
    said: Message
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined: settings, Slack's client, and the time (an aware UTC instant)."""

    settings: Settings
    slack: WebClient
    now: Callable[[], datetime]


def examine(settings: Settings, now: Callable[[], datetime] = opening.utc_now) -> list[Finding]:
    """Everything, in the order in which it is mended."""
    slack = WebClient(settings.bot_token or None, base_url=settings.api_url, timeout=PATIENCE, retry_handlers=[])
    patient = Patient(settings, slack, now)
    return [*_database(patient), *_token(patient), *_socket(patient)]


def told(findings: Sequence[Finding], speaker: Speaker) -> str:
    """The findings as aligned lines, ended by a verdict."""
    rows = [_spoken(each, speaker) for each in findings]
    wide = max(len(what) for _, what, _ in rows)
    indent = " " * (wide + 4)
    lines = [
        textwrap.fill(f"{mark} {what:<{wide}}  {said}", WIDTH, subsequent_indent=indent, break_on_hyphens=False)
        for mark, what, said in rows
    ]
    verdict = speaker.say(NOT_WELL if is_ill(findings) else ALL_WELL)
    return "\n".join([*lines, "", verdict])


def _spoken(finding: Finding, speaker: Speaker) -> tuple[str, str, str]:
    values = {
        name: speaker.say(value) if isinstance(value, Message) else value for name, value in finding.values.items()
    }
    return finding.mark, speaker.say(finding.what, **values), speaker.say(finding.said, **values)


def is_ill(findings: Sequence[Finding]) -> bool:
    """Whether something must be mended."""
    return any(each.mark == FAULT for each in findings)


def _database(patient: Patient) -> Iterator[Finding]:
    try:
        database = opening.open_database(patient.settings)
    except opening.StartFault as fault:
        yield Finding(FAULT, DATABASE, fault.sentence, fault.values)
        return
    with database.readings.begin() as session:
        groups = session.scalar(select(func.count()).select_from(Group))
    database.close()
    yield Finding(GOOD, DATABASE, DATABASE_GOOD, {"groups": groups})


def _token(patient: Patient) -> Iterator[Finding]:
    if not patient.settings.bot_token:
        where = patient.settings.speaker.say(WHERE["SLACK_BOT_TOKEN"])
        yield Finding(FAULT, TOKEN, TOKEN_ABSENT, {"name": "SLACK_BOT_TOKEN", "where": where})
        return
    try:
        answer = patient.slack.auth_test()
    except (SlackClientError, OSError) as error:
        yield Finding(FAULT, TOKEN, *_refusal(error))
        return
    yield Finding(GOOD, TOKEN, TOKEN_GOOD, {"user": f"@{answer['user']}", "team": answer["team"]})
    yield from _scopes(header(answer, "x-oauth-scopes"))
    yield from _clock(answer, patient.now())
    yield from _channels(patient)
    yield from _coordinators(patient, str(answer["team_id"]))


def _scopes(given: str) -> Iterator[Finding]:
    granted = {scope.strip() for scope in given.split(",")}
    wanted = [(scope, scope.name in granted) for scope in SCOPES]
    if all(there or scope.optional for scope, there in wanted):
        yield Finding(GOOD, SCOPE, SCOPES_GOOD)
    for scope, there in wanted:
        if not there:
            mark, said = (NOTE, SCOPE_OPTIONAL) if scope.optional else (FAULT, SCOPE_MISSING)
            yield Finding(mark, SCOPE, said, {"scope": scope.name, "reason": scope.reason})


def _clock(answer: SlackResponse, now: datetime) -> Iterator[Finding]:
    stamp = header(answer, "date")
    if stamp:
        seconds = round(abs((now - parsedate_to_datetime(stamp)).total_seconds()))
        good = seconds <= SKEW
        yield Finding(GOOD if good else FAULT, CLOCK, CLOCK_GOOD if good else CLOCK_WRONG, {"seconds": seconds})


def _channels(patient: Patient) -> Iterator[Finding]:
    ids = _channel_ids(patient.settings)
    if not ids:
        yield Finding(NOTE, CHANNELS, CHANNELS_NONE)
    for channel_id, level in ids:
        try:
            channel = patient.slack.conversations_info(channel=channel_id)["channel"]
        except (SlackClientError, OSError) as error:
            _, values = _refusal(error)
            yield Finding(FAULT, CHANNEL, CHANNEL_UNKNOWN, {"name": channel_id, **values})
            continue
        yield _channel({"name": f"#{channel.get('name', channel_id)}"}, exposure.facts(channel), level)


def _channel(values: Mapping[str, object], facts: Facts, level: str) -> Finding:
    reason = exposure.allowed(level, facts)
    if reason is not None:
        return Finding(FAULT, CHANNEL, CHANNEL_FAULTS[reason], values)
    return (
        Finding(NOTE, CHANNEL, CHANNEL_SHARED, values) if facts.shared else Finding(GOOD, CHANNEL, CHANNEL_GOOD, values)
    )


def _channel_ids(settings: Settings) -> list[tuple[str, str]]:
    """Those of the database with their level; before there is one, that of the settings."""
    first = [(settings.digest_channel, Level.ALL.value)] if settings.digest_channel else []
    try:
        database = opening.open_database(settings)
    except opening.StartFault:
        return first
    with database.readings.begin() as session:
        found = [(channel.id, channel.level) for channel in storage.configuration.channels(session)]
        if not found and not session.get(storage.configuration.Configuration, 1):
            found = first
    database.close()
    return found


def _coordinators(patient: Patient, team_id: str) -> Iterator[Finding]:
    if not patient.settings.coordinators:
        yield Finding(NOTE, COORDINATORS, COORDINATORS_NONE)
    for slack_id in sorted(patient.settings.coordinators):
        try:
            user = people.look_up(patient.slack, slack_id)
        except (SlackClientError, OSError) as error:
            sentence, values = _refusal(error)
            yield Finding(FAULT, COORDINATOR, sentence, {"name": slack_id, **values})
            continue
        standing = people.standing(user, team_id)
        values = {"name": user.get("real_name") or slack_id, "standing": standing.value}
        good = standing == Standing.MEMBER
        yield Finding(GOOD if good else FAULT, COORDINATOR, COORDINATOR_GOOD if good else COORDINATOR_WRONG, values)


def _socket(patient: Patient) -> Iterator[Finding]:
    if not patient.settings.app_token:
        mark = NOTE if patient.settings.signing_secret else FAULT
        yield Finding(mark, SOCKET, SOCKET_ABSENT)
        return
    try:
        patient.slack.apps_connections_open(app_token=patient.settings.app_token)
    except SlackApiError as error:
        yield Finding(FAULT, SOCKET, SOCKET_BAD, _refusal(error)[1])
    except (SlackClientError, OSError) as error:
        yield Finding(FAULT, SOCKET, *_refusal(error))
    else:
        yield Finding(GOOD, SOCKET, SOCKET_GOOD)


def _refusal(error: Exception) -> tuple[Message, dict[str, object]]:
    if isinstance(error, SlackApiError):
        response: Any = error.response
        return SLACK_REFUSES, {"error": response.get("error") or response.status_code}
    return SLACK_AWAY, {"error": type(error).__name__}
