"""The buttons under a line that could not be read: each carries the line to be read instead, nothing is typed twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.blocks.message import VALUE
from bot.listeners.payloads import person_of
from bot.service import Service
from commands.progress.mistakes import DraftGone, Offer
from store.drafts import draft_of, keep_draft

_DRAFT = "draft:"


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as it was typed, or as it is to be read instead."""

    words: str
    user: str
    key: str | None
    """What identifies the first delivery of the line: of all its buttons, only one records."""
    body: dict[str, Any]
    """Slack's payload of the command or of the button."""


async def values_of(service: Service, offers: Sequence[Offer], typed: Typed) -> list[str]:
    """The buttons' values; what is too long for one is kept as a draft."""
    values = [f"{typed.key or ''}\n{offer.text}" for offer in offers]
    if all(len(value) <= VALUE for value in values):
        return values
    now = datetime.now(UTC)
    async with service.database.sessions.begin() as session:
        return [f"{_DRAFT}{await keep_draft(session, service.workspace, typed.user, value, now)}" for value in values]


async def line_behind(service: Service, value: str, body: dict[str, Any]) -> Typed:
    """The line for which a button stands. Raises DraftGone."""
    user = person_of(body)
    if value.startswith(_DRAFT):
        async with service.database.reading() as session:
            draft = await draft_of(session, service.workspace, user, value.removeprefix(_DRAFT))
        if draft is None:
            raise DraftGone
        value = draft
    key, _, words = value.partition("\n")
    return Typed(words, user, key or None, body)
