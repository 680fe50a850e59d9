"""Digest subscriptions and deliveries: each digest is sent by one process, once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from store import digests, subscriptions, workspaces
from store.database import Database
from store.digest_tables import Every
from store.digests import Delivery
from store.ledger import ledger
from store.subscriptions import NewSubscription, Subscription

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
NEW = NewSubscription(
    channel_id="C1",
    created_by="U1",
    created_at=MONDAY - WEEK,
    weekday=0,
    hour=9,
    minute=0,
    timezone="America/Winnipeg",
    next_run_at=MONDAY,
)


@pytest.fixture
async def weekly(database: Database, workspace: int) -> Subscription:
    """A channel's digest, due on Monday."""
    async with database.sessions.begin() as session:
        return await subscriptions.subscribe(session, workspace, NEW)


async def claims(database: Database, due: Subscription, by: str = "one", now: datetime = MONDAY) -> Delivery | None:
    """Claim a subscription's run in a transaction of its own."""
    async with database.sessions.begin() as session:
        return await digests.claim(session, due.id, due.next_run_at, due.next_run_at + WEEK, by, now)


async def posts(database: Database, delivery: Delivery | None, ts: str = "1.0") -> bool:
    """Note a delivery as posted."""
    assert delivery is not None
    async with database.sessions.begin() as session:
        return await digests.mark_posted(session, delivery.id, "C1", ts, MONDAY)


async def test_a_subscription_is_due_when_its_time_has_come(database: Database, weekly: Subscription) -> None:
    async with database.reading() as session:
        assert await subscriptions.due(session, weekly.workspace, MONDAY - timedelta(seconds=1)) == []
        assert await subscriptions.due(session, weekly.workspace, MONDAY) == [weekly]


async def test_what_another_team_leaves_overdue_takes_nobody_s_turn(database: Database, weekly: Subscription) -> None:
    async with database.sessions.begin() as session:
        await workspaces.bind(session, "T1", "Riverbend")
        other = await workspaces.bind(session, "T2", "Another team")
        await subscriptions.subscribe(session, other, replace(NEW, next_run_at=MONDAY - WEEK))
    async with database.reading() as session:
        assert await subscriptions.due(session, weekly.workspace, MONDAY, limit=1) == [weekly]


async def test_subscribing_again_changes_the_time_and_wakes_a_paused_one(
    database: Database, workspace: int, weekly: Subscription
) -> None:
    async with database.sessions.begin() as session:
        await subscriptions.pause(session, weekly.id, "is_archived", MONDAY)
    async with database.sessions.begin() as session:
        assert await subscriptions.due(session, weekly.workspace, MONDAY) == []
        again = await subscriptions.subscribe(session, workspace, replace(NEW, hour=11))
    assert (again.id, again.hour, again.is_paused) == (weekly.id, 11, False)


async def test_a_channel_may_have_digests_of_several_priorities(
    database: Database, workspace: int, weekly: Subscription
) -> None:
    async with database.sessions.begin() as session:
        other = await subscriptions.subscribe(session, workspace, replace(NEW, scope_key="core-assets"))
        await subscriptions.subscribe(session, workspace, replace(NEW, channel_id="C2"))
        assert await subscriptions.subscriptions(session, workspace, channel="C1") == [weekly, other]
        assert len(await subscriptions.subscriptions(session, workspace)) == 3


async def test_ten_people_subscribing_a_channel_at_once_make_one_subscription(
    database: Database, workspace: int
) -> None:
    async def subscribes() -> Subscription:
        async with database.sessions.begin() as session:
            return await subscriptions.subscribe(session, workspace, NEW)

    made = await asyncio.gather(*(subscribes() for _ in range(10)))
    assert len({one.id for one in made}) == 1


async def test_of_ten_servers_that_claim_a_digest_one_gets_it(database: Database, weekly: Subscription) -> None:
    claimed = await asyncio.gather(*(claims(database, weekly, by=str(n)) for n in range(10)))
    assert len([one for one in claimed if one]) == 1
    async with database.reading() as session:
        assert await subscriptions.due(session, weekly.workspace, MONDAY) == []
        assert [one.next_run_at for one in await subscriptions.due(session, weekly.workspace, MONDAY + WEEK)] == [
            MONDAY + WEEK
        ]


async def test_a_run_whose_time_was_changed_meanwhile_is_not_claimed(
    database: Database, workspace: int, weekly: Subscription
) -> None:
    async with database.sessions.begin() as session:
        await subscriptions.subscribe(session, workspace, replace(NEW, next_run_at=MONDAY + timedelta(hours=2)))
    assert await claims(database, weekly) is None


async def test_a_first_digest_covers_a_week_and_the_next_what_came_since(
    database: Database, weekly: Subscription
) -> None:
    first = await claims(database, weekly)
    await posts(database, first)
    second = await claims(database, replace(weekly, next_run_at=MONDAY + WEEK), now=MONDAY + 3 * WEEK)
    assert first is not None
    assert second is not None
    assert (first.covers_from, first.period_due_at) == (MONDAY - WEEK, MONDAY)
    assert (second.covers_from, second.period_due_at) == (MONDAY, MONDAY + WEEK)


async def test_after_a_digest_that_never_arrived_the_next_covers_its_time_too(
    database: Database, weekly: Subscription
) -> None:
    await claims(database, weekly)
    second = await claims(database, replace(weekly, next_run_at=MONDAY + WEEK))
    assert second is not None
    assert (second.covers_from, second.period_due_at) == (MONDAY - WEEK, MONDAY + WEEK)


