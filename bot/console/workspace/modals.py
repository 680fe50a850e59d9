"""Views as people have them open: triggers spent, stacks of modals, values kept from one version to the next."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.console.workspace.core import Core
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.forms import initial_values
from bot.console.workspace.posting import with_block_ids
from bot.console.workspace.reading import controls
from bot.console.workspace.records import Trigger, ViewRow

MOST_VIEWS = 3
"""How many modals may lie on top of each other."""


def take_trigger(core: Core, trigger_id: str) -> Trigger:
    """Spends a trigger. Raises RefusedError `invalid_trigger_id`, `trigger_exchanged`, `expired_trigger_id`."""
    trigger = core.state.triggers.get(trigger_id)
    if trigger is None:
        raise RefusedError("invalid_trigger_id")
    if trigger.exchanged:
        raise RefusedError("trigger_exchanged")
    if asyncio.get_running_loop().time() > trigger.expires:
        raise RefusedError("expired_trigger_id")
    trigger.exchanged = True
    return trigger


def new_view(core: Core, user_id: str, view: Mapping[str, Any], below: ViewRow | None = None) -> ViewRow:
    """A view for that person; `below` is the modal that it lies on."""
    view_id = core.state.new_id("V")
    row = ViewRow(
        id=view_id,
        user=user_id,
        payload={},
        hash="",
        root_id=below.root_id if below else view_id,
        previous_id=below.id if below else None,
    )
    show(core, row, view)
    return row


def push_view(core: Core, user_id: str, view: Mapping[str, Any]) -> ViewRow:
    """Lays a modal on the person's open one. Raises RefusedError `not_found`, `push_limit_reached`."""
    stack = core.state.stacks.get(user_id)
    if not stack:
        raise RefusedError("not_found")
    if len(stack) >= MOST_VIEWS:
        raise RefusedError("push_limit_reached")
    row = new_view(core, user_id, view, stack[-1])
    stack.append(row)
    core.changes.announce()
    return row


def show(core: Core, row: ViewRow, view: Mapping[str, Any]) -> None:
    """Puts new content into a view. What was typed stays where `block_id` and `action_id` stay the same."""
    row.payload = {**view, "blocks": with_block_ids(core, view["blocks"])}
    row.hash = f"{core.state.new_ts()}.{row.id}"
    fresh = initial_values(controls(row.payload["blocks"]))
    row.values = {
        block_id: {action_id: row.values.get(block_id, {}).get(action_id, value) for action_id, value in held.items()}
        for block_id, held in fresh.items()
    }
    core.changes.announce()
