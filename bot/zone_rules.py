"""Sets the runs of digests right when the process starts, which is when it may have got other rules of time zones."""

import logging
from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

from bot.service import Service
from commands.zone_rules import mended_next_run
from store.subscriptions import Subscription, advance, subscriptions

log = logging.getLogger(__name__)


async def set_right(service: Service) -> None:
    """Move the runs that are not due yet to when their zones' rules of now put them; several replicas may try.

    Raises nothing: digests go out at the time on the record where that cannot be read or written.
    """
    now = datetime.now(UTC)
    try:
        async with service.database.reading() as session:
            found = await subscriptions(session, service.workspace)
        wanted = [(one, run) for one in found if (run := _mended(one, now))]
        if wanted:
            await _move(service, wanted)
    except Exception:
        log.exception("runs not compared with the zones' rules")


def _mended(one: Subscription, now: datetime) -> datetime | None:
    try:
        return mended_next_run(one, now)
    except (ZoneInfoNotFoundError, ValueError):  # of a zone that another machine knew
        log.warning("zone not known", extra={"subscription": one.id, "zone": one.timezone})
        return None


async def _move(service: Service, wanted: list[tuple[Subscription, datetime]]) -> None:
    async with service.database.sessions.begin() as session:
        moved = [(one, run) for one, run in wanted if await advance(session, one.id, one.next_run_at, run)]
    for one, run in moved:
        log.warning(
            "run moved by its zone's rules",
            extra={
                "subscription": one.id,
                "zone": one.timezone,
                "was": one.next_run_at.isoformat(),
                "next_run_at": run.isoformat(),
            },
        )
