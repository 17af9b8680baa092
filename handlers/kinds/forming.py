"""The form of a described kind, and how its answers are kept: what `handlers.records` needs to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

import storage.groups
import storage.history
import storage.partners
import storage.people
import storage.registered
from handlers import rights
from handlers.actors import Actor
from handlers.context import Context
from handlers.errors import FieldRefusal
from handlers.forms import Form
from handlers.kinds import telling, values, wholes
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind
from handlers.kinds.values import Put
from handlers.language import message
from handlers.records import Filled, RecordKind
from storage.groups import Group, State
from storage.history import By, Origin
from storage.visibility import Level

SAVE_SUBMIT = message("Save")
WHO_READS = message("Who may read it")
WHICH_GROUP = message("Only a record of a group can be for its group alone: choose a group, or another level.")

VISIBILITY = Field("visibility", WHO_READS, Sort.LEVEL, required=True, headings=("visible to", "visible par"))
"""The last question of a kind that has none of its own about who reads it."""
CHOICES = 500
"""Records offered in a menu, the newest."""


def asked(kind: Kind[Any]) -> list[Field]:
    """The fields its form asks, in order; a part is read by who reads its whole."""
    fields = [each for each in kind.fields if each.asked]
    has_readers = any(each.sort == Sort.LEVEL or each.whole for each in kind.fields)
    return fields if has_readers else [*fields, VISIBILITY]


def record_kind(kind: Kind[Any]) -> RecordKind[Any]:
    """The same as a kind of record: form, *Edit*, *Withdraw*, restore (see `handlers.records`)."""
    form = Form(kind.name, kind.labels.one, SAVE_SUBMIT, [values.question(each) for each in asked(kind)])

    def fill(session: Session, ctx: Context, actor: Actor, record: Any, hints: Mapping[str, Any]) -> Filled:
        return _filled(session, ctx, actor, kind, record, hints)

    def make(
        session: Session, ctx: Context, actor: Actor, answers: Mapping[str, Any], context: Mapping[str, Any]
    ) -> Any:
        return add(session, ctx, actor, kind, answers, context.get("source_id"))

    def apply(session: Session, ctx: Context, actor: Actor, record: Any, answers: Mapping[str, Any]) -> None:
        group_id, before = record.group_id, storage.history.facts(record)
        fill_in(session, ctx, kind, record, answers)
        if record.group_id != group_id:
            require(session, ctx, actor, kind, record)
        settle(session, ctx, actor, kind, record, before)

    def require_change(session: Session, ctx: Context, actor: Actor, record: Any) -> None:
        require(session, ctx, actor, kind, record)
        wholes.require_whole(session, kind, record)

    def after_withdrawal(session: Session, ctx: Context, actor: Actor, record: Any) -> None:
        wholes.follow(session, ctx, kind, record, By(actor.id, ctx.now(), Origin.BUTTON))

    def answers_of(session: Session, record: Any, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        return _answers(session, kind, facts)

    return RecordKind(
        kind.name,
        kind.model,
        form,
        fill,
        make,
        apply,
        require_change,
        telling.shown(kind),
        after_withdrawal=after_withdrawal,
        answers_of=answers_of,
    )


def add(
    session: Session,
    ctx: Context,
    actor: Actor,
    kind: Kind[Any],
    answers: Mapping[str, Any],
    source_id: int | None = None,
) -> Any:
    """A new record with those answers (field -> answer), checked, numbered and kept. Raises refusals.

    Its line of history and its card are the caller's (`handlers.records.keep`).
    """
    record = kind.model(
        visibility=kind.level,
        language=actor.speaker.language,
        said_at=ctx.now(),
        said_by_id=actor.id,
        source_id=source_id,
        version=1,
        not_applicable="",
    )
    with session.no_autoflush:
        fill_in(session, ctx, kind, record, answers)
        require(session, ctx, actor, kind, record)
        settle(session, ctx, actor, kind, record, {})
    return record


def fill_in(session: Session, ctx: Context, kind: Kind[Any], record: Any, answers: Mapping[str, Any]) -> None:
    """Put the answers into a record, each fault told at its question; what is not answered stays."""
    faults: dict[str, Any] = {}
    for each in asked(kind):
        if each.name not in answers:
            continue
        try:
            values.put(Put(session, ctx, record), each, answers[each.name])
        except FieldRefusal as refusal:
            faults |= refusal.faults
    if faults:
        raise FieldRefusal(faults)
    wholes.join(session, kind, record)
    if record.visibility == Level.GROUP and record.group_id is None:
        raise FieldRefusal({"visibility": (WHICH_GROUP, {})})


def settle(
    session: Session,
    ctx: Context,
    actor: Actor | None,
    kind: Kind[Any],
    record: Any,
    before: Mapping[str, Any],
    code: str = "",
) -> None:
    """Let the rule of its kind check a record, keep it, under that code where it is new and the code free, and let
    follow what follows. Raises refusals.
    """
    wholes.join(session, kind, record)
    kind.rule(session, ctx, actor, record, before)
    if not before:
        storage.registered.number(session, record, kind.prefix, kind.year(record) or ctx.today.year, code)
        session.add(record)
    session.flush()
    if before and any(before[name] != getattr(record, name) for name in ("visibility", "group_id")):
        by = By(actor.id, ctx.now(), Origin.FORM) if actor is not None else By(None, ctx.now(), Origin.IMPORT)
        wholes.follow(session, ctx, kind, record, by)
    kind.follows(session, ctx, actor, record, before)
    session.flush()


def require(session: Session, ctx: Context, actor: Actor, kind: Kind[Any], record: Any) -> None:
    """Raises Refusal, naming who can, unless they may keep such a record, in its group where it has one."""
    right = kind.writes if record.id is None else kind.changing
    rights.require(session, ctx, actor, right, record)


def may_keep(actor: Actor, kind: Kind[Any], record: Any) -> bool:
    """The same as a question."""
    return rights.may(actor, kind.changing, record=record)


def may_add(actor: Actor, kind: Kind[Any]) -> bool:
    """Whether there is a group, or none, in which they may add one."""
    return any(rights.may(actor, kind.writes, group_id) for group_id in (None, *actor.leads))


def _filled(
    session: Session, ctx: Context, actor: Actor, kind: Kind[Any], record: Any, hints: Mapping[str, Any]
) -> Filled:
    """What the form opens with: a record as it stands, or first answers of a new one (``hints``: field -> value)."""
    fields = asked(kind)
    options: dict[str, Sequence[tuple[str, str]]] = dict(kind.options(session, ctx, actor, record, hints))
    for each in fields:
        if each.name not in options and (menu := _menu(session, actor, kind, each)) is not None:
            options[each.name] = menu
    if record is not None:
        held = {each.name: values.form_value(session, each, record, actor.speaker) for each in fields}
        return Filled(held, options, {"id": record.id, "version": record.version}, questions=hints.get("questions", ()))
    if not may_add(actor, kind):
        rights.require(session, ctx, actor, kind.writes)
    opened = {"visibility": kind.level.value, **hints, **kind.begins(session, ctx, actor, hints)}
    return Filled(opened, options)


def _menu(session: Session, actor: Actor, kind: Kind[Any], field: Field) -> list[tuple[str, str]] | None:
    """What there is to choose for a field whose choices are found at run time."""
    language = actor.speaker.language
    if field.sort in (Sort.INSTITUTION, Sort.INSTITUTIONS):
        return [(str(each.id), each.choice(language)) for each in storage.partners.everyone(session)]
    if field.sort == Sort.GROUP:
        return [(str(each.id), f"{each.code} – {each.name(language)}") for each in _groups(session, actor, kind)]
    if field.sort == Sort.RECORD:
        assert field.of is not None
        found = storage.registered.newest(session, field.of, actor.audience, CHOICES)
        return [(str(each.id), f"{each.code} – {each.title}") for each in found]
    return None


def _groups(session: Session, actor: Actor, kind: Kind[Any]) -> Sequence[Group]:
    """The groups and bodies in which they may keep one, their own first."""
    living = [each for each in storage.groups.everyone(session) if each.state in (State.ACTIVE, State.DORMANT)]
    mine = [each for each in living if rights.may(actor, kind.writes, each.id)]
    return sorted(mine, key=lambda group: group.id not in actor.leads)


def _answers(session: Session, kind: Kind[Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the form would be answered for a record to hold those facts of its history again."""
    found: dict[str, Any] = {}
    for each in asked(kind):
        if each.column not in facts:
            continue
        answer = values.answered(each, facts)
        if each.sort == Sort.INSTITUTIONS:
            codes = set(answer or ())
            answer = [str(one.id) for one in storage.partners.everyone(session) if one.code in codes]
        elif each.sort == Sort.PERSON and answer is not None:
            people = storage.people.by_ids(session, [answer])
            if not people or people[0].slack_id is None:
                continue
            answer = people[0].slack_id
        found[each.name] = answer
    return found
