"""auth.test, apps.connections.open, bots.info, team.info."""

from __future__ import annotations

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.errors import Refused
from bot.rehearsal.model import Json
from bot.rehearsal.workspace import APP_ID, BOT_ID


def _test(call: Call) -> Json:
    team, bot = call.workspace.team, call.workspace.bot
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": bot.name,
        "team_id": team.id,
        "user_id": bot.id,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _open_connection(call: Call) -> Json:
    return {"url": call.open_socket()}


def _bot(call: Call) -> Json:
    if call.text("bot") not in ("", BOT_ID):
        raise Refused("bot_not_found")
    bot = call.workspace.bot
    return {
        "bot": {
            "id": BOT_ID,
            "app_id": APP_ID,
            "user_id": bot.id,
            "name": call.workspace.app_name,
            "deleted": False,
            "updated": 0,
            "icons": {},
        }
    }


def _team(call: Call) -> Json:
    team = call.workspace.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


METHODS = {
    "auth.test": Method(_test),
    "apps.connections.open": Method(_open_connection, app_level=True),
    "bots.info": Method(_bot, ("users:read",)),
    "team.info": Method(_team, ("team:read",)),
}
