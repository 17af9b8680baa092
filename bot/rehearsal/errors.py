"""How Slack says no."""

from __future__ import annotations

from typing import Any


class Refused(Exception):  # noqa: N818 - it is an answer of the Web API, not a fault of this program
    """An answer `{"ok": false, "error": code, "response_metadata": {"messages": […]}}`; `more` is added to it."""

    def __init__(self, code: str, *messages: str, **more: Any) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = messages
        self.more = more

    def answer(self) -> dict[str, Any]:
        """The JSON body."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body
