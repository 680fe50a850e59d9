"""Slack's mrkdwn as styled text (https://docs.slack.dev/messaging/formatting-message-text)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.emoji import Emoji
from rich.style import Style
from rich.text import Text

_NOTHING = "\N{ZERO WIDTH SPACE}"
_EDGE = rf"[^\s{_NOTHING}"
"""What may stand right inside a pair of signs: no space, and not the sign of no width that keeps a sign as typed."""


def _pair(name: str, sign: str) -> str:
    inner = rf"{_EDGE}{sign}](?:[^{sign}\n]*{_EDGE}{sign}])?"
    return rf"(?<![\w{sign}])[{sign}](?P<{name}>{inner})[{sign}](?![\w{sign}])"


_CODE_BLOCK = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_INLINE = re.compile(
    "|".join(
        (
            r"`(?P<code>[^`\n]+)`",
            r"<(?P<reference>[^<>\n]+)>",
            _pair("bold", "*"),
            _pair("italic", "_"),
            _pair("strike", "~"),
        )
    )
)
_EMOJI = re.compile(r":[a-z0-9_+'-]+:")
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPECIAL = re.compile(r"!(?:subteam|date)?\^?")

QUOTE_BAR = "│ "
STYLES = {"bold": "bold", "italic": "italic", "strike": "strike"}
CODE_STYLE = "cyan"
REFERENCE_STYLE = "blue"


@dataclass(frozen=True, slots=True)
class Directory:
    """What the ids of people and channels stand for, without `@` and `#`."""

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)

    def person(self, user_id: str) -> str:
        """`@Dana`; the id of a stranger."""
        return f"@{self.people.get(user_id, user_id)}"

    def channel(self, channel_id: str) -> str:
        """`#strategy`; the id of a channel that nobody knows."""
        return f"#{self.channels.get(channel_id, channel_id)}"


def as_typed(words: str) -> str:
    """Words as a terminal may print them: without signs of no width and without control characters."""
    return _CONTROL.sub("", words.replace(_NOTHING, ""))


def plain(words: str, *, emoji: bool = True) -> Text:
    """A `plain_text`: only emoji are read."""
    return Text(as_typed(_with_emoji(words) if emoji else words))


def formatted(words: str, directory: Directory) -> Text:
    """An `mrkdwn` text."""
    text = Text()
    position = 0
    for block in _CODE_BLOCK.finditer(words):
        _append_lines(text, words[position : block.start()], directory)
        _end_line(text)
        text.append(_leaf(block[1]), CODE_STYLE)
        text.append("\n")
        position = block.end()
    _append_lines(text, words[position:].removeprefix("\n") if position else words, directory)
    text.rstrip()
    return text


def _end_line(text: Text) -> None:
    if text.plain and not text.plain.endswith("\n"):
        text.append("\n")


def _append_lines(text: Text, words: str, directory: Directory) -> None:
    for at, line in enumerate(words.split("\n")):
        if at:
            text.append("\n")
        quoted = _QUOTE.match(line)
        if quoted:
            text.append(QUOTE_BAR, "dim")
        text.append_text(_inline(line[quoted.end() :] if quoted else line, directory))


def _inline(words: str, directory: Directory) -> Text:
    text = Text()
    position = 0
    for found in _INLINE.finditer(words):
        text.append(_leaf(_with_emoji(words[position : found.start()])))
        text.append_text(_span(str(found.lastgroup), found[str(found.lastgroup)], directory))
        position = found.end()
    text.append(_leaf(_with_emoji(words[position:])))
    return text


def _span(sort: str, words: str, directory: Directory) -> Text:
    if sort == "code":
        return Text(_leaf(words), CODE_STYLE)
    if sort == "reference":
        return reference(words, directory)
    inner = _inline(words, directory)
    inner.stylize(STYLES[sort])
    return inner


def reference(words: str, directory: Directory) -> Text:
    """What stands between `<` and `>`: a person, a channel, a link, a date, a special mention."""
    target, _, label = words.partition("|")
    if target.startswith("@"):
        return Text(as_typed(directory.person(target[1:])), REFERENCE_STYLE)
    if target.startswith("#"):
        return Text(as_typed(directory.channel(target[1:])), REFERENCE_STYLE)
    if target.startswith("!"):
        special = _SPECIAL.sub("", target, count=1)
        return Text(_leaf(label or f"@{special}"), REFERENCE_STYLE)
    return link(_unescaped(target), _unescaped(label))


def link(url: str, label: str = "") -> Text:
    """A link with its address, which a terminal may not be able to open."""
    url, label = as_typed(url), as_typed(label)
    address = url.removeprefix("mailto:")
    text = Text(label or address, Style(underline=True, link=url))
    if label and label != address:
        text.append(f" ({address})", "dim")
    return text


def _with_emoji(words: str) -> str:
    return _EMOJI.sub(lambda name: Emoji.replace(name[0]), words) if ":" in words else words


def _leaf(words: str) -> str:
    return as_typed(_unescaped(words))


def _unescaped(words: str) -> str:
    """Slack escapes three characters and no others."""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
