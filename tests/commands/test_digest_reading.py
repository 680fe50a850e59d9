"""A digest read off the record."""

from datetime import UTC, datetime, timedelta

from commands.digest_reading import Wanted, read_digest
from store.database import Database
from store.measurements import NewMeasurement, record_measurement
from store.plan import About, Indicator, Nature, Objective, Plan, PlanStatus, Priority
from store.plans import import_plan
from store.updates import Via
from store.workspaces import default

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
ROADS = tuple(f"road-{number}" for number in range(70))


def priority(key: str, indicators: tuple[str, ...]) -> Priority:
    """A priority with an objective that is measured by those."""
    measured = tuple(Indicator(key=one, title=one, nature=Nature.QUANTITATIVE) for one in indicators)
    return Priority(key=key, title=key, objectives=(Objective(key=f"{key}-1", title=key, indicators=measured),))


PLAN = Plan(
    about=About(key="p", title="Plan", organization="Org", status=PlanStatus.ADOPTED, timezone="UTC"),
    priorities=(priority("roads", ROADS), priority("people", ("staff",))),
)


async def test_a_priority_is_told_of_all_its_figures_however_many_others_have(database: Database) -> None:
    async with database.sessions.begin() as session:
        workspace = await default(session)
        await import_plan(session, workspace, PLAN, NOW - timedelta(days=9))
        for key in (*ROADS, "staff"):
            figure = NewMeasurement(
                author="U02CARTER", value=7, date=NOW.date(), recorded_at=NOW - timedelta(days=1), via=Via.MODAL
            )
            await record_measurement(session, workspace, key, figure)
    async with database.reading() as session:
        of_people = Wanted(NOW - timedelta(days=7), NOW, NOW, "people")
        assert [one.indicator.key for one in (await read_digest(session, workspace, PLAN, of_people)).measured] == [
            "staff"
        ]
        assert (
            len((await read_digest(session, workspace, PLAN, Wanted(NOW - timedelta(days=7), NOW, NOW))).measured) == 71
        )
