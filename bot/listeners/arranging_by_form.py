"""A channel's digest is set up, and changed, in a form: by choosing all that can be typed."""

import asyncio
import re
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.arranging import DIGEST_KEY, Arranging, read_in
from bot.blocks.digest_form import (
    MENTIONS,
    SCOPE,
    ZONE,
    Aim,
    View,
    digest_form,
    scope_suggestions,
    zone_suggestions,
)
from bot.blocks.mistakes import field_mistakes
from bot.blocks.subscription_list import CHANGE, NEW
from bot.blocks.subscriptions import changing_words, subscribed
from bot.blocks.voice import slack_voice
from bot.errors import log_failure
from bot.listeners.payloads import delivery_key, person_of, reply_to
from bot.makers import naming_who_may, with_who_may
from bot.reaching import check_reach, is_among_people
from bot.service import Service
from bot.wording.mistakes import mistake_sentences
from commands.arranging import may_change, same_as
from commands.digest_choices import scope_choices, zone_choices
from commands.digest_form import FORM, Filled, filled_of, read_digest_form
from commands.member import Member
from commands.mistakes import (
    ChannelClosed,
    InvalidFields,
    MemberMistake,
    NotInChannel,
    NotYours,
    SubscribedAlready,
    SubscriptionGone,
)
from commands.reading_schedules import Asked
from store.subscriptions import Subscription, looked_at

CHECK_SECONDS = 2.0
"""For looking at what is handed in; Slack waits 3 seconds for what is wrong with it."""


