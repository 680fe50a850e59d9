"""Milestones as progress updates report them: done, or not done after all. Append-only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from store.errors import NoSuchEntry
from store.recorded import milestones_now, reports_of
from store.rows import chunks, insert_all, rows_of
from store.tables import MilestoneReport, MilestoneRow


@dataclass(frozen=True, slots=True)
class Reached:
    """What somebody says of a milestone."""

    title: str
    """The milestone's, in any case of letters."""
    done: bool = True


@dataclass(frozen=True, slots=True)
class ReachedBefore:
    """What was said of a milestone, on the record."""

    title: str
    done: bool
    done_before: bool


async def write_reports(
    session: AsyncSession, workspace: int, entry: int, update: int, said: Sequence[Reached]
) -> None:
    """Record what the progress update `update` says of the milestones of its action. Raises NoSuchEntry."""
    if not said:
        return
    steps = await rows_of(session, MilestoneRow, col(MilestoneRow.entry_id) == entry)
    reports = await reports_of(session, col(MilestoneReport.entry_id) == entry)
    before = dict(zip((step.title.casefold() for step in steps), milestones_now(steps, reports), strict=True))
    title_of = {step.title.casefold(): step.title for step in steps}
    wanted = {one.title.casefold(): one for one in said}
    for folded, one in wanted.items():
        if folded not in before:
            raise NoSuchEntry(one.title)
    head = {"workspace_id": workspace, "entry_id": entry, "update_id": update}
    rows = [
        {**head, "title": title_of[folded], "done": one.done, "done_before": before[folded]}
        for folded, one in wanted.items()
    ]
    await insert_all(session, MilestoneReport, rows)


async def reports_by_update(session: AsyncSession, updates: Iterable[int]) -> dict[int, tuple[ReachedBefore, ...]]:
    """What each of `updates` says of milestones, those that were taken back included."""
    found: dict[int, tuple[ReachedBefore, ...]] = defaultdict(tuple)
    for ids in chunks(updates):
        of_updates = col(MilestoneReport.update_id).in_(ids)
        for row in await rows_of(session, MilestoneReport, of_updates, order=[col(MilestoneReport.id)]):
            found[row.update_id] += (ReachedBefore(row.title, row.done, row.done_before),)
    return found
