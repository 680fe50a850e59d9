"""A message and the blocks it is made of, each within Slack's limits (docs.slack.dev, reference, Block Kit)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from bot.blocks.directions import isolated

Block = dict[str, Any]

MOST_BLOCKS = 50
SECTION = 3_000
HEADER = 150
BUTTON = 75
VALUE = 2_000
ELEMENTS = 25
"""Buttons in one row of actions."""
CONTEXT_ELEMENTS = 10
TEXT = 40_000
"""Slack cuts a message's `text` here."""
TEXT_UPDATED = 4_000
"""Characters of a message's `text` that `chat.update` takes."""

_MARKERS = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
_EMOJI = re.compile(r":(?=[\w+'-]+:)")
_CUT_SHORT = re.compile(r"(&[a-z]{0,4}|<[^<>]*)$")
_NOTHING = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: `text` is what notifications and screen readers get; it has the same facts as the blocks."""

    text: str
    blocks: tuple[Block, ...] = ()

    def plus(self, *blocks: Block) -> Self:
        """The message with more blocks at its end; what would be too many is left out."""
        return replace(self, blocks=(self.blocks + blocks)[:MOST_BLOCKS])

    def ending(self, *blocks: Block) -> Self:
        """The message with blocks at its end; where they would be too many, some before its last one are left out."""
        room = MOST_BLOCKS - len(blocks)
        own = self.blocks if len(self.blocks) <= room else (*self.blocks[: room - 1], self.blocks[-1])
        return replace(self, blocks=own + blocks)


def escaped(words: str) -> str:
    """Words of a person or a plan for mrkdwn, shown as they were typed.

    `&`, `<` and `>` become entities; signs that Slack would read as formatting or emoji get a character of no width
    beside them, since mrkdwn has no escape for them. Nothing in the words can mention a person or a channel, and what
    runs from right to left in them does not turn what stands beside them.
    """
    entities = isolated(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    unmarked = _MARKERS.sub(lambda sign: f"{_NOTHING}{sign[0]}{_NOTHING}", entities)
    unquoted = re.sub(r"(?m)^&gt;", f"{_NOTHING}&gt;", unmarked)
    return _EMOJI.sub(f":{_NOTHING}", unquoted)


def within(text: str, most: int) -> str:
    """The text, at most `most` characters of it, ended by … where some are left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def within_marked(text: str, most: int) -> str:
    """As `within`, for mrkdwn: no entity and no mention is cut in two."""
    return text if len(text) <= most else _CUT_SHORT.sub("", text[: most - 1]).rstrip() + "…"


def plain_text(words: str) -> Block:
    """A text in which nothing is read as formatting or emoji; not cut."""
    return {"type": "plain_text", "text": words or _NOTHING, "emoji": False}


def section(text: str, *, accessory: Block | None = None) -> Block:
    """A paragraph of mrkdwn, with an element such as a button beside it."""
    marked = {"type": "mrkdwn", "text": within_marked(text, SECTION) or _NOTHING, "verbatim": True}
    return {"type": "section", "text": marked} | ({"accessory": accessory} if accessory else {})


def sections(lines: Iterable[str]) -> tuple[Block, ...]:
    """Lines of mrkdwn as few paragraphs, none over the limit."""
    return tuple(section(text) for text in _filled(within_marked(line, SECTION) for line in lines))


def quote(words: str) -> Block:
    """What a person or the plan says, word for word, as plain text: nothing in it is read as formatting."""
    return {"type": "section", "text": plain_text(within(words, SECTION))}


def quotes(words: str) -> tuple[Block, ...]:
    """As `quote`, in as many paragraphs as it takes to leave nothing out."""
    return tuple(quote(part) for part in parts(words, SECTION))


def parts(words: str, most: int) -> Iterator[str]:
    """The words in parts of at most `most` characters, cut between two words where there are any.

    Counted as Slack's clients count, in UTF-16: an emoji is two characters or more. Together they are the words.
    """
    while size(words) > most:
        end = most
        while size(words[:end]) > most:
            end -= 1 + (size(words[:end]) - most) // 2
        at_word = max(words.rfind(" ", 0, end), words.rfind("\n", 0, end)) + 1
        end = at_word if at_word > end // 2 else end
        yield words[:end]
        words = words[end:]
    if words:
        yield words


def size(words: str) -> int:
    """The characters as Slack's clients count them, in UTF-16."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def link(address: str) -> str:
    """A web address in mrkdwn, to be pressed."""
    safe = address.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")
    return f"<{safe.replace('&', '&amp;')}>"


def header(words: str) -> Block:
    """A heading in plain text."""
    return {"type": "header", "text": plain_text(within(" ".join(words.split()), HEADER))}


def context(*texts: str) -> Block:
    """Small print in mrkdwn."""
    elements = [
        {"type": "mrkdwn", "text": within_marked(text, SECTION) or _NOTHING, "verbatim": True}
        for text in texts[:CONTEXT_ELEMENTS]
    ]
    return {"type": "context", "elements": elements}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements[:ELEMENTS])}


def button(words: str, action_id: str, value: str, *, style: Literal["primary", "danger"] | None = None) -> Block:
    """A button; `value` comes back when it is pressed. Raises ValueError if it is longer than 2,000 characters."""
    if len(value) > VALUE:
        raise ValueError(f"a button's value has at most {VALUE} characters, this one {len(value)}")
    text = plain_text(within(" ".join(words.split()), BUTTON))
    return {"type": "button", "text": text, "action_id": action_id, "value": value} | (
        {"style": style} if style else {}
    )


def _filled(lines: Iterable[str]) -> Iterable[str]:
    """Lines joined into texts as long as a section allows."""
    text = ""
    for line in lines:
        if text and len(text) + 1 + len(line) > SECTION:
            yield text
            text = line
        else:
            text = f"{text}\n{line}" if text else line
    if text:
        yield text
