"""What a member reported, put on the record."""

from datetime import UTC, datetime

from bot.service import Service
from commands.progress.reading import Figures, Report
from commands.progress.recording import MeasurementReceipt, Receipt, record, record_figures
from store.updates import Via


async def keep(
    service: Service, said: Report | Figures, user: str, via: Via, key: str | None, corrects: int | None = None
) -> Receipt | MeasurementReceipt:
    """Record a report of the member `user`; raises what `record` and `record_figures` raise."""
    member, now = await service.people.member(user), datetime.now(UTC)
    async with service.writing() as (session, current):
        put, workspace, plan = session, service.workspace, current.plan
        if isinstance(said, Report):
            return await record(put, workspace, plan, said, by=member, via=via, key=key, now=now, corrects=corrects)
        return await record_figures(put, workspace, plan, said, by=member, via=via, key=key, now=now, corrects=corrects)
