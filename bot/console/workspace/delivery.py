"""Taking what happens in the workspace to the app, with retries for events and a record of every attempt."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.console.workspace.faults import Faults
from bot.console.workspace.waiting import Changes

Sort = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True, slots=True)
class Retry:
    """Which retry an attempt is (1 for the first) and why the attempt before failed, in Slack's words."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Ack:
    """How the app took a delivery. `failure` is None when it acked; `body` is what it answered with, if anything.

    Failures are those of `X-Slack-Retry-Reason` (`http_timeout`, `http_error`, `connection_failed`) and, over Socket
    Mode, `timeout` and `no_connection`. `final` means that the app asked not to be tried again.
    """

    failure: str | None = None
    body: Mapping[str, Any] | None = None
    final: bool = False


@dataclass(slots=True)
class Delivery:
    """One event, command or interaction on its way, with every attempt's outcome in order."""

    sort: Sort
    payload: dict[str, Any]
    at: float
    attempts: list[Ack] = field(default_factory=list)
    finished: bool = False

    @property
    def name(self) -> str:
        """The event's type, the command, or the interaction's type."""
        event = self.payload.get("event")
        if isinstance(event, Mapping):
            return str(event["type"])
        return str(self.payload.get("command") or self.payload.get("type"))

    @property
    def acked(self) -> bool:
        """Whether the app acked it at last."""
        return bool(self.attempts) and self.attempts[-1].failure is None


class Carrier(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    async def attempt(self, delivery: Delivery, retry: Retry | None, within: float) -> Ack:
        """Hands over once and waits at most `within` seconds for the ack."""


class Courier:
    """Carries deliveries over whichever carrier is set.

    `ack_seconds` is how long the app has to ack (Slack: 3). An event that is not acked comes again after each of
    `retry_delays` seconds (Slack: almost at once, after 1 minute, after 5 minutes); commands and clicks do not.
    """

    def __init__(self, faults: Faults, changes: Changes, ack_seconds: float, retry_delays: Sequence[float]) -> None:
        self.carrier: Carrier | None = None
        self.deliveries: list[Delivery] = []
        self.ack_seconds = ack_seconds
        self.retry_delays = tuple(retry_delays)
        self._faults = faults
        self._changes = changes
        self._tasks: set[asyncio.Task[None]] = set()

    def send_event(self, payload: dict[str, Any]) -> None:
        """Sends an event on its way and returns at once."""
        delivery = self._new("events_api", payload)
        self._spawn(delivery, with_retries=True)
        if self._faults.takes_twice(delivery.name):
            self._spawn(delivery, with_retries=False)

    async def hand_over(self, sort: Sort, payload: dict[str, Any]) -> Ack:
        """Hands over a command or an interaction and returns how the app took it."""
        delivery = self._new(sort, payload)
        if self._faults.takes_twice(delivery.name):
            self._spawn(delivery, with_retries=False)
        ack = await self._attempt(delivery, None)
        delivery.finished = True
        return ack

    async def close(self) -> None:
        """Gives up all that is still on its way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _new(self, sort: Sort, payload: dict[str, Any]) -> Delivery:
        delivery = Delivery(sort, payload, time.time())
        self.deliveries.append(delivery)
        return delivery

    def _spawn(self, delivery: Delivery, *, with_retries: bool) -> None:
        task = asyncio.create_task(self._carry(delivery, self.retry_delays if with_retries else ()))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, delivery: Delivery, delays: Sequence[float]) -> None:
        ack = await self._attempt(delivery, None)
        for number, delay in enumerate(delays, start=1):
            if ack.failure is None or ack.final:
                break
            await asyncio.sleep(delay)
            ack = await self._attempt(delivery, Retry(number, ack.failure))
        delivery.finished = True
        self._changes.announce()

    async def _attempt(self, delivery: Delivery, retry: Retry | None) -> Ack:
        if self.carrier is None:
            ack = Ack("no_connection")
        else:
            ack = await self.carrier.attempt(delivery, retry, self.ack_seconds)
        delivery.attempts.append(ack)
        self._changes.announce()
        return ack
