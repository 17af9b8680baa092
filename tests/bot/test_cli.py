"""The command line: help in both languages, exit codes, and the commands that need the database only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import cli
from bot.settings import Settings
from handlers.language import Speaker
from tests.bot.processes import ROOT, Begin, Done, anew, done, warm


def called(*arguments: str, begin: Begin = warm, **environ: str) -> Done:
    """`ptf-bot` with these arguments in an environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return done(kept | {"PYTHONPATH": str(ROOT), "PTF_LANGUAGE": "en", **environ}, *arguments, begin=begin)


@pytest.mark.parametrize(("language", "words"), [("fr", "montrer la synthèse"), ("en", "show the digest")])
def test_the_help_is_in_the_language_of_the_settings(language: str, words: str) -> None:
    told = cli.parser(Speaker(language, Settings().zone)).format_help()
    assert words in " ".join(told.split())
    assert all(command.name in told for command in cli.COMMANDS)


@pytest.mark.parametrize("arguments", [(), ("nothing",), ("digest",), ("digest", "--week", "2027-W09", "--level", "x")])
def test_what_was_not_asked_right_ends_with_two(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(list(arguments)) == 2
    assert "usage: ptf-bot" in capsys.readouterr().err


def test_the_manifest_needs_no_settings() -> None:
    told = called("manifest", "--http", "https://ptf.example.org/slack/events")
    assert told.returncode == 0
    assert json.loads(told.stdout)["settings"]["socket_mode_enabled"] is False


def test_migrate_makes_the_database_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ptf.sqlite3'}"
    first, second = called("migrate", begin=anew, DATABASE_URL=url), called("migrate", DATABASE_URL=url)
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == second.stdout
    assert "The database has the shape of this version" in first.stdout


def test_a_command_on_a_database_that_is_not_there_yet_says_what_to_do(tmp_path: Path) -> None:
    told = called("digest", "--week", "2027-W09", DATABASE_URL=f"sqlite:///{tmp_path / 'no.sqlite3'}")
    assert told.returncode == 1
    assert "ptf-bot migrate" in told.stderr


def test_a_week_that_is_none_is_refused(sqlite_url: str) -> None:
    told = called("digest", "--week", "2027-W60", DATABASE_URL=sqlite_url)
    assert (told.returncode, told.stderr) == (1, "2027-W60 is no week; it is written as 2027-W09.\n")


def test_a_register_is_brought_in_once(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "groups.csv"
    file.write_text("code,name_fr,name_en,kind,rhythm\nEDU,Éducation,Education,thematic,weekly\n", "utf-8")
    tried = called("import", str(file), "--dry-run", DATABASE_URL=sqlite_url)
    first = called("import", str(file), DATABASE_URL=sqlite_url)
    second = called("import", str(file), DATABASE_URL=sqlite_url)
    assert [tried.returncode, first.returncode, second.returncode] == [0, 0, 0], first.stderr
    assert "EDU" in first.stdout
    assert second.stdout != first.stdout


def test_a_file_that_is_not_there_is_told(sqlite_url: str, tmp_path: Path) -> None:
    told = called("import", str(tmp_path / "no.csv"), DATABASE_URL=sqlite_url)
    assert told.returncode == 1
    assert "no.csv" in told.stdout + told.stderr
    assert "Traceback" not in told.stderr


def test_light_commands_load_neither_servers_nor_documents(sqlite_url: str) -> None:
    program = (
        "import sys; from bot import cli; cli.main(['migrate']);"
        "print(sorted({'openpyxl', 'apscheduler', 'docx', 'gunicorn'} & set(sys.modules)))"
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": sqlite_url}
    told = subprocess.run(
        [sys.executable, "-c", program], env=environ, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "[]"


def test_a_start_loads_neither_documents_nor_migrations() -> None:
    program = (
        "import sys; from bot import serving;"
        "print(sorted({'openpyxl', 'docx', 'alembic', 'gunicorn', 'websockets', 'pydantic'} & set(sys.modules)))"
    )
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, "-c", program], env=environ, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "[]"
