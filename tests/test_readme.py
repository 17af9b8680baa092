"""The README tells all there is: every command, setting, permission and word of the command line."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

import handlers
from bot import cli, settings
from bot.manifest import SCOPES
from handlers.commands import COMMAND, Command
from handlers.language import Speaker

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
UNWANTED = {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"}
"""Only taken away, never read."""
GUIDE = README.partition("## Guide rapide")[2]


@pytest.mark.parametrize("command", handlers.every_command(), ids=lambda command: command.name)
def test_every_command_stands_in_the_table_with_its_french_word(command: Command) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `{COMMAND} {command.name}` |"))
    assert f"`{command.word('fr')}`" in row


def test_every_setting_stands_in_the_table() -> None:
    source = Path(settings.__file__).read_text("utf-8")
    known = set(re.findall(r'"((?:SLACK|PTF|DATABASE)_[A-Z_]+|PORT)"', source)) - UNWANTED
    assert len(known) == 11
    assert [name for name in known if f"\n| `{name}` |" not in README] == []


def test_every_permission_is_named() -> None:
    assert [scope.name for scope in SCOPES if f"`{scope.name}`" not in README] == []


def test_every_word_of_the_command_line_is_named() -> None:
    parser = cli.parser(Speaker("en", settings.Settings().zone))
    (words,) = [each.choices for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    assert [word for word in words if f"`{word}`" not in README] == []


def test_the_guide_for_a_lead_fits_two_minutes() -> None:
    assert 150 < len(GUIDE.split()) < 400
