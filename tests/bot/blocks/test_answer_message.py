"""An answer laid out for Slack: the same facts, nobody's words acting, every limit kept."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.answer import answer_message
from bot.blocks.message import Block, Message
from bot.wording.answer import answer_text
from commands.ask.answer import answer
from commands.ask.question import Facet, Outcome, Understanding
from store.plan import SECTIONS, Plan
from tests.commands.ask.library import PLAN, TODAY, found, plan_with

NASTY = "<!channel> & *all* _of_ `us` ~now~ :fire: > @here <@U01ADA>"


def texts(blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    """Every text object of the blocks."""
    for block in blocks:
        yield from (block[part] for part in ("text",) if part in block)
        yield from (one.get("text", one) if one["type"] == "button" else one for one in block.get("elements", ()))


def assert_within_limits(message: Message) -> None:
    """Slack's limits as its Block Kit reference states them."""
    assert 1 <= len(message.blocks) <= 50
    assert 1 <= len(message.text) <= 40_000
    for block in message.blocks:
        most = {"header": 150, "section": 3000, "context": 3000, "actions": 75}[block["type"]]
        assert len(block.get("elements", ())) <= {"actions": 25, "context": 10}.get(block["type"], 0)
        for text in texts((block,)):
            assert 1 <= len(text["text"]) <= most
        for element in block.get("elements", ()):
            assert len(element.get("value", "")) <= 2000
            assert len(element.get("action_id", "")) <= 255


def assert_nothing_acts(message: Message, owners: tuple[str, ...] = ()) -> None:
    """In no mrkdwn is there a `<` but in a mention of an owner, nor an `&` but in an entity."""
    marked = [message.text, *(one["text"] for one in texts(message.blocks) if one["type"] == "mrkdwn")]
    for text in marked:
        assert set(re.findall(r"<[^>]*>?", text)) <= {f"<@{owner}>" for owner in owners}
        assert not re.search(r"&(?!amp;|lt;|gt;)", text)


def shown(message: Message) -> str:
    return "\n".join(one["text"] for one in texts(message.blocks))


def test_a_title_is_a_header_a_statement_a_quote_and_the_plan_small_print() -> None:
    message = answer_message(found("welcome", Facet.MEANING))
    assert [block["type"] for block in message.blocks] == ["header", "section", "section", "context"]
    assert message.blocks[0]["text"]["text"] == "Welcome"
    assert message.blocks[1]["text"] == {
        "type": "plain_text",
        "text": "“We greet everybody by the door.”",
        "emoji": False,
    }
    assert message.blocks[-1]["elements"][0]["text"] == "From Room for All, 2025–2027 (adopted)"


def test_an_owner_is_mentioned_by_user_id_and_named_by_address() -> None:
    message = answer_message(found("A-1", Facet.OWNER))
    assert "Owners: <@U01ADA> and bo@example.org." in shown(message)
    assert "Owners: <@U01ADA> and bo@example.org." in message.text


def test_suggestions_are_buttons_that_carry_key_facet_and_what_was_asked() -> None:
    asked = Understanding("rooms", Outcome.SUGGEST, facet=Facet.DUE, suggestions=("better-rooms", "A-2"))
    message = answer_message(answer(asked, PLAN, today=TODAY))
    (row,) = [block for block in message.blocks if block["type"] == "actions"]
    assert [(one["action_id"], one["value"]) for one in row["elements"]] == [
        ("ask:suggestion:1", "better-rooms|due|rooms"),
        ("ask:suggestion:2", "A-2|due|rooms"),
    ]
    assert row["elements"][0]["text"]["text"] == "1. Better Rooms (objective under An Open House)"
    assert message.blocks[-1]["type"] == "context"


@pytest.mark.parametrize("facet", Facet, ids=[one.value for one in Facet])
def test_text_and_blocks_have_the_same_facts(facet: Facet) -> None:
    for subject in (*SECTIONS, *PLAN.nodes):
        told = found(subject, facet, asker="U01ADA")
        message = answer_message(told, person=lambda ref: ref)
        plain = [line.replace("*", "") for line in shown(message).splitlines()]
        assert plain == answer_text(told).splitlines()
        assert message.text.replace("*", "").splitlines() == plain


def test_what_a_plan_says_is_shown_as_it_is_written_and_does_nothing() -> None:
    plan = plan_with(values=[{"key": "loud", "title": NASTY, "statement": NASTY}])
    message = answer_message(found("loud", Facet.MEANING, plan=plan))
    assert message.blocks[0]["text"] == {"type": "plain_text", "text": NASTY, "emoji": False}
    assert message.blocks[1]["text"] == {"type": "plain_text", "text": f"“{NASTY}”", "emoji": False}
    assert_nothing_acts(message)
    assert_nothing_acts(answer_message(found("values", Facet.LIST, plan=plan)))
    assert "*all*" not in answer_message(found("values", Facet.LIST, plan=plan)).text


