"""What a form carries along fits into it and comes back."""

import json

import pytest

from bot.blocks.purpose import METADATA, Purpose
from store.plan import Action, Status

CARRIED = {
    "nothing": Purpose(),
    "everything": Purpose("A-1", "https://hooks.example/1", 7, "on-track", 40, 3, True, ("a1", "b2"), "d1"),
}


@pytest.mark.parametrize("case", CARRIED)
def test_what_a_form_carries_comes_back(case: str) -> None:
    assert Purpose.read(CARRIED[case].written()) == CARRIED[case]


def test_a_form_of_another_version_is_read_as_far_as_it_is_known() -> None:
    assert Purpose.read(json.dumps({"key": "A-1", "colour": "red"})) == Purpose("A-1")
    assert Purpose.read("") == Purpose()


def test_what_is_too_much_to_carry_is_left_behind() -> None:
    much = Purpose("A-1", "https://hooks.example/" + "x" * METADATA, status="at-risk")
    assert len(much.written()) <= METADATA
    assert Purpose.read(much.written()) == Purpose("A-1", status="at-risk")


def test_another_entry_begins_anew_where_it_stands() -> None:
    action = Action(key="A-2", title="Two", status=Status.AT_RISK, percent=10)
    moved = Purpose("A-1", "https://hooks.example/1", None, "on-track", 40, 1, True, ("a1",)).of(action)
    assert moved == Purpose("A-2", "https://hooks.example/1", None, "at-risk", 10, 2, keeps_words=True)
