"""The line to Slack in Socket Mode (SLACK.md 1.6): opened, attended, and given up in clear words when it is dead.

Bolt's handler reconnects by itself when Slack recycles a connection or the network breaks. Two things it does not do:
stop when Socket Mode was switched off, and end when reconnecting never works; the process then ends, and whoever
supervises it starts it anew.
"""

from __future__ import annotations

import json
import logging
import threading
import time

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from handlers.language import Message, message

logger = logging.getLogger(__name__)

LISTENERS = 10
"""Requests worked on at the same time."""
DEAD_AFTER = 120.0
"""Seconds without a living connection after which the line is given up."""
PING = 3.0
"""Seconds between pings."""
_RECONNECTING = 5.0
"""Seconds to wait for a connection that is being made."""
_PINGS = 4
"""Unanswered pings after which a connection is no longer believed."""

SWITCHED_OFF = message(
    "Socket Mode is switched off for this app: switch it on (api.slack.com/apps, Socket Mode), or run the web process."
)
DEAD = message("The connection to Slack is dead and cannot be made again; the process ends so that it is started anew.")


class Line:
    """One Socket Mode connection of an app; ``dead_after`` in seconds."""

    def __init__(
        self, app: App, app_token: str, web: WebClient, *, dead_after: float = DEAD_AFTER, ping_interval: float = PING
    ) -> None:
        self._handler = SocketModeHandler(
            app, app_token, web_client=web, concurrency=LISTENERS, ping_interval=ping_interval
        )
        self._handler.client.on_message_listeners.append(self._overhear)
        self._dead_after = dead_after
        self._off = threading.Event()
        self._stopping = threading.Event()

    def open(self) -> None:
        """Connect. Raises SlackApiError for a bad app token, OSError when Slack cannot be reached."""
        self._handler.connect()  # type: ignore[no-untyped-call]

    def attend(self, every: float = 0.5) -> Message | None:
        """Stay until told to close (None), or until the line is no use any more: why."""
        alive = time.monotonic()
        while not self._stopping.wait(every):
            if self._off.is_set():
                return SWITCHED_OFF
            self._drop_if_broken()
            if self._is_alive():
                alive = time.monotonic()
            elif time.monotonic() - alive > self._dead_after:
                return DEAD
        return None

    def leave(self) -> None:
        """Let `attend` return; safe in a signal handler."""
        self._stopping.set()

    def close(self) -> None:
        """Hang up, once the requests at hand are answered."""
        client = self._handler.client
        client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
        if client.connect_operation_lock.acquire(timeout=_RECONNECTING):
            client.connect_operation_lock.release()  # a connection being made would otherwise outlive this
        self._handler.close()  # type: ignore[no-untyped-call]

    def _drop_if_broken(self) -> None:
        """A ping that could not be sent means a broken connection; the SDK itself waits for five of them."""
        session = self._handler.client.current_session
        if session is not None and session.is_active() and session.consecutive_check_state_error_count:
            logger.warning("the connection is broken, a new one is made")
            session.disconnect()

    def _is_alive(self) -> bool:
        client = self._handler.client
        session = client.current_session
        if session is None or not client.is_connected():
            return False
        answered = session.last_ping_pong_time
        return answered is None or time.time() - answered < _PINGS * client.ping_interval

    def _overhear(self, frame: str) -> None:
        """Hear Slack say that Socket Mode was switched off: then nobody lets us in again."""
        if '"disconnect"' not in frame:
            return
        try:
            told = json.loads(frame)
        except ValueError:
            return
        if told.get("type") == "disconnect":
            logger.info("slack disconnects: %s", told.get("reason"))
            if told.get("reason") == "link_disabled":
                self._off.set()
