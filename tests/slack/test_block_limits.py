"""The documented limits of blocks: one under is taken, one over is refused with a pointer to it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.slack.blocks import (
    Json,
    actions,
    bars,
    button,
    field,
    menu,
    option,
    pie,
    plain,
    section,
    text_input,
)
from tests.slack.fixtures import Scene


async def objections(scene: Scene, blocks: Any) -> list[str]:
    """What Slack says against a message of these blocks; empty when it takes them."""
    try:
        await scene.client.chat_postMessage(channel=scene.plan.id, text="On track", blocks=blocks)
    except SlackApiError as error:
        answer = error.response
    else:
        return []
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {words}" for words in answer["errors"]]
    return list(answer["errors"])


def options(count: int, length: int = 5) -> list[Json]:
    """That many options of a text of that length."""
    return [option(f"{number:05d}".rjust(length, "x")) for number in range(count)]


def image(**more: Any) -> Json:
    """An image element."""
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart", **more}


def mrkdwn(text: str) -> Json:
    """A text object."""
    return {"type": "mrkdwn", "text": text}


def rich(*elements: Json) -> Json:
    """A rich text block of one section."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def table(rows: int, columns: int = 1) -> Json:
    """A table of empty cells."""
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "-"}] * columns] * rows}


LARGEST: dict[str, list[Json]] = {
    "50 blocks": [section()] * 50,
    "a section of 3,000 characters": [section("x" * 3000)],
    "10 fields of 2,000 characters": [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 10}],
    "a header of 150 characters": [{"type": "header", "text": plain("x" * 150)}],
    "10 context elements": [{"type": "context", "elements": [*[mrkdwn("x")] * 9, image()]}],
    "25 buttons": [actions(*(button(action_id=str(number)) for number in range(25)))],
    "a button of 75 characters with a value of 2,000": [actions(button("x" * 75, value="x" * 2000))],
    "an action_id of 255 characters": [actions(button(action_id="x" * 255))],
    "a block_id of 255 characters": [section(block_id="x" * 255)],
    "100 options of 75 characters": [section(accessory=menu(*options(100, 75)))],
    "10 radio buttons": [actions(menu(*options(10), kind="radio_buttons"))],
    "5 options in an overflow": [section(accessory=menu(*options(5), kind="overflow"))],
    "an input": [field("percent", text_input())],
    "the same action_id in two blocks": [actions(button()), actions(button())],
    "a divider": [{"type": "divider"}],
    "an image": [image(title=plain("x"))],
    "rich text": [rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"})],
    "a link, a channel, an emoji and a date": [
        rich(
            {"type": "link", "url": "https://example.com", "text": "x"},
            {"type": "channel", "channel_id": "C1"},
            {"type": "emoji", "name": "eyes"},
            {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "x"},
        )
    ],
    "a list": [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
                }
            ],
        }
    ],
    "markdown of 12,000 characters": [{"type": "markdown", "text": "x" * 12_000}],
    "a table of 100 rows": [table(100, 20)],
    "a pie of 6 segments": [pie(*((str(number), 1) for number in range(6)), title="x" * 50)],
    "bars of 6 series": [bars(["Q1"], *((str(number), [1]) for number in range(6)))],
    "a line and an area": [bars(["Q1"], ("a", [1]), kind="line"), bars(["Q1"], ("a", [-1]), kind="area")],
}

