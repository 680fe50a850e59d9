"""Bolt's app, with an intake in front of its listeners: what a person would miss is on the record before the ack."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.blocks.intake import not_kept, not_kept_yet
from bot.blocks.message import Message, escaped
from bot.holding import Held, at_hand, handling, put_at_hand
from bot.intake import delivery_of, kind_of, person_in, words_in
from bot.listeners.payloads import reply_to
from bot.service import Service
from store.intake import Handed

log = logging.getLogger(__name__)

LASTS_SECONDS = 2.0
"""How much longer something must wait for the record before a message, which the ack cannot hold, tells so."""


class ReceivingApp(AsyncApp):
    """Takes in what is to be kept, lets it go when its listener had nothing to do, and handles it again on demand."""

    def __init__(self, service: Service, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._service = service
        self.use(self._take_in)

    async def _take_in(self, body: dict[str, Any], next_: Callable[[], Awaitable[None]]) -> None:
        """Runs when Bolt has verified the request, before any listener."""
        if at_hand() is None:
            delivery = self._to_keep(body)
            put_at_hand(await self._service.intake.take_in(delivery) if delivery else None)
        await next_()

    def _to_keep(self, body: dict[str, Any]) -> Handed | None:
        try:
            kind = kind_of(body, self._service.names)
            return delivery_of(body, kind, datetime.now(UTC)) if kind else None
        except Exception:  # a payload of a shape that nobody knows may still be what a listener wants
            log.exception("delivery not read")
            return None

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """A delivery of Slack's. Where it is not on the record yet, the person is told so."""
        with handling(None):
            try:
                response = await super().async_dispatch(req)
                held = at_hand()
                if held and held.is_waiting and held.works > 1:
                    self._tell_of_delay(held, response)
            finally:
                held = at_hand()
                if held:
                    self._service.intake.end(held)
        return response

    def _tell_of_delay(self, held: Held, response: BoltResponse) -> None:
        payload = held.handed.payload
        message = not_kept_yet(words_in(payload))
        if "command" in payload and not response.body:
            held.is_delay_told = True
            response.body = json.dumps({"text": message.text, "blocks": list(message.blocks)})
            response.headers["content-type"] = ["application/json"]
            return

        async def tell_if_it_lasts() -> None:
            await asyncio.sleep(LASTS_SECONDS)
            if held.is_waiting:
                held.is_delay_told = True
                await self._tell(payload, message)

        self._service.desk.aside(tell_if_it_lasts)

    async def resume(self, held: Held) -> None:
        """Handle a delivery again that an earlier process, or an earlier attempt, did not come to the end of.

        Slack has its ack already: what the listener says in this one goes to the person as a message.
        """
        payload = held.handed.payload
        with handling(held):
            response = await super().async_dispatch(AsyncBoltRequest(body=dict(payload), mode="socket_mode"))
        told = _told_in_ack(response, words_in(payload))
        try:
            if told:
                await self._tell(payload, told)
        except Exception as error:  # whatever it is, the person must still hear of it
            log.warning("refusal not told", extra={"error": type(error).__name__})
            self._service.intake.fail(held)
        else:
            self._service.intake.end(held)

    async def _tell(self, payload: Mapping[str, Any], message: Message) -> None:
        if person_in(payload) is None:
            log.error("nobody to tell of a delivery", extra={"type": payload.get("type")})
        elif "event" in payload:
            event = payload["event"]
            await self._service.slack.post(event["channel"], message, thread=event.get("thread_ts"))
        else:
            await reply_to(self._service.slack, dict(payload))(message)


def _told_in_ack(response: BoltResponse, typed: str) -> Message | None:
    """What the person would have seen of an ack: an answer, or what is wrong with a form, which is gone by now."""
    if response.status != 200:
        return not_kept(typed)
    if not response.body:
        return None
    try:
        said = json.loads(response.body)
    except ValueError:
        return Message(response.body)
    if "response_action" in said:
        return not_kept(typed, [escaped(str(words)) for words in (said.get("errors") or {}).values()])
    return Message(str(said.get("text", "")), tuple(said.get("blocks") or ())) if said.get("text") else None
