"""A plan that is brought up to date is the same as one that is read anew."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from store.database import Database
from store.measurements import NewMeasurement, record_measurement
from store.plan import Status
from store.plans import load_plan, stamp
from store.refreshing import refreshed
from store.updates import NewUpdate, Reached, Via, record_update
from tests.store.conftest import NOW

pytestmark = pytest.mark.usefixtures("imported")
Report = Callable[[AsyncSession, int], Awaitable[object]]


def update(**said: object) -> NewUpdate:
    """An update of today."""
    told: dict[str, object] = {"author": "U02CARTER", "as_of": NOW.date(), "recorded_at": NOW, "via": Via.COMMAND}
    return NewUpdate(**told | said)  # type: ignore[arg-type] # the fields vary


async def percent(session: AsyncSession, workspace: int) -> None:
    await record_update(session, workspace, "A-12", update(percent=80, note="cabling is done"))


async def milestone(session: AsyncSession, workspace: int) -> None:
    await record_update(session, workspace, "A-12", update(milestones=(Reached("Prosecutors have log-ins"),)))


async def of_an_earlier_day(session: AsyncSession, workspace: int) -> None:
    await percent(session, workspace)
    await record_update(session, workspace, "A-12", update(status=Status.AT_RISK, as_of=NOW.date() - timedelta(days=3)))


async def taken_back(session: AsyncSession, workspace: int) -> None:
    made = await record_update(session, workspace, "A-12", update(percent=90))
    await record_update(session, workspace, "A-12", update(corrects=made.id, idempotency_key="undo:1"))


async def measured(session: AsyncSession, workspace: int) -> None:
    figure = NewMeasurement(value=51.5, date=NOW.date(), recorded_at=NOW, via=Via.COMMAND, author="U02CARTER")
    await record_measurement(session, workspace, "ksi-collisions", figure)


async def on_several(session: AsyncSession, workspace: int) -> None:
    await percent(session, workspace)
    await measured(session, workspace)
    await record_update(session, workspace, "A-01", update(percent=33))


@pytest.mark.parametrize(
    "report", [percent, milestone, of_an_earlier_day, taken_back, measured, on_several], ids=lambda one: one.__name__
)
async def test_what_was_reported_since_is_in_it(database: Database, workspace: int, report: Report) -> None:
    async with database.reading() as session:
        before, since = await load_plan(session, workspace), await stamp(session, workspace)
    async with database.sessions.begin() as session:
        await report(session, workspace)
    async with database.reading() as session:
        now = await stamp(session, workspace)
        assert since
        assert now
        assert since.differs_by_reports(now)
        anew = await load_plan(session, workspace)
        assert await refreshed(session, workspace, before, since, people={}) == anew
