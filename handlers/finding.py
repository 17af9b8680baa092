"""Finding a group or body by what a person typed: its code or its name, either language, case and accents folded;
and a period by its key or in words.

A word that names none, or could name several, is refused with what may have been meant; nothing is guessed in silence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher

from sqlalchemy.orm import Session

import storage.groups
import storage.people
from handlers import dates
from handlers.errors import Refusal
from handlers.language import Message, Speaker, message
from handlers.reports.mrkdwn import legible, mentioned, resolve
from storage import periods
from storage.groups import Group, Kind
from storage.periods import Period
from storage.words import folded

NO_SUCH_GROUP = message("There is no group “{word}”. `/ptf groups` lists them all.")
DID_YOU_MEAN = message("There is no group “{word}”. Did you mean {groups}?")
SEVERAL_GROUPS = message("“{word}” could be several groups: {groups}. Please give the code.")
NAMED_GROUP = message("{code} ({name})")

_YEAR = re.compile(r"\d{4}")
SUGGESTED = 3
SHOWN = 60
"""Characters given back of a word that names nothing."""
LONG_CODE = 5
"""From so many letters on, a code may be two slips away; a shorter one, one."""
TELLING = 4
"""Letters from which on a word of a name is looked at; shorter ones are articles."""
ALIKE = 0.75
"""How alike a word and a word of a name are, to be suggested (0 to 1, see difflib)."""


def group(session: Session, word: str, speaker: Speaker, *, bodies: bool = True) -> Group:
    """The group of that code or name, else the only one whose name begins so; bodies too unless told otherwise.

    Raises Refusal with up to three suggestions.
    """
    known = [each for each in storage.groups.everyone(session) if bodies or each.kind != Kind.BODY]
    wanted = bare(word)
    exact = [each for each in known if wanted == bare(each.code)] or [each for each in known if wanted in _names(each)]
    found = exact or ([each for each in known if _begins(each, wanted)] if len(wanted) >= TELLING else [])
    if len(found) == 1:
        return found[0]
    if found:
        raise _refusal(SEVERAL_GROUPS, word, found, speaker)
    close = nearest(word, known)
    raise _refusal(DID_YOU_MEAN if close else NO_SUCH_GROUP, word, close, speaker)


def led(session: Session, rest: str, speaker: Speaker) -> tuple[Group | None, str]:
    """The group or body and the words of ``GEC text…``; (None, "") for nothing. Raises Refusal, see `group`."""
    rest = legible(resolve(rest, storage.people.names(session, mentioned(rest))))
    if not rest:
        return None, ""
    first, _, words = rest.partition(" ") if " " in rest.partition("\n")[0] else rest.partition("\n")
    return group(session, first.strip(":,"), speaker), legible(words).strip(" :\n")


def nearest(word: str, groups: Sequence[Group]) -> list[Group]:
    """The groups a mistyped word may have meant, the likeliest first, at most three."""
    wanted = bare(word)
    if not wanted:
        return []
    scored = [(_likeness(wanted, each), each) for each in groups]
    likely = sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].code))
    return [each for _, each in likely[:SUGGESTED]]


def period(text: str, today: date) -> Period | None:
    """A period by its key or in words (``S8``, ``mars 2027``), of the past where no year says otherwise; None for
    what is none.
    """
    try:
        return periods.parse(text.strip().upper())
    except ValueError:
        pass
    found = _in_words(text, today)
    if found is not None and found.first > today and not _YEAR.search(text):
        return _in_words(text, today - timedelta(days=364)) or found
    return found


def _in_words(text: str, today: date) -> Period | None:
    try:
        found = dates.deadline(text, today)
    except dates.NotADate:
        return None
    return periods.parse(found.key) if found.key and found.due else None


def told(speaker: Speaker, each: Group) -> str:
    """A group as a sentence names it: ``EDU (Éducation et formation professionnelle)``."""
    return speaker.say(NAMED_GROUP, code=each.code, name=each.name(speaker.language))


def _refusal(sentence: Message, word: str, groups: Collection[Group], speaker: Speaker) -> Refusal:
    shown = word.strip() if len(word.strip()) <= SHOWN else f"{word.strip()[:SHOWN]}…"
    named = [told(speaker, each) for each in list(groups)[:SUGGESTED]]
    return Refusal(sentence, word=shown, groups=speaker.listing(named))


def bare(text: str) -> str:
    """Letters and figures alone, folded, words set apart by one blank."""
    return " ".join(re.findall(r"[^\W_]+", folded(text)))


def _names(each: Group) -> set[str]:
    return {bare(name) for name in (each.name_fr, each.name_en) if name}


def _begins(each: Group, wanted: str) -> bool:
    return any(f"{name} ".startswith(f"{wanted} ") for name in _names(each))


def _likeness(wanted: str, each: Group) -> float:
    """From 0 (nothing alike) to 2: one or two slips from the code come before likeness to words of the name."""
    code = bare(each.code)
    slips = 2 if len(code) >= LONG_CODE else 1
    if distance(wanted, code) <= slips and len(wanted) > 1:
        return 2 - distance(wanted, code) / 10
    best = max((_alike(mine, theirs) for mine in _words([wanted]) for theirs in _words(_names(each))), default=0.0)
    return best if best >= ALIKE else 0.0


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in text.split() if len(word) >= TELLING}


def _alike(mine: str, theirs: str) -> float:
    return SequenceMatcher(None, mine, theirs).ratio()


def distance(mine: str, theirs: str) -> int:
    """How many slips apart two words are: a letter too many, missing or wrong, or two that changed places."""
    rows = [list(range(len(theirs) + 1))]
    for i, letter in enumerate(mine, start=1):
        row = [i]
        for j, other in enumerate(theirs, start=1):
            step = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == theirs[j - 2] and mine[i - 2] == other:
                step = min(step, rows[i - 2][j - 2] + 1)
            row.append(step)
        rows.append(row)
    return rows[-1][-1]
