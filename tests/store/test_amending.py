"""Changing what the plan promised: a decision for each field, nothing overwritten unseen."""

from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest

from store import plans
from store.amending import Amended, Facts, amend, promised
from store.database import Database
from store.decisions import decisions_between, decisions_in_force, last_decisions
from store.errors import ChangedMeanwhile, NoSuchEntry
from store.plan import Action, Figure, Indicator, Milestone, Plan
from tests.store.edits import edited

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


async def seen(database: Database, workspace: int, key: str) -> Facts:
    """What the entry says now."""
    async with database.reading() as session:
        return await promised(session, workspace, key)


async def changed(database: Database, workspace: int, key: str, before: Facts, after: Facts) -> Amended:
    """The entry changed from `before` to `after`."""
    async with database.sessions.begin() as session:
        return await amend(
            session, workspace, key, seen=before, wanted=before | after, reason="because", by="U0ADMIN", now=NOW
        )


async def test_each_field_that_changes_is_a_decision_with_the_one_reason(
    database: Database, workspace: int, imported: Plan
) -> None:
    before = await seen(database, workspace, "a-12")
    stamp = await stamped(database, workspace)
    made = await changed(
        database, workspace, "a-12", before, {"title": "Move it", "due": date(2027, 6, 30), "owners": ("U06NGUYEN",)}
    )
    assert {(one.field, one.old, one.new) for one in made.decisions} == {
        ("title", imported.nodes["A-12"].entry.title, "Move it"),
        ("due", "2027-01-31", "2027-06-30"),
        ("owners", "U02CARTER, r.sandhu@example.org", "U06NGUYEN"),
    }
    assert {(one.reason, one.decided_by, one.recorded_at) for one in made.decisions} == {("because", "U0ADMIN", NOW)}
    assert await stamped(database, workspace) != stamp
    async with database.reading() as session:
        now = (await plans.load_plan(session, workspace)).nodes["A-12"].entry
    assert isinstance(now, Action)
    assert (now.title, now.due, now.owners) == ("Move it", date(2027, 6, 30), ("U06NGUYEN",))


async def stamped(database: Database, workspace: int) -> plans.PlanStamp | None:
    async with database.reading() as session:
        return await plans.stamp(session, workspace)


async def test_the_target_of_an_indicator_is_changed(database: Database, workspace: int, imported: Plan) -> None:
    before = await seen(database, workspace, "ksi-collisions")
    made = await changed(
        database, workspace, "ksi-collisions", before, {"target": Figure(value=40.0, date=date(2028, 12, 31))}
    )
    assert [(one.field, one.new) for one in made.decisions] == [("target", "40 (2028-12-31)")]
    async with database.reading() as session:
        now = (await plans.load_plan(session, workspace)).nodes["ksi-collisions"].entry
    assert isinstance(now, Indicator)
    assert now.target == Figure(value=40.0, date=date(2028, 12, 31))
    assert imported.nodes["ksi-collisions"].entry != now


@pytest.mark.usefixtures("imported")
async def test_what_stays_as_it_was_is_no_decision(database: Database, workspace: int) -> None:
    before, stamp = await seen(database, workspace, "A-12"), await stamped(database, workspace)
    assert (await changed(database, workspace, "A-12", before, {})).decisions == ()
    assert await stamped(database, workspace) == stamp


@pytest.mark.usefixtures("imported")
async def test_what_was_changed_meanwhile_is_not_overwritten(database: Database, workspace: int) -> None:
    before = await seen(database, workspace, "A-12")
    await changed(database, workspace, "A-12", before, {"due": date(2027, 3, 31), "title": "Move it"})
    with pytest.raises(ChangedMeanwhile) as refused:
        await changed(database, workspace, "A-12", before, {"due": date(2027, 6, 30), "department": "IT"})
    assert refused.value.fields == ("due",)
    assert (await seen(database, workspace, "A-12"))["department"] != "IT"
    await changed(database, workspace, "A-12", before, {"due": date(2027, 3, 31), "department": "IT"})
    assert (await seen(database, workspace, "A-12"))["department"] == "IT"


@pytest.mark.usefixtures("imported")
async def test_only_what_is_in_the_plan_can_be_changed(database: Database, workspace: int) -> None:
    with pytest.raises(NoSuchEntry):
        await seen(database, workspace, "A-99")


@pytest.mark.usefixtures("imported")
async def test_decisions_are_listed_by_page_and_by_time(database: Database, workspace: int) -> None:
    for at, title in enumerate(("one", "two", "three")):
        before = await seen(database, workspace, "A-12")
        async with database.sessions.begin() as session:
            when = NOW + timedelta(days=at)
            wanted: Facts = {**before, "title": title}
            await amend(session, workspace, "A-12", seen=before, wanted=wanted, reason="r", by="U0ADMIN", now=when)
    async with database.reading() as session:
        assert [one.new for one in await last_decisions(session, workspace, 2)] == ["three", "two"]
        assert [one.new for one in await last_decisions(session, workspace, 2, skipped=2)] == ["one"]
        since = await decisions_between(session, workspace, NOW + timedelta(days=1))
        assert [one.new for one in since] == ["two", "three"]
        in_force = await decisions_in_force(session, workspace, "riverbend-2025-2028")
        assert in_force["a-12", "title"].new == "three"


async def test_a_file_with_the_old_value_sets_it_back_as_a_decision_of_its_own(
    database: Database, workspace: int, imported: Plan
) -> None:
    before = await seen(database, workspace, "A-12")
    await changed(database, workspace, "A-12", before, {"due": date(2027, 6, 30)})
    async with database.sessions() as session:
        (change,) = (await plans.compare_plan(session, workspace, imported)).changed
        assert [(one.field, one.old, one.new) for one in change.fields] == [("due", "2027-06-30", "2027-01-31")]
        exported = await plans.load_plan(session, workspace, history=True)
    async with database.sessions.begin() as session:
        assert (await plans.import_plan(session, workspace, exported, NOW)).is_empty
        await plans.import_plan(session, workspace, imported, NOW, by="U0ADMIN", reason="as adopted")
    async with database.reading() as session:
        last, first = await last_decisions(session, workspace, 5)
    assert (last.old, last.new, last.reason, last.decided_by) == ("2027-06-30", "2027-01-31", "as adopted", "U0ADMIN")
    assert first.new == "2027-06-30"
    assert edited(imported, "A-12", due="2027-06-30").nodes["A-12"].entry == exported.nodes["A-12"].entry


async def test_only_the_milestones_that_move_are_in_the_decision(
    database: Database, workspace: int, imported: Plan
) -> None:
    before = await seen(database, workspace, "A-12")
    steps = cast("tuple[Milestone, ...]", before["milestones"])
    moved = (steps[0], steps[1].model_copy(update={"due": date(2027, 2, 28)}))
    made = await changed(database, workspace, "A-12", before, {"milestones": moved})
    was, title = steps[1].due, steps[1].title
    assert [(one.field, one.old, one.new) for one in made.decisions] == [
        ("milestones", f"{title} ({was})", f"{title} (2027-02-28)")
    ]
    async with database.reading() as session:
        now = (await plans.load_plan(session, workspace)).nodes["A-12"].entry
    assert isinstance(now, Action)
    assert [(one.due, one.done) for one in now.milestones] == [(steps[0].due, True), (date(2027, 2, 28), False)]
    async with database.sessions.begin() as session:
        await plans.import_plan(session, workspace, imported, NOW)
        last = (await last_decisions(session, workspace, 1))[0]
    assert (last.field, last.old, last.new) == ("milestones", f"{title} (2027-02-28)", f"{title} ({was})")
