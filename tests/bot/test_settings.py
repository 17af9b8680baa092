"""The environment: complete for the command, or every fault told at once, in the language of the settings."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot import settings
from bot.settings import SettingsFault, load

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s3cret"}


def faults(environ: dict[str, str], command: str = "") -> list[str]:
    """What is told to be wrong."""
    with pytest.raises(SettingsFault) as caught:
        load(environ, command)
    return caught.value.faults


def test_an_empty_environment_is_enough_for_what_needs_the_database_only() -> None:
    told = load({}, "migrate")
    assert (told.database_url, told.zone.key, told.language, told.port) == (
        "sqlite:///ptf.sqlite3",
        "Africa/Bamako",
        "fr",
        3000,
    )
    assert told.is_sqlite
    assert told.coordinators == frozenset()


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("run", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ("web", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]),
        ("worker", ["SLACK_BOT_TOKEN"]),
    ],
)
def test_a_command_names_each_secret_it_cannot_do_without(command: str, names: list[str]) -> None:
    told = faults({"PTF_LANGUAGE": "en"}, command)
    assert [line.split(" ")[0] for line in told] == names
    assert all("api.slack.com/apps" in line for line in told)
    assert load({name: TOKENS[name] for name in names}, command)


def test_all_faults_are_told_at_once_and_in_the_language_of_the_settings() -> None:
    wrong = {
        "SLACK_BOT_TOKEN": "xapp-1",
        "SLACK_APP_TOKEN": "xoxb-1",
        "SLACK_API_URL": "slack.com",
        "DATABASE_URL": "nothing of the kind",
        "PORT": "99999",
        "PTF_TIMEZONE": "Bamako",
        "PTF_DIGEST_CHANNEL": "#general",
        "PTF_COORDINATORS": "U0AWA000001, @ben",
    }
    english = faults(wrong | {"PTF_LANGUAGE": "en"})
    french = faults(wrong | {"PTF_LANGUAGE": "fr"})
    assert len(english) == len(french) == 8
    assert "PTF_TIMEZONE must be the name of a time zone" in english[5]
    assert "PTF_TIMEZONE doit être le nom d’un fuseau horaire" in french[5]
    assert "@ben" in french[7]
    assert "U0AWA" not in french[7]


def test_a_language_nobody_speaks_is_told_in_french() -> None:
    assert faults({"PTF_LANGUAGE": "de"}) == ["PTF_LANGUAGE doit être fr ou en, et non de."]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/x", "postgresql"])
def test_a_database_that_would_forget_or_is_of_another_kind_is_refused(url: str) -> None:
    assert len(faults({"DATABASE_URL": url})) == 1


@pytest.mark.parametrize("url", ["postgres://u:p@host/x", "postgresql://host/x", "sqlite:////var/ptf.sqlite3"])
def test_the_addresses_that_platforms_hand_out_are_taken(url: str) -> None:
    assert load({"DATABASE_URL": url}).database_url == url


def test_blanks_count_as_nothing_and_lists_are_forgiving() -> None:
    told = load({"PTF_COORDINATORS": " U0AWA000001 ,, U0BEN000001,", "PORT": " ", "SLACK_API_URL": "http://x/api"})
    assert told.coordinators == {"U0AWA000001", "U0BEN000001"}
    assert (told.port, told.api_url) == (3000, "http://x/api/")


def test_no_secret_is_ever_shown() -> None:
    told = load(TOKENS | {"DATABASE_URL": "postgresql://u:hidden@host/x"}, "run")
    shown = f"{told!r} {told}"
    assert not any(secret in shown for secret in (*TOKENS.values(), "hidden"))
    assert told.bot_token == "xoxb-1"


def test_exports_lie_beside_the_database_when_it_is_a_file() -> None:
    assert load({"DATABASE_URL": "sqlite:////srv/ptf/ptf.sqlite3"}).files.as_posix() == "/srv/ptf/exports"
    assert load({"DATABASE_URL": "postgresql://host/x"}).files.is_absolute()


def test_slacks_secrets_leave_the_environment_once_they_are_read() -> None:
    environ = dict.fromkeys(settings.SLACKS_OWN, "x") | {"PATH": "/bin"}
    settings.hide(environ)
    assert environ == {"PATH": "/bin"}


def test_a_client_id_and_secret_do_not_switch_bolt_to_another_mode() -> None:
    """In a process of its own, since Bolt looks at the environment."""
    program = """
from slack_bolt.authorization import AuthorizeResult
from bot import app, settings
from handlers.context import Context
from storage.database import connect
from bot.rehearsal.clock import MORNING
told = settings.from_process("web")
ctx = Context(connect(told.database_url), lambda: MORNING, told.zone, told.language, "T1")
bot = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")
built = app.Answering(ctx, app.client(told.bot_token, told.api_url), told.signing_secret, bot).app
print(built.oauth_flow, built.installation_store)
"""
    environ = os.environ | TOKENS | {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "x"}
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "None None"
    assert "xoxb" not in done.stderr
