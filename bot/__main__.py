"""`python -m bot` is `ptf-bot`."""

import sys

from bot.lasting import lasting


def main() -> int:
    """Run one command; returns the exit code."""
    with lasting():
        from bot import cli
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
