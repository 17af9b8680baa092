"""A thing done over and over in a thread of its own, which no trouble ends: the one place that catches everything.

What goes wrong is logged by its type and tried again after a pause that doubles with each failure in a row.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0
"""Seconds to wait at most after failures in a row."""


class Guard:
    """Tries a step; after a failure it leaves it alone for a while. ``pause`` (s) is what the first failure costs."""

    def __init__(self, name: str, step: Callable[[], object], pause: float = 1.0) -> None:
        self.name = name
        self.pause = pause
        self._step = step
        self._failures = 0
        self._not_before = 0.0

    def attempt(self) -> bool:
        """Whether the step says that it did something; False too when it failed, or is left alone."""
        if time.monotonic() < self._not_before:
            return False
        try:
            done = bool(self._step())
        except Exception as error:
            self._failures += 1
            self._not_before = time.monotonic() + self.wait
            logger.error("%s failed, again in %.0f s: %s", self.name, self.wait, type(error).__name__, exc_info=error)
            return False
        self._failures = 0
        return done

    @property
    def wait(self) -> float:
        """Seconds until the next attempt is worth it."""
        return min(self.pause * 2**self._failures, LONGEST_PAUSE) if self._failures else self.pause


class Loop:
    """Attempts a step as long as it has something to do, then waits for ``pause`` seconds or until it is woken."""

    def __init__(self, name: str, step: Callable[[], object], pause: float = 1.0) -> None:
        self._guard = Guard(name, step, pause)
        self._awake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """There is something to do."""
        self._awake.set()

    def stop(self, patience: float = 5.0) -> None:
        """End after the step at hand; waits for it at most so many seconds."""
        self._stopping.set()
        self._awake.set()
        if self._thread.is_alive():
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._awake.clear()
            if not self._guard.attempt():
                self._awake.wait(self._guard.wait)
