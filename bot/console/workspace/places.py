"""A channel or direct message, as a test or the console holds it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.console.workspace.core import Core
from bot.console.workspace.membership import join, leave, set_archived
from bot.console.workspace.records import Conversation, Message
from bot.console.workspace.seen import SeenMessage, seen

if TYPE_CHECKING:
    from bot.console.workspace.people import Person

Wanted = str | Callable[[SeenMessage], bool]


def matches(wanted: Wanted, message: SeenMessage) -> bool:
    """Whether the message has that text among its words, or passes that test."""
    if isinstance(wanted, str):
        return wanted in message.words or wanted in message.text
    return wanted(message)


class Channel:
    """One conversation. `id` is Slack's, `name` has no `#` and is empty for a direct message."""

    def __init__(self, core: Core, row: Conversation) -> None:
        self._core = core
        self._row = row
        self.id = row.id
        self.name = row.name

    def __repr__(self) -> str:
        return f"Channel({self.id}, {self.name or 'direct message'!r})"

    @property
    def is_private(self) -> bool:
        """Whether only members find it."""
        return self._row.kind == "private"

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of its members, in order of joining."""
        return tuple(self._row.members)

    @property
    def messages(self) -> tuple[SeenMessage, ...]:
        """What everyone in it can read now, thread replies included, oldest first."""
        return tuple(self._seen(message) for message in self._row.messages.values())

    def thread(self, ts: str) -> tuple[SeenMessage, ...]:
        """The replies in that message's thread, oldest first."""
        return tuple(message for message in self.messages if message.thread_ts == ts and message.ts != ts)

    @property
    def suggested_prompts(self) -> tuple[str, ...]:
        """The titles of the prompts that the app suggests here, as last set."""
        prompts = [offered for key, offered in self._core.state.prompts.items() if key[0] == self.id]
        return tuple(str(prompt["title"]) for prompt in prompts[-1]) if prompts else ()

    def status(self, thread_ts: str = "") -> str:
        """What the app says it is doing in that thread, empty once it has posted."""
        return self._core.state.statuses.get((self.id, thread_ts), "")

    async def next_message(self, *, thread_ts: str | None = None, within: float = 5.0) -> SeenMessage:
        """The app's next message here that this method has not returned before, thread replies included.

        With `thread_ts` only a reply in that thread. Raises NotSeenError after `within` seconds.
        """

        def look() -> SeenMessage | None:
            for message in self.messages:
                if message.by_app and message.ts > self._row.read_up_to and thread_ts in (None, message.thread_ts):
                    return message
            return None

        found = await self._core.changes.until(look, within, lambda: f"no new message of the app in {self.inventory()}")
        self._row.read_up_to = found.ts
        return found

    async def shows(self, wanted: Wanted, *, within: float = 5.0) -> SeenMessage:
        """The newest message here with those words (or passing that test), awaited `within` seconds if need be."""

        def look() -> SeenMessage | None:
            return next((message for message in reversed(self.messages) if matches(wanted, message)), None)

        return await self._core.changes.until(look, within, lambda: f"{wanted!r} is not in {self.inventory()}")

    def add(self, *people: "Person") -> None:
        """Makes people members; `member_joined_channel` is sent for each who was none."""
        for person in people:
            join(self._core, self._row, person.id)

    def remove(self, *people: "Person") -> None:
        """Ends membership; `member_left_channel` is sent where the app is still a member."""
        for person in people:
            leave(self._core, self._row, person.id)

    def archive(self, by: "Person") -> None:
        """Archives the channel."""
        set_archived(self._core, self._row, by.id, archived=True)

    def unarchive(self, by: "Person") -> None:
        """Brings an archived channel back."""
        set_archived(self._core, self._row, by.id, archived=False)

    def inventory(self) -> str:
        """The conversation in a few lines, for error messages."""
        lines = [f"{message.user}: {message.text[:100]!r}" for message in self.messages[-5:]]
        return "; ".join([repr(self), *lines])

    def _seen(self, message: Message) -> SeenMessage:
        return seen(message, self._core.app.app_id)
