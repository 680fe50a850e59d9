"""`planbot chat` and `planbot demo` as a user runs them, with lines piped in and no terminal."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store.database import Database
from store.plan import Plan
from store.planfile import read
from store.plans import import_plan, load_plan
from store.workspaces import default
from tests.databases import Files

PLANS = Path(__file__).parents[3] / "plans"
RIVERBEND = PLANS / "riverbend-2025-2028.yml"


def planbot(
    *words: str, folder: Path, typed: str | bytes = "", environment: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "PLANBOT_"))}
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", "from bot.cli.app import main; main()", *words],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(PLANS.parent), **(environment or {})},
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("here")


LINES = """\
what are our values
/as nguyen
/progress A-06 90%
/as U07BEAULI
/progress A-06 60% on track: two & a <half> *nurses*
/progress mine
1

4
101


It *waits* for <parts>


45








/shortcut
/shortcut report
/cancel
/in #strategy
what is the vision?
/dm
/digest weekly monday 09:00
/digest preview
/plan what is our mission
1
/home
17
/frobnicate
/as zebra
/as U0STRANGER
/people
/help
/quit
never read
"""


@pytest.fixture(scope="module")
def spoken(folder: Path) -> dict[str, str]:
    """What stood between each line that was typed and the next, by the line; and the beginning under ''."""
    ran = planbot("chat", "--plan", str(RIVERBEND), "--as", "U02CARTER", folder=folder, typed=LINES)
    assert (ran.returncode, ran.stderr) == (0, "")
    said: dict[str, str] = {"": "", "all": ran.stdout}
    line = ""
    for row in ran.stdout.splitlines():
        _, mark, typed = row.partition("> ")
        if mark and not row.startswith(" "):
            line = typed
            said.setdefault(line, "")
        else:
            said[line] += row + "\n"
    return said


def test_the_first_lines_tell_the_plan_who_speaks_and_how_to_go_on(spoken: dict[str, str]) -> None:
    assert "Steady Current, Riverbend Police Strategic Plan" in spoken[""]
    assert "scratch copy" in spoken[""]
    assert "You speak as Carter (@carter, U02CARTER), who owns ksi-collisions, A-01 and A-12." in spoken[""]
    assert "/as NAME" in spoken[""]
    assert "/quit" in spoken[""]


def test_a_question_is_answered(spoken: dict[str, str]) -> None:
    assert "Courage" in spoken["what are our values"]
    assert "Curiosity" in spoken["what are our values"]


def test_only_the_owner_reports(spoken: dict[str, str]) -> None:
    assert "@Beauli" in spoken["/progress A-06 90%"]
    assert "only you see this" in spoken["/progress A-06 90%"]
    assert "on track, 60 %" in spoken["/progress A-06 60% on track: two & a <half> *nurses*"]


def test_a_note_is_shown_as_it_was_typed(spoken: dict[str, str]) -> None:
    assert "two & a <half> *nurses*" in spoken["/progress A-06 60% on track: two & a <half> *nurses*"]


def test_a_button_opens_a_form_that_is_asked_line_by_line(spoken: dict[str, str]) -> None:
    assert "[1] Update" in spoken["/progress mine"]
    assert "Progress update" in spoken["1"]
    assert "✗ A percentage is a whole number from 0 to 100." in spoken["1"]
    assert "off track, 45 %" in spoken["1"]
    assert "It *waits* for <parts>" in spoken["1"]


def test_a_doubt_is_shown_and_the_form_asked_once_more(spoken: dict[str, str]) -> None:
    assert "less than before: 60 % → 45 %" in spoken["1"]


def test_shortcuts_are_listed_and_used(spoken: dict[str, str]) -> None:
    assert "Report progress  from anywhere" in spoken["/shortcut"]
    assert "Use as progress update" in spoken["/shortcut"]
    assert "A-06" in spoken["/shortcut report"]


def test_a_button_shares_in_the_channel_what_one_saw_alone(spoken: dict[str, str]) -> None:
    assert "[1] Share" in spoken["/plan what is our mission"]
    assert "@Beauli asked: what is our mission" in spoken["1"]


def test_in_a_channel_one_mentions_the_bot_and_is_answered_in_the_thread(spoken: dict[str, str]) -> None:
    assert "planbot · #strategy · in the thread" in spoken["what is the vision?"]
    assert "gets home safely" in spoken["what is the vision?"]


def test_a_digest_asked_for_in_the_direct_message_belongs_to_the_channel(spoken: dict[str, str]) -> None:
    told = spoken["/digest weekly monday 09:00"]
    assert "#strategy" in told
    assert "America/Winnipeg" in told


def test_the_preview_tells_the_update_just_made(spoken: dict[str, str]) -> None:
    assert "A-06" in spoken["/digest preview"]
    assert "It *waits* for <parts>" in spoken["/digest preview"]


def test_the_app_home_shows_the_plan_and_ones_own_actions(spoken: dict[str, str]) -> None:
    assert "App Home of Beauli" in spoken["/home"]
    assert "A-06" in spoken["/home"]


def test_what_is_no_button_and_no_command_is_said_so(spoken: dict[str, str]) -> None:
    assert "There is no button 17 now." in spoken["17"]
    assert "/help" in spoken["/frobnicate"]


def test_nobody_of_that_name_is_told_and_a_stranger_may_come_in(spoken: dict[str, str]) -> None:
    assert "Nobody here is called zebra" in spoken["/as zebra"]
    assert "U0STRANGER" in spoken["/as U0STRANGER"]
    assert "U0STRANGER" in spoken["/people"]
    assert "r.sandhu@example.org), who owns property-crime-rate, A-05 and A-12" in spoken["/people"]


def test_a_line_after_the_leaving_is_not_read(spoken: dict[str, str]) -> None:
    assert "never read" not in spoken["all"]


def test_there_are_no_colours_and_no_files_left(spoken: dict[str, str], folder: Path) -> None:
    assert "\x1b" not in spoken["all"]
    assert list(folder.iterdir()) == []


def test_the_plan_of_the_database_is_talked_about_and_left_as_it_is(files: Files, tmp_path: Path) -> None:
    url = files.migrated()
    asyncio.run(import_into(url, read(RIVERBEND)))
    before = asyncio.run(plan_in(url))

    ran = planbot(
        "chat", folder=tmp_path, typed="/progress A-12 13%: from the console\n", environment={"DATABASE_URL": url}
    )

    assert "the active plan of your database" in ran.stdout
    assert "13 %" in ran.stdout
    assert asyncio.run(plan_in(url)) == before


async def import_into(url: str, plan: Plan) -> None:
    database = Database.at(url)
    async with database.sessions.begin() as session:
        await import_plan(session, await default(session), plan, datetime.now(UTC))
    await database.close()


async def plan_in(url: str) -> Plan:
    database = Database.at(url)
    async with database.reading() as session:
        plan = await load_plan(session, await default(session), history=True)
    await database.close()
    return plan


def test_without_a_database_none_is_made_and_settings_for_slack_do_not_matter(tmp_path: Path) -> None:
    here = {"DATABASE_URL": f"sqlite:///{tmp_path / 'not' / 'there.db'}", "PLANBOT_PLAN_COMMAND": "/strategy"}
    wrong = {"SLACK_API_URL": "nonsense", "PORT": "no port", "LOG_LEVEL": "loud"}

    ran = planbot("chat", folder=tmp_path, typed=b"/strategy our vision\n\xff\xfe\n", environment={**here, **wrong})

    assert ran.returncode == 0
    assert "gets home safely" in ran.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_plan_file_that_cannot_be_used_is_told_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "bad.yml").write_text("plan: {key: x}\n")

    ran = planbot("chat", "--plan", "bad.yml", folder=tmp_path)

    assert ran.returncode == 1
    assert "bad.yml:1" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_demo_without_any_input_plays_the_tour_and_ends(tmp_path: Path) -> None:
    ran = planbot("demo", folder=tmp_path)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "A-06" in ran.stdout.partition("the update just made is in it")[2]
    assert "something went wrong" not in ran.stdout
    assert "There is no button" not in ran.stdout
    assert "\x1b" not in ran.stdout


def test_the_demo_with_lines_reads_them_instead_of_playing(tmp_path: Path) -> None:
    ran = planbot("demo", folder=tmp_path, typed="what is our vision\n")

    assert "> what is our vision\n" in ran.stdout
    assert "gets home safely" in ran.stdout
    assert "1/" not in ran.stdout