async def test_a_run_that_was_delivered_is_not_delivered_again(
    database: Database, workspace: int, weekly: Subscription
) -> None:
    await posts(database, await claims(database, weekly))
    async with database.sessions.begin() as session:
        await subscriptions.subscribe(session, workspace, NEW)
    assert await claims(database, weekly) is None


async def test_a_digest_claimed_and_not_posted_is_taken_over_by_one_server(
    database: Database, weekly: Subscription
) -> None:
    crashed = await claims(database, weekly)
    assert crashed is not None
    later = MONDAY + timedelta(minutes=5)
    async with database.reading() as session:
        assert await digests.unposted(session, older_than=MONDAY, due_since=MONDAY) == []
        assert await digests.unposted(session, older_than=later, due_since=MONDAY) == [crashed]
        assert await digests.unposted(session, older_than=later, due_since=later) == []

    async def takes_over(by: str) -> bool:
        async with database.sessions.begin() as session:
            return await digests.reclaim(session, crashed.id, crashed.claimed_at, by, later)

    assert sorted(await asyncio.gather(*(takes_over(str(n)) for n in range(10)))) == [False] * 9 + [True]
    async with database.reading() as session:
        taken = (await digests.unposted(session, older_than=later + timedelta(seconds=1), due_since=MONDAY))[0]
    assert (taken.attempts, taken.claimed_at) == (2, later)


async def test_a_posted_digest_stays_posted(database: Database, workspace: int, weekly: Subscription) -> None:
    delivery = await claims(database, weekly)
    assert await posts(database, delivery, ts="1.0")
    assert not await posts(database, delivery, ts="2.0")
    async with database.reading() as session:
        last = await digests.last_posted(session, weekly.id)
        assert await digests.unposted(session, older_than=MONDAY + WEEK, due_since=MONDAY) == []
        assert await ledger(session, workspace) == [last]
    assert last is not None
    assert (last.message_ts, last.posted_at) == ("1.0", MONDAY)


async def test_a_subscription_that_ends_leaves_its_deliveries(
    database: Database, workspace: int, weekly: Subscription
) -> None:
    await posts(database, await claims(database, weekly))
    async with database.sessions.begin() as session:
        assert await subscriptions.end_subscription(session, weekly.id, MONDAY)
        assert not await subscriptions.end_subscription(session, weekly.id, MONDAY)
    async with database.sessions.begin() as session:
        assert await subscriptions.subscriptions(session, workspace) == []
        assert len(await ledger(session, workspace)) == 1
        new = await subscriptions.subscribe(session, workspace, NEW)
    assert new.id != weekly.id


async def test_an_ended_or_paused_subscription_is_not_claimed(database: Database, weekly: Subscription) -> None:
    async with database.sessions.begin() as session:
        await subscriptions.pause(session, weekly.id, "not_in_channel", MONDAY)
    assert await claims(database, weekly) is None


@pytest.mark.parametrize(
    ("run", "zone", "every", "since"),
    [
        ("2026-11-23T15:00+00:00", "America/Winnipeg", Every.WEEK, "2026-11-16T15:00+00:00"),
        ("2026-11-09T15:00+00:00", "America/Winnipeg", Every.FORTNIGHT, "2026-10-26T14:00+00:00"),
        ("2026-03-31T14:00+00:00", "America/Winnipeg", Every.MONTH, "2026-02-28T15:00+00:00"),
        ("2027-01-04T15:00+00:00", "America/Winnipeg", Every.MONTH, "2026-12-04T15:00+00:00"),
    ],
    ids=["week", "fortnight-over-a-clock-change", "shorter-month", "new-year"],
)
async def test_a_first_digest_covers_one_interval_by_the_clock_on_the_wall(
    database: Database, workspace: int, run: str, zone: str, every: Every, since: str
) -> None:
    due_at = datetime.fromisoformat(run)
    async with database.sessions.begin() as session:
        made = await subscriptions.subscribe(
            session, workspace, replace(NEW, timezone=zone, every=every, next_run_at=due_at)
        )
    delivery = await claims(database, made, now=due_at)
    assert delivery is not None
    assert delivery.covers_from == datetime.fromisoformat(since)


async def test_a_channel_may_have_the_same_digest_at_other_intervals_and_of_departments(
    database: Database, workspace: int, weekly: Subscription
) -> None:
    async with database.sessions.begin() as session:
        monthly = await subscriptions.subscribe(session, workspace, replace(NEW, every=Every.MONTH, nth=-1))
        fleet = await subscriptions.subscribe(session, workspace, replace(NEW, department="Fleet"))
        later = await subscriptions.subscribe(session, workspace, replace(NEW, department="Fleet", hour=16))
        found = await subscriptions.subscriptions(session, workspace, "C1")
    assert [one.id for one in found] == [weekly.id, monthly.id, fleet.id]
    assert (later.id, later.hour, found[1].nth) == (fleet.id, 16, -1)


async def test_who_changes_a_digest_does_not_become_its_maker(
    database: Database, workspace: int, weekly: Subscription
) -> None:
    async with database.sessions.begin() as session:
        again = await subscriptions.subscribe(session, workspace, replace(NEW, created_by="U0ADMIN", hour=16))
    assert (again.id, again.created_by) == (weekly.id, "U1")
