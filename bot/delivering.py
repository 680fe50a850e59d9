"""One digest, delivered exactly once, whatever is killed when.

A due subscription is claimed in the record before anything is posted, so that no other replica posts it. The message
carries the delivery's id as metadata: a claim that was never marked as posted (its process was killed in between, or
Slack's answer got lost) is looked for in the channel before it is posted again.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.blocks.message import Message
from bot.blocks.subscriptions import digest_in_doubt, digest_paused
from bot.charting import Charts
from bot.composing import LATE, Composed, composed
from bot.digest_notices import Notices
from bot.digest_threads import Threads
from bot.editions import Editions
from bot.posted import CLOCKS_APART, LEASE, POST_SECONDS, Metadata, find_posted, has_rested, marked
from bot.service import Service
from bot.slack import SLACK_FAILURES, error_code
from commands.ledger import Rules
from commands.mistakes import ChannelClosed, MemberMistake, NotInChannel, ScopeGone
from commands.schedule import Schedule
from commands.zone_rules import run_after
from store.digest_showing import Shown, note_shown
from store.digests import (
    Delivery,
    claim,
    claim_past,
    delivery_of,
    follow_on,
    let_go,
    mark_posted,
    reclaim,
    reopen,
    restore,
    unmarked,
)
from store.subscriptions import PAUSED_BY_HAND, PAUSED_WITHOUT_SCOPE, Subscription, pause, running

log = logging.getLogger(__name__)

GRACE = timedelta(hours=24)
"""A digest that could not go out for longer is left to the next one, which covers its time too."""
RULES = Rules(late=LATE, lease=LEASE, grace=GRACE)
"""By which the ledger tells what became of a delivery."""
DOUBTED = 5
"""At which attempt to find out whether a digest is there its maker is told that nobody can say."""
METADATA = "planbot_digest"
_GONE = frozenset({"is_archived", "channel_not_found", "not_in_channel", "restricted_action"})

Rest = Callable[[], Awaitable[None]]
"""What is to be done when the first message is there: its thread."""


class AlreadySent(Exception):
    """The digest of that run is in its channel."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(delivery.id)
        self.delivery = delivery


class InOtherHands(Exception):
    """Another process is at the digest of that run."""

    def __init__(self, delivery: Delivery | None) -> None:
        super().__init__(delivery and delivery.id)
        self.delivery = delivery


