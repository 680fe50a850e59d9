"""The shortcuts: the progress form from anywhere, and a message made into an update."""

import asyncio
import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.progress import my_entries
from bot.listeners.opening import Words, member_of, show_form, today_in
from bot.listeners.payloads import reply_to, whole
from bot.manifest import MESSAGE_SHORTCUT, REPORT_SHORTCUT
from bot.mrkdwn import as_read, mentioned_in, said_in
from bot.profiles import names_of
from bot.service import Service
from bot.slack import SLACK_FAILURES
from commands.progress.choices import Choices, choices
from commands.progress.finding import Reportable

log = logging.getLogger(__name__)

LINK_SECONDS = 1.0
"""For asking after a message's address: the form has to open within 3 seconds."""
MOST_NAMED = 20
"""People in a message whose names are asked for; of more, the ids stand."""


class ShortcutListeners:
    """What is done from Slack's own menus."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for the shortcuts that the manifest declares."""
        app.global_shortcut(REPORT_SHORTCUT)(self.report)
        app.message_shortcut(MESSAGE_SHORTCUT)(self.report_message)

    async def report(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The form, from wherever the member is."""
        await ack()

        async def work() -> None:
            await self._show(body, None)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def report_message(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The form with what a message says as the note, and its address as the evidence."""
        await ack()

        async def work() -> None:
            said = said_in(body["message"]).removeprefix(f"<@{self._service.bot_user}>")
            names, address = await asyncio.gather(
                names_of(self._service.slack, mentioned_in(said)[:MOST_NAMED]), self._address(body)
            )
            await self._show(body, Words(whole(as_read(said, names)), address))

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def _show(self, body: dict[str, Any], words: Words | None) -> None:
        member, current = await member_of(self._service, body), await self._service.current()
        offered = choices(current.plan, member, today_in(current))
        named = named_in(words.note, offered) if words else None
        if not await show_form(self._service, body, member, named, words):
            nothing = my_entries((), today=today_in(current), names=self._service.names)
            await reply_to(self._service.slack, body)(nothing)

    async def _address(self, body: dict[str, Any]) -> str:
        """The message's address; where Slack does not tell a bot that is not in the channel, as Slack makes them."""
        channel, message = body["channel"]["id"], body["message"]
        ts = str(message.get("ts") or body["message_ts"])
        try:
            async with asyncio.timeout(LINK_SECONDS):
                told = await self._service.slack.ask("chat.getPermalink", channel=channel, message_ts=ts)
            return str(told["permalink"])
        except SLACK_FAILURES as error:
            log.info("message's address not told", extra={"error": type(error).__name__})
        address = f"https://{body['team']['domain']}.slack.com/archives/{channel}/p{ts.replace('.', '')}"
        thread = message.get("thread_ts")
        return f"{address}?thread_ts={thread}&cid={channel}" if thread and thread != ts else address


def named_in(text: str, offered: Choices) -> Reportable | None:
    """The one entry among the choices whose key stands in a text; None where there is none, or more than one."""
    folded = text.casefold()
    found = [one for one in offered if re.search(rf"(?<![\w-]){re.escape(one.key.casefold())}(?![\w-])", folded)]
    return found[0] if len(found) == 1 else None
