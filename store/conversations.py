"""What was last answered in each thread and direct message, for a while."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from store.rows import rows_of
from store.tables import Conversation


@dataclass(frozen=True, slots=True)
class LastAnswered:
    """The subject and facet that were answered, and the keys that were shown in a list."""

    subject: str | None
    facet: str | None
    listed: tuple[str, ...] = ()


async def last_answered(session: AsyncSession, workspace: int, place: str, since: datetime) -> LastAnswered | None:
    """What was answered in a place last, if that was not before `since`."""
    rows = await rows_of(
        session,
        Conversation,
        col(Conversation.workspace_id) == workspace,
        col(Conversation.place) == place,
        col(Conversation.answered_at) >= since,
    )
    return LastAnswered(rows[0].subject, rows[0].facet, tuple(rows[0].listed)) if rows else None


async def remember(
    session: AsyncSession, workspace: int, place: str, answered: LastAnswered, *, now: datetime, until: datetime
) -> None:
    """Note what was answered in a place, instead of what was before; and forget all from before `until`."""
    this = (col(Conversation.workspace_id) == workspace) & (col(Conversation.place) == place)
    await session.exec(delete(Conversation).where(this | (col(Conversation.answered_at) < until)))
    session.add(
        Conversation(
            workspace_id=workspace,
            place=place,
            subject=answered.subject,
            facet=answered.facet,
            listed=list(answered.listed),
            answered_at=now,
        )
    )
