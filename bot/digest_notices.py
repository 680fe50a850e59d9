"""Whoever set up a digest is told, once, that it cannot be posted, or may be there already."""

from datetime import UTC, datetime

from bot.blocks.message import Message
from bot.posted import CLOCKS_APART, find_posted, marked
from bot.service import Service
from store.digests import Delivery, mark_told
from store.subscriptions import Subscription

NOTICE = "planbot_digest_notice"


class Notices:
    """Tells the maker of a subscription of a delivery that is not there; where they have left, the administrators."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def tell(self, of: Subscription, delivery: Delivery, message: Message, *, may_be_there: bool) -> None:
        """Tell those who are to know; what `may_be_there` from an attempt before is looked for first.

        Raises what a call to Slack may raise: then it is to be tried again, with `may_be_there`.
        """
        metadata = marked(NOTICE, delivery=delivery.id)
        for person in await self._readers(of.created_by):
            channel = await self._service.slack.direct_message(person)
            first, last = delivery.period_due_at - CLOCKS_APART, datetime.now(UTC) + CLOCKS_APART
            there = may_be_there and await find_posted(self._service.slack, channel, metadata, after=first, before=last)
            if not there:
                await self._service.slack.post(channel, message, metadata=metadata)
        async with self._service.database.sessions.begin() as session:
            await mark_told(session, delivery.id, datetime.now(UTC))

    async def _readers(self, maker: str) -> list[str]:
        found = await self._service.people.colleague(maker)
        if found is not None and not found.is_gone:
            return [maker]
        return sorted(self._service.people.administrators)
