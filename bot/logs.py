"""The log: one line an event, no message body, no token (SLACK.md 1.7).

What the bot itself writes is short and carries facts only. What Slack's libraries write carries whole requests and
answers, so of theirs only warnings pass, cut before the first value. An error is told by its type and the places
it went through, never by its own text, which may quote what a person wrote.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from pathlib import Path
from typing import Any, TextIO

QUIET = ("slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "apscheduler", "urllib3", "websockets")
"""Libraries of which only warnings are of interest, and no values at all."""

_TOKEN = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+|(?<=://)[^/@\s]+:[^/@\s]+(?=@)")
_VALUE = re.compile(r"[({\[:<\"'=].*", re.DOTALL)
_PLACES = 4


class Line(logging.Formatter):
    """Writes a record as one line, without tokens."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        words = record.getMessage()
        if _is_quiet(record):
            words = _VALUE.sub("", words).strip() or record.funcName
        if record.exc_info:
            words = f"{words} | {self.formatException(record.exc_info)}"
        stamp, level = self.formatTime(record, "%Y-%m-%dT%H:%M:%S"), record.levelname
        return " ".join(_TOKEN.sub("…", f"{stamp} {level} {record.name}: {words}").split())

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name logging gives it
        """The error's type and its last places: ``KeyError at updates.py:12 keep``."""
        kind, error, trace = ei
        name = kind.__name__ if kind else "error"
        told = str(error)
        places = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)[-_PLACES:]]
        return f"{name}{f' {told}' if told.isidentifier() else ''} at {' < '.join(reversed(places)) or 'unknown'}"


def handler(stream: TextIO | None = None) -> logging.Handler:
    """Writes lines to a stream, the standard error by default."""
    made = logging.StreamHandler(stream or sys.stderr)
    made.setFormatter(Line())
    made.addFilter(lambda record: not _is_quiet(record) or record.levelno >= logging.WARNING)
    return made


def set_up(stream: TextIO | None = None) -> None:
    """Log to a stream from now on, in place of whatever was set up before."""
    logging.basicConfig(handlers=[handler(stream)], level=logging.INFO, force=True)


GUNICORN: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {},
    "handlers": {"line": {"()": "bot.logs.handler"}},
    "root": {"level": "INFO", "handlers": ["line"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["line"], "propagate": False}},
}
"""The same for gunicorn's processes, in the words of its setting ``logconfig_dict``."""


def _is_quiet(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in QUIET
