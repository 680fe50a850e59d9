"""People who have left: noticed by Slack's word or by asking, told to the administrators once, settled in the end."""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.blocks.departures import departure_card
from bot.blocks.message import Message
from bot.service import Service
from bot.slack import SLACK_FAILURES, error_code
from commands.departing import Left, left_by
from commands.mistakes import ChannelClosed, NoPlanYet, NotInChannel
from commands.progress.finding import Reportable
from commands.progress.recording import indicators
from store.addresses import addresses_of, is_owners_address, remember_addresses, unknown_addresses
from store.departures import Departed, departures, gone_people, note_told, notice, settle
from store.handled import first_time, forget

log = logging.getLogger(__name__)

DAY_SECONDS = 86_400.0
CHECK_OWNERS_AFTER_SECONDS = 60.0
"""How long after the start owners are asked about: members who wait for something go first."""


class Departures:
    """Notices who has left."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def changed(self, user: Mapping[str, Any]) -> None:
        """What Slack says of a person has changed: tell the administrators if an owner has left, once."""
        identity, email = str(user["id"]), (user.get("profile") or {}).get("email")
        if email:
            await self._remember(str(email), identity)
        is_open = identity in await self._gone()
        try:
            left = await self.left(identity) if user.get("deleted") else ()
        except NoPlanYet:
            return
        if not left:
            if is_open:
                await self._settle(identity)
            return
        now = datetime.now(UTC)
        async with self._service.database.sessions.begin() as session:
            known = email or next(iter(await addresses_of(session, self._service.workspace, identity)), None)
            departed = await notice(session, self._service.workspace, identity, email=known, name=_name(user), now=now)
        await self._tell(departed)

    async def check(self) -> None:
        """Ask about every owner, since an event may have been missed, and tell what was not told.

        No failure leaves here: the next day comes.
        """
        try:
            plan = (await self._service.current()).plan
            entries: tuple[Reportable, ...] = (*plan.actions(), *indicators(plan))
            owners = {owner for one in entries for owner in one.owners if "@" not in owner}
            async with self._service.database.reading() as session:
                waiting = await departures(session, self._service.workspace)
            for person in sorted(owners | {one.user_id for one in waiting}):
                await self._check(person)
        except NoPlanYet:
            return
        except Exception as error:  # whatever it is, the bot goes on
            log.warning("owners not checked", extra={"error": type(error).__name__})

    async def _check(self, person: str) -> None:
        try:
            user = (await self._service.slack.ask("users.info", user=person)).get("user") or {}
        except SlackApiError as error:
            if error_code(error) in ("user_not_found", "user_not_visible"):
                return
            raise
        if user.get("deleted") or person in await self._gone():
            await self.changed(user)

    async def _gone(self) -> dict[str, str]:
        async with self._service.database.reading() as session:
            return await gone_people(session, self._service.workspace)

    async def departed(self, user: str) -> Departed | None:
        """Somebody who has left and is not settled."""
        async with self._service.database.reading() as session:
            found = await departures(session, self._service.workspace)
        return next((one for one in found if one.user_id == user), None)

    async def left(self, user: str) -> tuple[Left, ...]:
        """What somebody owns that is open. Raises NoPlanYet."""
        async with self._service.database.reading() as session:
            workspace = self._service.workspace
            plan = (await self._service.shelf.current(session)).plan
            gone, unknown = await gone_people(session, workspace), await unknown_addresses(session, workspace)
        return left_by(plan, user, gone, unknown)

    async def card(self, departed: Departed) -> Message:
        """Who has left, and what of theirs is open now; settles it where nothing is. Raises NoPlanYet."""
        plan = (await self._service.current()).plan
        left = await self.left(departed.user_id)
        if not left:
            await self._settle(departed.user_id)
        today = datetime.now(plan.about.zone).date()
        return departure_card(departed, left, today, self._service.names)

    async def _remember(self, email: str, user: str) -> None:
        """The address of an owner is this person's: so they are known by it also when they have left."""
        workspace = self._service.workspace
        async with self._service.database.reading() as session:  # most changes are of people who own nothing
            is_known = email.casefold() in await addresses_of(session, workspace, user)
            is_news = not is_known and await is_owners_address(session, workspace, email)
        if is_news:
            async with self._service.database.sessions.begin() as session:
                await remember_addresses(session, workspace, [(email, user)], datetime.now(UTC))

    async def _settle(self, user: str) -> None:
        async with self._service.database.sessions.begin() as session:
            if await settle(session, self._service.workspace, user, datetime.now(UTC)):
                log.info("departure settled")

    async def _tell(self, departed: Departed) -> None:
        if departed.is_told:
            return
        administrators = self._service.people.administrators
        if not administrators:
            log.warning("an owner has left, and PLANBOT_ADMINS names nobody who could be told")
            return
        if not await self.left(departed.user_id):  # handed over in this moment
            await self._settle(departed.user_id)
            return
        card = await self.card(departed)
        told = [await self._tell_one(departed, person, card) for person in sorted(administrators)]
        if all(told):
            async with self._service.database.sessions.begin() as session:
                await note_told(session, self._service.workspace, departed.user_id, datetime.now(UTC))

    async def _tell_one(self, departed: Departed, person: str, card: Message) -> bool:
        """Tell one administrator, once; whether they know."""
        key = f"departure:{departed.user_id}:{departed.noticed_at.isoformat()}:{person}"
        async with self._service.database.sessions.begin() as session:
            if not await first_time(session, self._service.workspace, key, datetime.now(UTC)):
                return True
        try:
            await self._service.slack.post(person, card)
        except (NotInChannel, ChannelClosed, *SLACK_FAILURES) as error:
            log.warning("administrator not told who has left", extra={"error": type(error).__name__})
            async with self._service.database.sessions.begin() as session:
                await forget(session, self._service.workspace, key)
            return False
        return True


def _name(user: Mapping[str, Any]) -> str | None:
    profile = user.get("profile") or {}
    return profile.get("real_name") or user.get("real_name") or profile.get("display_name") or user.get("name") or None
