"""Every sort of block can be read in a terminal, and what can be pressed has its number."""

import io
from typing import Any

from bot.console.drawing import Rule, draw
from bot.console.mrkdwn import Directory
from bot.console.terminal import Terminal

DIRECTORY = Directory({"U01DANA": "Dana"}, {"C01": "strategy"})


def plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": words}


def button(words: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(words), "action_id": action_id, **more}


def lines(*blocks: dict[str, Any], numbers: dict[tuple[str, str], int] | None = None) -> list[str]:
    return [
        "---" if isinstance(piece, Rule) else piece.first + piece.text.plain
        for piece in draw(blocks, DIRECTORY, numbers)
    ]


def test_the_simple_blocks() -> None:
    shown = lines(
        {"type": "header", "text": plain("Weekly digest")},
        {"type": "section", "text": mrkdwn("*Moved*\n• A-01")},
        {"type": "section", "fields": [mrkdwn("*Owner*\n<@U01DANA>"), plain("Due *soon*")]},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("small _print_"), {"type": "image", "alt_text": "a bar"}]},
    )

    assert shown == [
        "Weekly digest",
        "Moved",
        "• A-01",
        "Owner",
        "@Dana",
        "Due *soon*",
        "---",
        "small print  [image: a bar]",
    ]


def test_buttons_and_menus_have_numbers_one_a_line() -> None:
    menu = {"type": "static_select", "action_id": "pick", "placeholder": plain("Choose"), "options": []}
    shown = lines(
        {"type": "actions", "block_id": "b1", "elements": [button("Share", "share"), menu]},
        {"type": "section", "block_id": "b2", "text": mrkdwn("A-01"), "accessory": button("Update", "share")},
        numbers={("b1", "share"): 1, ("b1", "pick"): 2, ("b2", "share"): 3},
    )

    assert shown == ["[1] Share", "[2] Choose ▾", "A-01  [3] Update"]


def test_a_link_button_tells_where_it_leads() -> None:
    shown = lines({"type": "actions", "elements": [button("Read", "read", url="https://example.org/plan")]})

    assert shown == ["Read https://example.org/plan"]


def test_rich_text_with_lists_quotes_and_mentions() -> None:
    def row(*words: dict[str, Any]) -> dict[str, Any]:
        return {"type": "rich_text_section", "elements": list(words)}

    def text(words: str) -> dict[str, Any]:
        return {"type": "text", "text": words}

    shown = lines(
        {
            "type": "rich_text",
            "elements": [
                row(text("Ask "), {"type": "user", "user_id": "U01DANA"}, {"type": "emoji", "name": "tada"}),
                {"type": "rich_text_list", "style": "ordered", "elements": [row(text("one")), row(text("two"))]},
                {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [row(text("deeper"))]},
                {"type": "rich_text_quote", "elements": [text("said\nso")]},
                {"type": "rich_text_preformatted", "elements": [text("x = 1")]},
            ],
        }
    )

    assert shown == ["Ask @Dana🎉", "1. one", "2. two", "  ◦ deeper", "│ said", "│ so", "x = 1"]


def test_a_chart_is_drawn_as_bars_of_one_scale() -> None:
    series = {"name": "Actions", "data": [{"label": "on track", "value": 10}, {"label": "late", "value": 5}]}
    chart = {"type": "bar", "series": [series], "axis_config": {"categories": ["on track", "late"]}}

    assert lines({"type": "data_visualization", "title": "Status", "chart": chart}) == [
        "Status",
        f"on track {'█' * 20} 10",
        f"late     {'█' * 10} 5",
    ]


def test_a_pie_and_figures_that_are_nothing() -> None:
    pie = {"type": "pie", "segments": [{"label": "a", "value": 3}, {"label": "b", "value": 1}]}
    flat = {"type": "line", "series": [{"name": "x", "data": [{"label": "a", "value": 0}]}]}

    assert lines({"type": "data_visualization", "title": "T", "chart": pie})[2] == f"b {'█' * 7} 1"
    assert lines({"type": "data_visualization", "title": "T", "chart": flat})[1] == "a 0"


def test_a_block_that_nobody_has_drawn_yet_can_still_be_read() -> None:
    assert lines({"type": "card", "title": plain("A-01"), "body": plain("at risk")}) == ["A-01", "at risk"]


def test_a_table_is_aligned() -> None:
    rows = [[{"type": "raw_text", "text": one} for one in row] for row in (("Key", "Due"), ("A-01", "soon"))]

    assert lines({"type": "table", "rows": rows}) == ["Key   Due", "A-01  soon"]


def test_what_is_piped_on_is_not_wrapped_and_has_no_colours() -> None:
    out = io.StringIO()
    words = "a long sentence " * 30

    Terminal(None, out).show("planbot", draw([{"type": "section", "text": mrkdwn(f"*{words.strip()}*")}], DIRECTORY))

    assert out.getvalue() == f"  planbot\n  {words.strip()}\n"
