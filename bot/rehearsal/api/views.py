"""views.open, push, update, publish: modals and Home tabs."""

from __future__ import annotations

import copy
import secrets
from typing import Any

from bot.rehearsal import limits
from bot.rehearsal.api.call import Call, Method
from bot.rehearsal.detector import inspect_view
from bot.rehearsal.elements import fill_ids, values_of
from bot.rehearsal.errors import Refused
from bot.rehearsal.model import Json, View
from bot.rehearsal.workspace import APP_ID, BOT_ID, Workspace

DEEPEST = 3


def app_part(workspace: Workspace) -> Json:
    """What every view says about the app it belongs to."""
    return {"app_id": APP_ID, "bot_id": BOT_ID, "app_installed_team_id": workspace.team.id}


def checked(workspace: Workspace, content: Any, kind: str, replaced: View | None = None) -> Json:
    """A view as the app sent it, looked over.

    Raises Refused: invalid_arguments, view_too_large, duplicate_external_id.
    """
    if not isinstance(content, dict):
        raise Refused("invalid_arguments", "[ERROR] missing required field: view")
    problems = limits.view_problems(content, kind)
    if limits.view_too_large(content):
        raise Refused("view_too_large")
    if problems:
        raise Refused("invalid_arguments", *problems)
    external = content.get("external_id")
    if external and any(view.external_id == external for view in _all(workspace) if view is not replaced):
        raise Refused("duplicate_external_id")
    inspect_view(workspace, content)
    filled = copy.deepcopy(content)
    fill_ids(filled["blocks"])
    return filled


def add(workspace: Workspace, user: str, content: Json, previous: View | None = None) -> View:
    """Put a checked modal on top of somebody's stack; raises Refused: push_limit_reached."""
    with workspace.lock:
        stack = workspace.stacks.setdefault(user, [])
        if len(stack) >= DEEPEST:
            raise Refused("push_limit_reached")
        view_id = workspace.fresh_id("V")
        root = previous.root if previous is not None else view_id
        view = View(view_id, user, workspace.team.id, content, _hash(workspace), root)
        view.previous = previous.id if previous is not None else None
        view.values = values_of(content["blocks"])
        stack.append(view)
        workspace.touch()
        return view


def replace(workspace: Workspace, view: View, content: Json) -> None:
    """Show something else in a view; what was typed stays where block and action ids stay."""
    with workspace.lock:
        view.content = content
        view.values = values_of(content["blocks"], kept=view.values)
        view.hash = _hash(workspace)
        view.errors = {}
        workspace.touch()


def _hash(workspace: Workspace) -> str:
    return f"{int(workspace.now().timestamp())}.{secrets.token_hex(4)}"


def _all(workspace: Workspace) -> list[View]:
    return [*(view for stack in workspace.stacks.values() for view in stack), *workspace.homes.values()]


def _open(call: Call) -> Json:
    content = checked(call.workspace, call.json("view"), "modal")
    trigger = call.workspace.triggers.use(call.need("trigger_id"))
    with call.workspace.lock:
        call.workspace.stacks[trigger.user] = []
        view = add(call.workspace, trigger.user, content)
    return {"view": view.payload(app_part(call.workspace))}


def _push(call: Call) -> Json:
    content = checked(call.workspace, call.json("view"), "modal")
    trigger = call.workspace.triggers.use(call.need("trigger_id"))
    with call.workspace.lock:
        stack = call.workspace.stacks.get(trigger.user, [])
        if trigger.view is None or not stack:
            raise Refused("not_found")
        view = add(call.workspace, trigger.user, content, stack[-1])
    return {"view": view.payload(app_part(call.workspace))}


def _update(call: Call) -> Json:
    view_id, external = call.text("view_id"), call.text("external_id")
    if not view_id and not external:
        raise Refused("invalid_arguments", "[ERROR] either view_id or external_id is required")
    with call.workspace.lock:
        open_views = _all(call.workspace)
        named = [view for view in open_views if view_id in ("", view.id) and external in ("", view.external_id)]
        view = named[0] if named else None
        if view is None:
            raise Refused("not_found")
        content = checked(call.workspace, call.json("view"), view.type, view)
        if call.text("hash") not in ("", view.hash):
            raise Refused("hash_conflict")
        replace(call.workspace, view, content)
        return {"view": view.payload(app_part(call.workspace))}


def _publish(call: Call) -> Json:
    user = call.workspace.users.get(call.need("user_id"))
    if user is None or user.deleted:
        raise Refused("invalid_arguments", "[ERROR] invalid user_id")
    with call.workspace.lock:
        view = call.workspace.homes.get(user.id)
        content = checked(call.workspace, call.json("view"), "home", view)
        if view is None:
            if call.text("hash"):
                raise Refused("hash_conflict")
            view_id = call.workspace.fresh_id("V")
            view = View(view_id, user.id, call.workspace.team.id, content, "", view_id)
            call.workspace.homes[user.id] = view
        elif call.text("hash") not in ("", view.hash):
            raise Refused("hash_conflict")
        replace(call.workspace, view, content)
        return {"view": view.payload(app_part(call.workspace))}


METHODS = {
    "views.open": Method(_open),
    "views.push": Method(_push),
    "views.update": Method(_update),
    "views.publish": Method(_publish),
}
