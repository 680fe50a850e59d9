"""What the digest commands know of the record: every subscription, and the plan."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.cli.failing import Refused
from store.errors import NoActivePlan
from store.ledger import by_number
from store.loading import load_plan
from store.plan import Plan
from store.subscriptions import Subscription
from store.workspaces import default, named


@dataclass(frozen=True, slots=True)
class Known:
    """The subscriptions of a workspace at a moment."""

    workspace: int
    subscriptions: Mapping[int, Subscription]
    """By number; those that have ended, too."""
    plan: Plan | None
    """The active one, if there is one."""
    now: datetime

    def numbered(self, number: int) -> Subscription:
        """The subscription with that number, ended or not. Raises Refused."""
        if number in self.subscriptions:
            return self.subscriptions[number]
        there = "`planbot digest due` lists them" if self.subscriptions else "no channel has subscribed a digest yet"
        raise Refused(f"There is no subscription {number}: {there}.")

    def in_order(self, within: timedelta | None = None, *, with_ended: bool = False) -> list[Subscription]:
        """Those that run by when they come, then those that are paused, then those that have ended.

        `within`: those alone that come so soon, or are overdue.
        """
        every = [one for one in self.subscriptions.values() if with_ended or not one.ended_at]
        if within is not None:
            every = [one for one in every if not one.paused_at and one.next_run_at <= self.now + within]
        return sorted(every, key=_order)


def _order(one: Subscription) -> tuple[int, datetime, int]:
    resting = 2 if one.ended_at else 1 if one.paused_at else 0
    return resting, one.ended_at or one.paused_at or one.next_run_at, one.id


async def read_known(session: AsyncSession, team: str | None = None) -> Known:
    """What is known of the team's workspace, else of the only one. Raises NoSuchWorkspace, SeveralWorkspaces."""
    return await known_of(session, await named(session, team) if team else await default(session))


async def known_of(session: AsyncSession, workspace: int) -> Known:
    """What is known of a workspace now."""
    plan = None
    with contextlib.suppress(NoActivePlan):
        plan = await load_plan(session, workspace)
    return Known(workspace, await by_number(session, workspace), plan, datetime.now(UTC))
