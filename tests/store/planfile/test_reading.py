"""Everything that is wrong with a plan file is told at once: where, in which entry, and what to do."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.plan import Kind
from store.planfile import PlanFileErrors, parse, read
from tests.store.planfile.files import ACTION, HEAD, problems, told


def test_a_plan_is_read_whole() -> None:
    plan = parse(ACTION + "      due: 2024-06-30\n      percent: 40\n", "plan.yml")
    assert [(node.kind, node.key) for node in plan.walk()] == [
        (Kind.PRIORITY, "r"),
        (Kind.OBJECTIVE, "o"),
        (Kind.ACTION, "A-01"),
    ]
    assert plan.about.period is None, "a plan may leave its period open"


def test_all_problems_of_a_file_are_told_at_once_in_its_order() -> None:
    text = ACTION + (
        "      titel: x\n"
        "      percent: 140\n"
        "      start: 2024-02-01\n"
        "      due: 2024-01-01\n"
        "      owners: [Dana, *boss]\n"
        "      percent: 40\n"
        "    - key: a-01\n"
        "      due: soon\n"
    )
    found = problems(text)
    assert [(one.line, one.key) for one in found] == [
        (16, "A-01"),
        (17, "A-01"),
        (19, "A-01"),
        (20, "A-01"),
        (20, "A-01"),
        (21, "A-01"),
        (22, "a-01"),
        (22, "a-01"),
        (23, "a-01"),
    ]
    assert {one.file for one in found} == {"plan.yml"}


def test_a_rule_across_fields_is_told_although_another_field_of_the_entry_is_wrong() -> None:
    text = ACTION + "      percent: lots\n      start: 2024-02-01\n      due: 2024-01-01\n"
    assert [one.line for one in problems(text)] == [16, 18]


def test_a_field_given_twice_is_told_in_the_entry_it_is_in_not_in_the_one_before() -> None:
    text = HEAD + "values:\n- {key: a, title: A, statement: a}\n- title: B\n  title: C\n  key: b\n  statement: b\n"
    assert told(text) == ["10:3: b: `title` is given twice here, first on line 9; keep one."]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        pytest.param("2024-01-01", "2024-01-01", id="a-day"),
        pytest.param("12:30", "12:30", id="a-time"),
        pytest.param("007", "007", id="zeros-in-front"),
        pytest.param("1_000", "1_000", id="underscores"),
        pytest.param("'No'", "No", id="quoted-no"),
        pytest.param("!!str 2025", "2025", id="tagged-as-text"),
        pytest.param("=", "=", id="equals-sign"),
        pytest.param("  padded  ", "padded", id="padded"),
    ],
)
def test_text_is_read_as_it_is_written(written: str, title: str) -> None:
    assert parse(HEAD.replace("title: P", f"title: {written}"), "plan.yml").about.title == title


def test_an_alias_repeats_what_its_anchor_names() -> None:
    text = ACTION + "      owners: &team [U02AB3CD4]\n    - {key: A-02, title: Act, owners: *team}\n"
    assert [action.owners for action in parse(text, "plan.yml").actions()] == [("U02AB3CD4",)] * 2


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab:-# \n\t'\"[]{}*&!|>@%?,\\~<\0\x85é😀")) | st.text())
def test_whatever_a_file_holds_it_is_a_plan_or_told_in_sentences(text: str) -> None:
    for problem in problems(text):
        assert problem.message[0].isupper() or not problem.message[0].isalpha()
        assert problem.message.endswith((".", "?"))
        assert (
            1 <= problem.line <= text.count("\n") + text.count("\r") + text.count("\x85") + len(text.splitlines()) + 1
        )


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_plan_with_a_piece_missing_or_doubled_is_a_plan_or_told_without_jargon(data: st.DataObject) -> None:
    text = ACTION + "      due: 2024-01-01\n      owners: [U02AB3CD4]\n      percent: 40\n"
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    middle = data.draw(st.sampled_from(("", text[start:end] * 2, "\t", ": ", "- ", "*x", '"')))
    said = outcome(text[:start] + middle + text[end:])
    for word in ("value_error", "Input should", "pydantic", "Field required", "NoneType", "constrained"):
        assert word not in said


def outcome(text: str) -> str:
    """What is wrong with the text of a file, empty where it is a plan."""
    try:
        parse(text, "plan.yml")
    except PlanFileErrors as errors:
        return str(errors)
    return ""


def test_a_file_is_named_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "my plan.yml"
    path.write_text("plan: {}\n", encoding="utf-8")
    with pytest.raises(PlanFileErrors) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:1:7: plan: `key` is missing")


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_bytes(b"\xef\xbb\xbf" + ACTION.replace("\n", "\r\n").encode())
    assert read(path).actions()[0].key == "A-01"


UNREADABLE = {
    "empty": (b"", ":1:1: The file is empty; a plan file begins with `plan:`, which says what plan it is."),
    "only-comments": (
        b"# soon\n",
        ":1:1: The file is empty; a plan file begins with `plan:`, which says what plan it is.",
    ),
    "latin-1": (
        HEAD.encode() + "background:\n- key: k\n  title: Caf\xe9\n".encode("latin-1"),
        ":9:13: k: The byte E9 here is not UTF-8; save the file as UTF-8, or write this character anew.",
    ),
    "utf-16": (HEAD.encode("utf-16"), ":1:1: The file is in UTF-16, not in UTF-8; save it as UTF-8."),
    "control-character": (
        HEAD.encode() + b"vision: {statement: a\x07b}\n",
        ":7:22: p: An invisible character (U+0007) is here, which YAML does not allow; remove it.",
    ),
}


@pytest.mark.parametrize(("content", "problem"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_text_is_told_so(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "plan.yml"
    path.write_bytes(content)
    with pytest.raises(PlanFileErrors) as caught:
        read(path)
    assert str(caught.value) == f"{path}{problem}"


def test_a_missing_file_and_a_folder_are_told_so(tmp_path: Path) -> None:
    with pytest.raises(PlanFileErrors, match=r"no\.yml: There is no such file; check its name and folder\.$"):
        read(tmp_path / "no.yml")
    with pytest.raises(PlanFileErrors, match=r": This is a folder, not a file; name the plan file in it\.$"):
        read(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(HEAD, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(PlanFileErrors, match="may not be read by you"):
        read(path)
