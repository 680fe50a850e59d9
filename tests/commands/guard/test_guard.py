"""Notes that look as if they held personal or operational detail."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.guard import Flagged, GuardUnusable, guard


@pytest.mark.parametrize(
    ("note", "name", "words"),
    [
        ("see occurrence 26-104233 for the reason", "occurrence number", "occurrence 26-104233"),
        ("file no. 2026-1042335 is open", "occurrence number", "file no. 2026-1042335"),
        ("waits on HP26104233", "occurrence number", "HP26104233"),
        ("the man (DOB 1990-02-03) agreed", "date of birth", "DOB 1990-02-03"),
        ("born on 3 February 1990", "date of birth", "born on 3 February 1990"),
        ("date of birth: 03/02/90", "date of birth", "date of birth: 03/02/90"),
        ("plate ABCD 123 was seen", "licence plate", "plate ABCD 123"),
        ("a grey van, CKLM 482", "licence plate", "CKLM 482"),
        ("call Jo at 905-555-0142", "phone number", "905-555-0142"),
        ("reach her on (204) 555-0142 today", "phone number", "(204) 555-0142"),
        ("+44 20 7946 0958", "phone number", "+44 20 7946 0958"),
        ("write to jo.brown@example.org", "e-mail address", "jo.brown@example.org"),
        ("the house at 12 Main Street", "street address", "12 Main Street"),
        ("met at 4501 Old Mill Rd. again", "street address", "4501 Old Mill Rd."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_detail_is_found(note: str, name: str, words: str) -> None:
    assert guard().flagged(note) == (Flagged(name, words),)


@pytest.mark.parametrize(
    "note",
    [
        "Twenty-six schools done, five to go.",
        "60% done, due 31 December 2026",
        "Rolling twelve months: 1,088 per 100,000 residents",
        "Security review found 2 faults; launch slips by 3 weeks.",
        "Phase 2 of 3, 2026-11-12, budget 1 250 000",
        "A-05 and CSI 53.1 are linked",
        "1,012 interviews, 71 percent satisfied",
        "we call on 12 schools on the main street",
        "In case 3 suppliers drop out we start again in 2027",
        "Reports from 2024 and 2025-2028 compared",
        "",
    ],
)
def test_an_ordinary_note_is_left_alone(note: str) -> None:
    assert guard().flagged(note) == ()


def test_several_pieces_come_in_the_notes_order() -> None:
    found = guard().flagged("call 905-555-0142 or jo@example.org about 12 Main Street")
    assert [one.name for one in found] == ["phone number", "e-mail address", "street address"]


@given(st.text(max_size=300))
def test_any_note_can_be_looked_at_and_what_is_found_stands_in_it(note: str) -> None:
    assert all(one.words in note for one in guard().flagged(note))


def test_an_organisation_has_patterns_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("- name: badge\n  patterns: ['badge \\d+']\n", encoding="utf-8")
    assert guard(own).flagged("Badge 123 and jo@example.org") == (Flagged("badge", "Badge 123"),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- name: x\n  patterns: ['(']\n", "no regular expression"),
        ("- name: x\n", "patterns"),
        ("- nme: x\n  patterns: [a]\n", "name"),
        ("a: [", "cannot be read as YAML"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_so(tmp_path: Path, text: str, says: str) -> None:
    own = tmp_path / "own.yml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(GuardUnusable, match=says):
        guard(own)
