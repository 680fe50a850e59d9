"""The buttons below a digest: update mine, ask about this, mute for me."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.digest_buttons import ASK, MUTE, UNMUTE, UPDATE
from bot.blocks.digest_pressed import (
    ASK_FORM,
    MOST_HINTED,
    Pressed,
    muted,
    no_question,
    question_form,
    question_in,
    unmuted,
)
from bot.blocks.message import Message
from bot.blocks.progress import my_entries
from bot.listeners.asking import AskingListeners
from bot.listeners.home import HomeListeners
from bot.listeners.opening import member_of, show_form, today_in
from bot.listeners.payloads import person_of, reply_to, whole
from bot.service import Service
from bot.slack import Reply
from commands.progress.choices import named_first
from store.digest_showing import delivery_with
from store.digest_wishes import set_muted
from store.digests import Delivery
from store.plan import Action, Indicator, Plan


class DigestButtonListeners:
    """What readers of a digest do about it."""

    def __init__(self, service: Service, asking: AskingListeners, home: HomeListeners) -> None:
        self._service = service
        self._asking = asking
        self._home = home

    def register(self, app: AsyncApp) -> None:
        """Listen for the buttons, and for the question that is asked about a digest."""
        app.action(UPDATE)(self.open_form)
        app.action(ASK)(self.ask_question)
        app.view(ASK_FORM)(self.answer_question)
        app.action(MUTE)(self.mute)
        app.action(UNMUTE)(self.unmute)

    async def open_form(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The form of what the person may report on: of what the digest names, if there is any of that."""
        await ack()
        reply = reply_to(self._service.slack, body)

        async def work() -> None:
            member, current = await member_of(self._service, body), await self._service.current()
            named = await self._named(action)
            entry = named_first(current.plan, member, today_in(current), named)
            if not await show_form(self._service, body, member, entry):
                await reply(my_entries((), today=today_in(current), names=self._service.names))

        self._service.after_ack(work, reply)

    async def ask_question(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The form that takes a question, with some of what the digest names."""
        await ack()
        pressed = pressed_in(body, action)

        async def work() -> None:
            plan = (await self._service.current()).plan
            named = _entries(plan, await self._named(action))
            form = question_form(pressed, named[:MOST_HINTED], len(named[MOST_HINTED:]))
            await self._service.slack.open_view(body["trigger_id"], form)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def answer_question(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        """The question, answered as after the plan command: where the button was pressed, for the person alone."""
        question = whole(question_in(view["state"]["values"]))
        if not question:
            await ack(response_action="errors", errors=no_question())
            return
        await ack()
        reply = where_pressed(self._service, body, Pressed.read(view["private_metadata"]))

        async def work() -> None:
            await self._asking.answer_alone(question, body, reply)

        self._service.after_ack(work, reply)

    async def mute(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """From now on digests name the person without mentioning them."""
        await ack()
        self._wish(body, muted(), reply_to(self._service.slack, body), is_muted=True)

    async def unmute(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Digests mention the person again."""
        await ack()
        self._wish(body, unmuted(), reply_to(self._service.slack, body, replace=True), is_muted=False)

    def _wish(self, body: dict[str, Any], told: Message, reply: Reply, *, is_muted: bool) -> None:
        person = person_of(body)

        async def show_home(_: Message) -> None:
            await self._home.publish(person)

        async def work() -> None:
            async with self._service.database.sessions.begin() as session:
                await set_muted(session, self._service.workspace, person, is_muted=is_muted)
            await self._service.confirm(show_home if _is_home(body) else reply, told)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def _named(self, action: dict[str, Any]) -> tuple[str, ...]:
        delivery = await delivery_of(self._service, action["value"])
        return delivery.named if delivery else ()


def pressed_in(body: dict[str, Any], action: dict[str, Any]) -> Pressed:
    """Below which digest a button was pressed, and where."""
    return Pressed(int(action["value"]), body["channel"]["id"], body.get("response_url") or "")


def where_pressed(service: Service, body: dict[str, Any], pressed: Pressed) -> Reply:
    """Shows something, to whoever handed a form in, in the channel where they opened it; else in the direct message."""
    return reply_to(service.slack, {**body, "response_url": pressed.response_url})


async def delivery_of(service: Service, value: str) -> Delivery | None:
    """The delivery that a button's value names."""
    async with service.database.reading() as session:
        return await delivery_with(session, service.workspace, int(value))


def _entries(plan: Plan, named: tuple[str, ...]) -> list[Action | Indicator]:
    nodes = [node for key in named if (node := plan.find(key))]
    return [node.entry for node in nodes if isinstance(node.entry, Action | Indicator)]


def _is_home(body: dict[str, Any]) -> bool:
    return (body.get("view") or {}).get("type") == "home"
