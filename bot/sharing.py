"""A digest shown in another channel too, once, whatever is killed when.

Its messages carry what identifies the sharing as metadata: where a process was killed at it, or Slack's answer got
lost, they are looked for before they are posted again.
"""

import asyncio
import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.blocks.digest_pressed import shared_digest
from bot.blocks.digest_showing import Posts
from bot.blocks.message import Message
from bot.charting import Charts
from bot.composing import Composed, composed
from bot.digest_threads import NUMBER
from bot.posted import CLOCKS_APART, Metadata, find_posted, find_replies, marked
from bot.service import Service
from bot.slack import PASSING, SLACK_FAILURES, error_code
from commands.mistakes import ChannelClosed, DigestGone, NotInChannel
from store.digest_showing import delivery_with
from store.digests import Delivery
from store.subscriptions import by_id

log = logging.getLogger(__name__)

SHARE_KEY = "digest-share"
"""What the keys of deliveries begin with that share digests."""
SHARED = "planbot_digest_shared"
LOOKED_BACK = timedelta(days=2)
"""How long after it began a sharing may still be taken up again."""
_MAY_BE_THERE = PASSING - {"ratelimited"}
"""Errors of Slack's that leave open whether the message was posted (docs.slack.dev, chat.postMessage, errors)."""
_NOT_IN = frozenset({"channel_not_found", "not_in_channel"})
"""Errors of a history that the bot has no part in, and so has posted nothing to."""


class SharingInDoubt(Exception):
    """Slack's answer got lost, and the message was not found, or could not be looked for: it may be there."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """That somebody wants the digest of a delivery in a channel."""

    delivery: int
    to: str
    by: str
    key: str
    """What identifies it, however often it is asked for."""
    since: datetime
    """When it was asked for."""

    @property
    def metadata(self) -> Metadata:
        """What tells its messages from others."""
        identity = int.from_bytes(hashlib.blake2b(self.key.encode(), digest_size=6).digest())
        return marked(SHARED, sharing=identity)

    def part(self, number: int) -> Metadata:
        """What tells a message of its thread from the others."""
        payload = {**self.metadata["event_payload"], NUMBER: str(number)}
        return {**self.metadata, "event_payload": payload}


class DigestSharing:
    """Posts digests in other channels."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._charts = Charts(service)

    async def post(self, wanted: Sharing, *, again: bool) -> None:
        """Show the digest as its own channel sees it; `again`: some of it may be there already.

        Its thread follows beside all else; where it cannot be finished, the delivery at hand is handled again.
        Raises SharingInDoubt, and where it is certain that it is not there, DigestGone, ScopeGone, NoPlanYet,
        NotInChannel, ChannelClosed and SlackApiError.
        """
        delivery = await self.posted(wanted.delivery)
        found = await self._composed(delivery)
        posted_at = delivery.posted_at or wanted.since
        at = posted_at.astimezone(found.digest.about.zone)

        def posts(charts: bool) -> Posts:
            return shared_digest(found.posts(charts=charts), by=wanted.by, channel=delivery.channel_id, posted_at=at)

        async def show(charts: bool) -> str:
            return await self._post_first(wanted, posts(charts).first)

        there = await self._find(wanted) if again else None
        ts, with_charts = (there, False) if there else await self._charts.or_plain(show, datetime.now(UTC))
        log.info("digest shared", extra={"delivery": delivery.id})
        thread = posts(with_charts).thread
        if thread:
            self._service.beside(lambda: self._post_thread(wanted, ts, thread, again=again))

    async def posted(self, identity: int) -> Delivery:
        """The delivery with that id, which was posted. Raises DigestGone."""
        async with self._service.database.reading() as session:
            delivery = await delivery_with(session, self._service.workspace, identity)
        if delivery is None or delivery.posted_at is None:
            raise DigestGone
        return delivery

    async def _composed(self, delivery: Delivery) -> Composed:
        """The digest, without its buttons and what only an administrator reads; nobody is mentioned in it."""
        async with self._service.database.reading() as session:
            of = await by_id(session, delivery.subscription_id)
        posted_at = delivery.posted_at or delivery.claimed_at
        found = await composed(self._service, of, delivery, posted_at, amended_at=delivery.amended_at)
        showing = replace(found.showing, mentioned=frozenset(), delivery=None, late_for=None)
        return replace(found, showing=showing, notices=())

    async def _post_first(self, wanted: Sharing, message: Message) -> str:
        try:
            return await self._service.slack.post_joining(wanted.to, message, metadata=wanted.metadata)
        except SLACK_FAILURES as error:
            if isinstance(error, SlackApiError) and error_code(error) not in _MAY_BE_THERE:
                raise  # Slack has said that it is not there
            log.warning("sharing in doubt", extra={"error": type(error).__name__})
            there = await self._find(wanted)
            if there is None:  # Slack may be still at it
                raise SharingInDoubt from error
            return there

    async def _post_thread(self, wanted: Sharing, ts: str, messages: tuple[Message, ...], *, again: bool) -> None:
        """Post the rest; raises only what may pass: a channel that was closed meanwhile stays so."""
        try:
            await self._post_parts(wanted, ts, messages, again=again)
        except (NotInChannel, ChannelClosed, SlackApiError) as error:
            if isinstance(error, SlackApiError) and error_code(error) in PASSING:
                raise
            log.warning("thread not shared", extra={"delivery": wanted.delivery, "error": type(error).__name__})

    async def _post_parts(self, wanted: Sharing, ts: str, messages: tuple[Message, ...], *, again: bool) -> None:
        slack = self._service.slack
        there = await find_replies(slack, wanted.to, ts, wanted.metadata, NUMBER) if again and messages else {}
        for number, message in enumerate(messages, 1):
            if number not in there:
                await asyncio.sleep(self._service.pause_seconds)
                await slack.post(wanted.to, message, thread=ts, metadata=wanted.part(number))

    async def _find(self, wanted: Sharing) -> str | None:
        """The timestamp of its first message, if that is there. Raises SharingInDoubt where that cannot be read."""
        first, last = wanted.since - CLOCKS_APART, wanted.since + LOOKED_BACK
        try:
            return await find_posted(self._service.slack, wanted.to, wanted.metadata, after=first, before=last)
        except SLACK_FAILURES as error:
            code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
            if code in _NOT_IN:
                return None
            log.warning("history not read", extra={"delivery": wanted.delivery, "error": code})
            raise SharingInDoubt from error
