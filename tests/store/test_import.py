"""Importing a plan file again: what is told, what is kept, what is archived, what is decided."""

from datetime import UTC, date, datetime, timedelta

import pytest

from store import plans
from store.changes import Change, Changes, FieldChange
from store.database import Database
from store.decisions import decisions_between
from store.plan import Action, Indicator, Plan, Status, Update
from store.updates import NewUpdate, Via, history, record_update
from tests.store.conftest import NOW
from tests.store.edits import edited, first_value_last, moved, without

TODAY = date(2026, 11, 23)


async def imports(database: Database, workspace: int, plan: Plan, now: datetime = NOW) -> Changes:
    """Import a plan file in a transaction of its own."""
    async with database.sessions.begin() as session:
        return await plans.import_plan(session, workspace, plan, now)


async def loaded(database: Database, workspace: int, history: bool = False) -> Plan:
    """The active plan."""
    async with database.reading() as session:
        return await plans.load_plan(session, workspace, history=history)


async def action(database: Database, workspace: int, key: str, history: bool = False) -> Action:
    """An action of the active plan."""
    node = (await loaded(database, workspace, history)).find(key)
    assert node is not None
    assert isinstance(node.entry, Action)
    return node.entry


async def reports(database: Database, workspace: int, key: str, percent: int) -> None:
    """Have an owner report on an action."""
    said = NewUpdate(author="U02CARTER", as_of=TODAY, recorded_at=NOW, via=Via.COMMAND, percent=percent, note="Said.")
    async with database.sessions.begin() as session:
        await record_update(session, workspace, key, said)


async def test_a_first_import_tells_of_every_entry(database: Database, workspace: int, riverbend: Plan) -> None:
    changes = await imports(database, workspace, riverbend)
    entries = [node.key for node in riverbend.walk() if node.key not in ("vision", "mission")]
    assert [one.key for one in changes.added] == ["riverbend-2025-2028", *entries]
    assert changes.added[0].kind == "plan"
    assert changes == Changes(added=changes.added)


async def test_a_second_import_of_the_same_file_changes_nothing(
    database: Database, workspace: int, imported: Plan
) -> None:
    async with database.reading() as session:
        before = await plans.stamp(session, workspace)
    changes = await imports(database, workspace, imported)
    assert changes.is_empty
    async with database.reading() as session:
        assert await plans.stamp(session, workspace) == before
    assert await loaded(database, workspace, history=True) == imported


async def test_what_would_change_is_told_and_not_written(database: Database, workspace: int, imported: Plan) -> None:
    newer = edited(imported, "courage", title="Bravery")
    async with database.reading() as session:
        changes = await plans.compare_plan(session, workspace, newer)
    field = FieldChange("title", "Courage", "Bravery")
    assert changes == Changes(changed=(Change("courage", "value", "Bravery", (field,)),))
    assert await loaded(database, workspace, history=True) == imported


@pytest.mark.parametrize(
    ("key", "values", "change"),
    [
        pytest.param("courage", {"key": "COURAGE"}, FieldChange("key", "courage", "COURAGE"), id="key in capitals"),
        pytest.param("courage", {"aliases": ["nerve"]}, FieldChange("aliases", "bravery", "nerve"), id="aliases"),
        pytest.param("A-12", {"due": "2027-03-31"}, FieldChange("due", "2027-01-31", "2027-03-31"), id="due date"),
        pytest.param("A-12", {"due": None}, FieldChange("due", "2027-01-31", None), id="due date gone"),
        pytest.param(
            "A-12", {"owners": ["U02CARTER"]}, FieldChange("owners", "U02CARTER, r.sandhu@example.org", "U02CARTER"),
            id="owners",
        ),
        pytest.param(
            "A-12", {"department": "IT"}, FieldChange("department", "Information Technology", "IT"),
            id="department",
        ),
        pytest.param(
            "A-12", {"milestones": [{"title": "All moved"}]},
            FieldChange(
                "milestones",
                "In-car recordings moved (2026-10-31) ✓, Prosecutors have log-ins (2027-01-15)",
                "All moved",
            ),
            id="milestones",
        ),
        pytest.param(
            "ksi-collisions", {"target": {"value": 40.5, "date": "2028-12-31"}},
            FieldChange("target", "45 (2028-12-31)", "40.5 (2028-12-31)"),
            id="target",
        ),
        pytest.param(
            "ksi-collisions", {"unit": "a year"}, FieldChange("unit", "collisions per year", "a year"),
            id="unit",
        ),
    ],
)  # fmt: skip
async def test_a_changed_field_is_told_and_loaded(
    database: Database, workspace: int, imported: Plan, key: str, values: dict[str, object], change: FieldChange
) -> None:
    newer = edited(imported, key, **values)
    changes = await imports(database, workspace, newer)
    assert changes == Changes(changed=changes.changed)
    assert [one.fields for one in changes.changed] == [(change,)]
    assert await loaded(database, workspace, history=True) == newer


