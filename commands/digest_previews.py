"""A channel's digests, shown before they are due: as they would be now, as they will be, as they would begin."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from commands.digest import Digest
from commands.digest_reading import Wanted, read_digest
from commands.scopes import Scope
from store.digests import last_posted
from store.plan import Plan
from store.subscriptions import Subscription

FIRST_PERIOD = timedelta(days=7)
"""What a digest to which nobody subscribed covers."""


async def as_of_now(
    session: AsyncSession, workspace: int, plan: Plan, of: Subscription, now: datetime, *, keeps_words: bool = True
) -> Digest:
    """The digest of a subscription as it would be now. Raises ScopeGone."""
    since = await _since(session, of, now)
    wanted = Wanted(
        since, now, now, of.scope_key, of.department, subscription=of, keeps_words=keeps_words, with_today=True
    )
    return await read_digest(session, workspace, plan, wanted)


async def unsubscribed(
    session: AsyncSession, workspace: int, plan: Plan, scope: Scope, now: datetime, *, keeps_words: bool = True
) -> Digest:
    """The digest as a channel would get it now that has not subscribed to it. Raises ScopeGone."""
    since = now - FIRST_PERIOD
    wanted = Wanted(since, now, now, scope.key, scope.department, keeps_words=keeps_words, with_today=True)
    return await read_digest(session, workspace, plan, wanted)


async def foretold(session: AsyncSession, workspace: int, plan: Plan, coming: Subscription) -> Digest:
    """The next digest of a subscription, as it will be if nothing more is reported until then. Raises ScopeGone."""
    at = coming.next_run_at
    since = await _since(session, coming, at)
    wanted = Wanted(since, at, at, coming.scope_key, coming.department, subscription=coming)
    return await read_digest(session, workspace, plan, wanted)


async def _since(session: AsyncSession, subscription: Subscription, until: datetime) -> datetime:
    """From when a digest up to `until` tells: since the last that was posted, else one interval."""
    last = await last_posted(session, subscription.id)
    return last.period_due_at if last else subscription.first_covers_from(until)
