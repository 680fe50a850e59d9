"""How words are spoken in Slack's mrkdwn."""

from datetime import UTC, date, datetime

from bot.blocks.message import escape
from bot.wording.voice import Voice


def slack_voice(today: date | None = None) -> Voice:
    """Slack's voice on a day of the plan's zone; where no date is told, the day does not matter."""
    return Voice(today or datetime.now(UTC).date(), plain=escape, person=mention, strong=lambda words: f"*{words}*")


def mention(person: str) -> str:
    """A member by user id; an e-mail address as it is."""
    return escape(person) if "@" in person else f"<@{person}>"
