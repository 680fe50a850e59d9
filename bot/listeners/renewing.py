"""The button 'No change, still true': an action's status is confirmed as it stands."""

import re
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.progress import RENEW, my_entries
from bot.listeners.home import HomeListeners
from bot.listeners.keeping import keep_or_ask
from bot.listeners.opening import member_of, named_by
from bot.listeners.payloads import delivery_key, person_of, reply_to
from bot.service import Service
from commands.progress.reading import Report
from commands.progress.recording import own_entries
from store.updates import Via


class RenewingListeners:
    """What is confirmed by one press."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._home = HomeListeners(service)

    def register(self, app: AsyncApp) -> None:
        """Listen for the button, wherever it stands."""
        app.action(re.compile(rf"^{RENEW}(:\d+)?$"))(self.renew)

    async def renew(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Nothing has changed: the day of the last word is today's; a list in which it stood tells so."""
        await ack()
        reply, is_listed = reply_to(self._service.slack, body), action["action_id"] != RENEW

        async def work() -> None:
            entry = named_by(action["value"], await self._service.current())
            report = Report(entry.key, is_renewal=True)
            key = delivery_key(body, "renew")
            kept = await keep_or_ask(self._service, report, person_of(body), Via.COMMAND, key, reply)
            if kept and is_listed:
                await self._refresh(body)

        self._service.after_ack(work, reply)

    async def _refresh(self, body: dict[str, Any]) -> None:
        if body["container"]["type"] == "view":
            await self._home.publish(person_of(body))
            return
        current, member = await self._service.current(), await member_of(self._service, body)
        today = datetime.now(current.plan.about.zone).date()
        own = own_entries(current.plan, member)
        mine = my_entries(own, today=today, names=self._service.names, delegated=member.delegated)
        await reply_to(self._service.slack, body, replace=True)(mine)
