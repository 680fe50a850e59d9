"""Which direct messages are updates, of what, and what they say; everything else is a question."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.member import Member
from commands.mistakes import NotYourAction
from commands.progress.reading import Figures, Report
from commands.replying import Part, Place, WhichEntry, is_question, offers_of_all, read_reply
from store import planfile
from store.plan import Action, Indicator, Plan, Status

ROOT = Path(__file__).parents[2]
RIVERBEND = planfile.read(ROOT / "plans" / "riverbend-2025-2028.yml")
QUESTIONS = ROOT / "tests" / "questions"
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
CARTER = Member("U02CARTER")
"""Owns A-01, A-12 and the indicator that counts collisions."""
NOWHERE = Place()
ONE = Place(("A-12",))
TWO = Place(("A-12", "A-01"))
IN_THREAD = Place(("A-12",), is_answer=True)
IN_THREAD_OF_THREE = Place(("A-12", "A-01", "ksi-collisions"), is_answer=True)

Told = tuple[object, ...]


def told(parts: tuple[Part, ...]) -> list[Told]:
    """What the parts say, in short: key, percentage or value, status, note; or the kind of mistake."""
    short: list[Told] = []
    for part in parts:
        if isinstance(part.said, Report):
            state = "no change" if part.said.is_renewal else part.said.status
            short.append((part.said.action, part.said.percent, state, part.said.note))
        elif isinstance(part.said, Figures):
            short.append((part.said.indicator, part.said.value, part.said.note))
        else:
            short.append((type(part.mistake),))
    return short


def read(text: str, place: Place) -> list[Told]:
    """What Carter's message says."""
    return told(read_reply(text, RIVERBEND, CARTER, NOW, place))


AT_RISK, COMPLETE, OFF = Status.AT_RISK, Status.COMPLETE, Status.OFF_TRACK


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        pytest.param("A-01 60% at risk: waiting", NOWHERE, [("A-01", 60, AT_RISK, "waiting")], id="the typed line"),
        pytest.param("A-12 done", NOWHERE, [("A-12", None, COMPLETE, None)], id="one's own entry is done"),
        pytest.param("video evidence 70%", NOWHERE, [("A-12", 70, None, None)], id="a piece of the title"),
        pytest.param("KSI 50", NOWHERE, [("ksi-collisions", 50.0, None)], id="a figure"),
        pytest.param("A-12 no change", NOWHERE, [("A-12", None, "no change", None)], id="no change"),
        pytest.param("A-05 90%", NOWHERE, [(NotYourAction,)], id="somebody else's"),
        pytest.param(
            "A-12 60%, A-01 70%", NOWHERE, [("A-12", 60, None, None), ("A-01", 70, None, None)], id="two entries"
        ),
        pytest.param("60%, waiting on legal", ONE, [("A-12", 60, None, "waiting on legal")], id="after a reminder"),
        pytest.param("60% waiting on A-05", ONE, [("A-12", 60, None, "waiting on A-05")], id="another in the note"),
        pytest.param("done", ONE, [("A-12", None, COMPLETE, None)], id="a status after a reminder"),
        pytest.param("blocked by legal", ONE, [("A-12", None, OFF, "by legal")], id="a status and its cause"),
        pytest.param("A-12: cabling delayed", ONE, [("A-12", None, None, "cabling delayed")], id="a note and a colon"),
        pytest.param("60%, waiting on legal", TWO, [(WhichEntry,)], id="of two, none is named"),
        pytest.param(
            "A-12 done, A-01 40%", TWO, [("A-12", None, COMPLETE, None), ("A-01", 40, None, None)], id="each named"
        ),
        pytest.param("waiting on legal", IN_THREAD, [("A-12", None, None, "waiting on legal")], id="a note there"),
        pytest.param("is done", IN_THREAD, [("A-12", None, COMPLETE, None)], id="is done, in the thread"),
        pytest.param("nothing changed", IN_THREAD, [("A-12", None, "no change", None)], id="nothing changed"),
        pytest.param("no change", IN_THREAD_OF_THREE, [(WhichEntry,)], id="no change, of three"),
        pytest.param(
            "KSI 41 and A-12 70%",
            IN_THREAD_OF_THREE,
            [("ksi-collisions", 41.0, None), ("A-12", 70, None, None)],
            id="a figure and an action",
        ),
        pytest.param(
            "A-12 60% at risk: waiting, A-01 done",
            IN_THREAD_OF_THREE,
            [("A-12", 60, AT_RISK, "waiting"), ("A-01", None, COMPLETE, None)],
            id="a note between two",
        ),
    ],
)
def test_an_update_is_read(text: str, place: Place, expected: list[Told]) -> None:
    assert read(text, place) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("who owns A-01", "what's overdue", "is A-12 done", "A-12 at risk?", "status of A-12", "A-12", "my actions"),
        *("at risk actions", "overdue actions", "how is A-12 doing", "list actions at risk", "our values", "thanks"),
        *("can you show me A-12", "A-12 60%?", "ok", "", "  ", "🙂", "A-12: who owns it", "tell me about 2026"),
    ],
)
@pytest.mark.parametrize("place", [NOWHERE, ONE, TWO], ids=["nowhere", "one", "two"])
def test_a_question_stays_one(text: str, place: Place) -> None:
    assert read(text, place) == []


