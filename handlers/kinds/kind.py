"""A kind of record, described once (DESIGN.md rule 5): form, list, card, history, search, sheet and import follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from slack_bolt import App
from sqlalchemy.orm import Session

from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.dues import Source
from handlers.kinds.field import Field
from handlers.kinds.naming import Names
from handlers.language import Message, Speaker
from handlers.reports import blocks
from handlers.reports.report import Mark
from handlers.rights import Right
from storage.registered import Registered
from storage.visibility import Level

R = TypeVar("R", bound=Registered)


def _no_rule(session: Session, ctx: Context, actor: Actor | None, record: Any, before: Mapping[str, Any]) -> None:
    """Nothing more to check, nothing follows."""


def _nothing_to_warn(
    session: Session, ctx: Context, actor: Actor, record: Any
) -> Sequence[tuple[Message, Mapping[str, object]]]:
    """Nothing to warn of."""
    return ()


def _no_buttons(session: Session, ctx: Context, actor: Actor, record: Any) -> Sequence[blocks.Block]:
    """No buttons of its own."""
    return ()


def _empty(session: Session, ctx: Context, actor: Actor, hints: Mapping[str, Any]) -> Mapping[str, Any]:
    """Opens empty."""
    return {}


def _as_told(ctx: Context, told: Mapping[str, Any], record: Any) -> Mapping[str, Any]:
    """No more than it says."""
    return told


def _newest(
    session: Session, ctx: Context, actor: Actor, record: Any, hints: Mapping[str, Any]
) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Offers the newest of what a field points at."""
    return {}


def _own_title(record: Any, names: Names, speaker: Speaker) -> str:
    """What its model says."""
    return str(record.title)


def _nothing_beside(session: Session, ctx: Context, actor: Actor) -> Sequence[blocks.Block]:
    """Nothing beside its list."""
    return ()


def _no_listeners(app: App) -> None:
    """No listeners of its own."""


def _as_its_status(record: Any, speaker: Speaker) -> Mark | None:
    """As its status says."""
    return None


@dataclass(frozen=True, slots=True)
class Page:
    """Another view of a kind, behind a word after its command (``/ptf work calendar``) and a button under its list.

    ``name`` ends the button's id (``<kind>_<name>``); ``words`` are folded. ``shown(session, ctx, actor, rest)`` gives
    its text and its blocks, narrowed by what stands after the word.
    """

    name: str
    words: Sequence[str]
    label: Message
    shown: Callable[[Session, Context, Actor, str], tuple[str, list[blocks.Block]]]


@dataclass(frozen=True, slots=True)
class Labels:
    """What a kind is called: ``one`` titles its form and card (24 characters at most), ``many`` its list and sheet
    (31 at most), ``add`` is the button that opens an empty form, ``note`` says on the first sheet what it holds.
    """

    one: Message
    many: Message
    add: Message
    note: Message


@dataclass(frozen=True, slots=True)
class Kind(Generic[R]):
    """One kind of record.

    ``name`` is its form's callback id and begins its button ids; ``prefix`` begins its codes. ``fields`` in the order
    of the form. ``status`` names the WORD field that says where it stands, ``standing`` the values that are still open.
    ``writes`` is the right to add one, ``changes`` that to change and withdraw it where it is another. ``level`` is who
    may read one unless told otherwise.

    ``rule(session, ctx, actor, record, before)`` is called once a record holds what was answered or brought in from a
    file (then ``actor`` is None) and before it is kept: it raises FieldRefusal and fills what follows from the fields.
    ``follows``, called with the same once it is kept and has its id and code, does what else follows (messages, other
    records). ``before`` is what the record held (see storage.history.facts), {} for a new one.
    ``warnings`` are sentences under its card, for the one who looks at it, that block nothing. ``buttons`` are its own,
    beside *Edit*, *Withdraw*, *History*; ``pages`` are other views of them all. ``parts`` are kinds of which it has
    many (each points at it by a RECORD field), shown and added from it. ``register`` registers its own listeners;
    ``command`` lists it, None for a part; ``commands`` are further words of its own. ``dues`` finds what of it is owed
    by a day, for the reminders (see handlers.dues).
    """

    name: str
    model: type[R]
    prefix: str
    labels: Labels
    fields: Sequence[Field]
    writes: Right
    status: str = ""
    standing: Sequence[str] = ()
    level: Level = Level.ALL
    command: Command | None = None
    parts: Sequence[Kind[Any]] = ()
    rule: Callable[[Session, Context, Actor | None, R, Mapping[str, Any]], None] = _no_rule
    follows: Callable[[Session, Context, Actor | None, R, Mapping[str, Any]], None] = _no_rule
    warnings: Callable[[Session, Context, Actor, R], Sequence[tuple[Message, Mapping[str, object]]]] = _nothing_to_warn
    buttons: Callable[[Session, Context, Actor, R], Sequence[blocks.Block]] = _no_buttons
    pages: Sequence[Page] = ()
    apart: bool = False
    """A part that its whole shows, and lets be noted, in a way of its own."""
    register: Callable[[App], None] = _no_listeners
    changes: Right | None = None
    commands: Sequence[Command] = ()
    dues: Source | None = None
    order: Sequence[str] = ()
    """The columns by which its list and sheet are ordered, ``-name`` for the last first; the newest first else."""
    year: Callable[[R], int | None] = field(default=lambda record: None)
    """The year its code counts in, of a record that holds its answers; None: that of today."""
    begins: Callable[[Session, Context, Actor, Mapping[str, Any]], Mapping[str, Any]] = _empty
    """Field -> answer that an empty form opens with, from what it was opened with (field -> value)."""
    options: Callable[
        [Session, Context, Actor, R | None, Mapping[str, Any]], Mapping[str, Sequence[tuple[str, str]]]
    ] = _newest
    """Field -> the choices (value, label) its form offers instead of the usual ones, for a record or a new one."""
    called: Callable[[R, Names, Speaker], str] = _own_title
    """What one is called beside its code, for one reader."""
    marked: Callable[[R, Speaker], Mark | None] = _as_its_status
    """Where one stands where its status alone says too little; None: as the status says."""
    further: Callable[[Session, Context, Actor, R], Sequence[blocks.Block]] = _no_buttons
    """What else the sheet of one shows, before its parts."""
    beside: Callable[[Session, Context, Actor], Sequence[blocks.Block]] = _nothing_beside
    """What its list shows besides, under it."""

    understood: Callable[[Context, Mapping[str, Any], R | None], Mapping[str, Any]] = _as_told
    """What a row of a file tells (column -> value) with what it says in other words, of a new record or a known one."""
    telling: Sequence[str] = ()
    """The fields that tell one apart where a file gives neither version nor code; those that are required else."""
    named: Callable[[str], Mapping[str, Any]] | None = None
    """Column -> value of one of which a file only gives the name, its naming column first; None: a name is too little.

    It is entered when nobody knows it; its required RECORD fields are then those of the row that names it.
    """

    @property
    def table(self) -> str:
        """The table of its records, by which history, outbox and search name them."""
        return str(self.model.__tablename__)

    @property
    def changing(self) -> Right:
        """The right to change one."""
        return self.changes or self.writes

    def field(self, name: str) -> Field:
        """Its field of that name. Raises KeyError."""
        return next(each for each in self.fields if each.name == name)
