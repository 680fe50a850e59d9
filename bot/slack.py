"""What the bot tells Slack: every message and view goes out through here.

A call that Slack turned away with 429 is made again after the time it names. Nothing else is repeated by itself: a
connection that broke may have done its work, and a message must not be posted twice.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.blocks.message import Block, Message
from commands.mistakes import ChannelClosed, FormTooLate, NotInChannel

log = logging.getLogger(__name__)

Reply = Callable[[Message], Awaitable[None]]
"""Shows a message to the person who is waiting for one."""

TIMEOUT_SECONDS = 20
RATE_LIMIT_RETRIES = 3
SLACK_FAILURES = (SlackApiError, aiohttp.ClientError, TimeoutError, AttributeError)
"""What a call to Slack may raise; the last is what slack_sdk makes of an answer that is no JSON."""
PASSING = frozenset({"", "ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Errors of Slack's, the empty one for none at all, after which the same message may be taken later."""
_TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired", "trigger_exchanged"})
_CLOSED = frozenset(
    {
        "is_archived",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
    }
)


class Slack:
    """Slack's Web API and response URLs, as far as the bot uses them; opened inside the event loop."""

    def __init__(self, token: str, api_url: str) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT_SECONDS))
        self._retries = AsyncRateLimitErrorRetryHandler(max_retry_count=RATE_LIMIT_RETRIES)
        self.client = AsyncWebClient(
            token=token,
            base_url=api_url,
            session=self._session,
            retry_handlers=[self._retries],
            timeout=TIMEOUT_SECONDS,
        )

    async def close(self) -> None:
        """Give the connections back."""
        await self._session.close()

    async def ask(self, method: str, **arguments: str | int) -> dict[str, Any]:
        """The answer of a method that reads. By POST, which every Slack server takes; slack_sdk would use GET."""
        answer = await self.client.api_call(method, data=arguments)
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    def to_response_url(self, url: str, *, person: str, replace: bool = False, thread: str | None = None) -> Reply:
        """Shows messages to the person who typed the command or pressed the button, in its place if `replace`.

        Else in the thread of the message `thread`, where there is one.

        A response URL serves 5 times within 30 minutes (docs.slack.dev, handling user interaction); where it takes
        no more, or breaks, the person gets a direct message.
        """

        how: dict[str, object] = {"response_type": "ephemeral", "replace_original": replace}
        if thread and not replace:
            how["thread_ts"] = thread

        async def reply(message: Message) -> None:
            try:
                await self._send(url, how, message)
            except (ResponseUrlRefused, *SLACK_FAILURES):
                await self.post(person, message)

        return reply

    async def share(self, url: str, message: Message) -> None:
        """Show a message to the whole channel from which `url` came, which works without being its member.

        What only one person saw before goes away.
        """
        await self._send(url, {"response_type": "in_channel", "replace_original": False}, message)
        await self._deliver(url, {"delete_original": True})

    async def show(self, channel: str, url: str | None, message: Message) -> None:
        """Show a message to a channel: by the response URL that came from there, which works without being its member.

        Where there is none, or it takes no more, by posting.
        """
        try:
            if not url:
                raise ResponseUrlRefused(404)
            await self._send(url, {"response_type": "in_channel", "replace_original": False}, message)
        except ResponseUrlRefused:
            await self.post(channel, message)

    async def _send(self, url: str, how: Mapping[str, object], message: Message) -> None:
        await self._deliver(url, {**how, **_body(message)})

    async def _deliver(self, url: str, body: dict[str, Any]) -> None:
        webhook = AsyncWebhookClient(url, session=self._session, retry_handlers=[self._retries])
        response = await webhook.send_dict(body)
        if response.status_code != 200:
            raise ResponseUrlRefused(response.status_code)

    def to_channel(self, channel: str, thread: str | None = None) -> Reply:
        """Posts messages in a channel or direct message, in the thread of the message `thread`."""

        async def reply(message: Message) -> None:
            await self.post(channel, message, thread=thread)

        return reply

    async def post(
        self, channel: str, message: Message, *, thread: str | None = None, metadata: Mapping[str, Any] | None = None
    ) -> str:
        """Post a message and say its timestamp. Raises NotInChannel or ChannelClosed where the bot may not post."""
        try:
            posted = await self.client.chat_postMessage(
                channel=channel,
                **_body(message),
                thread_ts=thread,
                metadata=dict(metadata) if metadata else None,
                unfurl_links=False,
                unfurl_media=False,
            )
        except SlackApiError as error:
            if error_code(error) in ("not_in_channel", "channel_not_found"):
                raise NotInChannel(channel) from error
            if error_code(error) in _CLOSED:
                raise ChannelClosed(error_code(error)) from error
            raise
        return str(posted["ts"])

    async def post_joining(self, channel: str, message: Message, *, metadata: Mapping[str, Any] | None = None) -> str:
        """As `post`, after becoming a member of a public channel if that is what it takes. Raises NotInChannel."""
        try:
            return await self.post(channel, message, metadata=metadata)
        except NotInChannel:
            if not await self.join(channel):
                raise
            return await self.post(channel, message, metadata=metadata)

    async def join(self, channel: str) -> bool:
        """Become a member of a public channel; whether that was possible."""
        try:
            await self.client.conversations_join(channel=channel)
        except SlackApiError as error:
            log.info("channel not joined", extra={"channel": channel, "error": error_code(error)})
            return False
        return True

    async def direct_message(self, user: str) -> str:
        """The id of the direct message with a person, opened if need be."""
        opened = await self.client.conversations_open(users=user)
        return str(opened["channel"]["id"])

    async def update(
        self, channel: str, ts: str, message: Message, *, metadata: Mapping[str, Any] | None = None
    ) -> None:
        """Replace what a message of the bot's says; its `text` has at most 4,000 characters (docs.slack.dev)."""
        known = dict(metadata) if metadata else None
        await self.client.chat_update(channel=channel, ts=ts, **_body(message), metadata=known)

    async def open_view(self, trigger: str, view: Mapping[str, Any]) -> str:
        """Open a modal for the person whose doing `trigger` (valid for 3 seconds) stands for; its id.

        Raises FormTooLate where the 3 seconds are over.
        """
        try:
            opened = await self.client.views_open(trigger_id=trigger, view=dict(view))
        except SlackApiError as error:
            if error_code(error) in _TOO_LATE:
                raise FormTooLate from error
            raise
        return str(opened["view"]["id"])

    async def update_view(
        self, view_id: str, view: Mapping[str, Any], *, unless_changed_since: str | None = None
    ) -> bool:
        """Replace an open modal; False where it is no longer as it was with the hash `unless_changed_since`.

        Raises FormGone where it is closed.
        """
        try:
            await self.client.views_update(view_id=view_id, view=dict(view), hash=unless_changed_since)
        except SlackApiError as error:
            if error_code(error) == "hash_conflict":
                return False
            if error_code(error) == "not_found":
                raise FormGone from error
            raise
        return True

    async def publish_home(self, user: str, blocks: tuple[Block, ...]) -> None:
        """Show `blocks` on a person's App Home."""
        await self.client.views_publish(user_id=user, view={"type": "home", "blocks": list(blocks)})


class FormGone(Exception):
    """A modal was closed before it could be changed."""


class ResponseUrlRefused(Exception):
    """A response URL did not take a message: used up (5 times, 30 minutes), or Slack is in trouble."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")


def error_code(error: SlackApiError) -> str:
    """Slack's own name for what went wrong; empty where it answered without one, as with HTTP 500."""
    said: Any = getattr(error.response, "data", error.response)
    return str(said.get("error", "")) if isinstance(said, dict) else ""


def _body(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)} if message.blocks else {"text": message.text}
