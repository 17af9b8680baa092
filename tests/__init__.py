"""The tests: the same tree as the code.

Python keeps what it compiles here, whatever the environment says: else each of many processes compiles everything anew.
"""

import os
import sys

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
