"""How a digest is shown, and what it is posted as."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.blocks.message import Message
from bot.wording.names import Names


@dataclass(frozen=True, slots=True)
class Showing:
    """What the same digest looks like here."""

    names: Names
    late_for: datetime | None = None
    """When it should have come, if that was well before now."""
    is_preview: bool = False
    charts: bool = False
    """Whether figures are Slack's own charts; else they are bars of text."""
    mentioned: frozenset[str] = frozenset()
    """The user ids of those owners whom it mentions; everybody else is called by name."""
    called: Mapping[str, str] = field(default_factory=dict)
    """By user id, the names of the people of whom they are known."""
    amended_at: datetime | None = None
    """When late updates were last taken up in it; None where there were none."""
    delivery: int | None = None
    """The delivery whose buttons stand below it; None: no buttons."""


@dataclass(frozen=True, slots=True)
class Posts:
    """A digest as messages: what everybody reads, and the rest in its thread."""

    first: Message
    thread: tuple[Message, ...] = ()
