"""Signed HTTP delivery, to the real Bolt app and, for the bare protocol, to a server that keeps what it gets."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.console.workspace import App, Workspace
from tests.slack.apps import bolt_app, over_http
from tests.slack.blocks import actions, button
from tests.slack.fixtures import RETRY_DELAYS

APP = App(commands=("/plan",), events=("app_mention",))


@dataclass(slots=True)
class Received:
    """What a server got, and what it answers: each status in turn, the last one from then on."""

    statuses: list[int] = field(default_factory=lambda: [200])
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    requests: list[tuple[Mapping[str, str], str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        body = await request.text()
        if "url_verification" in body:
            return web.Response(text=json.loads(body)["challenge"])
        self.requests.append((request.headers, body))
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return web.Response(status=status, headers=self.headers, text=self.text)


@asynccontextmanager
async def served(take: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    """The address of a server that answers so."""
    app = web.Application()
    app.router.add_post("/slack/events", take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()


@asynccontextmanager
async def opened(received: Received, *, ack_seconds: float = 3.0) -> AsyncIterator[Workspace]:
    """A workspace that delivers to that server."""
    async with (
        served(received.take) as url,
        Workspace.open(
            APP, delivery="http", request_url=url, ack_seconds=ack_seconds, retry_delays=RETRY_DELAYS
        ) as slack,
    ):
        yield slack


async def test_every_delivery_is_signed() -> None:
    received = Received()
    async with opened(received) as slack:
        dana = slack.member("Dana")
        dana.mentions(slack.channel("#plan", members=[dana]), "what are our values")
        await slack.delivered("app_mention")
        await dana.types("/plan", within=None)

        verifier = SignatureVerifier(slack.signing_secret)
        assert [verifier.is_valid_request(body, dict(headers)) for headers, body in received.requests] == [True, True]


async def test_events_are_json_and_commands_a_form_and_clicks_a_payload_in_a_form() -> None:
    received = Received()
    async with opened(received) as slack:
        dana = slack.member("Dana")
        plan = slack.channel("#plan", members=[dana])
        dana.mentions(plan, "what are our values")
        await slack.delivered("app_mention")
        await dana.types("/plan a & b", within=None)
        await bolt_app(slack).client.chat_postMessage(channel=plan.id, text="x", blocks=[actions(button(value="A-01"))])
        await dana.clicks(plan.messages[-1], "Report", within=None)

    event, command, click = [body for _, body in received.requests]
    assert json.loads(event)["event"]["type"] == "app_mention"
    assert parse_qs(command)["text"] == ["a &amp; b"]
    assert json.loads(parse_qs(click)["payload"][0])["actions"][0]["value"] == "A-01"


async def test_a_request_url_that_does_not_meet_the_challenge_is_refused() -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="hello")

    async with served(answer) as url, Workspace.open(APP) as slack:
        with pytest.raises(ConnectionError, match="the wrong value"):
            await slack.deliver_over_http(url)


async def test_a_request_url_with_nobody_behind_it_is_refused() -> None:
    async with served(Received().take) as url:
        pass
    async with Workspace.open(APP) as slack:
        with pytest.raises(ConnectionError, match="did not answer the challenge"):
            await slack.deliver_over_http(url)


async def test_the_bolt_app_meets_the_challenge_and_turns_a_forged_request_away() -> None:
    async with Workspace.open(APP, delivery="http") as slack:
        other = App(commands=("/plan",), bot_token=slack.bot_token)
        async with Workspace.open(other, delivery="http") as forger, over_http(bolt_app(slack), slack) as url:
            await forger.deliver_over_http(url, verify=False)
            answer = await forger.member("Dana").types("/plan")

    assert answer.failure == "http_service_error"


async def test_an_event_that_is_refused_comes_again_and_says_why() -> None:
    received = Received(statuses=[500, 500, 200])
    async with opened(received) as slack:
        dana = slack.member("Dana")
        dana.mentions(slack.channel("#plan", members=[dana]), "what are our values")
        delivery = await slack.delivered("app_mention")

    retries = [(h.get("X-Slack-Retry-Num"), h.get("X-Slack-Retry-Reason")) for h, _ in received.requests]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({json.loads(body)["event_id"] for _, body in received.requests}) == 1
    assert delivery.acked


async def test_an_app_can_ask_not_to_be_told_again() -> None:
    received = Received(statuses=[500], headers={"X-Slack-No-Retry": "1"})
    async with opened(received) as slack:
        dana = slack.member("Dana")
        dana.mentions(slack.channel("#plan", members=[dana]), "what are our values")
        await slack.delivered("app_mention")

    assert len(received.requests) == 1


async def test_an_event_with_nobody_listening_fails_to_connect() -> None:
    async with served(Received().take) as url:
        pass
    async with Workspace.open(APP, retry_delays=RETRY_DELAYS) as slack:
        await slack.deliver_over_http(url, verify=False)
        dana = slack.member("Dana")
        dana.mentions(slack.channel("#plan", members=[dana]), "what are our values")
        delivery = await slack.delivered("app_mention")

    assert [ack.failure for ack in delivery.attempts] == ["connection_failed"] * 4


async def test_a_command_that_is_refused_fails_in_front_of_the_person() -> None:
    async with opened(Received(statuses=[500])) as slack:
        answer = await slack.member("Dana").types("/plan")

    assert answer.text == "/plan failed with the error “http_service_error”"


async def test_a_command_answered_in_plain_text_shows_it() -> None:
    async with opened(Received(text="On track")) as slack:
        answer = await slack.member("Dana").types("/plan")

    assert answer.text == "On track"


async def test_a_command_answered_with_broken_blocks_fails_in_front_of_the_person() -> None:
    broken = json.dumps({"blocks": [actions(button(), button())]})
    received = Received(text=broken, headers={"Content-Type": "application/json"})
    async with opened(received) as slack:
        answer = await slack.member("Dana").types("/plan")

    assert answer.failure == "invalid_command_response"


async def test_an_app_that_takes_too_long_is_told_again() -> None:
    end = asyncio.Event()

    async def hang(_request: web.Request) -> web.Response:
        await end.wait()
        return web.Response()

    async with served(hang) as url, Workspace.open(APP, ack_seconds=0.05, retry_delays=(0.0,)) as slack:
        await slack.deliver_over_http(url, verify=False)
        dana = slack.member("Dana")
        dana.mentions(slack.channel("#plan", members=[dana]), "what are our values")
        delivery = await slack.delivered("app_mention")
        answer = await dana.types("/plan")
        end.set()

    assert [ack.failure for ack in delivery.attempts] == ["http_timeout", "http_timeout"]
    assert answer.failure == "operation_timeout"
