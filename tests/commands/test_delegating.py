"""A line about delegates: what each asks for, and that no text makes it fail."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.delegating import Asked, UnreadableDelegate, UnreadableUntil, UntilPast, read_delegation
from commands.member import Member
from commands.mistakes import MemberMistake
from commands.progress.mistakes import UnknownEntry
from store import planfile

PLAN = planfile.read(Path(__file__).parents[2] / "plans" / "riverbend-2025-2028.yml")
CARTER = Member("U02CARTER")
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
JANUARY = date(2027, 1, 15)

LINES: dict[str, tuple[str, str | None, str | None, date | None, bool]] = {
    "A-12 delegate": ("A-12", None, None, None, False),
    "A-12 delegates": ("A-12", None, None, None, False),
    "A-12 delegate <@U09DANA1>": ("A-12", "U09DANA1", None, None, False),
    "A-12 delegate <@U09DANA1|dana> until 2027-01-15": ("A-12", "U09DANA1", None, JANUARY, False),
    "a12: delegate U09DANA1 till 15 January": ("A-12", "U09DANA1", None, JANUARY, False),
    "A-12 delegate @dana.doe until Jan 15": ("A-12", None, "dana.doe", JANUARY, False),
    "A-12 delegate @Dana Doe until 15 January 2027.": ("A-12", None, "Dana Doe", JANUARY, False),
    "A-12 delegate to @dana for 3 weeks": ("A-12", None, "dana", date(2026, 12, 14), False),
    "A-12 delegate @dana until further notice": ("A-12", None, "dana", None, False),
    "A-12 delegate @dana off": ("A-12", None, "dana", None, True),
    "A-12 delegate @dana end": ("A-12", None, "dana", None, True),
    "A-12 delegate none <@U09DANA1>": ("A-12", "U09DANA1", None, None, True),
    "A-12 delegate <@U09DANA1> stop": ("A-12", "U09DANA1", None, None, True),
    "delegate A-12 to <@U09DANA1> until 15 Jan": ("A-12", "U09DANA1", None, JANUARY, False),
    "vido evidence deligate @dana": ("A-12", None, "dana", None, False),
    "KSI delegate @dana": ("ksi-collisions", None, "dana", None, False),
}
OTHERS = [
    "A-12 60%: delegate training was held",
    "A-12 60% delegate training",
    "A-12 60%: met @dana, the delegate",
    "delegate",
    "A-12 done",
    "zebra delegate training",
]
WRONG: dict[str, type[MemberMistake]] = {
    "A-12 delegate dana": UnreadableDelegate,
    "A-12 delegate training was held": UnreadableDelegate,
    "A-12 delegate @dana until banana": UnreadableUntil,
    "A-12 delegate <@U09DANA1> soonish": UnreadableUntil,
    "A-12 delegate @dana until 1 Nov 2026": UntilPast,
    "A-99 delegate @dana": UnknownEntry,
}


@pytest.mark.parametrize(("typed", "asked"), LINES.items(), ids=LINES)
def test_a_line_about_delegates_is_read(
    typed: str, asked: tuple[str, str | None, str | None, date | None, bool]
) -> None:
    read = read_delegation(typed, PLAN, CARTER, NOW)
    assert isinstance(read, Asked)
    assert (read.entry.key, read.user, read.name, read.until, read.is_end) == asked


@pytest.mark.parametrize("typed", OTHERS)
def test_what_is_about_something_else_is_left(typed: str) -> None:
    assert read_delegation(typed, PLAN, CARTER, NOW) is None


@pytest.mark.parametrize(("typed", "mistake"), WRONG.items(), ids=WRONG)
def test_what_cannot_be_read_is_said(typed: str, mistake: type[MemberMistake]) -> None:
    with pytest.raises(mistake):
        read_delegation(typed, PLAN, CARTER, NOW)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_taken(before: str, behind: str) -> None:
    try:
        read_delegation(f"{before} delegate {behind}", PLAN, CARTER, NOW)
    except MemberMistake:
        return
