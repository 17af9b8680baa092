"""Reads the sentences of the code and the entries of the French catalogue, and tells the faults between them.

A sentence is a call of ``message("…")`` or ``plural("…", "…")`` as imported from handlers.language; an entry is one of
a .po file. A fault is told as ``file:line: what is wrong: the sentence``, so that one can go and mend it.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

LIMITS = {
    "_BUTTON": 75,
    "_FORM_TITLE": 24,
    "_SUBMIT": 24,
    "_CLOSE": 24,
    "_PLACEHOLDER": 150,
    "_HEADER": 150,
    "_HINT": 2000,
    "_OPTION": 75,
}
"""How a constant's name ends -> the characters Slack allows there (SLACK.md, limits of Block Kit and of views)."""

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in the code: where it stands, the constant that names it (or ""), its one form or two."""

    path: str
    line: int
    name: str
    forms: tuple[str, ...]

    @property
    def where(self) -> str:
        """``handlers/dates.py:12``."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a .po file: the English forms and the French ones."""

    path: str
    line: int
    forms: tuple[str, ...]
    french: tuple[str, ...]
    fuzzy: bool

    @property
    def where(self) -> str:
        """``handlers/locale/fr/LC_MESSAGES/dates.po:7``."""
        return f"{self.path}:{self.line}"


def sentences(root: Path, folders: Iterable[str]) -> tuple[list[Sentence], list[str]]:
    """Every sentence of the Python modules in these folders, and the faults of the calls themselves."""
    found: list[Sentence] = []
    faults: list[str] = []
    for path in sorted(file for folder in folders for file in (root / folder).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        for call, constant, kind in _calls(ast.parse(path.read_text("utf-8"))):
            forms = tuple(
                arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            )
            if kind in ("Message", "Plural"):
                faults.append(f"{name}:{call.lineno}: made with {kind}(…), which the catalogue does not see")
            elif len(forms) != {"message": 1, "plural": 2}[kind] or len(call.args) != len(forms):
                faults.append(f"{name}:{call.lineno}: {kind}(…) needs its text written out, to be found and translated")
            else:
                found.append(Sentence(name, call.lineno, constant, forms))
    return found, faults


def _calls(module: ast.Module) -> Iterator[tuple[ast.Call, str, str]]:
    """The calls that make sentences: the call, the constant of the statement, what is called."""
    makers = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "handlers.language"
        for alias in node.names
        if alias.name in ("message", "plural", "Message", "Plural")
    }
    if any(isinstance(node, ast.FunctionDef) and node.name == "message" for node in module.body):
        makers = {"message": "message", "plural": "plural"}  # handlers.language itself
    for statement in ast.walk(module):
        if isinstance(statement, ast.stmt):
            for call in _of_statement(statement):
                if isinstance(call.func, ast.Name) and call.func.id in makers:
                    yield call, _constant(statement), makers[call.func.id]


def _of_statement(statement: ast.stmt) -> Iterator[ast.Call]:
    """The calls in a statement, those in statements within it left out."""
    waiting = [child for child in ast.iter_child_nodes(statement) if not isinstance(child, ast.stmt)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call):
            yield node
        waiting.extend(child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.stmt))


