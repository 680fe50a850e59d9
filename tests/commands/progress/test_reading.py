"""What typed progress means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.mistakes import PercentOutOfRange, SeveralActions, UnknownAction
from commands.progress.finding import find_action, plain_key
from commands.progress.reading import Report, read_report
from store.plan import Action, Status

DASHBOARD = Action(key="A-01", title="Launch the community analytics dashboard")
FLEET = Action(key="A-02", title="Renew the fleet")
RADIOS = Action(key="A-12", title="Renew the radios", aliases=("radio swap",))
ACTIONS = (DASHBOARD, FLEET, RADIOS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("A-01 60%", Report("A-01", 60)),
        ("a-01 60 %", Report("a-01", 60)),
        ("a1 60 percent", Report("a1", 60)),
        ("A 01 60%", Report("A 01", 60)),
        (
            "A-01 60% at risk: waiting for procurement",
            Report("A-01", 60, False, Status.AT_RISK, "waiting for procurement"),
        ),
        ("A-01 60%, at risk, waiting on legal", Report("A-01", 60, False, Status.AT_RISK, "waiting on legal")),
        ("A-01 at risk 60% waiting", Report("A-01", 60, False, Status.AT_RISK, "waiting")),
        ("60% A-01 waiting", Report("A-01", 60, False, None, "waiting")),
        ("at risk A-01 60%", Report("A-01", 60, False, Status.AT_RISK)),
        ("A-01 +10%", Report("A-01", 10, True)),
        ("A-01 -5%", Report("A-01", -5, True)),
        ("A-01 done", Report("A-01", status=Status.COMPLETE)),
        ("dashboard done", Report("dashboard", status=Status.COMPLETE)),
        ("A-01 is now at 60%", Report("A-01", 60)),
        ("A-01 status: behind schedule", Report("A-01", status=Status.OFF_TRACK)),
        ("A-01 blocked - no budget", Report("A-01", status=Status.OFF_TRACK, note="no budget")),
        ("A-01 60% done", Report("A-01", 60)),
        ("A-01 100% done", Report("A-01", 100, False, Status.COMPLETE)),
        ("A-01 back on track", Report("A-01", status=Status.ON_TRACK)),
        ("A-01 not started yet", Report("A-01", status=Status.NOT_STARTED)),
        ("A-01 cancelled: money moved", Report("A-01", status=Status.CANCELLED, note="money moved")),
        ("A-01 lately we met the vendor", Report("A-01", note="lately we met the vendor")),
        ("A-01: met the vendor", Report("A-01", note="met the vendor")),
        ("A-01 60%: costs rose by 20%", Report("A-01", 60, False, None, "costs rose by 20%")),
        ("A-01", Report("A-01")),
        ("A-01 86", Report("A-01", 86)),
        ("A-01 86 at risk", Report("A-01", 86, False, Status.AT_RISK)),
        ("A-01 86: nearly there", Report("A-01", 86, False, None, "nearly there")),
        ("A-01 86 calls answered", Report("A-01", note="86 calls answered")),
        ("", Report()),
        ("fleet renewal 40% ok so far", Report("fleet renewal", 40, False, None, "ok so far")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_typed_progress_is_read(typed: str, meant: Report) -> None:
    assert read_report(typed, ACTIONS) == meant


@pytest.mark.parametrize("typed", ["A-01 101%", "A-01 999 percent", "150% dashboard"])
def test_a_percentage_beyond_all_is_a_mistake(typed: str) -> None:
    with pytest.raises(PercentOutOfRange):
        read_report(typed, ACTIONS)


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_crash_and_a_percentage_is_never_out_of_range(typed: str) -> None:
    try:
        report = read_report(typed, ACTIONS)
    except PercentOutOfRange:
        return
    assert report.percent is None or -100 <= report.percent <= 100
    assert report.note is None or report.note in typed


@given(note=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).map(lambda words: f"x {words}"))
def test_a_note_behind_a_colon_is_kept_word_for_word(note: str) -> None:
    assert read_report(f"A-01 60% at risk: {note}", ACTIONS).note == note


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("A-01", "A-01"),
        ("a1", "A-01"),
        ("dashboard", "A-01"),
        ("dashbord", "A-01"),
        ("comunity analytics", "A-01"),
        ("the fleet", "A-02"),
        ("radio swap", "A-12"),
        ("renew radios", "A-12"),
    ],
)
def test_an_action_is_found_by_its_key_or_a_piece_of_its_title(typed: str, key: str) -> None:
    assert find_action(typed, ACTIONS).key == key


def test_of_several_that_fit_the_members_own_is_meant() -> None:
    with pytest.raises(SeveralActions) as several:
        find_action("renew", ACTIONS)
    assert {action.key for action in several.value.candidates} == {"A-02", "A-12"}
    assert find_action("renew", ACTIONS, frozenset({"A-12"})).key == "A-12"


@pytest.mark.parametrize("typed", ["zebra crossing", "A-99", "", "?!"])
def test_what_names_no_action_is_a_mistake(typed: str) -> None:
    with pytest.raises(UnknownAction):
        find_action(typed, ACTIONS)


@given(st.text(max_size=60))
def test_looking_for_any_text_finds_an_action_or_a_mistake(typed: str) -> None:
    try:
        found = find_action(typed, ACTIONS)
    except (SeveralActions, UnknownAction):
        return
    assert found in ACTIONS


@pytest.mark.parametrize("written", ["A-01", "a01", "A 1", "a.001", "A_1"])
def test_loosely_written_keys_are_one(written: str) -> None:
    assert plain_key(written) == "a1"
