"""`planbot ask`: the contract of its JSON, batches, plan files, and how fast and light it starts."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app

RIVERBEND = "plans/riverbend-2025-2028.yml"
KEYS = ["question", "outcome", "subject", "facet", "confidence", "suggestions", "text"]


def planbot(*arguments: str, stdin: str | bytes | None = None, database: Path | None = None) -> Result:
    env = {"DATABASE_URL": f"sqlite:///{database}"} if database else {}
    return CliRunner().invoke(app, arguments, input=stdin, env=env)


def asked(*arguments: str, stdin: str | bytes | None = None) -> list[dict[str, Any]]:
    """The objects printed for questions about the Riverbend plan on a day in 2026."""
    printed = planbot("ask", "--json", "--plan", RIVERBEND, "--today", "2026-11-23", *arguments, stdin=stdin)
    assert printed.exit_code == 0, printed.output
    assert "\\u20" not in printed.stdout
    return [json.loads(line) for line in printed.stdout.removesuffix("\n").split("\n")]


def test_an_answer_is_one_object_with_the_keys_of_the_contract() -> None:
    (told,) = asked("what does curiosity mean here")
    assert list(told) == KEYS
    assert (told["outcome"], told["subject"], told["facet"], told["suggestions"]) == (
        "answer",
        "curiosity",
        "meaning",
        [],
    )
    assert 0 < told["confidence"] <= 1
    assert "We ask why, try new ideas on a small scale and drop the ones that do not work." in told["text"]


def test_what_the_plan_does_not_say_has_neither_subject_nor_facet() -> None:
    (told,) = asked("lol")
    assert (told["outcome"], told["subject"], told["facet"], told["suggestions"]) == ("unknown", None, None, [])
    assert told["text"].startswith("Sorry, I find no answer to that in Steady Current")


def test_a_question_needs_no_quotation_marks() -> None:
    (told,) = asked("what", "is", "our", "vision")
    assert (told["question"], told["subject"]) == ("what is our vision", "vision")


def test_a_batch_is_answered_line_by_line_in_order_blank_lines_too(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_bytes("\ufeffour vision\r\n\ncafé 🙂 \u2028 courage?\n   \nwhat are our values".encode())
    told = asked("--batch", str(file))
    assert [one["question"] for one in told] == [
        "our vision",
        "",
        "café 🙂 \u2028 courage?",
        "   ",
        "what are our values",
    ]
    assert [one["outcome"] for one in told][1::2] == ["unknown", "unknown"]
    assert (told[0]["subject"], told[-1]["subject"]) == ("vision", "values")


def test_a_batch_of_bytes_that_are_no_utf_8_is_answered_all_the_same() -> None:
    told = asked("--batch", "-", stdin=b"our vision\n\xff\xfe\nour mission\n")
    assert [one["subject"] for one in told] == ["vision", None, "mission"]


def test_my_actions_are_those_of_the_one_who_asks() -> None:
    (told,) = asked("my actions", "--as", "U02CARTER")
    assert (told["subject"], told["facet"]) == ("actions", "mine")
    assert "A-12" in told["text"]
    assert "A-05" not in told["text"]


def test_the_day_can_be_chosen() -> None:
    (told,) = asked("what is overdue", "--today", "2025-01-01")
    assert "Nothing is overdue in the plan" in told["text"]


def test_without_json_the_answer_is_read_as_text() -> None:
    printed = planbot("ask", "--plan", RIVERBEND, "what is our vision").stdout
    assert printed.splitlines()[:2] == [
        "Vision",
        "“A river city where everyone gets home safely and nobody hesitates to call us.”",
    ]


def test_explain_shows_which_words_met_what_and_leaves_the_json_alone() -> None:
    printed = planbot("ask", "--json", "--explain", "--plan", RIVERBEND, "courage")
    assert list(json.loads(printed.stdout)) == KEYS
    assert "“courage” met “" in printed.stderr
    assert "“courage” met “" in planbot("ask", "--explain", "--plan", RIVERBEND, "courage").stdout
    assert (
        "“why” met “mission” by how it is put"
        in planbot("ask", "--explain", "--plan", RIVERBEND, "why are we here").stdout
    )


def test_every_problem_of_a_plan_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.yml"
    file.write_text(
        "plan:\n  key: BAD KEY\n  title: T\n  organization: O\n  status: maybe\n  timezone: Europe/Dublin\n"
    )
    printed = planbot("ask", "--plan", str(file), "anything")
    assert printed.exit_code == 1
    assert printed.stdout == ""
    assert [line.split(": ")[0] for line in printed.stderr.splitlines()] == [f"{file}:2:8", f"{file}:5:11"]


@pytest.mark.parametrize(
    "arguments",
    [["--plan", RIVERBEND], ["--plan", RIVERBEND, "--batch", "-", "and a question"]],
    ids=["neither question nor batch", "both"],
)
def test_a_question_or_a_batch_is_needed(arguments: list[str]) -> None:
    printed = planbot("ask", *arguments)
    assert printed.exit_code == 2
    assert "either a question or --batch FILE" in " ".join(printed.output.split())


def test_a_batch_that_is_not_there_is_named() -> None:
    printed = planbot("ask", "--plan", RIVERBEND, "--batch", "nowhere.txt")
    assert (printed.exit_code, "nowhere.txt cannot be read" in printed.output) == (1, True)


def test_without_a_plan_file_the_active_plan_of_the_record_answers(tmp_path: Path) -> None:
    database = tmp_path / "planbot.db"
    refused = planbot("ask", "our vision", database=database)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "No plan is active" in refused.stderr
    assert planbot("plan", "import", RIVERBEND, database=database).exit_code == 0
    told = planbot("ask", "--json", "our vision", database=database)
    assert (told.exit_code, json.loads(told.stdout)["subject"]) == (0, "vision")


def test_with_a_plan_file_neither_slack_nor_the_database_is_imported() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from bot.cli.app import app\n"
        f"result = CliRunner().invoke(app, ['ask', '--json', '--plan', {RIVERBEND!r}, 'our values'])\n"
        "assert result.exit_code == 0, result.output\n"
        "heavy = {'slack_sdk', 'slack_bolt', 'aiohttp', 'sqlalchemy', 'sqlmodel', 'alembic', 'apscheduler'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 (our own interpreter)
    assert done.stdout == "[]\n"


def test_a_question_set_is_scored_by_tag_and_facet_with_each_failure(tmp_path: Path) -> None:
    rows = [
        {"q": "what is our vision", "subject": ["vision"], "facet": "meaning", "tags": ["easy"]},
        {"q": "what is our vision", "subject": ["mission"], "facet": "meaning", "tags": ["hard"]},
        {"q": "lol", "subject": None, "facet": None, "tags": ["ood"]},
    ]
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    printed = planbot("evaluate", str(file), "--plan", RIVERBEND).stdout
    lines = [line.split() for line in printed.splitlines()]
    assert ["all", "3", "1", "0", "1", "0", "1", "1/1"] in lines
    assert ["easy", "1", "1", "0", "0", "0", "0", "1/1"] in lines
    assert ["meaning", "2", "1", "0", "1", "0", "0", "1/1"] in lines
    assert (
        "wrong: what is our vision\n    asked for  mission, meaning\n    understood answer: vision, meaning" in printed
    )


def test_a_question_set_that_cannot_be_read_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"q": "a", "subject": null}\nnot json\n')
    printed = planbot("evaluate", str(file), "--plan", RIVERBEND)
    assert (printed.exit_code, "line 2" in printed.output) == (1, True)
