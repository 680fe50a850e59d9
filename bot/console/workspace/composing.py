"""What a person types, as Slack's client sends it."""

import re

from bot.console.workspace.state import State

REFERENCE = re.compile(r"<(?:[@#][UCD][A-Z0-9]+(?:\|[^>]*)?|!(?:here|channel|everyone))>")
MENTION = re.compile(r"(?<![\w<])([@#])([\w.-]*\w)")
LINK = re.compile(r"(?<![\w;|])https?://[^\s<>|]+[^\s<>|.,;:!?)]")


def composed(state: State, typed: str, *, with_names: bool = False) -> str:
    """`typed` with `&`, `<` and `>` escaped, and with `@name` and `#channel` of this team made references.

    A reference written out (`<@U00000001>`) is kept, since the client's completion writes those. `with_names` writes a
    person's reference as commands have it, `<@U00000001|dana>`, and wraps links: `<https://example.org>`.
    """
    parts, position = [], 0
    for match in REFERENCE.finditer(typed):
        parts += [_linked(state, typed[position : match.start()], with_names), match.group()]
        position = match.end()
    return "".join([*parts, _linked(state, typed[position:], with_names)])


def escaped(typed: str) -> str:
    """The three characters that Slack escapes (https://docs.slack.dev/messaging/formatting-message-text)."""
    return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _linked(state: State, typed: str, with_names: bool) -> str:
    linked = MENTION.sub(lambda match: _reference(state, match, with_names), escaped(typed))
    return LINK.sub(r"<\g<0>>", linked) if with_names else linked


def _reference(state: State, match: re.Match[str], with_names: bool) -> str:
    sign, name = match.groups()
    if sign == "@":
        user = state.user_named(name)
        if user is None:
            return match.group()
        return f"<@{user.id}|{user.name}>" if with_names else f"<@{user.id}>"
    channel = state.channel_named(name)
    return f"<#{channel.id}|{channel.name}>" if channel else match.group()
