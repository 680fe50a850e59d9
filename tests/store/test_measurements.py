"""Recording an indicator's figures."""

from datetime import date
from typing import Any

import pytest

from store import plans
from store.database import Database
from store.errors import NoSuchEntry, NoSuchUpdate
from store.measurements import (
    NewMeasurement,
    RecordedMeasurement,
    Via,
    last_measurement_by,
    measurement_with,
    measurements,
    record_measurement,
)
from store.plan import Indicator, Plan
from tests.store.conftest import NOW

pytestmark = pytest.mark.usefixtures("imported")
KEY = "ksi-collisions"


async def measures(database: Database, workspace: int, key: str = KEY, **values: Any) -> RecordedMeasurement:
    """Record a figure in a transaction of its own."""
    told: dict[str, Any] = {"author": "U02CARTER", "date": date(2026, 11, 20), "recorded_at": NOW, "via": Via.MODAL}
    async with database.sessions.begin() as session:
        return await record_measurement(session, workspace, key, NewMeasurement(**told | values))


async def latest(database: Database, workspace: int) -> float | str | None:
    """The indicator's latest value, as a member would read it."""
    async with database.reading() as session:
        entry = (await plans.load_plan(session, workspace)).nodes[KEY].entry
    assert isinstance(entry, Indicator)
    return entry.latest.value if entry.latest else None


async def test_a_figure_recorded_is_the_indicators_latest(database: Database, workspace: int) -> None:
    recorded = await measures(database, workspace, value=52, note="Third quarter.")
    assert (recorded.key, recorded.value, recorded.note) == (KEY, 52.0, "Third quarter.")
    assert await latest(database, workspace) == 52


async def test_a_figure_delivered_twice_is_recorded_once(database: Database, workspace: int) -> None:
    first = await measures(database, workspace, value=52, idempotency_key="Ev1")
    second = await measures(database, workspace, value=99, idempotency_key="Ev1")
    assert (second.id, second.is_repeat) == (first.id, True)
    assert await latest(database, workspace) == 52


async def test_a_corrected_figure_is_kept_and_no_longer_counts(database: Database, workspace: int) -> None:
    slip = await measures(database, workspace, value=520, date=date(2026, 11, 22))
    right = await measures(database, workspace, value=52, corrects=slip.id)
    assert await latest(database, workspace) == 52
    async with database.reading() as session:
        recorded = await measurements(session, workspace, KEY)
    assert [(one.value, one.corrected_by) for one in recorded[:2]] == [(52.0, None), (520.0, right.id)]
    with pytest.raises(NoSuchUpdate):
        await measures(database, workspace, value=53, corrects=slip.id)


async def test_a_figure_is_taken_back(database: Database, workspace: int, imported: Plan) -> None:
    slip = await measures(database, workspace, value=520)
    taken_back = await measures(database, workspace, value=None, corrects=slip.id)
    assert taken_back.value is None
    assert await latest(database, workspace) == 57
    async with database.sessions.begin() as session:
        whole = await plans.load_plan(session, workspace, history=True)
        assert (await plans.import_plan(session, workspace, whole, NOW)).is_empty
        assert (await plans.import_plan(session, workspace, imported, NOW)).is_empty
        assert await last_measurement_by(session, workspace, ["u02carter"], since=NOW) is None
    assert await latest(database, workspace) == 57


async def test_the_last_figure_that_somebody_recorded_is_found(database: Database, workspace: int) -> None:
    await measures(database, workspace, value=50)
    last = await measures(database, workspace, value=51, on_behalf_of="U05MALIKS", evidence="https://example.org")
    async with database.reading() as session:
        assert await last_measurement_by(session, workspace, ["u02carter"], since=NOW) == last
        assert await measurement_with(session, workspace, last.id) == last
    assert (last.on_behalf_of, last.evidence) == ("U05MALIKS", "https://example.org")


async def test_words_are_measured_too(database: Database, workspace: int) -> None:
    await measures(database, workspace, value="Mostly calm.")
    assert await latest(database, workspace) == "Mostly calm."


async def test_a_figure_of_an_earlier_day_is_not_the_latest(database: Database, workspace: int) -> None:
    await measures(database, workspace, value=99, date=date(2025, 6, 30))
    assert await latest(database, workspace) == 57


async def test_an_action_is_not_measured(database: Database, workspace: int) -> None:
    with pytest.raises(NoSuchEntry):
        await measures(database, workspace, key="A-12", value=1)


@pytest.mark.parametrize(
    "value",
    [pytest.param(" ", id="no words"), pytest.param(float("nan"), id="not a number"), pytest.param(None, id="nothing")],
)
async def test_a_figure_that_cannot_be_is_not_made(
    database: Database, workspace: int, value: float | str | None
) -> None:
    with pytest.raises(ValueError, match="measured value"):
        await measures(database, workspace, value=value)
