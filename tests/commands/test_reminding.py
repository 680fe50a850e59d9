"""Who is reminded of what, and when."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.reminding import (
    Coming,
    Due,
    Heard,
    Reason,
    Waiting,
    comings,
    is_time,
    reason_to_ask,
    waiting,
)
from commands.workdays import is_working_time
from store.plan import About, Action, Indicator, Nature, Objective, Plan, PlanStatus, Priority
from store.reminder_wishes import Wish
from store.subscriptions import Subscription

TORONTO = ZoneInfo("America/Toronto")
ON = date(2026, 6, 22)
"""A Monday."""
DIGEST = datetime(2026, 6, 22, 9, tzinfo=TORONTO)
THURSDAY = datetime(2026, 6, 18, 9, tzinfo=TORONTO)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: LONG_AGO + timedelta(minutes=minutes))
WHOLE = Coming(DIGEST, "C1", "", 1)


def action(
    key: str = "A-1",
    *,
    last: date | None = None,
    said: str = "on-track",
    owners: tuple[str, ...] = ("U0ANNA",),
    **given: Any,
) -> Action:
    """An action of which something was said on a day, by default that it is on track."""
    updates = [{"date": last, "status": said, "percent": 10}] if last else []
    return Action.model_validate({"key": key, "title": key, "owners": owners, "updates": updates, **given})


def indicator(last: date | None, key: str = "I-1") -> Indicator:
    """An indicator, last measured on a day."""
    measured = [{"value": 1.0, "date": last}] if last else []
    return Indicator.model_validate(
        {"key": key, "title": key, "nature": Nature.QUANTITATIVE, "owners": ["U0ANNA"], "measurements": measured}
    )


def plan(*entries: Action | Indicator, status: PlanStatus = PlanStatus.ADOPTED, update_days: int | None = None) -> Plan:
    """A plan with these entries under the objective O of the priority P; those keyed `B…` under another one."""

    def objective(key: str, mine: list[Action | Indicator]) -> Objective:
        actions = tuple(one for one in mine if isinstance(one, Action))
        indicators = tuple(one for one in mine if isinstance(one, Indicator))
        return Objective(key=key, title=key, actions=actions, indicators=indicators)

    others = [one for one in entries if one.key.startswith("B")]
    mine = [one for one in entries if one not in others]
    about = About(
        key="p", title="P", organization="O", status=status, timezone="America/Toronto", update_days=update_days
    )
    priorities = tuple(
        Priority(key=f"p-{name}", title=name, objectives=(objective(f"o-{name}", listed),))
        for name, listed in (("a", mine), ("b", others))
    )
    return Plan(about=about, priorities=priorities)


def days_before(count: int) -> date:
    """A day before the one that is asked about."""
    return ON - timedelta(days=count)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        pytest.param({"last": days_before(30)}, None, id="updated 30 days ago"),
        pytest.param({"last": days_before(31)}, Reason.SILENT, id="updated 31 days ago"),
        pytest.param({}, Reason.SILENT, id="never updated"),
        pytest.param({"start": ON + timedelta(days=1)}, None, id="not begun"),
        pytest.param({"last": days_before(90), "status": "complete"}, None, id="complete"),
        pytest.param({"last": days_before(90), "status": "cancelled"}, None, id="cancelled"),
        pytest.param({"last": days_before(20), "due": days_before(5)}, Reason.OVERDUE, id="overdue"),
        pytest.param({"last": days_before(5), "due": days_before(5)}, Reason.OVERDUE, id="updated on the due day"),
        pytest.param({"last": days_before(4), "due": days_before(5)}, None, id="overdue, and updated since"),
        pytest.param(
            {"last": days_before(15), "due": days_before(40)}, Reason.OVERDUE, id="overdue for long, silent 15 days"
        ),
        pytest.param({"last": days_before(14), "due": days_before(40)}, None, id="overdue for long, silent 14 days"),
        pytest.param({"last": days_before(1), "due": ON + timedelta(days=14)}, Reason.SOON, id="due in 14 days"),
        pytest.param(
            {"last": days_before(0), "due": ON + timedelta(days=14)}, None, id="due in 14 days, updated today"
        ),
        pytest.param({"last": days_before(1), "due": ON + timedelta(days=15)}, None, id="due in 15 days"),
        pytest.param({"last": days_before(5), "due": ON + timedelta(days=4)}, None, id="due in 4 days, updated since"),
        pytest.param({"last": days_before(5), "due": ON + timedelta(days=3)}, Reason.NEXT, id="due in 3 days"),
        pytest.param({"last": days_before(5), "due": ON}, Reason.NEXT, id="due on the day"),
        pytest.param({"last": ON, "due": ON}, None, id="due on the day, updated on it"),
    ],
)
def test_an_update_of_an_action_is_due(given: dict[str, Any], reason: Reason | None) -> None:
    mine = action(**given)
    assert reason_to_ask(mine, ON, plan(mine)) is reason


@pytest.mark.parametrize(("silent", "is_due"), [(14, False), (15, True)])
def test_a_plan_says_after_how_many_days_an_update_is_due(silent: int, is_due: bool) -> None:
    mine = action(last=days_before(silent))
    assert (reason_to_ask(mine, ON, plan(mine, update_days=14)) is Reason.SILENT) is is_due


@pytest.mark.parametrize(
    ("last", "heard", "is_due"),
    [
        pytest.param(None, Heard(), True, id="never measured"),
        pytest.param(days_before(31), Heard(), True, id="measured 31 days ago"),
        pytest.param(days_before(30), Heard(), False, id="measured 30 days ago"),
        pytest.param(days_before(90), Heard({"I-1": timedelta(days=91)}), False, id="measured each quarter"),
        pytest.param(days_before(92), Heard({"I-1": timedelta(days=91)}), True, id="a quarter without a figure"),
        pytest.param(days_before(31), Heard({"I-1": timedelta(days=1)}), True, id="measured daily until a month ago"),
        pytest.param(days_before(99), Heard(unchanged={"I-1": days_before(30)}), False, id="nothing new, 30 days ago"),
        pytest.param(days_before(99), Heard(unchanged={"I-1": days_before(31)}), True, id="nothing new, 31 days ago"),
    ],
)
def test_a_figure_of_an_indicator_is_due(last: date | None, heard: Heard, is_due: bool) -> None:
    mine = indicator(last)
    assert (reason_to_ask(mine, ON, plan(mine), heard) is Reason.SILENT) is is_due


def persons(found: tuple[Waiting, ...]) -> dict[str, list[str]]:
    """By person, the keys of what they are asked for."""
    return {one.person: [due.entry.key for due in one.due] for one in found}


def test_all_that_a_person_owns_is_in_one_reminder_the_most_urgent_first() -> None:
    whole = plan(
        action("A-1"), action("A-2", due=days_before(2)), action("A-3", last=ON), indicator(None), action("B-1")
    )
    found = waiting(whole, [WHOLE], THURSDAY, addresses={})
    assert persons(found) == {"U0ANNA": ["A-2", "A-1", "B-1", "I-1"]}


def test_every_owner_is_asked_and_an_address_is_a_person_only_if_slack_knows_it() -> None:
    owners = ("U0ANNA", "Ben@example.org", "nobody@example.org")
    found = waiting(plan(action(owners=owners)), [WHOLE], THURSDAY, addresses={"ben@example.org": "U0BEN"})
    assert persons(found) == {"U0ANNA": ["A-1"], "U0BEN": ["A-1"]}


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.SUPERSEDED])
def test_a_plan_that_is_not_in_force_asks_nobody(status: PlanStatus) -> None:
    assert waiting(plan(action(), status=status), [WHOLE], THURSDAY, addresses={}) == ()


def test_what_is_theirs_no_more_is_not_asked_for() -> None:
    whole = plan(action("A-1"), action("A-2"))
    found = waiting(whole, [WHOLE], THURSDAY, addresses={}, disowned={("A-1", "U0ANNA")})
    assert persons(found) == {"U0ANNA": ["A-2"]}


def test_each_entry_is_named_by_the_first_digest_that_is_about_it() -> None:
    of_b = Coming(DIGEST - timedelta(days=1), "C2", "p-b", 2)
    found = waiting(plan(action("A-1"), action("B-1")), [of_b, WHOLE], THURSDAY, addresses={})
    assert found[0].coming == of_b
    assert {due.entry.key: due.coming for due in found[0].due} == {"A-1": WHOLE, "B-1": of_b}


def test_a_departments_digest_is_about_its_actions_alone() -> None:
    of_roads = Coming(DIGEST - timedelta(days=1), "C2", "", 2, "Roads")
    whole = plan(action("A-1", department="roads"), action("A-2", department="Parks"), indicator(None))
    (found,) = waiting(whole, [of_roads, WHOLE], THURSDAY, addresses={})
    assert {due.entry.key: due.coming for due in found.due} == {"A-1": of_roads, "A-2": WHOLE, "I-1": WHOLE}


@pytest.mark.parametrize(
    ("given", "is_told"),
    [
        pytest.param({"last": days_before(6), "said": "at-risk"}, True, id="at risk"),
        pytest.param({"last": days_before(6), "said": "off-track"}, True, id="off track"),
        pytest.param({"last": days_before(6), "due": days_before(8)}, True, id="overdue, and updated since"),
        pytest.param({"last": days_before(6)}, False, id="on track"),
        pytest.param({"last": days_before(5), "said": "at-risk"}, False, id="at risk, as just reported"),
        pytest.param({"last": days_before(6), "said": "complete", "due": days_before(8)}, False, id="complete"),
    ],
)
def test_who_will_be_named_is_told_though_no_update_is_due(given: dict[str, Any], is_told: bool) -> None:
    found = waiting(plan(action("A-1", **given)), [WHOLE], THURSDAY, addresses={})
    assert [due.reason for one in found for due in one.due] == ([Reason.NAMED] if is_told else [])


def test_where_no_digest_names_it_nobody_is_told() -> None:
    of_b = Coming(DIGEST, "C2", "p-b", 2)
    assert waiting(plan(action("A-1", last=days_before(6), said="at-risk")), [of_b], THURSDAY, addresses={}) == ()


def test_what_no_digest_is_about_waits_all_the_same() -> None:
    of_b = Coming(DIGEST, "C2", "p-b", 2)
    found = waiting(plan(action("A-1")), [of_b], THURSDAY, addresses={})
    assert found == (Waiting("U0ANNA", (Due(action("A-1"), Reason.SILENT, None),), None),)


def test_an_update_is_due_by_the_day_of_the_digest() -> None:
    fresh_today = plan(action(last=days_before(31)))
    assert waiting(fresh_today, [WHOLE], THURSDAY, addresses={})
    assert not waiting(fresh_today, [], THURSDAY, addresses={})


def test_paused_subscriptions_and_runs_that_are_past_bring_no_digest() -> None:
    def subscription(number: int, at: datetime, paused_at: datetime | None = None) -> Subscription:
        return Subscription(
            id=number,
            workspace=1,
            channel_id="C1",
            created_by="U0ANNA",
            created_at=LONG_AGO,
            weekday=0,
            hour=9,
            minute=0,
            timezone="UTC",
            next_run_at=at,
            paused_at=paused_at,
            paused_reason=None,
        )

    later = DIGEST + timedelta(days=1)
    known = [subscription(1, later), subscription(2, DIGEST), subscription(3, DIGEST, LONG_AGO)]
    known.append(subscription(4, THURSDAY - timedelta(minutes=1)))
    assert [one.subscription for one in comings(known, THURSDAY)] == [2, 1]


def due_now(
    now: datetime,
    *,
    coming: Coming | None = WHOLE,
    zone: ZoneInfo = TORONTO,
    wish: Wish | None = None,
    last: date | None = None,
    holidays: frozenset[date] = frozenset(),
    began: datetime = LONG_AGO,
) -> bool:
    """Whether somebody with one thing to update is to be reminded."""
    one = Waiting("U0ANNA", (Due(action(), Reason.SILENT, coming),), coming)
    return is_time(one, now=now, zone=zone, wish=wish or Wish(), last=last, holidays=holidays, began=began)


@pytest.mark.parametrize(
    ("now", "given", "expected"),
    [
        pytest.param(THURSDAY, {}, True, id="two working days before"),
        pytest.param(THURSDAY - timedelta(seconds=1), {}, False, id="a second too early"),
        pytest.param(THURSDAY + timedelta(hours=8), {}, False, id="after work"),
        pytest.param(THURSDAY + timedelta(days=1), {}, True, id="made up for the next day"),
        pytest.param(THURSDAY + timedelta(days=2), {}, False, id="on Saturday"),
        pytest.param(DIGEST, {}, False, id="the digest is out"),
        pytest.param(THURSDAY, {"last": date(2026, 6, 12)}, False, id="reminded six days before"),
        pytest.param(THURSDAY, {"last": date(2026, 6, 11)}, True, id="reminded a week before"),
        pytest.param(THURSDAY, {"wish": Wish(is_off=True)}, False, id="off"),
        pytest.param(THURSDAY, {"wish": Wish(rests_until=date(2026, 6, 19))}, False, id="resting"),
        pytest.param(THURSDAY, {"wish": Wish(rests_until=date(2026, 6, 18))}, True, id="rested"),
        pytest.param(THURSDAY, {"wish": Wish(comes_on=date(2026, 6, 19))}, False, id="asked for tomorrow"),
        pytest.param(THURSDAY, {"holidays": frozenset({date(2026, 6, 18)})}, False, id="on a holiday"),
        pytest.param(
            THURSDAY - timedelta(days=1), {"holidays": frozenset({date(2026, 6, 18)})}, True, id="before a holiday"
        ),
        pytest.param(
            datetime(2026, 6, 15, 9, tzinfo=TORONTO), {"wish": Wish(comes_on=date(2026, 6, 15))}, True, id="asked for"
        ),
        pytest.param(
            datetime(2026, 6, 16, 9, tzinfo=TORONTO),
            {"wish": Wish(comes_on=date(2026, 6, 15)), "last": date(2026, 6, 12)},
            True,
            id="asked for yesterday, within a week of the last",
        ),
        pytest.param(
            datetime(2026, 6, 15, 12, tzinfo=TORONTO),
            {"wish": Wish(comes_on=date(2026, 6, 15)), "last": date(2026, 6, 15)},
            False,
            id="asked for, and had",
        ),
        pytest.param(THURSDAY, {"zone": ZoneInfo("Pacific/Auckland")}, False, id="night in Auckland"),
        pytest.param(
            datetime(2026, 6, 19, 9, tzinfo=ZoneInfo("Pacific/Auckland")),
            {"zone": ZoneInfo("Pacific/Auckland")},
            True,
            id="Friday in Auckland, where the digest comes on Tuesday",
        ),
    ],
)
def test_a_reminder_ahead_of_a_digest(now: datetime, given: dict[str, Any], expected: bool) -> None:
    assert due_now(now, **given) is expected


@pytest.mark.parametrize(
    ("now", "given", "expected"),
    [
        pytest.param(datetime(2026, 6, 22, 9, tzinfo=TORONTO), {}, True, id="Monday at nine"),
        pytest.param(datetime(2026, 6, 23, 9, tzinfo=TORONTO), {}, True, id="Tuesday, where Monday was missed"),
        pytest.param(datetime(2026, 6, 24, 9, tzinfo=TORONTO), {}, False, id="Wednesday"),
        pytest.param(
            datetime(2026, 6, 24, 9, tzinfo=TORONTO),
            {"holidays": frozenset({date(2026, 6, 22)})},
            True,
            id="Wednesday after a holiday on Monday",
        ),
        pytest.param(
            datetime(2026, 6, 22, 9, tzinfo=TORONTO),
            {"began": datetime(2026, 6, 18, tzinfo=UTC)},
            False,
            id="in the first week",
        ),
    ],
)
def test_a_reminder_of_what_no_digest_names(now: datetime, given: dict[str, Any], expected: bool) -> None:
    assert due_now(now, coming=None, **given) is expected


@given(
    MOMENTS,
    st.sampled_from(sorted(available_timezones())),
    st.timedeltas(timedelta(days=-10), timedelta(days=10)),
    st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)
def test_nobody_is_ever_reminded_out_of_hours_after_the_digest_or_twice_a_week(
    now: datetime, zone: str, ahead: timedelta, last: date | None
) -> None:
    own = ZoneInfo(zone)
    if due_now(now, coming=Coming(now + ahead, "C1", "", 1), zone=own, last=last):
        assert is_working_time(now, own, frozenset())
        assert ahead > timedelta(0)
        assert last is None or now.astimezone(own).date() - last >= timedelta(days=7)


@given(
    MOMENTS,
    st.sampled_from(["America/Toronto", "Pacific/Auckland", "Asia/Kathmandu", "America/St_Johns", "UTC"]),
)
def test_everybody_can_be_reminded_before_a_digest_that_is_a_week_away(digest: datetime, zone: str) -> None:
    coming = Coming(digest, "C1", "", 1)
    hours = [digest - timedelta(hours=back) for back in range(7 * 24)]
    assert any(due_now(one, coming=coming, zone=ZoneInfo(zone)) for one in hours)
