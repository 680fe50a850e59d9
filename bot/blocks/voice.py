"""How words are spoken in Slack's mrkdwn."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.blocks.message import escaped
from bot.wording.voice import Voice


def mention(person: str) -> str:
    """A member by user id; an e-mail address as it is."""
    return escaped(person) if "@" in person else f"<@{person}>"


def slack_voice(today: date | None = None, person: Callable[[str], str] = mention) -> Voice:
    """Slack's mrkdwn on a day of the plan's zone; where no day is told, it does not matter which."""
    return Voice(today or datetime.now(UTC).date(), plain=escaped, person=person, strong=lambda words: f"*{words}*")
