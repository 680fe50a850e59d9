"""What each typed line means. The lines are told apart by what is typed; a test's id is its line."""

from datetime import date
from typing import Any

import pytest

from commands.mistakes import MemberMistake
from commands.progress.mistakes import (
    DayInFuture,
    PercentOutOfRange,
    SeveralEntries,
    UnclearMilestone,
    UnclearNaming,
    UnclearStatus,
    UnknownEntry,
    UnknownMilestone,
    Unread,
    UnreadableDay,
    UnreadableValue,
    UnreadWords,
)
from commands.progress.reading import Figures, Report
from store.milestones import Reached
from store.plan import Status
from tests.commands.progress.plan import line, said

ON, RISK, OFF = Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK
DONE, CANCELLED, UNSTARTED = Status.COMPLETE, Status.CANCELLED, Status.NOT_STARTED
PILOT, REVIEW, PUBLIC = "Pilot in two wards", "Security review passed", "Open to the public"
YESTERDAY = date(2026, 11, 22)


def about(action: str = "A-01", **values: Any) -> Report:
    """A report; guesses are looked at apart."""
    return Report(action, **values)


def step(points: int) -> Report:
    """A report of points more or less."""
    return about(percent=points, is_step=True)


def csi(value: float = 53.1, **values: Any) -> Figures:
    """A measurement of the Crime Severity Index."""
    return Figures("crime-severity", value, **values)


