"""The plan in force, at hand: read from the record again only when it changed, its index built once a version.

The index takes several times as long to build as a plan to read, and only questions need it: it is built for the first
of them, not for a digest or an update.
"""

import asyncio
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.ask.index import Index
from commands.mistakes import NoPlanYet
from store.addresses import known_addresses
from store.collecting import uncollected
from store.plan import Plan
from store.plans import PlanStamp, load_plan, stamp
from store.refreshing import refreshed


class _Indexed:
    """The index of a plan, and of every plan with the same entries."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._built: Index | None = None
        self._turn = threading.Lock()

    @property
    def is_built(self) -> bool:
        return self._built is not None

    @property
    def index(self) -> Index:
        with self._turn:
            if self._built is None:
                self._built = Index.build(self._plan)
            return self._built


@dataclass(frozen=True, slots=True)
class Current:
    """The active plan of a workspace."""

    stamp: PlanStamp
    plan: Plan
    """Its owners are user ids, also where the record has addresses, as far as Slack said whose they are."""
    indexed: _Indexed

    @property
    def index(self) -> Index:
        """What questions are matched against."""
        return self.indexed.index

    async def at_hand(self) -> Index:
        """As `index`; where it is to be built first, which takes seconds for thousands of entries, in a thread."""
        return self.index if self.indexed.is_built else await asyncio.to_thread(lambda: self.index)


class Shelf:
    """Keeps the active plan of one workspace."""

    def __init__(self, workspace: int) -> None:
        self.workspace = workspace
        self._current: Current | None = None

    async def current(self, session: AsyncSession) -> Current:
        """The active plan as the record has it now. Raises NoPlanYet."""
        now = await stamp(session, self.workspace)
        if now is None:
            raise NoPlanYet
        if self._current is None or self._current.stamp != now:
            self._current = await self._read(session, now)
        return self._current

    async def _read(self, session: AsyncSession, now: PlanStamp) -> Current:
        known, people = self._current, await known_addresses(session, self.workspace)
        with uncollected():
            return await self._read_with(session, now, known, people)

    async def _read_with(
        self, session: AsyncSession, now: PlanStamp, known: Current | None, people: Mapping[str, str]
    ) -> Current:
        if known and known.stamp.differs_by_reports(now):
            plan = await refreshed(session, self.workspace, known.plan, known.stamp, people=people)
            return Current(now, plan, known.indexed)
        plan = await load_plan(session, self.workspace, people=people)
        same_entries = known and (known.stamp.plan_id, known.stamp.version) == (now.plan_id, now.version)
        return Current(now, plan, known.indexed if known and same_entries else _Indexed(plan))
