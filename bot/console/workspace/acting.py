"""Carrying a person's commands, clicks and submissions to the app, and showing what becomes of them."""

from collections.abc import Mapping
from typing import Any

from bot.console.workspace import interactions
from bot.console.workspace.composing import composed, escaped
from bot.console.workspace.core import Core
from bot.console.workspace.delivery import Ack
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.forms import LOOKED_UP, chosen, field_named, filled, objections, option_named
from bot.console.workspace.limits import check_suggestions, check_view
from bot.console.workspace.modals import push_view, show
from bot.console.workspace.posting import Content, post
from bot.console.workspace.reading import INPUTS, Control
from bot.console.workspace.records import SLACKBOT, Conversation, Message, User, ViewRow
from bot.console.workspace.responses import respond
from bot.console.workspace.seen import Answer, seen, view_of
from bot.console.workspace.watching import first_sight

FAILURES = {
    "no_connection": "dispatch_failed",
    "http_error": "http_service_error",
    "connection_failed": "dispatch_failed",
}
"""What Slack's client names the ways in which a delivery can fail; any other is `operation_timeout`."""

FAILED = "{command} failed with the error “{failure}”"
BAD_ACK = "invalid_command_response"
TROUBLE = "We had some trouble connecting. Try again?"
INVALID = (
    "{command} is not a valid command. In Slack, messages that start with the “/” character are interpreted as "
    "commands. To send a message that starts with “/”, put a space before it."
)


async def type_command(core: Core, user: User, place: Conversation, typed: str, within: float | None) -> Answer:
    """A slash command, to the first thing that the person sees of it (`within` None: to its ack)."""
    command, _, text = typed.strip().partition(" ")
    mark = core.state.new_ts()
    if command not in core.app.commands or "commands" not in core.app.scopes:
        return _slackbot(core, user, place, INVALID.format(command=command), "invalid_command")
    # Slack escapes `&`, `<` and `>` in any case; the manifest's `should_escape` is about names and channels.
    text = composed(core.state, text, with_names=True) if command in core.app.escaped_commands else escaped(text)
    payload = interactions.command_payload(core, user, place, command, text.strip())
    ack = await core.courier.hand_over("slash_commands", payload)
    if ack.failure is not None:
        failure = FAILURES.get(ack.failure, "operation_timeout")
        return _slackbot(core, user, place, FAILED.format(command=command, failure=failure), failure)
    if ack.body is not None:
        key = payload["response_url"].rpartition("/")[2]
        try:
            respond(core, core.state.response_urls[key], ack.body)
        except RefusedError:
            return _slackbot(core, user, place, FAILED.format(command=command, failure=BAD_ACK), BAD_ACK)
    return await first_sight(core, user, place.id, mark, within)


async def click(
    core: Core, user: User, source: Message | ViewRow, control: Control, value: Any, within: float | None
) -> Answer:
    """A press on a button or a choice from a menu, to the first thing that the person sees of it."""
    mark = core.state.new_ts()
    action = chosen(control, await _looked_up(core, user, source, control, value))
    if control.type in INPUTS:
        source.values.setdefault(control.block_id, {})[control.action_id] = action
    if isinstance(source, Message):
        payload = interactions.message_action_payload(core, user, source, control, action)
    else:
        payload = interactions.view_action_payload(core, user, source, control, action)
    if not core.app.interactivity:
        return Answer(failure="interactivity_disabled")
    ack = await core.courier.hand_over("interactive", payload)
    if ack.failure is not None:
        return Answer(failure=FAILURES.get(ack.failure, "operation_timeout"))
    return await first_sight(core, user, source.channel if isinstance(source, Message) else None, mark, within)


async def suggest(
    core: Core, user: User, source: Message | ViewRow, control: Control, typed: str
) -> tuple[Mapping[str, Any], ...]:
    """The options that the app names for what is typed into a menu; none where it fails to, as in Slack's client."""
    if not (core.app.interactivity and core.app.looks_up):
        return ()
    payload = interactions.suggestion_payload(core, user, source, control, typed)
    ack = await core.courier.hand_over("interactive", payload)
    try:
        check_suggestions(ack.body or {})
    except RefusedError:
        return ()
    answer = ack.body or {}
    grouped = [option for group in answer.get("option_groups") or () for option in group["options"]]
    return (*(answer.get("options") or ()), *grouped)


