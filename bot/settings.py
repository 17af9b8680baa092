"""The environment, read once: what the bot must be told before it can run, with all faults told at once.

Nothing else reads the environment. Reading it takes Slack's variables out of the process: Bolt looks at them by itself,
and SLACK_CLIENT_ID with SLACK_CLIENT_SECRET would switch it to OAuth (SLACK.md 1.8). A plain dataclass instead of
pydantic-settings: importing that costs a third of a second, more than half of what a start may take beyond its
libraries. Tokens and the database's address are never shown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.exc import ArgumentError

from handlers.language import LANGUAGES, Message, Speaker, message, speaks
from storage.database import normalised

SLACK_API = "https://slack.com/api/"
BAMAKO = "Africa/Bamako"

NEEDED = {
    "run": ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
    "web": ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"),
    "worker": ("SLACK_BOT_TOKEN",),
}
"""Command -> what it cannot do without; all others need the database only."""
SLACKS_OWN = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
"""Secrets that Bolt would read by itself, and no child process needs."""

WHERE = {
    "SLACK_BOT_TOKEN": message("OAuth & Permissions, “Bot User OAuth Token”, begins with xoxb-"),
    "SLACK_APP_TOKEN": message("Basic Information, “App-Level Tokens”, begins with xapp-"),
    "SLACK_SIGNING_SECRET": message("Basic Information, “Signing Secret”"),
}
"""Where in api.slack.com/apps a secret stands."""

FAULTS = message("The settings are not complete:")
MISSING = message("{name} is missing: you find it on api.slack.com/apps, {where}.")
OTHER_TOKEN = message("{name} does not begin with {start}: this is another kind of token.")
BAD_URL = message("{name} must be an address that begins with http:// or https://.")
BAD_DATABASE = message(
    "DATABASE_URL is no address of a database: sqlite:///file.sqlite3 or postgresql://user:password@host/name."
)
BAD_PORT = message("PORT must be a number between 1 and 65535, not {value}.")
BAD_ZONE = message(
    "PTF_TIMEZONE must be the name of a time zone, such as Africa/Bamako or Europe/Brussels, not {value}."
)
BAD_LANGUAGE = message("PTF_LANGUAGE must be fr or en, not {value}.")
BAD_CHANNEL = message(
    "PTF_DIGEST_CHANNEL must be a channel’s id, such as C0123456789 (at the end of the channel’s details), not {value}."
)
BAD_COORDINATORS = message(
    "PTF_COORDINATORS must be Slack user ids, such as U0123456789 (in the menu of a profile), "
    "with commas between them; this is none: {value}."
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; secrets are empty when they were not needed, and never shown.

    ``address``: where ``web`` is reached from outside (``https://…``), "" where it is not.
    ``files``: the folder in which exports lie until they are delivered.
    """

    database_url: str = field(default="sqlite:///ptf.sqlite3", repr=False)
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = SLACK_API
    port: int = 3000
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(BAMAKO))
    language: str = LANGUAGES[0]
    digest_channel: str | None = None
    coordinators: frozenset[str] = frozenset()
    address: str = ""

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file."""
        return normalised(self.database_url).get_backend_name() == "sqlite"

    @property
    def files(self) -> Path:
        """Beside the database when that is a file, else in the working directory; absolute."""
        file = normalised(self.database_url).database if self.is_sqlite else None
        return (Path(file).parent if file else Path.cwd()).absolute() / "exports"

    @property
    def speaker(self) -> Speaker:
        """Speaks the language of the settings."""
        return Speaker(self.language, self.zone)


class SettingsFault(Exception):  # noqa: N818 - the word of the house
    """The environment will not do; ``str()`` is every fault in a line of its own, in the language of the settings."""

    def __init__(self, faults: list[str], speaker: Speaker) -> None:
        super().__init__("\n".join([speaker.say(FAULTS), *(f"- {fault}" for fault in faults)]))
        self.faults = faults


def from_process(command: str = "") -> Settings:
    """The settings of this process, for that command; takes Slack's secrets out of it. Raises SettingsFault."""
    settings = load(os.environ, command)
    hide(os.environ)
    return settings


