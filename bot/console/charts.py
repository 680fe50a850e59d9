"""A `data_visualization` block as bars of text, one for each figure."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.text import Text

from bot.console.mrkdwn import as_typed

FULL = 20
"""Characters of the longest bar: with a label of 20 it still fits a narrow terminal."""
BAR = "█"


def bars(chart: Mapping[str, Any]) -> Iterator[Text]:
    """Each segment, or each series under its name, in the chart's order; bars of a chart have one scale."""
    segments = chart.get("segments") or ()
    series = chart.get("series") or ()
    figures = [*segments, *(point for one in series for point in one["data"])]
    if not figures:
        return
    most = max(abs(float(figure["value"])) for figure in figures) or 1.0
    wide = max(len(as_typed(str(figure["label"]))) for figure in figures)
    yield from (_bar(segment, most, wide) for segment in segments)
    for one in series:
        if len(series) > 1:
            yield Text(as_typed(str(one["name"])), "italic")
        yield from (_bar(point, most, wide) for point in one["data"])


def _bar(figure: Mapping[str, Any], most: float, wide: int) -> Text:
    value = float(figure["value"])
    length = round(FULL * abs(value) / most)
    bar = BAR * max(length, 1 if value else 0)
    label = as_typed(str(figure["label"])).ljust(wide)
    return Text.assemble(label, " ", (bar, "cyan"), " " if bar else "", f"{value:g}")
