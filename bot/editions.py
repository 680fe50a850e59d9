"""Digests that many channels get at the same time: read off the record once a period, composed once a scope."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Generic, NamedTuple, TypeVar

from bot.service import Service
from commands.digest import Digest
from commands.digest_reading import Period, Wanted, composed, read_period, told
from store.intake import is_waiting
from store.plan import Plan

KEPT_SECONDS = 60
"""For how long at most what was read is told of: the digests of one minute tell of one moment."""

JUST_OVER = timedelta(minutes=5)
SETTLE_LOOKS = 12
SETTLE_SECONDS = 0.5

Made = TypeVar("Made")


class Editions:
    """What was read and composed in this minute, for the channels whose turn is still to come.

    One is made at a time, and whoever waits for it holds no connection to the record: members' questions need both.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self.turn = asyncio.Lock()
        """For whoever has a thread work on a digest: several would leave little time to what answers members."""
        self._periods = _Kept[tuple[Plan, Period]]()
        self._digests = _Kept[tuple[Plan, Digest]]()

    async def digest(self, wanted: Wanted) -> Digest:
        """The digest of a period that is over, as it is told in its channel. Raises NoPlanYet, ScopeGone."""
        key = _Key(wanted.now.replace(second=0, microsecond=0), wanted.since, wanted.until)
        async with self.turn:
            of_scope = key._replace(scope=wanted.scope, department=wanted.department)
            plan, digest = await self._digests.once(of_scope, lambda: self._compose(key, wanted))
        async with self._service.database.reading() as session:
            return await told(session, plan, wanted, digest)

    async def _compose(self, key: "_Key", wanted: Wanted) -> tuple[Plan, Digest]:
        sort = key._replace(is_of_all=wanted.is_of_all)
        plan, period = await self._periods.once(sort, lambda: self._read(wanted))
        return plan, await composed(plan, period, wanted)

    async def _read(self, wanted: Wanted) -> tuple[Plan, Period]:
        await self._settled(wanted.until)
        async with self._service.database.reading() as session:
            plan = (await self._service.shelf.current(session)).plan
            return plan, await read_period(session, self._service.workspace, plan, wanted)

    async def _settled(self, until: datetime) -> None:
        """Wait for what was reported just before the period's end and is being recorded: the next digest would miss it.

        What cannot be done for long is not waited for; where the digest names its action, it amends that.
        """
        for _ in range(SETTLE_LOOKS):
            if not until <= datetime.now(UTC) < until + JUST_OVER:
                return
            async with self._service.database.reading() as session:
                if not await is_waiting(session, self._service.workspace, until - JUST_OVER, until):
                    return
            await asyncio.sleep(SETTLE_SECONDS)


class _Key(NamedTuple):
    minute: datetime
    since: datetime
    until: datetime
    scope: str = ""
    department: str = ""
    is_of_all: bool = False


class _Kept(Generic[Made]):
    """What was made, each for a while."""

    def __init__(self) -> None:
        self._made: dict[_Key, Made] = {}

    async def once(self, key: _Key, make: Callable[[], Awaitable[Made]]) -> Made:
        """What was made for the key, else what `make` makes now."""
        if key not in self._made:
            self._made[key] = await make()
            asyncio.get_running_loop().call_later(KEPT_SECONDS, self._made.pop, key, None)
        return self._made[key]
