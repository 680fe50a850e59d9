"""Whose the e-mail addresses are by which a plan names its owners, as Slack said."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.responsibility_tables import KnownAddress
from store.rows import insert_all, rows_of, take_turn
from store.tables import EntryRow, OwnerRow, PlanRow


async def known_addresses(session: AsyncSession, workspace: int) -> dict[str, str]:
    """By address in lower case, the user id of the person whose it is; without those whom Slack does not know."""
    rows = await rows_of(session, KnownAddress, col(KnownAddress.workspace_id) == workspace)
    return {row.email: row.user_id for row in rows if row.user_id}


async def unknown_addresses(session: AsyncSession, workspace: int) -> frozenset[str]:
    """The addresses, in lower case, that Slack said are nobody's."""
    rows = await rows_of(session, KnownAddress, col(KnownAddress.workspace_id) == workspace)
    return frozenset(row.email for row in rows if row.user_id is None)


async def is_owners_address(session: AsyncSession, workspace: int, email: str) -> bool:
    """Whether the active plan names an owner by that address."""
    return email.casefold() in await _owners_addresses(session, workspace)


async def addresses_of(session: AsyncSession, workspace: int, user: str) -> frozenset[str]:
    """The addresses that are known to be a person's, in lower case."""
    of_user = col(KnownAddress.workspace_id) == workspace, col(KnownAddress.user_id) == user
    return frozenset(row.email for row in await rows_of(session, KnownAddress, *of_user))


async def addresses_to_ask(session: AsyncSession, workspace: int, unknown_since: datetime) -> list[str]:
    """The addresses of the active plan's owners that nobody asked Slack about, in lower case, sorted.

    So are those whom Slack did not know when it was asked before `unknown_since`.
    """
    named = await _owners_addresses(session, workspace)
    rows = await rows_of(session, KnownAddress, col(KnownAddress.workspace_id) == workspace)
    asked = {row.email for row in rows if row.user_id or row.asked_at >= unknown_since}
    return sorted(named - asked)


async def remember_addresses(
    session: AsyncSession, workspace: int, found: Iterable[tuple[str, str | None]], now: datetime
) -> None:
    """Remember whose addresses are, None for nobody's.

    Whose address was known once keeps it: Slack does not find people by address who have left.
    """
    await take_turn(session, workspace)
    of_workspace = col(KnownAddress.workspace_id) == workspace
    known = {row.email: row.user_id for row in await rows_of(session, KnownAddress, of_workspace)}
    for email, user in found:
        if user is None and known.get(email.casefold()):
            continue
        values = {"user_id": user, "asked_at": now}
        if email.casefold() in known:
            same = of_workspace, col(KnownAddress.email) == email.casefold()
            await session.exec(update(KnownAddress).where(*same).values(**values))
        else:
            await insert_all(session, KnownAddress, [{"workspace_id": workspace, "email": email.casefold(), **values}])
        known[email.casefold()] = user


async def _owners_addresses(session: AsyncSession, workspace: int) -> set[str]:
    owners = (
        select(OwnerRow.ref)
        .join(EntryRow, col(EntryRow.id) == col(OwnerRow.entry_id))
        .join(PlanRow, col(PlanRow.id) == col(EntryRow.plan_id))
        .where(col(PlanRow.workspace_id) == workspace, col(PlanRow.is_active), col(EntryRow.archived_at).is_(None))
        .where(col(OwnerRow.ref).contains("@"))
        .distinct()
    )
    return {ref.casefold() for ref in (await session.exec(owners)).all()}
