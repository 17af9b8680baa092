"""What the list of a described kind is narrowed to: by words after the command, or in the menus under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Session

import storage.groups
import storage.partners
import storage.search
from handlers.errors import NOT_OFFERED_ANY_MORE, Refusal, number
from handlers.kinds.field import Field, Sort
from handlers.kinds.kind import Kind
from handlers.language import LANGUAGES, Message, Speaker, message
from handlers.reports import blocks
from storage.groups import Group
from storage.partners import Institution
from storage.words import folded

STATE_PLACEHOLDER = message("State")
GROUP_PLACEHOLDER = message("Group or body")
INSTITUTION_PLACEHOLDER = message("Institution")
EVERY_STATE = message("every state")
STILL_OPEN = message("still open")
EVERY_GROUP = message("all groups")
EVERY_INSTITUTION = message("all institutions")

STANDING, ALL = "standing", "all"
TELLING = 4
"""Letters from which on a word of a name is looked at."""
_ANYWHERE = ZoneInfo("UTC")
LONGEST = 150
"""Characters of the words searched for; they travel in a block's id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to, and its first row; ``state`` is a value of the status, STANDING or ALL."""

    state: str = ALL
    group_id: int | None = None
    institution_id: int | None = None
    words: str = ""
    first: int = 0


def read(session: Session, kind: Kind[Any], rest: str, speaker: Speaker) -> Wanted:
    """The words after the command: a state, a group, an institution; all others are looked for.

    Where every record is of a group, or of an institution, the first word of its name names it as well.
    """
    groups = _called(storage.groups.everyone(session), named=_required(kind, Sort.GROUP))
    institutions = _called(storage.partners.everyone(session), named=_required(kind, Sort.INSTITUTION))
    state, text = _stated(kind, speaker, folded(rest))
    group_id, institution_id, words = None, None, []
    for word in text.split():
        if word in groups and group_id is None and _of_sort(kind, Sort.GROUP):
            group_id = groups[word]
        elif word in institutions and institution_id is None and _of_sort(kind, Sort.INSTITUTION, Sort.INSTITUTIONS):
            institution_id = institutions[word]
        else:
            words.append(word)
    opened = STANDING if kind.standing and not words else ALL
    return Wanted(state or opened, group_id, institution_id, " ".join(words)[:LONGEST])


def _stated(kind: Kind[Any], speaker: Speaker, text: str) -> tuple[str, str]:
    """The state which a text names ("" for none), of several the one in most words, and the text without it."""
    for words, state in sorted(_state_words(kind, speaker).items(), key=lambda each: -len(each[0])):
        before, named, after = f" {' '.join(text.split())} ".partition(f" {words} ")
        if named:
            return state, f"{before} {after}"
    return "", text


def _required(kind: Kind[Any], sort: Sort) -> bool:
    return any(each.sort == sort and each.required for each in kind.fields)


def _called(rows: Sequence[Group] | Sequence[Institution], *, named: bool) -> dict[str, int]:
    """Folded code -> id; also the first word of a name that only one of them has, or one that is no sub-group."""
    codes = {folded(each.code): each.id for each in rows}
    if not named:
        return codes
    found: dict[str, list[Group | Institution]] = {}
    for each in rows:
        for word in {folded(name).partition(" ")[0].strip(",") for name in (each.name_fr, each.name_en)}:
            found.setdefault(word, []).append(each)
    above = {word: [each for each in some if not getattr(each, "parent_id", None)] for word, some in found.items()}
    words = {word: (above[word] or some) for word, some in found.items() if len(word) >= TELLING}
    return {word: some[0].id for word, some in words.items() if len(some) == 1} | codes


def chosen(kind: Kind[Any], body: dict[str, Any]) -> Wanted:
    """What stands in the menus of the list, and the page asked for. Raises Refusal."""
    state = body.get("state") or (body.get("view") or {}).get("state") or {}
    given = state.get("values") or {}
    shown = (body.get("view") or body.get("message") or {}).get("blocks") or ()
    ids = [str(block.get("block_id", "")) for block in shown] + list(given)
    place = next((each for each in ids if each.startswith(f"{kind.name}_filter~")), f"{kind.name}_filter~")
    action = body["actions"][0]

    def value(menu: str) -> str:
        name = f"{kind.name}_list_{menu}"
        held = action if action["action_id"] == name else given.get(place, {}).get(name, {})
        return str((held.get("selected_option") or {}).get("value") or "")

    picked = value("state") or ALL
    if picked not in (STANDING, ALL) and picked not in kind.field(kind.status).words:
        raise Refusal(NOT_OFFERED_ANY_MORE)
    more = action["action_id"] == f"{kind.name}_list_more"
    return Wanted(
        picked,
        number(value("group") or 0) or None,
        number(value("institution") or 0) or None,
        place.partition("~")[2],
        number(action["value"]) if more else 0,
    )