LINES: dict[str, Report | Figures] = {
    # percentages
    "A-01 60%": about(percent=60),
    "a-01 60 %": about(percent=60),
    "a1 60 percent": about(percent=60),
    "A 01 60%": about(percent=60),
    "#A-01 60 pct": about(percent=60),
    "A.1 60 per cent": about(percent=60),
    "A-01 60 precent": about(percent=60),
    "A-01 60": about(percent=60),
    "A-01 60 at risk": about(percent=60, status=RISK),
    "A-01 60: nearly there": about(percent=60, note="nearly there"),
    "A-01 is now at 60%": about(percent=60),
    "set A-01 to 60%": about(percent=60),
    "60% A-01": about(percent=60),
    "60% for A-01": about(percent=60),
    "A-01: 60%": about(percent=60),
    "A-01 60% done": about(percent=60),
    "A-01 100% done": about(percent=100, status=DONE),
    "A-01 from 40% to 60%": about(percent=60),
    "A-01 0%": about(percent=0),
    "a1 +10%": step(10),
    "a1 +10": step(10),
    "A-01 plus 10%": step(10),
    "A-01 up by 10%": step(10),
    "A-01 -5%": step(-5),
    "A-01 −5 %": step(-5),
    "A-01 minus 5%": step(-5),
    "A-01 down 5%": step(-5),
    # statuses
    "A-01 on track": about(status=ON),
    "A-01 on-track": about(status=ON),
    "A-01 back on track": about(status=ON),
    "A-01 in progress": about(status=ON),
    "A-01 going well": about(status=ON),
    "A-01 green": about(status=ON),
    "A-01 at risk": about(status=RISK),
    "A-01 slipping": about(status=RISK),
    "A-01 amber": about(status=RISK),
    "A-01 behind": about(status=OFF),
    "A-01 status: behind schedule": about(status=OFF),
    "A-01 not on track": about(status=OFF),
    "A-01 blocked by legal": about(status=OFF, note="by legal"),
    "A-01 stuck - no budget": about(status=OFF, note="no budget"),
    "A-01 on hold": about(status=OFF),
    "A-01 delayed": about(status=OFF),
    "A-01 done": about(status=DONE),
    "A-01 is done!": about(status=DONE),
    "done A-01": about(status=DONE),
    "A-01 finished": about(status=DONE),
    "A-01 completed: all of it": about(status=DONE, note="all of it"),
    "A-01 cancelled: money moved": about(status=CANCELLED, note="money moved"),
    "A-01 called off": about(status=CANCELLED),
    "A-01 not started yet": about(status=UNSTARTED),
    "A-01 hasn't started": about(status=UNSTARTED),
    "A-01 todo": about(status=UNSTARTED),
    "at risk A-01 60%": about(percent=60, status=RISK),
    # notes, word for word
    "A-01 60% at risk: waiting for procurement": about(percent=60, status=RISK, note="waiting for procurement"),
    "A-01 60%, at risk, waiting on legal": about(percent=60, status=RISK, note="waiting on legal"),
    "A-01 at risk 60% waiting": about(percent=60, status=RISK, note="waiting"),
    "60% A-01 waiting": about(percent=60, note="waiting"),
    "A-01 60% — at risk — waiting": about(percent=60, status=RISK, note="waiting"),
    "A-01 waiting for procurement, at risk, 60%": about(percent=60, status=RISK, note="waiting for procurement"),
    "A-01 lately we met the vendor": about(note="lately we met the vendor"),
    "A-01: met the vendor": about(note="met the vendor"),
    "A-01 60%: costs rose by 20%": about(percent=60, note="costs rose by 20%"),
    "A-01 60%: done with the first part": about(percent=60, note="done with the first part"),
    "A-01 60% late deliveries again": about(percent=60, note="late deliveries again"),
    "A-01 red tape again": about(note="red tape again"),
    "A-01 86 calls answered": about(note="86 calls answered"),
    "A-01 isn't done": about(note="isn't done"),
    "A-01 almost done": about(note="almost done"),
    "A-01 no longer blocked": about(note="no longer blocked"),
    "A-01 note: done with it": about(note="done with it"),
    "A-01 60% note: at risk of rain": about(percent=60, note="at risk of rain"),
    "A-01 at risk: two things; a) money, b) people": about(status=RISK, note="two things; a) money, b) people"),
    # titles, in pieces and misspelt
    "dashboard done": about(status=DONE),
    "dashbord 60%": about(percent=60),
    "the dashboard is at risk": about(status=RISK),
    "comunity analytics 70% on track: two wards": about(percent=70, status=ON, note="two wards"),
    "dash 60%": about(percent=60),
    "60% dashboard": about(percent=60),
    "dashboard: waiting for legal": about(note="waiting for legal"),
    "radio swap 20%": about("A-12", percent=20),
    "renew radios on track": about("A-12", status=ON),
    "renew the radios 20%": about("A-12", percent=20),
    "fleet renewal 40% ok so far": about("A-02", percent=40, note="ok so far"),
    "green street gap 40%": about("A-13", percent=40),
    "green street gap green": about("A-13", status=ON),
    # days
    "A-01 60% as of 12 Nov": about(percent=60, day=date(2026, 11, 12)),
    "A-01 60% as of 12 Nov, at risk: x": about(percent=60, status=RISK, note="x", day=date(2026, 11, 12)),
    "A-01 as of Nov 12 60%": about(percent=60, day=date(2026, 11, 12)),
    "A-01 60% as of 12th of November 2025": about(percent=60, day=date(2025, 11, 12)),
    "A-01 60% as of November 12, 2025": about(percent=60, day=date(2025, 11, 12)),
    "A-01 60% as of 2026-11-12": about(percent=60, day=date(2026, 11, 12)),
    "A-01 60% as of 31/10/2026": about(percent=60, day=date(2026, 10, 31)),
    "A-01 60% as of yesterday": about(percent=60, day=YESTERDAY),
    "A-01 60% as off yestarday": about(percent=60, day=YESTERDAY),
    "A-01 60% asof yesterday: quiet": about(percent=60, day=YESTERDAY, note="quiet"),
    "A-01 60% as of today": about(percent=60, day=date(2026, 11, 23)),
    "A-01 60% as of Friday": about(percent=60, day=date(2026, 11, 20)),
    "A-01 60% as of last Monday": about(percent=60, day=date(2026, 11, 16)),
    "A-01 60% as of 3 days ago": about(percent=60, day=date(2026, 11, 20)),
    "A-01 60% as of two weeks ago": about(percent=60, day=date(2026, 11, 9)),
    "A-01 60% as of Novmber 2": about(percent=60, day=date(2026, 11, 2)),
    "A-01 60% as of end of October": about(percent=60, day=date(2026, 10, 31)),
    "A-01 60% as of 28 Dec 2025": about(percent=60, day=date(2025, 12, 28)),
    "A-01 done yesterday": about(status=DONE, day=YESTERDAY),
    "as of yesterday A-01 60%": about(percent=60, day=YESTERDAY),
    "A-01 60% waiting as of yesterday": about(percent=60, note="waiting", day=YESTERDAY),
    "A-01 60%: waiting as of yesterday": about(percent=60, note="waiting as of yesterday"),
    "A-01 60% today we met": about(percent=60, note="today we met"),
    # links
    "A-01 60% https://example.org/r?a=1": about(percent=60, evidence="https://example.org/r?a=1"),
    "A-01 https://example.org/r, at risk": about(status=RISK, evidence="https://example.org/r"),
    "A-01 60% <https://example.org/r|the report>": about(percent=60, evidence="https://example.org/r"),
    "https://example.org/r A-01 60%": about(percent=60, evidence="https://example.org/r"),
    "A-01 https://example.org/r": about(evidence="https://example.org/r"),
    "A-01 60%: see https://example.org/r.": about(
        percent=60, note="see https://example.org/r.", evidence="https://example.org/r"
    ),
    "A-01 60%: see <https://example.org/r|example.org/r>": about(
        percent=60, note="see example.org/r", evidence="https://example.org/r"
    ),
    # milestones
    "A-01 milestone pilot done": about(milestones=(Reached(PILOT),)),
    "A-01 milestone pilto done": about(milestones=(Reached(PILOT),)),
    "A-01 milstone pilot doen": about(milestones=(Reached(PILOT),)),
    "A-01 mile stone two wards reached": about(milestones=(Reached(PILOT),)),
    "A-01 milestone 3 done": about(milestones=(Reached(PUBLIC),)),
    "A-01 milestone #3 done": about(milestones=(Reached(PUBLIC),)),
    "A-01 milestone pilot not done": about(milestones=(Reached(PILOT, done=False),)),
    "A-01 milestone pilot isn't done yet": about(milestones=(Reached(PILOT, done=False),)),
    "A-01 milestones 1 and 3 done": about(milestones=(Reached(PILOT), Reached(PUBLIC))),
    "A-01 pilot milestone done": about(milestones=(Reached(PILOT),)),
    "A-01 milestone security review passed": about(milestones=(Reached(REVIEW),)),
    "A-01 milestone security review passed not done": about(milestones=(Reached(REVIEW, done=False),)),
    "A-01 milestone pilot done 60% at risk: next ward": about(
        percent=60, status=RISK, note="next ward", milestones=(Reached(PILOT),)
    ),
    "A-01 60% milestone pilot done": about(percent=60, milestones=(Reached(PILOT),)),
    "A-01 milestone 1 done milestone 2 not done": about(milestones=(Reached(PILOT), Reached(REVIEW, done=False))),
    "dashboard milestone pilot done": about(milestones=(Reached(PILOT),)),
    # measurements
    "CSI 53.1": csi(),
    "csi: 53.1": csi(),
    "csi = 53,1": csi(),
    "CSI is now at 53.1 points": csi(),
    "CSI 53.1 point": csi(),
    "CSI 53.1 pionts": csi(),
    "CSI 1,053.1": csi(1053.1),
    "CSI -2.5": csi(-2.5),
    "crime severity 53.1": csi(),
    "crime severty index 53.1": csi(),
    "crime-severity 53.1": csi(),
    "CSI 53.1 as of 30 Sep": csi(day=date(2026, 9, 30)),
    "CSI as of 30 Sep 53.1": csi(day=date(2026, 9, 30)),
    "CSI 53.1 points as of yesterday: rolling year": csi(day=YESTERDAY, note="rolling year"),
    "CSI 53.1 https://example.org/t rolling year": csi(evidence="https://example.org/t", note="rolling year"),
    "CSI 53.1: fewer thefts": csi(note="fewer thefts"),
    "response time 7.5 minutes per 1,000 calls": Figures("response-time", 7.5),
    "emergency respnse 7.5 min": Figures("response-time", 7.5),
    "trust 62%": Figures("trust", 62.0),
    "trust 62": Figures("trust", 62.0),
    "residents who trust us 62 percent: spring survey": Figures("trust", 62.0, "spring survey"),
    "pulse: calmer than last year": Figures("pulse", "calmer than last year"),
    "community pulse calmer than last year": Figures("pulse", "calmer than last year"),
    "pulse calmer, as of yesterday": Figures("pulse", "calmer", day=YESTERDAY),
}


