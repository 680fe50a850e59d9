"""What holds of every line of progress, whatever is typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.mistakes import MemberMistake
from commands.progress.finding import Names, plain_key, words_of
from commands.progress.mistakes import Offer, Unread
from commands.progress.reading import Figures, Report
from store.plan import Status
from tests.commands.progress.plan import DASHBOARD, FLEET, GREEN, PLAN, RADIOS, SEVERITY, TODAY, line, said

ENTRIES = (DASHBOARD, FLEET, RADIOS, GREEN, SEVERITY)
PIECES = st.sampled_from(
    [
        *("A-01", "dashboard", "CSI", "60%", "+10", "101%", "53.1", "at risk", "done", "blokced", "not", "milestone"),
        *("no change", "still true", "same"),
        *("pilot", "2", "as of", "12 Nov", "yesterday", "2026-02-31", "https://x.example/a", "<https://x.example|a>"),
        *(
            ":",
            ",",
            ";",
            "-",
            "|",
            "note:",
            "waiting",
            "of",
            "\n",
            "'",
            "½",
            "٣%",
            "\u202e",
            "🚓",
            "<!channel>",
            "\x00",
        ),
    ]
)
LINES = st.one_of(
    st.text(max_size=120), st.lists(PIECES, max_size=10).map(" ".join), st.lists(PIECES, max_size=8).map("".join)
)


def read(typed: str) -> Report | Figures | None:
    """What a line says; nothing where it is refused."""
    try:
        return said(typed)
    except MemberMistake:
        return None


def offers(typed: str) -> tuple[Offer, ...]:
    """What is offered for a line that cannot be read; nothing for one that can."""
    try:
        line(typed)
    except Unread as unread:
        return unread.offers
    except MemberMistake:
        pass
    return ()


@given(LINES)
def test_any_text_is_read_or_refused_and_what_is_read_can_be(typed: str) -> None:
    report = read(typed)
    if isinstance(report, Report):
        assert report.percent is None or -100 <= report.percent <= 100
        assert report.percent is None or report.is_step or report.percent >= 0
    if report:
        assert report.day is None or report.day <= TODAY


@given(LINES)
def test_nothing_is_read_that_was_not_typed(typed: str) -> None:
    report = read(typed)
    if isinstance(report, Report):
        assert report.percent is None or re.search(r"\d", typed)
        assert report.evidence is None or report.evidence in typed
        assert not report.milestones or "m" in typed.casefold()
        assert (
            not report.is_renewal or report.says_state or re.search("chang|still|same|as|new|report", typed.casefold())
        )
    says_both = isinstance(report, Report) and report.is_renewal and report.says_state
    if report and report.note and "<http" not in typed and not says_both:
        assert report.note in typed


@given(st.text(st.characters(categories=["L", "Z", "P"]), max_size=80))
def test_letters_that_name_nothing_record_nothing(typed: str) -> None:
    words = words_of(typed)
    known = {word for entry in Names(ENTRIES).entries for word in words_of(entry.title)}
    if not any(word[:2] in {other[:2] for other in known | {"a", "csi", "em", "re", "pu", "tr"}} for word in words):
        assert read(typed) is None


@given(LINES)
def test_every_offer_is_another_line(typed: str) -> None:
    assert all(offer.text != typed for offer in offers(typed))


@given(note=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).map(lambda words: f"x {words}"))
def test_a_note_behind_a_colon_is_kept_word_for_word(note: str) -> None:
    report = said(f"A-01 60% at risk: {note}")
    assert isinstance(report, Report)
    assert (report.status, report.percent, report.note) == (Status.AT_RISK, 60, note)


@pytest.mark.parametrize("size", [3_000, 20_000])
def test_a_long_note_is_kept_whole(size: int) -> None:
    report = said("A-01 60%: " + "word " * (size // 5))
    assert isinstance(report, Report)
    assert len(report.note or "") == size - 1


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("dashboard", "A-01"),
        ("dashbord", "A-01"),
        ("comunity analytics", "A-01"),
        ("the fleet", "A-02"),
        ("radio swap", "A-12"),
        ("renew radios", "A-12"),
        ("crime severty", "crime-severity"),
        ("crime-severity", "crime-severity"),
    ],
)
def test_an_entry_is_found_by_a_piece_of_a_name(typed: str, key: str) -> None:
    names = Names(ENTRIES)
    assert [entry.key for entry in names.meant(names.ranked(words_of(typed)))] == [key]


def test_of_several_that_fit_the_members_own_is_meant() -> None:
    anybodys, dana = Names(ENTRIES), Names(ENTRIES, frozenset({"A-12"}))
    assert {entry.key for entry in anybodys.meant(anybodys.ranked(["renew"]))} == {"A-02", "A-12"}
    assert [entry.key for entry in dana.meant(dana.ranked(["renew"]))] == ["A-12"]


def test_another_ones_entry_is_not_hidden_by_ones_own_that_is_hardly_like_it() -> None:
    names = Names(ENTRIES, frozenset({"A-12"}))
    assert [entry.key for entry in names.meant(names.ranked(["renew", "fleet"]))] == ["A-02"]


@pytest.mark.parametrize("typed", ["zebra crossing", "A-99", "", "?!", "A-112"])
def test_what_names_nothing_finds_nothing(typed: str) -> None:
    names = Names(ENTRIES)
    assert names.by_key(typed) is None
    assert names.meant(names.ranked(words_of(typed))) == []


def test_initials_name_an_entry() -> None:
    names = Names(ENTRIES)
    assert names.by_whole_name(["csi"]) is SEVERITY
    assert names.by_whole_name(["cad"]) is None


@pytest.mark.parametrize("written", ["A-01", "a01", "A 1", "a.001", "A_1"])
def test_loosely_written_keys_are_one(written: str) -> None:
    assert plain_key(written) == "a1"


def test_the_plan_under_test_has_what_the_lines_are_about() -> None:
    assert {entry.key for entry in ENTRIES} <= set(PLAN.nodes)
