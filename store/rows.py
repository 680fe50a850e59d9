"""Reading rows fast, and taking turns to write."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

import sqlalchemy
from sqlalchemy import insert, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.columns import Row
from store.tables import Workspace

R = TypeVar("R", bound=Row)
T = TypeVar("T")

CHUNK = 500
"""How many ids go into one statement; SQLite and PostgreSQL allow a limited number of parameters."""


async def rows_of(
    session: AsyncSession, table: type[R], *conditions: Any, order: Sequence[Any] = (), limit: int | None = None
) -> list[R]:
    """The rows of `table` that meet the conditions, at most `limit`, to be read only.

    They have the table's fields but are no objects of the session, which makes reading ten thousand of them
    several times faster.
    """
    columns = [getattr(table, name) for name in table.model_fields]
    statement = sqlalchemy.select(*columns).where(*conditions).order_by(*order).limit(limit)
    found = await session.exec(cast("Any", statement))
    return cast("list[R]", found.all())


async def take_turn(session: AsyncSession, workspace: int) -> None:
    """Wait until no other transaction writes the workspace's plans, and keep others waiting until this one ends.

    So nothing is reckoned from a state that another is about to change, and the ids of updates grow in the order
    in which they become visible. SQLite's transactions take turns by themselves.
    """
    # NO KEY: rows that merely refer to the workspace may be written meanwhile.
    await session.exec(select(Workspace.id).where(col(Workspace.id) == workspace).with_for_update(key_share=True))


async def insert_all(session: AsyncSession, table: type[Row], values: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with those values, in that order."""
    if values:
        await session.exec(insert(table), params=values)


async def update_each(session: AsyncSession, table: type[Row], values: Sequence[Mapping[str, Any]]) -> None:
    """Update the rows whose primary keys are among the values, each with its other values."""
    if values:
        await session.exec(update(table), params=values)


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists short enough for one statement."""
    listed = list(items)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]
