"""`planbot decisions`, and what importing a plan file says of decisions."""

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app
from store.amending import amend, promised
from store.database import Database
from store.workspaces import default

ROOT = Path(__file__).parents[3]
RIVERBEND = ROOT / "plans" / "riverbend-2025-2028.yml"
DECIDED = datetime(2026, 11, 24, 3, tzinfo=UTC)
"""Still the 23rd in the plan's zone."""


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A record with the Riverbend plan, in which one due date was changed in Slack."""
    url = f"sqlite:///{tmp_path / 'planbot.db'}"
    assert planbot(url, "plan", "import", RIVERBEND).exit_code == 0

    async def decide() -> None:
        database = Database.at(url)
        async with database.sessions.begin() as session:
            workspace = await default(session)
            seen = await promised(session, workspace, "A-12")
            wanted = {**seen, "due": date(2027, 6, 30)}
            await amend(
                session, workspace, "A-12", seen=seen, wanted=wanted, reason="a late vendor", by="U0ADMIN", now=DECIDED
            )
        await database.close()

    asyncio.run(decide())
    return url


def planbot(url: str, *arguments: object) -> Result:
    """What the command prints and ends with."""
    return CliRunner().invoke(app, [str(one) for one in arguments], env={"DATABASE_URL": url})


def test_decisions_are_listed_with_who_and_why(url: str) -> None:
    assert planbot(url, "decisions").stdout.splitlines() == [
        "2026-11-23  A-12 Move all video evidence into one system",
        "    due: 2027-01-31 → 2027-06-30 (by U0ADMIN)",
        "    why: a late vendor",
    ]


def test_decisions_are_listed_for_other_programs(url: str) -> None:
    (one,) = json.loads(planbot(url, "decisions", "--json").stdout)
    assert (one["key"], one["field"], one["old"], one["new"]) == ("A-12", "due", "2027-01-31", "2027-06-30")
    assert (one["reason"], one["decided_by"], one["decided_at"]) == ("a late vendor", "U0ADMIN", DECIDED.isoformat())


@pytest.mark.parametrize(
    ("span", "found"),
    [
        pytest.param(("--since", "2026-11-23"), True, id="from the day on"),
        pytest.param(("--until", "2026-11-23"), True, id="to the day"),
        pytest.param(("--since", "2026-11-24"), False, id="after it"),
        pytest.param(("--until", "2026-11-22"), False, id="before it"),
    ],
)
def test_a_span_is_of_days_in_the_plans_zone(url: str, span: tuple[str, str], found: bool) -> None:
    assert ("A-12" in planbot(url, "decisions", *span).stdout) is found


def test_what_is_no_day_is_refused(url: str) -> None:
    assert "is not a day such as" in planbot(url, "decisions", "--since", "soon").output


def test_a_file_that_would_set_a_decision_back_says_so_and_is_a_decision_of_its_own(url: str) -> None:
    preview = planbot(url, "plan", "diff", RIVERBEND).stdout
    assert "due: 2027-06-30 → 2027-01-31" in preview
    assert "sets back what was decided on 2026-11-24 by U0ADMIN: a late vendor" in preview
    imported = planbot(url, "plan", "import", RIVERBEND, "--by", "Jane Doe", "--reason", "as adopted")
    assert "sets back what was decided" in imported.stdout
    assert planbot(url, "decisions").stdout.splitlines()[-2:] == [
        "    due: 2027-06-30 → 2027-01-31 (by Jane Doe)",
        "    why: as adopted",
    ]


def test_an_export_has_what_was_decided(url: str, tmp_path: Path) -> None:
    exported = tmp_path / "exported.yml"
    assert planbot(url, "plan", "export", "-o", exported).exit_code == 0
    assert "2027-06-30" in exported.read_text(encoding="utf-8")
    assert "Nothing changed" in planbot(url, "plan", "import", exported).stdout


def test_without_decisions_it_says_so(tmp_path: Path) -> None:
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    planbot(fresh, "plan", "import", RIVERBEND)
    assert planbot(fresh, "decisions").stdout == "Nothing was decided in that time.\n"
