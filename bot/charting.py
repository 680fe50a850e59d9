"""Slack's own charts, where the workspace has them: those that do not are answered `invalid_blocks` (DESIGN)."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from slack_sdk.errors import SlackApiError

from bot.service import Service
from bot.slack import error_code
from store.workspaces import charts_refused_at, note_charts

log = logging.getLogger(__name__)

ASK_AGAIN = timedelta(days=30)
"""After how long a workspace that refused charts may have got them."""
_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "invalid_arguments"})

Done = TypeVar("Done")


class Charts:
    """Remembers whether the workspace takes charts, on the record."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def are_taken(self, now: datetime) -> bool:
        """Whether they are worth a try."""
        async with self._service.database.reading() as session:
            refused_at = await charts_refused_at(session, self._service.workspace)
        return refused_at is None or now - refused_at > ASK_AGAIN

    async def or_plain(self, show: Callable[[bool], Awaitable[Done]], now: datetime) -> tuple[Done, bool]:
        """What `show` gives with charts, else without; and whether it was with charts.

        Raises what `show` raises; refused without charts, too, it was not for them.
        """
        if not await self.are_taken(now):
            return await show(False), False
        try:
            return await show(True), True
        except SlackApiError as error:
            if error_code(error) not in _REFUSED:
                raise
        shown = await show(False)
        log.info("the workspace takes no charts")
        async with self._service.database.sessions.begin() as session:
            await note_charts(session, self._service.workspace, now)
        return shown, False
