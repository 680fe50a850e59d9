"""What somebody typed, kept until the button that stands for it is pressed, at most for two days."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.tables import Draft

KEPT_FOR = timedelta(days=2)
"""Slack lets go of a message that only one person sees long before that."""


async def keep_draft(session: AsyncSession, workspace: int, author: str, words: str, now: datetime) -> str:
    """Keep what `author`, a user id, typed; the draft's token. Drafts of more than two days ago are forgotten."""
    await forget_drafts(session, now)
    token = secrets.token_hex(8)
    session.add(Draft(token=token, workspace_id=workspace, author=author, words=words.replace("\x00", ""), kept_at=now))
    await session.flush()
    return token


async def draft_of(session: AsyncSession, workspace: int, author: str, token: str) -> str | None:
    """What `author` typed, by the draft's token; None where it is forgotten or is somebody else's."""
    wanted = col(Draft.token) == token, col(Draft.workspace_id) == workspace, col(Draft.author) == author
    return (await session.exec(select(Draft.words).where(*wanted))).first()


async def take_draft(session: AsyncSession, workspace: int, author: str, token: str) -> str | None:
    """As `draft_of`, and it is forgotten; of several transactions that take it at once, one is given it."""
    wanted = col(Draft.token) == token, col(Draft.workspace_id) == workspace, col(Draft.author) == author
    return (await session.exec(delete(Draft).where(*wanted).returning(col(Draft.words)))).scalar_one_or_none()


async def forget_drafts(session: AsyncSession, now: datetime) -> int:
    """Forget what was typed more than two days ago, of every workspace; returns how many drafts that were."""
    forgotten = await session.exec(delete(Draft).where(col(Draft.kept_at) < now - KEPT_FOR))
    return forgotten.rowcount
