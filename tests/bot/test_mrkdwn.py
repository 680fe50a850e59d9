"""A message as a person reads it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.mrkdwn import as_read, mentioned_in, said_in

READ = {
    "*bold*, _slanted_ and ~struck~": "bold, slanted and struck",
    "*_both_* and _*both*_": "both and both",
    "2*3*4, snake_case_name, a ~ b ~ c": "2*3*4, snake_case_name, a ~ b ~ c",
    "* not bold *": "* not bold *",
    "`*code*` and ```\n_block_\n```": "*code* and _block_",
    "<@U1> and <@U2|dana> and <@U3>": "@Dana Whitfield and @dana and @U3",
    "<#C1|general> and <#C2>": "#general and #C2",
    "<!here> <!channel> <!subteam^S1|@crew> <!subteam^S2>": "@here @channel @crew @subteam",
    "<!date^1700000000^{date}|14 November 2023>": "14 November 2023",
    "<https://a.example/x>": "https://a.example/x",
    "<https://a.example/|a.example>": "a.example",
    "<https://a.example/x|the report>": "the report (https://a.example/x)",
    "<mailto:d@a.example|d@a.example>": "d@a.example",
    "1 &lt; 2 &amp;&amp; 3 &gt; 2": "1 < 2 && 3 > 2",
    "&lt;!channel&gt;": "<!channel>",
    "قبل *موعد* :tada: 🧑‍🚒": "قبل موعد :tada: 🧑‍🚒",
    "*two\nlines*": "*two\nlines*",
}


@pytest.mark.parametrize("written", READ)
def test_signs_go_and_references_become_names(written: str) -> None:
    assert as_read(written, {"U1": "Dana Whitfield"}) == READ[written]


@given(st.text(alphabet=st.sampled_from("ab *_~`<>|@#!&;^\n")))
def test_any_text_can_be_read(written: str) -> None:
    as_read(written, {})


def test_each_person_named_is_told_once() -> None:
    assert mentioned_in("<@U1> <@W2|w> <@U1> <#C1> <@u3>") == ("U1", "W2")


PIECES: dict[str, tuple[dict[str, Any], str]] = {
    "text": ({"text": "words", "blocks": [{"type": "section", "text": {"text": "other"}}]}, "words"),
    "rich text": (
        {
            "text": "",
            "blocks": [
                {
                    "type": "rich_text",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "rich"}]}],
                }
            ],
        },
        "rich",
    ),
    "attachment": ({"attachments": [{"fallback": "the sum of it"}]}, "the sum of it"),
    "file": ({"text": "", "files": [{"title": "plan.pdf"}]}, "plan.pdf"),
    "nothing": ({}, ""),
}


@pytest.mark.parametrize("case", PIECES)
def test_what_a_message_says_is_found_wherever_it_stands(case: str) -> None:
    message, said = PIECES[case]
    assert said_in(message) == said
