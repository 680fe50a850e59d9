"""Digests are arranged: what is changed keeps what it was, and no run is lost or moved by a week by that."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from commands.arranging import Deed, Subscribed, change, do, subscribe
from commands.member import Member
from commands.mistakes import NotYours, ScopeGone, SubscribedAlready, SubscriptionGone
from commands.reading_schedules import Asked
from commands.schedule import Schedule
from store.database import Database
from store.digest_tables import Every
from store.plan import Plan
from store.planfile import read
from store.subscriptions import PAUSED_WITHOUT_SCOPE, Subscription, pause
from store.workspaces import default
from tests.bot.running import RIVERBEND

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
CARTER, DANA = Member("U02CARTER"), Member("U01DANA")
WEEKLY = Schedule(0, 9, 0, "America/Winnipeg")
FORTNIGHTLY = Schedule(0, 9, 0, "America/Winnipeg", every=Every.FORTNIGHT)
PLAN: Plan = read(RIVERBEND)


@pytest.fixture
async def workspace(database: Database) -> int:
    """The workspace in an empty database."""
    async with database.sessions.begin() as session:
        return await default(session)


async def subscribed(
    database: Database, workspace: int, schedule: Schedule, *, now: datetime = NOW, by: Member = CARTER
) -> Subscribed:
    """Subscribe the channel in a transaction of its own."""
    async with database.sessions.begin() as session:
        return await subscribe(session, workspace, Asked(schedule), channel="C1", by=by, now=now)


async def changed(
    database: Database, workspace: int, one: Subscription, schedule: Schedule, mentions: bool, now: datetime
) -> Subscription:
    """Change a subscription in a transaction of its own."""
    async with database.sessions.begin() as session:
        return await change(session, workspace, one.id, Asked(schedule, mentions), by=CARTER, now=now)


async def done(database: Database, workspace: int, deed: Deed, one: Subscription, now: datetime) -> Subscription:
    """Pause, resume or stop a subscription in a transaction of its own."""
    async with database.sessions.begin() as session:
        return (await do(session, workspace, PLAN, deed, [one.id], by=CARTER, now=now)).done[0]


async def test_a_run_that_is_due_is_not_lost_by_a_change_of_something_else(database: Database, workspace: int) -> None:
    made = (await subscribed(database, workspace, WEEKLY)).subscription
    late = made.next_run_at + timedelta(minutes=1)
    assert (await changed(database, workspace, made, WEEKLY, True, late)).next_run_at == made.next_run_at
    again = await subscribed(database, workspace, WEEKLY, now=late)
    assert (again.is_new, again.subscription.next_run_at) == (False, made.next_run_at)


async def test_another_time_is_counted_from_now(database: Database, workspace: int) -> None:
    made = (await subscribed(database, workspace, WEEKLY)).subscription
    other = Schedule(3, 10, 0, "America/Winnipeg")
    found = await changed(database, workspace, made, other, False, NOW)
    assert (found.id, found.next_run_at) == (made.id, datetime(2026, 11, 26, 16, 0, tzinfo=UTC))


@pytest.mark.parametrize("weeks", [1, 2, 3, 4])
async def test_a_fortnightly_one_keeps_its_weeks(database: Database, workspace: int, weeks: int) -> None:
    made = (await subscribed(database, workspace, FORTNIGHTLY)).subscription
    later = NOW + WEEK * weeks
    again = (await subscribed(database, workspace, FORTNIGHTLY, now=later)).subscription
    assert again.anchor == made.anchor
    await done(database, workspace, Deed.PAUSE, made, NOW)
    resumed = await done(database, workspace, Deed.RESUME, made, later)
    assert resumed.anchor == made.anchor
    assert later < resumed.next_run_at <= later + 2 * WEEK
    assert (resumed.next_run_at - made.next_run_at) % (2 * WEEK) == timedelta()


async def test_what_was_paused_is_paused_since_then_although_it_is_paused_again(
    database: Database, workspace: int
) -> None:
    made = (await subscribed(database, workspace, WEEKLY)).subscription
    await done(database, workspace, Deed.PAUSE, made, NOW)
    assert (await done(database, workspace, Deed.PAUSE, made, NOW + WEEK)).paused_at == NOW


async def test_what_is_not_paused_does_not_skip_a_run_when_it_is_resumed(database: Database, workspace: int) -> None:
    made = (await subscribed(database, workspace, WEEKLY)).subscription
    late = made.next_run_at + timedelta(minutes=1)
    assert (await done(database, workspace, Deed.RESUME, made, late)).next_run_at == made.next_run_at


async def test_what_is_stopped_cannot_be_changed(database: Database, workspace: int) -> None:
    made = (await subscribed(database, workspace, WEEKLY)).subscription
    await done(database, workspace, Deed.STOP, made, NOW)
    with pytest.raises(SubscriptionGone):
        await changed(database, workspace, made, WEEKLY, True, NOW)
    with pytest.raises(SubscriptionGone):
        await done(database, workspace, Deed.PAUSE, made, NOW)


async def test_two_digests_of_a_channel_do_not_become_one(database: Database, workspace: int) -> None:
    made = (await subscribed(database, workspace, WEEKLY)).subscription
    await subscribed(database, workspace, FORTNIGHTLY)
    with pytest.raises(SubscribedAlready):
        await changed(database, workspace, made, FORTNIGHTLY, False, NOW)


async def test_what_is_about_nothing_any_more_is_not_resumed(database: Database, workspace: int) -> None:
    gone = Schedule(0, 9, 0, "America/Winnipeg", department="Space")
    made = (await subscribed(database, workspace, gone)).subscription
    await done(database, workspace, Deed.PAUSE, made, NOW)
    with pytest.raises(ScopeGone):
        await done(database, workspace, Deed.RESUME, made, NOW)


async def test_what_the_plan_lost_goes_on_when_it_is_about_something_else(database: Database, workspace: int) -> None:
    gone = Schedule(0, 9, 0, "America/Winnipeg", department="Space")
    made = (await subscribed(database, workspace, gone)).subscription
    async with database.sessions.begin() as session:
        await pause(session, made.id, PAUSED_WITHOUT_SCOPE, NOW)
    kept = await changed(database, workspace, made, WEEKLY, False, NOW + 3 * WEEK)
    assert (kept.is_paused, kept.paused_reason) == (False, None)
    assert kept.next_run_at == made.next_run_at + 3 * WEEK


async def test_of_two_who_subscribe_at_once_one_is_told_that_it_is_the_others(
    database: Database, workspace: int
) -> None:
    found = await asyncio.gather(
        subscribed(database, workspace, WEEKLY, by=CARTER),
        subscribed(database, workspace, WEEKLY, by=DANA),
        return_exceptions=True,
    )
    assert [type(one) for one in found if not isinstance(one, Subscribed)] == [NotYours]
