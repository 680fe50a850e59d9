"""From which day a status counts its age, and by whose word."""

from datetime import date

import pytest

from commands.standing import Confirmation, confirmation, is_recent, is_stale
from store.plan import Action, Status, Update

TODAY = date(2026, 11, 23)
OWNER = "U0DANA"


def action(status: Status | None, percent: int | None, *updates: Update) -> Action:
    """An action as it stands, with what was said of it."""
    return Action(key="A-1", title="Dashboard", status=status, percent=percent, updates=updates)


def said(day: date, status: Status | None, percent: int | None, **more: str | None) -> Update:
    """What its owner said of a day."""
    return Update.model_validate({"date": day, "author": OWNER, "status": status, "percent": percent} | {**more})


TEN, TWENTY = date(2026, 11, 10), date(2026, 11, 20)
ON_TRACK = said(TEN, Status.ON_TRACK, 40, note="half way")
RENEWED = said(TWENTY, Status.ON_TRACK, 40)


@pytest.mark.parametrize(
    ("stands", "found"),
    [
        pytest.param(action(None, None), None, id="nobody has said"),
        pytest.param(action(Status.ON_TRACK, 40), Confirmation(None, is_by_owner=False), id="the plan states it"),
        pytest.param(
            action(Status.ON_TRACK, 40, ON_TRACK), Confirmation(TEN, is_by_owner=True), id="its owner says so"
        ),
        pytest.param(
            action(Status.ON_TRACK, 40, ON_TRACK, RENEWED), Confirmation(TWENTY, is_by_owner=True), id="confirmed later"
        ),
        pytest.param(
            action(Status.AT_RISK, 40, ON_TRACK), Confirmation(None, is_by_owner=False), id="the plan states otherwise"
        ),
        pytest.param(
            action(Status.ON_TRACK, 60, ON_TRACK), Confirmation(None, is_by_owner=False), id="another percentage"
        ),
        pytest.param(
            action(Status.ON_TRACK, 40, said(TEN, Status.ON_TRACK, 40, author=None)),
            Confirmation(TEN, is_by_owner=False),
            id="the plan's own history",
        ),
        pytest.param(
            action(Status.ON_TRACK, 40, said(TEN, None, None, note="met twice")),
            Confirmation(TEN, is_by_owner=False),
            id="a note without a status",
        ),
    ],
)
def test_a_status_counts_its_age_from(stands: Action, found: Confirmation | None) -> None:
    assert confirmation(stands) == found


def test_what_only_confirms_is_no_news_and_keeps_the_action_from_being_stale() -> None:
    old = said(date(2026, 9, 1), Status.ON_TRACK, 40, note="half way")
    kept = action(Status.ON_TRACK, 40, old, RENEWED)
    assert kept.last_news == old
    assert not is_recent(kept, TODAY)
    assert not is_stale(kept, TODAY)
    assert is_stale(action(Status.ON_TRACK, 40, old), TODAY)
