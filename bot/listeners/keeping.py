"""The one door to the record: what somebody reported is kept and confirmed, or asked about first."""

from bot.blocks.doubts import question
from bot.blocks.receipts import receipt
from bot.service import Service
from bot.slack import Reply
from commands.progress.doubts import Doubt
from commands.progress.keeping import Asked, Draft
from commands.progress.keeping import doubts_about as doubts_found
from commands.progress.keeping import keep as put
from commands.progress.keeping import keep_or_ask as put_or_ask
from commands.progress.reading import Figures, Report
from commands.progress.recording import MeasurementReceipt, Receipt
from store.drafts import take_draft
from store.updates import Via


async def keep_or_ask(
    service: Service,
    said: Report | Figures,
    user: str,
    via: Via,
    key: str | None,
    reply: Reply,
    corrects: int | None = None,
    *,
    asks_always: bool = False,
) -> Receipt | MeasurementReceipt | None:
    """Record a report of the member `user` and confirm it; where there is a doubt, or always, ask once instead.

    What was recorded, or None where the person is asked: the report is then kept as a draft, and the buttons of the
    question do the rest. Raises what `record` and `record_figures` raise; nothing is kept then.
    """
    member, now = await service.people.member(user), service.now()
    draft = Draft(said, via, key, corrects)
    async with service.writing() as (session, current):
        workspace, plan = service.workspace, current.plan
        given = await put_or_ask(
            session, workspace, plan, draft, service.guard, by=member, now=now, asks_always=asks_always
        )
    if isinstance(given, Asked):
        await service.confirm(reply, question(given))
        return None
    await service.confirm(reply, receipt(given))
    return given


async def keep(
    service: Service,
    said: Report | Figures,
    user: str,
    via: Via,
    key: str | None,
    corrects: int | None = None,
    *,
    draft: str = "",
) -> Receipt | MeasurementReceipt:
    """Record a report of the member `user` without asking: its doubts were shown. Raises as `keep_or_ask`.

    It comes in the place of the draft with that token, which is forgotten.
    """
    member, now = await service.people.member(user), service.now()
    async with service.writing() as (session, current):
        if draft:
            await take_draft(session, service.workspace, member.id, draft)
        said_now = Draft(said, via, key, corrects)
        return await put(session, service.workspace, current.plan, said_now, by=member, now=now)


async def doubts_about(
    service: Service, said: Report | Figures, user: str, corrects: int | None = None
) -> tuple[Doubt, ...]:
    """What to show the member `user` above a form before it is kept; nothing is written. Raises as `keep_or_ask`."""
    member = await service.people.member(user)
    async with service.database.reading() as session:
        plan = (await service.shelf.current(session)).plan
        return await doubts_found(session, service.workspace, plan, said, service.guard, by=member, corrects=corrects)
