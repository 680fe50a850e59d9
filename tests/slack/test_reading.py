"""What a person reads in blocks, and what they find there to press."""

import pytest

from bot.console.workspace import SeenMessage
from bot.console.workspace.reading import controls, words
from tests.slack.blocks import Json, actions, bars, button, field, menu, option, pie, plain, section, text_input

RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Ask "},
                {"type": "user", "user_id": "U1"},
                {"type": "text", "text": " in "},
                {"type": "channel", "channel_id": "C1"},
                {"type": "text", "text": " "},
                {"type": "emoji", "name": "eyes"},
                {"type": "link", "url": "https://example.com", "text": " here"},
                {"type": "date", "timestamp": 1, "format": "{date}", "fallback": " on Friday"},
                {"type": "broadcast", "range": "here"},
                {"type": "usergroup", "usergroup_id": "S1"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
            ],
        },
    ],
}

READ: dict[str, tuple[Json, str]] = {
    "a section with fields and a button": (
        section("Fleet", fields=[plain("On track"), plain("60 %")], accessory=button("Report")),
        "Fleet\nOn track\n60 %\nReport",
    ),
    "context with an image": (
        {
            "type": "context",
            "elements": [{"type": "image", "image_url": "x", "alt_text": "Logo"}, plain("Owner: Dana")],
        },
        "Logo\nOwner: Dana",
    ),
    "rich text": (RICH, "Ask <@U1> in <#C1> :eyes: here on Friday@here<!subteam^S1>\none\ntwo"),
    "a pie": (pie(("Done", 3), ("Late", 1)), "Actions by status\nDone 3\nLate 1"),
    "bars": (bars(["Q1", "Q2"], ("Fleet", [10, 20])), "Progress\nFleet\nQ1 10\nQ2 20"),
    "a menu, folded": (
        section("Status", accessory=menu(option("On track"), placeholder=plain("Pick one"))),
        "Status\nPick one",
    ),
    "radio buttons": (actions(menu(option("On track"), option("At risk"), kind="radio_buttons")), "On track\nAt risk"),
    "a field with its value": (
        field("a", text_input(initial_value="60"), hint=plain("0 to 100")),
        "Percent\n60\n0 to 100",
    ),
    "a table": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "A-01"}, {"type": "raw_text", "text": "60 %"}]]},
        "A-01\n60 %",
    ),
    "markdown": ({"type": "markdown", "text": "**Fleet**"}, "**Fleet**"),
    "a question before a button acts": (
        actions(
            button(
                "Undo", confirm={"title": plain("Sure?"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n")}
            )
        ),
        "Undo",
    ),
}


@pytest.mark.parametrize("case", READ)
def test_a_person_reads(case: str) -> None:
    block, shown = READ[case]

    assert sorted(words(block).split("\n")) == sorted(shown.split("\n"))


def test_a_message_without_blocks_reads_as_its_text() -> None:
    message = SeenMessage("1.0", "C1", "U1", "On track", attachments=({"blocks": [section("Fleet")]},))

    assert message.words == "On track\nFleet"


def test_everything_to_press_or_fill_in_is_found_with_what_stands_on_it() -> None:
    blocks = [
        section("Fleet", block_id="s", accessory=button("Open", "open", url="https://example.com")),
        actions(button("Report", value="A-01"), menu(option("x"), placeholder=plain("Pick")), block_id="a"),
        {"block_id": "f", **field("f", text_input("note"), label="Note", optional=True)},
        {
            "type": "carousel",
            "block_id": "c",
            "elements": [{"type": "card", "title": plain("Fleet"), "actions": [button("More", "more")]}],
        },
        {"type": "divider", "block_id": "d"},
    ]
    found = controls(blocks)

    assert [(control.block_id, control.action_id, control.label) for control in found] == [
        ("s", "open", "Open"),
        ("a", "report", "Report"),
        ("a", "status", "Pick"),
        ("f", "note", "Note"),
        ("c", "more", "More"),
    ]
    assert (found[0].url, found[1].value, len(found[2].options)) == ("https://example.com", "A-01", 1)
