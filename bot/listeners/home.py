"""The App Home: the plan, and the member's own actions."""

from datetime import UTC, date, datetime
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.blocks.departures import unowned_notice
from bot.blocks.home import home, home_without_plan
from bot.blocks.ledger import ledger
from bot.blocks.message import Block, Message
from bot.delivering import RULES
from bot.service import Service
from bot.unanswered import reminder_notices
from commands.departing import unowned
from commands.ledger import read_ledger
from commands.member import Member
from commands.mistakes import NoPlanYet
from commands.progress.choices import choices
from commands.progress.recording import own_entries
from store.addresses import unknown_addresses
from store.departures import gone_people
from store.digest_wishes import is_muted


class HomeListeners:
    """What a member sees on opening the bot."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def register(self, app: AsyncApp) -> None:
        """Listen for members who open the App Home."""
        app.event("app_home_opened")(self.show_home)

    async def show_home(self, event: dict[str, Any]) -> None:
        """The home tab was opened; the messages tab shows itself."""
        if event.get("tab", "home") != "home":
            return
        user = event["user"]

        async def work() -> None:
            await self.publish(user)

        async def reply(message: Message) -> None:
            await self._service.slack.publish_home(user, message.blocks)

        self._service.after_ack(work, reply)

    async def publish(self, user: str) -> None:
        """Show the home tab as it is now."""
        member = await self._service.people.member(user)
        try:
            current = await self._service.current()
        except NoPlanYet:
            await self._service.slack.publish_home(user, home_without_plan(member.is_administrator))
            return
        today = datetime.now(current.plan.about.zone).date()
        notices = await self._notices(member, today) if member.is_administrator else ()
        own = own_entries(current.plan, member)
        can = bool(len(choices(current.plan, member, today)))
        blocks = home(
            current.plan,
            own,
            today=today,
            names=self._service.names,
            delegated=member.delegated,
            may_report=can,
            is_muted=await self._is_muted(user),
            notices=notices,
        )
        await self._service.slack.publish_home(user, blocks)

    async def _is_muted(self, user: str) -> bool:
        async with self._service.database.reading() as session:
            return await is_muted(session, self._service.workspace, user)

    async def _notices(self, member: Member, today: date) -> tuple[Block, ...]:
        """What nobody can report on, whose reminders stay unanswered, what is no longer its owner's, the digests.

        For administrators alone.
        """
        now, names = datetime.now(UTC), self._service.names
        async with self._service.database.reading() as session:
            gone = await gone_people(session, self._service.workspace)
            unknown = await unknown_addresses(session, self._service.workspace)
            digests = await read_ledger(session, self._service.workspace, RULES, now)
            plan = (await self._service.shelf.current(session)).plan
        nobodys = unowned_notice(unowned(plan, gone, unknown), today)
        reminders = await reminder_notices(self._service, today)
        return *nobodys, *reminders, *ledger(digests, plan, member.zone, names)
