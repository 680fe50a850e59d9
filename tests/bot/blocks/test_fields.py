"""The fields of forms keep to Slack's limits, whatever stands in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.fields import Field, box, boxes_fields, cut, option


def size(text: str) -> int:
    """The length as Slack's clients count it."""
    return len(text.encode("utf-16-le")) // 2


CUT = {
    "short": ("Fleet renewal", "Fleet renewal"),
    "as long as it may be": ("x" * 75, "x" * 75),
    "between two words": (
        "Renew the fleet " * 6,
        "Renew the fleet Renew the fleet Renew the fleet Renew the fleet Renew the…",
    ),
    "one long word": ("x" * 80, "x" * 74 + "…"),
    "several lines": ("one\n two", "one two"),
    "emoji": ("🚒" * 40, "🚒" * 37 + "…"),
    "joined emoji": ("🧑\u200d🚒" * 20, "🧑\u200d🚒" * 14 + "🧑" + "…"),
}


@pytest.mark.parametrize("case", CUT)
def test_a_text_too_long_is_cut_between_words(case: str) -> None:
    text, shown = CUT[case]
    assert cut(text) == shown


@given(st.text())
def test_no_text_is_longer_than_an_option_may_be(text: str) -> None:
    assert size(cut(text)) <= 75


def test_the_rest_of_a_long_title_stands_under_its_box() -> None:
    made = box("Prosecutors of all four counties have been given their log-ins and trained to use them", "v")
    assert made["text"]["text"].endswith("…")
    assert made["description"]["text"].startswith("…")
    assert "description" not in box("Short", "v")


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (10, [10]), (25, [10, 10, 5])])
def test_boxes_are_spread_over_as_many_fields_as_it_takes(count: int, sizes: list[int]) -> None:
    options = [option(str(number), str(number)) for number in range(count)]
    fields = boxes_fields(Field("f", "Steps"), options, ["0", "24"])
    assert [len(one["element"]["options"]) for one in fields] == sizes
    ticked = [one["value"] for field in fields for one in field["element"].get("initial_options", ())]
    assert ticked == [value for value in ("0", "24") if int(value) < count]
    assert len({one["block_id"] for one in fields}) == len(sizes)
