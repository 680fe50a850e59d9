"""People act in the workspace, and a real Bolt app hears of it and answers, over both kinds of delivery."""

from typing import Any, Literal

import pytest
from slack_bolt.async_app import AsyncAck, AsyncRespond, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from bot.console.workspace import App, Workspace
from tests.slack.apps import bolt_app, running

Way = Literal["socket", "http"]


@pytest.fixture(params=["socket", "http"])
def way(request: pytest.FixtureRequest) -> Way:
    return request.param  # type: ignore[no-any-return]  # pytest does not type params


async def test_a_mention_is_answered_in_its_thread(way: Way) -> None:
    async with Workspace.open(App(), delivery=way) as slack:
        app = bolt_app(slack)

        @app.event("app_mention")
        async def answer(event: dict[str, Any], say: AsyncSay) -> None:
            await say(text="Compassion", thread_ts=event["ts"])

        dana = slack.member("Dana")
        plan = slack.channel("#plan", members=[dana])
        async with running(app, slack, way):
            asked = dana.mentions(plan, "what are our values")
            told = await plan.next_message()

    assert (told.text, told.thread_ts) == ("Compassion", asked.ts)


async def test_a_command_is_answered_by_its_ack(way: Way) -> None:
    async with Workspace.open(App(commands=("/plan",)), delivery=way) as slack:
        app = bolt_app(slack)

        @app.command("/plan")
        async def answer(ack: AsyncAck, command: dict[str, str]) -> None:
            await ack(f"You asked {command['text']}")

        async with running(app, slack, way):
            told = await slack.member("Dana").types("/plan what are our values")

    assert told.text == "You asked what are our values"
    assert told.message is not None
    assert told.message.ephemeral


async def test_a_button_opens_a_modal_and_its_submission_is_acked_with_an_error(way: Way) -> None:
    async with Workspace.open(App(commands=("/plan",)), delivery=way) as slack:
        app = bolt_app(slack)

        @app.command("/plan")
        async def offer(ack: AsyncAck, respond: AsyncRespond) -> None:
            await ack()
            button = {"type": "button", "text": {"type": "plain_text", "text": "Report"}, "action_id": "report"}
            await respond(text="Report?", blocks=[{"type": "actions", "elements": [button]}])

        @app.action("report")
        async def open_form(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
            await ack()
            field = {
                "type": "input",
                "block_id": "percent",
                "label": {"type": "plain_text", "text": "Percent"},
                "element": {"type": "plain_text_input", "action_id": "percent"},
            }
            view = {
                "type": "modal",
                "callback_id": "progress",
                "title": {"type": "plain_text", "text": "Progress"},
                "submit": {"type": "plain_text", "text": "Record"},
                "blocks": [field],
            }
            await client.views_open(trigger_id=body["trigger_id"], view=view)

        @app.view("progress")
        async def record(ack: AsyncAck, view: dict[str, Any]) -> None:
            percent = view["state"]["values"]["percent"]["percent"]["value"]
            if not percent.isdigit():
                await ack(response_action="errors", errors={"percent": "A number, please."})
            else:
                await ack()

        dana = slack.member("Dana")
        async with running(app, slack, way):
            offered = await dana.types("/plan")
            assert offered.message is not None
            form = await dana.clicks(offered.message, "Report")
            assert form.view is not None
            refused = await dana.submits(form.view, {"Percent": "most of it"})
            taken = await dana.submits(form.view, {"Percent": "60"})

    assert refused.errors == {"percent": "A number, please."}
    assert taken.closed
    assert dana.modal is None
