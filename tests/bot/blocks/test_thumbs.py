"""Thumbs under an answer."""

from datetime import date

from bot.blocks.answer import answer_message
from bot.blocks.asking import shared_answer, with_share_button
from bot.blocks.message import MOST_BLOCKS, VALUE, Message, section
from bot.blocks.thumbs import with_thumbs
from commands.ask.answer import Answer
from commands.ask.question import Facet, Outcome, SmallTalk
from store.plan import About, PlanStatus

ABOUT = About(key="p", title="P", organization="O", status=PlanStatus.ADOPTED, timezone="UTC")


def found(question: str = "who owns it", **changes: object) -> Answer:
    """An answer."""
    facts = {"outcome": Outcome.ANSWER, "subject": "A-1", "facet": Facet.OWNER, "confidence": 1.0} | changes
    return Answer(question=question, about=ABOUT, today=date(2026, 11, 23), **facts)  # type: ignore[arg-type] # any of them


def full() -> Message:
    """A message as long as Slack takes one."""
    return Message("text", tuple(section(str(number)) for number in range(MOST_BLOCKS)))


def test_thumbs_carry_what_was_asked_and_answered() -> None:
    row = with_thumbs(Message("text"), found()).blocks[-1]
    assert [(one["text"]["text"], one["action_id"], one["value"]) for one in row["elements"]] == [
        ("👍 Helpful", "thumb:up", "answer|A-1|owner|who owns it"),
        ("👎 Not what I asked", "thumb:down", "answer|A-1|owner|who owns it"),
    ]


def test_a_question_longer_than_a_buttons_value_is_cut() -> None:
    row = with_thumbs(Message("text"), found("why? " * 1000)).blocks[-1]
    assert {len(one["value"]) <= VALUE for one in row["elements"]} == {True}


def test_small_talk_and_what_nobody_asked_get_no_thumbs() -> None:
    talk = found("hello", outcome=Outcome.UNKNOWN, subject=None, facet=None, small_talk=SmallTalk.GREETING)
    for one in (talk, found("")):
        assert with_thumbs(Message("text"), one) == Message("text")
    assert answer_message(talk).blocks


def test_an_answer_as_long_as_slack_takes_keeps_its_foot_and_its_buttons() -> None:
    message = with_share_button(with_thumbs(full(), found()), "who owns it")
    assert len(message.blocks) == MOST_BLOCKS
    assert message.blocks[-2]["text"]["text"] == str(MOST_BLOCKS - 1)
    assert [one["action_id"] for one in message.blocks[-1]["elements"]] == ["ask:share", "thumb:up", "thumb:down"]


def test_a_shared_answer_as_long_as_slack_takes_keeps_who_asked_and_its_thumbs() -> None:
    message = shared_answer(with_thumbs(full(), found()), "who owns it", by="U1")
    assert len(message.blocks) == MOST_BLOCKS
    assert message.blocks[0]["elements"][0]["text"] == "<@U1> asked: who owns it"
    assert message.blocks[-1]["elements"][0]["action_id"] == "thumb:up"
