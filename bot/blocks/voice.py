"""How words are spoken in Slack's mrkdwn."""

from bot.blocks.message import escaped
from bot.wording.voice import Voice


def mention(person: str) -> str:
    """A member by user id; an e-mail address as it is."""
    return escaped(person) if "@" in person else f"<@{person}>"


SLACK = Voice(plain=escaped, person=mention, strong=lambda words: f"*{words}*")
"""Slack's mrkdwn."""
