"""views.open, push, update, publish."""

from collections.abc import Mapping
from typing import Any

from bot.console.workspace.core import Core
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.interactions import view_payload
from bot.console.workspace.limits import check_view
from bot.console.workspace.modals import new_view, push_view, show, take_trigger
from bot.console.workspace.records import ViewRow
from bot.console.workspace.webapi.registry import Answer, Request, method


@method("views.open", required=("trigger_id", "view"))
def open_view(request: Request) -> Answer:
    """Opens a modal in front of the person who acted."""
    core, view = request.core, _checked(request)
    _check_external_id(core, view)
    trigger = take_trigger(core, request.text("trigger_id"))
    row = new_view(core, trigger.user, view)
    core.state.stacks[trigger.user] = [row]
    core.changes.announce()
    return {"view": view_payload(core, row)}


@method("views.push", required=("trigger_id", "view"))
def push(request: Request) -> Answer:
    """Puts a modal on top of the one that is open."""
    core, view = request.core, _checked(request)
    _check_external_id(core, view)
    trigger = take_trigger(core, request.text("trigger_id"))
    return {"view": view_payload(core, push_view(core, trigger.user, view))}


@method("views.update", required=("view",))
def update(request: Request) -> Answer:
    """Changes an open modal, named by `view_id` or `external_id`."""
    core, view = request.core, _checked(request)
    row = _named(request)
    _check_hash(request, row)
    _check_external_id(core, view, row)
    show(core, row, view)
    return {"view": view_payload(core, row)}


@method("views.publish", required=("user_id", "view"))
def publish(request: Request) -> Answer:
    """Publishes a person's App Home."""
    core, view = request.core, _checked(request, home=True)
    if not core.app.home_tab:
        raise RefusedError("not_enabled")
    user_id = request.text("user_id")
    if user_id not in core.state.users:
        raise RefusedError("user_not_found")
    row = core.state.homes.get(user_id)
    if row is None:
        row = core.state.homes[user_id] = new_view(core, user_id, view)
    else:
        _check_hash(request, row)
        show(core, row, view)
    core.changes.announce()
    return {"view": view_payload(core, row)}


def _checked(request: Request, *, home: bool = False) -> Mapping[str, Any]:
    view: Any = request.arguments["view"]
    check_view(view, charts=request.core.charts, home=home)
    return dict(view)


def _named(request: Request) -> ViewRow:
    view_id, external_id = request.text("view_id"), request.text("external_id")
    if not view_id and not external_id:
        messages = ["[ERROR] missing required field: view_id"]
        raise RefusedError("invalid_arguments", {"response_metadata": {"messages": messages}})
    state = request.core.state
    row = state.open_view(view_id) if view_id else state.view_by_external_id(external_id)
    if row is None:
        raise RefusedError("not_found")
    return row


def _check_hash(request: Request, row: ViewRow) -> None:
    if request.text("hash") not in ("", row.hash):
        raise RefusedError("hash_conflict")


def _check_external_id(core: Core, view: Mapping[str, Any], own: ViewRow | None = None) -> None:
    external_id = view.get("external_id")
    other = core.state.view_by_external_id(external_id) if external_id else None
    if other is not None and other is not own:
        raise RefusedError("duplicate_external_id")
