"""Messages and views checked against the documented limits, with the errors that Slack answers.

Shapes are this project's reading of the reference (`blockkit`); slack_sdk's own models are asked for a second opinion.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.console.workspace.blockkit import MESSAGE_ONLY, MODAL_ONLY, blocks_rule
from bot.console.workspace.charts import MOST_IN_A_MESSAGE
from bot.console.workspace.elements import SUGGESTIONS, plain
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.shapes import Rule, flag, objection, one_of, shape, string

MESSAGE_CHARACTERS = 40_000
UPDATE_CHARACTERS = 4_000
MARKDOWN_CHARACTERS = 12_000
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
METADATA_BYTES = 16_000
CHART = "data_visualization"

NO_MARKDOWN_WITH = ("text", "blocks")


def check_message(body: Mapping[str, Any], *, charts: bool, characters: int = MESSAGE_CHARACTERS) -> None:
    """Raises RefusedError `no_text`, `msg_too_long`, `invalid_blocks_format`, `invalid_blocks` and the like."""
    if not any(body.get(key) for key in ("text", "blocks", "attachments", "markdown_text")):
        raise RefusedError("no_text")
    if len(str(body.get("text") or "")) > characters:
        raise RefusedError("msg_too_long")
    _check_markdown(body)
    if body.get("blocks"):
        check_blocks(body["blocks"], charts=charts)
    if body.get("metadata") is not None:
        _check_metadata(body["metadata"])


def check_blocks(blocks: Any, *, charts: bool) -> None:
    """The blocks of a message. Raises RefusedError `invalid_blocks_format`, `invalid_blocks`, `msg_blocks_too_long`."""
    if not isinstance(blocks, list):
        raise RefusedError("invalid_blocks_format")
    found = list(blocks_rule(MESSAGE_BLOCKS, least=1, without=MODAL_ONLY | _missing(charts=charts))(blocks, "/blocks"))
    found = found or [*_repeated(blocks, "/blocks"), *_too_many_of(blocks), *_second_opinion(blocks, "/blocks")]
    if found:
        raise RefusedError("invalid_blocks", {"errors": found, **_messages(found)})
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > MARKDOWN_CHARACTERS:
        raise RefusedError("msg_blocks_too_long")


def check_view(view: Any, *, charts: bool, home: bool = False) -> None:
    """A modal, or an App Home. Raises RefusedError `invalid_arguments`, `view_too_large`."""
    rule = _view_rule(charts=charts, home=home)
    found = list(rule(view, "/view"))
    if not found:
        blocks = view["blocks"]
        found = [*_repeated(blocks, "/view/blocks"), *_unsubmittable(view), *_second_opinion(blocks, "/view/blocks")]
    if found:
        raise RefusedError("invalid_arguments", _messages(found))
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        raise RefusedError("view_too_large")


def check_suggestions(answer: Any) -> None:
    """The options with which an app answers what was typed into a menu. Raises RefusedError `invalid_options`."""
    found = list(SUGGESTIONS(answer, "")) if isinstance(answer, Mapping) and any(answer.values()) else []
    if found or not isinstance(answer, Mapping):
        raise RefusedError("invalid_options", _messages(found))


def _missing(*, charts: bool) -> frozenset[str]:
    return frozenset[str]() if charts else frozenset({CHART})


def _view_rule(*, charts: bool, home: bool) -> Rule:
    without = MESSAGE_ONLY | _missing(charts=charts) | (MODAL_ONLY if home else frozenset[str]())
    common: dict[str, Rule] = {
        "private_metadata": string(3000, least=0),
        "callback_id": string(255, least=0),
        "external_id": string(255, least=0),
    }
    required: dict[str, Rule] = {
        "type": one_of("home" if home else "modal"),
        "blocks": blocks_rule(VIEW_BLOCKS, least=0 if home else 1, without=without),
    }
    if home:
        return shape(required, **common)
    required["title"] = plain(24)
    return shape(
        required,
        **common,
        submit=plain(24),
        close=plain(24),
        clear_on_close=flag,
        notify_on_close=flag,
        submit_disabled=flag,
    )


def _check_markdown(body: Mapping[str, Any]) -> None:
    markdown = body.get("markdown_text")
    if markdown and any(body.get(name) for name in NO_MARKDOWN_WITH):
        raise RefusedError("markdown_text_conflict")
    if markdown and len(str(markdown)) > MARKDOWN_CHARACTERS:
        raise RefusedError("msg_too_long")


def _check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, Mapping):
        raise RefusedError("invalid_metadata_format")
    payload = metadata.get("event_payload")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(payload, Mapping):
        raise RefusedError("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        raise RefusedError("metadata_too_large")


def _repeated(blocks: Iterable[Mapping[str, Any]], pointer: str) -> Iterator[str]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            yield objection(f'`block_id` "{block_id}" already exists', f"{pointer}/{index}/block_id")
        elif block_id is not None:
            seen.add(block_id)


def _too_many_of(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    kinds = [block["type"] for block in blocks]
    if kinds.count("table") > 1:
        yield objection("only_one_table_allowed", "/blocks")
    if kinds.count(CHART) > MOST_IN_A_MESSAGE:
        yield objection(f"no more than {MOST_IN_A_MESSAGE} {CHART} blocks allowed", "/blocks")


def _unsubmittable(view: Mapping[str, Any]) -> Iterator[str]:
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and not view.get("submit"):
        yield objection("missing required field: submit", "/view")


def _second_opinion(blocks: Iterable[Mapping[str, Any]], pointer: str) -> Iterator[str]:
    for index, block in enumerate(blocks):
        try:
            parsed = Block.parse(dict(block)) if block["type"] != CHART else None
            if parsed is not None:
                parsed.to_dict()
        except SlackObjectFormationError as error:
            yield objection(str(error), f"{pointer}/{index}")


def _messages(found: Iterable[str]) -> dict[str, Any]:
    return {"response_metadata": {"messages": [f"[ERROR] {words}" for words in found]}}
