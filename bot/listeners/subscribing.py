"""A channel's digests, by the digest command: listed, subscribed, previewed, paused, resumed and stopped."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.arranging import DIGEST_KEY, Arranging, read_in
from bot.blocks.subscription_list import gets_words, subscriptions_shown, which_change, which_one, which_preview
from bot.blocks.subscriptions import digest_usage, done_words, said, subscribed
from bot.listeners.arranging_by_form import ArrangingByForm
from bot.listeners.payloads import delivery_key, reply_to, unescape
from bot.listeners.subscribed import SubscribedListeners
from bot.previewing import show_preview
from bot.reaching import check_reach, is_among_people, where_it_can
from bot.service import Service
from bot.slack import Reply
from commands.arranging import Deed, is_about, is_all, named
from commands.mistakes import MemberMistake
from commands.reading_schedules import read_schedule
from commands.scopes import WHOLE_PLAN, read_scope
from store.subscriptions import Subscription, subscriptions

_HELP = frozenset({"help", "?", "usage"})
_NEW = frozenset({"new", "add"})
_CHANGE = frozenset({"change", "edit"})
_DEEDS = {
    **dict.fromkeys(("off", "stop", "unsubscribe"), Deed.STOP),
    "pause": Deed.PAUSE,
    **dict.fromkeys(("resume", "unpause", "continue"), Deed.RESUME),
}


class SubscribingListeners:
    """Digest subscriptions."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._arranging = Arranging(service)
        self._form = ArrangingByForm(service)

    def register(self, app: AsyncApp) -> None:
        """Listen for what channels want to read."""
        app.command(self._service.names.digest)(self.arrange_digest)
        self._form.register(app)
        SubscribedListeners(self._service).register(app)

    async def arrange_digest(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """The digest command: what is subscribed, a preview, a change, an end, or a new subscription."""
        await ack()
        reply = reply_to(self._service.slack, command)
        typed = unescape(command.get("text", "")).strip()

        async def work() -> None:
            try:
                await self._do_command(typed, command, reply)
            except MemberMistake as error:
                raise where_it_can(error, command["channel_id"], command.get("channel_name", "")) from error

        self._service.after_ack(work, reply)

    async def _do_command(self, typed: str, command: dict[str, Any], reply: Reply) -> None:
        first, _, rest = typed.partition(" ")
        word = first.casefold()
        if typed.casefold() in _HELP:
            await reply(digest_usage(self._service.names))
        elif not typed:
            await self._show(command, reply)
        elif word == "preview":
            await self._preview(rest, command["channel_id"], reply)
        elif word in _DEEDS:
            await self._do(_DEEDS[word], rest, command, reply)
        elif typed.casefold() in _NEW:
            await self._form.open_new(command)
        elif word in _CHANGE:
            await self._change(rest, command, reply)
        else:
            await self._subscribe(typed, command, reply)

    async def _show(self, command: dict[str, Any], reply: Reply) -> None:
        channel, current = command["channel_id"], await self._service.current()
        if is_among_people(channel, command.get("channel_name", "")):
            await check_reach(self._service, channel, command["user_id"])
        async with self._service.database.reading() as session:
            found = await subscriptions(session, self._service.workspace, channel)
        await reply(subscriptions_shown(found, current.plan, self._service.names, gets_words(channel, channel)))

    async def _preview(self, typed: str, channel: str, reply: Reply) -> None:
        """The digest that is named; else the channel's, where it gets one, or what would come, where it gets none."""
        current = await self._service.current()
        async with self._service.database.reading() as session:
            found = await subscriptions(session, self._service.workspace, channel)
        scope = read_scope(typed, current.plan) if typed.strip() else None
        about = [one for one in found if scope is None or is_about(one, scope)]
        if len(about) > 1:
            await reply(which_preview(about, current.plan, self._service.names))
        else:
            await show_preview(self._service, about[0] if about else scope or WHOLE_PLAN, reply)

    async def _named(self, typed: str, channel: str, deed: str) -> tuple[Subscription, ...]:
        async with self._service.database.reading() as session:
            current = await self._service.shelf.current(session)
            return await named(session, self._service.workspace, current.plan, channel=channel, typed=typed, deed=deed)

    async def _do(self, deed: Deed, typed: str, command: dict[str, Any], reply: Reply) -> None:
        """Pause, resume or stop what is named; where that may be several, ask which."""
        found = await self._named(typed, command["channel_id"], deed)
        current = await self._service.current()
        if deed is not Deed.STOP:
            found = tuple(one for one in found if one.is_paused == (deed is Deed.RESUME)) or found[:1]
        if len(found) > 1 and not is_all(typed):
            await reply(which_one(found, deed, current.plan, self._service.names))
            return
        member = await self._service.people.member(command["user_id"])
        done = await self._arranging.do(deed, [one.id for one in found], member, delivery_key(command, DIGEST_KEY))
        if done is None:
            await self._show(command, reply)
            return
        words = done_words(done, current.plan, self._service.names, read_in(command["channel_id"]))
        await self._service.confirm(reply, said(words))

    async def _change(self, typed: str, command: dict[str, Any], reply: Reply) -> None:
        found = await self._named(typed, command["channel_id"], "change")
        if len(found) == 1:
            await self._form.open_change(command, found[0].id)
            return
        current = await self._service.current()
        await reply(which_change(found, current.plan, self._service.names))

    async def _subscribe(self, typed: str, command: dict[str, Any], reply: Reply) -> None:
        current = await self._service.current()
        asked = read_schedule(typed, current.plan, current.plan.about.timezone)
        member, channel = await self._service.people.member(command["user_id"]), command["channel_id"]
        made = await self._arranging.subscribe(asked, channel, member, delivery_key(command, DIGEST_KEY))
        message = subscribed(
            made.subscription,
            current.plan,
            self._service.names,
            place=read_in(channel),
            unclear_zone=asked.unclear_zone,
        )
        await self._service.confirm(reply, message)
