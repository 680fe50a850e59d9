"""`planbot digest` in tests: what it prints, and subscriptions and deliveries to print."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from typer.testing import CliRunner, Result

from bot.cli.app import app
from store.database import Database
from store.digests import claim, mark_posted
from store.subscriptions import NewSubscription, subscribe, subscriptions
from store.workspaces import default

T = TypeVar("T")
TUESDAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""Nine o'clock in Toronto, the day before."""
WEEK = timedelta(days=7)
TOKENS = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL")


def planbot(url: str, *arguments: object, **settings: str) -> Result:
    """What the command prints and ends with."""
    environment = {"DATABASE_URL": url, **dict.fromkeys(TOKENS), **settings}
    return CliRunner().invoke(app, ["digest", *(str(one) for one in arguments)], env=environment)


def subscribed(url: str, channel: str = "C1", **changed: Any) -> int:
    """A subscription for Mondays at nine in Toronto, next due on 30 November; its number."""
    wanted = {
        "channel_id": channel,
        "created_by": "U02CARTER",
        "created_at": MONDAY - 3 * WEEK,
        "weekday": 0,
        "hour": 9,
        "minute": 0,
        "timezone": "America/Toronto",
        "next_run_at": MONDAY + WEEK,
        **changed,
    }

    async def keep(database: Database) -> int:
        async with database.sessions.begin() as session:
            return (await subscribe(session, await default(session), NewSubscription(**wanted))).id

    return written(url, keep)


def written(url: str, write: Callable[[Database], Awaitable[T]]) -> T:
    """What `write` makes of the database, in an event loop of its own."""

    async def run() -> T:
        database = Database.at(url)
        try:
            return await write(database)
        finally:
            await database.close()

    return asyncio.run(run())


def claimed(url: str, number: int, run: datetime, at: datetime, posted_at: datetime | None = None) -> None:
    """Claim a run of a subscription at a moment, and post it."""

    async def write(database: Database) -> None:
        async with database.sessions.begin() as session:
            (of,) = [one for one in await subscriptions(session, await default(session)) if one.id == number]
            delivery = await claim(session, number, of.next_run_at, MONDAY + WEEK, "plan-1:7", at, run=run)
            assert delivery is not None
            if posted_at:
                await mark_posted(session, delivery.id, of.channel_id, "1795442405.000100", posted_at)

    written(url, write)
