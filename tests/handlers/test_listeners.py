"""Every listener asks only for what a request carries: Bolt hands None, silently, for a misspelt name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, cast

from slack_bolt import App
from slack_bolt.kwargs_injection.args import Args

import handlers

OURS = {"ctx", "actor", "speaker", "word", "rest", "delivery", "home"}
"""What handlers.arrival and handlers.home put on a request."""
BOLTS = set(inspect.get_annotations(Args)) | set(inspect.signature(Args.__init__).parameters)


class Noted:
    """Takes down every listener and matcher that is registered, in place of Bolt's app."""

    def __init__(self) -> None:
        self.functions: list[Callable[..., Any]] = []
        self.ids: list[str] = []

    def __getattr__(self, kind: str) -> Callable[..., Callable[[Callable[..., Any]], None]]:
        def registered(constraint: object = "", matchers: Any = (), **_: Any) -> Callable[[Callable[..., Any]], None]:
            self.functions.extend(matchers)
            if kind in ("action", "view") and not matchers:
                self.ids.append(f"{kind} {constraint}")
            return self.functions.append

        return registered


def registered() -> Noted:
    """All that the topics register."""
    noted = Noted()
    handlers.register(cast(App, noted))
    return noted


def test_every_listener_asks_only_for_what_there_is() -> None:
    noted = registered()
    assert len(noted.functions) > 40
    strange = {
        f"{function.__module__}.{function.__qualname__}: {name}"
        for function in noted.functions
        for name in inspect.signature(function).parameters
        if name not in OURS | BOLTS
    }
    assert strange == set()


def test_every_button_and_form_has_one_owner() -> None:
    ids = registered().ids
    assert sorted(set(ids)) == sorted(ids)
