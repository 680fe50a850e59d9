"""One digest, delivered exactly once, whatever is killed when.

A due subscription is claimed in the record before anything is posted, so that no other replica posts it. The message
carries the delivery's id as metadata: a claim that was never marked as posted (its process was killed in between, or
Slack's answer got lost) is looked for in the channel before it is posted again.
"""

import asyncio
import logging
import os
import socket
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.blocks.digest import digest_message
from bot.blocks.message import Message
from bot.blocks.subscriptions import digest_in_doubt, digest_paused
from bot.posted import Metadata, find_posted, marked
from bot.service import Service
from bot.slack import SLACK_FAILURES, error_code
from commands.mistakes import ChannelClosed, NotInChannel, ScopeGone
from commands.schedule import Schedule
from commands.subscriptions import digest_of
from store.digests import Delivery, claim, mark_posted, reclaim
from store.subscriptions import Subscription, pause, subscriptions

log = logging.getLogger(__name__)

GRACE = timedelta(hours=24)
"""A digest that could not go out for longer is left to the next one, which covers its time too."""
LATE = timedelta(minutes=15)
LEASE = timedelta(seconds=60)
"""How long a claim belongs to who made it; longer than a post may take."""
POST_SECONDS = 45
MOST_ATTEMPTS = 5
"""How often, a lease apart, a delivery left half done is taken up again."""
CLOCKS_APART = timedelta(minutes=10)
"""How far Slack's clock and ours may differ."""
METADATA = "planbot_digest"
_GONE = frozenset({"is_archived", "channel_not_found", "not_in_channel", "restricted_action"})


class Deliverer:
    """Delivers digests under one name, by which its claims can be told from another replica's."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._me = f"{socket.gethostname()}:{os.getpid()}"

    async def deliver(self, due: Subscription) -> None:
        """Claim what is due and post it; what came due more than 24 hours ago is left to the next digest."""
        now = datetime.now(UTC)  # of the claim itself, since another replica counts the lease from it
        upcoming = Schedule.of(due).next_after(now)
        too_late = now - due.next_run_at > GRACE
        async with self._service.database.sessions.begin() as session:
            claimed = await claim(
                session, due.id, expected_next_run_at=due.next_run_at, next_run_at=upcoming, by=self._me, now=now
            )
        if claimed is not None and not too_late:
            await self._post_guarded(due, claimed, now)

    async def recover(self, left: Delivery) -> None:
        """Finish a delivery that was claimed and not marked as posted: find the message, else post it.

        Where the channel's history cannot be read, it is not posted: it may be there already. After some attempts
        the subscription's maker is told.
        """
        now = datetime.now(UTC)
        if now - left.period_due_at > GRACE or left.attempts > MOST_ATTEMPTS:
            return
        async with self._service.database.sessions.begin() as session:
            known = await subscriptions(session, self._service.workspace, left.channel_id)
            due = next((one for one in known if one.id == left.subscription_id and not one.paused_at), None)
            if due is None or not await reclaim(
                session, left.id, expected_claimed_at=left.claimed_at, by=self._me, now=now
            ):
                return
        try:
            posted = await self._find(left)
        except SLACK_FAILURES as error:
            await self._leave(due, left, error)
            return
        if posted:
            await self._mark(left, due.channel_id, posted)
        else:
            await self._post_guarded(due, left, now)

    async def _leave(self, due: Subscription, left: Delivery, error: Exception) -> None:
        code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
        log.warning("history not read", extra={"delivery": left.id, "attempts": left.attempts, "error": code})
        if left.attempts == MOST_ATTEMPTS:
            await self._service.slack.post(due.created_by, digest_in_doubt(due, self._service.names))

    async def _post_guarded(self, due: Subscription, delivery: Delivery, now: datetime) -> None:
        try:
            async with asyncio.timeout(POST_SECONDS):
                posted = await self._post(due, delivery, now)
        except ChannelClosed as closed:
            await self._pause(due, closed.reason, now)
            return
        except ScopeGone:
            await self._pause(due, "scope_gone", now)
            return
        await self._mark(delivery, due.channel_id, posted)
        log.info("digest delivered", extra={"subscription": due.id, "delivery": delivery.id})

    async def _post(self, due: Subscription, delivery: Delivery, now: datetime) -> str:
        message = await self._compose(due, delivery, now)
        try:
            return await self._service.slack.post_joining(due.channel_id, message, metadata=_metadata(delivery))
        except NotInChannel as refused:
            raise ChannelClosed("not_in_channel") from refused

    async def _compose(self, due: Subscription, delivery: Delivery, now: datetime) -> Message:
        async with self._service.database.reading() as session:
            current = await self._service.shelf.current(session)
            digest = await digest_of(
                session,
                self._service.workspace,
                current.plan,
                scope=due.scope_key,
                department=due.department,
                subscription=due,
                since=delivery.covers_from,
                until=delivery.period_due_at,  # what came later is the next digest's, so nothing is told twice
                now=now,
            )
        late_for = delivery.period_due_at if now - delivery.period_due_at > LATE else None
        return digest_message(digest, names=self._service.names, late_for=late_for)

    async def _find(self, delivery: Delivery) -> str | None:
        """The timestamp of the delivery's message in the channel's history, if it was posted after all."""
        first, last = delivery.period_due_at - CLOCKS_APART, delivery.claimed_at + LEASE + CLOCKS_APART
        try:
            return await find_posted(
                self._service.slack, delivery.channel_id, _metadata(delivery), after=first, before=last
            )
        except SlackApiError as error:
            if error_code(error) in _GONE:
                return None
            raise

    async def _mark(self, delivery: Delivery, channel: str, ts: str) -> None:
        async with self._service.database.sessions.begin() as session:
            await mark_posted(session, delivery.id, channel=channel, ts=ts, now=datetime.now(UTC))

    async def _pause(self, due: Subscription, reason: str, now: datetime) -> None:
        """The subscription rests until it is made anew; its maker is told, once."""
        async with self._service.database.sessions.begin() as session:
            await pause(session, due.id, reason=reason, now=now)
        log.warning("subscription paused", extra={"subscription": due.id, "reason": reason})
        await self._service.slack.post(due.created_by, digest_paused(due, reason, self._service.names))


def _metadata(delivery: Delivery) -> Metadata:
    return marked(METADATA, "delivery", delivery.id)
