"""The documented limits of messages and views: one under is taken, one over is refused with a pointer to it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from bot.console.workspace.blockkit import BLOCKS
from bot.console.workspace.elements import ELEMENTS
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.limits import check_blocks
from tests.slack.blocks import (
    Json,
    actions,
    bars,
    button,
    field,
    home,
    menu,
    modal,
    option,
    pie,
    plain,
    section,
    text_input,
)
from tests.slack.fixtures import Scene, scene_of
from tests.slack.test_methods import trigger


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


async def view_objections(scene: Scene, view: Json) -> list[str]:
    """What Slack says against that modal; empty when it takes it."""
    try:
        await scene.client.views_open(trigger_id=await trigger(scene), view=view)
    except SlackApiError as error:
        answer = error.response
    else:
        return []
    assert answer["error"] == "invalid_arguments"
    return list(answer["response_metadata"]["messages"])


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

VIEWS: dict[str, tuple[Json, str]] = {
    "101 blocks": (modal(*[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    "no blocks": (modal(), "must not be empty [json-pointer:/view/blocks]"),
    "a title of 25 characters": (
        modal(section(), title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    "a submit of 25 characters": (
        modal(section(), submit=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    "a close of 25 characters": (
        modal(section(), close=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/close/text]",
    ),
    "private metadata of 3,001 characters": (
        modal(section(), private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    "no title": (
        {"type": "modal", "blocks": [section()]},
        "missing required field: title [json-pointer:/view]",
    ),
    "an input without a submit": (
        {"type": "modal", "title": plain("x"), "blocks": [field("a", text_input())]},
        "missing required field: submit [json-pointer:/view]",
    ),
    "a block_id twice": (
        modal(section(block_id="a"), section(block_id="a")),
        '`block_id` "a" already exists [json-pointer:/view/blocks/1/block_id]',
    ),
    "a message's block": (
        modal({"type": "markdown", "text": "x"}),
        "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
    ),
    "a home": (home(section()), "must be a valid enum value: modal [json-pointer:/view/type]"),
}


@pytest.mark.parametrize("case", LARGEST)
async def test_a_message_at_the_limit_is_taken(scene: Scene, case: str) -> None:
    assert await objections(scene, LARGEST[case]) == []


@pytest.mark.parametrize("case", TOO_LARGE)
async def test_a_message_over_the_limit_is_refused_with_a_pointer(scene: Scene, case: str) -> None:
    blocks, objection = TOO_LARGE[case]

    assert objection in await objections(scene, blocks)


@pytest.mark.parametrize("case", VIEWS)
async def test_a_view_over_the_limit_is_refused_with_a_pointer(scene: Scene, case: str) -> None:
    view, objection = VIEWS[case]

    assert f"[ERROR] {objection}" in await view_objections(scene, view)


async def test_a_view_at_the_limit_is_taken(scene: Scene) -> None:
    view = modal(*[section()] * 100, title=plain("x" * 24), private_metadata="x" * 3000)

    assert await view_objections(scene, view) == []


async def test_a_view_of_more_than_250_kilobytes_is_refused(scene: Scene) -> None:
    with pytest.raises(SlackApiError, match="view_too_large"):
        await scene.client.views_open(trigger_id=await trigger(scene), view=modal(*[section("x" * 2900)] * 90))


@pytest.mark.parametrize("kind", ["message", "view"])
async def test_a_workspace_without_charts_refuses_them_as_an_unknown_block(kind: str) -> None:
    chart, objection = pie(("Done", 1)), "unsupported type: data_visualization"
    async with scene_of(charts=False) as scene:
        found = await (objections(scene, [chart]) if kind == "message" else view_objections(scene, modal(chart)))

    assert objection in found[0]


TEXTS: dict[str, tuple[Json, str]] = {
    "nothing to say": ({}, "no_text"),
    "40,001 characters": ({"text": "x" * 40_001}, "msg_too_long"),
    "blocks that are no list": ({"text": "x", "blocks": {"type": "section"}}, "invalid_blocks_format"),
    "blocks that are no JSON": ({"text": "x", "blocks": "[{"}, "invalid_blocks_format"),
    "more than 12,000 characters of markdown": (
        {"text": "x", "blocks": [{"type": "markdown", "text": "x" * 7000}] * 2},
        "msg_blocks_too_long",
    ),
    "markdown_text beside text": ({"text": "x", "markdown_text": "x"}, "markdown_text_conflict"),
    "metadata without an event_type": ({"text": "x", "metadata": {"event_payload": {}}}, "invalid_metadata_schema"),
    "metadata that is no object": ({"text": "x", "metadata": "x"}, "invalid_metadata_format"),
    "metadata of more than 16 kB": (
        {"text": "x", "metadata": {"event_type": "digest", "event_payload": {"id": "x" * 16_000}}},
        "metadata_too_large",
    ),
}


@pytest.mark.parametrize("case", TEXTS)
async def test_a_message_is_refused(scene: Scene, case: str) -> None:
    arguments, error = TEXTS[case]

    with pytest.raises(SlackApiError) as caught:
        await scene.client.api_call("chat.postMessage", json={"channel": scene.plan.id, **arguments})

    assert caught.value.response["error"] == error


NAMES = sorted({*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "pie", "bar", "rich_text_section", "text"})
KEYS = [
    "type", "text", "fields", "elements", "accessory", "element", "label", "options", "value", "action_id", "block_id",
    "title", "chart", "segments", "series", "axis_config", "categories", "data", "name", "rows", "style", "image_url",
]  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.sampled_from(NAMES) | st.text(max_size=3)
ANY_JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
ANY_BLOCK = st.builds(
    lambda kind, rest: {**rest, "type": kind},
    st.sampled_from(sorted(BLOCKS)),
    st.dictionaries(st.sampled_from(KEYS), ANY_JSON, max_size=4),
)


def verdict(blocks: list[Json]) -> str:
    """The error that a message of these blocks is refused with, or `ok`."""
    try:
        check_blocks(blocks, charts=True)
    except RefusedError as refusal:
        return refusal.error
    return "ok"


@given(st.lists(ANY_BLOCK, min_size=1, max_size=3))
def test_any_blocks_are_taken_or_refused_and_nothing_else(blocks: list[Json]) -> None:
    assert verdict(blocks) in ("ok", "invalid_blocks", "msg_blocks_too_long")


async def test_an_update_of_more_than_4000_characters_is_refused(scene: Scene) -> None:
    ts = (await scene.client.chat_postMessage(channel=scene.plan.id, text="On track"))["ts"]

    with pytest.raises(SlackApiError, match="msg_too_long"):
        await scene.client.chat_update(channel=scene.plan.id, ts=ts, text="x" * 4001)


async def test_blocks_may_come_as_json_in_a_form(scene: Scene) -> None:
    arguments = {"channel": scene.plan.id, "text": "x", "blocks": json.dumps([section("From a form")])}
    await scene.client.api_call("chat.postMessage", data=arguments)

    assert scene.plan.messages[0].words == "From a form"
