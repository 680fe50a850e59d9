"""The documented limits of whole messages and views, and what any blocks at all come to."""

import json

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
    field,
    home,
    modal,
    pie,
    plain,
    section,
    text_input,
)
from tests.slack.fixtures import Scene, scene_of
from tests.slack.test_methods import trigger


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


async def test_a_workspace_without_charts_refuses_them_as_an_unknown_block() -> None:
    chart = pie(("Done", 1))
    async with scene_of(charts=False) as scene:
        with pytest.raises(SlackApiError, match="unsupported type: data_visualization"):
            await scene.client.chat_postMessage(channel=scene.plan.id, text="x", blocks=[chart])
        with pytest.raises(SlackApiError, match="unsupported type: data_visualization"):
            await scene.client.views_publish(user_id=scene.dana.id, view=home(chart))


async def test_a_home_may_hold_charts(scene: Scene) -> None:
    assert (await scene.client.views_publish(user_id=scene.dana.id, view=home(pie(("Done", 1)))))["ok"]


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