class ArrangingByForm:
    """The form of a digest: opened, filled with what may be chosen, handed in."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._arranging = Arranging(service)

    def register(self, app: AsyncApp) -> None:
        """Listen for what opens the form, and for what is done in it."""
        app.action(NEW)(self.begin_digest)
        app.action(re.compile(rf"^{CHANGE}:\d+$"))(self.begin_change)
        app.options(ZONE)(self.suggest_zones)
        app.options(SCOPE)(self.suggest_scopes)
        app.view(FORM)(self.arrange_by_form)

    async def begin_digest(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The button 'New digest'."""
        await ack()

        async def work() -> None:
            await self.open_new(body)

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def begin_change(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """The button 'Change' beside a digest."""
        await ack()

        async def work() -> None:
            await self.open_change(body, int(action["value"]))

        self._service.after_ack(work, reply_to(self._service.slack, body))

    async def open_new(self, body: dict[str, Any]) -> None:
        """Open the form of a new digest: for the channel where that was asked for, else for one chosen in it."""
        current, (place, name) = await self._service.current(), _place(body)
        channel = "" if not place or is_among_people(place, name) else place
        aim = Aim(place, channel, response_url=body.get("response_url") or "")
        form = digest_form(aim, Filled(zone=current.plan.about.timezone), scope_choices(current.plan))
        await self._service.slack.open_view(body["trigger_id"], form)

    async def open_change(self, body: dict[str, Any], subscription: int) -> None:
        """Open the form of a subscription. Raises NotYours, SubscriptionGone and FormTooLate."""
        current, member = await self._service.current(), await self._service.people.member(person_of(body))
        async with naming_who_may(self._service):
            kept = await self._kept(subscription)
            may_change(kept, member)
        place, _ = _place(body)
        aim = Aim(place, kept.channel_id, kept.id, body.get("response_url") or "")
        lead = changing_words(kept, current.plan, place)
        form = digest_form(aim, filled_of(kept), scope_choices(current.plan), lead=lead)
        await self._service.slack.open_view(body["trigger_id"], form)

    async def _kept(self, subscription: int) -> Subscription:
        async with self._service.database.reading() as session:
            found = await looked_at(session, self._service.workspace, subscription)
        if found is None:
            raise SubscriptionGone
        return found

    async def suggest_zones(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is typed into the menu of zones."""
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                current = await self._service.current()
                member = await self._service.people.member(person_of(body))
        except Exception as error:  # a menu can tell nothing but that there is nothing
            log_failure(error)
            await ack(options=[])
            return
        own = member.zone.key if member.is_known else ""
        found = zone_choices(str(body.get("value") or ""), current.plan.about.timezone, own)
        await ack(**zone_suggestions(found))

    async def suggest_scopes(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is typed into the menu of what a digest may be about, where that is more than a menu shows."""
        try:
            current = await self._service.current()
        except Exception as error:
            log_failure(error)
            await ack(options=[])
            return
        await ack(**scope_suggestions(scope_choices(current.plan).found(str(body.get("value") or ""))))

    async def arrange_by_form(self, ack: AsyncAck, body: dict[str, Any], view: View) -> None:
        """The form handed in: what is wrong is shown beside its field; else the channel gets what was chosen."""
        aim = Aim.read(view.get("private_metadata", ""))
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                asked, channel = await self._look_at(body, view, aim)
        except InvalidFields as mistake:
            await _refuse(ack, field_mistakes(mistake), view)
        except MemberMistake as mistake:
            await _refuse(ack, await self._words_at_fields(mistake), view)
        except Exception as error:  # whatever it is, what was chosen stays before the person
            log_failure(error)
            await _refuse(ack, field_mistakes(InvalidFields({"scope": "not looked up"})), view)
        else:
            await ack()
            self._arrange(body, aim, asked, channel)

    async def _look_at(self, body: dict[str, Any], view: View, aim: Aim) -> tuple[Asked, str]:
        """What is asked for, and for which channel. Raises what is wrong with it."""
        current, user = await self._service.current(), person_of(body)
        asked = read_digest_form(filled_in(view), current.plan)
        channel = aim.channel or _chosen(view, "channel", "selected_conversation")
        channel = channel or await self._service.slack.direct_message(user)
        if await self._arranging.is_done(delivery_key(body, DIGEST_KEY)):
            return asked, channel  # so that handing it in again tells what was kept
        member = await self._service.people.member(user)
        await self._check(asked, channel, aim, member)
        if aim.subscription is None:
            await check_reach(self._service, channel, user)
        return asked, channel

    async def _check(self, asked: Asked, channel: str, aim: Aim, member: Member) -> None:
        async with self._service.database.reading() as session:
            same = await same_as(session, self._service.workspace, asked.schedule, channel)
        if aim.subscription is None:
            if same:
                may_change(same, member)
            return
        may_change(await self._kept(aim.subscription), member)
        if same and same.id != aim.subscription:
            raise SubscribedAlready

    async def _words_at_fields(self, mistake: MemberMistake) -> dict[str, str]:
        """What is wrong, by field; Slack shows it as plain text, in which nobody can be mentioned."""
        match mistake:
            case NotInChannel():
                return field_mistakes(InvalidFields({"channel": "not in channel"}))
            case ChannelClosed():
                return field_mistakes(InvalidFields({"channel": "archived"}))
            case SubscribedAlready():
                return field_mistakes(InvalidFields({"scope": "subscribed already"}))
        called: dict[str, str] = {}
        if isinstance(mistake, NotYours):
            mistake = await with_who_may(self._service, mistake)
            called = await self._service.people.names([mistake.made_by, *mistake.administrators])
        voice = replace(slack_voice(), plain=str, person=lambda one: called.get(one, "a colleague"), strong=str)
        return {"scope": " ".join(mistake_sentences(mistake, voice, self._service.names)).replace("`", "")}

    def _arrange(self, body: dict[str, Any], aim: Aim, asked: Asked, channel: str) -> None:
        reply = reply_to(self._service.slack, {**body, "response_url": aim.response_url})

        async def work() -> None:
            member, key = await self._service.people.member(person_of(body)), delivery_key(body, DIGEST_KEY)
            if aim.subscription is None:
                kept = (await self._arranging.subscribe(asked, channel, member, key)).subscription
            else:
                kept = await self._arranging.change(aim.subscription, asked, member, key)
            plan = (await self._service.current()).plan
            names, is_change = self._service.names, aim.subscription is not None
            await self._service.confirm(
                reply, subscribed(kept, plan, names, place=read_in(aim.place), is_change=is_change)
            )

        self._service.after_ack(work, reply)


def filled_in(view: View) -> Filled:
    """What stands in the form's fields."""
    ticked = [one["value"] for one in _element(view, "mentions").get("selected_options") or ()]
    return Filled(
        every=_option(view, "every"),
        weekday=_option(view, "weekday"),
        time=_chosen(view, "time", "selected_time"),
        zone=_option(view, "zone"),
        scope=_option(view, "scope"),
        mentions=MENTIONS in ticked,
    )


def _element(view: View, field: str) -> dict[str, Any]:
    values = view["state"]["values"].items()
    return next((next(iter(held.values()), {}) for block, held in values if block.partition(":")[0] == field), {})


def _option(view: View, field: str) -> str:
    return (_element(view, field).get("selected_option") or {}).get("value") or ""


def _chosen(view: View, field: str, name: str) -> str:
    return str(_element(view, field).get(name) or "")


async def _refuse(ack: AsyncAck, wrong: dict[str, str], view: View) -> None:
    """Say what is wrong beside the fields; what is of a field that the form has not, beside what it is about."""
    there = {str(block.get("block_id", "")).partition(":")[0]: block["block_id"] for block in view["blocks"]}
    await ack(
        response_action="errors",
        errors={there.get(field, there["scope"]): words for field, words in wrong.items()},
    )


def _place(body: dict[str, Any]) -> tuple[str, str]:
    """The id and the name of the conversation in which something was typed or pressed; nothing for App Home."""
    if "channel_id" in body:
        return str(body["channel_id"]), str(body.get("channel_name", ""))
    channel = body.get("channel") or {}
    return str(channel.get("id", "")), str(channel.get("name", ""))
