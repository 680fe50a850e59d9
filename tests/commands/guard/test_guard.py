"""Notes that look as if they held personal or operational detail."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.guard import Flagged, GuardUnusable, guard

FOUND: dict[str, dict[str, str | None]] = {
    "occurrence number": {
        "see occurrence 26-104233 for the reason": "occurrence 26-104233",
        "file no. 2026-1042335 is open": "file no. 2026-1042335",
        "waits on HP26104233": "HP26104233",
        "as in 2024-123456": "2024-123456",
        "see PR24-000123": "PR24-000123",
        "GO# 2024-55555 is the reason": "GO# 2024-55555",
        "GO 24-12345": "GO 24-12345",
        "incident #2026-004512": "incident #2026-004512",
        "case 20241234567": "case 20241234567",
        "under Case Number 24-01234.": "Case Number 24-01234",
        "CAD 26-012345": "CAD 26-012345",
        "https://records.example.org/occurrences/2024-123456": "occurrences/2024-123456",
    },
    "date of birth": {
        "the man (DOB 1990-02-03) agreed": "DOB 1990-02-03",
        "DOB 1990-01-02": "DOB 1990-01-02",
        "D.O.B.: 02/01/1990": "D.O.B.: 02/01/1990",
        "born on 3 February 1990": "born on 3 February 1990",
        "born 3 May 1984": "born 3 May 1984",
        "born May 3, 1984": "born May 3, 1984",
        "born on the 3rd": None,
        "a boy born 3rd of May 2012": "born 3rd of May 2012",
        "date of birth: 03/02/90": "date of birth: 03/02/90",
        "her birth date is 1984-05-03": "birth date is 1984-05-03",
    },
    "licence plate": {
        "plate ABCD 123 was seen": "ABCD 123",
        "a grey van, CKLM 482": "CKLM 482",
        "left in BXTR-771": "BXTR-771",
        "licence plate 7ABC123": "7ABC123",
        "a car with 8XYZ456": "8XYZ456",
        "the vehicle was ABC-1234": "ABC-1234",
        "Quebec plate H12 ABC": "H12 ABC",
        "truck AB1 23C": "AB1 23C",
        "plate: k7x 2b9": "k7x 2b9",
    },
    "phone number": {
        "call Jo at 905-555-0142": "905-555-0142",
        "call 905-555-0142": "905-555-0142",
        "reach her on (204) 555-0142 today": "(204) 555-0142",
        "(204)555-0142": "(204)555-0142",
        "416.555.0142": "416.555.0142",
        "416 555 0142": "416 555 0142",
        "4165550142": "4165550142",
        "1-800-555-0142": "1-800-555-0142",
        "+1 416 555 0142": "+1 416 555 0142",
        "+14165550142": "+14165550142",
        "+44 20 7946 0958": "+44 20 7946 0958",
        "phone 555-0142": "555-0142",
        "her cell is 555-0142": "555-0142",
    },
    "e-mail address": {
        "write to jo.brown@example.org": "jo.brown@example.org",
        "JO@EXAMPLE.CO.UK says so": "JO@EXAMPLE.CO.UK",
        "https://example.org/?to=jo@example.org": "jo@example.org",
    },
    "street address": {
        "the house at 12 Main Street": "12 Main Street",
        "met at 4501 Old Mill Rd. again": "4501 Old Mill Rd.",
        "1250 St. Clair Avenue West": "1250 St. Clair Avenue",
        "lives at 12 main street": "12 main street",
        "88 rue Saint-Denis": "88 rue Saint-Denis",
        "12 King, London N6B 2H4": "12 King, London N6B 2H4",
    },
    "social insurance number": {
        "046-454-286": "046-454-286",
        "SSN 078-05-1120": "078-05-1120",
        "SIN: 046 454 286": "046 454 286",
    },
}


@pytest.mark.parametrize(
    ("name", "note", "words"),
    [
        pytest.param(name, note, words, id=note)
        for name, table in FOUND.items()
        for note, words in table.items()
        if words
    ],
)
def test_detail_is_found(name: str, note: str, words: str) -> None:
    assert Flagged(name, words) in guard().flagged(note)
    assert len(guard().flagged(note)) == 1


ORDINARY = (
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
    "CS-2024-001 waits for CS-2024-002",
    "report 2023-2026 is out; file 2024/2025 follows",
    "2023-2026",
    "FY2024-25 budget is $1,250,000; 2025-26 is $1 300 000",
    "$2500000 of $4165550142 is spent",
    "CAD 1250000 approved, USD 1200 left",
    "+10% and +125000 calls, up 12-15 %",
    "Unit 12 and Room 204 and ROOM 204 and UNIT 123",
    "9-1-1 calls fell; 911 answered 12,500; 9-8-8 is new",
    "Division 2 Court Services moved; Phase 2 Provincial Court follows",
    "KSI 530, CSI 100, RFP 2024, ISO 9001, FTE 120",
    "RFQ-1234 and PO24-00012 are with finance, FY24-250000 too",
    "12 of 13 drives, 3 new road projects, 2 main road closures",
    "In 2026 Safe Streets begins; the 2026 Main Street renewal too",
    "https://example.org/reports/2024-123456/905-555-0142?year=2026",
    "see https://intranet.example.org/a/4165550142",
    "between 2026-01-05 and 2026-02-28, at 10:30",
    "Bill 195, Section 12.4, By-law 2024-018",
    "PRESTO 2.0 went live in 3 of 12 stations",
    "tel-a-friend programme, 1200 to 1500 people, 250 000 2024 homes",
    "The hub was reborn; 120 newborns in 2024",
    "response in 7.5 minutes, 53.1 per 1,000, ratio 1:250",
    "milestones 1, 2 and 3 of 4; 100 200 300",
    "call volume 1 250 to 1 300 a day",
    "1-2 weeks, 3-4 months, 10-12 people, 2024-11",
    "",
)


@pytest.mark.parametrize("note", ORDINARY)
def test_an_ordinary_note_is_left_alone(note: str) -> None:
    assert guard().flagged(note) == ()


def test_several_pieces_come_in_the_notes_order() -> None:
    found = guard().flagged("call 905-555-0142 or jo@example.org about 12 Main Street")
    assert [one.name for one in found] == ["phone number", "e-mail address", "street address"]


@given(st.text(max_size=300))
def test_any_note_can_be_looked_at_and_what_is_found_stands_in_it(note: str) -> None:
    assert all(one.words in note for one in guard().flagged(note))


@pytest.mark.parametrize("piece", ["a", "1", "1-", "A1 ", "call ", "12 Main ", "plate ", "é🚓 ", "AB1-", "@a."])
def test_a_long_note_is_looked_through_in_a_moment(piece: str) -> None:
    start = time.process_time()
    guard().flagged(piece * (12_000 // len(piece)))
    assert time.process_time() - start < 2


def test_an_organisation_has_patterns_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("- name: badge\n  patterns: ['badge (?P<found>\\d+)']\n", encoding="utf-8")
    assert guard(own).flagged("Badge 123 and jo@example.org") == (Flagged("badge", "123"),)


def test_an_empty_list_asks_about_nothing(tmp_path: Path) -> None:
    own = tmp_path / "none.yml"
    own.write_text("[]\n", encoding="utf-8")
    assert guard(own).flagged("call 905-555-0142") == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- name: x\n  patterns: ['(']\n", "no regular expression"),
        ("- name: x\n", "patterns"),
        ("- nme: x\n  patterns: [a]\n", "name"),
        ("a: [", "cannot be read as YAML"),
        ("", "list of entries"),
        ("name: x\n", "list of entries"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_so(tmp_path: Path, text: str, says: str) -> None:
    own = tmp_path / "own.yml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(GuardUnusable, match=says) as unusable:
        guard(own)
    assert "\n" not in str(unusable.value)
