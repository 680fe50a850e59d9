"""Slack's mrkdwn reads in a terminal as it reads in Slack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from bot.blocks.message import escaped
from bot.console.mrkdwn import Directory, formatted

DIRECTORY = Directory({"U01DANA": "Dana"}, {"C01": "strategy"})


def styled(text: Text) -> list[tuple[str, str]]:
    return [(text.plain[span.start : span.end], str(span.style)) for span in text.spans]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("A *bold* and _leaning_ and ~gone~ word", "A bold and leaning and gone word", id="emphasis"),
        pytest.param("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name", id="signs that are no emphasis"),
        pytest.param("type `/plan *help*`", "type /plan *help*", id="code keeps its signs"),
        pytest.param("before\n```█ 1\n██ 2```\nafter", "before\n█ 1\n██ 2\nafter", id="a block of code"),
        pytest.param("ask <@U01DANA> in <#C01|strategy>", "ask @Dana in #strategy", id="a person and a channel"),
        pytest.param("<@U99> is new", "@U99 is new", id="a stranger"),
        pytest.param(
            "<https://example.org|the plan> or <https://example.org>",
            "the plan (https://example.org) or https://example.org",
            id="links",
        ),
        pytest.param("<mailto:dana@example.org|dana@example.org>", "dana@example.org", id="an address"),
        pytest.param("<!here> at <!date^1700000000^{date}|noon>", "@here at noon", id="special mentions"),
        pytest.param("Q&amp;A &lt;b&gt; &amp;amp;", "Q&A <b> &amp;", id="entities, each once"),
        pytest.param("&gt; quoted\nnot", "│ quoted\nnot", id="a quote"),
        pytest.param(":tada: 10:30:15", "🎉 10:30:15", id="emoji, and what is none"),
    ],
)
def test_mrkdwn_is_read_as_slack_reads_it(typed: str, read: str) -> None:
    assert formatted(typed, DIRECTORY).plain == read


def test_emphasis_is_drawn_and_may_be_nested() -> None:
    assert styled(formatted("*all _of_ it*", DIRECTORY)) == [("of", "italic"), ("all of it", "bold")]


@given(st.text())
def test_words_that_the_bot_escaped_are_shown_as_they_were_typed(words: str) -> None:
    shown = formatted(f"{escaped(words)}", Directory())

    printable = "".join(sign for sign in words if sign == "\t" or not _is_invisible(sign))
    assert shown.plain.split() == printable.split()
    assert not shown.spans


@given(st.text(alphabet=st.sampled_from("*_~`<>@#!|:&;ab \n\x1b\u200b"), max_size=40))
def test_no_text_can_break_the_drawing_or_command_the_terminal(words: str) -> None:
    assert "\x1b" not in formatted(words, Directory()).plain


def _is_invisible(sign: str) -> bool:
    return sign == "\N{ZERO WIDTH SPACE}" or (ord(sign) < 32 and sign != "\n") or 127 <= ord(sign) < 160