async def submit(core: Core, user: User, row: ViewRow, values: Mapping[str, Any]) -> Answer:
    """A modal filled in and submitted, to what the app's ack makes of it."""
    fields = view_of(row).fields
    found = {
        name: await _looked_up(core, user, row, field_named(fields, name), value) for name, value in values.items()
    }
    for block_id, held in filled(fields, found).items():
        row.values.setdefault(block_id, {}).update(held)
    refused = objections(fields, row.values)
    if refused:
        return Answer(view=view_of(row), errors=refused)
    ack = await core.courier.hand_over("interactive", interactions.submission_payload(core, user, row))
    if ack.failure is not None:
        return Answer(view=view_of(row), failure=FAILURES.get(ack.failure, "operation_timeout"), errors={"": TROUBLE})
    return _carry_out(core, user, row, ack)


async def close(core: Core, user: User, row: ViewRow) -> None:
    """A modal closed by its cross: what lies below shows again, or everything goes if `clear_on_close`."""
    stack = core.state.stacks.get(user.id, [])
    cleared = bool(row.payload.get("clear_on_close"))
    core.state.stacks[user.id] = [] if cleared else [view for view in stack if view is not row]
    core.changes.announce()
    if row.payload.get("notify_on_close"):
        await core.courier.hand_over("interactive", interactions.closing_payload(core, user, row, cleared=cleared))


async def use_shortcut(
    core: Core, user: User, payload: dict[str, Any], channel: str | None, within: float | None
) -> Answer:
    """A global or message shortcut, to the first thing that the person sees of it."""
    mark = core.state.new_ts()
    ack = await core.courier.hand_over("interactive", payload)
    if ack.failure is not None:
        return Answer(failure=FAILURES.get(ack.failure, "operation_timeout"))
    return await first_sight(core, user, channel, mark, within)


async def _looked_up(core: Core, user: User, source: Message | ViewRow, control: Control, value: Any) -> Any:
    """For a menu whose options are looked up, the option (or options) that typing `value` brings; else `value`.

    An option itself is one that was looked up before.
    """
    if control.type not in LOOKED_UP or value is None or isinstance(value, Mapping):
        return value
    names = [value] if isinstance(value, str) else list(value)
    found = [option_named(control, await suggest(core, user, source, control, str(name)), str(name)) for name in names]
    return found if control.type.startswith("multi_") else found[0]


def _carry_out(core: Core, user: User, row: ViewRow, ack: Ack) -> Answer:
    body = ack.body or {}
    stack = core.state.stacks.get(user.id, [])
    match body.get("response_action"):
        case "errors":
            fields = {field.block_id for field in view_of(row).fields}
            if not body.get("errors") or not fields.issuperset(body["errors"]):
                return Answer(view=view_of(row), failure="invalid_errors", errors={"": TROUBLE})
            return Answer(view=view_of(row), errors=dict(body["errors"]))
        case "update" | "push" as action:
            try:
                check_view(body["view"], charts=core.charts)
            except RefusedError as refusal:
                return Answer(view=view_of(row), failure=refusal.error, errors={"": TROUBLE})
            if action == "push":
                return Answer(view=view_of(push_view(core, user.id, body["view"])))
            show(core, row, body["view"])
            return Answer(view=view_of(row))
        case "clear":
            core.state.stacks[user.id] = []
        case _:
            core.state.stacks[user.id] = [view for view in stack if view is not row]
    core.changes.announce()
    return Answer(closed=True)


def _slackbot(core: Core, user: User, place: Conversation, text: str, failure: str) -> Answer:
    message = post(core, place, SLACKBOT, Content(text=text), ephemeral_for=user.id)
    return Answer(message=seen(message, core.app.app_id), failure=failure)
