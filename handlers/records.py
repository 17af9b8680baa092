"""The description of a kind of record, and what is alike for every kind: asked by a form, kept, edited, withdrawn.

DESIGN.md rule 5. A topic describes its kind once (`RecordKind`); `register` gives it its form, its edit form,
*Withdraw* and *Undo*. Whatever is kept is one transaction: the record, its line of history, the cards that show it.
Two people who edit one record notice each other by its version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

import storage.history
import storage.people
import storage.received
from handlers import answers as replies
from handlers import cards, forms, messages, people
from handlers.actors import Actor
from handlers.cards import Shown
from handlers.context import Context
from handlers.errors import FieldRefusal, Refusal, number
from handlers.forms import Form, Sort
from handlers.language import message
from handlers.reports import blocks
from storage.history import By, Origin
from storage.people import Standing
from storage.records import Record
from storage.visibility import sees

GONE = message("This record does not exist any more.")
KEPT_BEFORE = message(
    "This form was recorded already, before your last change to it: nothing was added. Copy what you changed, close "
    "the form, and edit the record with the button in your direct messages."
)
WITHDRAWN = message("This was withdrawn on {at}; nothing was changed.")
NOT_WITHDRAWN = message("This was restored already.")
CHANGED_MEANWHILE = message(
    "{who} changed this at {at}, while you were writing: nothing was overwritten. What you wrote still stands in the "
    "form: copy what you need, close it, and open the record again."
)
SOMEBODY = message("Somebody")
NOT_A_MEMBER = message("{name} is not a full member of this workspace and cannot carry this.")
NOT_FOR_YOU = message("This record is not open to you.")

CARRIED = ("home", "source")
"""What a form's context says of where it was opened: on the Home tab, from a message."""

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form opens with (see `Form.view`); ``questions`` names those asked, all when empty."""

    values: Mapping[str, Any]
    options: forms.Options = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    above: Sequence[blocks.Block] = ()
    filling: str = ""
    questions: Sequence[str] = ()


def _nothing_more(session: Session, ctx: Context, actor: Actor, record: Any) -> None:
    """Nothing follows from its withdrawal."""


def _nothing_to_say(session: Session, record: Any, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """No way back to an earlier version."""
    return {}


@dataclass(frozen=True, slots=True)
class RecordKind(Generic[R]):
    """One kind of record.

    ``name`` is its form's callback id and begins its button ids. ``fill(session, ctx, actor, record, hints)`` says what
    a form opens with; ``make(session, ctx, actor, answers, context)`` checks the answers and adds a record, with the
    ``source_id`` of the context if there is one; ``apply(session, ctx, actor, record, answers)`` checks and changes
    one; ``require_change`` raises a refusal to who may not. ``shown`` is how its cards look.
    """

    name: str
    model: type[R]
    form: Form
    fill: Callable[[Session, Context, Actor, R | None, Mapping[str, Any]], Filled]
    make: Callable[[Session, Context, Actor, Mapping[str, Any], Mapping[str, Any]], R]
    apply: Callable[[Session, Context, Actor, R, Mapping[str, Any]], None]
    require_change: Callable[[Session, Context, Actor, R], None]
    shown: Shown[R]
    after_withdrawal: Callable[[Session, Context, Actor, R], None] = _nothing_more
    """What else follows when one is withdrawn, or restored."""
    answers_of: Callable[[Session, R, Mapping[str, Any]], Mapping[str, Any]] = _nothing_to_say
    """What its form would be answered for it to hold those facts of its history again (see `storage.history`)."""
    words: str = ""
    """The question whose answer are the words of a message that is saved as such a record."""


def submits(app: App, kind: RecordKind[Any]) -> None:
    """Let the form of a kind be submitted."""

    def submitted(
        ack: Ack,
        ctx: Context,
        actor: Actor,
        view: dict[str, Any],
        client: WebClient,
        delivery: str,
        home: Callable[[], None],
    ) -> None:
        answers = kind.form.answers(view)
        _meet(ctx, client, kind.form, answers)
        context = _completed(ctx, client, forms.context_of(view))
        with ctx.sessions.begin() as session:
            if storage.received.first(session, delivery, ctx.now()):
                if "id" not in context and not storage.received.first(session, f"form:{view['id']}", ctx.now()):
                    raise Refusal(KEPT_BEFORE)
                keep(session, ctx, actor, kind, answers, context)
        ack()
        ctx.wake()
        if context.get("home"):
            home()

    app.view(kind.name)(submitted)


def register(app: App, kind: RecordKind[Any]) -> None:
    """Give a kind its listeners: the form submitted, *Edit*, *Withdraw*, *Undo*."""
    submits(app, kind)

    def edit(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
        open_form(ctx, actor, client, body, kind, record_id=id_of(body))
        ack()

    def withdraw(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
        set_withdrawn(ctx, actor, kind, id_of(body), delivery, withdrawn=True)
        ack()

    def restore(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], delivery: str) -> None:
        set_withdrawn(ctx, actor, kind, id_of(body), delivery, withdrawn=False)
        ack()

    app.action(f"{kind.name}_edit")(edit)
    app.action(f"{kind.name}_withdraw")(withdraw)
    app.action(f"{kind.name}_restore")(restore)


def open_form(
    ctx: Context,
    actor: Actor,
    client: WebClient,
    body: Mapping[str, Any],
    kind: RecordKind[R],
    *,
    record_id: int | None = None,
    hints: Mapping[str, Any] | None = None,
) -> None:
    """Open the form, for a new record or an existing one; on a sheet it is laid upon it."""
    with ctx.readings.begin() as session:
        record = None if record_id is None else changeable(session, ctx, actor, kind, record_id)
        filled = kind.fill(session, ctx, actor, record, hints or {})
    replies.lay(client, body, drawn(actor, kind, carrying(filled, {"home": True} if on_home(body) else {})))


def carrying(filled: Filled, context: Mapping[str, Any]) -> Filled:
    """The same form, which also carries what it must not forget however often it is drawn again."""
    kept = {name: context[name] for name in CARRIED if name in context}
    return replace(filled, context={**filled.context, **kept})


def on_home(body: Mapping[str, Any]) -> bool:
    """Whether it was clicked on the Home tab, which is drawn again once something was kept."""
    return bool((body.get("view") or {}).get("type") == "home")


def drawn(actor: Actor, kind: RecordKind[R], filled: Filled) -> dict[str, Any]:
    """The form as it opens; above one for the words of a message stands whose they are."""
    form = kind.form.only(*filled.questions) if filled.questions else kind.form
    source = filled.context.get("source")
    above = [*filled.above, *(messages.above(actor, source) if source else ())]
    return form.view(actor.speaker, filled.values, filled.options, filled.context, above, filled.filling)


def keep(
    session: Session,
    ctx: Context,
    actor: Actor,
    kind: RecordKind[R],
    answers: Mapping[str, Any],
    context: Mapping[str, Any],
    origin: Origin = Origin.FORM,
) -> R:
    """Keep what was answered: a new record, or a change of the one named in ``context``. Raises refusals."""
    if "id" in context:
        record = changeable(session, ctx, actor, kind, int(context["id"]))
        if "version" in context and record.version != context["version"]:
            raise _changed_meanwhile(session, actor, kind, record)
        return change(session, ctx, actor, kind, record, answers, origin)
    if "source" in context:
        context = {**context, "source_id": messages.keep(session, ctx, actor, context["source"]).id}
    record = kind.make(session, ctx, actor, answers, context)
    storage.history.created(session, record, By(actor.id, ctx.now(), origin))
    cards.receipt(session, ctx, actor, record)
    return record


def change(
    session: Session,
    ctx: Context,
    actor: Actor,
    kind: RecordKind[R],
    record: R,
    answers: Mapping[str, Any],
    origin: Origin = Origin.BUTTON,
) -> R:
    """Change a record, with its line of history and its cards; nothing happens where nothing differs."""
    before = storage.history.facts(record)
    kind.apply(session, ctx, actor, record, answers)
    touched(session, ctx, actor, kind.shown, record, before, origin)
    return record


def touched(
    session: Session,
    ctx: Context,
    actor: Actor,
    shown: Shown[R],
    record: R,
    before: dict[str, Any],
    origin: Origin,
) -> None:
    """Write down that a record was changed, if it was, and let its cards follow."""
    session.flush()
    if not storage.history.changed(session, record, before, By(actor.id, ctx.now(), origin)):
        return
    record.version += 1
    record.edited_at = ctx.now()
    session.flush()
    cards.refresh(session, ctx, shown, record)
    cards.receipt(session, ctx, actor, record)


def changeable(session: Session, ctx: Context, actor: Actor, kind: RecordKind[R], record_id: int) -> R:
    """The record, locked, if this person may change it today. Raises Refusal."""
    record = standing(session, actor, kind, record_id)
    if record.withdrawn:
        raise Refusal(WITHDRAWN, at=record.withdrawn_at)
    kind.require_change(session, ctx, actor, record)
    return record


def standing(session: Session, actor: Actor, kind: RecordKind[R], record_id: int) -> R:
    """The record, withdrawn or not, if this person may read it. Raises Refusal."""
    record = session.get(kind.model, record_id, with_for_update=True)
    if record is None:
        raise Refusal(GONE)
    if not sees(record, actor.audience):
        raise Refusal(NOT_FOR_YOU)
    return record


def set_withdrawn(
    ctx: Context, actor: Actor, kind: RecordKind[Any], record_id: int, delivery: str, *, withdrawn: bool
) -> None:
    """Withdraw a record, or restore it, once. Raises refusals."""
    with ctx.sessions.begin() as session:
        if not storage.received.first(session, delivery, ctx.now()):
            return
        record = standing(session, actor, kind, record_id)
        if record.withdrawn == withdrawn:
            raise Refusal(WITHDRAWN, at=record.withdrawn_at) if withdrawn else Refusal(NOT_WITHDRAWN)
        kind.require_change(session, ctx, actor, record)
        before = storage.history.facts(record)
        record.withdrawn_at = ctx.now() if withdrawn else None
        touched(session, ctx, actor, kind.shown, record, before, Origin.BUTTON)
        kind.after_withdrawal(session, ctx, actor, record)
    ctx.wake()


def _changed_meanwhile(session: Session, actor: Actor, kind: RecordKind[R], record: R) -> Refusal:
    """Who else changed it, and when."""
    last = storage.history.of_record(session, kind.model.__tablename__, record.id)[-1]
    people_found = storage.people.by_ids(session, [last.person_id] if last.person_id else [])
    who = people_found[0].name if people_found else actor.speaker.say(SOMEBODY)
    return Refusal(CHANGED_MEANWHILE, who=who, at=last.at)


def _completed(ctx: Context, client: WebClient, context: dict[str, Any]) -> dict[str, Any]:
    """What a form was opened with; Slack is asked once more for the permalink that it did not tell then."""
    source = context.get("source")
    return (
        context
        if source is None or source.get("link")
        else context | {"source": messages.completed(ctx, client, source)}
    )


def _meet(ctx: Context, client: WebClient, form: Form, answers: Mapping[str, Any]) -> None:
    """Ask Slack about people chosen in a form whom the bot never met. Raises FieldRefusal for who is no member."""
    for question in form.questions:
        slack_id = answers.get(question.name)
        if question.sort != Sort.PERSON or not slack_id:
            continue
        person = people.known(ctx, client, slack_id)
        if person.standing != Standing.MEMBER:
            raise FieldRefusal({question.name: (NOT_A_MEMBER, {"name": person.name or slack_id})})


def id_of(body: Mapping[str, Any]) -> int:
    """The record a button is about: its value. Raises Refusal for what is none."""
    return number(body["actions"][0].get("value"), GONE)