@pytest.mark.parametrize(("typed", "meant"), LINES.items(), ids=LINES)
def test_a_typed_line_is_read(typed: str, meant: Report | Figures) -> None:
    read = said(typed)
    assert read == meant


MISSPELT = {
    "A-01 on trak": ("on trak", ON),
    "A-01 at rsk: waiting": ("at rsk", RISK),
    "A-01 60% at rsk waiting": ("at rsk", RISK),
    "at rsk A-01": ("at rsk", RISK),
    "A-01 behnid": ("behnid", OFF),
    "A-01 blokced": ("blokced", OFF),
    "A-01 blokced by legal": ("blokced", OFF),
    "A-01 dleayed": ("dleayed", OFF),
    "dashboard doen": ("doen", DONE),
    "A-01 finshed": ("finshed", DONE),
    "A-01 compelted": ("compelted", DONE),
    "A-01 canceld": ("canceld", CANCELLED),
    "A-01 not strated": ("not strated", UNSTARTED),
    "A-01 gren": ("gren", ON),
}


@pytest.mark.parametrize(
    ("typed", "words", "status"), [(line, *meant) for line, meant in MISSPELT.items()], ids=MISSPELT
)
def test_a_misspelt_status_is_read_and_told(typed: str, words: str, status: Status) -> None:
    read = said(typed)
    assert isinstance(read, Report)
    assert read.status is status
    assert [(guess.typed, guess.status) for guess in read.guesses] == [(words, status)]


