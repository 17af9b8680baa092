"""What is heavy is imported by the process, not by the first request that needs it."""

from __future__ import annotations

import sys

from bot import warming


def test_what_listeners_come_by_is_imported_beside_the_requests() -> None:
    thread = warming.begin()
    assert thread.daemon
    thread.join(timeout=30)
    assert not thread.is_alive()
    assert set(warming.HEAVY) <= set(sys.modules)
