"""How a record of a described kind is told: a neutral entry, alike on cards, in lists, documents; and its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from handlers import readers, rights, vocabulary
from handlers.actors import Actor
from handlers.cards import Shown
from handlers.context import Context
from handlers.kinds import naming, values
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind
from handlers.kinds.naming import Names
from handlers.language import Speaker, message
from handlers.readers import Reader
from handlers.reports import blocks
from handlers.reports.report import Entry, Mark, Paragraph
from storage.visibility import Level

NAMED_RECORD = message("{code} – {title}")
FACT = message("{label}: {value}")
READERS = message("Who may read it: {level}")
EDIT_BUTTON = message("Edit")
WITHDRAW_BUTTON = message("Withdraw")
KEEP_BUTTON = message("Keep this")
WITHDRAW_TITLE = message("Withdraw this?")
WITHDRAW_TEXT = message("This then shows nowhere but in the history. You can undo it.")

_LONG = (Sort.TEXT, Sort.LINKS)
_SPEAKING = (Sort.WORD, Sort.GROUP)
"""Sorts whose value says in one line what it is of."""
_UNTOLD = (Sort.LEVEL,)


def entry(kind: Kind[Any], record: Any, names: Names, speaker: Speaker) -> Entry:
    """The whole of a record: its title, where it stands, its fields that hold something."""
    told = [(each, values.told(each, record, names, speaker)) for each in kind.fields if _is_told(kind, each)]
    told = [(each, words) for each, words in told if words and words != record.title]
    facts = [_fact(each, words, speaker) for each, words in told if each.sort not in _LONG]
    paragraphs = [Paragraph(words, speaker.say(each.label), said=True) for each, words in told if each.sort in _LONG]
    head = title(kind, record, names, speaker)
    return Entry(head, mark(kind, record, speaker), facts, paragraphs, f"{kind.table}:{record.id}")


def brief(kind: Kind[Any], record: Any, names: Names, speaker: Speaker) -> list[str]:
    """What the one line of a list tells of it beside title and state."""
    told = ((each, values.brief(each, record, names, speaker)) for each in kind.fields if each.brief)
    return [words if each.sort in _SPEAKING else _fact(each, words, speaker) for each, words in told if words]


def title(kind: Kind[Any], record: Any, names: Names, speaker: Speaker) -> str:
    """Its code and what it is called."""
    called = " ".join(kind.called(record, names, speaker).split())
    return speaker.say(NAMED_RECORD, code=record.code, title=called) if called else str(record.code)


def mark(kind: Kind[Any], record: Any, speaker: Speaker) -> Mark | None:
    """Where it stands, for a kind that has states."""
    own = kind.marked(record, speaker)
    return own or (values.mark(kind.field(kind.status), record, speaker) if kind.status else None)


def entry_for(session: Session, kind: Kind[Any], reader: Reader, record: Any) -> Entry:
    """The entry of one record for a reader."""
    names = naming.names(session, kind.fields, [record], reader.speaker, reader.audience)
    return entry(kind, record, names, reader.speaker)


def shown(kind: Kind[Any]) -> Shown[Any]:
    """How its cards look."""

    def card_title(actor: Actor, record: Any) -> str:
        return actor.speaker.say(kind.labels.one)

    def told(session: Session, ctx: Context, reader: Reader, record: Any) -> Entry:
        return entry_for(session, kind, reader, record)

    def notes(session: Session, ctx: Context, actor: Actor, record: Any) -> list[str]:
        return [*warned(session, ctx, actor, kind, record), _readers(actor.speaker, record)]

    def offered(session: Session, ctx: Context, actor: Actor, record: Any) -> list[blocks.Block]:
        return buttons(session, ctx, actor, kind, record)

    return Shown(kind.name, card_title, told, notes, offered)


def warned(session: Session, ctx: Context, actor: Actor, kind: Kind[Any], record: Any) -> list[str]:
    """What warns of it and blocks nothing."""
    return [actor.speaker.say(sentence, **given) for sentence, given in kind.warnings(session, ctx, actor, record)]


def buttons(session: Session, ctx: Context, actor: Actor, kind: Kind[Any], record: Any) -> list[blocks.Block]:
    """What that person can do with it: its own buttons, the parts that can be added, *Edit*, *Withdraw*."""
    own = list(kind.buttons(session, ctx, actor, record))
    if not rights.may(actor, kind.changing, record=record):
        return own
    say, value = actor.speaker.say, str(record.id)
    sure = blocks.confirm(say(WITHDRAW_TITLE), say(WITHDRAW_TEXT), say(WITHDRAW_BUTTON), say(KEEP_BUTTON), danger=True)
    return [
        *own,
        *(
            blocks.button(say(part.labels.add), f"{part.name}_add", f"{pointing(part, kind)}:{value}")
            for part in kind.parts
            if not part.apart
        ),
        blocks.button(say(EDIT_BUTTON), f"{kind.name}_edit", value),
        blocks.button(say(WITHDRAW_BUTTON), f"{kind.name}_withdraw", value, confirm=sure),
    ]


def pointing(part: Kind[Any], whole: Kind[Any]) -> str:
    """The name of the field by which a part points at its whole."""
    return next(each.name for each in part.fields if each.of is whole.model)


def of_actor(session: Session, actor: Actor, kind: Kind[Any], records: Sequence[Any]) -> Names:
    """What these records point at, as that person may know it."""
    reader = readers.of_actor(actor)
    return naming.names(session, kind.fields, records, reader.speaker, reader.audience)


def _is_told(kind: Kind[Any], field: Field) -> bool:
    return field.told and field.sort not in _UNTOLD and field.name != kind.status


def _fact(field: Field, words: str, speaker: Speaker) -> str:
    return speaker.say(FACT, label=speaker.say(field.label), value=words)


def _readers(speaker: Speaker, record: Any) -> str:
    return speaker.say(READERS, level=speaker.say(vocabulary.LEVEL[Level(record.visibility)]))
