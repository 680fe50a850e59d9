"""Digests are arranged for a channel: on the record once, whatever comes twice, and introduced there once."""

import logging
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.blocks.subscriptions import digest_introduction
from bot.conversations import is_direct
from bot.holding import at_hand
from bot.makers import naming_who_may
from bot.posted import CLOCKS_APART, find_posted, marked
from bot.reaching import check_reach
from bot.service import Service
from bot.slack import SLACK_FAILURES
from commands import arranging
from commands.arranging import Deed, Done, Subscribed
from commands.member import Member
from commands.mistakes import ChannelClosed, NotInChannel, SubscriptionGone
from commands.reading_schedules import Asked
from store.handled import first_time, was_handled
from store.plan import Plan
from store.subscriptions import Subscription, by_id, end_subscription

log = logging.getLogger(__name__)

DIGEST_KEY = "digest"
"""What the keys of deliveries begin with that arrange digests."""
INTRODUCTION = "planbot_digest_introduction"


class Arranging:
    """Writes what members want of a channel's digests; `key` is that of the delivery that brought it."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def subscribe(self, asked: Asked, channel: str, by: Member, key: str | None) -> Subscribed:
        """Subscribe a channel and tell it so.

        Raises NotYours, NotInChannel, ChannelClosed and NeedsChannel; SubscriptionGone where the same delivery had
        subscribed it before and somebody has stopped that.
        """
        if not await self.is_done(key):
            await check_reach(self._service, channel, by.id)
        workspace = self._service.workspace
        async with naming_who_may(self._service), self._service.writing() as (session, current):
            is_first = await self._is_first(session, key)
            if is_first:
                now = datetime.now(UTC)
                made = await arranging.subscribe(session, workspace, asked, channel=channel, by=by, now=now)
            else:
                kept = await arranging.same_as(session, workspace, asked.schedule, channel)
                if kept is None:
                    raise SubscriptionGone
                made = Subscribed(kept, is_new=_is_of_this_delivery(kept, by))
        if made.is_new:
            await self._introduce(made.subscription, current.plan, may_be_there=not is_first)
        return made

    async def change(self, subscription: int, asked: Asked, by: Member, key: str | None) -> Subscription:
        """Change a subscription. Raises NotYours, SubscriptionGone and SubscribedAlready."""
        async with naming_who_may(self._service), self._service.writing() as (session, _):
            if not await self._is_first(session, key):
                return await by_id(session, subscription)
            workspace, now = self._service.workspace, datetime.now(UTC)
            return await arranging.change(session, workspace, subscription, asked, by=by, now=now)

    async def do(self, deed: Deed, which: list[int], by: Member, key: str | None) -> Done | None:
        """Pause, resume or stop subscriptions; None where the same delivery has done so before.

        All of them are of one channel. Raises NotYours, SubscriptionGone and ScopeGone; of what is to be resumed, what
        `check_reach` raises.
        """
        if deed is Deed.RESUME and not await self.is_done(key):
            await self._check_reach(which[0], by)
        async with naming_who_may(self._service), self._service.writing() as (session, current):
            if not await self._is_first(session, key):
                return None
            workspace, now = self._service.workspace, datetime.now(UTC)
            return await arranging.do(session, workspace, current.plan, deed, which, by=by, now=now)

    async def _check_reach(self, subscription: int, by: Member) -> None:
        async with self._service.database.reading() as session:
            channel = (await by_id(session, subscription)).channel_id
        await check_reach(self._service, channel, by.id)

    async def is_done(self, key: str | None) -> bool:
        """Whether an earlier attempt at the same delivery did what it asks for."""
        async with self._service.database.reading() as session:
            return key is not None and await was_handled(session, self._service.workspace, key)

    async def _is_first(self, session: AsyncSession, key: str | None) -> bool:
        return key is None or await first_time(session, self._service.workspace, key, datetime.now(UTC))

    async def _introduce(self, made: Subscription, plan: Plan, *, may_be_there: bool) -> None:
        """Tell the channel what will come. Where the bot cannot post, the subscription ends before it began.

        Slack in trouble is no reason to end it: then the first digest is the first that the channel hears of it.
        """
        if is_direct(made.channel_id):
            return  # its only reader is told anyway
        slack, metadata = self._service.slack, marked(INTRODUCTION, subscription=made.id)
        try:
            first, last = made.created_at - CLOCKS_APART, datetime.now(UTC) + CLOCKS_APART
            if may_be_there and await find_posted(slack, made.channel_id, metadata, after=first, before=last):
                return
            introduction = digest_introduction(made, plan, self._service.names)
            await slack.post_joining(made.channel_id, introduction, metadata=metadata)
        except SLACK_FAILURES:
            log.warning("introduction not posted", extra={"subscription": made.id})
        except (NotInChannel, ChannelClosed):
            async with self._service.database.sessions.begin() as session:
                await end_subscription(session, made.id, datetime.now(UTC))
            raise


def read_in(place: str) -> str:
    """Where a confirmation is read: in `place`; nobody can tell where the response URL has run out meanwhile."""
    held = at_hand()
    return "" if held is not None and held.is_again else place


def _is_of_this_delivery(kept: Subscription, by: Member) -> bool:
    """Whether it was made by an earlier attempt at what is at hand, so that it may not be introduced yet."""
    held = at_hand()
    return (
        held is not None and held.is_again and kept.created_by == by.id and kept.created_at >= held.handed.received_at
    )
