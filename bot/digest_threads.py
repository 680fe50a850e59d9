"""The thread under a digest: each of its messages once, whatever is killed when.

Each carries the delivery's id and its number as metadata; a thread that was broken off is read before it is gone on
with.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError

from bot.blocks.message import Message
from bot.composing import Composed, composed
from bot.editions import Editions
from bot.pacing import Rank
from bot.posted import POST_SECONDS, Metadata, find_replies, has_rested, marked
from bot.service import Service
from bot.slack import SLACK_FAILURES, error_code
from commands.mistakes import MemberMistake
from store.digest_showing import note_part, note_shown, take_thread
from store.digests import Delivery
from store.subscriptions import running

log = logging.getLogger(__name__)

PART = "planbot_digest_part"
NUMBER = "part"
"""Under which the metadata have the number of a message in its thread."""
AT_ONCE = 20
"""Threads that are posted at the same time."""


class Threads:
    """Posts what a digest says in its thread."""

    def __init__(self, service: Service, me: str, editions: Editions) -> None:
        self._service = service
        self._me = me
        self._editions = editions
        self._hands = asyncio.Semaphore(AT_ONCE)
        self._at: set[int] = set()
        """The deliveries whose threads this process is at, or about to be."""

    async def post(self, delivery: Delivery, channel: str, ts: str, messages: tuple[Message, ...]) -> None:
        """Post the whole thread under the message `ts` of a delivery that is this process's own."""

        async def work() -> None:
            # It may have waited for so long that somebody else took it for left behind.
            if messages and (held := await self._hold(delivery, 0, delivery.claimed_at)):
                await self._post(delivery, channel, ts, messages, {}, held)

        await self._guarded(delivery, work)

    async def resume(self, left: Delivery) -> None:
        """Finish a thread that was broken off. Where it cannot be read, nothing is posted: it may be there already."""

        async def work() -> None:
            now, ts, posted_at = datetime.now(UTC), left.message_ts, left.posted_at
            if ts is None or posted_at is None or not has_rested(left.claimed_at, left.attempts, now):
                return
            async with self._service.database.sessions.begin() as session:
                of = await running(session, self._service.workspace, left.subscription_id)
                if of is None or not await take_thread(
                    session, left.id, expected_claimed_at=left.claimed_at, by=self._me, now=now
                ):
                    return
            there = await parts_of(self._service, left)
            again = await composed(self._service, of, left, posted_at, editions=self._editions)
            await self._post(left, left.channel_id, ts, await self._messages(again, left), there, now)

        await self._guarded(left, work)

    async def _guarded(self, delivery: Delivery, work: Callable[[], Awaitable[None]]) -> None:
        if delivery.id in self._at:
            return
        self._at.add(delivery.id)
        try:
            async with self._hands:
                await work()
        except (*SLACK_FAILURES, MemberMistake) as error:  # it is taken up again after a while
            code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("digest's thread broken off", extra={"delivery": delivery.id, "error": code})
        finally:
            self._at.discard(delivery.id)

    async def _messages(self, again: Composed, left: Delivery) -> tuple[Message, ...]:
        """The thread as it is now; where it has become longer or shorter, that is noted."""
        messages = again.posts(charts=False).thread
        if len(messages) != left.parts:
            async with self._service.database.sessions.begin() as session:
                await note_shown(session, left.id, again.shown())
        return messages

    async def _post(
        self,
        delivery: Delivery,
        channel: str,
        ts: str,
        messages: tuple[Message, ...],
        there: dict[int, str],
        held_since: datetime,
    ) -> None:
        held: datetime | None = held_since
        for number, message in enumerate(messages, 1):
            if number not in there:
                await asyncio.sleep(self._service.pause_seconds)
                await self._service.pace.turn(Rank.THREAD)
                # That may have taken so long that somebody else took it for left behind.
                held = held and await self._hold(delivery, number - 1, held)
            if held is None:
                return  # somebody else is at it
            if number not in there:
                async with asyncio.timeout(POST_SECONDS):
                    await self._service.slack.post(
                        channel, message, thread=ts, metadata=part_metadata(delivery, number)
                    )
            held = await self._hold(delivery, number, held)
        log.info("digest's thread is complete", extra={"delivery": delivery.id, "parts": len(messages)})

    async def _hold(self, delivery: Delivery, number: int, since: datetime) -> datetime | None:
        """Note that the thread is there up to its message `number`; since when it is held now, None if no longer."""
        now = datetime.now(UTC)
        async with self._service.database.sessions.begin() as session:
            is_held = await note_part(session, delivery.id, number, expected_claimed_at=since, now=now)
        return now if is_held else None


async def parts_of(service: Service, delivery: Delivery) -> dict[int, str]:
    """The timestamps of the messages in a digest's thread, by their number. Raises what a call to Slack may raise."""
    if delivery.message_ts is None:
        return {}
    of = marked(PART, delivery=delivery.id)
    return await find_replies(service.slack, delivery.channel_id, delivery.message_ts, of, NUMBER)


def part_metadata(delivery: Delivery, number: int) -> Metadata:
    """What tells a message of a digest's thread from the others."""
    return marked(PART, **{"delivery": delivery.id, NUMBER: number})
