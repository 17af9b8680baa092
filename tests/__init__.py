"""The tests: the same tree as the code.

Three things are settled before anything else is imported. Python keeps what it compiles, whatever the environment says:
else each of many processes compiles everything anew. It looks for no garbage while it imports and collects (see
conftest). And files lie in memory where there is room: each test has a database of its own, and a PostgreSQL's are two
thousand files. The last two are for pytest alone: a benchmark measures what is kept on the disk.
"""

import gc
import os
import shutil
import sys
import tempfile

MEMORY, ROOM = "/dev/shm", 2 << 30
"""Where a Linux keeps files in memory, and the bytes that must be free there."""

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
IS_PYTEST = "pytest" in sys.modules
if IS_PYTEST:
    gc.disable()
if IS_PYTEST and "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = MEMORY
