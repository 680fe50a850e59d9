"""The figures of a digest: Slack's own charts, or bars of text where a workspace has none.

Source of the limits: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
"""

from collections.abc import Iterator, Mapping, Sequence

from bot.blocks.message import Block, context, section
from bot.wording.dates import brief_day
from bot.wording.digest_standing import NAMES, bars, trend, trend_lines, trend_title, trend_words, trending
from commands.digest import Digest, Earlier
from store.plan import Status

MOST_SEGMENTS = 6
MOST_CATEGORIES = 20


def figures(digest: Digest, *, charts: bool) -> Iterator[Block]:
    """How many actions stand how, and how that went over the last digests."""
    if not digest.counts:
        return
    points = trend(digest)[-MOST_CATEGORIES:]
    yield _pie(digest.tally) if charts else _drawn(bars(digest))
    if points and charts:
        yield _lines(points)
    elif points:
        lines = trend_lines(points)
        yield section(f"{trend_title(points)}:\n{_drawing(lines)}") if lines else context(trend_words(points))


def _pie(tally: Mapping[str, int]) -> Block:
    """Where there are too many statuses for one, the cancelled actions are left to the words."""
    names = list(tally)
    shown = names if len(names) <= MOST_SEGMENTS else [name for name in names if name != Status.CANCELLED]
    segments = [{"label": NAMES[name], "value": tally[name]} for name in shown]
    return _chart("How the actions stand", {"type": "pie", "segments": segments})


def _lines(points: Sequence[Earlier]) -> Block:
    labels = [brief_day(point.on) for point in points]
    series = [
        {
            "name": NAMES[name],
            "data": [{"label": label, "value": number} for label, number in zip(labels, row, strict=True)],
        }
        for name, row in trending(points)
    ]
    axes = {"categories": labels, "y_label": "actions"}
    return _chart("Digest by digest", {"type": "line", "series": series, "axis_config": axes})


def _chart(title: str, chart: Block) -> Block:
    return {"type": "data_visualization", "title": title, "chart": chart}


def _drawing(lines: Sequence[str]) -> str:
    return "```" + "\n".join(lines) + "```"


def _drawn(lines: Sequence[str]) -> Block:
    return section(_drawing(lines))
