"""A person in the workspace: what they do, and what they come to see."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Literal

from bot.console.workspace import acting, interactions
from bot.console.workspace.composing import composed
from bot.console.workspace.core import Core
from bot.console.workspace.errors import NotPossibleError
from bot.console.workspace.events import publish, publish_user
from bot.console.workspace.places import Channel, Wanted, matches
from bot.console.workspace.posting import Content, erase, post, rewrite
from bot.console.workspace.reacting import react
from bot.console.workspace.records import Conversation, Message, User, ViewRow
from bot.console.workspace.seen import Answer, SeenMessage, View, find_control, seen, view_of
from bot.console.workspace.watching import first_sight, watch

Surface = SeenMessage | View


class Person:
    """A member of the team. `id`, `name` (the handle) and `real_name` are as Slack has them.

    Whatever waits does so at most `within` seconds and then raises NotSeenError, which tells what came instead.
    `within=None` returns as soon as the app has acked, whatever comes of it.
    """

    def __init__(self, core: Core, row: User) -> None:
        self._core = core
        self._row = row
        self.id = row.id
        self.name = row.name
        self.real_name = row.real_name
        self.tz = row.tz

    def __repr__(self) -> str:
        return f"Person({self.id}, {self.name!r})"

    @property
    def dm(self) -> Channel:
        """The direct message with the app, opened if need be."""
        return Channel(self._core, self._core.state.direct_message(self.id, self._core.bot.id))

    def dm_with(self, other: "Person") -> Channel:
        """The direct message with another person, where the app is not."""
        return Channel(self._core, self._core.state.among_people(self.id, other.id))

    def says(self, channel: Channel, text: str, *, thread_ts: str | None = None) -> SeenMessage:
        """Posts `text` as typed: `&`, `<`, `>` are escaped, `@name` and `#channel` become references.

        The app gets a `message` event where it subscribes, and `app_mention` where it is named.
        """
        place = self._place(channel)
        self._check_may_post(place)
        message = post(self._core, place, self.id, Content(text=composed(self._core.state, text)), thread_ts=thread_ts)
        return seen(message, self._core.app.app_id)

    def mentions(self, channel: Channel, text: str, *, thread_ts: str | None = None) -> SeenMessage:
        """Posts `text` with the app named in front of it."""
        return self.says(channel, f"<@{self._core.bot.id}> {text}", thread_ts=thread_ts)

    def edits(self, message: SeenMessage, text: str) -> SeenMessage:
        """Edits their own message; the app gets a `message` event of subtype `message_changed` where it subscribes."""
        row = self._own(message)
        rewrite(self._core, row, Content(text=composed(self._core.state, text)))
        return seen(row, self._core.app.app_id)

    def deletes(self, message: SeenMessage) -> None:
        """Deletes their own message; the app gets a `message` event of subtype `message_deleted`."""
        erase(self._core, self._own(message))

    def reacts(self, message: SeenMessage, name: str) -> None:
        """Reacts to a message with the emoji of that name, without colons."""
        react(self._core, self._current_message(message), name, self.id)

    async def types(self, command: str, *, channel: Channel | None = None, within: float | None = 5.0) -> Answer:
        """Sends a slash command in `channel` (none: in the direct message), and returns what they see first of it."""
        place = self._place(channel or self.dm)
        return await acting.type_command(self._core, self._row, place, command, within)

    async def clicks(
        self,
        source: Surface,
        text: str | None = None,
        *,
        action_id: str | None = None,
        block_id: str | None = None,
        value: Any = None,
        within: float | None = 5.0,
    ) -> Answer:
        """Presses the button called `text`, or the control of that `action_id`; `value` is what a menu is set to.

        `block_id` tells controls of one name apart. Raises NotPossibleError when there is no such control, or
        `source` is no longer there.
        """
        row = self._current(source)
        shown = seen(row, self._core.app.app_id) if isinstance(row, Message) else view_of(row)
        control = find_control(shown, action_id=action_id, text=text, block_id=block_id)
        return await acting.click(self._core, self._row, row, control, value, within)

    async def looks_up(
        self, source: Surface, text: str | None = None, typed: str = "", *, action_id: str | None = None
    ) -> tuple[Mapping[str, Any], ...]:
        """Types into the menu called `text` (or of that `action_id`): the options that the app then names."""
        row = self._current(source)
        shown = seen(row, self._core.app.app_id) if isinstance(row, Message) else view_of(row)
        control = find_control(shown, action_id=action_id, text=text)
        return await acting.suggest(self._core, self._row, row, control, typed)

    async def submits(self, view: View, values: Mapping[str, Any] | None = None) -> Answer:
        """Fills in a modal and submits it. `values` are by `block_id`, `action_id` or label."""
        return await acting.submit(self._core, self._row, self._current_view(view), values or {})

    async def closes(self, view: View) -> None:
        """Closes a modal by its cross."""
        await acting.close(self._core, self._row, self._current_view(view))

    async def opens_home(self, tab: Literal["home", "messages"] = "home", *, within: float | None = 5.0) -> View | None:
        """Opens the app's Home or Messages tab; for Home, returns what is published there after the event."""
        app = self._core.app
        if not (app.home_tab if tab == "home" else app.messages_tab):
            raise NotPossibleError(f"the app has no {tab} tab")
        mark = self._core.state.new_ts()
        row = self._core.state.homes.get(self.id)
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": self.dm.id,
            "tab": tab,
            "event_ts": mark,
        }
        if tab == "home" and row is not None:
            event["view"] = interactions.view_payload(self._core, row)
        publish(self._core, "app_home_opened", event, place=None)
        if tab != "home" or within is None:
            return self.home
        answer = await first_sight(self._core, self._row, None, mark, within)
        return answer.view or self.home

    async def uses_shortcut(
        self, callback_id: str, *, message: SeenMessage | None = None, within: float | None = 5.0
    ) -> Answer:
        """Uses a global shortcut, or a message shortcut on `message`. Raises NotPossibleError when it is not there."""
        kind = "message" if message else "global"
        if not any(known.callback_id == callback_id and known.kind == kind for known in self._core.app.shortcuts):
            raise NotPossibleError(f"the app has no {kind} shortcut {callback_id!r}")
        if message is None:
            payload = interactions.global_shortcut_payload(self._core, self._row, callback_id)
            return await acting.use_shortcut(self._core, self._row, payload, None, within)
        row = self._current_message(message)
        payload = interactions.message_shortcut_payload(self._core, self._row, callback_id, row)
        return await acting.use_shortcut(self._core, self._row, payload, row.channel, within)

    def joins(self, channel: Channel) -> None:
        """Becomes a member of the channel."""
        channel.add(self)

    def leaves(self, channel: Channel) -> None:
        """Stops being a member of the channel."""
        channel.remove(self)

    @property
    def home(self) -> View | None:
        """The App Home published for them, if any."""
        row = self._core.state.homes.get(self.id)
        return view_of(row) if row else None

    @property
    def modal(self) -> View | None:
        """The topmost open modal, if any."""
        stack = self._core.state.stacks.get(self.id)
        return view_of(stack[-1]) if stack else None

    def messages(self, channel: Channel | None = None) -> tuple[SeenMessage, ...]:
        """Everything that they can read now (in `channel`, or anywhere), ephemeral messages included, oldest first."""
        return tuple(
            seen(message, self._core.app.app_id)
            for message in self._core.state.visible_to(self.id)
            if channel is None or message.channel == channel.id
        )

    async def sees(self, wanted: Wanted, *, channel: Channel | None = None, within: float = 5.0) -> SeenMessage:
        """The newest message that they can read with those words (or passing that test), awaited if need be."""

        def look() -> SeenMessage | None:
            return next((message for message in reversed(self.messages(channel)) if matches(wanted, message)), None)

        def missing() -> str:
            return f"{self.name} does not see {wanted!r}; the last are {self._last(channel)}"

        return await self._core.changes.until(look, within, missing)

    def watches(self) -> AsyncIterator[SeenMessage | View]:
        """Every message and view from now on, their own included, as it comes or changes before them. Never ends."""
        return watch(self._core, self._row, self._core.state.new_ts())

    async def sees_view(self, *, within: float = 5.0) -> View:
        """The topmost open modal, awaited if need be."""
        return await self._core.changes.until(lambda: self.modal, within, lambda: f"{self.name} has no modal open")

    def deactivate(self) -> None:
        """An administrator deactivates their account; the app gets `user_change` where it subscribes."""
        self._row.deleted = True
        publish_user(self._core, self._row)
        self._core.changes.announce()

    def reactivate(self) -> None:
        """An administrator activates their account again; the app gets `user_change` where it subscribes."""
        self._row.deleted = False
        publish_user(self._core, self._row)
        self._core.changes.announce()

    def changes_profile(self, *, real_name: str | None = None, email: str | None = None) -> None:
        """Something of their profile changes; the app gets `user_change` where it subscribes."""
        self._row.real_name = real_name or self._row.real_name
        self._row.email = self._row.email if email is None else email
        publish_user(self._core, self._row)
        self._core.changes.announce()

    def _check_may_post(self, place: Conversation) -> None:
        app = self._core.app
        closed = place.kind == "im" and (app.messages_tab_read_only or not app.messages_tab)
        if place.archived or closed or self.id not in place.members:
            raise NotPossibleError(f"{self.name} cannot post in {place.name or 'the direct message'}")

    def _own(self, message: SeenMessage) -> Message:
        row = self._current_message(message)
        if row.user != self.id or row.ephemeral_for is not None:
            raise NotPossibleError(f"{message.text!r} is not {self.name}'s to change")
        return row

    def _last(self, channel: Channel | None) -> list[str]:
        return [message.words[:100] for message in self.messages(channel)[-5:]]

    def _place(self, channel: Channel) -> Conversation:
        return self._core.state.conversations[channel.id]

    def _current(self, source: Surface) -> Message | ViewRow:
        return self._current_view(source) if isinstance(source, View) else self._current_message(source)

    def _current_message(self, message: SeenMessage) -> Message:
        for row in self._core.state.visible_to(self.id):
            if (row.channel, row.ts) == (message.channel, message.ts):
                return row
        raise NotPossibleError(f"{self.name} no longer sees {message.text!r}")

    def _current_view(self, view: View) -> ViewRow:
        row = self._core.state.open_view(view.id)
        if row is None or row.user != self.id:
            raise NotPossibleError(f"{self.name} no longer has the view {view.title!r} open")
        return row
