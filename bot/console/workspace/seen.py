"""What a person has before them: messages and views, as they stood at one moment."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.console.workspace.errors import NotPossibleError
from bot.console.workspace.reading import Control, controls, text_of, words
from bot.console.workspace.records import Message, ViewRow


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message as one reads it. `text` is the top-level text: what notifications and screen readers get.

    `ephemeral` means that only one person sees it; `edited` that it was changed after posting.
    """

    ts: str
    channel: str
    user: str
    text: str
    blocks: tuple[Mapping[str, Any], ...] = ()
    ephemeral: bool = False
    thread_ts: str | None = None
    edited: bool = False
    by_app: bool = False
    metadata: Mapping[str, Any] | None = None
    files: tuple[str, ...] = ()
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attachments: tuple[Mapping[str, Any], ...] = ()

    @property
    def words(self) -> str:
        """Everything that can be read in it, a line for each piece: its blocks, or its text where it has none."""
        shown = words(self.blocks) if self.blocks else self.text
        return "\n".join(part for part in (shown, words(self.attachments)) if part)

    @property
    def controls(self) -> tuple[Control, ...]:
        """Its buttons and menus, in reading order."""
        return controls(self.blocks)

    @property
    def buttons(self) -> tuple[str, ...]:
        """What stands on its buttons."""
        return tuple(control.label for control in self.controls if control.type == "button")


@dataclass(frozen=True, slots=True)
class View:
    """A modal or an App Home as one reads it. `values` are the current `state.values`."""

    id: str
    type: str
    title: str
    blocks: tuple[Mapping[str, Any], ...]
    hash: str
    callback_id: str = ""
    private_metadata: str = ""
    submit: str = ""
    close: str = ""
    external_id: str = ""
    notify_on_close: bool = False
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Everything that can be read in it, a line for each piece."""
        return words(self.blocks)

    @property
    def controls(self) -> tuple[Control, ...]:
        """Its buttons, menus and fields, in reading order."""
        return controls(self.blocks)

    @property
    def fields(self) -> tuple[Control, ...]:
        """Its input blocks."""
        inputs = {block["block_id"] for block in self.blocks if block["type"] == "input"}
        return tuple(control for control in self.controls if control.block_id in inputs)

    @property
    def buttons(self) -> tuple[str, ...]:
        """What stands on its buttons, Submit and Close aside."""
        return tuple(control.label for control in self.controls if control.type == "button")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person saw happen first after a command, a click or a submission.

    A message, a view (opened or updated), or `errors` beside the fields of a submitted modal, by `block_id`.
    `failure` is Slack's code when the app did not take it: `operation_timeout`, `dispatch_failed`,
    `http_service_error`, `invalid_command`; the sentence that Slack shows then is `message`.
    """

    message: SeenMessage | None = None
    view: View | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    failure: str | None = None
    closed: bool = False

    @property
    def text(self) -> str:
        """The message's top-level text, or the view's title."""
        if self.message is not None:
            return self.message.text
        return self.view.title if self.view is not None else ""

    @property
    def words(self) -> str:
        """Everything that can be read in the message or the view."""
        source = self.message or self.view
        return source.words if source is not None else ""

    @property
    def blocks(self) -> tuple[Mapping[str, Any], ...]:
        """The blocks of the message or the view."""
        source = self.message or self.view
        return source.blocks if source is not None else ()


def seen(message: Message, app_id: str) -> SeenMessage:
    """A copy of the row, which later changes leave alone."""
    return SeenMessage(
        ts=message.ts,
        channel=message.channel,
        user=message.user,
        text=message.text,
        blocks=tuple(copy.deepcopy(message.blocks)),
        ephemeral=message.ephemeral_for is not None,
        thread_ts=message.thread_ts,
        edited=message.edited_ts is not None,
        by_app=message.app_id == app_id,
        metadata=copy.deepcopy(message.metadata),
        files=tuple(message.files),
        reactions={name: tuple(users) for name, users in message.reactions.items()},
        attachments=tuple(copy.deepcopy(message.attachments)),
    )


def view_of(row: ViewRow) -> View:
    """A copy of the row, which later changes leave alone."""
    payload = row.payload
    return View(
        id=row.id,
        type=payload["type"],
        title=text_of(payload.get("title")),
        blocks=tuple(copy.deepcopy(payload["blocks"])),
        hash=row.hash,
        callback_id=payload.get("callback_id", ""),
        private_metadata=payload.get("private_metadata", ""),
        submit=text_of(payload.get("submit")),
        close=text_of(payload.get("close")),
        external_id=payload.get("external_id", ""),
        notify_on_close=bool(payload.get("notify_on_close", False)),
        values=copy.deepcopy(row.values),
    )


def find_control(
    source: SeenMessage | View, *, action_id: str | None, text: str | None, block_id: str | None = None
) -> Control:
    """The control with that `action_id`, `block_id` or label. Raises NotPossibleError when there is none."""
    for control in source.controls:
        wanted = ((action_id, control.action_id), (text, control.label), (block_id, control.block_id))
        if all(name is None or name == found for name, found in wanted):
            return control
    offered = [(control.label, control.action_id) for control in source.controls]
    raise NotPossibleError(f"nothing to press is called {text or action_id!r}; there are {offered}")
