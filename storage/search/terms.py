"""Words as they are compared when people search: French and English, without case, accents, elisions and endings.

Both databases are given the same words, made here, so that they find the same:

- case and accents go (`storage.words.folded`), ``œ`` is ``oe``; ``l’eau`` and ``qu'elle`` lose what is elided;
- a word of more than four letters loses the endings of number and gender, after J. Savoy's minimal French stemmer ("A
  stemming procedure and stopword list for general French corpora", 1999) and D. Harman's for English ("How effective is
  suffixing?", 1991): ``validées``, ``validé`` and ``valider`` are one; so are ``nationaux`` and ``national``,
  ``stratégies``, ``stratégie`` and ``strategy``;
- what is asked for may be the beginning of a word when it has four letters: ``décentr`` finds
  ``décentralisation``; shorter ones (``BM``, ``EDU``, ``T3``) stand whole or not at all;
- words that are written in one (``GEC-2027-014``, ``mi-parcours``) or between quotation marks stand in that order, and
  the last of them may be a beginning; the zeros before a number do not count;
- articles and the like are not asked for, unless nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storage.words import folded

_ELIDED = r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’ʼ]"
_SIGNS = r"(?:[^\W_]|[\u0300-\u036f])+"
"""Letters and figures, with accents that may stand beside their letter."""
_WORD = re.compile(rf"(?:(?<![^\W_]){_ELIDED})?({_SIGNS})(?:['’ʼ]s(?![^\W_]))?", re.IGNORECASE)
_ASKED = re.compile(r"[«“”\"]([^«»“”\"]+)[»“”\"]|([^\s«»“”\"]+)")
LONG = 4
"""Letters from which on a word is also looked for as a beginning, and below which no ending is taken from it."""
LONGEST = 60
"""Signs of a word that count; PostgreSQL keeps no endless ones."""
MOST = 12
"""Words that are looked for at once; those that follow are not."""
_COMMON = frozenset(
    folded(
        "le la les un une des du de d l et ou où à au aux en dans sur pour par avec sans sous chez vers entre ce cet"
        " cette ces ça son sa ses leur leurs notre nos qui que quoi dont il elle ils elles on nous vous se ne pas est"
        " sont a ont the an of and or to in on at for by with from as is are was were be this that these those its it"
        " we"
    ).split()
)
"""Words that say nothing of what is looked for, folded and as `stem` leaves them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands (elision included), and what is compared of it."""

    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: each phrase is terms that stand one after the other.

    ``every``: a record holds all of the phrases, else one of them at least. ``begun``: words that begin so are meant
    as well.
    """

    phrases: tuple[tuple[str, ...], ...] = ()
    every: bool = True
    begun: bool = True

    def __bool__(self) -> bool:
        return bool(self.phrases)

    def names(self, term: str) -> bool:
        """Whether a term of a text is one of those looked for."""
        return any(
            term == each or (each == phrase[-1] and self.begins(phrase) and term.startswith(each))
            for phrase in self.phrases
            for each in phrase
            if each not in _COMMON
        )

    def begins(self, phrase: Sequence[str]) -> bool:
        """Whether the last term of a phrase is looked for as a beginning too."""
        return self.begun and (len(phrase) > 1 or len(phrase[-1]) >= LONG) and not phrase[-1].isdecimal()


NOTHING = Sought()
"""No word at all."""


def sought(text: str) -> Sought:
    """What a person looks for, from what they wrote."""
    phrases = [terms(found[1] or found[2]) for found in _ASKED.finditer(text)]
    told = [tuple(phrase) for phrase in phrases if phrase]
    telling = [phrase for phrase in told if len(phrase) > 1 or phrase[0] not in _COMMON]
    return Sought(tuple(dict.fromkeys(telling or told))[:MOST])


def terms(text: str) -> list[str]:
    """The terms of a text, in order."""
    return [word.term for word in words(text)]


def words(text: str) -> Iterator[Word]:
    """The words of a text; what is elided before one belongs to it."""
    for found in _WORD.finditer(text):
        for term in _terms(found[1]):
            yield Word(found.start(), found.end(), term)


@lru_cache(50_000)
def _terms(word: str) -> Sequence[str]:
    """What is compared of a word; compatible signs may come apart (``½``), what is no letter is none (``ª`` alone)."""
    plain = folded(word).replace("œ", "oe").replace("æ", "ae")
    return tuple(stem(each[:LONGEST]) for each in re.findall(r"[^\W_]+", plain))


def stem(word: str) -> str:
    """A folded word without its endings of number and gender."""
    if word.isdecimal():
        return word.lstrip("0") or "0"
    if len(word) < LONG:
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word == "travaux":
        return "travail"
    if len(word) > LONG and word.endswith("aux"):
        return f"{word[:-2]}l"
    many = word.endswith("s") and not word.endswith("ss")
    return _bare(word[:-1] if many or (len(word) > LONG and word.endswith("ux")) else word)


def _bare(word: str) -> str:
    """Without the endings of gender and of the infinitive; ``ie`` and ``y`` are ``i``, double letters single."""
    while len(word) > LONG + 1 and word.endswith(("e", "er")):
        word = word[:-1]
    if len(word) > LONG and word.endswith("y") and word[-2] not in "aeiou":
        word = f"{word[:-1]}i"
    while len(word) > LONG and word[-1] == word[-2] and word[-1].isalpha():
        word = word[:-1]
    return word
