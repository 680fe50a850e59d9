"""What one types for a form's field is read as the field holds it."""

from typing import Any

import pytest

from bot.console.fields import Reader, Unreadable
from bot.console.mrkdwn import Directory
from bot.console.workspace.reading import Control

READER = Reader((), Directory({"U01": "Dana"}, {"C01": "strategy"}), "America/Toronto")


def field(sort: str, *options: str, optional: bool = True) -> Control:
    offered = [{"text": {"type": "plain_text", "text": text}, "value": text[0]} for text in options]
    element: dict[str, Any] = {"type": sort, "options": offered}
    return Control("block", "action", sort, "Field", element, optional)


STATUSES = ("► on track", "▲ at risk", "■ off track")


@pytest.mark.parametrize(
    ("control", "typed", "value"),
    [
        pytest.param(field("static_select", *STATUSES), "2", "▲ at risk", id="an option by its number"),
        pytest.param(field("static_select", *STATUSES), "at R", "▲ at risk", id="by a part of its text"),
        pytest.param(field("static_select", "not complete", "complete"), "complete", "complete", id="by all its text"),
        pytest.param(field("static_select", *STATUSES), "-", None, id="cleared"),
        pytest.param(field("checkboxes", *STATUSES), "1, risk", ["► on track", "▲ at risk"], id="several options"),
        pytest.param(field("checkboxes", *STATUSES), "-", [], id="none of several"),
        pytest.param(field("plain_text_input"), "70", "70", id="text"),
        pytest.param(field("plain_text_input", optional=False), "-", "-", id="a dash where something must stand"),
        pytest.param(field("datepicker"), "2026-03-31", "2026-03-31", id="a date"),
        pytest.param(field("timepicker"), "09:00", "09:00", id="a time"),
        pytest.param(field("datetimepicker"), "2026-03-09 09:00", 1773061200, id="a moment in the person's zone"),
        pytest.param(field("channels_select"), "#strategy", "C01", id="a channel"),
    ],
)
def test_a_field_takes(control: Control, typed: str, value: object) -> None:
    assert READER.value(control, typed) == value


@pytest.mark.parametrize(
    ("control", "typed"),
    [
        pytest.param(field("static_select", *STATUSES), "track", id="a part of two options"),
        pytest.param(field("static_select", *STATUSES), "4", id="a number beyond the options"),
        pytest.param(field("static_select", *STATUSES, optional=False), "-", id="clearing what must be chosen"),
        pytest.param(field("datepicker"), "tomorrow", id="no date"),
        pytest.param(field("users_select"), "nobody", id="no person"),
        pytest.param(field("channels_select"), "#nowhere", id="no channel"),
    ],
)
def test_a_field_does_not_take(control: Control, typed: str) -> None:
    with pytest.raises(Unreadable):
        READER.value(control, typed)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        pytest.param({"type": "static_select", "selected_option": None}, "", id="nothing chosen"),
        pytest.param({"type": "datetimepicker", "selected_date_time": 1773061200}, "2026-03-09 09:00", id="a moment"),
        pytest.param({"type": "users_select", "selected_user": "U01"}, "@Dana", id="a person"),
        pytest.param({"type": "plain_text_input", "value": "late"}, "late", id="text"),
        pytest.param({}, "", id="nothing known"),
    ],
)
def test_what_a_field_holds_is_told(held: dict[str, Any], words: str) -> None:
    assert READER.shown(held) == words
