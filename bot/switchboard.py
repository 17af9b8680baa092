"""Finds the listener of a request by its name: Bolt would ask every one of several hundred whether it is meant.

Topics register with a `Switchboard` as with Bolt's app. It keeps a table of who listens to commands, clicks and forms,
and gives Bolt one listener for each of the three; everything else (events, shortcuts, middleware) is Bolt's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from slack_bolt import App, Args

Function = Callable[..., Any]
F = TypeVar("F", bound=Function)

MEANT = "meant"
"""Where the listener that was found waits, in the context of a request."""
ANY = re.compile("")


@dataclass(frozen=True, slots=True)
class Entry:
    """A listener, and what must be true of a request for which it is meant."""

    listener: Function
    matchers: Sequence[Function] = field(default=())


class Switchboard:
    """The part of Bolt's app topics register with."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._entries: dict[tuple[str, str], list[Entry]] = {}
        app.action(ANY, matchers=[self._knows_action])(answer)
        app.view(ANY, matchers=[self._knows_view])(answer)

    def __getattr__(self, name: str) -> Any:
        """Everything else is as Bolt has it."""
        return getattr(self._app, name)

    def command(self, name: str, matchers: Sequence[Function] = ()) -> Callable[[F], F]:
        """Listen to a slash command."""
        if ("command", name) not in self._entries:
            self._app.command(name, matchers=[self._knows_command])(answer)
        return self._listen("command", name, matchers)

    def action(self, name: str, matchers: Sequence[Function] = ()) -> Callable[[F], F]:
        """Listen to clicks and choices on the element of that action id."""
        return self._listen("action", name, matchers)

    def view(self, name: str, matchers: Sequence[Function] = ()) -> Callable[[F], F]:
        """Listen to the form of that callback id being submitted."""
        return self._listen("view", name, matchers)

    def _listen(self, kind: str, name: str, matchers: Sequence[Function]) -> Callable[[F], F]:
        def listen(listener: F) -> F:
            self._entries.setdefault((kind, name), []).append(Entry(listener, matchers))
            return listener

        return listen

    def _knows_command(self, args: Args) -> bool:
        return self._knows("command", args.body.get("command"), args)

    def _knows_action(self, args: Args) -> bool:
        return self._knows("action", (args.action or {}).get("action_id"), args)

    def _knows_view(self, args: Args) -> bool:
        return self._knows("view", (args.view or {}).get("callback_id"), args)

    def _knows(self, kind: str, name: Any, args: Args) -> bool:
        """Find the first listener of that name that is meant."""
        given = _given(args)
        for entry in self._entries.get((kind, name), ()):
            if all(_call(matcher, given) for matcher in entry.matchers):
                args.context[MEANT] = entry.listener
                return True
        return False


def answer(args: Args) -> Any:
    """Let the listener that was found answer."""
    return _call(args.context[MEANT], _given(args))


def _given(args: Args) -> Mapping[str, Any]:
    """All that a listener may ask for by the names of its parameters, as Bolt has it."""
    return {**args.context, **vars(args)}


def _call(function: Function, given: Mapping[str, Any]) -> Any:
    code = function.__code__
    return function(*(given[name] for name in code.co_varnames[: code.co_argcount]))
