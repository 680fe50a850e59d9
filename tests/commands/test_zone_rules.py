"""A zone's rules change after a run was computed: it is set right, comes once, and is not left out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.schedule import LAST, Schedule
from commands.zone_rules import mended_next_run, run_after
from store.digest_tables import Every
from store.subscriptions import Subscription
from tests.commands.test_schedule import MOMENTS, SCHEDULES


def utc(moment: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def kept(
    schedule: Schedule, next_run_at: datetime, paused_at: datetime | None = None, *, mentions_owners: bool = False
) -> Subscription:
    """A subscription as the record holds it."""
    return Subscription(
        id=1,
        workspace=1,
        channel_id="C1",
        created_by="U1",
        created_at=utc("2010-01-01"),
        weekday=schedule.weekday,
        hour=schedule.hour,
        minute=schedule.minute,
        timezone=schedule.timezone,
        every=schedule.every,
        nth=schedule.nth,
        anchor=schedule.anchor,
        scope_key=schedule.scope,
        department=schedule.department,
        mentions_owners=mentions_owners,
        next_run_at=next_run_at,
        paused_at=paused_at,
        paused_reason=None,
    )


MONDAY_NINE = Schedule(0, 9, 0, "America/Toronto")
CASES = {
    "nothing changed": (MONDAY_NINE, "2026-11-30T14:00", "2026-11-24", None),
    "daylight saving was given up after the run was computed": (
        Schedule(0, 9, 0, "America/Sao_Paulo"),  # in 2019: Brasilia stays at -3, where it would have been at -2
        "2019-12-02T11:00",
        "2019-11-26",
        "2019-12-02T12:00",
    ),
    "a zone moved by half an hour": (
        Schedule(4, 9, 0, "Asia/Pyongyang"),  # at +9 again since May 2018, at +8:30 before
        "2018-05-11T00:30",
        "2018-05-04",
        "2018-05-11T00:00",
    ),
    "a zone crossed the date line": (
        Schedule(0, 9, 0, "Pacific/Apia"),  # at +14 since 30 December 2011, at -10 before
        "2012-01-02T19:00",
        "2011-12-27",
        "2012-01-01T19:00",
    ),
    "it is due already under the rules of now": (
        Schedule(4, 9, 0, "Asia/Pyongyang"),
        "2018-05-11T00:30",
        "2018-05-11T00:10",
        "2018-05-11T00:00",
    ),
    "it came due by the rules of then": (
        Schedule(0, 9, 0, "America/Sao_Paulo"),
        "2019-12-02T11:00",
        "2019-12-02T11:00",
        None,
    ),
    "the day is another one in UTC": (
        Schedule(0, 0, 15, "America/Sao_Paulo"),
        "2019-12-02T02:15",
        "2019-11-26",
        "2019-12-02T03:15",
    ),
    "a fortnightly one keeps its weeks": (
        Schedule(0, 9, 0, "America/Sao_Paulo", every=Every.FORTNIGHT, anchor=date(2019, 11, 18)),
        "2019-12-02T11:00",
        "2019-11-26",
        "2019-12-02T12:00",
    ),
    "a monthly one keeps its month": (
        Schedule(0, 9, 0, "America/Sao_Paulo", every=Every.MONTH, nth=LAST),
        "2019-12-30T11:00",
        "2019-11-26",
        "2019-12-30T12:00",
    ),
    "a run that no rule explains is left alone": (MONDAY_NINE, "2026-11-28T14:00", "2026-11-24", None),
    "a run that was set by hand is left alone": (MONDAY_NINE, "2026-11-30T14:07", "2026-11-24", None),
}


@pytest.mark.parametrize(("schedule", "next_run_at", "now", "mended"), CASES.values(), ids=CASES.keys())
def test_a_run_is_when_the_rules_of_now_put_it(
    schedule: Schedule, next_run_at: str, now: str, mended: str | None
) -> None:
    found = mended_next_run(kept(schedule, utc(next_run_at)), utc(now))
    assert found == (utc(mended) if mended else None)


def test_what_is_paused_is_left_alone() -> None:
    paused = kept(Schedule(0, 9, 0, "America/Sao_Paulo"), utc("2019-12-02T11:00"), paused_at=utc("2019-11-01"))
    assert mended_next_run(paused, utc("2019-11-26")) is None


def test_a_run_that_came_due_before_the_rules_changed_does_not_come_again_on_its_day() -> None:
    due = kept(Schedule(0, 9, 0, "America/Sao_Paulo"), utc("2019-12-02T11:00"))
    assert run_after(due, utc("2019-12-02T11:20")) == utc("2019-12-09T12:00")


@given(schedule=SCHEDULES, moment=MOMENTS, quarters=st.integers(-26 * 4, 26 * 4))
def test_whatever_the_rules_were_the_run_is_the_same_day_s(schedule: Schedule, moment: datetime, quarters: int) -> None:
    schedule = schedule.begun(moment)
    run = schedule.next_after(moment)
    by_other_rules = kept(schedule, run + timedelta(minutes=15) * quarters)
    assert mended_next_run(by_other_rules, moment - timedelta(days=3)) == (run if quarters else None)


@given(schedule=SCHEDULES, moment=MOMENTS, late=st.integers(0, 40 * 24))
def test_where_no_rule_changed_the_run_to_come_is_the_schedules(
    schedule: Schedule, moment: datetime, late: int
) -> None:
    schedule = schedule.begun(moment)
    run = schedule.next_after(moment)
    now = run + timedelta(hours=late)
    assert run_after(kept(schedule, run), now) == schedule.next_after(now)