async def test_a_changed_head_is_told_as_the_plans_own(database: Database, workspace: int, imported: Plan) -> None:
    newer = edited(imported, "riverbend-2025-2028", status="superseded", timezone="America/Toronto")
    changes = await imports(database, workspace, newer)
    assert changes.changed == (
        Change(
            "riverbend-2025-2028",
            "plan",
            imported.about.title,
            (
                FieldChange("status", "adopted", "superseded"),
                FieldChange("timezone", "America/Winnipeg", "America/Toronto"),
            ),
        ),
    )


async def test_a_moved_action_is_told_and_keeps_its_updates(database: Database, workspace: int, imported: Plan) -> None:
    newer = moved(imported, "A-01", "modernize-tools-and-buildings")
    changes = await imports(database, workspace, newer)
    field = FieldChange("parent", "calm-our-roads", "modernize-tools-and-buildings")
    assert [(one.key, one.fields) for one in changes.changed] == [("A-01", (field,))]
    assert await loaded(database, workspace, history=True) == newer


async def test_of_values_in_a_new_order_only_the_one_that_moved_is_told(
    database: Database, workspace: int, imported: Plan
) -> None:
    newer = first_value_last(imported)
    changes = await imports(database, workspace, newer)
    assert [(one.key, one.fields) for one in changes.changed] == [
        ("courage", (FieldChange("position", "1", "6"),)),
    ]
    assert await loaded(database, workspace, history=True) == newer


async def test_an_entry_gone_from_the_file_is_archived_and_returns_with_its_updates(
    database: Database, workspace: int, imported: Plan
) -> None:
    await reports(database, workspace, "A-12", 70)
    fewer = without(imported, "modernize-tools-and-buildings")
    gone = await imports(database, workspace, fewer)
    assert [one.key for one in gone.archived] == ["modernize-tools-and-buildings", "A-12"]
    assert (await loaded(database, workspace, history=True)).find("A-12") is None

    back = await imports(database, workspace, imported)
    assert back == Changes(restored=back.restored)
    assert [one.key for one in back.restored] == ["modernize-tools-and-buildings", "A-12"]
    assert (await action(database, workspace, "A-12")).percent == 70


async def test_every_import_that_changes_something_raises_the_version(
    database: Database, workspace: int, imported: Plan
) -> None:
    await imports(database, workspace, without(imported, "courage"))
    await imports(database, workspace, imported)
    await imports(database, workspace, imported)
    async with database.reading() as session:
        stamp = await plans.stamp(session, workspace)
    assert stamp is not None
    assert stamp.version == 3


async def test_an_import_that_fails_leaves_the_record_as_it_was(
    database: Database, workspace: int, imported: Plan
) -> None:
    async def fail() -> None:
        async with database.sessions.begin() as session:
            await plans.import_plan(session, workspace, without(imported, "courage"), NOW)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await fail()
    assert await loaded(database, workspace, history=True) == imported


