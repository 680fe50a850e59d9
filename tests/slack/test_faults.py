"""What goes wrong when it is told to, as the real client meets it."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler

from bot.console.workspace import NotSeenError
from tests.slack.fixtures import Scene


async def post(scene: Scene, text: str = "On track") -> None:
    await scene.client.chat_postMessage(channel=scene.plan.id, text=text)


async def test_a_rate_limit_is_http_429_with_a_time_to_wait(scene: Scene) -> None:
    scene.slack.faults.rate_limit("chat.postMessage", retry_after=7)

    with pytest.raises(SlackApiError) as caught:
        await post(scene)
    await post(scene)

    assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
    assert caught.value.response.headers["Retry-After"] == "7"
    assert [call.error for call in scene.slack.calls("chat.postMessage")] == ["ratelimited", None]
    assert len(scene.plan.messages) == 1


async def test_the_clients_own_retry_gets_over_a_rate_limit(scene: Scene) -> None:
    scene.client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    scene.slack.faults.rate_limit("chat.postMessage", retry_after=0)

    await post(scene)

    assert len(scene.plan.messages) == 1


async def test_an_error_is_answered_as_many_times_as_told(scene: Scene) -> None:
    scene.slack.faults.fail("chat.postMessage", "missing_scope", times=2, needed="chat:write", provided="commands")

    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            await post(scene)
        assert (caught.value.response["error"], caught.value.response["needed"]) == ("missing_scope", "chat:write")
    await post(scene)

    assert len(scene.plan.messages) == 1


async def test_an_http_error_carries_no_answer_of_slack(scene: Scene) -> None:
    scene.slack.faults.http_error("chat.postMessage", 500)

    with pytest.raises(SlackApiError) as caught:
        await post(scene)

    assert caught.value.response.status_code == 500
    assert scene.plan.messages == ()


async def test_a_dropped_call_has_posted_its_message(scene: Scene) -> None:
    scene.slack.faults.drop("chat.postMessage")
    scene.client.retry_handlers.clear()

    with pytest.raises(aiohttp.ClientError):
        await post(scene)

    assert [message.text for message in scene.plan.messages] == ["On track"]
    assert [call.error for call in scene.slack.calls("chat.postMessage")] == ["dropped"]


async def test_the_clients_usual_retry_posts_a_dropped_message_again(scene: Scene) -> None:
    scene.slack.faults.drop("chat.postMessage")

    await post(scene)

    assert [message.text for message in scene.plan.messages] == ["On track", "On track"]


async def test_a_slow_method_is_answered_late_and_others_are_not(scene: Scene) -> None:
    scene.slack.faults.slow("chat.postMessage", 60, times=1)
    slow = asyncio.create_task(post(scene))

    await scene.client.auth_test()

    assert not slow.done()
    slow.cancel()


async def test_slow_and_refused_at_once(scene: Scene) -> None:
    scene.slack.faults.slow("*", 0.01)
    scene.slack.faults.fail("chat.postMessage", "internal_error")

    with pytest.raises(SlackApiError, match="internal_error"):
        await post(scene)


async def test_while_slack_is_down_nothing_works_and_then_all_does(scene: Scene) -> None:
    scene.slack.faults.down()
    with pytest.raises(SlackApiError) as caught:
        await scene.client.auth_test()
    scene.slack.faults.up()

    assert caught.value.response.status_code == 503
    assert (await scene.client.auth_test())["ok"]


async def test_clearing_ends_every_fault(scene: Scene) -> None:
    scene.slack.faults.fail("*", "account_inactive", times=None)
    with pytest.raises(SlackApiError, match="account_inactive"):
        await scene.client.auth_test()

    scene.slack.faults.clear()

    assert (await scene.client.auth_test())["ok"]


async def test_waiting_for_what_does_not_come_says_what_came(scene: Scene) -> None:
    await post(scene, "Fleet renewal is on track")

    with pytest.raises(NotSeenError, match="Fleet renewal is on track"):
        await scene.dana.sees("At risk", within=0.01)
    with pytest.raises(NotSeenError, match="Fleet renewal is on track"):
        await scene.plan.shows("At risk", within=0.01)


async def test_a_workspace_comes_to_rest(scene: Scene) -> None:
    await post(scene)

    await scene.slack.rests(quiet=0.01)

    assert len(scene.slack.calls()) == 1


async def test_a_workspace_that_does_not_rest_is_told_of(scene: Scene) -> None:
    async def keep_posting() -> None:
        while True:
            await post(scene)

    posting = asyncio.create_task(keep_posting())
    with pytest.raises(NotSeenError, match="did not come to rest"):
        await scene.slack.rests(quiet=0.5, within=0.05)
    posting.cancel()