def hide(environ: MutableMapping[str, str]) -> None:
    """Take away what libraries and child processes have no business with."""
    for name in SLACKS_OWN:
        environ.pop(name, None)


def language_of_process() -> str:
    """The language for what must be said before, or without, complete settings."""
    return _language(os.environ)


def load(environ: Mapping[str, str], command: str = "") -> Settings:
    """The settings in that environment, complete for that command. Raises SettingsFault, naming all that is wrong."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    speaker = Speaker(_language(given), ZoneInfo(BAMAKO))
    faults = [speaker.say(sentence, **values) for sentence, values in _faults(given, command, speaker)]
    if faults:
        raise SettingsFault(faults, speaker)
    return Settings(
        database_url=given.get("DATABASE_URL", "sqlite:///ptf.sqlite3"),
        bot_token=given.get("SLACK_BOT_TOKEN", ""),
        app_token=given.get("SLACK_APP_TOKEN", ""),
        signing_secret=given.get("SLACK_SIGNING_SECRET", ""),
        api_url=given.get("SLACK_API_URL", SLACK_API).rstrip("/") + "/",
        port=int(given.get("PORT", "3000")),
        zone=ZoneInfo(given.get("PTF_TIMEZONE", BAMAKO)),
        language=speaker.language,
        digest_channel=given.get("PTF_DIGEST_CHANNEL"),
        coordinators=frozenset(_ids(given)),
        address=given.get("PTF_ADDRESS", "").rstrip("/"),
    )


Fault = tuple[Message, dict[str, object]]


def _faults(given: Mapping[str, str], command: str, speaker: Speaker) -> Iterator[Fault]:
    for name in NEEDED.get(command, ()):
        if name not in given:
            yield MISSING, {"name": name, "where": speaker.say(WHERE[name])}
    for name, start in (("SLACK_BOT_TOKEN", "xoxb-"), ("SLACK_APP_TOKEN", "xapp-")):
        if not given.get(name, start).startswith(start):
            yield OTHER_TOKEN, {"name": name, "start": start}
    if not re.match(r"https?://[^/]", given.get("SLACK_API_URL", SLACK_API)):
        yield BAD_URL, {"name": "SLACK_API_URL"}
    if not re.match(r"https?://[^/]", given.get("PTF_ADDRESS", SLACK_API)):
        yield BAD_URL, {"name": "PTF_ADDRESS"}
    if not _is_database(given.get("DATABASE_URL", "sqlite:///ptf.sqlite3")):
        yield BAD_DATABASE, {}
    if not re.fullmatch(r"[0-9]{1,5}", given.get("PORT", "1")) or not 0 < int(given.get("PORT", "1")) < 65536:
        yield BAD_PORT, {"value": given["PORT"]}
    if not _is_zone(given.get("PTF_TIMEZONE", BAMAKO)):
        yield BAD_ZONE, {"value": given["PTF_TIMEZONE"]}
    if not speaks(given.get("PTF_LANGUAGE", "fr").lower()):
        yield BAD_LANGUAGE, {"value": given["PTF_LANGUAGE"]}
    if not re.fullmatch(r"[CG][A-Z0-9]{5,}", given.get("PTF_DIGEST_CHANNEL", "C00000")):
        yield BAD_CHANNEL, {"value": given["PTF_DIGEST_CHANNEL"]}
    strange = [each for each in _ids(given) if not re.fullmatch(r"[UW][A-Z0-9]{5,}", each)]
    if strange:
        yield BAD_COORDINATORS, {"value": ", ".join(strange)}


def _ids(given: Mapping[str, str]) -> list[str]:
    return [each.strip() for each in given.get("PTF_COORDINATORS", "").split(",") if each.strip()]


def _language(environ: Mapping[str, str]) -> str:
    told = environ.get("PTF_LANGUAGE", "").strip().lower()
    return told if speaks(told) else LANGUAGES[0]


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _is_database(url: str) -> bool:
    """A file or PostgreSQL; a database in memory would be a different one for each connection."""
    try:
        address = normalised(url)
    except (ArgumentError, ValueError):
        return False
    if address.get_backend_name() == "sqlite":
        return bool(address.database) and address.database != ":memory:"
    return address.get_backend_name() == "postgresql"
