"""`python -m bot` is `ptf-bot`."""

import gc
import sys


def main() -> int:
    """Run one command; returns the exit code.

    What is imported stays: to look for garbage meanwhile would take a tenth of the start, and later again and again.
    """
    gc.disable()
    from bot import cli

    gc.freeze()
    gc.enable()
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
