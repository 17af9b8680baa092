"""The doctor: finds each fault, names its cure in the reader's language, and finds nothing where all is well."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot import doctor
from bot.rehearsal.standin import SCOPES, StandIn
from bot.settings import load
from tests.bot import processes

HISTORY = ("channels:history", "groups:history", "im:history")


def settings(standin: StandIn, database_url: str, **more: str) -> dict[str, str]:
    """An environment in which all is well."""
    return {
        "SLACK_BOT_TOKEN": standin.bot_token,
        "SLACK_APP_TOKEN": standin.app_token,
        "SLACK_API_URL": standin.api_url,
        "DATABASE_URL": database_url,
        "PTF_LANGUAGE": "en",
        "PTF_COORDINATORS": "U0AWA000001",
        "PTF_DIGEST_CHANNEL": standin.workspace.channel("pool").id,
        **more,
    }


def told(environ: dict[str, str], away: timedelta = timedelta()) -> tuple[bool, str]:
    """(whether something is wrong, the whole text on one line)."""
    read = load(environ)
    findings = doctor.examine(read, lambda: datetime.now(UTC) + away)
    return doctor.is_ill(findings), " ".join(doctor.told(findings, read.speaker).split())


def test_where_all_is_well_nothing_is_wrong(standin: StandIn, database_url: str) -> None:
    ill, text = told(settings(standin, database_url))
    assert not ill, text
    assert text.endswith("All is well.")
    assert "✗" not in text


def test_missing_permissions_are_named_with_their_reason_and_place(sqlite_url: str) -> None:
    given = tuple(scope for scope in SCOPES if scope != "files:write")
    with StandIn((*given, *HISTORY[:1])) as standin:
        standin.workspace.add_user(id="U0AWA000001", name="awa", real_name="Awa Traoré")
        standin.workspace.add_channel("pool", members=["awa"])
        ill, text = told(settings(standin, sqlite_url))
    assert ill
    assert "files:write is missing. To deliver the Excel. Add it on api.slack.com/apps" in text
    assert "groups:history is not given, and may stay so." in text
    assert "channels:history" not in text


def test_tokens_that_are_absent_wrong_or_revoked_are_told(standin: StandIn, sqlite_url: str) -> None:
    assert "SLACK_BOT_TOKEN is not set" in told(settings(standin, sqlite_url, SLACK_BOT_TOKEN=""))[1]
    assert "(invalid_auth)" in told(settings(standin, sqlite_url, SLACK_BOT_TOKEN="xoxb-wrong"))[1]
    assert "Make an app-level token" in told(settings(standin, sqlite_url, SLACK_APP_TOKEN="xapp-wrong"))[1]
    ill, text = told(settings(standin, sqlite_url, SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET="x"))
    assert not ill
    assert "needed for ptf-bot run" in text
    standin.revoke()
    assert "(token_revoked)" in told(settings(standin, sqlite_url))[1]


def test_a_channel_that_is_archived_shared_foreign_or_unknown_is_told(standin: StandIn, sqlite_url: str) -> None:
    workspace = standin.workspace

    def of(channel: str) -> str:
        return told(settings(standin, sqlite_url, PTF_DIGEST_CHANNEL=channel))[1]

    shared = of(workspace.channel("general").id)
    assert "✗ Channel #general is shared with another organisation, and its level shows more" in shared
    assert "write /invite @ptf there" in of(workspace.channel("far").id)
    assert "(channel_not_found)" in of("C0NOWHERE01")
    workspace.channel("pool").archived = True
    assert "is archived" in of(workspace.channel("pool").id)


def test_a_clock_that_is_wrong_is_told(standin: StandIn, sqlite_url: str) -> None:
    ill, text = told(settings(standin, sqlite_url), away=timedelta(minutes=4))
    assert ill
    assert "set this machine’s clock" in text


def test_a_coordinator_who_is_no_member_is_told(standin: StandIn, sqlite_url: str) -> None:
    ill, text = told(settings(standin, sqlite_url, PTF_COORDINATORS="U0ZOE000001,U0NOBODY001"))
    assert ill
    assert "Zoé Diarra is no full member of this workspace (external)" in text
    assert "(user_not_found)" in text


def test_a_database_that_is_away_is_told_and_the_rest_is_examined(standin: StandIn) -> None:
    ill, text = told(settings(standin, "postgresql://x:y@127.0.0.1:1/z"))
    assert ill
    assert "The database does not answer: OperationalError." in text
    assert "@ptf in the workspace" in text


def test_slack_out_of_reach_is_told(sqlite_url: str) -> None:
    environ = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": "http://127.0.0.1:1/", "DATABASE_URL": sqlite_url}
    ill, text = told(environ | {"PTF_LANGUAGE": "fr"})
    assert ill
    assert "Slack ne peut pas être joint (URLError)" in text
    assert text.endswith("Veuillez corriger ce qui est marqué ✗.")


@pytest.mark.parametrize(("language", "verdict"), [("fr", "Tout va bien."), ("en", "All is well.")])
def test_the_command_ends_well_where_all_is_well(
    standin: StandIn, sqlite_url: str, language: str, verdict: str
) -> None:
    more = settings(standin, sqlite_url, PTF_LANGUAGE=language)
    done = processes.done(processes.environment(standin, sqlite_url, **more), "doctor")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, verdict)
