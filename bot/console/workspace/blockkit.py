"""The shapes of blocks, with their documented limits, and where each may stand.

Source: https://docs.slack.dev/reference/block-kit/blocks.
"""

from collections.abc import Iterator
from typing import Any

from bot.console.workspace.charts import CHART_BLOCK
from bot.console.workspace.elements import (
    BESIDE_SECTION,
    FIELDS,
    ID,
    IN_ACTIONS,
    UNIQUE_IDS,
    URL,
    element,
    plain,
    text,
)
from bot.console.workspace.shapes import (
    Rule,
    any_field,
    anything,
    both,
    flag,
    listing,
    number,
    one_of,
    shape,
    string,
    typed,
)

STYLE = shape(
    bold=flag, italic=flag, strike=flag, code=flag, underline=flag, highlight=flag, client_highlight=flag, unlink=flag
)
_INLINE: dict[str, Rule] = {
    "text": shape({"text": string(40_000)}, style=STYLE),
    "link": shape({"url": URL}, text=string(40_000), style=STYLE, unsafe=flag),
    "emoji": shape({"name": string()}, unicode=string(), style=STYLE, url=URL, skin_tone=number),
    "user": shape({"user_id": string()}, style=STYLE),
    "usergroup": shape({"usergroup_id": string()}, style=STYLE),
    "channel": shape({"channel_id": string()}, style=STYLE),
    "team": shape({"team_id": string()}, style=STYLE),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, style=STYLE),
    "color": shape({"value": string()}, style=STYLE),
    "date": shape({"timestamp": number, "format": string()}, url=URL, fallback=string(), style=STYLE),
}
_WORDS = listing(typed(lambda: _INLINE), 10_000, least=0)
_RICH: dict[str, Rule] = {
    "rich_text_section": shape({"elements": _WORDS}),
    "rich_text_preformatted": shape({"elements": _WORDS}, border=number, language=string()),
    "rich_text_quote": shape({"elements": _WORDS}, border=number),
    "rich_text_list": shape(
        {
            "elements": listing(typed(lambda: _RICH, "rich_text_section"), 10_000, least=0),
            "style": one_of("bullet", "ordered"),
        },
        indent=number,
        offset=number,
        border=number,
    ),
}
_RICH_TEXT = shape({"elements": listing(typed(lambda: _RICH), 10_000)}, block_id=ID)
_CELLS: dict[str, Rule] = {
    "raw_text": shape({"text": string(40_000, least=0)}),
    "raw_number": shape({"value": number}, text=string()),
    "rich_text": _RICH_TEXT,
}
_TABLE = shape(
    {"rows": listing(listing(typed(lambda: _CELLS), 20), 100)},
    block_id=ID,
    column_settings=listing(shape(align=one_of("left", "center", "right"), is_wrapped=flag), 20, least=0),
)
_IMAGE = both(
    shape(
        {"alt_text": string(2000)},
        block_id=ID,
        image_url=URL,
        slack_file=shape(id=string(), url=URL),
        title=plain(2000),
    ),
    any_field("image_url", "slack_file"),
)
_CARD = both(
    shape(
        block_id=ID,
        hero_image=element("image"),
        icon=element("image"),
        title=text(150),
        subtitle=text(150),
        body=text(200),
        actions=listing(element("button", "icon_button"), 5),
    ),
    any_field("hero_image", "title", "actions", "body"),
)
_CONTAINER = both(
    shape(
        {"child_blocks": listing(typed(lambda: BLOCKS), 10)},
        block_id=ID,
        title=plain(150),
        rich_text_title=_RICH_TEXT,
        subtitle=text(150),
        width=one_of("narrow", "standard", "wide", "full"),
        icon=anything,
        is_collapsible=flag,
        default_collapsed=flag,
        has_header_divider=flag,
    ),
    any_field("title", "rich_text_title"),
)
_VIDEO = shape(
    {"alt_text": string(2000), "title": plain(200), "thumbnail_url": URL, "video_url": URL},
    block_id=ID,
    author_name=string(50),
    description=plain(200),
    provider_icon_url=URL,
    provider_name=string(),
    title_url=URL,
)


def _context_part(value: Any, pointer: str) -> Iterator[str]:
    is_image = isinstance(value, dict) and value.get("type") == "image"
    yield from (element("image") if is_image else text(3000))(value, pointer)


BLOCKS: dict[str, Rule] = {
    "section": both(
        shape(
            block_id=ID,
            text=text(3000),
            fields=listing(text(2000), 10),
            accessory=element(*BESIDE_SECTION),
            expand=flag,
        ),
        any_field("text", "fields"),
    ),
    "divider": shape(block_id=ID),
    "image": _IMAGE,
    "actions": both(shape({"elements": listing(element(*IN_ACTIONS), 25)}, block_id=ID), UNIQUE_IDS),
    "context": shape(
        {"elements": listing(_context_part, 10)},
        block_id=ID,
    ),
    "context_actions": both(
        shape({"elements": listing(element("feedback_buttons", "icon_button"), 5)}, block_id=ID), UNIQUE_IDS
    ),
    "input": shape(
        {"label": plain(2000), "element": element(*FIELDS)},
        block_id=ID,
        hint=plain(2000),
        optional=flag,
        dispatch_action=flag,
    ),
    "header": shape({"text": plain(150)}, block_id=ID),
    "markdown": shape({"text": string(12_000)}, block_id=ID),
    "rich_text": _RICH_TEXT,
    "table": _TABLE,
    "data_visualization": CHART_BLOCK,
    "file": shape({"external_id": string(), "source": one_of("remote")}, block_id=ID),
    "video": _VIDEO,
    "alert": shape({"text": text(3000)}, block_id=ID, level=one_of("default", "info", "warning", "error", "success")),
    "card": _CARD,
    "carousel": shape({"elements": listing(typed(lambda: BLOCKS, "card"), 10)}, block_id=ID),
    "container": _CONTAINER,
}
"""The rule of each block, by its `type`."""

MODAL_ONLY = frozenset({"alert"})
MESSAGE_ONLY = frozenset({"context_actions", "file", "markdown"})


def blocks_rule(most: int, *, least: int, without: frozenset[str]) -> Rule:
    """A list of `least` to `most` blocks of any type but those in `without`."""
    return listing(typed(lambda: BLOCKS, *(name for name in BLOCKS if name not in without)), most, least=least)
