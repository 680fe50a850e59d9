"""Whether the bot can post digests in a conversation, found out before anybody counts on it."""

import logging

from slack_sdk.errors import SlackApiError

from bot.conversations import is_direct
from bot.service import Service
from bot.slack import SLACK_FAILURES, Slack, error_code
from commands.mistakes import ChannelClosed, MemberMistake, NeedsChannel, NotInChannel

log = logging.getLogger(__name__)

_NO_MESSAGE = "0000000001.000000"
_CLOSED = frozenset({"is_archived"})
_NOT_PUBLIC = frozenset({"method_not_supported_for_channel_type", "channel_not_found"})
"""What Slack may answer to a join of a private channel, whether the bot is in it or not."""


async def check_reach(service: Service, channel: str, user: str) -> None:
    """Become a member of a public channel; of any other conversation, find out whether the bot is in it.

    Raises NotInChannel, ChannelClosed, and NeedsChannel for a direct message that is not `user`'s with the bot. Where
    Slack does not tell, posting will.
    """
    try:
        if is_direct(channel):
            if await service.slack.direct_message(user) != channel:
                raise NeedsChannel
            return
        refused = await _refusal(service.slack, channel)
    except SLACK_FAILURES as error:
        code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
        log.info("channel not looked at", extra={"channel": channel, "error": code})
        return
    if refused in _CLOSED:
        raise ChannelClosed(refused)
    if refused == "channel_not_found":
        raise NotInChannel(channel)


async def _refusal(slack: Slack, channel: str) -> str:
    """Why the bot cannot post there, in Slack's own word; empty where it can, as far as can be told."""
    try:
        await slack.client.conversations_join(channel=channel)
    except SlackApiError as error:
        if error_code(error) not in _NOT_PUBLIC:
            return error_code(error)
    else:
        return ""
    # A private channel tells nothing of itself without a scope to read it; but it is not there for who is not in it.
    try:
        await slack.ask("chat.getPermalink", channel=channel, message_ts=_NO_MESSAGE)
    except SlackApiError as error:
        return error_code(error)
    return ""


def is_among_people(channel: str, name: str) -> bool:
    """Whether a conversation is one of people: a direct message, or a group's."""
    return is_direct(channel) or name.startswith("mpdm-")


def where_it_can(error: MemberMistake, channel: str, name: str) -> MemberMistake:
    """The mistake as it is told: who is in a conversation among people cannot invite the bot there."""
    return NeedsChannel() if isinstance(error, NotInChannel) and is_among_people(channel, name) else error
