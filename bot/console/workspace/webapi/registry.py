"""How a method of the Web API is declared, and what it is given."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.console.workspace.core import Core
from bot.console.workspace.errors import RefusedError

Answer = dict[str, Any]
Caller = Literal["bot", "app", "anyone"]

STRUCTURED = frozenset({"attachments", "blocks", "files", "loading_messages", "metadata", "prompts", "view"})
"""Arguments that are JSON inside a form."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call's arguments, and the workspace it is made on."""

    core: Core
    method: str
    arguments: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An argument that is true or false, as JSON or as Slack reads a form's `1` and `true`."""
        value = self.arguments.get(name)
        if value is None:
            return default
        return value is True or str(value).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """An argument that is a whole number. Raises RefusedError `invalid_arguments`."""
        value = self.arguments.get(name)
        if value in (None, ""):
            return default
        try:
            return int(str(value))
        except ValueError:
            raise RefusedError("invalid_arguments", _messages(f"[ERROR] must be a number: {name}")) from None

    def entries(self, name: str) -> list[Any]:
        """An argument that is a list: JSON, or values between commas."""
        value = self.arguments.get(name)
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return list(value or ())


Handler = Callable[[Request], Answer]


@dataclass(frozen=True, slots=True)
class Method:
    """`scopes`: all of them are needed. `caller`: whose token it takes, if any."""

    name: str
    handler: Handler
    scopes: tuple[str, ...]
    required: tuple[str, ...]
    caller: Caller


def method(
    name: str, *, scopes: tuple[str, ...] = (), required: tuple[str, ...] = (), caller: Caller = "bot"
) -> Callable[[Handler], Method]:
    """Makes a handler the method of that name."""
    return lambda handler: Method(name, handler, scopes, required, caller)


def require_scopes(core: Core, *needed: str) -> None:
    """Raises RefusedError `missing_scope`, with what is needed and what the app has."""
    missing = [scope for scope in needed if scope not in core.app.scopes]
    if missing:
        raise RefusedError("missing_scope", {"needed": ",".join(missing), "provided": ",".join(core.app.scopes)})


def check_required(declared: Method, arguments: Mapping[str, Any]) -> None:
    """Raises RefusedError `invalid_arguments`, naming each argument that is missing."""
    missing = [name for name in declared.required if arguments.get(name) in (None, "")]
    if missing:
        raise RefusedError("invalid_arguments", _messages(*(f"[ERROR] missing required field: {n}" for n in missing)))


def decoded(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with those decoded that are JSON inside a form; one that is no JSON stays as it is."""
    return {name: _decoded(value) if name in STRUCTURED else value for name, value in arguments.items()}


def _decoded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _messages(*messages: str) -> dict[str, Any]:
    return {"response_metadata": {"messages": list(messages)}}
