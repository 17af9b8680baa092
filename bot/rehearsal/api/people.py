"""users.info, users.list: what an app learns about people."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.api.pages import page
from bot.rehearsal.errors import Refused
from bot.rehearsal.model import Json, User


def described(user: User, now: datetime, *, locale: bool) -> Json:
    """A user object (docs.slack.dev, "User object"). The locale only on demand, and never that of a stranger."""
    display_name = user.display_name or user.name
    answer: Json = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "color": user.color,
        "real_name": user.real_name,
        "is_bot": user.is_bot,
        "is_app_user": user.is_bot,
        "updated": int(now.timestamp()),
        "profile": {"real_name": user.real_name, "display_name": display_name, "team": user.team_id},
    }
    if user.deleted:
        return answer
    answer |= {"is_restricted": user.guest or user.ultra, "is_ultra_restricted": user.ultra}
    answer |= {"is_admin": False, "is_owner": False, "is_primary_owner": False}
    if user.stranger:
        answer["is_stranger"] = True
    if user.tz is not None:
        offset = now.astimezone(ZoneInfo(user.tz)).utcoffset()
        seconds = int(offset.total_seconds()) if offset is not None else 0
        answer |= {"tz": user.tz, "tz_label": user.tz, "tz_offset": seconds}
    if locale and not user.stranger:
        answer["locale"] = user.locale
    return answer


def _info(call: Call) -> Json:
    user = call.workspace.users.get(call.need("user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": described(user, call.workspace.now(), locale=call.flag("include_locale"))}


def _list(call: Call) -> Json:
    everybody = sorted(call.workspace.users.values(), key=lambda user: user.id)
    own = [user for user in everybody if not user.stranger]
    chosen, cursor = page(own, call.number("limit", 1000), call.text("cursor"))
    locale = call.flag("include_locale")
    now = call.workspace.now()
    return {
        "members": [described(user, now, locale=locale) for user in chosen],
        "cache_ts": int(now.timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


METHODS = {"users.info": Method(_info, ("users:read",)), "users.list": Method(_list, ("users:read",))}
