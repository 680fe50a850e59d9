"""Writing what actions and indicators have besides their entries, when a plan file is imported."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from store.columns import Row
from store.comparing import Pair
from store.plan import Action, Figure, Indicator, Milestone
from store.recorded import RecordedEntry
from store.rows import chunks, insert_all, update_each
from store.tables import ActionRow, IndicatorRow, MilestoneRow, OwnerRow, PlanRow

Values = dict[str, Any]


async def write_details(
    session: AsyncSession, plan: PlanRow, pairs: Sequence[Pair], identities: Mapping[str, int]
) -> None:
    """Write the entries' details where they differ from what is recorded. `identities` are ids by folded key."""
    work = _Work(plan.workspace_id)
    for pair in pairs:
        work.take(pair, identities[pair.node.key.casefold()])
    for table in (OwnerRow, MilestoneRow):
        for ids in chunks(work.emptied[table]):
            await session.exec(delete(table).where(col(table.entry_id).in_(ids)))
    for new_of, rows in work.new.items():
        await insert_all(session, new_of, rows)
    for changed_of, rows in work.changed.items():
        await update_each(session, changed_of, rows)


class _Work:
    """The rows to be written, by table."""

    def __init__(self, workspace: int) -> None:
        self._workspace = workspace
        self.emptied: dict[type[Row], list[int]] = defaultdict(list)
        """The entries whose rows make room for new ones."""
        self.new: dict[type[Row], list[Values]] = defaultdict(list)
        self.changed: dict[type[Row], list[Values]] = defaultdict(list)

    def take(self, pair: Pair, entry: int) -> None:
        """Note what has to be written for one entry."""
        recorded = pair.recorded
        owners, milestones = _people_and_steps(pair)
        self._replace(OwnerRow, entry, recorded.owners if recorded else (), owners, _owner)
        steps = tuple(_stated(row) for row in recorded.milestones) if recorded else ()
        self._replace(MilestoneRow, entry, steps, _steps(milestones, recorded), lambda values: values)
        if isinstance(pair.node.entry, Action):
            self._write(ActionRow, entry, recorded.action if recorded else None, _action(pair.node.entry))
        if isinstance(pair.node.entry, Indicator):
            self._write(IndicatorRow, entry, recorded.indicator if recorded else None, _indicator(pair.node.entry))

    def _replace(self, table: type[Row], entry: int, old: tuple[Any, ...], new: tuple[Any, ...], values: Any) -> None:
        if old == new:
            return
        if old:
            self.emptied[table].append(entry)
        self.new[table] += [
            {"entry_id": entry, "position": place, "workspace_id": self._workspace, **values(one)}
            for place, one in enumerate(new)
        ]

    def _write(self, table: type[Row], entry: int, row: Row | None, values: Values) -> None:
        if row is None:
            self.new[table].append({"entry_id": entry, "workspace_id": self._workspace, **values})
        elif any(getattr(row, name) != value for name, value in values.items()):
            self.changed[table].append({"entry_id": entry, **values})


def _people_and_steps(pair: Pair) -> tuple[tuple[str, ...], tuple[Milestone, ...]]:
    match pair.node.entry:
        case Action(owners=owners, milestones=milestones):
            return owners, milestones
        case Indicator(owners=owners):
            return owners, ()
        case _:
            return (), ()


def _owner(ref: str) -> Values:
    return {"ref": ref}


def _stated(row: MilestoneRow) -> Values:
    return {"title": row.title, "due": row.due, "done": row.done, "stated_over_id": row.stated_over_id}


def _steps(milestones: Sequence[Milestone], recorded: RecordedEntry | None) -> tuple[Values, ...]:
    """The file's milestones; one that it states otherwise than before holds over all that was reported so far."""
    known = {row.title.casefold(): row for row in recorded.milestones} if recorded else {}
    last = max((one.update_id for one in recorded.reports), default=None) if recorded else None
    steps = []
    for step in milestones:
        row = known.get(step.title.casefold())
        over = row.stated_over_id if row and row.done == step.done else last
        steps.append({"title": step.title, "due": step.due, "done": step.done, "stated_over_id": over})
    return tuple(steps)


def _action(action: Action) -> Values:
    return {"department": action.department, "start": action.start, "due": action.due}


def _indicator(indicator: Indicator) -> Values:
    return {
        "nature": indicator.nature.value,
        "unit": indicator.unit,
        "better": indicator.better.value if indicator.better else None,
        **figure_columns("baseline", indicator.baseline),
        **figure_columns("target", indicator.target),
    }


def figure_columns(name: str, figure: Figure | None) -> Values:
    """The columns of an indicator's figure called `name`."""
    value = figure.value if figure else None
    return {
        f"{name}_number": value if isinstance(value, float) else None,
        f"{name}_text": value if isinstance(value, str) else None,
        f"{name}_date": figure.date if figure else None,
    }
