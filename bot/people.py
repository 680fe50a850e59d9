"""The members as Slack knows them, remembered for a while, and what they answer for besides what is theirs."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk.errors import SlackApiError

from bot.slack import SLACK_FAILURES, Slack, error_code
from commands.delegating import Colleague
from commands.member import Mandate, Member
from store.addresses import addresses_of
from store.database import Database
from store.delegations import delegated_to

log = logging.getLogger(__name__)

REMEMBERED_SECONDS = 900
ASK_AGAIN_SECONDS = 5
"""How soon a member is looked up again whom Slack did not tell about."""
MOST_REMEMBERED = 5_000
LOOK_UP_SECONDS = 5
NAMES_SECONDS = 10
AT_ONCE = 5
"""Members looked up at the same time."""
PAGE = 200
"""Members asked for at once, as Slack advises (docs.slack.dev, users.list)."""
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    """Until when it is taken for true, on the monotonic clock."""
    member: Member
    name: str
    """As they are called; empty where Slack did not tell."""


class People:
    """Looks members up by `users.info`, each at most once in 15 minutes, and in the record."""

    def __init__(self, slack: Slack, administrators: frozenset[str], database: Database, workspace: int) -> None:
        self._slack = slack
        self._database = database
        self._workspace = workspace
        self._administrators = administrators
        self._known: dict[str, _Known] = {}
        """By user id."""

    @property
    def administrators(self) -> frozenset[str]:
        """The user ids of the plan administrators that the settings name."""
        return self._administrators

    def is_administrator(self, user: str) -> bool:
        """Whether the settings name the person as a plan administrator; asks nobody."""
        return user in self._administrators

    async def member(self, user: str) -> Member:
        """The member with that user id, as Slack and the record know them; the id alone where Slack does not tell."""
        member = (await self._by_slack(user)).member
        async with self._database.reading() as session:
            delegated = await delegated_to(session, self._workspace, user, datetime.now(UTC))
            addresses = await addresses_of(session, self._workspace, user)
        mandates = tuple(Mandate(one.key.casefold(), one.granted_by) for one in delegated)
        return replace(member, addresses=addresses, mandates=mandates)

    async def names(self, users: Iterable[str]) -> dict[str, str]:
        """How people are called, by user id; those of whom Slack does not tell, within some seconds, are left out.

        An e-mail address is nobody's user id, and left out.
        """
        wanted = [user for user in dict.fromkeys(users) if "@" not in user]
        hands = asyncio.Semaphore(AT_ONCE)

        async def look_up(user: str) -> None:
            async with hands:
                await self._by_slack(user)

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(NAMES_SECONDS):
                await asyncio.gather(*map(look_up, wanted))
        found = {user: self._known[user].name for user in wanted if user in self._known}
        return {user: name for user, name in found.items() if name}

    async def _by_slack(self, user: str) -> _Known:
        known = self._known.get(user)
        if known and time.monotonic() < known.until:
            return known
        seconds = REMEMBERED_SECONDS
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                member, name = await self._look_up(user)
        except SLACK_FAILURES as error:
            code = error_code(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.warning("member not looked up", extra={"user": user, "error": code})
            member, name = Member(user, is_administrator=user in self._administrators, is_known=False), ""
            seconds = ASK_AGAIN_SECONDS
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        found = self._known[user] = _Known(time.monotonic() + seconds, member, name)
        return found

    async def colleague(self, user: str) -> Colleague | None:
        """Somebody by user id, whoever they are, asked anew; None where Slack knows nobody by it.

        Raises one of SLACK_FAILURES where Slack does not tell.
        """
        try:
            return _colleague((await self._slack.ask("users.info", user=user))["user"])
        except SlackApiError as error:
            if error_code(error) in ("user_not_found", "user_not_visible"):
                return None
            raise

    async def called(self, name: str) -> list[Colleague]:
        """Those whose handle, display name or whole name that is, without regard to case; who left comes last.

        Raises one of SLACK_FAILURES where Slack does not tell.
        """
        wanted, found, cursor = _fold(name), [], ""
        while True:
            page = await self._slack.ask("users.list", limit=PAGE, cursor=cursor)
            found += [one for one in page.get("members") or () if wanted in _names_of(one)]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        everyone = sorted(map(_colleague, found), key=lambda one: (one.is_gone, one.is_bot))
        return [one for one in everyone if not one.is_gone] or everyone

    async def _look_up(self, user: str) -> tuple[Member, str]:
        found = (await self._slack.ask("users.info", user=user))["user"] or {}
        email = (found.get("profile") or {}).get("email")
        return Member(user, email, _zone(found.get("tz")), user in self._administrators), _name(found)


def _name(user: dict[str, Any]) -> str:
    profile = user.get("profile") or {}
    known = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
    return str(known or "")


def _colleague(user: dict[str, Any]) -> Colleague:
    is_bot = bool(user.get("is_bot")) or user["id"] == SLACKBOT
    return Colleague(user["id"], _name(user), is_bot=is_bot, is_gone=bool(user.get("deleted")))


def _names_of(user: dict[str, Any]) -> set[str]:
    profile = user.get("profile") or {}
    told = (user.get("name"), user.get("real_name"), profile.get("display_name"), profile.get("real_name"))
    return {_fold(name) for name in told if name}


def _fold(name: str) -> str:
    return " ".join(name.casefold().removeprefix("@").split())


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):  # Slack may know a zone that this machine does not
        return ZoneInfo("UTC")
