"""`/ptf groups` (`groupes`): the bodies, the tree of groups, who coordinates them, when each was last heard.

With a code or a name after the command: that group in detail. The last word heard is the newest update which the
reader may read.
"""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from sqlalchemy.orm import Session

from handlers import answers, commands, finding, pages, places, tree
from handlers.actors import Actor
from handlers.commands import Command
from handlers.context import Context
from handlers.errors import Refusal, number
from handlers.language import message
from handlers.reports import blocks
from handlers.tree import Tree
from storage.groups import Group, Kind

GROUPS_SUMMARY = message("The groups: who coordinates them, how they stand, when each was last heard")
GROUPS_USAGE = message("[group]")
TITLE = message("*Groups and bodies*")
BODIES = message("*Bodies that meet and decide*")
GROUPS = message("*Groups*")
NO_GROUPS = message(
    "No group has been entered yet. The Pool Technique does it with `/ptf config`, or from an Excel list."
)
GONE = message("This group does not exist any more.")
ONE_PLACEHOLDER = message("One group in detail")
NEXT_BUTTON = message("The next groups")

COMMAND = Command(("groups", "groupes"), GROUPS_SUMMARY, GROUPS_USAGE)
COMMANDS = (COMMAND,)


def register(app: App) -> None:
    """Register the listeners."""
    commands.on(app, COMMAND, groups)
    app.action("groups_open")(opened)
    app.action("groups_more")(more)
    app.action("groups_one")(chosen)


def groups(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient, rest: str) -> None:
    """The whole tree, or the group named after the command."""
    with ctx.readings.begin() as session:
        if rest:
            text, told = _one(session, ctx, actor, finding.group(session, rest, actor.speaker))
        else:
            text, told = _all(session, ctx, actor, 0)
    answers.show(ack, client, body, text, told)


def opened(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The whole tree, from a button."""
    groups(ack, ctx, actor, body, client, "")


def more(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """The next page, in the place of this one."""
    with ctx.readings.begin() as session:
        text, told = _all(session, ctx, actor, number(body["actions"][0]["value"]))
    places.show_instead(ack, client, body, text, told)


def chosen(ack: Ack, ctx: Context, actor: Actor, body: dict[str, Any], client: WebClient) -> None:
    """One group chosen in the menu under the tree."""
    with ctx.readings.begin() as session:
        group = session.get(Group, number(body["actions"][0]["selected_option"]["value"], GONE))
        if group is None:
            raise Refusal(GONE)
        text, told = _one(session, ctx, actor, group)
    answers.show(ack, client, body, text, told)


def _all(session: Session, ctx: Context, actor: Actor, page: int) -> tuple[str, list[blocks.Block]]:
    """One page of the tree: the text and the blocks, with the menu."""
    known = tree.load(session, ctx, actor)
    if not known.groups:
        words = actor.speaker.say(NO_GROUPS)
        return words, [blocks.section(words)]
    pieces = pages.pages(_pieces(known))
    page = min(page, len(pieces) - 1)
    head = actor.speaker.say(TITLE)
    told = [blocks.section(head), *(blocks.section(piece) for piece in pieces[page])]
    elements = [_menu(known)]
    if page + 1 < len(pieces):
        elements.append(blocks.button(actor.speaker.say(NEXT_BUTTON), "groups_more", str(page + 1)))
    return "\n".join([head, *pieces[page]]), [*told, blocks.actions(*elements)]


def _pieces(known: Tree) -> list[str]:
    """What is told, in pieces that each fit one block: the bodies, then every group with what stands below it."""
    say = known.speaker.say
    pieces = [[say(GROUPS)], *(_branch(known, root) for root in known.roots)] if known.roots else []
    bodies = [tree.line(known, group, 0) for group in known.groups if group.kind == Kind.BODY]
    pieces += [[say(BODIES), *bodies]] if bodies else []
    return [text for piece in pieces for text in pages.fitted(piece)]


def _branch(known: Tree, root: Group) -> list[str]:
    return [tree.line(known, group, depth) for group, depth in known.branch(root)]


def _menu(known: Tree) -> blocks.Block:
    """A menu of every group and body, split where there are more than a menu takes."""
    options = [
        blocks.option(f"{group.code} – {group.name(known.speaker.language)}", str(group.id)) for group in known.groups
    ]
    return blocks.select("groups_one", blocks.grouped(options), known.speaker.say(ONE_PLACEHOLDER))


def _one(session: Session, ctx: Context, actor: Actor, group: Group) -> tuple[str, list[blocks.Block]]:
    """A group in detail, with what this person can do for it."""
    known = tree.load(session, ctx, actor)
    lines = tree.detail(known, group)
    buttons = tree.buttons(actor, known, group)
    return "\n".join(lines), [
        *(block for line in pages.fitted(lines) for block in blocks.paragraphs(line)),
        blocks.actions(*buttons),
    ]