async def test_what_an_owner_reported_outlives_an_older_file(
    database: Database, workspace: int, imported: Plan
) -> None:
    await reports(database, workspace, "A-12", 70)
    assert (await imports(database, workspace, imported)).is_empty
    now = await action(database, workspace, "A-12")
    assert (now.status, now.percent) == (Status.ON_TRACK, 70)
    assert now.latest is not None
    assert now.latest.note == "Said."


async def test_an_exported_plan_with_reports_brings_nothing_new(
    database: Database, workspace: int, imported: Plan
) -> None:
    await reports(database, workspace, "A-12", 70)
    exported = await loaded(database, workspace, history=True)
    assert exported != imported
    assert (await imports(database, workspace, exported)).is_empty
    assert await loaded(database, workspace, history=True) == exported


async def test_an_update_from_the_files_history_is_recorded_once(
    database: Database, workspace: int, imported: Plan
) -> None:
    before = await action(database, workspace, "A-12", history=True)
    said = Update(date=TODAY, author="U02CARTER", status=Status.AT_RISK, percent=66, note="Waiting.")
    newer = edited(imported, "A-12", updates=[*before.updates, said], status="at-risk", percent=66)
    changes = await imports(database, workspace, newer)
    assert [one.fields for one in changes.changed] == [
        (
            FieldChange("status", "on-track", "at-risk"),
            FieldChange("percent", "65", "66"),
            FieldChange("updates", "2", "3"),
        )
    ]
    assert (await imports(database, workspace, newer)).is_empty
    assert await loaded(database, workspace, history=True) == newer
    assert (await action(database, workspace, "A-12")).latest == said


async def test_a_status_changed_in_the_file_alone_is_recorded_as_an_update_of_today(
    database: Database, workspace: int, imported: Plan
) -> None:
    newer = edited(imported, "A-12", status="off-track", percent=50)
    changes = await imports(database, workspace, newer)
    assert [one.field for one in changes.changed[0].fields] == ["status", "percent"]
    async with database.reading() as session:
        last = (await history(session, workspace, "A-12"))[0]
    assert (last.via, last.as_of, last.status, last.percent) == (Via.IMPORT, TODAY, Status.OFF_TRACK, 50)
    assert (last.before.status, last.before.percent) == (Status.ON_TRACK, 65)
    assert await loaded(database, workspace, history=True) == newer
    assert (await imports(database, workspace, newer)).is_empty


async def test_an_action_stands_as_its_file_states_even_where_its_last_update_differs(
    database: Database, workspace: int, riverbend: Plan
) -> None:
    stated = edited(riverbend, "A-12", status="at-risk", percent=90)
    await imports(database, workspace, stated)
    assert (await action(database, workspace, "A-12")).percent == 90
    await reports(database, workspace, "A-12", 91)
    now = await action(database, workspace, "A-12")
    assert (now.status, now.percent) == (Status.AT_RISK, 91)


async def test_a_file_whose_own_history_goes_on_stands_as_it_states(
    database: Database, workspace: int, imported: Plan
) -> None:
    before = await action(database, workspace, "A-12", history=True)
    newer = edited(imported, "A-12", updates=[*before.updates, Update(date=TODAY, note="Nothing new.")])
    changes = await imports(database, workspace, newer)
    assert [one.fields for one in changes.changed] == [(FieldChange("updates", "2", "3"),)]
    assert await loaded(database, workspace, history=True) == newer
    assert (await action(database, workspace, "A-12")).percent == 65


async def test_a_silent_file_whose_history_goes_on_is_exported_silent(
    database: Database, workspace: int, riverbend: Plan
) -> None:
    silent = edited(riverbend, "A-12", status=None, percent=None)
    await imports(database, workspace, silent)
    before = await action(database, workspace, "A-12", history=True)
    newer = edited(silent, "A-12", updates=[*before.updates, Update(date=TODAY, percent=90)])
    await imports(database, workspace, newer)
    assert await loaded(database, workspace, history=True) == newer
    assert (await action(database, workspace, "A-12")).percent == 90


