"""The shape of the `data_visualization` block.

Source: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.console.workspace.shapes import Rule, both, distinct, listing, number, objection, shape, string, typed

MOST_IN_A_MESSAGE = 2
_LABEL = string(20)
_POINT = shape({"label": _LABEL, "value": number})
_SERIES = shape({"name": _LABEL, "data": listing(_POINT, 20)})
_AXES = shape({"categories": listing(_LABEL, 20)}, x_label=string(50), y_label=string(50))


def _positive(value: Any, pointer: str) -> Iterator[str]:
    yield from number(value, pointer)
    if isinstance(value, int | float) and value <= 0:
        yield objection("must be greater than 0", pointer)


def _points_match_categories(value: Any, pointer: str) -> Iterator[str]:
    axes, series = value.get("axis_config"), value.get("series")
    if not isinstance(axes, Mapping) or not isinstance(series, list):
        return
    for index, one in enumerate(series):
        points = one.get("data") if isinstance(one, Mapping) else None
        if not isinstance(points, list):
            continue
        labels = [point.get("label") for point in points if isinstance(point, Mapping)]
        if labels != axes.get("categories"):
            yield objection("labels must match the categories of axis_config", f"{pointer}/series/{index}/data")


_OVER_AXES = both(
    shape({"series": listing(_SERIES, 6), "axis_config": _AXES}), distinct("name", "series"), _points_match_categories
)
_CHARTS: dict[str, Rule] = {
    "pie": shape({"segments": listing(shape({"label": _LABEL, "value": _positive}), 6)}),
    "bar": _OVER_AXES,
    "line": _OVER_AXES,
    "area": _OVER_AXES,
}
CHART_BLOCK = shape({"title": string(50), "chart": typed(lambda: _CHARTS)}, block_id=string(255))
"""The rule of the block."""