def _constant(statement: ast.stmt) -> str:
    """The name a statement assigns, "" when it assigns none."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return next((target.id for target in targets if isinstance(target, ast.Name)), "")


def entries(root: Path, folder: str) -> tuple[list[Entry], list[str]]:
    """Every entry of the .po files in that folder, and those that are crossed out (``#~``) as faults."""
    found: list[Entry] = []
    faults: list[str] = []
    for path in sorted((root / folder).glob("*.po")):
        name = path.relative_to(root).as_posix()
        with path.open("rb") as file:
            catalogue = read_po(file, locale="fr")
        for entry in catalogue:
            if entry.id:
                french = _forms(entry.string)
                found.append(Entry(name, entry.lineno or 0, _forms(entry.id), french, entry.fuzzy))
        faults += [f"{name}: crossed out, to be taken away: {_forms(old)[0]}" for old in catalogue.obsolete]
    return found, faults


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(str(form) for form in text or ())  # type: ignore[attr-defined]


def faults(said: Sequence[Sentence], written: Sequence[Entry]) -> list[str]:
    """All that is wrong between the code and the catalogue, each fault in one line."""
    return (
        [*_missing(said, written), *_unused(said, written), *_different(written)]
        + [f"{entry.where}: {fault}: {entry.forms[0]}" for entry in written for fault in _of_entry(entry)]
        + _too_long(said, written)
    )


def _missing(said: Sequence[Sentence], written: Sequence[Entry]) -> Iterator[str]:
    known = {entry.forms for entry in written}
    for sentence in said:
        if sentence.forms not in known:
            yield f"{sentence.where}: not in the French catalogue: {sentence.forms[0]}"


def _unused(said: Sequence[Sentence], written: Sequence[Entry]) -> Iterator[str]:
    """Entries without a sentence, and those in the catalogue of a module that does not say them."""
    modules: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for sentence in said:
        modules[sentence.forms].update(Path(sentence.path).with_suffix("").parts)
    for entry in written:
        if entry.forms not in modules:
            yield f"{entry.where}: no code says this: {entry.forms[0]}"
        elif Path(entry.path).stem not in modules[entry.forms]:
            yield f"{entry.where}: in the catalogue of a module that does not say it: {entry.forms[0]}"


def _different(written: Sequence[Entry]) -> Iterator[str]:
    first: dict[str, Entry] = {}
    for entry in written:
        other = first.setdefault(entry.forms[0], entry)
        if other.french != entry.french:
            yield f"{entry.where}: translated otherwise in {other.where}: {entry.forms[0]}"


def _of_entry(entry: Entry) -> Iterator[str]:
    if entry.fuzzy:
        yield "fuzzy"
    if not all(form.strip() for form in entry.french) or len(entry.french) != len(entry.forms):
        yield "not translated"
        return
    yield from _values_differ(entry)
    yield from sorted({fault for form in entry.french for fault in typography(form)})


def _values_differ(entry: Entry) -> Iterator[str]:
    """The last forms name the same values; a singular may leave out what the plural names, not name others."""
    try:
        english, french = [values(form) for form in entry.forms], [values(form) for form in entry.french]
    except ValueError as error:
        yield f"braces: {error}"
        return
    if english[-1] != french[-1] or not french[0] <= set.union(*english):
        yield f"other values ({', '.join(sorted(english[-1]))} / {', '.join(sorted(french[-1]))})"


def values(text: str) -> set[str]:
    """The {named} values of a sentence; ValueError for a loose brace or a value without a name."""
    names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    if not all(name.isidentifier() for name in names):
        raise ValueError("a value without a name")
    return names


_ASIDE = re.compile(r"`[^`]*`|https?://\S+|:[a-z0-9_+-]+:|&[a-z]+;|<[^<> ]+>|(?<=\d):(?=\d)")
"""What is no French prose: code, addresses, Slack's emoji and links, entities, the colon of an hour."""


def typography(french: str) -> Iterator[str]:
    """The faults of French typography in a text: straight quotes, spaces that may break or are missing."""
    prose = _ASIDE.sub("x", french)
    if re.search("['\"]", prose):
        yield "straight quote (’ or «\u00a0»)"
    if re.search(rf"[^{NO_BREAK}!?][:;!?»](?=$|[\s*_~)»…:;!?.,])|[^{NO_BREAK}!?][;!?»]", prose):
        yield "no no-break space before : ; ! ? »"
    if re.search(rf"«(?!{NO_BREAK})", prose):
        yield "no no-break space after «"


def _too_long(said: Sequence[Sentence], written: Sequence[Entry]) -> list[str]:
    """Labels over Slack's limit in either language, their values counted as nothing."""
    french = {entry.forms: entry.french for entry in written}
    return [
        f"{sentence.where}: {length} characters, Slack allows {limit} ({sentence.name}): {form}"
        for sentence in said
        for end, limit in LIMITS.items()
        if sentence.name.endswith(end)
        for form in (*sentence.forms, *french.get(sentence.forms, ()))
        if (length := len(re.sub(r"\{\w+\}", "", form))) > limit
    ]
