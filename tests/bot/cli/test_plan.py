"""`planbot plan`, as an administrator types it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.plan import app
from store.planfile import json_schema, parse, read
from tests.databases import Server

ROOT = Path(__file__).parents[3]
RIVERBEND = ROOT / "plans" / "riverbend-2025-2028.yml"
HALTON = ROOT / "plans" / "halton-police-board.yml"
SMALL = """plan:
  key: small
  title: Small Plan
  organization: O
  status: draft
  timezone: UTC
values:
- {key: care, title: Care, statement: We care.}
- {key: calm, title: Calm, statement: We stay calm.}
"""


def planbot(*arguments: object, database: str = "sqlite:///never-opened.db") -> Result:
    """What the command prints and ends with."""
    return CliRunner().invoke(app, [str(one) for one in arguments], env={"DATABASE_URL": database})


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A plan file that a test may change."""
    path = tmp_path / "small.yml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_checking_a_good_file_says_what_it_holds() -> None:
    result = planbot("check", RIVERBEND)
    assert result.exit_code == 0
    assert result.stdout == (
        f"{RIVERBEND}: Steady Current, Riverbend Police Strategic Plan (riverbend-2025-2028, adopted, 2025-01-01 to "
        "2028-12-31) holds a vision, a mission, 6 values, 4 priorities, 14 objectives, 8 indicators, 12 actions, "
        "8 background entries.\n"
    )


def test_checking_a_plan_without_a_period_or_entries_says_so(small: Path) -> None:
    small.write_text(SMALL[: SMALL.index("values:")], encoding="utf-8")
    assert planbot("check", small).stdout == f"{small}: Small Plan (small, draft) holds no entries.\n"


def test_checking_several_files_tells_every_problem_of_each(small: Path) -> None:
    small.write_text(SMALL.replace("key: calm", "key: Care").replace("draft", "drafted"), encoding="utf-8")
    result = planbot("check", small, HALTON, small.with_name("none.yml"))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        (
            f"{small}:5:11: plan: `status` cannot be `drafted`; write one of draft, adopted, superseded. "
            "Did you mean draft?"
        ),
        (
            f"{small}:9:9: Care: The key Care is already that of the value on line 8 (there care; the case of letters "
            "does not count); give one of them another key."
        ),
        f"{small.with_name('none.yml')}: There is no such file; check its name and folder.",
        "3 problems in 2 of 3 files.",
    ]
    assert result.stdout.startswith(
        f"{HALTON}: Strategic Plan (halton-police-board, draft) holds 21 background entries"
    )


def test_what_a_file_says_cannot_steer_the_terminal(small: Path) -> None:
    small.write_text(SMALL.replace("Small Plan", '"\\e[31mRed\\nPlan"').replace("draft", '"\\e[2J"'), encoding="utf-8")
    result = planbot("check", small)
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    small.write_text(SMALL.replace("Small Plan", '"\\e[31mRed\\nPlan"'), encoding="utf-8")
    assert "�[31mRed Plan (small" in planbot("check", small).stdout


def test_the_first_import_adds_everything_and_makes_the_plan_active(database_url: str) -> None:
    result = planbot("import", RIVERBEND, database=database_url)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "Added (53):"
    assert "  A-01  Map collision hot spots and patrol them (action)" in lines
    assert lines[-1].endswith("2025-01-01 to 2028-12-31) is the active plan.")


def test_a_second_import_of_the_same_file_changes_nothing(sqlite_url: str) -> None:
    planbot("import", RIVERBEND, database=sqlite_url)
    assert planbot("import", RIVERBEND, database=sqlite_url).stdout.startswith("Nothing changed.\n")


def test_what_is_exported_is_the_plan_that_was_imported_entry_for_entry(database_url: str) -> None:
    for file in (RIVERBEND, HALTON):
        planbot("import", file, "--activate", database=database_url)
        exported = planbot("export", database=database_url)
        assert exported.exit_code == 0, exported.output
        assert parse(exported.stdout, "exported.yml") == read(file)
    by_key = planbot("export", "riverbend-2025-2028", database=database_url)
    assert parse(by_key.stdout, "exported.yml") == read(RIVERBEND)


def test_an_exported_file_imports_without_a_change(sqlite_url: str, tmp_path: Path) -> None:
    planbot("import", RIVERBEND, database=sqlite_url)
    file = tmp_path / "exported.yml"
    assert planbot("export", "--output", file, database=sqlite_url).stderr == f"Written to {file}.\n"
    assert planbot("diff", file, database=sqlite_url).stdout == "Nothing changed.\n"


def test_a_diff_tells_each_field_old_and_new_and_writes_nothing(sqlite_url: str, small: Path) -> None:
    planbot("import", small, database=sqlite_url)
    changed = SMALL.replace("We stay calm.", "We keep calm.").replace("Care, statement", "Caring, statement")
    small.write_text(changed + "- {key: cool, title: Cool, statement: We are cool.}\n", encoding="utf-8")
    told = (
        "Added (1):\n"
        "  cool  Cool (value)\n"
        "Changed (2):\n"
        "  care  Caring (value)\n"
        "      title: Care → Caring\n"
        "  calm  Calm (value)\n"
        "      statement: We stay calm. → We keep calm.\n"
    )
    for _ in range(2):
        result = planbot("diff", small, database=sqlite_url)
        assert (result.exit_code, result.stdout) == (0, told)
    assert planbot("import", small, database=sqlite_url).stdout.startswith(told)


