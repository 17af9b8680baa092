"""How `/ptf <word> …` finds its listener: words in both languages, case and accents folded.

One middleware reads the word once; each topic registers its listener with a matcher that compares it. What matches
no word goes to the guide, which asks "did you mean".
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from slack_bolt import App

from handlers.language import Message
from storage.words import folded

COMMAND = "/ptf"


def _everybody(_: object) -> bool:
    """Nobody is told no."""
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One word of `/ptf`: the words that name it, the English one first then the French one, and what it does.

    ``usage`` is what may follow the word; ``pool_only`` and ``offered_to`` (told the actor) hide it from those to whom
    it would say no.
    """

    words: tuple[str, ...]
    summary: Message
    usage: Message | None = None
    pool_only: bool = False
    offered_to: Callable[[Any], bool] = _everybody

    @property
    def name(self) -> str:
        """The English word, under which it is registered."""
        return self.words[0]

    def word(self, language: str) -> str:
        """The word to show to a reader of that language."""
        return self.words[1] if language == "fr" and len(self.words) > 1 else self.words[0]


def spoken(text: str) -> tuple[str, str]:
    """The first word, folded, and the rest of what was typed after `/ptf`, as written."""
    word, _, rest = text.strip().partition(" ")
    first, broke, below = word.partition("\n")
    return folded(first).replace("_", "-"), (f"{below} {rest}" if broke else rest).strip()


def on(app: App, command: Command, listener: Callable[..., Any]) -> None:
    """Register the listener of a command."""
    words = frozenset(folded(word) for word in command.words)

    def says_it(word: str) -> bool:
        return word in words

    app.command(COMMAND, matchers=[says_it])(listener)


def meant(word: str, commands: Sequence[Command], language: str) -> list[Command]:
    """The commands a mistyped word may have meant, the likeliest first, at most three."""
    by_word = {folded(each): command for command in commands for each in command.words}
    close = difflib.get_close_matches(word, by_word, n=6, cutoff=0.6)
    begun = [each for each in by_word if len(word) > 1 and each.startswith(word)]
    return list(dict.fromkeys(by_word[each] for each in [*begun, *close]))[:3]