@pytest.mark.parametrize("text", ["at risk", "60%", "done", "on track", "waiting on legal", "no change", "A-05 done"])
def test_without_a_reminder_only_what_names_an_entry_is_an_update(text: str) -> None:
    assert read(text, NOWHERE) == []


@pytest.mark.parametrize(
    "text", ["who owns A-01", "is it done?", "what is overdue", "thanks", "how is A-01 going", "A-12", "A-01"]
)
def test_in_a_reminders_thread_a_question_stays_one_too(text: str) -> None:
    assert read(text, IN_THREAD) == []


def test_no_question_that_was_ever_collected_is_taken_for_an_update() -> None:
    plans = {file.stem: file for folder in ("plans", "tests/questions/plans") for file in (ROOT / folder).glob("*.yml")}
    for file in sorted(QUESTIONS.glob("*.jsonl")):
        plan = planfile.read(plans[file.stem]) if file.stem in plans else RIVERBEND
        for line in file.read_text(encoding="utf-8").splitlines():
            question = json.loads(line).get("q", "")
            assert read_reply(question, plan, owner_of_all(plan), NOW, NOWHERE) == (), question


def test_after_a_reminder_hardly_any_question_is_taken_for_an_update() -> None:
    taken = 0
    lines = (QUESTIONS / "riverbend-2025-2028.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["q"] for line in lines]
    for question in asked:
        taken += bool(read_reply(question, RIVERBEND, owner_of_all(RIVERBEND), NOW, TWO))
    assert taken <= len(asked) // 100


def owner_of_all(plan: Plan) -> Member:
    """Somebody who owns everything."""
    owned = [node.entry for node in plan.walk() if isinstance(node.entry, Action | Indicator)]
    return Member("U0ALL", addresses=frozenset(owner.casefold() for one in owned for owner in one.owners))


def test_what_may_be_meant_is_offered_with_the_words_that_were_written() -> None:
    (part,) = read_reply("60%, waiting on legal", RIVERBEND, CARTER, NOW, TWO)
    assert isinstance(part.mistake, WhichEntry)
    assert [offer.text for offer in part.mistake.offers] == ["A-12 60%, waiting on legal", "A-01 60%, waiting on legal"]
    assert offers_of_all(part.mistake) == part.mistake.offers


def test_a_long_message_is_about_what_it_begins_with() -> None:
    words = "A-12 60%, " + ", ".join(["dredging goes on and the tug is late"] * 80)
    (said,) = read(words, NOWHERE)
    assert said[:2] == ("A-12", 60)


def test_that_nothing_changed_may_be_meant_of_all() -> None:
    (part,) = read_reply("no change", RIVERBEND, CARTER, NOW, TWO)
    assert isinstance(part.mistake, WhichEntry)
    every = offers_of_all(part.mistake)[-1]
    assert every.entry is None
    assert len(read_reply(every.text, RIVERBEND, CARTER, NOW, Place(is_answer=True))) == 2


@pytest.mark.parametrize(
    ("text", "asks"), [("is done", False), ("is it done", True), ("will be done", True), ("?", True)]
)
def test_a_question_is_told_by_its_first_word_or_its_sign(text: str, asks: bool) -> None:
    assert is_question(text) is asks


FRAGMENTS = (
    *("A-12", "a1", "A-05", "KSI", "video", "60%", "120 %", "41", "done", "dropped the ball", "at risk", "no change"),
    *(
        ",",
        ";",
        ":",
        "and",
        "as of 12 Nov",
        "as of never",
        "milestone 2 not done",
        "waiting",
        "+10%",
        "https://x.org/a",
    ),
)


@given(
    st.text(max_size=200) | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map(" ".join),
    st.sampled_from([NOWHERE, ONE, TWO, IN_THREAD, IN_THREAD_OF_THREE]),
)
def test_no_text_breaks_the_reading_and_nothing_is_said_of_an_entry_of_somebody_else(text: str, place: Place) -> None:
    for part in read_reply(text, RIVERBEND, CARTER, NOW, place):
        key = part.said.action if isinstance(part.said, Report) else part.said.indicator if part.said else None
        assert (part.said is None) is (part.mistake is not None)
        assert key in (None, "A-01", "A-12", "ksi-collisions")
