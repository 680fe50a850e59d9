"""Everything that the workspace remembers, and how it is looked up."""

import time
from dataclasses import dataclass, field
from typing import Any

from bot.console.workspace.errors import RefusedError
from bot.console.workspace.records import (
    SLACKBOT,
    Conversation,
    FileRow,
    Kind,
    Message,
    ResponseUrl,
    Trigger,
    User,
    ViewRow,
)

TEAM_ID = "T00000001"
PREFIXES = {"public": "C", "private": "C", "im": "D"}


@dataclass(slots=True)
class State:
    """The team and all that is in it. Ids are numbered from one, so that a run is like the last one."""

    team_name: str
    team_domain: str
    users: dict[str, User] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    stacks: dict[str, list[ViewRow]] = field(default_factory=dict)
    homes: dict[str, ViewRow] = field(default_factory=dict)
    files: dict[str, FileRow] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    prompts: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    erased: list[tuple[str, Message]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _last_microsecond: int = 0

    def new_id(self, prefix: str) -> str:
        """The next id that begins with `prefix`: `C00000001`, `C00000002` and so on."""
        self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
        return f"{prefix}{self._numbers[prefix]:08d}"

    def new_user_id(self) -> str:
        """The next user id that nobody has; people may have been given ids of their own."""
        while (user_id := self.new_id("U")) in self.users:
            pass
        return user_id

    def new_ts(self) -> str:
        """A message's `ts`: the time now, later than every `ts` before even where the clock stands or runs back."""
        self._last_microsecond = max(time.time_ns() // 1000, self._last_microsecond + 1)
        return f"{self._last_microsecond // 1_000_000}.{self._last_microsecond % 1_000_000:06d}"

    def user(self, user_id: str) -> User:
        """Raises RefusedError `user_not_found`."""
        if user_id not in self.users:
            raise RefusedError("user_not_found")
        return self.users[user_id]

    def user_named(self, name: str) -> User | None:
        """The user with that handle or whole name, without regard to case."""
        wanted = name.removeprefix("@").casefold()
        return next(
            (user for user in self.users.values() if wanted in (user.name.casefold(), user.real_name.casefold())), None
        )

    def conversation(self, channel: str) -> Conversation:
        """By id. Raises RefusedError `channel_not_found`."""
        if channel not in self.conversations:
            raise RefusedError("channel_not_found")
        return self.conversations[channel]

    def channel_named(self, name: str) -> Conversation | None:
        """The channel (not direct message) called `name`, with or without its `#`."""
        wanted = name.removeprefix("#")
        return next((row for row in self.conversations.values() if row.kind != "im" and row.name == wanted), None)

    def add_conversation(self, kind: Kind, name: str, creator: str, members: list[str]) -> Conversation:
        """A new channel or direct message; for the latter, the person is the creator."""
        row = Conversation(self.new_id(PREFIXES[kind]), name, kind, creator, int(time.time()), members)
        if kind == "im":
            row.user = creator
        self.conversations[row.id] = row
        return row

    def direct_message(self, user_id: str, bot_user: str) -> Conversation:
        """The direct message between that person and the app, opened where there is none yet."""
        for row in self.conversations.values():
            if row.kind == "im" and row.user == user_id and bot_user in row.members:
                return row
        return self.add_conversation("im", "", user_id, [user_id, bot_user])

    def among_people(self, user_id: str, other: str) -> Conversation:
        """The direct message between two people, which the app is no member of."""
        for row in self.conversations.values():
            if row.kind == "im" and set(row.members) == {user_id, other}:
                return row
        return self.add_conversation("im", "", user_id, [user_id, other])

    def message(self, channel: str, ts: str) -> Message:
        """Raises RefusedError `message_not_found`: also for an ephemeral one, which Slack does not keep."""
        message = self.conversation(channel).messages.get(ts)
        if message is None:
            raise RefusedError("message_not_found")
        return message

    def visible_to(self, user_id: str) -> list[Message]:
        """Every message that the user can read now, ephemeral ones for them included, in order of time."""
        return sorted(
            (
                message
                for row in self.conversations.values()
                if self.can_read(user_id, row)
                for message in [*row.messages.values(), *row.ephemerals.values()]
                if message.ephemeral_for in (None, user_id)
            ),
            key=lambda message: message.ts,
        )

    def can_read(self, user_id: str, row: Conversation) -> bool:
        """Members read their conversations; everyone in the team reads public channels."""
        return user_id in row.members or row.kind == "public"

    def open_view(self, view_id: str) -> ViewRow | None:
        """The open modal or published App Home of that id."""
        homes = [row for row in self.homes.values() if row.id == view_id]
        modals = [row for stack in self.stacks.values() for row in stack if row.id == view_id]
        return next(iter([*homes, *modals]), None)

    def view_by_external_id(self, external_id: str) -> ViewRow | None:
        """The open modal or published App Home that the app gave this `external_id`."""
        rows = [*self.homes.values(), *(row for stack in self.stacks.values() for row in stack)]
        return next((row for row in rows if row.payload.get("external_id") == external_id), None)


def new_state(team_name: str, team_domain: str, bot: User) -> State:
    """A team with nobody in it but Slackbot and the app's bot user."""
    state = State(team_name, team_domain)
    state.users[SLACKBOT] = User(SLACKBOT, "slackbot", "Slackbot", "America/Los_Angeles", "", is_bot=False)
    state.users[bot.id] = bot
    return state
