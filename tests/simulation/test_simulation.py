"""Some weeks of digests on each database; `make simulate` has years."""

from datetime import UTC, date, datetime

import pytest

from tests.simulation.driving import Course, simulated
from tests.simulation.expected import Rule


def test_each_digest_comes_once_whenever_replicas_are_killed_and_whatever_slack_answers(database_url: str) -> None:
    course = Course(database_url=database_url, days=8, subscriptions=6, replicas=2, seed=5, eventful=3)
    found = simulated(course)
    assert found.due
    assert found.kills or found.faults
    assert found.is_well, found


@pytest.mark.parametrize(
    ("rule", "since", "counted_from", "runs"),
    [
        pytest.param(
            Rule("week", 6, 2, 30, "America/Toronto"),
            datetime(2024, 3, 3, 8, tzinfo=UTC),
            None,
            ["2024-03-10T07:30", "2024-03-17T06:30"],
            id="the clock skips 02:30 on 10 March",
        ),
        pytest.param(
            Rule("fortnight", 0, 9, 0, "Asia/Kolkata"),
            datetime(2024, 1, 1, tzinfo=UTC),
            date(2024, 1, 8),
            ["2024-01-08T03:30", "2024-01-22T03:30"],
            id="fortnights are counted from a day",
        ),
        pytest.param(
            Rule("month", 4, 16, 0, "Asia/Almaty"),
            datetime(2024, 2, 1, tzinfo=UTC),
            None,
            ["2024-02-02T10:00", "2024-03-01T11:00"],
            id="Almaty put the clock back for good on 1 March 2024",
        ),
    ],
)
def test_what_is_expected_is_what_the_calendar_says(
    rule: Rule, since: datetime, counted_from: date | None, runs: list[str]
) -> None:
    found = rule.runs(since, datetime.fromisoformat(f"{runs[-1]}+00:00"), counted_from)
    assert [f"{run:%Y-%m-%dT%H:%M}" for run in found] == runs
