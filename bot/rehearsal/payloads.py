"""What Slack tells an app: slash commands, interactions and events, field by field (docs.slack.dev)."""

from __future__ import annotations

import itertools
from typing import Any

from bot.rehearsal.api.views import app_part
from bot.rehearsal.messages import message_json
from bot.rehearsal.model import Channel, Json, Message, User, View
from bot.rehearsal.triggers import ResponseUrl
from bot.rehearsal.workspace import APP_ID, Workspace

TOKEN = "deprecated"
_CHANNEL_NAMES = {"im": "directmessage", "private": "privategroup"}


class Payloads:
    """Builds payloads; `address` is where response URLs live."""

    def __init__(self, workspace: Workspace, address: str) -> None:
        self.workspace = workspace
        self.address = address
        self._numbers = itertools.count(1)

    def response_url(self, user: User, channel: Channel, message: Message | None = None) -> ResponseUrl:
        """A fresh response URL for somebody, about a message if they acted in one."""
        with self.workspace.lock:
            url = ResponseUrl(self.workspace.fresh_id("R"), user.id, channel.id, self.workspace.now())
            if message is not None:
                url.message_ts, url.thread_ts = message.ts, message.thread_ts
            self.workspace.response_urls[url.id] = url
            return url

    def command(self, user: User, channel: Channel, command: str, text: str) -> tuple[Json, ResponseUrl]:
        """A slash command."""
        url = self.response_url(user, channel)
        team = self.workspace.team
        return {
            "token": TOKEN,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": _CHANNEL_NAMES.get(channel.kind, channel.name),
            "user_id": user.id,
            "user_name": user.name,
            "command": command,
            "text": text,
            "api_app_id": APP_ID,
            "is_enterprise_install": "false",
            "response_url": f"{self.address}response/{url.id}",
            "trigger_id": self.workspace.triggers.give(user.id),
        }, url

    def actions(self, user: User, place: Message | View, action: Json) -> Json:
        """block_actions, with the state of the message or view. A message brings a response URL, a view does not."""
        payload = self._interaction("block_actions", user)
        payload["actions"] = [{**action, "action_ts": self.workspace.stamp()}]
        payload["state"] = {"values": place.values}
        payload["container"] = self.container(place)
        if isinstance(place, View):
            payload["trigger_id"] = self.workspace.triggers.give(user.id, view=self._modal(place))
            payload["view"] = place.payload(app_part(self.workspace))
            if place.type == "modal":
                del payload["state"]
            return payload
        channel = self.workspace.channels[place.channel]
        url = self.response_url(user, channel, place)
        payload |= {"channel": {"id": channel.id, "name": _CHANNEL_NAMES.get(channel.kind, channel.name)}}
        payload["response_url"] = f"{self.address}response/{url.id}"
        payload["trigger_id"] = self.workspace.triggers.give(user.id)
        if place.ephemeral_to is None:
            payload["message"] = message_json(self.workspace, place)
        return payload

    def container(self, place: Message | View) -> Json:
        """Where somebody acted."""
        if isinstance(place, View):
            return {"type": "view", "view_id": place.id}
        answer: Json = {"type": "message", "message_ts": place.ts, "channel_id": place.channel}
        if place.thread_ts is not None:
            answer["thread_ts"] = place.thread_ts
        return {**answer, "is_ephemeral": place.ephemeral_to is not None}

    def submission(self, user: User, view: View) -> Json:
        """view_submission: no channel, no response URL."""
        payload = self._interaction("view_submission", user)
        payload["trigger_id"] = self.workspace.triggers.give(user.id, view=view.id)
        payload["response_urls"] = []
        return {**payload, "view": view.payload(app_part(self.workspace))}

    def closed(self, user: User, view: View, *, cleared: bool) -> Json:
        """view_closed: no trigger."""
        payload = self._interaction("view_closed", user)
        return {**payload, "view": view.payload(app_part(self.workspace)), "is_cleared": cleared}

    def suggestion(self, user: User, place: Message | View, block_id: str, action_id: str, typed: str) -> Json:
        """block_suggestion: neither trigger nor response URL."""
        payload = self._interaction("block_suggestion", user)
        payload |= {"block_id": block_id, "action_id": action_id, "value": typed}
        payload["container"] = self.container(place)
        if isinstance(place, View):
            return {**payload, "view": place.payload(app_part(self.workspace))}
        channel = self.workspace.channels[place.channel]
        payload["channel"] = {"id": channel.id, "name": channel.name}
        return {**payload, "message": message_json(self.workspace, place)}

    def message_shortcut(self, user: User, callback_id: str, message: Message) -> Json:
        """message_action: the message comes along without any history scope."""
        channel = self.workspace.channels[message.channel]
        url = self.response_url(user, channel)
        payload = self._interaction("message_action", user)
        payload |= {"callback_id": callback_id, "action_ts": self.workspace.stamp()}
        payload |= {"message_ts": message.ts, "message": message_json(self.workspace, message)}
        payload |= {"channel": {"id": channel.id, "name": _CHANNEL_NAMES.get(channel.kind, channel.name)}}
        payload["response_url"] = f"{self.address}response/{url.id}"
        payload["trigger_id"] = self.workspace.triggers.give(user.id)
        return payload

    def shortcut(self, user: User, callback_id: str) -> Json:
        """A global shortcut: neither channel nor response URL."""
        payload = self._interaction("shortcut", user)
        payload |= {"callback_id": callback_id, "action_ts": self.workspace.stamp()}
        payload["trigger_id"] = self.workspace.triggers.give(user.id)
        return payload

    def event(self, event: Json) -> Json:
        """An event in its envelope, with the event_id that stays the same on repetition."""
        number = next(self._numbers)
        team, bot = self.workspace.team, self.workspace.bot
        stamp = self.workspace.stamp()
        channel = self.workspace.channels.get(str(event.get("channel")))
        return {
            "token": TOKEN,
            "team_id": team.id,
            "context_team_id": team.id,
            "api_app_id": APP_ID,
            "event": {**event, "event_ts": stamp},
            "type": "event_callback",
            "event_id": f"Ev0PTF{number:07X}",
            "event_time": int(float(stamp)),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team.id,
                    "user_id": bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": channel is not None and channel.shared,
            "event_context": f"4-ptf-{number}",
        }

    def rate_limited(self) -> Json:
        """What comes instead of events when there were more than 30,000 in an hour."""
        minute = int(self.workspace.now().timestamp()) // 60 * 60
        told = {"token": TOKEN, "type": "app_rate_limited", "team_id": self.workspace.team.id}
        return {**told, "minute_rate_limited": minute, "api_app_id": APP_ID}

    def challenge(self) -> Json:
        """What an app must echo before its URL is accepted."""
        return {"token": TOKEN, "type": "url_verification", "challenge": self.workspace.fresh_id("X")}

    def _interaction(self, kind: str, user: User) -> Json:
        team = self.workspace.team
        person: dict[str, Any] = {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}
        return {
            "type": kind,
            "token": TOKEN,
            "team": {"id": team.id, "domain": team.domain},
            "user": person,
            "api_app_id": APP_ID,
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _modal(self, view: View) -> str | None:
        return view.id if view.type == "modal" else None
