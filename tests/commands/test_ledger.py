"""What became of a delivery, by what is on the record of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from commands.ledger import Fate, Rules, row_of
from store.digests import Delivery
from store.subscriptions import Subscription

DUE = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
RULES = Rules(late=timedelta(minutes=15), lease=timedelta(minutes=3), grace=timedelta(hours=24))
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
OF = Subscription(
    id=1,
    workspace=1,
    channel_id="C1",
    created_by="U1",
    created_at=DUE - timedelta(days=7),
    weekday=0,
    hour=9,
    minute=0,
    timezone="America/Winnipeg",
    next_run_at=DUE + timedelta(days=7),
    paused_at=None,
    paused_reason=None,
)
CLAIMED = Delivery(
    id=1,
    workspace=1,
    subscription_id=1,
    channel_id="C1",
    scope_key="",
    period_due_at=DUE,
    covers_from=DUE - timedelta(days=7),
    claimed_at=DUE,
    claimed_by="plan-1:7",
    posted_at=None,
    message_ts=None,
    attempts=1,
)
POSTED: dict[str, Any] = {"posted_at": DUE + MINUTE, "message_ts": "1.0"}


@pytest.mark.parametrize(
    ("changed", "after", "fate"),
    [
        pytest.param(POSTED, HOUR, Fate.POSTED, id="posted"),
        pytest.param(POSTED | {"parts": 3, "parts_posted": 1}, HOUR, Fate.CUT, id="thread-incomplete"),
        pytest.param({}, MINUTE, Fate.IN_HAND, id="just-claimed"),
        pytest.param({}, HOUR, Fate.WAITING, id="left-by-its-process"),
        pytest.param({}, 25 * HOUR, Fate.LEFT, id="over-the-grace"),
        pytest.param({"claimed_at": DUE + 25 * HOUR}, 25 * HOUR, Fate.LEFT, id="claimed-too-late"),
    ],
)
def test_what_became_of_it(changed: dict[str, Any], after: timedelta, fate: Fate) -> None:
    assert row_of(replace(CLAIMED, **changed), OF, RULES, DUE + after).fate is fate


@pytest.mark.parametrize("changed", [{"paused_at": DUE, "paused_reason": "is_archived"}, {"ended_at": DUE}])
def test_of_what_rests_or_has_ended_nothing_more_comes(changed: dict[str, Any]) -> None:
    of = replace(OF, **changed)
    assert row_of(CLAIMED, of, RULES, DUE + MINUTE).fate is Fate.LEFT
    assert row_of(replace(CLAIMED, **POSTED), of, RULES, DUE + MINUTE).fate is Fate.POSTED


@pytest.mark.parametrize(("minutes", "is_late"), [(15, False), (16, True)])
def test_some_minutes_are_not_late(minutes: int, *, is_late: bool) -> None:
    posted = replace(CLAIMED, posted_at=DUE + MINUTE * minutes)
    assert (row_of(posted, OF, RULES, DUE + HOUR).late_by is not None) == is_late


def test_a_thread_that_is_being_posted_is_in_somebodys_hands() -> None:
    cut = replace(CLAIMED, **POSTED, parts=3, parts_posted=1)
    assert row_of(cut, OF, RULES, DUE + MINUTE).is_in_hand
    assert not row_of(cut, OF, RULES, DUE + HOUR).is_in_hand
