"""A modal asked field by field, whatever the fields: here that of a small Bolt app."""

import io
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.console.background import Background, in_background
from bot.console.fields import Reader
from bot.console.mrkdwn import Directory
from bot.console.prompting import Prompter
from bot.console.terminal import Terminal
from bot.console.workspace import App, Person, View, Workspace
from tests.slack.apps import client_of, running

R = TypeVar("R")


def plain(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def entry(name: str, label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name, **element},
        **more,
    }


def options(*words: str) -> list[dict[str, Any]]:
    return [{"text": plain(word), "value": word.lower()} for word in words]


def trip_form(*more: dict[str, Any]) -> dict[str, Any]:
    where = {"type": "static_select", "options": options("Lake", "Hill"), "initial_option": options("Lake")[0]}
    return {
        "type": "modal",
        "callback_id": "trip",
        "title": plain("A trip"),
        "submit": plain("Go"),
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Where to*"}},
            entry("where", "Place", where, dispatch_action=True),
            *more,
            entry("people", "People", {"type": "plain_text_input"}, hint=plain("A number")),
            entry("bring", "Bring", {"type": "checkboxes", "options": options("Rope", "Map")}, optional=True),
            entry("day", "Day", {"type": "datepicker"}, optional=True),
        ],
    }


@dataclass
class Trips:
    """The workspace, and what the app was handed."""

    slack: Workspace
    person: Person
    handed_in: list[dict[str, Any]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


@asynccontextmanager
async def trips() -> AsyncIterator[Trips]:
    async with Workspace.open(App(commands=("/trip",))) as slack:
        held = Trips(slack, slack.member("Dana"))
        app = AsyncApp(client=client_of(slack), request_verification_enabled=False, process_before_response=True)
        app.command("/trip")(_open)
        app.action("where")(_choose)
        app.options("guide")(_name_guides)

        @app.view("trip")
        async def take(ack: AsyncAck, view: dict[str, Any]) -> None:
            values = view["state"]["values"]
            if not values["people"]["people"]["value"].isdecimal():
                await ack(response_action="errors", errors={"people": "That is no number."})
                return
            held.handed_in.append(values)
            await ack()

        async with running(app, slack):
            yield held


async def _open(ack: AsyncAck, client: AsyncWebClient, command: dict[str, str]) -> None:
    guide = entry("guide", "Guide", {"type": "external_select", "min_query_length": 0}, optional=True)
    more = [guide] if command["text"] == "guided" else []
    await client.views_open(trigger_id=command["trigger_id"], view=trip_form(*more))
    await ack()


async def _name_guides(ack: AsyncAck, body: dict[str, Any]) -> None:
    await ack(options=[one for one in options("Anna", "Annika", "Berta") if body["value"] in one["value"]])


async def _choose(ack: AsyncAck, client: AsyncWebClient, body: dict[str, Any]) -> None:
    shoes = entry("shoes", "Shoes", {"type": "plain_text_input"}, optional=True)
    await client.views_update(view_id=body["view"]["id"], view=trip_form(shoes))
    await ack()


@pytest.fixture
def stage() -> Iterator[Background[Trips]]:
    with in_background(trips) as background:
        yield background


def fill(stage: Background[Trips], typed: str, command: str = "/trip") -> str:
    """What the terminal shows while the form is filled in with those lines."""
    shown = io.StringIO()
    person = stage.opened.person

    def act(doing: Coroutine[Any, Any, R]) -> R:
        return stage.call(doing)

    async def look() -> View | None:
        return person.modal

    stage.call(person.types(command))
    view = stage.call(look())
    assert view is not None
    reader = Reader((), Directory(), person.tz)
    Prompter(Terminal(io.StringIO(typed), shown), person, act, reader, Directory()).fill(view)
    return shown.getvalue()


def held(values: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in values[name][name].items() if key != "type"}


def test_each_field_is_asked_in_turn_and_what_was_typed_is_handed_in(stage: Background[Trips]) -> None:
    shown = fill(stage, "\n3\nrope, map\n2026-07-01\n")

    (values,) = stage.opened.handed_in
    assert "  Where to\n" in shown
    assert "Place [Lake]:\n" in shown
    assert "  A number\n" in shown
    assert held(values, "people") == {"value": "3"}
    assert [one["value"] for one in held(values, "bring")["selected_options"]] == ["rope", "map"]
    assert held(values, "day") == {"selected_date": "2026-07-01"}
    assert held(values, "where")["selected_option"]["value"] == "lake"


def test_a_choice_that_changes_the_form_is_sent_at_once_and_the_new_fields_are_asked(stage: Background[Trips]) -> None:
    shown = fill(stage, "Hill\nboots\n3\n\n\n")

    (values,) = stage.opened.handed_in
    assert held(values, "where")["selected_option"]["value"] == "hill"
    assert held(values, "shoes") == {"value": "boots"}
    assert shown.count("Place [") == 1


def test_an_error_is_shown_beside_its_field_which_alone_is_asked_again(stage: Background[Trips]) -> None:
    shown = fill(stage, "\nmany\nmap\n\n4\n")

    (values,) = stage.opened.handed_in
    after = shown.partition("✗ That is no number.")[2]
    assert "People [many]: 4" in after
    assert "Bring" not in after
    assert held(values, "people") == {"value": "4"}
    assert [one["value"] for one in held(values, "bring")["selected_options"]] == ["map"]


def test_what_must_be_filled_in_is_asked_again_as_slack_does(stage: Background[Trips]) -> None:
    shown = fill(stage, "\n\n\n\n5\n")

    assert "✗ Please complete this required field." in shown
    assert held(stage.opened.handed_in[0], "people") == {"value": "5"}


def test_what_the_field_cannot_hold_is_asked_again(stage: Background[Trips]) -> None:
    shown = fill(stage, "\n3\nboat\n2\nsoon\n2026-07-01\n")

    assert "boat cannot be taken here: type a number from 1 to 2." in shown
    assert "soon cannot be taken here: it takes a date such as 2026-03-31." in shown
    assert held(stage.opened.handed_in[0], "day") == {"selected_date": "2026-07-01"}


GUIDES = {"by number": ("2", "annika"), "by a piece": ("bert", "berta"), "step by step": ("ann\nzoe\n1", "anna")}


@pytest.mark.parametrize("case", GUIDES)
def test_options_that_the_bot_looks_up_are_found_by_what_is_typed(stage: Background[Trips], case: str) -> None:
    typed, guide = GUIDES[case]
    shown = fill(stage, f"\n{typed}\n3\n\n\n", "/trip guided")

    assert "1 Anna" in shown
    assert ("zoe cannot be taken here: there is nothing like it." in shown) == ("zoe" in typed)
    assert held(stage.opened.handed_in[0], "guide")["selected_option"]["value"] == guide


def test_a_menu_that_is_looked_up_may_stay_empty(stage: Background[Trips]) -> None:
    fill(stage, "\n\n3\n\n\n", "/trip guided")

    assert held(stage.opened.handed_in[0], "guide") == {"selected_option": None}


@pytest.mark.parametrize("typed", ["\n3\n/cancel\n", "\n3\n"], ids=["told to", "lines end"])
def test_a_form_that_is_closed_hands_in_nothing(stage: Background[Trips], typed: str) -> None:
    shown = fill(stage, typed)

    assert shown.endswith("Closed, nothing was handed in.\n")
    assert stage.opened.handed_in == []
    assert stage.opened.person.modal is None