def test_an_entry_that_is_gone_is_archived_and_returns_when_it_is_back(sqlite_url: str, small: Path) -> None:
    planbot("import", small, database=sqlite_url)
    small.write_text("".join(SMALL.splitlines(keepends=True)[:-1]), encoding="utf-8")
    gone = planbot("import", small, database=sqlite_url).stdout
    assert gone.startswith("Archived (1):\n  calm  Calm (value)\n")
    small.write_text(SMALL, encoding="utf-8")
    assert planbot("import", small, database=sqlite_url).stdout.startswith("Brought back (1):\n  calm  Calm (value)\n")


def test_a_file_with_a_problem_is_not_imported(sqlite_url: str, small: Path) -> None:
    small.write_text(SMALL + "goals: []\n", encoding="utf-8")
    result = planbot("import", small, database=sqlite_url)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == "Nothing was changed."
    assert planbot("list", database=sqlite_url).stdout == (
        "There is no plan yet: `planbot plan import FILE` brings one in.\n"
    )


def test_the_list_marks_the_active_plan_and_activating_moves_the_mark(database_url: str, small: Path) -> None:
    planbot("import", RIVERBEND, database=database_url)
    added = planbot("import", small, database=database_url)
    assert added.stdout.endswith(
        "The active plan is still riverbend-2025-2028: `planbot plan activate small` changes that.\n"
    )
    assert active(database_url) == ["riverbend-2025-2028"]
    assert planbot("activate", "SMALL", database=database_url).stdout == "small is the active plan.\n"
    assert active(database_url) == ["small"]


def active(database: str) -> list[str]:
    """The keys that the list marks."""
    lines = planbot("list", database=database).stdout.splitlines()
    assert re.split(r" {2,}", lines[0].strip()) == ["Key", "Title", "Status", "Period", "Imported"]
    return [line.split()[0] for line in lines if line.rstrip().endswith("  active")]


def test_an_unknown_key_is_answered_with_the_known_ones(sqlite_url: str) -> None:
    assert planbot("export", database=sqlite_url).stderr == (
        "planbot: No plan is active: run `planbot plan import FILE`, or `planbot plan activate KEY`.\n"
    )
    planbot("import", HALTON, database=sqlite_url)
    for command in ("export", "activate"):
        result = planbot(command, "nope", database=sqlite_url)
        assert (result.exit_code, result.stderr) == (
            1,
            "planbot: There is no plan nope; there are: halton-police-board.\n",
        )
    assert planbot("list", "--team", "T1", database=sqlite_url).exit_code == 1


def test_a_new_embedded_database_is_set_up_by_the_way(tmp_path: Path, small: Path) -> None:
    result = planbot("import", small, database=f"sqlite:///{tmp_path / 'new' / 'planbot.db'}")
    assert result.exit_code == 0, result.output


def test_an_older_schema_on_a_server_is_left_to_the_operator(server: Server, small: Path) -> None:
    with server.empty() as url:
        result = planbot("import", small, database=url)
    assert result.exit_code == 1
    assert result.stderr == ("planbot: The database's schema is older than this planbot: run `planbot db upgrade`.\n")


@pytest.mark.parametrize(
    "address",
    ["mysql://localhost/planbot", "sqlite:////proc/none/planbot.db", "postgresql://u:secret@127.0.0.1:9/none"],
    ids=["unknown-kind", "no-folder", "nobody-answers"],
)
def test_an_unusable_database_is_told_in_a_sentence_without_its_password(address: str, small: Path) -> None:
    result = planbot("import", small, database=address)
    assert result.exit_code == 1
    assert result.stderr.startswith("planbot: ")
    assert "Traceback" not in result.output
    assert "secret" not in result.output


def test_a_file_that_is_no_database_is_told_in_a_sentence(small: Path) -> None:
    result = planbot("import", small, database=f"sqlite:///{small}")
    assert result.exit_code == 1
    assert "file is not a database" in result.stderr
    assert small.read_text(encoding="utf-8") == SMALL


def test_the_schema_in_the_manual_is_the_one_the_command_writes(tmp_path: Path) -> None:
    printed = planbot("schema").stdout
    assert json.loads(printed) == json_schema()
    assert (ROOT / "docs" / "plan.schema.json").read_text(encoding="utf-8") == printed, (
        "run: planbot plan schema --output docs/plan.schema.json"
    )
    result = planbot("schema", "--output", tmp_path / "no" / "folder.json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"planbot: {tmp_path / 'no' / 'folder.json'} cannot be written (")


@pytest.mark.parametrize("arguments", [["check"], ["import"], ["activate"], ["list", "--loud"]], ids=" ".join)
def test_what_is_no_such_command_is_answered_with_the_usage(arguments: list[str]) -> None:
    assert planbot(*arguments).exit_code == 2


def test_checking_a_file_waits_for_no_database_and_no_slack_library() -> None:
    code = (
        "import sys; from bot.cli.plan import app; app(['check', sys.argv[1]], standalone_mode=False);"
        "heavy = {'slack_sdk', 'slack_bolt', 'aiohttp', 'sqlalchemy', 'sqlmodel', 'alembic', 'apscheduler'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(HALTON)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)  # noqa: S603 (our own interpreter)
    assert done.stderr == ""
    assert done.stdout.splitlines()[1:] == ["[]"]
