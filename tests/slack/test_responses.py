"""`response_url`: five uses in half an hour, for one or for all, in place of the original or beside it."""

import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from aiohttp import ClientError, ClientSession
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.console.workspace.core import RESPONSE_URL_SECONDS
from tests.slack.blocks import actions, button, section
from tests.slack.fixtures import Scene


async def of_command(scene: Scene) -> AsyncWebhookClient:
    """The `response_url` of a command that Dana typed in `#plan`."""
    await scene.dana.types("/plan", channel=scene.plan, within=None)
    return AsyncWebhookClient(scene.slack.deliveries[-1].payload["response_url"])


async def of_click(scene: Scene, *, ephemeral: bool = False) -> AsyncWebhookClient:
    """The `response_url` of a click of Dana's on a message of the app."""
    blocks = [actions(button())]
    if ephemeral:
        await scene.client.chat_postEphemeral(channel=scene.plan.id, user=scene.dana.id, text="Report?", blocks=blocks)
    else:
        await scene.client.chat_postMessage(channel=scene.plan.id, text="Report?", blocks=blocks)
    await scene.dana.clicks(scene.dana.messages(scene.plan)[-1], "Report", within=None)
    return AsyncWebhookClient(scene.slack.deliveries[-1].payload["response_url"])


def texts(scene: Scene) -> list[str]:
    """What Dana reads in `#plan`."""
    return [message.text for message in scene.dana.messages(scene.plan) if message.by_app]


async def test_an_answer_is_for_the_person_alone(scene: Scene) -> None:
    sam = scene.slack.member("Sam")
    scene.plan.add(sam)

    await (await of_command(scene)).send(text="On track")

    assert texts(scene) == ["On track"]
    assert sam.messages(scene.plan) == ()


async def test_an_answer_can_be_for_everyone(scene: Scene) -> None:
    await (await of_command(scene)).send(text="On track", response_type="in_channel")

    assert scene.plan.messages[-1].text == "On track"


@pytest.mark.parametrize("ephemeral", [True, False], ids=["ephemeral", "for everyone"])
async def test_an_answer_can_take_the_originals_place(scene: Scene, ephemeral: bool) -> None:
    answer = await of_click(scene, ephemeral=ephemeral)
    await answer.send(text="Recorded", blocks=[section("Recorded")], replace_original=True)

    message = scene.dana.messages(scene.plan)[-1]
    assert (message.text, message.edited, message.ephemeral, message.buttons) == ("Recorded", True, ephemeral, ())


@pytest.mark.parametrize("ephemeral", [True, False], ids=["ephemeral", "for everyone"])
async def test_an_answer_can_take_the_original_away(scene: Scene, ephemeral: bool) -> None:
    await (await of_click(scene, ephemeral=ephemeral)).send(delete_original=True)

    assert texts(scene) == []


async def test_an_answer_to_a_click_stands_beside_the_original_unless_told(scene: Scene) -> None:
    await (await of_click(scene)).send(text="Recorded")

    assert texts(scene) == ["Report?", "Recorded"]


async def test_the_sixth_answer_is_refused(scene: Scene) -> None:
    webhook = await of_command(scene)
    statuses = [(await webhook.send(text=str(number))).status_code for number in range(6)]

    assert statuses == [200, 200, 200, 200, 200, 404]
    assert scene.slack.calls("response_url")[-1].error == "used_url"
    assert texts(scene) == ["0", "1", "2", "3", "4"]


async def test_an_answer_after_half_an_hour_is_refused(scene: Scene) -> None:
    webhook = await of_command(scene)
    with time_machine.travel(time.time() + RESPONSE_URL_SECONDS + 1):
        response = await webhook.send(text="Late")

    assert (response.status_code, scene.slack.calls("response_url")[-1].error) == (404, "expired_url")


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing to say": ({}, "no_text"),
    "an unknown block": ({"text": "x", "blocks": [{"type": "gauge"}]}, "invalid_blocks"),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_a_bad_answer_is_refused_and_not_counted(scene: Scene, case: str) -> None:
    body, error = REFUSED[case]
    webhook = await of_command(scene)
    refused = await webhook.send_dict(body)
    for number in range(5):
        assert (await webhook.send(text=str(number))).status_code == 200

    assert (refused.status_code, scene.slack.calls("response_url")[0].error) == (400, error)


async def test_an_address_of_nothing_is_refused(scene: Scene) -> None:
    webhook = await of_command(scene)
    webhook.url += "0"

    assert (await webhook.send(text="x")).status_code == 404


async def test_the_original_may_be_gone_already(scene: Scene) -> None:
    webhook = await of_click(scene)
    await webhook.send(delete_original=True)

    assert (await webhook.send(text="x", replace_original=True)).status_code == 400


def slow_and_wrong(scene: Scene) -> None:
    scene.slack.faults.slow("response_url", 0.01)
    scene.slack.faults.http_error("response_url", 502)


FAULTS: dict[str, tuple[Callable[[Scene], None], int]] = {
    "a rate limit": (lambda s: s.slack.faults.rate_limit("response_url"), 429),
    "a delay and an error": (slow_and_wrong, 502),
    "an error": (lambda s: s.slack.faults.http_error("response_url"), 500),
    "an outage": (lambda s: s.slack.faults.down(), 503),
}


async def test_a_dropped_answer_is_shown_all_the_same(scene: Scene) -> None:
    webhook = await of_command(scene)
    webhook.retry_handlers.clear()
    scene.slack.faults.drop("response_url")
    with pytest.raises(ClientError):
        await webhook.send(text="On track")

    assert texts(scene) == ["On track"]


@pytest.mark.parametrize("case", FAULTS)
async def test_answers_meet_faults_too(scene: Scene, case: str) -> None:
    fault, status = FAULTS[case]
    webhook = await of_command(scene)
    fault(scene)

    assert (await webhook.send(text="x")).status_code == status
    assert texts(scene) == []


async def test_a_body_that_is_no_json_is_refused(scene: Scene) -> None:
    webhook = await of_command(scene)
    async with ClientSession() as session, session.post(webhook.url, data=b"{") as response:
        assert (response.status, await response.text()) == (400, "invalid_json")
