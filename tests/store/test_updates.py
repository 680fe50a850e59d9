"""Recording what owners say: nothing is lost, nothing is recorded twice, a correction replaces and keeps."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from store import plans
from store.database import Database
from store.errors import NoActivePlan, NoSuchEntry, NoSuchUpdate
from store.plan import Action, Plan, Status
from store.updates import NewUpdate, RecordedUpdate, State, Via, history, last_update_by, record_update, updates_between
from tests.store.conftest import NOW

TODAY = date(2026, 11, 23)


def said(**values: Any) -> NewUpdate:
    """A report by A-12's owner, now."""
    told: dict[str, Any] = {"author": "U02CARTER", "as_of": TODAY, "recorded_at": NOW, "via": Via.COMMAND}
    return NewUpdate(**told | values)


async def reports(database: Database, workspace: int, update: NewUpdate, key: str = "A-12") -> RecordedUpdate:
    """Record a report in a transaction of its own."""
    async with database.sessions.begin() as session:
        return await record_update(session, workspace, key, update)


async def standing(database: Database, workspace: int, key: str = "A-12") -> State:
    """How an action stands, as a member would read it."""
    async with database.reading() as session:
        entry = (await plans.load_plan(session, workspace)).nodes[key].entry
    assert isinstance(entry, Action)
    return State(entry.status, entry.percent)


@pytest.mark.usefixtures("imported")
async def test_what_is_not_said_stays_as_it_was(database: Database, workspace: int) -> None:
    update = await reports(database, workspace, said(percent=80, note=" In-car done. "), key="a-12")
    assert (update.key, update.title) == ("A-12", "Move all video evidence into one system")
    assert update.before == State(Status.ON_TRACK, 65)
    assert update.after == State(Status.ON_TRACK, 80)
    assert (update.note, update.author, update.recorded_at) == ("In-car done.", "U02CARTER", NOW)
    assert await standing(database, workspace) == update.after


@pytest.mark.usefixtures("imported")
async def test_a_report_delivered_twice_is_recorded_once(database: Database, workspace: int) -> None:
    first = await reports(database, workspace, said(percent=80, idempotency_key="Ev1"))
    second = await reports(database, workspace, said(percent=90, idempotency_key="Ev1"))
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert second.id == first.id
    assert await standing(database, workspace) == State(Status.ON_TRACK, 80)


@pytest.mark.usefixtures("imported")
async def test_of_twenty_deliveries_of_one_report_at_once_one_is_recorded(database: Database, workspace: int) -> None:
    update = said(percent=80, idempotency_key="Ev1")
    recorded = await asyncio.gather(*(reports(database, workspace, update) for _ in range(20)))
    assert len({one.id for one in recorded}) == 1
    assert [one.is_repeat for one in recorded].count(False) == 1


@pytest.mark.usefixtures("imported")
async def test_of_twenty_owners_reporting_at_once_nobodys_report_is_lost(database: Database, workspace: int) -> None:
    updates = [said(percent=n, recorded_at=NOW + timedelta(seconds=n), idempotency_key=f"Ev{n}") for n in range(20)]
    await asyncio.gather(*(reports(database, workspace, update) for update in updates))
    async with database.reading() as session:
        recorded = await history(session, workspace, "A-12", limit=20)
    assert {one.percent for one in recorded} == set(range(20))
    assert await standing(database, workspace) == State(Status.ON_TRACK, 19)


@pytest.mark.usefixtures("imported")
async def test_a_report_undone_leaves_the_action_as_it_was(database: Database, workspace: int) -> None:
    slip = await reports(database, workspace, said(status=Status.COMPLETE, percent=100))
    undone = await reports(database, workspace, said(corrects=slip.id))
    assert undone.after == State(Status.ON_TRACK, 65)
    assert await standing(database, workspace) == State(Status.ON_TRACK, 65)
    async with database.reading() as session:
        newest, slipped, *_ = await history(session, workspace, "A-12")
    assert (newest.corrects, slipped.corrected_by) == (slip.id, newest.id)


@pytest.mark.usefixtures("imported")
async def test_an_update_is_corrected_once(database: Database, workspace: int) -> None:
    slip = await reports(database, workspace, said(percent=100))
    await reports(database, workspace, said(percent=70, corrects=slip.id))
    with pytest.raises(NoSuchUpdate):
        await reports(database, workspace, said(percent=71, corrects=slip.id))


@pytest.mark.usefixtures("imported")
async def test_an_update_of_another_action_is_not_corrected(database: Database, workspace: int) -> None:
    other = await reports(database, workspace, said(percent=100), key="A-02")
    with pytest.raises(NoSuchUpdate):
        await reports(database, workspace, said(percent=71, corrects=other.id))


