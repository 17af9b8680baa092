"""`ptf-bot` as a process of its own, against the stand-in for Slack."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.rehearsal.standin import StandIn

ROOT = Path(__file__).parents[2]


@dataclass
class Process:
    """A process that runs; ``said`` are the lines of its output, its log among them."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    heard: threading.Condition = field(default_factory=threading.Condition)

    def listen(self) -> None:
        """Take down what it says, to the end."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self.heard:
                self.said.append(line.rstrip("\n"))
                self.heard.notify_all()

    def says(self, words: str, seconds: float = 20) -> bool:
        """Wait until a line holds these words."""
        with self.heard:
            return self.heard.wait_for(lambda: any(words in line for line in self.said), seconds)

    def end(self) -> int:
        """Ask it to end, as a supervisor does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    @property
    def log(self) -> str:
        """Everything it said."""
        return "\n".join(self.said)


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
def running(environ: Mapping[str, str], *arguments: str) -> Iterator[Process]:
    """`ptf-bot` with these arguments, ended at the latest here."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env=dict(environ),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        started = Process(process)
        listening = threading.Thread(target=started.listen, daemon=True)
        listening.start()
        try:
            yield started
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
            listening.join(5)


def done(environ: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`ptf-bot` with these arguments, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=dict(environ),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
