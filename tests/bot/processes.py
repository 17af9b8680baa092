"""`ptf-bot` as a process of its own, against the stand-in for Slack.

Most are forked from one in which everything is imported already (`warm`), since a bot spends most of such a test
importing; those whose subject is the start begin as from a shell (`anew`).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import NoReturn

from bot.rehearsal.standin import StandIn

ROOT = Path(__file__).parents[2]
WARM = multiprocessing.get_context("forkserver")
WARM.set_forkserver_preload(["tests.bot.warm"])

Begin = Callable[[Mapping[str, str], Sequence[str]], NoReturn]


def warm(environ: Mapping[str, str], arguments: Sequence[str]) -> NoReturn:
    """Be `ptf-bot`, from where its arguments are read."""
    from bot import cli

    os.environ.clear()
    os.environ.update(environ)
    sys.exit(cli.main(arguments))


def anew(environ: Mapping[str, str], arguments: Sequence[str]) -> NoReturn:
    """Be a new Python that is asked for `ptf-bot`."""
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, "-m", "bot", *arguments], dict(environ))


class Said:
    """What a process writes, taken down line by line, to the end."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.reader, self.writer = WARM.Pipe(duplex=False)
        self._heard = threading.Condition()
        self._listening = threading.Thread(target=self._listen, daemon=True)

    def listen(self) -> None:
        """Begin, once the process has its end of the line."""
        self.writer.close()
        self._listening.start()

    def wait_for(self, words: str, seconds: float) -> bool:
        """Wait until a line holds these words."""
        with self._heard:
            return self._heard.wait_for(lambda: any(words in line for line in self.lines), seconds)

    def end(self) -> str:
        """Everything, once nobody writes any more."""
        self._listening.join(5)
        return "".join(f"{line}\n" for line in self.lines)

    def _listen(self) -> None:
        with self.reader, open(self.reader.fileno(), closefd=False) as lines:
            for line in lines:
                with self._heard:
                    self.lines.append(line.rstrip("\n"))
                    self._heard.notify_all()


@dataclass
class Process:
    """A process that runs, and its output, its log among it."""

    process: ForkServerProcess
    output: Said

    def says(self, words: str, seconds: float = 20) -> bool:
        """Wait until a line holds these words."""
        return self.output.wait_for(words, seconds)

    def end(self) -> int | None:
        """Ask it to end, as a supervisor does; its exit code."""
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGTERM)
        return self.ended()

    def ended(self, seconds: float = 20) -> int | None:
        """Its exit code, once it ended; None when it did not."""
        self.process.join(seconds)
        if self.process.exitcode is not None:
            self.output.end()
        return self.process.exitcode

    @property
    def said(self) -> list[str]:
        """The lines of its output."""
        return self.output.lines

    @property
    def log(self) -> str:
        """Everything it said."""
        return "\n".join(self.said)


@dataclass(frozen=True)
class Done:
    """What a process left that has ended, or was ended after a minute."""

    returncode: int | None
    stdout: str
    stderr: str


def environment(standin: StandIn, database_url: str, **more: str) -> dict[str, str]:
    """An environment with nothing but what the bot is told."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": standin.bot_token,
        "SLACK_APP_TOKEN": standin.app_token,
        "SLACK_SIGNING_SECRET": standin.signing_secret,
        "SLACK_API_URL": standin.api_url,
        "DATABASE_URL": database_url,
        "PTF_LANGUAGE": "en",
        **more,
    }


@contextmanager
def running(environ: Mapping[str, str], *arguments: str, begin: Begin = warm) -> Iterator[Process]:
    """`ptf-bot` with these arguments, ended at the latest here."""
    output = Said()
    started = Process(_started(begin, (environ, arguments), output, output), output)
    output.listen()
    try:
        yield started
    finally:
        if started.process.is_alive() and started.end() is None:
            started.process.kill()
        output.end()


def done(environ: Mapping[str, str], *arguments: str, begin: Begin = warm) -> Done:
    """`ptf-bot` with these arguments, to its end."""
    return forked(begin, environ, arguments)


def forked(task: Callable[..., object], *arguments: object) -> Done:
    """A function in a warm process of its own, to its end."""
    out, err = Said(), Said()
    process = _started(task, arguments, out, err)
    out.listen()
    err.listen()
    process.join(60)
    if process.is_alive():
        process.kill()
        process.join(5)
    return Done(process.exitcode, out.end(), err.end())


def _started(task: Callable[..., object], arguments: Sequence[object], out: Said, err: Said) -> ForkServerProcess:
    process = WARM.Process(target=_be, args=(task, arguments, out.writer, err.writer))
    process.start()
    return process


def _be(task: Callable[..., object], arguments: Sequence[object], out: Connection, err: Connection) -> None:
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    out.close()
    err.close()
    task(*arguments)
