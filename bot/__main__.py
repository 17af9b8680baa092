"""`python -m bot` is `ptf-bot`."""

import sys

from bot.cli import main

sys.exit(main())
