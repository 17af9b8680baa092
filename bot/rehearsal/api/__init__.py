"""The Web API, one module per family of methods; `METHODS` is its table of contents."""

from __future__ import annotations

from bot.rehearsal.api import auth, chat, conversations, files, people, scheduled, views
from bot.rehearsal.api.call import Call, Method, Signed

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **scheduled.METHODS,
    **conversations.METHODS,
    **people.METHODS,
    **views.METHODS,
    **files.METHODS,
}
"""Method name -> what it does and the scopes it wants."""

__all__ = ["METHODS", "Call", "Method", "Signed"]
