"""What was asked in vain, grouped by likeness."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.ask.index import Index
from commands.gaps import (
    LONGEST_ALIAS,
    Gap,
    alias_in,
    alias_typed,
    entries,
    entries_like,
    entry_called,
    gap_with,
    group,
    telling,
)
from commands.mistakes import AliasTaken, EntryGone, GapGone, InvalidFields
from store import planfile
from store.plan import Kind, Plan
from store.questions import Counted, Miss, fold

MONDAY = date(2026, 11, 23)
RIVERBEND = Path(__file__).parents[2] / "plans" / "riverbend-2025-2028.yml"


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The fictional plan."""
    return planfile.read(RIVERBEND)


@pytest.fixture(scope="module")
def index(plan: Plan) -> Index:
    """Its index."""
    return Index.build(plan)


def miss(
    identity: int,
    words: str,
    times: int = 1,
    *,
    days_ago: int = 0,
    outcome: Counted = Counted.UNKNOWN,
    subject: str = "",
    suggestions: tuple[str, ...] = (),
    is_dismissed: bool = False,
) -> Miss:
    """What is kept of a question."""
    day = MONDAY - timedelta(days=days_ago)
    return Miss(identity, words, fold(words), day, outcome, subject, suggestions, times, is_dismissed)


def words_of(gaps: tuple[Gap, ...]) -> list[set[str]]:
    """The wordings of each gap."""
    return [{words for words, _ in gap.wordings} for gap in gaps]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("what is the parking fee?", "What's the parking fee", id="written otherwise"),
        pytest.param("parking fee", "please tell me the fee for parking", id="politeness and order"),
        pytest.param("parking fee downtown", "parking fees", id="part of the longer"),
        pytest.param("what is the parkng fee", "parking fee", id="misspelt"),
        pytest.param("who is on the drone thing", "is the drone thing still happening", id="another facet"),
    ],
)
def test_wordings_alike_are_one_gap(one: str, other: str) -> None:
    assert words_of(group([miss(1, one), miss(2, other)])) == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("what is the parking fee", "what is the weather", id="grammar alone in common"),
        pytest.param("who is the mayor", "who is the chief", id="one other word"),
        pytest.param("cost of the fleet", "colour of the fleet", id="a word in common"),
        pytest.param("parking", "parking officers and their hours", id="a word of many"),
    ],
)
def test_other_questions_are_other_gaps(one: str, other: str) -> None:
    assert len(group([miss(1, one), miss(2, other)])) == 2


def test_a_gap_tells_its_most_frequent_wording_how_often_and_when_last() -> None:
    (gap,) = group(
        [
            miss(3, "parking fee", 2, days_ago=40),
            miss(5, "what is the parking fee", 2, days_ago=3),
            miss(7, "What is the parking fee?", 3, days_ago=9),
        ]
    )
    assert (gap.id, gap.misses) == (3, (3, 5, 7))
    assert gap.words == "what is the parking fee"
    assert gap.wordings == (("what is the parking fee", 5), ("parking fee", 2))
    assert (gap.times, gap.last) == (7, MONDAY - timedelta(days=3))


def test_the_most_frequent_gap_comes_first_and_of_these_the_latest() -> None:
    found = group(
        [miss(1, "the weather", days_ago=2), miss(2, "the zamboni", 5), miss(3, "a lottery"), miss(4, "pizza day")]
    )
    assert [gap.words for gap in found] == ["the zamboni", "a lottery", "pizza day", "the weather"]


def test_a_gap_tells_what_was_suggested_and_what_was_not_meant() -> None:
    (gap,) = group(
        [
            miss(1, "keeping kids safe", outcome=Counted.SUGGEST, suggestions=("A-07", "A-02")),
            miss(2, "keep kids safe", 3, outcome=Counted.SUGGEST, suggestions=("A-02", "A-09")),
            miss(3, "kids safe", outcome=Counted.ANSWER, subject="courage"),
        ]
    )
    assert gap.suggested == ("A-02", "A-09", "A-07")
    assert gap.answered == ("courage",)


def test_a_wording_that_was_dismissed_stays_out_when_it_is_asked_again() -> None:
    found = group([miss(1, "the weather?", is_dismissed=True), miss(2, "The weather"), miss(3, "the zamboni")])
    assert [gap.words for gap in found] == ["the zamboni"]


@given(st.lists(st.tuples(st.text(max_size=30), st.integers(1, 5)), max_size=12), st.randoms())
def test_grouping_loses_nothing_and_does_not_depend_on_the_order(asked: list[tuple[str, int]], random: Random) -> None:
    found = [miss(number, words, times) for number, (words, times) in enumerate(asked, start=1)]
    gaps = group(found)
    assert sorted(identity for gap in gaps for identity in gap.misses) == [one.id for one in found]
    assert sum(gap.times for gap in gaps) == sum(times for _, times in asked)
    random.shuffle(found)
    assert group(found) == gaps


def test_words_without_content_tell_themselves() -> None:
    assert telling("what is it") != telling("who are you")
    assert telling("?!")


def test_a_gap_is_found_by_any_of_its_questions_until_it_is_gone() -> None:
    gaps = group([miss(1, "parking fee"), miss(2, "parking fees"), miss(3, "the zamboni")])
    assert gap_with(2, gaps).misses == (1, 2)
    with pytest.raises(GapGone):
        gap_with(9, gaps)


@pytest.mark.parametrize(
    ("asked", "alias"),
    [
        ("what is the parking fee downtown?", "parking fee downtown"),
        ("who looks after the purple folder project", "purple folder"),
        ("how are you", "how are you"),
    ],
    ids=["what is it", "who owns it", "nothing left"],
)
def test_the_name_in_a_question_is_proposed(index: Index, asked: str, alias: str) -> None:
    assert alias_in(asked, index) == alias


def test_a_proposed_name_fits_its_field(index: Index) -> None:
    assert len(alias_in("zamboni parking " * 100, index)) <= LONGEST_ALIAS


def test_an_alias_is_words() -> None:
    assert alias_typed("  night   nurses ") == "night nurses"
    with pytest.raises(InvalidFields) as wrong:
        alias_typed(" ?! ")
    assert wrong.value.fields == {"alias": "no words"}


def test_a_name_of_another_entry_is_taken(plan: Plan) -> None:
    with pytest.raises(AliasTaken) as taken:
        entry_called(plan, "A-06", "HUMILITY")
    assert taken.value.entry.key == "humility"
    assert entry_called(plan, "humility", "humility").key == "humility"
    assert entry_called(plan, "a-06", "night nurses").key == "A-06"


@pytest.mark.parametrize("key", ["A-99", "vision"])
def test_what_is_no_entry_with_names_is_told(plan: Plan, key: str) -> None:
    with pytest.raises(EntryGone):
        entry_called(plan, key, "north star")
    assert key not in {node.key for node in entries(plan)}


@pytest.mark.parametrize(
    ("typed", "key"), [("a-06", "A-06"), ("humilty", "humility"), ("mobile crisis", "A-06"), ("frod portal", "A-05")]
)
def test_an_entry_is_searched_for_by_key_or_piece_of_its_title(index: Index, typed: str, key: str) -> None:
    assert entries_like(typed, index)[0].key == key


def test_a_search_that_finds_nothing_is_told(index: Index) -> None:
    with pytest.raises(InvalidFields):
        entries_like("xyzzyx", index)
    assert not {node.kind for node in entries_like("vision of the future", index)} & {Kind.VISION}
