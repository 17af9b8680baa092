"""Placeholder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rehearsal.server import Request, Response

if TYPE_CHECKING:
    from bot.rehearsal.standin import StandIn


class Page:
    def __init__(self, standin: StandIn) -> None:
        self.standin = standin

    def answer(self, request: Request) -> Response:
        return Response(404, b"not found", "text/plain")
