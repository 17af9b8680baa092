"""The form of an update while it is open: another group chosen, it is drawn again with that group's last words."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from handlers import forms, records, shortcuts
from handlers.actors import Actor
from handlers.context import Context
from handlers.updates import filling
from handlers.updates.kind import FORM, KIND, TEXTS


def register(app: App) -> None:
    """Register the listeners."""
    app.action("group", matchers=[_in_our_form])(choose_group)
    app.action("update_open")(open_from_button)
    shortcuts.saves(app, "message_to_update", KIND)


def _in_our_form(body: dict[str, Any]) -> bool:
    return bool((body.get("view") or {}).get("callback_id") == FORM.name)


def open_from_button(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """A button that opens the form: for the group it names, or group and period (``12/2027-W09``), or for none."""
    group_id, _, period = str(body["actions"][0].get("value") or "").partition("/")
    hints = {"group_id": group_id, "period": period}
    records.open_form(ctx, actor, client, body, KIND, hints=hints)
    ack()


def choose_group(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """Draw the form again for the group chosen; what was typed already stays."""
    view = body["view"]
    answers, context = FORM.so_far(view), forms.context_of(view)
    with ctx.readings.begin() as session:
        before = filling.fill(session, ctx, actor, None, {"group_id": context["group_id"]})
        filled = filling.fill(session, ctx, actor, None, {"group_id": answers["group"]})
    typed = {name: answers[name] for name in TEXTS if answers.get(name, "") != (before.values.get(name) or "")}
    drawn = records.Filled(
        {**filled.values, **typed}, filled.options, filled.context, filled.above, filled.filling, filled.questions
    )
    again = records.drawn(actor, KIND, records.carrying(drawn, context))
    client.views_update(view_id=view["id"], hash=view["hash"], view=again)
    ack()