class Deliverer:
    """Delivers digests under one name, by which its claims can be told from another replica's."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._me = f"{socket.gethostname()}:{os.getpid()}"
        self._charts = Charts(service)
        self._editions = Editions(service)
        self._notices = Notices(service)
        self.threads = Threads(service, self._me, self._editions)

    async def deliver(self, due: Subscription) -> None:
        """Claim what is due and post it; what came due more than 24 hours ago is left to the next digest.

        Of several runs that came due while nobody was there, the last one is posted, and covers the others' time.
        """
        now = datetime.now(UTC)  # of the claim itself, since another replica counts the lease from it
        async with self._service.database.sessions.begin() as session:
            # As it is now: whoever changes it waits until it is claimed.
            current = await running(session, self._service.workspace, due.id)
            if current is None or current.is_paused or current.next_run_at != due.next_run_at:
                return
            schedule = Schedule.of(current)
            claimed = await claim(
                session,
                current.id,
                expected_next_run_at=current.next_run_at,
                next_run_at=run_after(current, now),
                by=self._me,
                now=now,
                run=schedule.latest(current.next_run_at, now),
            )
        if claimed and now - claimed.period_due_at <= GRACE:
            try:
                async with asyncio.timeout(POST_SECONDS):
                    claimed = await self._look_back(claimed)
            except SLACK_FAILURES:  # news told twice is better than no news
                log.warning("history not read", extra={"delivery": claimed.id})
            await self._post_guarded(current, claimed, now)

    async def recover(self, left: Delivery) -> None:
        """Finish a delivery that was claimed and not marked as posted: find the message, else post it.

        Where the channel's history cannot be read, it is not posted: it may be there already. After some attempts
        the subscription's maker is told, as where it was paused and nobody told them.
        """
        now = datetime.now(UTC)
        if now - left.period_due_at > GRACE or not has_rested(left.claimed_at, left.attempts, now):
            return
        async with self._service.database.sessions.begin() as session:
            due = await running(session, self._service.workspace, left.subscription_id)
            rests = due is None or (due.is_paused and (left.told_at or due.paused_reason == PAUSED_BY_HAND))
            if due is None or rests or not await self._reclaim(session, left, now):
                return
        left = replace(left, claimed_at=now, attempts=left.attempts + 1)
        if due.is_paused:
            await self._tell_of_pause(due, left, may_be_there=True)
            return
        try:
            async with asyncio.timeout(POST_SECONDS):
                posted = await self._find(left)
                left = left if posted else await self._look_back(left)
        except SLACK_FAILURES as error:
            await self._leave(due, left, error)
            return
        if posted:
            try:
                found = await composed(self._service, due, left, now, editions=self._editions)
            except MemberMistake:  # the plan no longer has what it is about
                await self._mark(due, left, posted)
                return
            self._service.desk.aside(await self._finish(due, left, posted, found, has_charts=False))
        else:
            await self._post_guarded(due, left, now)

    async def send(self, of: Subscription, run: datetime, *, again: bool) -> Delivery:
        """Send the digest of a run now, at an operator's word, with its thread; `again`, although it is there.

        Raises AlreadySent, InOtherHands, NotInChannel, ChannelClosed, ScopeGone, NoPlanYet, what a call to Slack may
        raise, and TimeoutError.
        """
        now = datetime.now(UTC)
        async with self._service.database.sessions.begin() as session:
            known = await delivery_of(session, of.id, run)
            delivery = await self._take(session, known, now, again=again) if known else None
            delivery = delivery or await self._claim(session, of, run, now)
        posted = await self._find(delivery) if known else None
        try:
            async with asyncio.timeout(POST_SECONDS):
                found = await composed(self._service, of, delivery, now)
                ts, has_charts = (posted, False) if posted else await self._post(of, delivery, found, now)
        except MemberMistake:  # it is certain that it was not posted
            async with self._service.database.sessions.begin() as session:
                if delivery.posted_at:
                    await restore(session, delivery)
                else:
                    await let_go(session, delivery, delivery.claimed_at - LEASE)
            raise
        thread = await self._finish(of, delivery, ts, found, has_charts=has_charts)
        await thread()
        async with self._service.database.reading() as session:
            return await delivery_of(session, of.id, run) or delivery

    async def _take(self, session: AsyncSession, known: Delivery, now: datetime, *, again: bool) -> Delivery:
        if known.posted_at and not again:
            raise AlreadySent(known)
        if not known.posted_at and now - known.claimed_at < LEASE:
            raise InOtherHands(known)
        take = reopen(session, known, self._me, now) if known.posted_at else self._reclaim(session, known, now)
        if not await take:
            raise InOtherHands(known)
        return replace(known, claimed_at=now)

    async def _reclaim(self, session: AsyncSession, left: Delivery, now: datetime) -> bool:
        return await reclaim(session, left.id, left.claimed_at, self._me, now)

    async def _claim(self, session: AsyncSession, of: Subscription, run: datetime, now: datetime) -> Delivery:
        current = await running(session, self._service.workspace, of.id)
        if current and not current.is_paused and current.next_run_at <= run:
            upcoming = run_after(current, run)
            claimed = await claim(session, of.id, current.next_run_at, upcoming, self._me, now, run=run)
        else:
            claimed = await claim_past(session, of, run, self._me, now)
        if claimed is None:
            raise InOtherHands(None)
        return claimed

    async def _leave(self, due: Subscription, left: Delivery, error: Exception) -> None:
        code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
        log.warning("history not read", extra={"delivery": left.id, "attempts": left.attempts, "error": code})
        if left.attempts >= DOUBTED and not left.told_at:
            words = digest_in_doubt(due, self._service.names)
            await self._notices.tell(due, left, words, may_be_there=left.attempts > DOUBTED)

    async def _post_guarded(self, due: Subscription, delivery: Delivery, now: datetime) -> None:
        try:
            async with asyncio.timeout(POST_SECONDS):
                found = await composed(self._service, due, delivery, now, editions=self._editions)
                ts, has_charts = await self._post(due, delivery, found, now)
        except (ChannelClosed, NotInChannel) as closed:
            await self._pause(due, delivery, closed.reason if isinstance(closed, ChannelClosed) else "not_in_channel")
            return
        except ScopeGone:
            await self._pause(due, delivery, PAUSED_WITHOUT_SCOPE)
            return
        self._service.desk.aside(await self._finish(due, delivery, ts, found, has_charts=has_charts))

    async def _post(self, due: Subscription, delivery: Delivery, found: Composed, now: datetime) -> tuple[str, bool]:
        async def show(charts: bool) -> str:
            first = found.posts(charts=charts).first
            await self._service.pace.turn()
            return await self._service.slack.post_joining(due.channel_id, first, metadata=_metadata(delivery))

        return await self._charts.or_plain(show, now)

    async def _finish(
        self, due: Subscription, delivery: Delivery, ts: str, found: Composed, *, has_charts: bool
    ) -> Rest:
        """Note that the first message is there, and what it shows; what is to be done then."""
        await self._mark(due, delivery, ts, found.shown())
        messages: tuple[Message, ...] = found.posts(charts=has_charts).thread
        return lambda: self.threads.post(delivery, due.channel_id, ts, messages)

    async def _mark(self, due: Subscription, delivery: Delivery, ts: str, shown: Shown | None = None) -> None:
        async with self._service.database.sessions.begin() as session:
            await mark_posted(session, delivery.id, channel=due.channel_id, ts=ts, now=datetime.now(UTC))
            if shown:
                await note_shown(session, delivery.id, shown)
        log.info("digest delivered", extra={"subscription": due.id, "delivery": delivery.id})

    async def _look_back(self, delivery: Delivery) -> Delivery:
        """The delivery, which follows on one that is in the channel although nobody noted that within the grace.

        Else it would tell the same again. Whoever posted that one may have died before, and the bot been away or the
        subscription paused since. Raises what a call to Slack may raise.
        """
        async with self._service.database.reading() as session:
            before = await unmarked(session, delivery.subscription_id, datetime.now(UTC) - GRACE)
        for one in before:
            if ts := await self._find(one):
                posted_at = datetime.fromtimestamp(float(ts), UTC)  # a digest is amended for a day after that
                async with self._service.database.sessions.begin() as session:
                    await mark_posted(session, one.id, channel=one.channel_id, ts=ts, now=posted_at)
                    await follow_on(session, delivery.id, one.period_due_at)
                return replace(delivery, covers_from=one.period_due_at)
        return delivery

    async def _find(self, delivery: Delivery) -> str | None:
        """The timestamp of the delivery's message in the channel's history, if it was posted after all."""
        first, last = delivery.period_due_at - CLOCKS_APART, delivery.claimed_at + LEASE + CLOCKS_APART
        channel, metadata = delivery.channel_id, _metadata(delivery)
        behind = delivery.message_ts
        if behind:  # it is posted once more: the message from then is another
            first = datetime.fromtimestamp(float(behind), UTC)
        try:
            async with asyncio.timeout(POST_SECONDS):
                return await find_posted(
                    self._service.slack, channel, metadata, after=first, before=last, behind=behind
                )
        except SlackApiError as error:
            if error_code(error) in _GONE:
                return None
            raise

    async def _pause(self, due: Subscription, delivery: Delivery, reason: str) -> None:
        """The subscription rests until it is resumed or made anew; its maker is told, once."""
        now = datetime.now(UTC)
        async with self._service.database.sessions.begin() as session:
            await pause(session, due.id, reason=reason, now=now)
            paused = await running(session, self._service.workspace, due.id)
        log.warning("subscription paused", extra={"subscription": due.id, "reason": reason})
        if paused:
            await self._tell_of_pause(paused, delivery, may_be_there=False)

    async def _tell_of_pause(self, due: Subscription, delivery: Delivery, *, may_be_there: bool) -> None:
        words = digest_paused(due, due.paused_reason or "", self._service.names)
        await self._notices.tell(due, delivery, words, may_be_there=may_be_there)


def _metadata(delivery: Delivery) -> Metadata:
    return marked(METADATA, delivery=delivery.id)
