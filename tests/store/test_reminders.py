"""Reminders on the record: one a person and time, whoever claims it; wishes; what is nobody's any more."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from store import planfile
from store.database import Database
from store.plan import Kind
from store.plans import import_plan
from store.reminder_wishes import (
    Wish,
    disown,
    disowned,
    keep_wish,
    leave_unchanged,
    mark_told,
    settle,
    unchanged,
    wish_of,
    wishes,
)
from store.reminders import (
    Reminded,
    claim,
    give_up,
    last_days,
    last_reminder,
    mark_answered,
    mark_posted,
    reclaim,
    reminder_at,
    unanswered,
    unposted,
    withdraw,
)
from store.updates import NewUpdate, Via, record_update
from store.workspaces import default

NOW = datetime(2026, 6, 18, 13, tzinfo=UTC)
DAY = date(2026, 6, 18)
WEEK = timedelta(days=7)
PLAN = """\
plan: {key: p, title: P, organization: O, status: adopted, timezone: UTC}
priorities:
- key: one
  title: One
  objectives:
  - key: two
    title: Two
    indicators: [{key: I-1, title: I, nature: quantitative, unit: x}]
    actions: [{key: A-1, title: A}, {key: A-2, title: B}]
"""


@pytest.fixture
async def workspace(database: Database) -> int:
    """A workspace with a plan of two actions and an indicator."""
    async with database.sessions.begin() as session:
        made = await default(session)
        await import_plan(session, made, planfile.parse(PLAN, "plan.yml"), NOW - timedelta(days=90))
    return made


async def claimed(
    database: Database, workspace: int, day: date = DAY, *, apart: timedelta = WEEK, now: datetime = NOW
) -> Reminded | None:
    """A claim on the reminder of one person."""
    async with database.sessions.begin() as session:
        return await claim(session, workspace, "U0ANNA", day=day, keys=["A-1"], apart=apart, by="me", now=now)


async def posted(database: Database, workspace: int, weeks: int) -> Reminded:
    """A reminder before the person, so many weeks later."""
    now = NOW + weeks * WEEK
    one = await claimed(database, workspace, DAY + weeks * WEEK, now=now)
    assert one is not None
    async with database.sessions.begin() as session:
        await mark_posted(session, one.id, channel="D1", ts=f"{weeks}.0", keys=one.keys, now=now)
    return one


async def test_of_many_that_claim_at_once_one_has_it(database: Database, workspace: int) -> None:
    found = await asyncio.gather(*(claimed(database, workspace) for _ in range(5)))
    assert sum(one is not None for one in found) == 1


@pytest.mark.parametrize(("days", "may"), [(0, False), (1, False), (6, False), (7, True)])
async def test_the_next_one_is_a_week_apart(database: Database, workspace: int, days: int, may: bool) -> None:
    await claimed(database, workspace)
    assert (await claimed(database, workspace, DAY + timedelta(days=days)) is not None) is may


async def test_one_that_was_asked_for_may_be_nearer_but_not_on_the_same_day(database: Database, workspace: int) -> None:
    await claimed(database, workspace)
    a_day = timedelta(days=1)
    assert await claimed(database, workspace, apart=a_day) is None
    assert await claimed(database, workspace, DAY + a_day, apart=a_day)


async def test_what_was_claimed_and_not_posted_is_taken_over_once(database: Database, workspace: int) -> None:
    await claimed(database, workspace)
    async with database.sessions.begin() as session:
        (left,) = await unposted(session, workspace, NOW + timedelta(minutes=1))
        assert await reclaim(session, left, "you", NOW + timedelta(minutes=2))
        assert not await reclaim(session, left, "they", NOW + timedelta(minutes=2))
        assert await unposted(session, workspace, NOW + timedelta(minutes=1)) == []


async def test_a_claim_that_came_to_nothing_is_forgotten(database: Database, workspace: int) -> None:
    one = await claimed(database, workspace)
    assert one is not None
    async with database.sessions.begin() as session:
        await withdraw(session, one)
    assert await claimed(database, workspace, DAY + timedelta(days=1))


async def test_one_that_was_given_up_counts_and_is_not_taken_up_again(database: Database, workspace: int) -> None:
    one = await claimed(database, workspace)
    assert one is not None
    async with database.sessions.begin() as session:
        assert await give_up(session, one, "user_disabled")
        assert await unposted(session, workspace, NOW + WEEK) == []
        assert await last_days(session, workspace, DAY) == {"U0ANNA": DAY}
    assert await claimed(database, workspace, DAY + timedelta(days=1)) is None


async def test_a_reminder_is_found_by_its_message_or_while_that_is_not_noted_yet(
    database: Database, workspace: int
) -> None:
    one = await posted(database, workspace, 0)
    later = await claimed(database, workspace, DAY + WEEK, now=NOW + WEEK)
    assert later is not None
    async with database.reading() as session:
        by_message = await reminder_at(session, workspace, "U0ANNA", "D1", "0.0")
        unmarked = await reminder_at(session, workspace, "U0ANNA", "D1", "99.0")
        last = await last_reminder(session, workspace, "U0ANNA", NOW)
    assert (by_message and by_message.id, unmarked and unmarked.id, last and last.id) == (one.id, later.id, one.id)


async def test_reminders_in_a_row_that_nobody_answered_are_counted(database: Database, workspace: int) -> None:
    first = await posted(database, workspace, 0)
    for weeks in (1, 2):
        await posted(database, workspace, weeks)
    async with database.sessions.begin() as session:
        await mark_answered(session, first.id, NOW + timedelta(hours=1))
        (silent,) = await unanswered(session, workspace, 2, NOW + 3 * WEEK)
        assert await unanswered(session, workspace, 3, NOW + 3 * WEEK) == []
    assert (silent.person, silent.reminders, silent.since, silent.keys) == ("U0ANNA", 2, DAY + WEEK, ("A-1",))


@pytest.mark.parametrize(("key", "is_answer"), [("A-1", True), ("A-2", False)])
async def test_an_update_of_what_it_lists_answers_a_reminder(
    database: Database, workspace: int, key: str, is_answer: bool
) -> None:
    await posted(database, workspace, 0)
    said = NewUpdate(author="U0BEN", as_of=DAY, recorded_at=NOW + timedelta(hours=1), via=Via.COMMAND, percent=10)
    async with database.sessions.begin() as session:
        await record_update(session, workspace, key, said)
        assert (await unanswered(session, workspace, 1, NOW + WEEK) == []) is is_answer


async def test_a_wish_takes_the_place_of_the_one_before(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        assert await wish_of(session, workspace, "U0ANNA") == Wish()
        for wish in (Wish(is_off=True), Wish(comes_on=DAY)):
            await keep_wish(session, workspace, "U0ANNA", wish)
        assert await wishes(session, workspace) == {"U0ANNA": Wish(comes_on=DAY)}


async def test_what_is_theirs_no_more_is_kept_once_and_told_once_until_it_is_settled(
    database: Database, workspace: int
) -> None:
    async with database.sessions.begin() as session:
        assert await disown(session, workspace, "a-1", Kind.ACTION, "U0ANNA", NOW)
        assert not await disown(session, workspace, "A-1", Kind.ACTION, "U0ANNA", NOW)
        (one,) = await disowned(session, workspace)
        assert (one.key, one.person) == ("A-1", "U0ANNA")
        assert await mark_told(session, one.id, NOW)
        assert not await mark_told(session, one.id, NOW)
        await settle(session, [one.id], NOW)
        assert await disowned(session, workspace) == []
        assert await disown(session, workspace, "A-1", Kind.ACTION, "U0ANNA", NOW)


async def test_that_there_is_nothing_new_of_an_indicator_is_kept_with_its_last_day(
    database: Database, workspace: int
) -> None:
    async with database.sessions.begin() as session:
        for day in (DAY, DAY + WEEK):
            await leave_unchanged(session, workspace, "I-1", "U0ANNA", day)
        assert await unchanged(session, workspace) == {"I-1": DAY + WEEK}
