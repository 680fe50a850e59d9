"""The buttons beside a channel's digests: preview, pause, resume and stop, another page."""

import re
from collections.abc import Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.arranging import DIGEST_KEY, Arranging
from bot.blocks.message import Message
from bot.blocks.subscription_list import DO, PAGE, PREVIEW, gets_words, subscriptions_shown
from bot.blocks.subscriptions import done_words
from bot.errors import explain
from bot.listeners.payloads import delivery_key, person_of, reply_to
from bot.previewing import show_preview
from bot.service import Service
from commands.arranging import Deed
from commands.mistakes import SubscriptionGone
from commands.scopes import WHOLE_PLAN
from store.subscriptions import Subscription, looked_at, subscriptions


class SubscribedListeners:
    """What is pressed beside a digest that a channel gets."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._arranging = Arranging(service)

    def register(self, app: AsyncApp) -> None:
        """Listen for what is to be done with a channel's digests."""
        app.action(re.compile(rf"^{PREVIEW}(:\d+)?$"))(self.preview_digest)
        app.action(re.compile(rf"^{PAGE}:\d+$"))(self.turn_page)
        app.action(re.compile(rf"^{DO}:({'|'.join(Deed)}):(\d+|all)$"))(self.do_with_digests)

    async def preview_digest(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A digest as it would be now; without a subscription, that of the whole plan. Anyone may see it."""
        await ack()
        reply = reply_to(self._service.slack, body)

        async def work() -> None:
            of = await self._subscription(int(action["value"])) if action["value"] else WHOLE_PLAN
            await show_preview(self._service, of, reply)

        self._service.after_ack(work, reply)

    async def turn_page(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Other ones of a channel's digests, in the place of these."""
        await ack()
        reply = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            await reply(await self._list(_place(body), _place(body), first=int(action["value"])))

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def do_with_digests(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Pause, resume or stop one of them, or all; the list then shows them as they are, and says what was done."""
        await ack()
        deed = Deed(action["action_id"].removeprefix(f"{DO}:").partition(":")[0])
        which = [int(one) for one in action["value"].split(",")]
        replace = reply_to(self._service.slack, body, replace=True)

        async def work() -> None:
            member, place = await self._service.people.member(person_of(body)), _place(body)
            channel = place  # the list may have come by direct message, where no response URL took it
            try:
                done = await self._arranging.do(deed, which, member, delivery_key(body, DIGEST_KEY))
            except SubscriptionGone as gone:  # pressed twice, or somebody was faster
                note = explain(gone, self._service.names).text
            else:
                plan = (await self._service.current()).plan
                note = done_words(done, plan, self._service.names, place) if done else ""
                channel = done.done[0].channel_id if done else place
            await self._service.confirm(replace, await self._list(channel, place, note=note))

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def _list(self, channel: str, place: str, *, note: str = "", first: int = 0) -> Message:
        async with self._service.database.reading() as session:
            current = await self._service.shelf.current(session)
            found: Sequence[Subscription] = await subscriptions(session, self._service.workspace, channel)
        gets = gets_words(channel, place)
        return subscriptions_shown(found, current.plan, self._service.names, gets, note=note, first=first)

    async def _subscription(self, identity: int) -> Subscription:
        async with self._service.database.reading() as session:
            found = await looked_at(session, self._service.workspace, identity)
        if found is None:
            raise SubscriptionGone
        return found


def _place(body: dict[str, Any]) -> str:
    return str(body["channel"]["id"])