async def test_a_file_that_goes_further_than_an_owners_report_has_the_last_word(
    database: Database, workspace: int, imported: Plan
) -> None:
    await reports(database, workspace, "A-12", 70)
    exported = await action(database, workspace, "A-12", history=True)
    later = Update(date=TODAY, author="U02CARTER", status=Status.AT_RISK, percent=60)
    newer = edited(imported, "A-12", updates=[*exported.updates, later], percent=70)
    await imports(database, workspace, newer, NOW.replace(hour=16))
    assert await loaded(database, workspace, history=True) == newer
    now = await action(database, workspace, "A-12")
    assert (now.status, now.percent) == (Status.ON_TRACK, 70)


async def test_an_old_statement_does_not_undo_an_owners_report(
    database: Database, workspace: int, imported: Plan
) -> None:
    await reports(database, workspace, "A-12", 70)
    exported = await action(database, workspace, "A-12", history=True)
    later = Update(date=TODAY, author="U02CARTER", note="Still moving.")
    newer = edited(imported, "A-12", updates=[*exported.updates, later], status="on-track", percent=65)
    await imports(database, workspace, newer, NOW.replace(hour=16))
    assert (await action(database, workspace, "A-12")).percent == 70


async def test_a_file_silent_about_an_actions_status_is_exported_silent(
    database: Database, workspace: int, riverbend: Plan
) -> None:
    silent = edited(riverbend, "A-12", status=None, percent=None)
    await imports(database, workspace, silent)
    assert await loaded(database, workspace, history=True) == silent
    now = await action(database, workspace, "A-12")
    assert (now.status, now.percent) == (Status.ON_TRACK, 65)


async def test_new_measurements_in_a_file_are_added_once(database: Database, workspace: int, imported: Plan) -> None:
    before = imported.nodes["ksi-collisions"].entry
    assert isinstance(before, Indicator)
    newest = {"value": 52, "date": TODAY}
    newer = edited(imported, "ksi-collisions", measurements=[*before.measurements, newest])
    changes = await imports(database, workspace, newer)
    assert [one.fields for one in changes.changed] == [(FieldChange("measurements", "2", "3"),)]
    assert (await imports(database, workspace, newer)).is_empty
    now = (await loaded(database, workspace)).nodes["ksi-collisions"].entry
    assert isinstance(now, Indicator)
    assert [one.value for one in now.measurements] == [52]


async def test_another_due_date_owner_and_department_are_kept_as_decisions(
    database: Database, workspace: int, imported: Plan
) -> None:
    newer = edited(imported, "A-12", due="2027-03-31", owners=["U02CARTER"], department="IT")
    async with database.sessions.begin() as session:
        await plans.import_plan(session, workspace, newer, NOW, by="U01ADMIN")
    async with database.reading() as session:
        decisions = await decisions_between(session, workspace, NOW, NOW + timedelta(seconds=1))
    assert [(one.key, one.field, one.old, one.new) for one in decisions] == [
        ("A-12", "owners", "U02CARTER, r.sandhu@example.org", "U02CARTER"),
        ("A-12", "department", "Information Technology", "IT"),
        ("A-12", "due", "2027-01-31", "2027-03-31"),
    ]
    assert {(one.reason, one.decided_by) for one in decisions} == {("plan file import", "U01ADMIN")}


async def test_an_owner_is_heard_though_the_files_history_is_dated_later(
    database: Database, workspace: int, riverbend: Plan
) -> None:
    march = datetime(2026, 3, 9, 14, tzinfo=UTC)
    await imports(database, workspace, riverbend, march)
    said = NewUpdate(
        author="U02CARTER", as_of=march.date(), recorded_at=march + timedelta(hours=1), via=Via.COMMAND, percent=31
    )
    async with database.sessions.begin() as session:
        recorded = await record_update(session, workspace, "A-12", said)
    assert recorded.is_latest
    assert (await action(database, workspace, "A-12")).percent == 31