REFUSED: dict[str, type[MemberMistake]] = {
    "A-01 101%": PercentOutOfRange,
    "A-01 60.5%": PercentOutOfRange,
    "A-01 +999 percent": PercentOutOfRange,
    "150% dashboard": PercentOutOfRange,
    "A-01 60% as of 12 Dec": DayInFuture,
    "A-01 60% as of tomorow": UnreadableDay,
    "A-01 60% as of 31 Feb": UnreadableDay,
    "A-01 60% as of 5/6/2026": UnreadableDay,
    "A-01 of track": UnclearStatus,
    "A-01 done with the first part": UnclearStatus,
    "A-01 60% complete rewrite needed": UnclearStatus,
    "A-01 milestone zebra done": UnknownMilestone,
    "A-01 milestone 9 done": UnknownMilestone,
    "A-01 milestone done": UnknownMilestone,
    "A-02 milestone 1 done": UnknownMilestone,
    "A-01 milestone pilot": UnclearMilestone,
    "A-99 60%": UnknownEntry,
    "60%": UnknownEntry,
    "zebra crossing 60%": UnknownEntry,
    "dashboard waiting for legal": UnclearNaming,
    "dashboard not done": UnclearNaming,
    "blah blah A-01 60%": UnreadWords,
    "renew 20%": SeveralEntries,
    "CSI fifty": UnreadableValue,
    "CSI at risk": UnreadableValue,
    "CSI 53%": UnreadableValue,
    "CSI https://example.org": UnreadableValue,
}


@pytest.mark.parametrize(("typed", "mistake"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_read_is_said_and_never_guessed(typed: str, mistake: type[MemberMistake]) -> None:
    with pytest.raises(mistake):
        line(typed)


OFFERED = {
    "A-01 of track: rain": ["A-01 on track: rain", "A-01 off track: rain"],
    "A-01 done with the first part": ["A-01 done: with the first part", "A-01 note: done with the first part"],
    "A-01 60% milestone pilot: two wards": [
        "A-01 60% milestone 1 done: two wards",
        "A-01 60% milestone 1 not done: two wards",
    ],
    "A-01 60% as of 12 Dec: waiting": ["A-01 60% : waiting"],
    "dashboard waiting for legal": ["A-01 note: waiting for legal"],
    "blah A-01 60%": ["A-01 60%"],
    "60% at risk": [f"{key} 60% at risk" for key in ("A-01", "A-02", "A-12", "A-13", "crime-severity")],
}


@pytest.mark.parametrize(("typed", "lines"), OFFERED.items(), ids=OFFERED)
def test_what_may_be_meant_is_offered_as_whole_lines(typed: str, lines: list[str]) -> None:
    with pytest.raises(Unread) as unread:
        line(typed)
    assert [offer.text for offer in unread.value.offers] == lines


@pytest.mark.parametrize("typed", [typed for typed in OFFERED if typed != "60% at risk"])
def test_every_line_that_is_offered_can_be_read(typed: str) -> None:
    with pytest.raises(Unread) as unread:
        line(typed)
    assert all(said(offer.text) for offer in unread.value.offers)


@pytest.mark.parametrize(
    ("typed", "key"), [("", None), ("A-01", "A-01"), ("dashbord", "A-01"), ("CSI", "crime-severity")]
)
def test_a_name_alone_asks_for_the_form(typed: str, key: str | None) -> None:
    read = line(typed)
    assert (read.entry.key if read.entry else None, read.said) == (key, None)
