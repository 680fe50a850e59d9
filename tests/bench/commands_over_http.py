"""`/plan` over signed HTTP: requests a second and ack latency, planbot beside a bare Bolt app that only acks."""

import asyncio
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import psutil
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.console.workspace import Workspace
from bot.manifest import manifest
from tests.bot.running import RIVERBEND, load, names
from tests.waiting import until

REQUESTS = 4_000
AT_ONCE = 20
ROUNDS = 3
QUESTION = "who owns A-03"
EXECUTABLES = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Load:
    """What one load of requests measured."""

    a_second: float
    median_ms: float
    p99_ms: float


class Answers:
    """Takes what is sent to response URLs, so that every request is answered for real."""

    def __init__(self) -> None:
        self.count = 0

    def reach(self, count: int) -> Callable[[], bool]:
        """Whether so many have come."""
        return lambda: self.count >= count

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """The response URL while the block runs."""
        application = web.Application()
        application.router.add_post("/answer", self._take)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}/answer"
        finally:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        await request.read()
        self.count += 1
        return web.Response(text="ok")


async def measure() -> None:
    """Print the figures."""
    answers = Answers()
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/bench.db"
        await load(database, RIVERBEND)
        async with Workspace.open(manifest(names()), delivery="http") as workspace, answers.listening() as url:
            environment = {
                **os.environ,
                "SLACK_BOT_TOKEN": workspace.bot_token,
                "SLACK_SIGNING_SECRET": workspace.signing_secret,
                "SLACK_API_URL": workspace.api_url,
                "DATABASE_URL": database,
                "LOG_LEVEL": "WARNING",
            }
            sender = _Sender(workspace.signing_secret, url, workspace.member("Dana").id)
            bare = await _measured(environment, [sys.executable, "-m", "tests.bench.bare_app"], sender)
            ours = await _measured(environment, [str(EXECUTABLES / "planbot"), "serve"], sender, answers)
    _report(bare, ours)


def _report(bare: "_Measured", ours: "_Measured") -> None:
    print(f"/plan over signed HTTP, {AT_ONCE} at once, {ROUNDS} rounds of {REQUESTS}, the median round")  # noqa: T201
    for name, one in (("bare Bolt app", bare), ("planbot", ours)):
        print(  # noqa: T201
            f"  {name:<14} {one.load.a_second:7.0f} requests/s   ack {one.load.median_ms:5.1f} ms median, "
            f"{one.load.p99_ms:5.1f} ms p99   ready in {one.ready_s:4.2f} s   {one.rss_mib:4.0f} MiB"
        )
    share = ours.load.a_second / bare.load.a_second
    print(f"  planbot reaches {share:.2f} of the bare app's throughput (bar: 0.80)")  # noqa: T201
    print(f"  and answers {ours.answers_a_second:.0f} questions/s, all told {ours.answered}")  # noqa: T201


@dataclass(frozen=True, slots=True)
class _Measured:
    load: Load
    ready_s: float
    rss_mib: float
    answered: int = 0
    answers_a_second: float = 0.0
    """From the first request of a round to its last answer."""


class _Sender:
    def __init__(self, secret: str, response_url: str, user: str) -> None:
        self._verifier = SignatureVerifier(secret)
        self._body = urlencode(
            {
                "command": "/plan",
                "text": QUESTION,
                "user_id": user,
                "team_id": "T00000001",
                "channel_id": "C00000001",
                "trigger_id": "1.2.3",
                "response_url": response_url,
            }
        )

    def signed(self) -> tuple[str, dict[str, str]]:
        """A request's body and headers."""
        stamp = str(int(time.time()))
        signature = self._verifier.generate_signature(timestamp=stamp, body=self._body)
        return self._body, {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature or "",
        }


async def _measured(
    environment: dict[str, str], command: Sequence[str], sender: _Sender, answers: Answers | None = None
) -> _Measured:
    port = _free_port()
    arguments = list(command) if answers else [*command, str(port)]
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*arguments, env={**environment, "PORT": str(port)})
    try:
        await until_listening(port)
        ready = time.perf_counter() - began
        url = f"http://127.0.0.1:{port}/slack/events"
        await _load(url, sender, REQUESTS // 10)
        if answers:
            await until(answers.reach(REQUESTS // 10))
        loads = []
        answering = 0.0
        for _ in range(ROUNDS):
            started = time.perf_counter()
            already = answers.count if answers else 0
            loads.append(await _load(url, sender, REQUESTS))
            if answers:
                await until(answers.reach(already + REQUESTS))
            answering += time.perf_counter() - started
        memory = psutil.Process(process.pid).memory_info().rss / 2**20
    finally:
        process.terminate()
        await process.wait()
    median = sorted(loads, key=lambda one: one.a_second)[ROUNDS // 2]
    answered = answers.count if answers else 0
    return _Measured(median, ready, memory, answered, ROUNDS * REQUESTS / answering)


async def _load(url: str, sender: _Sender, requests: int) -> Load:
    latencies: list[float] = []
    waiting = iter(range(requests))
    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def one_after_the_other() -> None:
            for _ in waiting:
                body, headers = sender.signed()
                sent = time.perf_counter()
                async with session.post(url, data=body, headers=headers) as response:
                    await response.read()
                    if response.status != 200:
                        raise RuntimeError(f"HTTP {response.status}")
                latencies.append(time.perf_counter() - sent)

        began = time.perf_counter()
        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
        took = time.perf_counter() - began
    return Load(requests / took, statistics.median(latencies) * 1e3, sorted(latencies)[int(requests * 0.99)] * 1e3)


async def until_listening(port: int) -> None:
    """Wait until something listens on the port."""

    async def listens() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    await until(listens)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
