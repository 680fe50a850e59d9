"""Owners are reminded, each exactly once ahead of a digest, whatever is killed when.

As with digests: a reminder is claimed in the record before it is posted, and carries its id as metadata, so that one
that was claimed and not marked as posted is looked for in the direct message before it is posted again.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.lettering import reminder_message
from bot.posted import CLOCKS_APART, LEASE, POST_SECONDS, Metadata, find_posted, has_rested, marked
from bot.service import Service
from bot.slack import SLACK_FAILURES, error_code
from commands.member import Member
from commands.mistakes import ChannelClosed, NoPlanYet, NotInChannel
from commands.outlook import Letter, Outlook, letter, look
from commands.reminding import APART, Waiting, is_asked_for, is_time, may_be_near
from commands.workdays import is_working_time
from store.reminder_wishes import Wish, keep_wish, settle, wish_of
from store.reminders import Reminded, claim, give_up, mark_posted, reclaim, unposted, withdraw

log = logging.getLogger(__name__)

METADATA = "planbot_reminder"
GIVEN_UP_AFTER = timedelta(days=3)
"""For how long Slack may be unable to say whether a reminder is there."""
AT_ONCE = 3
"""How many are sent at the same time."""
_A_DAY = timedelta(days=1)
_UNREACHABLE = frozenset(
    {
        "user_not_found",
        "user_disabled",
        "user_not_visible",
        "users_not_found",
        "cannot_dm_bot",
        "invalid_user_combination",
        "channel_not_found",
        "messages_tab_disabled",
        "is_archived",
        "restricted_action",
    }
)
"""What Slack answers where nothing can be brought to a person, however often one tries."""


class Reminders:
    """Looks for owners who are to be reminded, and for reminders that a killed process left half done."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._holidays = service.holidays
        self._me = f"{socket.gethostname()}:{os.getpid()}"
        self._reads = True
        """Whether the record could be read at the last look."""

    async def wake(self) -> None:
        """Send what is to be sent now. An error of one reminder is logged and keeps none of the others waiting."""
        now = datetime.now(UTC)
        try:
            outlook = await self._outlook(now)
            async with self._service.database.reading() as session:
                left = await unposted(session, self._service.workspace, now - LEASE)
            await self._settle(outlook)
        except NoPlanYet:
            return
        except Exception as error:
            # The whole story once; a database that is away for an hour would else fill the log with it.
            log.warning("reminders not read", exc_info=error if self._reads else None)
            self._reads = False
            return
        self._reads = True
        hands = asyncio.Semaphore(AT_ONCE)
        rested = [one for one in left if has_rested(one.claimed_at, one.attempts, now)]
        near = [one for one in outlook.waiting() if self._may_be_time(one, outlook)]
        await asyncio.gather(
            *(self._guarded(hands, self._remind(one, outlook), one.person) for one in near),
            *(self._guarded(hands, self._recover(one), one.person) for one in rested),
        )

    async def _guarded(self, hands: asyncio.Semaphore, work: Coroutine[None, None, None], person: str) -> None:
        async with hands:
            try:
                await work
            except Exception as error:  # whatever it is, the claim is taken up again after its lease
                known = error if not isinstance(error, SLACK_FAILURES) else None
                code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
                log.warning("reminder not sent", extra={"user": person, "error": code}, exc_info=known)

    async def _outlook(self, now: datetime) -> Outlook:
        async with self._service.database.reading() as session:
            current = await self._service.shelf.current(session)
            return await look(session, self._service.workspace, current.plan, now)

    async def _settle(self, outlook: Outlook) -> None:
        settled = outlook.settled()
        if settled:
            async with self._service.database.sessions.begin() as session:
                await settle(session, settled, outlook.now)

    def _may_be_time(self, one: Waiting, outlook: Outlook) -> bool:
        """What can be told without the person's zone, so that nobody is looked up in vain."""
        wish, last = outlook.wish(one.person), outlook.last.get(one.person)
        is_late_enough = wish.comes_on is not None or last is None or outlook.now.date() - last >= APART - _A_DAY
        return not wish.is_off and is_late_enough and may_be_near(one, outlook.now)

    async def _remind(self, one: Waiting, outlook: Outlook) -> None:
        member = await self._service.people.member(one.person)
        wish, now = outlook.wish(one.person), datetime.now(UTC)  # of the claim itself: the lease is counted from it
        is_due = member.is_known and is_time(
            one,
            now=now,
            zone=member.zone,
            wish=wish,
            last=outlook.last.get(one.person),
            holidays=self._holidays,
            began=outlook.began,
        )
        if not is_due:
            return
        today = now.astimezone(member.zone).date()
        async with self._service.database.sessions.begin() as session:
            claimed = await claim(
                session,
                self._service.workspace,
                one.person,
                day=today,
                keys=[due.entry.key for due in one.due],
                apart=_A_DAY if is_asked_for(wish, today) else APART,
                by=self._me,
                now=now,
            )
        if claimed:
            await self._post_guarded(claimed, member)

    async def _recover(self, left: Reminded) -> None:
        """Finish a reminder that was claimed and not marked as posted: find the message, else post it if it is time.

        Where the direct message cannot be read, it is not posted: it may be there already.
        """
        now = datetime.now(UTC)
        async with self._service.database.sessions.begin() as session:
            if now.date() - left.day > GIVEN_UP_AFTER:
                await give_up(session, left, "in_doubt")
                return
            if not await reclaim(session, left, self._me, now):
                return
        try:
            channel = await self._service.slack.direct_message(left.person)
            began = datetime.combine(left.day, datetime.min.time(), UTC) - _A_DAY
            found = await find_posted(
                self._service.slack, channel, _metadata(left), after=began, before=now + CLOCKS_APART
            )
        except SlackApiError as error:
            await self._give_up_if_unreachable(left, error)
            return
        if found:
            await self._mark(left, channel, found, left.keys)
            return
        member = await self._service.people.member(left.person)
        if await self._is_still_time(left, member, now):
            await self._post_guarded(left, member)
        else:
            await self._withdraw(left)

    async def _is_still_time(self, left: Reminded, member: Member, now: datetime) -> bool:
        wish = (await self._outlook(now)).wish(left.person)
        rests = wish.is_off or (wish.rests_until is not None and wish.rests_until > left.day)
        return not rests and is_working_time(now, member.zone, self._holidays)

    async def _post_guarded(self, claimed: Reminded, member: Member) -> None:
        try:
            async with asyncio.timeout(POST_SECONDS):
                await self._post(claimed, member)
        except (NotInChannel, ChannelClosed) as closed:
            await self._give_up(claimed, closed.reason if isinstance(closed, ChannelClosed) else "channel_not_found")
        except SlackApiError as error:
            await self._give_up_if_unreachable(claimed, error)

    async def _post(self, claimed: Reminded, member: Member) -> None:
        found = await self._letter(claimed)
        if not found.open:
            await self._withdraw(claimed)
            return
        if not await self._is_reachable(claimed.person):
            await self._give_up(claimed, "gone")
            return
        message = await reminder_message(self._service, found, number=claimed.id, zone=member.zone)
        channel = await self._service.slack.direct_message(claimed.person)
        ts = await self._service.slack.post(channel, message, metadata=_metadata(claimed))
        keys, asks = tuple(item.key for item in found.open), any(item.is_asked for item in found.open)
        await self._mark(claimed, channel, ts, keys, wants_answer=asks)
        log.info("owner reminded", extra={"reminder": claimed.id, "entries": len(found.open)})

    async def _is_reachable(self, person: str) -> bool:
        """Whether it is somebody who can read: no program, and nobody who has left."""
        colleague = await self._service.people.colleague(person)
        return colleague is not None and not colleague.is_gone and not colleague.is_bot

    async def _letter(self, claimed: Reminded) -> Letter:
        """What to say now: what was mended since the claim is not said."""
        async with self._service.database.reading() as session:
            current = await self._service.shelf.current(session)
            now = datetime.now(UTC)
            outlook = await look(session, self._service.workspace, current.plan, now, claimed.keys)
            return await letter(session, self._service.workspace, outlook, claimed.person, claimed.keys)

    async def _mark(
        self, claimed: Reminded, channel: str, ts: str, keys: tuple[str, ...], *, wants_answer: bool = True
    ) -> None:
        now = datetime.now(UTC)
        async with self._service.database.sessions.begin() as session:
            await mark_posted(
                session, claimed.id, channel=channel, ts=ts, keys=keys, now=now, wants_answer=wants_answer
            )
            wish = await wish_of(session, self._service.workspace, claimed.person)
            if wish.comes_on and wish.comes_on <= claimed.day:
                await keep_wish(session, self._service.workspace, claimed.person, Wish())

    async def _withdraw(self, claimed: Reminded) -> None:
        async with self._service.database.sessions.begin() as session:
            await withdraw(session, claimed)

    async def _give_up_if_unreachable(self, claimed: Reminded, error: SlackApiError) -> None:
        if error_code(error) not in _UNREACHABLE:
            raise error
        await self._give_up(claimed, error_code(error))

    async def _give_up(self, claimed: Reminded, reason: str) -> None:
        """The person cannot be reached: not tried again before the next reminder is due."""
        async with self._service.database.sessions.begin() as session:
            await give_up(session, claimed, reason)
        log.warning("owner cannot be reached", extra={"user": claimed.person, "reason": reason})


def _metadata(claimed: Reminded) -> Metadata:
    return marked(METADATA, reminder=claimed.id)
