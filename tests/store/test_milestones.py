"""Milestones on the record: what was reported holds over the plan file, until the file states otherwise."""

from datetime import timedelta
from typing import Any

import pytest

from store import plans
from store.database import Database
from store.errors import NoSuchEntry
from store.plan import Action, Plan
from store.updates import NewUpdate, Reached, ReachedBefore, RecordedUpdate, Via, history, record_update
from tests.store.conftest import NOW
from tests.store.edits import edited

pytestmark = pytest.mark.usefixtures("imported")
KEY = "A-12"
LOG_INS = "Prosecutors have log-ins"


async def reports(database: Database, workspace: int, *reached: Reached, **values: Any) -> RecordedUpdate:
    """Record an update of A-12 in a transaction of its own."""
    told: dict[str, Any] = {"author": "U02CARTER", "as_of": NOW.date(), "recorded_at": NOW, "via": Via.COMMAND}
    new = NewUpdate(**told | values, milestones=reached)
    async with database.sessions.begin() as session:
        return await record_update(session, workspace, KEY, new)


async def done(database: Database, workspace: int, whole: bool = False) -> list[bool]:
    """Which of the action's milestones are done, as a member reads it, or as an export writes it."""
    async with database.reading() as session:
        entry = (await plans.load_plan(session, workspace, history=whole)).nodes[KEY].entry
    assert isinstance(entry, Action)
    return [step.done for step in entry.milestones]


async def imports(database: Database, workspace: int, plan: Plan) -> bool:
    """Import a plan file; whether that changed anything."""
    async with database.sessions.begin() as session:
        told = await plans.compare_plan(session, workspace, plan)
        changes = await plans.import_plan(session, workspace, plan, NOW + timedelta(hours=1))
    assert told == changes
    return not changes.is_empty


def with_log_ins(plan: Plan, is_done: bool) -> Plan:
    """The plan file with another word on the second milestone."""
    entry = plan.nodes[KEY].entry
    assert isinstance(entry, Action)
    steps = [step.model_dump() for step in entry.milestones]
    steps[1]["done"] = is_done
    return edited(plan, KEY, milestones=steps)


@pytest.mark.parametrize("whole", [pytest.param(False, id="read"), pytest.param(True, id="exported")])
async def test_a_milestone_reported_done_is_done_everywhere(database: Database, workspace: int, whole: bool) -> None:
    recorded = await reports(database, workspace, Reached("prosecutors have LOG-INS"))
    assert recorded.milestones == (ReachedBefore(LOG_INS, done=True, done_before=False),)
    assert await done(database, workspace, whole) == [True, True]


async def test_a_milestone_may_be_not_done_after_all(database: Database, workspace: int) -> None:
    await reports(database, workspace, Reached(LOG_INS), Reached("In-car recordings moved", done=False))
    await reports(database, workspace, Reached(LOG_INS, done=False))
    assert await done(database, workspace) == [False, False]


async def test_an_update_that_is_taken_back_takes_its_milestones_along(database: Database, workspace: int) -> None:
    first = await reports(database, workspace, Reached(LOG_INS), percent=90)
    await reports(database, workspace, corrects=first.id)
    assert await done(database, workspace) == [True, False]
    async with database.reading() as session:
        told = await history(session, workspace, KEY, limit=2)
    assert [bool(one.milestones) for one in told] == [False, True]


async def test_the_same_report_twice_is_kept_once(database: Database, workspace: int) -> None:
    first = await reports(database, workspace, Reached(LOG_INS), idempotency_key="Ev1")
    second = await reports(database, workspace, Reached(LOG_INS, done=False), idempotency_key="Ev1")
    assert (second.is_repeat, second.milestones) == (True, first.milestones)
    assert await done(database, workspace) == [True, True]


async def test_a_milestone_that_the_action_does_not_have_is_refused_whole(database: Database, workspace: int) -> None:
    with pytest.raises(NoSuchEntry):
        await reports(database, workspace, Reached("Lease signed"), percent=99)
    async with database.reading() as session:
        assert (await plans.load_plan(session, workspace)).nodes[KEY].entry.model_dump()["percent"] == 65


async def test_the_unchanged_file_takes_nothing_back(database: Database, workspace: int, imported: Plan) -> None:
    await reports(database, workspace, Reached(LOG_INS))
    assert not await imports(database, workspace, imported)
    assert await done(database, workspace) == [True, True]


async def test_a_changed_title_of_the_action_keeps_its_milestones(
    database: Database, workspace: int, imported: Plan
) -> None:
    await reports(database, workspace, Reached(LOG_INS))
    assert await imports(database, workspace, edited(imported, KEY, title="Move every recording"))
    assert await done(database, workspace) == [True, True]


async def test_a_file_that_states_otherwise_has_the_last_word(
    database: Database, workspace: int, imported: Plan
) -> None:
    await reports(database, workspace, Reached(LOG_INS))
    assert not await imports(database, workspace, with_log_ins(imported, True))
    assert await imports(database, workspace, imported)
    assert await done(database, workspace) == [True, False]
    await reports(database, workspace, Reached(LOG_INS))
    assert await done(database, workspace) == [True, True]


async def test_what_is_exported_is_imported_without_a_change(database: Database, workspace: int) -> None:
    await reports(database, workspace, Reached(LOG_INS))
    async with database.reading() as session:
        exported = await plans.load_plan(session, workspace, history=True)
    await imports(database, workspace, exported)
    assert not await imports(database, workspace, exported)
    assert await done(database, workspace) == [True, True]
