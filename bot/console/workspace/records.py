"""The rows of the workspace: users, conversations, messages, views, files. They change in place; people see copies."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["public", "private", "im"]
Blocks = list[dict[str, Any]]

SLACKBOT = "USLACKBOT"


@dataclass(slots=True)
class User:
    """A member of the team. `tz` is a zone name of the IANA database."""

    id: str
    name: str
    real_name: str
    tz: str
    email: str
    is_bot: bool = False
    is_admin: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Message:
    """A message, or, where `ephemeral_for` names a user, what only that user sees until they reload."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: Blocks = field(default_factory=list)
    attachments: Blocks = field(default_factory=list)
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    app_id: str | None = None
    bot_id: str | None = None
    username: str | None = None
    subtype: str | None = None
    edited_ts: str | None = None
    broadcast: bool = False
    ephemeral_for: str | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Conversation:
    """A channel or a direct message. `members` keeps the order of joining; `user` is set for a direct message.

    `read_up_to` is the `ts` up to which `Channel.next_message` has come.
    """

    id: str
    name: str
    kind: Kind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    archived: bool = False
    user: str | None = None
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: dict[str, Message] = field(default_factory=dict)
    topic: str = ""
    read_up_to: str = ""
    purpose: str = ""


@dataclass(slots=True)
class ViewRow:
    """A modal or a published App Home, as one user has it before them."""

    id: str
    user: str
    payload: dict[str, Any]
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class FileRow:
    """An uploaded file. `done` once `files.completeUploadExternal` was called for it."""

    id: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    done: bool = False
    alt_text: str = ""
    channels: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Trigger:
    """A `trigger_id`: the right to open one modal, for `trigger_seconds` after the person acted."""

    id: str
    user: str
    expires: float
    exchanged: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """The right to answer one command or click, five times within 30 minutes."""

    key: str
    user: str
    channel: str
    expires: float
    message_ts: str | None = None
    ephemeral: bool = False
    uses: int = 0
