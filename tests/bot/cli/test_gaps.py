"""`planbot gaps`, as an administrator types it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app
from store import planfile
from store.database import Database
from store.plans import import_plan, load_plan, stamp
from store.questions import Asked, Counted, keep_miss
from store.workspaces import default

RIVERBEND = Path(__file__).parents[3] / "plans" / "riverbend-2025-2028.yml"
CRISIS_TEAM = "A-06 Extend the mobile crisis team to round-the-clock service"
PARKING = "what is the parking fee downtown?"


def planbot(database: str, *arguments: object, **settings: str) -> Result:
    """What the command prints and ends with."""
    environment = {"DATABASE_URL": database, "PLANBOT_KEEP_WORDS": "", "PLANBOT_KEEP_DAYS": "", **settings}
    return CliRunner().invoke(app, [str(one) for one in arguments], env=environment)


async def _fill(url: str) -> None:
    database = Database.at(url)
    async with database.sessions.begin() as session:
        workspace = await default(session)
        await import_plan(session, workspace, planfile.read(RIVERBEND), datetime.now(UTC))
        plan = await stamp(session, workspace)
        assert plan is not None
        today = datetime.now(planfile.read(RIVERBEND).about.zone).date()
        for words, days in ((PARKING, 0), ("parking fee downtown", 1), ("where is the zamboni", 40)):
            asked = Asked(plan.plan_id, today - timedelta(days=days), Counted.UNKNOWN)
            await keep_miss(session, workspace, asked, words)
        suggested = Asked(plan.plan_id, today, Counted.SUGGEST, "", "meaning")
        await keep_miss(session, workspace, suggested, "esc\x1b[31m kids", ("A-07",))
    await database.close()


async def _aliases(url: str, key: str) -> tuple[str, ...]:
    database = Database.at(url)
    async with database.reading() as session:
        node = (await load_plan(session, await default(session))).find(key)
    await database.close()
    return node.entry.aliases if node else ()


@pytest.fixture
def asked(sqlite_url: str) -> str:
    """A record in which members asked in vain."""
    asyncio.run(_fill(sqlite_url))
    return sqlite_url


def test_the_list_numbers_what_was_asked_in_vain(asked: str) -> None:
    lines = planbot(asked, "gaps").stdout.splitlines()
    assert lines[0] == f"1. “{PARKING}”: 2 times, last today"
    assert lines[1] == "   Also: “parking fee downtown”"
    assert lines[2].startswith("2. “esc")
    assert lines[3] == "   Suggested, and not pressed: Open the youth diversion hub"
    assert lines[4] == "3. “where is the zamboni”: once, 6 weeks ago"
    assert "--means N KEY" in lines[-1]
    assert "\x1b" not in "".join(lines)


def test_the_list_in_json_has_the_same_facts(asked: str) -> None:
    parking, kids, _ = json.loads(planbot(asked, "gaps", "--json").stdout)
    assert (parking["number"], parking["question"], parking["times"]) == (1, PARKING, 2)
    assert parking["wordings"][1] == {"words": "parking fee downtown", "times": 1}
    assert parking["alias"] == "parking fee downtown"
    assert kids["suggested"] == ["A-07"]


def test_a_question_is_given_a_meaning_and_leaves_the_list(asked: str) -> None:
    result = planbot(asked, "gaps", "--means", 1, "a-06")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"“parking fee downtown” means {CRISIS_TEAM} (action) from now on.",
        f"“{PARKING}” is answered now.",
    ]
    assert "parking fee downtown" in asyncio.run(_aliases(asked, "A-06"))
    assert "parking" not in planbot(asked, "gaps").stdout
    assert "mobile crisis team" in planbot(asked, "ask", PARKING).stdout


def test_the_name_may_be_another_than_the_one_proposed(asked: str) -> None:
    planbot(asked, "gaps", "--means", 1, "A-06", "--alias", "  the  parking fee ")
    assert "the parking fee" in asyncio.run(_aliases(asked, "A-06"))


def test_what_was_taught_survives_the_import_of_the_file_and_goes_into_an_export(asked: str) -> None:
    planbot(asked, "gaps", "--means", 1, "A-06")
    assert "Nothing changed." in planbot(asked, "plan", "import", RIVERBEND).stdout
    exported = planbot(asked, "plan", "export").stdout
    assert "parking fee downtown" in exported


def test_an_exported_file_is_imported_without_a_change(asked: str, tmp_path: Path) -> None:
    planbot(asked, "gaps", "--means", 1, "A-06")
    file = tmp_path / "exported.yml"
    planbot(asked, "plan", "export", "--output", file)
    for _ in range(2):
        assert planbot(asked, "plan", "diff", file).stdout == "Nothing changed.\n"
        assert planbot(asked, "plan", "import", file).stdout.startswith("Nothing changed.\n")


def test_a_question_is_dismissed(asked: str) -> None:
    result = planbot(asked, "gaps", "--dismiss", 1)
    assert result.stdout == f"“{PARKING}” is left out from now on, as not about the plan.\n"
    assert "parking" not in planbot(asked, "gaps").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        pytest.param(("--means", 9, "A-06"), "There is no number 9: the list has 3.", id="no such number"),
        pytest.param(("--dismiss", 0), "There is no number 0: the list has 3.", id="number nought"),
        pytest.param(("--means", 1, "A-60"), "The plan has no entry with the key A-60", id="no such entry"),
        pytest.param(("--means", 1, "humilty"), "Did you mean one of humility", id="misspelt entry"),
        pytest.param(("--means", 1, "A-06", "--alias", "humility"), "“Humility” already", id="another's name"),
        pytest.param(("--means", 1, "A-06", "--alias", "?!"), "Type the words", id="no words"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_changed(
    asked: str, arguments: tuple[object, ...], told: str
) -> None:
    before = planbot(asked, "gaps").stdout
    result = planbot(asked, "gaps", *arguments)
    assert result.exit_code == 1
    assert told in result.stderr
    assert planbot(asked, "gaps").stdout == before


@pytest.mark.parametrize("arguments", [("--means", 1, "A-06", "--dismiss", 1), ("--alias", "x")], ids=["both", "alone"])
def test_options_that_do_not_go_together_are_refused(asked: str, arguments: tuple[object, ...]) -> None:
    assert planbot(asked, "gaps", *arguments).exit_code == 2


def test_only_the_retention_time_is_looked_at(asked: str) -> None:
    assert "zamboni" not in planbot(asked, "gaps", PLANBOT_KEEP_DAYS="30").stdout


def test_an_empty_list_and_no_plan_are_told(sqlite_url: str) -> None:
    assert "No plan is active" in planbot(sqlite_url, "gaps").stderr
    planbot(sqlite_url, "plan", "import", RIVERBEND)
    assert planbot(sqlite_url, "gaps").stdout == (
        "Nothing was asked in vain in the last 90 days that nobody has dealt with.\n"
    )
    assert planbot(sqlite_url, "gaps", "--json").stdout == "[]\n"
    assert "are not kept here" in planbot(sqlite_url, "gaps", PLANBOT_KEEP_WORDS="false").stdout
