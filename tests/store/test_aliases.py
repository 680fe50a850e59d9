"""Aliases that administrators add: part of the plan at once, and lasting whatever file is imported."""

from datetime import timedelta

import pytest

from store import aliases, plans
from store.database import Database
from store.errors import NoActivePlan, NoSuchEntry
from store.plan import Plan
from store.planfile import parse, write
from tests.store.conftest import NOW


async def learns(database: Database, workspace: int, key: str, alias: str) -> aliases.Learned | None:
    """Add an alias, in a transaction of its own."""
    async with database.sessions.begin() as session:
        return await aliases.learn_alias(session, workspace, key, alias, by="U0ADMIN", now=NOW)


async def names(database: Database, workspace: int, key: str) -> tuple[str, ...]:
    """The aliases of an entry of the active plan."""
    async with database.reading() as session:
        node = (await plans.load_plan(session, workspace)).find(key)
    return node.entry.aliases if node else ()


async def version(database: Database, workspace: int) -> int:
    """The active plan's."""
    async with database.reading() as session:
        stamp = await plans.stamp(session, workspace)
    return stamp.version if stamp else 0


@pytest.mark.usefixtures("imported")
async def test_a_learnt_alias_is_part_of_the_plan_and_tells_every_process(database: Database, workspace: int) -> None:
    before, of_file = await version(database, workspace), await names(database, workspace, "A-06")
    learned = await learns(database, workspace, "a-06", " Night  nurses ")
    assert learned is not None
    assert (learned.key, learned.alias) == ("A-06", "Night nurses")
    assert await names(database, workspace, "A-06") == (*of_file, "Night nurses")
    assert await version(database, workspace) == before + 1


async def test_what_an_entry_is_called_already_is_not_learnt(
    database: Database, workspace: int, imported: Plan
) -> None:
    assert await learns(database, workspace, "A-06", "night nurses")
    before = await version(database, workspace)
    assert await learns(database, workspace, "A-06", "NIGHT  nurses") is None
    assert await learns(database, workspace, "A-06", imported.nodes["A-06"].entry.title.upper()) is None
    assert await version(database, workspace) == before


@pytest.mark.usefixtures("imported")
async def test_an_entry_that_is_not_there_learns_nothing(database: Database, workspace: int) -> None:
    with pytest.raises(NoSuchEntry):
        await learns(database, workspace, "A-99", "night nurses")


async def test_without_a_plan_nothing_is_learnt(database: Database, workspace: int) -> None:
    with pytest.raises(NoActivePlan):
        await learns(database, workspace, "A-06", "night nurses")


async def test_a_learnt_alias_outlasts_the_import_of_the_file_without_it(
    database: Database, workspace: int, imported: Plan
) -> None:
    await learns(database, workspace, "A-06", "night nurses")
    async with database.sessions.begin() as session:
        assert (await plans.compare_plan(session, workspace, imported)).is_empty
        assert (await plans.import_plan(session, workspace, imported, NOW)).is_empty
    assert "night nurses" in await names(database, workspace, "A-06")


async def test_a_file_that_was_exported_with_it_changes_nothing(
    database: Database, workspace: int, imported: Plan
) -> None:
    await learns(database, workspace, "A-06", "night nurses")
    async with database.reading() as session:
        exported = parse(write(await plans.load_plan(session, workspace, history=True)), "exported.yml")
    for plan in (exported, exported, imported):
        async with database.sessions.begin() as session:
            assert (await plans.compare_plan(session, workspace, plan)).is_empty
            assert (await plans.import_plan(session, workspace, plan, NOW)).is_empty
        assert (await names(database, workspace, "A-06")).count("night nurses") == 1


async def test_an_alias_goes_with_its_entry_and_comes_back_with_it(
    database: Database, workspace: int, imported: Plan
) -> None:
    await learns(database, workspace, "curiosity", "fitting in")
    without = imported.model_copy(update={"values": tuple(one for one in imported.values if one.key != "curiosity")})
    for plan in (without, imported):
        async with database.sessions.begin() as session:
            await plans.import_plan(session, workspace, plan, NOW)
    assert "fitting in" in await names(database, workspace, "curiosity")


@pytest.mark.usefixtures("imported")
async def test_what_was_taken_back_is_gone_and_may_be_learnt_again(database: Database, workspace: int) -> None:
    learned = await learns(database, workspace, "A-06", "night nurses")
    assert learned is not None
    async with database.reading() as session:
        exported = await plans.load_plan(session, workspace, history=True)
    async with database.sessions.begin() as session:
        await plans.import_plan(session, workspace, exported, NOW)
    before = await version(database, workspace)
    async with database.sessions.begin() as session:
        assert await aliases.unlearn_alias(session, workspace, learned.id, NOW + timedelta(minutes=1)) == learned
        assert await aliases.unlearn_alias(session, workspace, learned.id, NOW + timedelta(minutes=2)) is None
    assert "night nurses" not in await names(database, workspace, "A-06")
    assert await version(database, workspace) > before
    assert await learns(database, workspace, "A-06", "night nurses") is not None
