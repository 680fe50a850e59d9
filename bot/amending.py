"""A digest is amended for a day: what owners report late is taken up in the message that is there (`chat.update`)."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.blocks.digest import told_above
from bot.blocks.message import Message
from bot.charting import Charts
from bot.composing import Composed, composed
from bot.delivering import METADATA
from bot.digest_threads import part_metadata, parts_of
from bot.pacing import Rank
from bot.posted import LEASE, POST_SECONDS, Metadata, marked
from bot.service import Service
from bot.slack import SLACK_FAILURES, error_code
from commands.mistakes import MemberMistake
from store.digest_showing import Shown, amendable, note_shown, take_amendment
from store.digests import Delivery
from store.subscriptions import Subscription, running

log = logging.getLogger(__name__)

FOR = timedelta(days=1)
"""For how long after it was posted a digest is amended."""
OVERLAP = timedelta(seconds=10)
"""How far an amendment looks back behind the last one: what was recorded then may have been committed after it."""
APART = LEASE + OVERLAP
"""How far two amendments of one digest are apart at least; one that was broken off is taken up again after it.

Sooner, another process could post what is new in the thread a second time: the first one may still be at it, or what
it posted may not be there yet.
"""
AT_ONCE = 3
"""Digests that are amended at the same time; one is composed at a time."""
_FINAL = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "thread_not_found",
    }
)
"""What Slack answers where a message is not to be amended, however often one tries."""


class Amendments:
    """Looks for digests whose actions were reported on after they were posted."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._charts = Charts(service)
        self._composing = asyncio.Lock()

    async def wake(self) -> None:
        """Amend what is to be amended now. A failure is logged, and tried again within the day."""
        now = datetime.now(UTC)
        try:
            async with self._service.database.reading() as session:
                found = await amendable(session, self._service.workspace, posted_since=now - FOR, now=now)
        except Exception as error:  # the scheduler tells of a record that is away
            log.debug("digests to amend not read", extra={"error": type(error).__name__})
            return
        hands = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._guarded(hands, one) for one in found))

    async def _guarded(self, hands: asyncio.Semaphore, posted: Delivery) -> None:
        async with hands:
            try:
                await self._amend(posted)
            except (*SLACK_FAILURES, MemberMistake) as error:
                code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
                log.warning("digest not amended", extra={"delivery": posted.id, "error": code})
            except Exception:
                log.exception("digest not amended", extra={"delivery": posted.id})

    async def _amend(self, posted: Delivery) -> None:
        now = datetime.now(UTC)
        async with self._service.database.sessions.begin() as session:
            of = await running(session, self._service.workspace, posted.subscription_id)
            if of is None or not await take_amendment(session, posted, now=now - OVERLAP, not_since=now - APART):
                return
        if posted.posted_at is None:
            return
        try:
            async with self._composing:
                found = await composed(self._service, of, posted, posted.posted_at, amended_at=now)
        except MemberMistake:  # the plan no longer has what it is about: it stays as it is
            await self._note(posted, None)
            return
        if found.shown().fingerprint != posted.fingerprint:
            try:
                await self._show(of, posted, found, now)
            except SlackApiError as error:
                if error_code(error) not in _FINAL:
                    raise
                log.info("digest can no longer be amended", extra={"delivery": posted.id})
        await self._note(posted, found)

    async def _show(self, of: Subscription, posted: Delivery, found: Composed, now: datetime) -> None:
        there = await parts_of(self._service, posted)

        async def show(charts: bool) -> tuple[Message, ...]:
            posts = found.posts(charts=charts)
            await self._replace(posted, posted.message_ts or "", posts.first, marked(METADATA, delivery=posted.id))
            return posts.thread

        thread, _ = await self._charts.or_plain(show, now)
        for number in range(1, max(len(thread), max(there, default=0)) + 1):
            await asyncio.sleep(self._service.pause_seconds)
            message = thread[number - 1] if number <= len(thread) else told_above()
            metadata = part_metadata(posted, number)
            if number in there:
                await self._replace(posted, there[number], message, metadata)
                continue
            await self._service.pace.turn(Rank.THREAD)
            async with asyncio.timeout(POST_SECONDS):
                await self._service.slack.post(posted.channel_id, message, thread=posted.message_ts, metadata=metadata)
        log.info("digest amended", extra={"subscription": of.id, "delivery": posted.id})

    async def _replace(self, posted: Delivery, ts: str, message: Message, metadata: Metadata) -> None:
        await self._service.pace.turn(Rank.THREAD)
        async with asyncio.timeout(POST_SECONDS):
            await self._service.slack.update(posted.channel_id, ts, message, metadata=metadata)

    async def _note(self, posted: Delivery, found: Composed | None) -> None:
        """Note what it shows now, so that the amendment no longer counts as broken off."""
        if found is None:
            shown = Shown(posted.parts, dict(posted.counts or {}), posted.named, posted.fingerprint or "")
        else:
            shown = found.shown()
            shown = replace(shown, parts=posted.parts, named=tuple(dict.fromkeys((*posted.named, *shown.named))))
        async with self._service.database.sessions.begin() as session:
            await note_shown(session, posted.id, shown)