TOO_LARGE: dict[str, tuple[list[Json], str]] = {
    "51 blocks": ([section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "a section of 3,001 characters": (
        [section("x" * 3001)],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "an empty section": ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "a section of nothing": ([{"type": "section"}], "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    "11 fields": (
        [{"type": "section", "fields": [mrkdwn("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    "a field of 2,001 characters": (
        [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    "a header of 151 characters": (
        [{"type": "header", "text": plain("x" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    "a header in mrkdwn": (
        [{"type": "header", "text": mrkdwn("x")}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    "11 context elements": (
        [{"type": "context", "elements": [mrkdwn("x")] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "26 buttons": (
        [actions(*(button(action_id=str(number)) for number in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "a button of 76 characters": (
        [actions(button("x" * 76))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    "a button's value of 2,001 characters": (
        [actions(button(value="x" * 2001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    "a button of a style that is none": (
        [actions(button(style="green"))],
        "must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]",
    ),
    "an action_id of 256 characters": (
        [actions(button(action_id="x" * 256))],
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    "an action_id twice in a block": (
        [actions(button(), button())],
        '`action_id` "report" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    "a block_id twice in a message": (
        [section(block_id="a"), section(block_id="a")],
        '`block_id` "a" already exists [json-pointer:/blocks/1/block_id]',
    ),
    "a block_id of 256 characters": (
        [section(block_id="x" * 256)],
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    "101 options": (
        [section(accessory=menu(*options(101)))],
        "no more than 100 items allowed [json-pointer:/blocks/0/accessory/options]",
    ),
    "an option of 76 characters": (
        [section(accessory=menu(option("x" * 76, "v")))],
        "must be less than 76 characters [json-pointer:/blocks/0/accessory/options/0/text/text]",
    ),
    "an option's value of 151 characters": (
        [section(accessory=menu(option("x", "v" * 151)))],
        "must be less than 151 characters [json-pointer:/blocks/0/accessory/options/0/value]",
    ),
    "a menu without options": (
        [section(accessory={"type": "static_select", "action_id": "a"})],
        "must define either `options` or `option_groups` [json-pointer:/blocks/0/accessory]",
    ),
    "11 radio buttons": (
        [actions(menu(*options(11), kind="radio_buttons"))],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    "6 options in an overflow": (
        [section(accessory=menu(*options(6), kind="overflow"))],
        "no more than 5 items allowed [json-pointer:/blocks/0/accessory/options]",
    ),
    "an input beside a section": (
        [section(accessory=text_input())],
        "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]",
    ),
    "emoji in mrkdwn": (
        [{"type": "section", "text": {**mrkdwn("x"), "emoji": True}}],
        "invalid additional property: emoji [json-pointer:/blocks/0/text]",
    ),
    "a property that is none": (
        [section(colour="red")],
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ),
    "a block type that is none": (
        [{"type": "progress_bar"}],
        "unsupported type: progress_bar [json-pointer:/blocks/0/type]",
    ),
    "a block without a type": ([{"text": "x"}], "missing required field: type [json-pointer:/blocks/0]"),
    "a modal's block in a message": (
        [{"type": "alert", "text": plain("x")}],
        "unsupported type: alert [json-pointer:/blocks/0/type]",
    ),
    "an image without alt_text": (
        [{"type": "image", "image_url": "https://example.com/a.png"}],
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    "rich text of an unknown kind": (
        [rich({"type": "mark", "text": "x"})],
        "unsupported type: mark [json-pointer:/blocks/0/elements/0/elements/0/type]",
    ),
    "two tables": ([table(1), table(1)], "only_one_table_allowed [json-pointer:/blocks]"),
    "101 rows": ([table(101)], "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    "a pie of 7 segments": (
        [pie(*((str(number), 1) for number in range(7)))],
        "no more than 6 items allowed [json-pointer:/blocks/0/chart/segments]",
    ),
    "a pie of nothing": ([pie()], "must not be empty [json-pointer:/blocks/0/chart/segments]"),
    "a segment of nothing": (
        [pie(("Done", 0))],
        "must be greater than 0 [json-pointer:/blocks/0/chart/segments/0/value]",
    ),
    "a chart's title of 51 characters": (
        [pie(("Done", 1), title="x" * 51)],
        "must be less than 51 characters [json-pointer:/blocks/0/title]",
    ),
    "bars of 7 series": (
        [bars(["Q1"], *((str(number), [1]) for number in range(7)))],
        "no more than 6 items allowed [json-pointer:/blocks/0/chart/series]",
    ),
    "two series of one name": (
        [bars(["Q1"], ("a", [1]), ("a", [2]))],
        '`name` "a" already exists [json-pointer:/blocks/0/chart/series/1/name]',
    ),
    "a series that misses a category": (
        [bars(["Q1", "Q2"], ("a", [1]))],
        "labels must match the categories of axis_config [json-pointer:/blocks/0/chart/series/0/data]",
    ),
    "an unknown chart": (
        [bars(["Q1"], ("a", [1]), kind="radar")],
        "unsupported type: radar [json-pointer:/blocks/0/chart/type]",
    ),
    "what slack_sdk alone knows to be wrong": (
        [
            {
                "type": "container",
                "title": plain("x"),
                "child_blocks": [section()],
                "is_collapsible": True,
                "has_header_divider": True,
            }
        ],
        "has_header_divider cannot be set when is_collapsible is true [json-pointer:/blocks/0]",
    ),
    "text that is no text": (
        [section(7)],  # type: ignore[arg-type]  # wrong on purpose
        "must provide a string [json-pointer:/blocks/0/text/text]",
    ),
    "a list that is none": (
        [{"type": "actions", "elements": button()}],
        "must provide an array [json-pointer:/blocks/0/elements]",
    ),
    "an object that is none": (
        [{"type": "header", "text": "x"}],
        "missing required field: type [json-pointer:/blocks/0/text]",
    ),
    "an option that is none": (
        [section(accessory=menu("x"))],  # type: ignore[arg-type]  # wrong on purpose
        "must provide an object [json-pointer:/blocks/0/accessory/options/0]",
    ),
    "a flag that is none": (
        [{"type": "section", "text": {**plain("x"), "emoji": "yes"}}],
        "must provide a boolean [json-pointer:/blocks/0/text/emoji]",
    ),
    "a number that is none": (
        [bars(["Q1"], ("a", ["1"]))],  # type: ignore[list-item]  # wrong on purpose
        "must provide a number [json-pointer:/blocks/0/chart/series/0/data/0/value]",
    ),
    "a date that is none": (
        [section(accessory={"type": "datepicker", "action_id": "a", "initial_date": "9 March"})],
        "invalid format [json-pointer:/blocks/0/accessory/initial_date]",
    ),
    "axes that are none": (
        [{"type": "data_visualization", "title": "x", "chart": {"type": "bar", "series": 1, "axis_config": 1}}],
        "must provide an array [json-pointer:/blocks/0/chart/series]",
    ),
    "points that are none": (
        [
            {
                "type": "data_visualization",
                "title": "x",
                "chart": {"type": "bar", "series": [{"name": "a", "data": 1}], "axis_config": {"categories": ["Q1"]}},
            }
        ],
        "must provide an array [json-pointer:/blocks/0/chart/series/0/data]",
    ),
    "three charts": (
        [pie(("Done", 1))] * 3,
        "no more than 2 data_visualization blocks allowed [json-pointer:/blocks]",
    ),
}


@pytest.mark.parametrize("case", LARGEST)
async def test_a_message_at_the_limit_is_taken(scene: Scene, case: str) -> None:
    assert await objections(scene, LARGEST[case]) == []


@pytest.mark.parametrize("case", TOO_LARGE)
async def test_a_message_over_the_limit_is_refused_with_a_pointer(scene: Scene, case: str) -> None:
    blocks, objection = TOO_LARGE[case]

    assert objection in await objections(scene, blocks)
