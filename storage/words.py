"""Words compared as people mean them: without case and accents."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """The text in lower case and without accents: ``Décision`` and ``decision`` are one."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
