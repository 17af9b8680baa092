"""What is heavy and first needed in the middle of a request: imported once the bot can be asked, beside what is."""

from __future__ import annotations

import logging
import threading
from importlib import import_module

logger = logging.getLogger(__name__)

HEAVY = ("babel.dates", "holidays", "holidays.registry", "icalendar")
"""What handlers import inside the function that uses it, and listeners come by."""


def begin() -> threading.Thread:
    """Import it in a thread of its own, which holds nothing up, not even the end of the process."""
    thread = threading.Thread(target=_import, name="warming", daemon=True)
    thread.start()
    return thread


def _import() -> None:
    for name in HEAVY:
        import_module(name)
    logger.info("what is heavy is imported")
