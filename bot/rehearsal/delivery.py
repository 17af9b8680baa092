"""Deliveries to the app: measured against the three seconds, events repeated when they fail, duplicates on demand."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.rehearsal.door import Door, Parcel, Receipt
from bot.rehearsal.model import Json
from bot.rehearsal.payloads import Payloads

ACK_SECONDS = 3.0
RETRY_SECONDS = (0.0, 60.0, 300.0)
"""When Slack repeats an event that failed: about at once, after a minute, after five more."""


@dataclass(frozen=True)
class Delivered:
    """One attempt: what was sent, what came back, how long it took (s)."""

    parcel: Parcel
    receipt: Receipt
    seconds: float


class Delivery:
    """Sends payloads through the door. Events are tried again after each of `retry_delays` (s); 0 means at once."""

    def __init__(self, payloads: Payloads, retry_delays: Sequence[float]) -> None:
        self.payloads = payloads
        self.retry_delays = tuple(retry_delays)
        self.door: Door | None = None
        self.deadline = ACK_SECONDS
        self.twice = False
        self.held: list[Json] | None = None
        self.log: list[Delivered] = []
        self._timers: list[threading.Timer] = []

    def send(self, kind: str, payload: Json) -> Receipt:
        """Deliver a command or an interaction: once, or twice when duplicates are asked for. Never repeated."""
        receipt = self._attempt(Parcel(kind, payload))
        if self.twice:
            self._attempt(Parcel(kind, payload))
        return receipt

    def event(self, event: Json) -> None:
        """Deliver an event, unless events are being held back (see hold)."""
        if self.held is not None:
            self.held.append(event)
            return
        payload = self.payloads.event(event)
        self._event(payload, 0, "")
        if self.twice:
            self._event(payload, 0, "")

    def rate_limited(self) -> Receipt:
        """Tell the app that events were left out."""
        return self._attempt(Parcel("event", self.payloads.rate_limited()))

    def verified(self) -> bool:
        """Whether the app echoes the challenge that Slack sends to a new URL."""
        payload = self.payloads.challenge()
        receipt = self._attempt(Parcel("event", payload))
        return receipt.failure is None and payload["challenge"] in receipt.body

    def hold(self) -> None:
        """Keep events back from now on."""
        self.held = []

    def release(self, *, backwards: bool = False) -> None:
        """Deliver the events kept back, in order or out of order."""
        held, self.held = self.held or [], None
        for event in reversed(held) if backwards else held:
            self.event(event)

    def stop(self) -> None:
        """Forget the repetitions still to come."""
        for timer in self._timers:
            timer.cancel()

    def _attempt(self, parcel: Parcel) -> Receipt:
        if self.door is None:
            return Receipt(0, "", "connection_failed")
        begun = time.monotonic()
        receipt = self.door.send(parcel, self.deadline)
        self.log.append(Delivered(parcel, receipt, time.monotonic() - begun))
        return receipt

    def _event(self, payload: Json, number: int, reason: str) -> None:
        receipt = self._attempt(Parcel("event", payload, (number, reason) if number else None))
        if receipt.failure is None or receipt.headers.get("x-slack-no-retry") == "1":
            return
        if number >= len(self.retry_delays):
            return
        delay, again = self.retry_delays[number], (payload, number + 1, receipt.failure)
        if delay == 0:
            self._event(*again)
            return
        timer = threading.Timer(delay, self._event, again)
        timer.daemon = True
        self._timers.append(timer)
        timer.start()
