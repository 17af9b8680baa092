"""All benchmarks, one after the other: ``uv run --group bench python -m tests.benchmarks``.

Each measures against a bare peer in the same run and prints ratios; nothing is asserted of time. Each is also a command
by itself, in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = ("starting", "commands", "digest", "excel", "reminders", "finding")

if __name__ == "__main__":
    sys.exit(max(subprocess.call([sys.executable, "-m", f"tests.benchmarks.{name}"]) for name in BENCHMARKS))