def conditions(kind: Kind[Any], wanted: Wanted) -> list[ColumnElement[bool]]:
    """The same as conditions on its records."""
    found: list[ColumnElement[bool]] = []
    if kind.status and wanted.state != ALL:
        values = kind.standing if wanted.state == STANDING else (wanted.state,)
        found.append(getattr(kind.model, kind.field(kind.status).column).in_(values))
    if wanted.group_id is not None:
        found.append(kind.model.group_id == wanted.group_id)
    if wanted.institution_id is not None:
        fields = _of_sort(kind, Sort.INSTITUTION, Sort.INSTITUTIONS)
        found.append(or_(*(_names(kind, each, wanted.institution_id) for each in fields)))
    for word in wanted.words.split():
        worded = [getattr(kind.model, each.column).in_(_worded(each, word)) for each in _of_sort(kind, Sort.WORD)]
        found.append(or_(storage.search.matching(kind.model, word), *worded))
    return found


def menus(session: Session, kind: Kind[Any], speaker: Speaker, wanted: Wanted) -> list[blocks.Block]:
    """The filters, showing what is chosen; the words searched for are kept in the block's id."""
    given: list[blocks.Block] = []
    if kind.status:
        words = kind.field(kind.status).words
        states = [(ALL, speaker.say(EVERY_STATE)), *((value, speaker.say(word.label)) for value, word in words.items())]
        standing = [(STANDING, speaker.say(STILL_OPEN))] if kind.standing else []
        given.append(_menu(speaker, kind, "state", STATE_PLACEHOLDER, [*standing, *states], wanted.state))
    if _of_sort(kind, Sort.GROUP):
        groups = [(str(each.id), each.code) for each in storage.groups.everyone(session)]
        given.append(
            _menu(
                speaker, kind, "group", GROUP_PLACEHOLDER, _any(speaker, EVERY_GROUP, groups), str(wanted.group_id or 0)
            )
        )
    if _of_sort(kind, Sort.INSTITUTION, Sort.INSTITUTIONS):
        every = [(str(each.id), each.name(speaker.language)) for each in storage.partners.everyone(session)]
        chosen = str(wanted.institution_id or 0)
        given.append(
            _menu(
                speaker, kind, "institution", INSTITUTION_PLACEHOLDER, _any(speaker, EVERY_INSTITUTION, every), chosen
            )
        )
    return [blocks.actions(*given, block_id=f"{kind.name}_filter~{wanted.words}")] if given else []


def _any(speaker: Speaker, everything: Message, given: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("0", speaker.say(everything)), *given]


def _menu(
    speaker: Speaker, kind: Kind[Any], menu: str, placeholder: Message, given: Sequence[tuple[str, str]], chosen: str
) -> blocks.Block:
    options = [blocks.option(label, value) for value, label in given]
    initial = next((option for option in options if option["value"] == chosen), None)
    return blocks.select(f"{kind.name}_list_{menu}", blocks.grouped(options), speaker.say(placeholder), initial)


def _of_sort(kind: Kind[Any], *sorts: Sort) -> list[Field]:
    return [each for each in kind.fields if each.sort in sorts]


def _names(kind: Kind[Any], field: Field, institution_id: int) -> ColumnElement[bool]:
    held = getattr(kind.model, field.column)
    if field.sort == Sort.INSTITUTIONS:
        named: ColumnElement[bool] = held.any(Institution.id == institution_id)
        return named
    same: ColumnElement[bool] = held == institution_id
    return same


def _worded(field: Field, word: str) -> list[str]:
    """The values of a field whose label, in either language, holds that folded word."""
    speakers = [Speaker(language, _ANYWHERE) for language in LANGUAGES]
    return [
        value for value, each in field.words.items() if any(word in folded(one.say(each.label)) for one in speakers)
    ]


def _state_words(kind: Kind[Any], speaker: Speaker) -> dict[str, str]:
    """Folded words of both languages -> state: its label, or what people write in files."""
    found = {"tout": ALL, "tous": ALL, "toutes": ALL, "all": ALL}
    if kind.standing:
        found |= dict.fromkeys(("open", "ouvert", "ouverte", "ouverts", "ouvertes"), STANDING)
    if not kind.status:
        return found
    for value, word in kind.field(kind.status).words.items():
        labels = [folded(replace(speaker, language=language).say(word.label)) for language in LANGUAGES]
        found |= dict.fromkeys((folded(each) for each in (value, *labels, *word.written)), value)
    return found
