"""What a person types, as Slack's client sends it."""

import re

from bot.console.workspace.state import State

REFERENCE = re.compile(r"<(?:[@#][UCD][A-Z0-9]+(?:\|[^>]*)?|!(?:here|channel|everyone))>")
MENTION = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")


def composed(state: State, typed: str) -> str:
    """`typed` with `&`, `<` and `>` escaped, and with `@name` and `#channel` of this team made references.

    A reference written out (`<@U00000001>`) is kept, since the client's completion writes those.
    """
    parts, position = [], 0
    for match in REFERENCE.finditer(typed):
        parts += [_linked(state, typed[position : match.start()]), match.group()]
        position = match.end()
    return "".join([*parts, _linked(state, typed[position:])])


def escaped(typed: str) -> str:
    """The three characters that Slack escapes (https://docs.slack.dev/messaging/formatting-message-text)."""
    return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _linked(state: State, typed: str) -> str:
    return MENTION.sub(lambda match: _reference(state, match), escaped(typed))


def _reference(state: State, match: re.Match[str]) -> str:
    sign, name = match.groups()
    if sign == "@":
        user = state.user_named(name)
        return f"<@{user.id}>" if user else match.group()
    channel = state.channel_named(name)
    return f"<#{channel.id}|{channel.name}>" if channel else match.group()
