"""The listeners that follow from a description: its list, its form, *Edit*, *Withdraw*, the sheet of one record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from handlers import answers, commands, places, records, searching
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.kinds import forming, listing, narrowing, telling
from handlers.kinds.kind import Kind, Page
from handlers.kinds.narrowing import Wanted
from handlers.reports import blocks


def register(app: App, kind: Kind[Any]) -> None:
    """Register the listeners of a kind: what every kind has, then its own."""
    records.register(app, forming.record_kind(kind))
    _register_list(app, kind)
    _register_one(app, kind)
    kind.register(app)


def _register_list(app: App, kind: Kind[Any]) -> None:
    """The list, narrowed by words or its menus, and the pages beside it."""

    def found(ctx: Context, actor: Actor, wanted: Wanted) -> tuple[str, list[blocks.Block]]:
        if wanted.words:
            searching.current(ctx, (searching.of_kind(kind),))
        with ctx.readings.begin() as session:
            return listing.listed(session, ctx, actor, kind, wanted)

    def listed(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
        word, further = commands.spoken(rest)
        page = next((each for each in kind.pages if word in each.words), None)
        with ctx.readings.begin() as session:
            if page is not None:
                text, told = _turned(session, ctx, actor, body, page, further)
            else:
                wanted = narrowing.read(session, kind, rest, actor.speaker)
        if page is None:
            text, told = found(ctx, actor, wanted)
        answers.show(ack, client, body, text, told)

    def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        listed(ack, ctx, actor, body, client, "")

    def narrowed(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        text, told = found(ctx, actor, narrowing.chosen(kind, body))
        places.show_instead(ack, client, body, text, told)

    for page in kind.pages:
        app.action(f"{kind.name}_{page.name}")(_turning(page))
    if kind.command is not None:
        commands.on(app, kind.command, listed)
        app.action(f"{kind.command.name}_open")(opened)
    for menu in ("state", "group", "institution", "more"):
        app.action(f"{kind.name}_list_{menu}")(narrowed)


def _register_one(app: App, kind: Kind[Any]) -> None:
    """An empty form, the sheet of one, and what is chosen in its ⋯ menu."""
    record_kind = forming.record_kind(kind)

    def add(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        hints = hinted(str(body["actions"][0].get("value") or ""))
        records.open_form(ctx, actor, client, body, record_kind, hints=hints)
        ack()

    def show(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        lay(ctx, actor, client, body, kind, records.id_of(body))
        ack()

    def choose(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        what, _, value = body["actions"][0]["selected_option"]["value"].partition(":")
        record_id = number(value, records.GONE)
        part = next((each for each in kind.parts if each.name == what), None)
        if part is not None:
            hints = {telling.pointing(part, kind): str(record_id)}
            records.open_form(ctx, actor, client, body, forming.record_kind(part), hints=hints)
        elif what == "edit":
            records.open_form(ctx, actor, client, body, record_kind, record_id=record_id)
        elif what == "show":
            lay(ctx, actor, client, body, kind, record_id)
        else:
            raise Refusal(NOT_OFFERED_ANY_MORE)
        ack()

    app.action(f"{kind.name}_add")(add)
    app.action(f"{kind.name}_show")(show)
    app.action(f"{kind.name}_menu")(choose)


def _turning(page: Page) -> Callable[..., None]:
    """The listener of the button that shows a page."""

    def turned(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        with ctx.readings.begin() as session:
            text, told = _turned(session, ctx, actor, body, page)
        answers.show(ack, client, body, text, told)

    return turned


def _turned(
    session: Session, ctx: Context, actor: Actor, body: dict[str, Any], page: Page, rest: str = ""
) -> tuple[str, list[blocks.Block]]:
    """A page as text and blocks; on a view, which takes no table (SLACK.md 2.1), its text alone."""
    text, told = page.shown(session, ctx, actor, rest)
    has_table = any(block["type"] == "table" for block in told)
    return text, blocks.paragraphs(text) if has_table and body.get("view") else told


def lay(ctx: Context, actor: Actor, client: Any, body: dict[str, Any], kind: Kind[Any], record_id: int) -> None:
    """Open the sheet that shows one record whole. Raises Refusal to who may not read it."""
    with ctx.readings.begin() as session:
        record = records.standing(session, actor, forming.record_kind(kind), record_id)
        if record.withdrawn:
            raise Refusal(records.WITHDRAWN, at=record.withdrawn_at)
        view = listing.whole(session, ctx, actor, kind, record)
    answers.lay(client, body, view)


def hinted(value: str) -> dict[str, str]:
    """What a button says of the form it opens: ``arrangement:12`` is the parent."""
    field, _, given = value.partition(":")
    return {field: given} if field and given else {}
