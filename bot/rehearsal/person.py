"""The driver: one *is* somebody, and does what a person can do in Slack; what comes back can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.rehearsal import membership
from bot.rehearsal.acting import Acting, Place, Reply, Submitted, element_in
from bot.rehearsal.answers import NotPossible, options_of, value_for
from bot.rehearsal.delivery import Delivery
from bot.rehearsal.escaping import written
from bot.rehearsal.model import Channel, Json, Message, User, View
from bot.rehearsal.workspace import BOT_ID, Workspace

__all__ = ["NotPossible", "Person", "Reply", "Submitted"]


class Person(Acting):
    """Somebody of the workspace. `commands` and `shortcuts` are those of the app's manifest.

    Whatever a person could not do in Slack raises NotPossible.
    """

    def __init__(
        self,
        workspace: Workspace,
        delivery: Delivery,
        user: User,
        commands: Sequence[Json],
        shortcuts: Sequence[Json],
    ) -> None:
        super().__init__(workspace, delivery, user)
        self._commands = {str(command["command"]): command for command in commands}
        self._shortcuts = {str(shortcut["callback_id"]) for shortcut in shortcuts}

    @property
    def id(self) -> str:
        """The Slack id."""
        return self.user.id

    @property
    def view(self) -> View | None:
        """The modal on top, if any."""
        return self.views[-1] if self.views else None

    @property
    def ephemerals(self) -> list[Message]:
        """The ephemeral messages that still stand before this person, oldest first."""
        mine = [m for m in self.workspace.ephemerals if m.ephemeral_to == self.id and not m.deleted]
        return sorted(mine, key=lambda message: float(message.ts))

    @property
    def direct_messages(self) -> list[Message]:
        """The direct conversation with the bot, oldest first."""
        return self.workspace.messages(self.workspace.direct(self.id).id)

    @property
    def last(self) -> Message | None:
        """The last message this person got from the bot: ephemeral, acknowledged or direct."""
        told = [*self.ephemerals, *(m for m in self.direct_messages if m.bot_id == BOT_ID)]
        return max(told, key=lambda message: float(message.ts), default=None)

    def sees(self, channel: str) -> list[Message]:
        """What stands in a channel for this person at top level, ephemeral messages too; nothing when not a member."""
        found = self.workspace.channel(channel)
        if self.id not in found.members:
            return []
        own = [m for m in self.ephemerals if m.channel == found.id]
        return sorted([*self.workspace.messages(found.id), *own], key=lambda message: float(message.ts))

    def say(self, text: str, channel: str | None = None, thread: str | None = None) -> Message:
        """Write a message; without a channel to the bot. `thread` is the ts of the message it answers."""
        self._alive()
        place = self._channel(channel)
        if place.archived:
            raise NotPossible(f"#{place.name} is archived.")
        with self.workspace.lock:
            message = Message(self.workspace.stamp(), place.id, self.id, written(self.workspace, text))
            message.thread_ts = thread
            self.workspace.post(message)
        membership.said(self.workspace, message)
        return message

    def rewrite(self, message: Message, text: str) -> None:
        """Edit a message of one's own."""
        membership.rewrite(self.workspace, self._own(message), written(self.workspace, text))

    def take_away(self, message: Message) -> None:
        """Delete a message of one's own."""
        membership.take_away(self.workspace, self._own(message))

    def command(self, typed: str, channel: str | None = None) -> Reply:
        """Type a slash command; without a channel in the conversation with the bot."""
        self.at_home()
        place = self._channel(channel)
        name, _, text = typed.strip().partition(" ")
        if name not in self._commands:
            raise NotPossible(f"{name} is not a valid command.")
        if self._commands[name].get("should_escape", True):
            text = written(self.workspace, text)
        payload, url = self.delivery.payloads.command(self.user, place, name, text.strip())
        return self.reply(self.delivery.send("command", payload), url)

    def shortcut(self, callback_id: str) -> Reply:
        """Choose a global shortcut."""
        self._offered(callback_id)
        return self.interacted(self.delivery.payloads.shortcut(self.user, callback_id))

    def message_shortcut(self, callback_id: str, message: Message) -> Reply:
        """Choose a shortcut in the menu of a message."""
        self._offered(callback_id)
        if self.id not in self.workspace.channels[message.channel].members or message.ephemeral_to is not None:
            raise NotPossible("There is no such menu on this message.")
        return self.interacted(self.delivery.payloads.message_shortcut(self.user, callback_id, message))

    def home(self) -> View | None:
        """Open the Home tab of the bot."""
        return self.open_home()

    def submit(self, given: dict[str, Any] | None = None, /, **answers: Any) -> Submitted:
        """Fill in the modal on top and submit it: block_id -> answer (see value_for). The rest stays as it stands."""
        view = self._top()
        values: Json = {}
        for name, answer in {**(given or {}), **answers}.items():
            block = next((b for b in view.blocks if b["type"] == "input" and name == b["block_id"]), None)
            if block is None:
                asked = ", ".join(b["block_id"] for b in view.blocks if b["type"] == "input")
                raise NotPossible(f"The form does not ask {name}; it asks: {asked}")
            element = block["element"]
            value = value_for(self.workspace, element, answer, self._offers(view, name))
            values[name] = {element["action_id"]: value}
        return self.submit_values(view, values)

    def close(self, *, everything: bool = False) -> None:
        """Close the modal on top, or the whole stack."""
        self.close_view(self._top(), everything=everything)

    def click(self, place: Place | None, wanted: str, *, value: str | None = None) -> Reply:
        """Press a button by its label or action_id (and `value`, when several are alike); None: where it is found.

        The search goes through the modal on top, then the newest message in sight, then the Home tab. A confirmation
        dialog is accepted and given in the reply.
        """

        def fits(element: Json) -> bool:
            named = wanted in (element.get("action_id"), (element.get("text") or {}).get("text"))
            return element.get("type") == "button" and named and value in (None, element.get("value"))

        where, block, button = self._find(place, fits, wanted)
        keys = ("action_id", "type", "text", "value", "url", "style")
        reply = self.act(where, block["block_id"], {key: button[key] for key in keys if key in button})
        return Reply(**{**reply.__dict__, "confirm": button.get("confirm")})

    def choose(self, place: Place | None, action_id: str, answer: Any) -> Reply:
        """Choose in a select, date picker, overflow menu, … that acts at once (see click for None)."""

        def fits(element: Json) -> bool:
            """That element; of several ⋯ menus alike the one that offers it."""
            alike = element.get("action_id") == action_id
            return alike and (element["type"] != "overflow" or answer in _offered(element))

        where, block, element = self._find(place, fits, f"{action_id}: {answer}")
        action = {"action_id": action_id, "type": element["type"]}
        if element["type"] == "overflow":
            options = [o for o in options_of(element) if answer in (o.get("value"), o["text"]["text"])]
            action["selected_option"] = options[0]
        elif element["type"] == "button":
            raise NotPossible(f"{action_id} is a button: click it.")
        else:
            offers = self._offers(where, block["block_id"])
            action |= value_for(self.workspace, element, answer, offers)
        reply = self.act(where, block["block_id"], action)
        return Reply(**{**reply.__dict__, "confirm": element.get("confirm")})

    def suggestions(self, action_id: str, typed: str, place: Place | None = None) -> list[Json]:
        """The options the app offers for some typed text in an external select."""
        where, block, _ = self._find(place, lambda element: element.get("action_id") == action_id, action_id)
        return list(options_of(self.suggest(where, block["block_id"], action_id, typed)))

    def invite(self, who: str, channel: str) -> None:
        """Bring somebody (also the bot, by its id or name) into a channel."""
        membership.join(self.workspace, self._channel(channel), self.workspace.user(who), self.user)

    def remove(self, who: str, channel: str) -> None:
        """Take somebody out of a channel."""
        membership.leave(self.workspace, self._channel(channel), self.workspace.user(who))

    def _own(self, message: Message) -> Message:
        self._alive()
        if message.user != self.id or message.deleted or self.workspace.channels[message.channel].archived:
            raise NotPossible(f"{self.user.real_name} cannot change this message.")
        return message

    def _offers(self, place: Place, block_id: str) -> Any:
        def offered(element: Json, typed: str) -> list[Json]:
            return list(options_of(self.suggest(place, block_id, element["action_id"], typed)))

        return offered

    def _find(self, place: Place | None, fits: Any, wanted: str) -> tuple[Place, Json, Json]:
        for candidate in [place] if place is not None else self._in_sight():
            found = element_in(candidate, fits)
            if found is not None:
                self.present(candidate)
                return candidate, *found
        raise NotPossible(f"{self.user.real_name} sees no {wanted}.")

    def _in_sight(self) -> list[Place]:
        seen = [m for c in self.workspace.channels.values() if self.id in c.members for m in c.messages]
        seen = sorted([m for m in [*seen, *self.ephemerals] if not m.deleted], key=lambda m: -float(m.ts))
        home = self.workspace.homes.get(self.id)
        top = self.view
        return [*([top] if top else []), *seen, *([home] if home else [])]

    def present(self, place: Place) -> None:
        """Refuse to act where this person is not."""
        if isinstance(place, View):
            there = place is self.view if place.type == "modal" else place.user == self.id
        elif place.ephemeral_to is not None:
            there = place.ephemeral_to == self.id and not place.deleted
        else:
            there = self.id in self.workspace.channels[place.channel].members and not place.deleted
        if not there:
            raise NotPossible(f"{self.user.real_name} does not see this any more, or never did.")

    def _top(self) -> View:
        if self.view is None:
            raise NotPossible("No modal is open.")
        return self.view

    def _offered(self, callback_id: str) -> None:
        self.at_home()
        if self._shortcuts and callback_id not in self._shortcuts:
            raise NotPossible(f"The app has no shortcut {callback_id}.")

    def _channel(self, name: str | None) -> Channel:
        """A channel this person is in."""
        channel = self.workspace.direct(self.id) if name is None else self.workspace.channel(name)
        if self.id not in channel.members:
            raise NotPossible(f"{self.user.real_name} is not in #{channel.name}.")
        return channel


def _offered(element: Json) -> set[str]:
    """The options of a menu, by value and by label."""
    return {told for o in options_of(element) for told in (o.get("value"), o["text"]["text"]) if told}
