"""Buttons that open a record's form: a new one, or only some questions of one that was just noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import records
from handlers.actors import Actor
from handlers.context import Context
from handlers.records import RecordKind


def register(app: App, kind: RecordKind[Any], parts: Mapping[str, Sequence[str]]) -> None:
    """Register the kind's *open* button, and each button of ``parts`` with the questions it asks."""

    def open_from_button(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        records.open_form(ctx, actor, client, body, kind)
        ack()

    def ask_part(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        hints = {"questions": parts[body["actions"][0]["action_id"]]}
        records.open_form(ctx, actor, client, body, kind, record_id=records.id_of(body), hints=hints)
        ack()

    app.action(f"{kind.name}_open")(open_from_button)
    for action_id in parts:
        app.action(action_id)(ask_part)
