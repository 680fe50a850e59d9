"""`planbot serve` as a process: started, killed, started again, and refusing to start."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.console.workspace import Workspace
from tests.bot.running import free_port, load, open_workspace
from tests.databases import Server

PLANBOT = str(Path(sys.executable).parent / "planbot")


def environment(workspace: Workspace, database_url: str, folder: Path, **more: str) -> dict[str, str]:
    """What an operator sets, and nothing that this machine happens to have set."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": database_url,
        **more,
    }


@asynccontextmanager
async def process(settings: dict[str, str], folder: Path, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A `planbot` process, killed at the end if it still runs."""
    running = await asyncio.create_subprocess_exec(
        PLANBOT,
        *(arguments or ("serve",)),
        env=settings,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def output_of(settings: dict[str, str], folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and output of a `planbot` that ends by itself."""
    async with process(settings, folder, *arguments) as running:
        said, _ = await asyncio.wait_for(running.communicate(), 30)
        return running.returncode or 0, said.decode()


@pytest.fixture
def server_url(server: Server) -> Iterator[str]:
    """A PostgreSQL database without a schema."""
    with server.empty() as url:
        yield url


async def test_a_killed_process_loses_no_recorded_update(sqlite_url: str, tmp_path: Path) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        carter = slack.member("Carter", user_id="U02CARTER")
        settings = environment(slack, sqlite_url, tmp_path)
        async with process(settings, tmp_path) as running:
            await slack.connected(within=20)
            told = await carter.types("/progress A-12 71%: told before the kill")
            assert "71 %" in told.text
            running.send_signal(signal.SIGKILL)
            await running.wait()
        async with process(settings, tmp_path):
            await slack.connected(within=20)
            history = await carter.types("/progress A-12 history", within=20)
            assert "told before the kill" in history.words


async def test_told_to_stop_it_ends_cleanly(sqlite_url: str, tmp_path: Path) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack, process(environment(slack, sqlite_url, tmp_path), tmp_path) as running:
        await slack.connected(within=20)
        running.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(running.wait(), 15) == 0


async def test_over_http_it_tells_how_it_is_and_takes_only_signed_requests(sqlite_url: str, tmp_path: Path) -> None:
    await load(sqlite_url)
    port = free_port()
    async with open_workspace("http") as slack:
        settings = environment(
            slack,
            sqlite_url,
            tmp_path,
            SLACK_APP_TOKEN="",
            SLACK_SIGNING_SECRET=slack.signing_secret,
            PORT=str(port),
        )
        async with process(settings, tmp_path), aiohttp.ClientSession(f"http://127.0.0.1:{port}") as web:
            await _until_it_listens(web)
            async with web.get("/readyz") as ready:
                assert (ready.status, await ready.json()) == (200, {"status": "ready", "database": True})
            async with web.post("/slack/events", data="command=%2Fplan&text=values") as unsigned:
                assert unsigned.status == 401
            await slack.deliver_over_http(f"http://127.0.0.1:{port}/slack/events")
            assert "Humility" in (await slack.member("Dana").types("/plan what are our values")).text


async def _until_it_listens(web: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                async with web.get("/healthz") as alive:
                    assert alive.status == 200
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)


async def test_a_missing_setting_is_named_before_anything_starts(sqlite_url: str, tmp_path: Path) -> None:
    async with open_workspace() as slack:
        code, said = await output_of(environment(slack, sqlite_url, tmp_path, SLACK_BOT_TOKEN=""), tmp_path, "serve")
    assert code == 1
    assert said.startswith("planbot: SLACK_BOT_TOKEN is missing")
    assert "Traceback" not in said


async def test_a_token_that_slack_does_not_take_is_told_so_and_not_shown(sqlite_url: str, tmp_path: Path) -> None:
    async with open_workspace() as slack:
        settings = environment(slack, sqlite_url, tmp_path, SLACK_BOT_TOKEN="xoxb-wrong-12345")
        code, said = await output_of(settings, tmp_path, "serve")
    assert code == 1
    assert "SLACK_BOT_TOKEN (invalid_auth)" in said
    assert "wrong-12345" not in said


async def test_told_to_stop_while_slack_is_away_it_ends_at_once(sqlite_url: str, tmp_path: Path) -> None:
    async with open_workspace() as slack:
        slack.faults.down()
        async with process(environment(slack, sqlite_url, tmp_path), tmp_path) as running:
            await slack.next_call("auth.test", within=20)
            running.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(running.wait(), 5) == 0


async def test_slack_in_trouble_is_not_blamed_on_the_token(sqlite_url: str, tmp_path: Path) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        slack.faults.fail("auth.test", "internal_error")
        async with process(environment(slack, sqlite_url, tmp_path), tmp_path):
            await slack.connected(within=20)
        slack.faults.http_error("auth.test", 500)
        _, said = await output_of(environment(slack, sqlite_url, tmp_path), tmp_path, "doctor")
        assert "BAD  bot token: Slack is in trouble (HTTP 500)" in said


async def test_an_older_schema_on_a_server_is_refused_with_what_to_run(server_url: str, tmp_path: Path) -> None:
    async with open_workspace() as slack:
        code, said = await output_of(environment(slack, server_url, tmp_path), tmp_path, "serve")
        assert code == 1
        assert "planbot db upgrade" in said
        upgraded, _ = await output_of(environment(slack, server_url, tmp_path), tmp_path, "db", "upgrade")
        assert upgraded == 0


async def test_the_embedded_record_is_made_and_upgraded_by_itself(tmp_path: Path) -> None:
    async with open_workspace() as slack:
        settings = environment(slack, "", tmp_path)
        async with process(settings, tmp_path):
            await slack.connected(within=20)
            dana = slack.member("Dana")
            dana.says(dana.dm, "what are our values")
            assert "no plan here yet" in (await dana.dm.next_message()).text
    assert (tmp_path / "planbot.db").exists()


async def test_the_doctor_finds_all_well(sqlite_url: str, tmp_path: Path) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack:
        settings = environment(slack, sqlite_url, tmp_path, PLANBOT_ADMINS="U0ADMIN")
        code, said = await output_of(settings, tmp_path, "doctor")
    assert code == 0, said
    for checked in ("settings", "bot token", "scopes", "app token", "database", "schema", "plan"):
        assert f"ok   {checked}: " in said


async def test_the_doctor_says_how_to_mend_what_is_not(sqlite_url: str, tmp_path: Path) -> None:
    async with open_workspace() as slack:
        settings = environment(slack, sqlite_url, tmp_path, SLACK_APP_TOKEN="xapp-wrong")
        code, said = await output_of(settings, tmp_path, "doctor")
    assert code == 1
    assert "BAD  app token: Slack does not take SLACK_APP_TOKEN (invalid_auth)" in said
    assert "BAD  plan: none is loaded" in said
    assert "planbot plan import FILE" in said
    assert "PLANBOT_ADMINS" in said
