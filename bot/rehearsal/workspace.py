"""The state of the rehearsed workspace, under one lock, with a version number that every change raises."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from bot.rehearsal.clock import Clock
from bot.rehearsal.errors import Refused
from bot.rehearsal.model import Channel, File, Json, Message, Team, User, View
from bot.rehearsal.triggers import ResponseUrl, Triggers

HOME_TEAM = Team("T0PTF000001", "PTF Mali", "ptf-mali")
OTHER_TEAM = Team("T0PTF000009", "Ministère", "ministere")
APP_ID, BOT_ID, BOT_USER = "A0PTF000001", "B0PTF000001", "U0PTFBOT001"
SLACKBOT = "USLACKBOT"
_COLORS = ("4a6a8a", "8a4a6a", "6a8a4a", "8a6a4a", "4a8a6a", "6a4a8a", "a05a2c", "2c7fa0")


class Workspace:
    """People, channels, messages, files, modals and Home tabs. Every public method may be called from any thread."""

    def __init__(self, start: datetime | None = None, *, running: bool = False, app_name: str = "PTF Desk") -> None:
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.version = 0
        self.closed = False
        self.clock = Clock(start, running=running)
        self.team = HOME_TEAM
        self.app_name = app_name
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.ephemerals: list[Message] = []
        self.scheduled: list[Json] = []
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers = Triggers()
        self.response_urls: dict[str, ResponseUrl] = {}
        self.warnings: list[str] = []
        self.refusals: list[tuple[str, str, tuple[str, ...]]] = []
        self.on_event: Callable[[Json, str], None] | None = None
        self._numbers = itertools.count(1)
        self._last_stamp = 0
        self.bot = self.add_user(id=BOT_USER, name="ptf", real_name=app_name, is_bot=True)
        self.add_user(id=SLACKBOT, name="slackbot", real_name="Slackbot")

    def now(self) -> datetime:
        """The instant of the workspace (aware, UTC)."""
        return self.clock.now()

    def set_time(self, instant: datetime) -> None:
        """Put the clock of the workspace at an aware instant."""
        with self.lock:
            self.clock.set(instant)
            self.touch()

    def touch(self) -> None:
        """Say that something changed: whoever waits for a new version is woken."""
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def wait_for(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait until a condition on the state holds, or the workspace is closed; false when time ran out."""
        with self.changed:
            return self.changed.wait_for(lambda: self.closed or condition(), seconds)

    def bring(self, user: User, name: str, content: bytes) -> File:
        """A file from somebody's own disk, chosen in a form: nobody else sees it."""
        file = File(self.fresh_id("F"), name, len(content), user.id, name, content, completed=True, unseen_for=0)
        self.files[file.id] = file
        return file

    def fresh_id(self, prefix: str) -> str:
        """A new identifier as Slack writes them, like C0PTF00000A."""
        with self.lock:
            return f"{prefix}0PTF{next(self._numbers):06X}"

    def stamp(self, at: datetime | None = None) -> str:
        """A new message ts: seconds of the workspace clock (or of `at`); its microseconds never repeat nor go back."""
        with self.lock:
            micros = max(round((at or self.now()).timestamp() * 1_000_000), self._last_stamp + 1)
            self._last_stamp = micros
            return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def add_user(
        self,
        *,
        name: str,
        real_name: str = "",
        id: str | None = None,
        team_id: str | None = None,
        stranger: bool = False,
        **more: object,
    ) -> User:
        """Bring somebody in. `more`: locale, tz, guest, deleted, title, … (see User)."""
        with self.lock:
            team = team_id or (OTHER_TEAM.id if stranger else self.team.id)
            user = User(id or self.fresh_id("U"), name, real_name or name, team, stranger=stranger)
            user.color = _COLORS[len(self.users) % len(_COLORS)]
            for field, value in more.items():
                if field not in User.__dataclass_fields__:
                    raise TypeError(f"A user has no {field}.")
                setattr(user, field, value)
            self.users[user.id] = user
            self.touch()
            return user

    def add_channel(
        self,
        name: str,
        *,
        id: str | None = None,
        private: bool = False,
        members: Iterable[str] = (),
        bot_in: bool = True,
        shared: bool = False,
        archived: bool = False,
        topic: str = "",
    ) -> Channel:
        """Make a channel; `members` are user ids or names, in which the bot need not be listed."""
        with self.lock:
            channel = Channel(id or self.fresh_id("C"), name.lstrip("#"), "private" if private else "public")
            channel.shared, channel.archived, channel.topic = shared, archived, topic
            people = [self.user(member).id for member in members]
            channel.members = list(dict.fromkeys([*people, *([self.bot.id] if bot_in else [])]))
            self.channels[channel.id] = channel
            self.touch()
            return channel

    def user(self, name: str) -> User:
        """Somebody by id, name or real name; raises KeyError."""
        if name in self.users:
            return self.users[name]
        for user in self.users.values():
            if name.lstrip("@") in (user.name, user.real_name):
                return user
        raise KeyError(f"There is nobody called {name}.")

    def channel(self, name: str) -> Channel:
        """A channel by id or name, with or without #; raises KeyError."""
        if name in self.channels:
            return self.channels[name]
        for channel in self.channels.values():
            if channel.kind != "im" and channel.name == name.lstrip("#"):
                return channel
        raise KeyError(f"There is no channel {name}.")

    def direct(self, user_id: str) -> Channel:
        """The direct conversation of the bot with somebody, opened when there is none yet."""
        with self.lock:
            for channel in self.channels.values():
                if channel.kind == "im" and channel.person == user_id:
                    return channel
            channel = Channel(self.fresh_id("D"), "directmessage", "im", person=user_id)
            channel.members = [user_id, self.bot.id]
            self.channels[channel.id] = channel
            self.touch()
            return channel

    def post(self, message: Message) -> Message:
        """Put a message into its channel (or, when ephemeral, before the one person who sees it)."""
        with self.lock:
            if message.ephemeral_to is not None:
                self.ephemerals.append(message)
            else:
                self.channels[message.channel].messages.append(message)
                parent = self.find(message.channel, message.thread_ts) if message.thread_ts else None
                if parent is not None:
                    parent.replies.append(message)
            self.touch()
            return message

    def find(self, channel_id: str, ts: str | None) -> Message | None:
        """A message that still stands, by its channel and ts; ephemeral ones too."""
        with self.lock:
            standing = [*self.channels[channel_id].messages, *self.ephemerals]
            return next((m for m in standing if m.channel == channel_id and m.ts == ts and not m.deleted), None)

    def messages(self, channel: str) -> list[Message]:
        """The messages of a channel (id or name) at top level, oldest first; neither ephemeral nor deleted ones."""
        with self.lock:
            standing = [m for m in self.channel(channel).messages if not m.deleted]
            return [m for m in standing if m.thread_ts in (None, m.ts)]

    def warn(self, warning: str) -> None:
        """Note something that Slack lets pass and that a careful app would not send."""
        with self.lock:
            self.warnings.append(warning)

    def refuse(self, method: str, refused: Refused) -> None:
        """Note that a call was refused: (method, code, messages)."""
        with self.lock:
            self.refusals.append((method, refused.code, refused.messages))

    def emit(self, event: Json, subscription: str | None = None) -> None:
        """Tell the app that something happened, when it is subscribed to it (by default under the event's type)."""
        if self.on_event is not None:
            self.on_event(event, subscription or str(event["type"]))

    def close(self) -> None:
        """Wake everybody who waits, for the last time."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()
