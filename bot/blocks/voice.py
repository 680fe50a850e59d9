"""The wording's voice in Slack's mrkdwn."""

import re

from bot.blocks.message import escaped
from bot.wording.voice import Voice

_USER = re.compile(r"[UW][A-Z0-9]{2,}")


def mention(ref: str) -> str:
    """A Slack user id as a mention, which Slack shows as the person's name; an e-mail address as it is."""
    return f"<@{ref}>" if _USER.fullmatch(ref) else escaped(ref)


def bold(words: str) -> str:
    """Words that are escaped already, in bold."""
    return f"*{words}*" if words.strip() else words


SLACK = Voice(plain=escaped, person=mention, strong=bold)
"""How the bot speaks in Slack."""