@pytest.mark.usefixtures("imported")
async def test_a_report_about_an_earlier_day_does_not_hide_the_latest(database: Database, workspace: int) -> None:
    late = await reports(database, workspace, said(as_of=date(2026, 5, 1), percent=30))
    assert not late.is_latest
    assert late.before == State(Status.ON_TRACK, 25)
    assert await standing(database, workspace) == State(Status.ON_TRACK, 65)


@pytest.mark.usefixtures("imported")
async def test_the_history_is_read_page_by_page_the_last_first(database: Database, workspace: int) -> None:
    for percent in (70, 80, 90):
        await reports(database, workspace, said(percent=percent))
    async with database.reading() as session:
        first = await history(session, workspace, "A-12", limit=2)
        rest = await history(session, workspace, "A-12", limit=9, skipping=len(first))
    assert [one.percent for one in (*first, *rest)] == [90, 80, 70, 65, 25]
    assert [one.is_latest for one in (*first, *rest)] == [True, False, False, False, False]


@pytest.mark.usefixtures("imported")
async def test_a_span_holds_what_was_said_in_it(database: Database, workspace: int) -> None:
    week = NOW - timedelta(days=7), NOW
    for hours, percent in ((-1, 70), (0, 80)):
        await reports(database, workspace, said(percent=percent, recorded_at=NOW + timedelta(hours=hours)))
    async with database.reading() as session:
        moved = await updates_between(session, workspace, *week)
    assert [(one.key, one.before.percent, one.percent) for one in moved if one.via is Via.COMMAND] == [("A-12", 65, 70)]


@pytest.mark.usefixtures("imported")
async def test_an_imported_history_is_news_only_of_its_own_days(database: Database, workspace: int) -> None:
    async with database.reading() as session:
        moved = await updates_between(session, workspace, NOW - timedelta(days=7), NOW)
    assert moved
    assert min(one.as_of for one in moved) >= date(2026, 11, 16)


@pytest.mark.usefixtures("imported")
async def test_a_corrected_report_is_no_news(database: Database, workspace: int) -> None:
    slip = await reports(database, workspace, said(percent=100))
    await reports(database, workspace, said(percent=70, corrects=slip.id))
    async with database.reading() as session:
        moved = await updates_between(session, workspace, NOW, NOW + timedelta(minutes=1))
    assert [one.percent for one in moved] == [70]


@pytest.mark.usefixtures("imported")
async def test_the_last_update_of_a_person_is_the_one_that_can_be_undone(database: Database, workspace: int) -> None:
    async def last() -> int | None:
        async with database.reading() as session:
            found = await last_update_by(session, workspace, ["u02carter"], since=NOW)
        return found.id if found else None

    assert await last() is None
    first = await reports(database, workspace, said(percent=70))
    await reports(database, workspace, said(author="U04OSEIKA", percent=71))
    assert await last() == first.id
    await reports(database, workspace, said(corrects=first.id))
    assert await last() is None


@pytest.mark.parametrize(
    ("key", "error"),
    [
        pytest.param("A-99", NoSuchEntry, id="unknown key"),
        pytest.param("courage", NoSuchEntry, id="a value, not an action"),
    ],
)
@pytest.mark.usefixtures("imported")
async def test_only_an_action_of_the_plan_is_reported_on(
    database: Database, workspace: int, key: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await reports(database, workspace, said(percent=1), key=key)


async def test_without_an_active_plan_nothing_is_reported_on(database: Database, workspace: int) -> None:
    with pytest.raises(NoActivePlan):
        await reports(database, workspace, said(percent=1))


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"percent": 101}, id="percentage over 100"),
        pytest.param({"percent": -1}, id="percentage under 0"),
        pytest.param({"author": "dana"}, id="author who is neither a Slack user nor an address"),
        pytest.param({"recorded_at": datetime(2026, 11, 23)}, id="time without a zone"),  # noqa: DTZ001 (the point)
    ],
)
def test_an_update_that_cannot_be_is_not_made(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (pydantic's and our own)
        said(**values)


async def test_the_stamp_changes_with_every_report(database: Database, workspace: int, imported: Plan) -> None:
    async with database.reading() as session:
        before = await plans.stamp(session, workspace)
    await reports(database, workspace, said(percent=80))
    async with database.reading() as session:
        after = await plans.stamp(session, workspace)
    assert before is not None
    assert after is not None
    assert (before.key, before.version) == (imported.about.key, 1)
    assert after.last_update_id == before.last_update_id + 1
