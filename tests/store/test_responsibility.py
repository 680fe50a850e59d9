"""Delegations, owners' addresses and departures on the record, on both databases."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from store.addresses import (
    addresses_of,
    addresses_to_ask,
    is_owners_address,
    known_addresses,
    remember_addresses,
    unknown_addresses,
)
from store.database import Database
from store.delegations import Delegated, delegated_to, delegation_with, delegations_of, end, grant
from store.departures import departures, gone_people, note_told, notice, settle
from store.errors import NoSuchEntry
from store.plan import Kind
from store.plans import load_plan, stamp

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
DANA = "U09DANA"

pytestmark = pytest.mark.usefixtures("imported")


async def granted(database: Database, workspace: int, until: date | None = None, now: datetime = NOW) -> Delegated:
    """Dana reports on A-12 for Carter."""
    async with database.sessions.begin() as session:
        return await grant(session, workspace, "a-12", Kind.ACTION, DANA, by="U02CARTER", until=until, now=now)


async def held(database: Database, workspace: int, now: datetime = NOW) -> list[tuple[str, date | None]]:
    """What Dana reports on for others, and until when."""
    async with database.reading() as session:
        return [(one.key, one.until) for one in await delegated_to(session, workspace, DANA, now)]


async def test_a_delegation_holds_until_it_is_ended(database: Database, workspace: int) -> None:
    made = await granted(database, workspace)
    assert await held(database, workspace) == [("A-12", None)]
    async with database.sessions.begin() as session:
        ended = await end(session, workspace, made.id, by="U02CARTER", now=NOW)
        assert ended is not None
        assert await end(session, workspace, made.id, by="U02CARTER", now=NOW) is None
        assert await delegation_with(session, workspace, made.id) is None
    assert await held(database, workspace) == []


async def test_the_last_day_counts_in_the_plans_zone(database: Database, workspace: int) -> None:
    await granted(database, workspace, until=date(2026, 11, 30))
    still_the_30th = datetime(2026, 12, 1, 5, 59, tzinfo=UTC)
    assert await held(database, workspace, still_the_30th) == [("A-12", date(2026, 11, 30))]
    assert await held(database, workspace, still_the_30th + timedelta(minutes=1)) == []


async def test_the_same_again_is_one_and_another_day_takes_its_place(database: Database, workspace: int) -> None:
    first = await granted(database, workspace, until=date(2026, 11, 30))
    assert (await granted(database, workspace, until=date(2026, 11, 30))).id == first.id
    second = await granted(database, workspace, until=date(2026, 12, 31))
    assert second.id != first.id
    async with database.reading() as session:
        found = await delegations_of(session, workspace, ["A-12"], NOW)
    assert [one.id for one in found] == [second.id]


async def test_one_that_is_over_is_granted_anew(database: Database, workspace: int) -> None:
    await granted(database, workspace, until=date(2026, 11, 1), now=NOW - timedelta(days=40))
    assert await held(database, workspace) == []
    await granted(database, workspace)
    assert await held(database, workspace) == [("A-12", None)]


async def test_two_at_once_make_one(database: Database, workspace: int) -> None:
    made = await asyncio.gather(*(granted(database, workspace) for _ in range(5)))
    assert len({one.id for one in made}) == 1


async def test_only_what_is_in_the_plan_is_delegated(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        with pytest.raises(NoSuchEntry):
            await grant(session, workspace, "A-12", Kind.INDICATOR, DANA, by="U02CARTER", until=None, now=NOW)


async def test_addresses_are_asked_about_until_they_are_known(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        every = await addresses_to_ask(session, workspace, NOW)
        assert "r.sandhu@example.org" in every
        assert await is_owners_address(session, workspace, "R.Sandhu@example.org")
        assert not await is_owners_address(session, workspace, "dana@example.org")
        told = [(email, "U08SANDHU" if email.startswith("r.") else None) for email in every]
        await remember_addresses(session, workspace, told, NOW)
    async with database.reading() as session:
        assert await addresses_to_ask(session, workspace, NOW) == []
        again = await addresses_to_ask(session, workspace, NOW + timedelta(seconds=1))
        assert again == [email for email in every if not email.startswith("r.")]
        assert await known_addresses(session, workspace) == {"r.sandhu@example.org": "U08SANDHU"}
        assert await unknown_addresses(session, workspace) == frozenset(again)
        assert await addresses_of(session, workspace, "U08SANDHU") == {"r.sandhu@example.org"}


async def test_whose_an_address_was_it_stays(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        await remember_addresses(session, workspace, [("r.sandhu@example.org", "U08SANDHU")], NOW)
        await remember_addresses(session, workspace, [("R.Sandhu@example.org", None)], NOW)
        assert await known_addresses(session, workspace) == {"r.sandhu@example.org": "U08SANDHU"}


async def test_a_plan_is_read_again_with_owners_by_id(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        before = await stamp(session, workspace)
        await remember_addresses(session, workspace, [("r.sandhu@example.org", "U08SANDHU")], NOW)
        assert await stamp(session, workspace) != before
        people = await known_addresses(session, workspace)
        named = await load_plan(session, workspace, people=people)
        as_filed = await load_plan(session, workspace)
    assert named.nodes["A-05"].entry.model_dump()["owners"] == ("U08SANDHU",)
    assert named.nodes["A-12"].entry.model_dump()["owners"] == ("U02CARTER", "U08SANDHU")
    assert as_filed.nodes["A-05"].entry.model_dump()["owners"] == ("r.sandhu@example.org",)


async def test_a_departure_is_noticed_once_and_anew_when_it_was_settled(database: Database, workspace: int) -> None:
    async with database.sessions.begin() as session:
        first = await notice(session, workspace, "U02CARTER", email=None, name="Carter", now=NOW)
        assert not first.is_told
        await note_told(session, workspace, "U02CARTER", NOW)
        again = await notice(session, workspace, "U02CARTER", email=None, name="C", now=NOW + timedelta(days=1))
        assert (again.is_told, again.noticed_at, again.name) == (True, NOW, "Carter")
        assert await gone_people(session, workspace) == {"U02CARTER": "Carter"}
        assert await settle(session, workspace, "U02CARTER", NOW)
        assert not await settle(session, workspace, "U02CARTER", NOW)
        assert await departures(session, workspace) == []
        anew = await notice(session, workspace, "U02CARTER", email=None, name="C", now=NOW + timedelta(days=2))
        assert (anew.is_told, anew.name) == (False, "C")
        assert [one.user_id for one in await departures(session, workspace)] == ["U02CARTER"]
