"""The ledger: which digests were claimed and posted, of one subscription or of all."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.digest_tables import DigestDelivery
from store.digests import Delivery, deliveries_where
from store.subscriptions import Subscription, subscriptions


async def ledger(
    session: AsyncSession, workspace: int, subscription_id: int | None = None, limit: int = 20
) -> list[Delivery]:
    """The deliveries of a subscription, ended or not, or of the whole workspace, the last claimed first."""
    which = [col(DigestDelivery.workspace_id) == workspace]
    if subscription_id is not None:
        which.append(col(DigestDelivery.subscription_id) == subscription_id)
    return await deliveries_where(session, *which, order=col(DigestDelivery.claimed_at).desc(), limit=limit)


async def claimed_runs(session: AsyncSession, subscription_id: int) -> tuple[datetime, ...]:
    """The runs of a subscription that are on its ledger, posted or not, the first of them first."""
    of_subscription = select(DigestDelivery.period_due_at).where(col(DigestDelivery.subscription_id) == subscription_id)
    return tuple((await session.exec(of_subscription.order_by(col(DigestDelivery.period_due_at)))).all())


async def by_number(session: AsyncSession, workspace: int) -> Mapping[int, Subscription]:
    """Every subscription that the workspace ever had, by its id."""
    return {one.id: one for one in await subscriptions(session, workspace, with_ended=True)}
