"""`planbot digest due` and `planbot digest history`, as an operator types them."""

import json
from datetime import timedelta

import pytest
import time_machine
from typer.testing import CliRunner

from bot.cli.app import app
from store.database import Database
from store.subscriptions import end_subscription, pause
from tests.bot.cli.digesting import MONDAY, TUESDAY, claimed, planbot, subscribed, written

pytestmark = pytest.mark.usefixtures("on_tuesday")


def test_the_next_comes_first_with_its_time_in_its_zone_and_in_utc(riverbend_url: str) -> None:
    subscribed(riverbend_url, "C1")
    subscribed(riverbend_url, "C2", next_run_at=MONDAY + timedelta(days=2), weekday=2, scope_key="open-and-answerable")
    assert planbot(riverbend_url, "due").stdout.splitlines() == [
        "2  Wed 2026-11-25 09:00 America/Toronto (2026-11-25 14:00 UTC), in 26 hours",
        "    C2: Open and Answerable, every Wednesday at 09:00 (America/Toronto), set up by U02CARTER",
        "1  Mon 2026-11-30 09:00 America/Toronto (2026-11-30 14:00 UTC), in 6 days",
        "    C1: the whole plan, every Monday at 09:00 (America/Toronto), set up by U02CARTER",
    ]


def test_what_is_overdue_says_by_how_much_and_what_to_do(riverbend_url: str) -> None:
    subscribed(riverbend_url, next_run_at=MONDAY)
    told = planbot(riverbend_url, "due").stdout
    assert "(2026-11-23 14:00 UTC), overdue by 22 hours" in told
    assert "`planbot serve`" in told


def test_what_is_paused_comes_last_and_says_why(riverbend_url: str) -> None:
    number = subscribed(riverbend_url, next_run_at=MONDAY)
    subscribed(riverbend_url, "C2")

    async def rest(database: Database) -> None:
        async with database.sessions.begin() as session:
            await pause(session, number, "is_archived", TUESDAY - timedelta(hours=1))

    written(riverbend_url, rest)
    told = planbot(riverbend_url, "due").stdout.splitlines()
    assert told[2] == "1  paused since Tue 2026-11-24 06:00 America/Toronto: the channel is archived"
    assert "overdue" not in "".join(told)


def test_a_span_leaves_out_what_comes_later(riverbend_url: str) -> None:
    subscribed(riverbend_url, "C1")
    subscribed(riverbend_url, "C2", next_run_at=MONDAY + timedelta(days=2))
    for span, listed in (("1h", []), ("2d", ["C2"]), ("1w", ["C2", "C1"])):
        rows = json.loads(planbot(riverbend_url, "due", "--within", span, "--json").stdout)
        assert [one["channel"] for one in rows] == listed
    assert "No digest comes so soon" in planbot(riverbend_url, "due", "--within", "5m").stdout


def test_all_lists_what_was_stopped_too(riverbend_url: str) -> None:
    number = subscribed(riverbend_url)

    async def end(database: Database) -> None:
        async with database.sessions.begin() as session:
            await end_subscription(session, number, TUESDAY)

    written(riverbend_url, end)
    assert planbot(riverbend_url, "due").stdout == (
        "No channel gets a digest: in a channel, `/digest weekly monday 09:00` subscribes one.\n"
    )
    assert "1  ended on Tue 2026-11-24 07:00 America/Toronto" in planbot(riverbend_url, "due", "--all").stdout


def test_json_has_the_same_facts(riverbend_url: str) -> None:
    subscribed(riverbend_url, department="Traffic", next_run_at=MONDAY)
    (one,) = json.loads(planbot(riverbend_url, "due", "--json").stdout)
    assert (one["id"], one["channel"], one["department"]) == (1, "C1", "Traffic")
    assert one["next_run_at"] == "2026-11-23T14:00:00+00:00"
    assert 22 * 3600 <= one["overdue_seconds"] < 23 * 3600
    assert one["paused_at"] is None


def test_without_a_plan_the_scope_is_shown_by_its_key(sqlite_url: str) -> None:
    subscribed(sqlite_url, scope_key="fleet")
    assert "C1: fleet, every Monday" in planbot(sqlite_url, "due").stdout


@pytest.mark.parametrize("span", ["7", "soon", "d", "-1d", "99999d", ""])
def test_what_is_no_span_is_refused(riverbend_url: str, span: str) -> None:
    assert planbot(riverbend_url, "due", "--within", span).exit_code == 2


def test_it_tells_what_each_covers_who_sent_it_and_when(riverbend_url: str) -> None:
    number = subscribed(riverbend_url, next_run_at=MONDAY)
    claimed(riverbend_url, number, MONDAY, MONDAY + timedelta(seconds=2), MONDAY + timedelta(minutes=20))
    assert planbot(riverbend_url, "history").stdout.splitlines() == [
        "Mon 2026-11-23 09:00 America/Toronto  digest 1 in C1",
        "    covers Mon 2026-11-16 09:00 to Mon 2026-11-23 09:00: the whole plan",
        "    claimed 2026-11-23 09:00:02 by plan-1:7, 1 attempt",
        "    posted 2026-11-23 09:20:00, 20 minutes after its time, message 1795442405.000100",
    ]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        pytest.param(timedelta(seconds=20), "NOT POSTED: a process is at it", id="in hand"),
        pytest.param(timedelta(hours=22), "`planbot serve` tries again by itself", id="left half done"),
        pytest.param(timedelta(days=2), "`planbot digest send 1 --period 2026-11-23` sends it", id="given up"),
    ],
)
def test_what_was_not_posted_says_what_becomes_of_it(riverbend_url: str, after: timedelta, told: str) -> None:
    claimed(riverbend_url, subscribed(riverbend_url, next_run_at=MONDAY), MONDAY, MONDAY)
    with time_machine.travel(MONDAY + after):
        assert told in planbot(riverbend_url, "history").stdout


def test_it_is_of_one_subscription_and_no_longer_than_wanted(riverbend_url: str) -> None:
    for channel in ("C1", "C2"):
        claimed(riverbend_url, subscribed(riverbend_url, channel, next_run_at=MONDAY), MONDAY, MONDAY, MONDAY)
    assert len(json.loads(planbot(riverbend_url, "history", "--json").stdout)) == 2
    (one,) = json.loads(planbot(riverbend_url, "history", 2, "--json").stdout)
    assert (one["subscription"], one["channel"], one["late_seconds"]) == (2, "C2", 0)
    assert len(json.loads(planbot(riverbend_url, "history", "--json", "--limit", 1).stdout)) == 1


def test_before_the_first_it_says_so(riverbend_url: str) -> None:
    assert planbot(riverbend_url, "history").stdout == "Nothing was delivered yet.\n"


def test_a_number_that_nothing_has_is_refused(riverbend_url: str) -> None:
    refused = planbot(riverbend_url, "history", 7)
    assert (refused.exit_code, refused.stderr) == (
        1,
        "planbot: There is no subscription 7: no channel has subscribed a digest yet.\n",
    )


def test_every_command_has_its_help() -> None:
    for command in ("due", "history", "preview", "send"):
        helped = CliRunner().invoke(app, ["digest", command, "--help"])
        assert (helped.exit_code, "Usage" in helped.output) == (0, True)
