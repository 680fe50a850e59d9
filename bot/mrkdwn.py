"""A message as a person reads it: Slack's mrkdwn without its signs, people and channels by name.

Source: docs.slack.dev, formatting message text; references to people may or may not have a label.
"""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

_CODE = re.compile(r"```\n?(?P<block>.+?)\n?```|`(?P<line>[^`\n]+)`", re.DOTALL)
_REFERENCE = re.compile(r"<(?P<target>[^<>|\n]+)(?:\|(?P<label>[^<>\n]*))?>")
_MARKS = tuple(
    re.compile(
        rf"(?<![^\W_])(?<!{sign}){sign}(?P<inner>[^\s{sign}](?:[^\n{sign}]*[^\s{sign}])?){sign}(?![^\W_])(?!{sign})"
    )
    for sign in (r"\*", "_", "~")
)
"""Bold, italic, struck through; within a word, or beside a space, a sign is itself."""
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)")


def mentioned_in(text: str) -> tuple[str, ...]:
    """The user ids of the people whom a message names, each once."""
    return tuple(dict.fromkeys(_PERSON.findall(text)))


def as_read(text: str, names: Mapping[str, str]) -> str:
    """The message in plain words; `names` are those of people by user id, without `@`."""
    pieces, at = [], 0
    for code in _CODE.finditer(text):
        pieces += [_read(text[at : code.start()], names), code["block"] or code["line"]]
        at = code.end()
    pieces.append(_read(text[at:], names))
    return html.unescape("".join(pieces)).strip()


def said_in(message: Mapping[str, Any]) -> str:
    """What a message says, in mrkdwn: its text; where it has none, what stands in its blocks, attachments or files."""
    text = str(message.get("text") or "")
    if text.strip():
        return text
    for name in ("blocks", "attachments", "files"):
        lines = [words for one in message.get(name) or () for words in _words(one)]
        if lines:
            return "\n".join(lines)
    return ""


def _read(text: str, names: Mapping[str, str]) -> str:
    for marks in (*_MARKS, *_MARKS):  # one may stand in another
        text = marks.sub(lambda found: found["inner"], text)
    return _REFERENCE.sub(lambda found: _named(found["target"], found["label"] or "", names), text)


def _named(target: str, label: str, names: Mapping[str, str]) -> str:
    """What stands in the place of `<target|label>`."""
    if target.startswith("@"):
        return f"@{names.get(target[1:]) or label or target[1:]}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!date^"):
        return label
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    address = target.removeprefix("mailto:")
    is_same = not label or address.removeprefix("https://").removeprefix("http://").rstrip("/") == label.rstrip("/")
    return (label or address) if is_same or label == address else f"{label} ({address})"


def _words(part: Any) -> Iterator[str]:
    """Whatever can be read in a block, an attachment or a file, a line each."""
    if isinstance(part, list):
        for one in part:
            yield from _words(one)
    elif isinstance(part, Mapping):
        if isinstance(part.get("text"), str) and part["text"]:
            yield part["text"]
        elif part.get("fallback") or part.get("title"):
            own = part.get("fallback") or part["title"]
            yield from _words(own) if isinstance(own, Mapping | list) else (str(own),)
        else:
            for name in ("text", "fields", "elements", "blocks"):
                yield from _words(part.get(name))
