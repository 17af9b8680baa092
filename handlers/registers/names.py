"""Names compared as people mean them, and the short codes made of them.

« GT Genre et autonomisation des femmes » and « Genre et autonomisation des femmes » are one name: words that only say
what sort of thing it is, and articles, do not count, unless nothing else is left.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache

from handlers.registers.headings import plain

KINDS = ("groupe", "groupes", "group", "groups", "gt", "sgt", "twg", "equipe", "team", "sous")
QUALITIES = ("thematique", "thematiques", "thematic", "extraordinaire", "extraordinary")
FRENCH = ("de", "du", "des", "d", "la", "le", "les", "l", "et", "pour", "a", "au", "aux", "en", "un", "une", "contre")
ENGLISH = ("the", "of", "and", "for", "in", "on", "an", "against")
GENERIC = frozenset((*KINDS, *QUALITIES, *FRENCH, *ENGLISH))
BRACKETS = re.compile(r"\s*\([^()]*\)")
_ENDING = re.compile(r"\s+(?:(?:19|20)[0-9]{2}|[0-9]{1,3}(?:st|nd|rd|th|er|[eè]re|[eè]me|e))$", re.IGNORECASE)
_DASH = re.compile(r"\s+[–—-]\s+")
LONGEST = 12
"""Characters of an institution's code that is its whole name."""


def squashed(text: str) -> str:
    """The letters and figures alone: ``GT PD SC`` and ``gt-pd-sc`` are one."""
    return plain(text).replace(" ", "")


@lru_cache(maxsize=10_000)
def telling(text: str) -> tuple[str, ...]:
    """The words that make a name, in their order."""
    words = plain(text).split()
    return tuple(word for word in words if word not in GENERIC) or tuple(words)


def forms(text: str) -> list[str]:
    """The forms in which a text may be a name: as it is, without brackets, year or ordinal, the part before a slash."""
    bare = BRACKETS.sub("", text).strip()
    shortened = lasting(text)
    first = shortened.split("/")[0].strip()
    return list(dict.fromkeys(form for form in (text, bare, shortened, first) if form))


def lasting(text: str) -> str:
    """The name of a body without what belongs to one meeting: brackets, a year, an ordinal at the end."""
    return _ENDING.sub("", BRACKETS.sub("", text).strip()) or text


def leading_code(text: str) -> str:
    """What stands before a dash: the code of "EDU – Éducation"; the whole text when there is none."""
    return _DASH.split(text, maxsplit=1)[0]


def code(text: str, taken: Container[str]) -> str:
    """A code as it is kept, in capitals and without blanks, so that a command can hold it: ``GT-PD-SC``."""
    return free("-".join(text.upper().split()), taken) if text else ""


def group_code(name: str, taken: Container[str]) -> str:
    """A short code for a group: its one word's beginning, two words' beginnings, or the initials of more."""
    words = telling(BRACKETS.sub("", name))
    if len(words) == 1:
        word = words[0].upper()
        short = word if word in name.split() and len(word) <= LONGEST else word[:3]
    elif len(words) == 2:
        short = "".join(word[:3] for word in words)
    else:
        short = "".join(word[0] for word in words[:6])
    return free(short.upper() or "G", taken)


def institution_code(name: str, taken: Container[str]) -> str:
    """A code for an institution: its name where it is short (``PAYS-BAS``), else the initials of its words."""
    words = plain(BRACKETS.sub("", name)).split()
    whole = "-".join(words)
    short = whole if len(whole) <= LONGEST else "".join(word[0] for word in telling(" ".join(words))[:6])
    return free(short.upper() or "I", taken)


def free(short: str, taken: Container[str]) -> str:
    """The code, numbered when another has it."""
    code, number = short, 1
    while code in taken:
        number += 1
        code = f"{short}{number}"
    return code
