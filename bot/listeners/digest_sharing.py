"""The button below a digest that shows it in another channel, too."""

import asyncio
import logging
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.digest_buttons import SHARE
from bot.blocks.digest_pressed import (
    SHARE_FORM,
    Pressed,
    channel_in,
    may_be_shared,
    not_shared,
    not_there,
    share_form,
    was_shared,
)
from bot.holding import at_hand
from bot.listeners.digest_buttons import pressed_in, where_pressed
from bot.listeners.payloads import delivery_key, person_of, reply_to
from bot.reaching import check_reach
from bot.service import Service
from bot.sharing import SHARE_KEY, DigestSharing, Sharing, SharingInDoubt
from bot.slack import Reply
from commands.mistakes import ChannelClosed, DigestGone, NotInChannel
from store.handled import first_time

log = logging.getLogger(__name__)

CHECK_SECONDS = 1.5
"""For finding out whether the bot may post there; Slack waits 3 seconds for what is wrong with a form."""


class SharingListeners:
    """Digests for other channels."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._sharing = DigestSharing(service)

    def register(self, app: AsyncApp) -> None:
        """Listen for the button and for its form."""
        app.action(SHARE)(self.choose_channel)
        app.view(SHARE_FORM)(self.share_digest)

    async def choose_channel(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The form that asks for the channel, for those who read the digest in its own."""
        await ack()
        pressed = pressed_in(body, action)

        async def work() -> None:
            delivery = await self._sharing.posted(pressed.delivery)
            if delivery.channel_id != pressed.channel:
                raise DigestGone
            await self._service.slack.open_view(body["trigger_id"], share_form(pressed))

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def share_digest(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The channel is chosen: that the bot cannot post there stands at the field; else the digest is shown there."""
        pressed, to = Pressed.read(view["private_metadata"]), channel_in(view["state"]["values"])
        held = at_hand()
        reason = None if held and held.is_again else await self._refusal(to, pressed, person_of(body))
        if reason:
            await ack(response_action="errors", errors=not_there(reason))
            return
        await ack()
        by, since = person_of(body), self._service.now()
        # What nothing identifies is the same wish within a minute, and may be wished again after it.
        key = delivery_key(body, SHARE_KEY) or f"{SHARE_KEY}:{pressed.delivery}:{to}:{by}:{since:%Y-%m-%dT%H:%M}"
        wanted = Sharing(pressed.delivery, to, by, key, since)
        reply = where_pressed(self._service, body, pressed)
        self._service.after_ack(lambda: self._share_and_tell(wanted, reply), reply)

    async def _refusal(self, to: str, pressed: Pressed, user: str) -> str | None:
        """Why the digest cannot be shown there, as far as that is known in time."""
        if not to or to == pressed.channel:
            return "same" if to else "missing"
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                await check_reach(self._service, to, user)
        except (NotInChannel, ChannelClosed) as closed:
            return _reason(closed)
        except TimeoutError:  # posting will tell
            log.info("channel not looked at in time", extra={"channel": to})
        return None

    async def _share_and_tell(self, wanted: Sharing, reply: Reply) -> None:
        try:
            refused = await self._share(wanted)
        except SharingInDoubt:
            await self._look_again(wanted, reply)
            return
        if refused is None:
            return
        await self._service.confirm(reply, not_shared(wanted.to, refused) if refused else was_shared(wanted.to))

        async def note() -> None:
            await self._is_first_word(wanted)

        self._service.beside(note)

    async def _look_again(self, wanted: Sharing, reply: Reply) -> None:
        """Have the delivery at hand handled again; who has heard nothing yet hears once that it may be there."""
        held = at_hand()
        if held:
            held.works += 1
            self._service.intake.fail(held)
            held.is_delay_told = True  # else, should the record be away now, they were told to send it again
        if await self._is_first_word(wanted):
            await self._service.confirm(reply, may_be_shared(wanted.to, looks_again=held is not None))

    async def _is_first_word(self, wanted: Sharing) -> bool:
        """Whether its person was told nothing of it before; notes down that they are now."""
        async with self._service.database.sessions.begin() as session:
            return await first_time(session, self._service.workspace, f"{wanted.key}:told", datetime.now(UTC))

    async def _share(self, wanted: Sharing) -> str | None:
        """Share it, once: empty; why it was refused; None where it was asked for before, and is done or being done."""
        held = at_hand()
        is_again = held is not None and held.is_again
        async with self._service.database.sessions.begin() as session:
            is_first = await first_time(session, self._service.workspace, wanted.key, datetime.now(UTC))
        if not is_first and not is_again:
            return None
        try:
            await self._sharing.post(wanted, again=not is_first)
        except (NotInChannel, ChannelClosed) as closed:
            return _reason(closed)
        return ""


def _reason(closed: NotInChannel | ChannelClosed) -> str:
    return closed.reason if isinstance(closed, ChannelClosed) else "not_in_channel"
