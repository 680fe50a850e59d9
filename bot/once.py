"""What is done once, however often Slack or a person asks for it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.service import Service
from store.handled import first_time, forget


async def once(service: Service, key: str, deed: Callable[[], Awaitable[None]]) -> None:
    """Do what `key` stands for, if it was not done; what it raised leaves it to be done again."""
    async with service.database.sessions.begin() as session:
        if not await first_time(session, service.workspace, key, datetime.now(UTC)):
            return
    try:
        await deed()
    except Exception:
        async with service.database.sessions.begin() as session:
            await forget(session, service.workspace, key)
        raise
