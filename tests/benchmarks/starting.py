"""From the start of the process to "The bot is ready.", against importing slack_bolt, sqlalchemy and apscheduler.

    uv run --group bench python -m tests.benchmarks.starting [rounds]

``ptf-bot run`` starts against the stand-in for Slack with a database that has its shape; readiness is the line it
prints; the topics are loaded at once after that, and whoever speaks meanwhile waits for them: so long does the first
answer take at most. The imports are those without which no bot of this kind starts. Both in processes of their own, in
turn. Then it is looked at what such a process has imported: no Excel, no Word, no Alembic, no pydantic.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from bot.rehearsal.standin import StandIn
from storage import migrations
from storage.database import connect
from tests.bot.processes import ROOT, environment

IMPORTS = "import slack_bolt, sqlalchemy, apscheduler.schedulers.background"
READY, LOADED = "The bot is ready.", "are loaded"
HEAVY = ("openpyxl", "docx", "alembic", "pydantic", "gunicorn", "websockets", "asyncpg")
"""What is not imported until it is used, if ever."""


def started(environ: Mapping[str, str]) -> tuple[float, float]:
    """Seconds until `ptf-bot run`, begun as from a shell, is ready, and until its topics are loaded."""
    start = time.perf_counter()
    times: dict[str, float] = {}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        env=dict(environ),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            times |= {words: time.perf_counter() - start for words in (READY, LOADED) if words in line}
            if len(times) == 2:
                process.terminate()
    return times[READY], times[LOADED]


def imported() -> float:
    """Seconds of a process that imports the three packages."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)
    return time.perf_counter() - start


def heavy(environ: Mapping[str, str]) -> str:
    """Which of the heavy ones a ready bot has imported."""
    told = "; ".join(
        (
            "import os, sys",
            "from bot import running, serving, settings, web, working",
            "running.assemble(settings.load(os.environ, 'run')).load()",
            f"print(' '.join(name for name in {HEAVY} if name in sys.modules))",
        )
    )
    done = subprocess.run([sys.executable, "-c", told], env=dict(environ), check=True, capture_output=True, text=True)
    return done.stdout.strip() or "none"


def main(rounds: int) -> None:
    """Measure both in turn, and print medians and their ratio."""
    with StandIn() as standin, tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'bench.sqlite3'}"
        database = connect(url)
        migrations.upgrade(database.engine)
        database.close()
        environ = environment(standin, url)
        started(environ)
        imported()
        times = [(*started(environ), imported()) for _ in range(rounds)]
        ours, whole, bare = (statistics.median(each) for each in zip(*times, strict=True))
        print(f"Start, load {os.getloadavg()[0]:.1f}")
        print(f"  ptf-bot run until ready {ours * 1000:.0f} ms, the imports {bare * 1000:.0f} ms, {rounds} rounds")
        print(f"  ready / imports {ours / bare:.2f} (at most 1.5), topics loaded {(whole - ours) * 1000:.0f} ms later")
        print(f"  imported before use, of {', '.join(HEAVY)}: {heavy(environ)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 7)
