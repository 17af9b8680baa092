"""A file of registers, read by what it is: that follows from its first bytes, not from its name.

Raises `Refusal` with a sentence for everything that cannot be read.
"""

from __future__ import annotations

from pathlib import Path

from handlers.errors import Refusal
from handlers.registers import sentences, separated
from handlers.registers.rows import Sheet

MEGABYTES = 20


def read(path: Path) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx or .csv file. Raises Refusal."""
    return understood(_content(path), path.name)


def understood(content: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a file of that content and name. Raises Refusal."""
    if content.startswith(b"PK\x03\x04"):
        from handlers.registers import excel  # openpyxl is not loaded for a CSV file

        return excel.read(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(sentences.OLD_EXCEL)
    return (separated.read(content, name),)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MEGABYTES * 1_000_000:
            raise Refusal(sentences.TOO_LARGE, megabytes=MEGABYTES)
        return path.read_bytes()
    except OSError as error:
        raise Refusal(sentences.CANNOT_OPEN, file=path.name, reason=error.strerror or type(error).__name__) from error
