"""A channel's digest: subscribed, previewed and stopped with the digest command."""

import logging
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.digest import digest_message
from bot.blocks.message import Message
from bot.blocks.subscriptions import digest_introduction, digest_stopped, digest_usage, subscribed, subscriptions_shown
from bot.listeners.payloads import reply_to, unescape
from bot.service import Service
from bot.slack import SLACK_FAILURES, Reply
from commands.member import Member
from commands.mistakes import ChannelClosed, NotInChannel
from commands.reading_schedules import read_schedule
from commands.subscriptions import preview, stop, subscribe
from store.subscriptions import Subscription, end_subscription, subscriptions

log = logging.getLogger(__name__)

_HELP = frozenset({"help", "?", "usage"})
_STOP = frozenset({"off", "stop", "unsubscribe"})


class SubscribingListeners:
    """Digest subscriptions."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for what channels want to read."""
        app.command(self._service.names.digest)(self.arrange_digest)

    async def arrange_digest(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """The digest command: what is subscribed, a preview, an end, or a new subscription."""
        await ack()
        reply = reply_to(self._service.slack, command)
        typed = unescape(command.get("text", "")).strip()

        async def work() -> None:
            await self._do_command(typed, command, reply)

        self._service.after_ack(work, reply)

    async def _do_command(self, typed: str, command: dict[str, Any], reply: Reply) -> None:
        channel = command["channel_id"]
        first, _, rest = typed.partition(" ")
        if typed.casefold() in _HELP:
            await reply(digest_usage(self._service.names))
        elif not typed:
            await self._show(channel, reply)
        elif first.casefold() == "preview":
            await self._preview(rest, channel, reply)
        elif first.casefold() in _STOP:
            member = await self._service.people.member(command["user_id"])
            await self._stop(rest, channel, member, reply)
        else:
            await self._subscribe(typed, channel, command["user_id"], reply)

    async def _show(self, channel: str, reply: Reply) -> None:
        current = await self._service.current()
        async with self._service.database.reading() as session:
            found = await subscriptions(session, self._service.workspace, channel)
        await reply(subscriptions_shown(found, current.plan, self._service.names))

    async def _preview(self, scope: str, channel: str, reply: Reply) -> None:
        async with self._service.database.reading() as session:
            current = await self._service.shelf.current(session)
            digest = await preview(
                session, self._service.workspace, current.plan, channel=channel, typed=scope, now=datetime.now(UTC)
            )
        await reply(digest_message(digest, names=self._service.names, is_preview=True))

    async def _stop(self, scope: str, channel: str, member: Member, reply: Reply) -> None:
        async with self._service.writing() as (session, current):
            stopped = await stop(
                session,
                self._service.workspace,
                current.plan,
                channel=channel,
                typed=scope,
                by=member,
                now=datetime.now(UTC),
            )
        await reply(digest_stopped(stopped, current.plan, self._service.names))

    async def _subscribe(self, typed: str, channel: str, user: str, reply: Reply) -> None:
        current = await self._service.current()
        asked = read_schedule(typed, current.plan, current.plan.about.timezone)
        member = await self._service.people.member(user)
        async with self._service.writing() as (session, current):
            made = await subscribe(
                session, self._service.workspace, asked, channel=channel, by=member, now=datetime.now(UTC)
            )
        await self._introduce(made, digest_introduction(made, current.plan, self._service.names))
        await reply(subscribed(made, current.plan, self._service.names, unclear_zone=asked.unclear_zone))

    async def _introduce(self, made: Subscription, introduction: Message) -> None:
        """Tell the channel what will come. Where the bot cannot post, the subscription ends before it began.

        Slack in trouble is no reason to end it: then the first digest is the first that the channel hears of it.
        """
        try:
            await self._service.slack.post_joining(made.channel_id, introduction)
        except SLACK_FAILURES:
            log.warning("introduction not posted", extra={"subscription": made.id})
        except (NotInChannel, ChannelClosed):
            async with self._service.database.sessions.begin() as session:
                await end_subscription(session, made.id, datetime.now(UTC))
            raise