def test_a_long_statement_is_kept_whole_over_several_sections() -> None:
    statement = "word " * 900
    plan = plan_with(values=[{"key": "long", "title": "Long", "statement": statement}])
    message = answer_message(found("long", Facet.MEANING, plan=plan))
    assert_within_limits(message)
    assert f"“{statement.strip()}”" in "".join(block["text"]["text"] for block in message.blocks[1:3])


def large_plan(title: str, priorities: int = 10, objectives: int = 50, actions: int = 10) -> Plan:
    """Late actions of fifty owners each, under so many objectives of so many priorities."""

    def late(key: str) -> dict[str, Any]:
        update = {"date": date(2026, 5, 10), "author": "U01ADA", "status": "off-track", "percent": 5, "note": title * 5}
        owners = [f"U{number:05}" for number in range(50)]
        due = date(2026, 5, 1)
        return {"key": key, "title": title, "due": due, "status": "off-track", "owners": owners, "updates": [update]}

    return plan_with(
        priorities=[
            {
                "key": f"p{one}",
                "title": title,
                "objectives": [
                    {
                        "key": f"o{one}-{two}",
                        "title": title,
                        "actions": [late(f"a{one}-{two}-{three}") for three in range(actions)],
                    }
                    for two in range(objectives)
                ],
            }
            for one in range(priorities)
        ]
    )


OWNERS = ("U01ADA", *(f"U{number:05}" for number in range(50)))
EVERYTHING = (*SECTIONS, "p0", "o0-0", "a0-0-0")


@pytest.mark.parametrize(
    ("title", "size", "subjects"),
    [
        pytest.param(NASTY * 20, (10, 50, 10), ("plan", "actions", "objectives", "p0"), id="5,000 entries"),
        pytest.param("&" * 3000, (1, 2, 20), EVERYTHING, id="only ampersands"),
        pytest.param("*" * 3000, (1, 2, 20), EVERYTHING, id="only asterisks"),
    ],
)
def test_no_limit_is_exceeded_by_any_plan(title: str, size: tuple[int, int, int], subjects: tuple[str, ...]) -> None:
    plan = large_plan(title, *size)
    for subject in subjects:
        for facet in Facet:
            message = answer_message(found(subject, facet, plan=plan, asker="U00001"))
            assert_within_limits(message)
            assert_nothing_acts(message, OWNERS)


def test_a_long_list_says_how_many_more_there_are_and_how_to_see_them() -> None:
    text = answer_message(found("actions", Facet.OVERDUE, plan=large_plan("Late"))).text
    assert "… and 4,988 more. Ask about one priority or objective to see its own." in text


signs = st.sampled_from("<>&!@#*_~`:|\\\n\t •“”é漢🙂\u200b\u2028aA1-") | st.characters(exclude_categories=["Cs"])
nasty_words = st.text(signs, min_size=1, max_size=400).filter(str.strip)


@given(title=nasty_words, statement=nasty_words, note=nasty_words)
def test_no_words_of_a_plan_act_or_break_a_limit(title: str, statement: str, note: str) -> None:
    update = {"date": TODAY, "status": "at-risk", "note": note}
    said = {"title": title, "statement": statement}
    action = {"key": "A-1", "owners": ["U01ADA"], "updates": [update], "department": note} | said
    objective = {"key": "o", "actions": [action]} | said
    plan = plan_with(
        values=[{"key": "v"} | said],
        priorities=[{"key": "p", "title": title, "objectives": [objective]}],
    )
    suggested = Understanding("?", Outcome.SUGGEST, facet=Facet.MEANING, suggestions=("A-1", "p"))
    answers = [
        found(subject, facet, plan=plan, asker="U01ADA")
        for subject in ("A-1", "o", "p", "v", "values", "actions", "plan")
        for facet in (Facet.MEANING, Facet.LIST, Facet.STATUS, Facet.OWNER, Facet.RECENT, Facet.PARENT)
    ]
    answers.append(answer(suggested, plan, today=TODAY))
    answers.append(answer(Understanding("?", Outcome.UNKNOWN), plan, today=TODAY))
    for told in answers:
        message = answer_message(told)
        assert_within_limits(message)
        assert_nothing_acts(message, ("U01ADA",))
