"""reactions.add, reactions.remove."""

from bot.console.workspace.errors import RefusedError
from bot.console.workspace.reacting import react, unreact
from bot.console.workspace.records import Message
from bot.console.workspace.webapi.chat import destination
from bot.console.workspace.webapi.registry import Answer, Request, method

NEEDED = ("channel", "name", "timestamp")


@method("reactions.add", scopes=("reactions:write",), required=NEEDED)
def add(request: Request) -> Answer:
    """The app reacts to a message."""
    core, message, name = request.core, _message(request), _name(request)
    if core.bot.id in message.reactions.get(name, ()):
        raise RefusedError("already_reacted")
    react(core, message, name, core.bot.id)
    return {}


@method("reactions.remove", scopes=("reactions:write",), required=NEEDED)
def remove(request: Request) -> Answer:
    """The app takes its reaction back."""
    core, message, name = request.core, _message(request), _name(request)
    if core.bot.id not in message.reactions.get(name, ()):
        raise RefusedError("no_reaction")
    unreact(core, message, name, core.bot.id)
    return {}


def _message(request: Request) -> Message:
    place = destination(request.core, request.text("channel"))
    return request.core.state.message(place.id, request.text("timestamp"))


def _name(request: Request) -> str:
    name = request.text("name").strip(":")
    if not name.replace("_", "").replace("-", "").replace("+", "").replace("'", "").isalnum():
        raise RefusedError("invalid_name")
    return name
