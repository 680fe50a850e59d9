"""`planbot digest preview`: the digest as it would be now, in the terminal."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.database import Database
from store.plan import Status
from store.updates import NewUpdate, Via, record_update
from store.workspaces import default
from tests.bot.cli.digesting import MONDAY, claimed, planbot, subscribed, written
from tests.bot.running import RIVERBEND

pytestmark = pytest.mark.usefixtures("on_tuesday")


def test_it_shows_what_moved_since_the_last_one(riverbend_url: str) -> None:
    number = subscribed(riverbend_url, next_run_at=MONDAY)
    claimed(riverbend_url, number, MONDAY, MONDAY, MONDAY)

    async def report(database: Database) -> None:
        async with database.sessions.begin() as session:
            for day, note in ((22, "told of already"), (24, "the vendor has signed")):
                when = datetime(2026, 11, day, 10, tzinfo=UTC)
                said = NewUpdate(
                    author="U02CARTER",
                    as_of=when.date(),
                    recorded_at=when,
                    via=Via.COMMAND,
                    status=Status.AT_RISK,
                    percent=day,
                    note=note,
                )
                await record_update(session, await default(session), "A-12", said)

    written(riverbend_url, report)
    shown = planbot(riverbend_url, "preview", number).stdout
    assert shown.startswith("Digest 1 of the whole plan for C1, as it would be now. Nothing is sent.\n")
    assert "the vendor has signed" in shown
    assert "told of already" not in shown
    assert "U02CARTER" in shown
    assert json.loads(planbot(riverbend_url, "history", "--json").stdout)[0]["attempts"] == 1


@pytest.mark.parametrize(
    ("options", "title"),
    [
        pytest.param((), "A weekly digest of the whole plan, as it would be now.", id="all"),
        pytest.param(("--scope", "open-and-answerable"), "A weekly digest of Open and Answerable", id="key"),
        pytest.param(("--scope", "Calm our roads"), "A weekly digest of Calm Our Roads", id="title"),
        pytest.param(("--department", "traffic"), "A weekly digest of Traffic", id="department"),
    ],
)
def test_it_needs_no_subscription(riverbend_url: str, options: tuple[str, ...], title: str) -> None:
    shown = planbot(riverbend_url, "preview", *options)
    assert (shown.exit_code, shown.stdout.startswith(title)) == (0, True)


def test_a_plan_file_needs_no_database(tmp_path: Path) -> None:
    missing = f"sqlite:///{tmp_path / 'none.db'}"
    shown = planbot(missing, "preview", "--plan", RIVERBEND, "--department", "Traffic")
    assert shown.exit_code == 0
    assert "Riverbend" in shown.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param(("--scope", "zamboni"), "no priority or objective “zamboni”; there are: ", id="no such scope"),
        pytest.param(("--department", "Trafic lights"), "The plan has no department", id="no such department"),
        pytest.param(("--scope", "Traffic"), "give it with --department", id="a department as scope"),
        pytest.param((9,), "There is no subscription 9", id="no such subscription"),
    ],
)
def test_what_is_not_there_is_refused(riverbend_url: str, options: tuple[object, ...], told: str) -> None:
    refused = planbot(riverbend_url, "preview", *options)
    assert refused.exit_code == 1
    assert told in refused.stderr


def test_a_scope_that_the_plan_no_longer_has_is_told(riverbend_url: str) -> None:
    refused = planbot(riverbend_url, "preview", subscribed(riverbend_url, scope_key="gone-since"))
    assert refused.exit_code == 1
    assert "The plan no longer has gone-since" in refused.stderr


def test_without_a_plan_it_says_how_to_load_one(sqlite_url: str) -> None:
    assert "planbot plan import" in planbot(sqlite_url, "preview").stderr


def test_a_subscription_has_its_own_scope(riverbend_url: str) -> None:
    assert planbot(riverbend_url, "preview", 1, "--scope", "x").exit_code == 2
