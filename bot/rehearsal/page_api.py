"""The page of the rehearsal: its files, its JSON (all under /page/api), and the files shared in channels.

Who asks says `as` whom. A refusal is {"ok": false, "error": code, "message": sentence}, with status 200 as in the Web
API of Slack. Requests that another site's page could make (a foreign Origin) are refused.
"""

from __future__ import annotations

import json
import mimetypes
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from bot.rehearsal import membership, page_state
from bot.rehearsal.acting import Place
from bot.rehearsal.answers import NotPossible
from bot.rehearsal.messages import file_json
from bot.rehearsal.model import Channel, Json, Message, View
from bot.rehearsal.person import Person
from bot.rehearsal.server import Request, Response, as_json

if TYPE_CHECKING:
    from bot.rehearsal.standin import StandIn

FOLDER = Path(__file__).parent / "page"
POLL_SECONDS = 20.0
_NOT_FOUND = Response(404, b"not found", "text/plain; charset=utf-8")
_KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}


class Page:
    """Answers everything that is not Slack's own: /, /page/<file>, /page/api/<what>, /files/<id>/<name>."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin
        self.workspace = standin.workspace
        self._told: dict[str, Callable[[Json], Json]] = {
            "state": self._state,
            "messages": self._messages,
            "home": self._home,
            "views": self._views,
            "poll": self._poll,
        }
        self._done: dict[str, Callable[[Json], Json]] = {
            "say": self._say,
            "rewrite": self._rewrite,
            "take_away": self._take_away,
            "act": self._act,
            "submit": self._submit,
            "bring": self._bring,
            "close": self._close,
            "suggest": self._suggest,
            "shortcut": self._shortcut,
            "read": self._read,
            "become": self._become,
            "clock": self._clock,
        }

    def answer(self, request: Request) -> Response:
        """The answer to a request."""
        if request.path.startswith("/page/api/"):
            return self._api(request.path.removeprefix("/page/api/"), request)
        if request.path.startswith("/files/"):
            return self._file(request)
        return _page_file(request.path.removeprefix("/page") if request.path != "/" else "/index.html")

    def _api(self, name: str, request: Request) -> Response:
        known = self._told if request.method == "GET" else self._done
        if name not in known:
            return _refusal("unknown_method", f"The page has no {request.method} {name}.", 404)
        if request.headers.get("Origin", self._home_address()) not in self._own_addresses():
            return _refusal("foreign_origin", "This page belongs to somebody else.", 403)
        try:
            given = dict(request.query) if request.method == "GET" else json.loads(request.body or b"{}")
            return as_json(known[name](given), Cache_Control="no-store")
        except NotPossible as impossible:
            return _refusal("not_possible", str(impossible))
        except LookupError as missing:
            return _refusal("not_found", str(missing.args[0]) if missing.args else "")
        except ValueError:
            return _refusal("invalid_json", "")

    def _home_address(self) -> str:
        return self.standin.page_url.rstrip("/")

    def _own_addresses(self) -> tuple[str, ...]:
        return self._home_address(), self._home_address().replace("127.0.0.1", "localhost")

    def _me(self, given: Json) -> Person:
        """Whom the request is made as; only somebody one can be."""
        me = self.standin.person(str(given.get("as", "")))
        if not me.user.can_be:
            raise NotPossible(f"Nobody can be {me.user.real_name} here.")
        return me

    def _channel(self, me: Person, name: Any) -> Channel:
        channel = self.workspace.channel(str(name))
        if me.id not in channel.members:
            raise NotPossible(f"{me.user.real_name} is not in #{channel.name}.")
        return channel

    def _state(self, given: Json) -> Json:
        """All that stands around; with an empty `as` one is nobody yet, and has no channels."""
        me = self._me(given).user if given.get("as") else None
        standin, workspace = self.standin, self.workspace
        shown = page_state.channels(workspace, me) if me is not None else []
        return {
            "now": workspace.now().isoformat().replace("+00:00", "Z"),
            "zone": standin.zone,
            "version": workspace.version,
            "team": {"id": workspace.team.id, "name": workspace.team.name},
            "app": {
                "name": workspace.app_name,
                "bot_user": workspace.bot.id,
                "commands": standin.commands,
                "completions": standin.completions,
                "shortcuts": standin.shortcuts,
            },
            "people": page_state.people(workspace),
            "me": page_state.person_json(me) if me is not None else None,
            "channels": shown,
            "clock": standin.clock_targets,
        }

    def _messages(self, given: Json) -> Json:
        me = self._me(given)
        channel = self._channel(me, given.get("channel"))
        return {"messages": page_state.messages(self.workspace, me.user, channel, given.get("thread") or None)}

    def _home(self, given: Json) -> Json:
        """The Home tab; with `quiet` only looked at again, without telling the app that it was opened."""
        me = self._me(given)
        view = self.workspace.homes.get(me.id) if given.get("quiet") else me.home()
        return {"view": page_state.view_json(self.workspace, view) if view is not None else None}

    def _views(self, given: Json) -> Json:
        return {"views": [page_state.view_json(self.workspace, view) for view in self._me(given).views]}

    def _poll(self, given: Json) -> Json:
        after = int(given.get("after") or 0)
        self.workspace.wait_for(lambda: self.workspace.version != after, POLL_SECONDS)
        return {"version": self.workspace.version}

    def _say(self, given: Json) -> Json:
        me = self._me(given)
        text, channel = str(given.get("text", "")).strip(), str(given.get("channel", ""))
        if not text:
            raise NotPossible("There is nothing to say.")
        if text.startswith("/"):
            if given.get("thread"):
                raise NotPossible("Slash commands cannot be typed in a thread.")
            return _outcome(me.command(text, channel).failure)
        me.say(text, channel, given.get("thread") or None)
        return {"ok": True}

    def _rewrite(self, given: Json) -> Json:
        """Edit a message of one's own."""
        text = str(given.get("text", "")).strip()
        if not text:
            raise NotPossible("There is nothing to say.")
        me = self._me(given)
        me.rewrite(self._message(me, given), text)
        return {"ok": True}

    def _take_away(self, given: Json) -> Json:
        """Delete a message of one's own."""
        me = self._me(given)
        me.take_away(self._message(me, given))
        return {"ok": True}

    def _message(self, me: Person, given: Json) -> Message:
        """A message of a channel this person is in."""
        message = self.workspace.find(self._channel(me, given.get("channel")).id, str(given.get("ts")))
        if message is None:
            raise LookupError("This message is not there any more.")
        return message

    def _place(self, me: Person, container: Json) -> Place:
        """The message or view a person acts in, once it is sure that it stands before them."""
        if container.get("type") == "view":
            return self._view(me, container.get("view_id"))
        place = self.workspace.find(str(container.get("channel")), str(container.get("ts")))
        if place is None:
            raise LookupError("This message is not there any more.")
        me.present(place)
        return place

    def _view(self, me: Person, view_id: Any) -> View:
        home = self.workspace.homes.get(me.id)
        if home is not None and home.id == view_id:
            return home
        for view in me.views:
            if view.id == view_id:
                me.present(view)
                return view
        raise LookupError("This form is not open any more.")

    def _act(self, given: Json) -> Json:
        me = self._me(given)
        place = self._place(me, given["container"])
        for block_id, actions in (given.get("values") or {}).items():
            place.values.setdefault(block_id, {}).update(actions)
        return _outcome(me.act(place, given["block_id"], given["action"]).failure)

    def _submit(self, given: Json) -> Json:
        me = self._me(given)
        result = me.submit_values(self._view(me, given["view_id"]), given.get("values") or {})
        if result.errors:
            return {"ok": False, "errors": result.errors}
        return _outcome(result.failure)

    def _bring(self, given: Json) -> Json:
        """A file from the disk of who sits at the page, for a form; its content in base64."""
        file = self.workspace.bring(self._me(given).user, str(given["name"]), b64decode(given["content"]))
        return {"file": file_json(file)}

    def _close(self, given: Json) -> Json:
        me = self._me(given)
        me.close_view(self._view(me, given["view_id"]))
        return {"ok": True}

    def _suggest(self, given: Json) -> Json:
        me = self._me(given)
        place = self._place(me, given["container"])
        return me.suggest(place, given["block_id"], given["action_id"], str(given.get("value", "")))

    def _shortcut(self, given: Json) -> Json:
        me = self._me(given)
        if not given.get("ts"):
            return _outcome(me.shortcut(given["callback_id"]).failure)
        return _outcome(me.message_shortcut(given["callback_id"], self._message(me, given)).failure)

    def _read(self, given: Json) -> Json:
        me = self._me(given)
        channel = self._channel(me, given.get("channel"))
        if channel.messages and channel.read_until.get(me.id) != channel.messages[-1].ts:
            channel.read_until[me.id] = channel.messages[-1].ts
            self.workspace.touch()
        return {"ok": True}

    def _become(self, given: Json) -> Json:
        """A channel changes: public, private, shared, archived, with or without the bot."""
        me = self._me(given)
        membership.become(self.workspace, self._channel(me, given.get("channel")), str(given.get("change")), me.user)
        return {"ok": True}

    def _clock(self, given: Json) -> Json:
        self.standin.advance(str(given.get("to")))
        self.workspace.touch()
        return {"now": self.workspace.now().isoformat().replace("+00:00", "Z")}

    def _file(self, request: Request) -> Response:
        """The bytes of a file, for who is in a channel where it is shared."""
        file = self.workspace.files.get(request.path.split("/")[2])
        me = request.query.get("as", "")
        channels = [self.workspace.channels[name] for name in (file.channels if file is not None else [])]
        if file is None or file.content is None or not any(me in channel.members for channel in channels):
            return _NOT_FOUND
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}"}
        return Response(200, file.content, kind, headers)


def _outcome(failure: str | None) -> Json:
    if failure is None:
        return {"ok": True}
    return {"ok": False, "error": failure, "message": ""}


def _refusal(code: str, sentence: str, status: int = 200) -> Response:
    return as_json({"ok": False, "error": code, "message": sentence}, status)


def _page_file(path: str) -> Response:
    """A file of the page's folder, which has no folders below it.

    The page asks for its parts under /page/<stamp>/, which changes with them, so that a browser may keep them.
    """
    stamp, _, name = path.removeprefix("/").rpartition("/")
    file = FOLDER / Path(unquote(name)).name
    if stamp not in ("", _stamp()) or file.suffix not in _KINDS or not file.is_file():
        return _NOT_FOUND
    content = file.read_bytes()
    if name == "index.html":
        content = content.replace(b'"/page/', f'"/page/{_stamp()}/'.encode())
    keep = "max-age=31536000, immutable" if stamp else "no-store"
    return Response(200, content, _KINDS[file.suffix], {"Cache-Control": keep})


def _stamp() -> str:
    """When the newest file of the page was written."""
    return format(max(file.stat().st_mtime_ns for file in FOLDER.iterdir()), "x")
