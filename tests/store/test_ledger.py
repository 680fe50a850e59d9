"""The ledger of digests."""

from datetime import UTC, datetime, timedelta

from store import digests, subscriptions
from store.database import Database
from store.ledger import by_number, claimed_runs, ledger
from store.subscriptions import NewSubscription, Subscription

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


async def subscribe(database: Database, workspace: int, channel: str) -> Subscription:
    """A channel's digest, due on Monday."""
    new = NewSubscription(
        channel_id=channel,
        created_by="U1",
        created_at=MONDAY - WEEK,
        weekday=0,
        hour=9,
        minute=0,
        timezone="America/Winnipeg",
        next_run_at=MONDAY,
    )
    async with database.sessions.begin() as session:
        return await subscriptions.subscribe(session, workspace, new)


async def claim(database: Database, subscription: Subscription, weeks: int, by: str) -> None:
    """Claim the run of some weeks after the first Monday, as soon as it is due."""
    run = MONDAY + WEEK * weeks
    async with database.sessions.begin() as session:
        assert await digests.claim(session, subscription.id, run, run + WEEK, by, run)


async def test_it_has_every_delivery_of_a_subscription_the_last_first(database: Database, workspace: int) -> None:
    one, other = await subscribe(database, workspace, "C1"), await subscribe(database, workspace, "C2")
    for weeks in range(3):
        await claim(database, one, weeks, f"one {weeks}")
    await claim(database, other, 0, "other 0")
    async with database.reading() as session:
        assert [each.claimed_by for each in await ledger(session, workspace, one.id)] == ["one 2", "one 1", "one 0"]
        assert [each.claimed_by for each in await ledger(session, workspace, one.id, limit=1)] == ["one 2"]
        assert len(await ledger(session, workspace)) == 4
        assert await ledger(session, workspace + 1) == []
        assert await claimed_runs(session, one.id) == tuple(MONDAY + WEEK * weeks for weeks in range(3))


async def test_it_keeps_what_was_sent_of_a_subscription_that_has_ended(database: Database, workspace: int) -> None:
    ended = await subscribe(database, workspace, "C1")
    await claim(database, ended, 0, "one")
    async with database.sessions.begin() as session:
        assert await subscriptions.end_subscription(session, ended.id, MONDAY + WEEK)
    running = await subscribe(database, workspace, "C1")
    async with database.reading() as session:
        assert len(await ledger(session, workspace, ended.id)) == 1
        assert await subscriptions.subscriptions(session, workspace) == [running]
        known = await by_number(session, workspace)
        assert known[ended.id].ended_at == MONDAY + WEEK
        assert known[running.id].ended_at is None
