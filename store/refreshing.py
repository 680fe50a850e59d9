"""A plan brought up to date with what was reported since it was read: only what was reported on is read again."""

from collections.abc import Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from store.errors import NoActivePlan
from store.loading import action, indicator, with_people
from store.plan import Action, Indicator, Objective, Plan, Priority
from store.plans import PlanStamp
from store.recorded import entries_of, plan_row
from store.tables import MeasurementRow, ProgressUpdate


async def refreshed(
    session: AsyncSession, workspace: int, plan: Plan, since: PlanStamp, *, people: Mapping[str, str]
) -> Plan:
    """The active plan as `load_plan` would read it, if nothing but reports came since `plan` was read at `since`.

    Raises NoActivePlan.
    """
    row = await plan_row(session, workspace, None)
    if row is None:
        raise NoActivePlan
    reported = await _reported_on(session, workspace, since)
    recorded = await entries_of(session, row, archived=False, history=False, only=reported)
    entries = with_people(recorded, people).entries.values()
    actions = {one.row.key: action(one, plan.about.zone, False) for one in entries if one.action}
    indicators = {one.row.key: indicator(one) for one in entries if one.indicator}
    return _with(plan, actions, indicators)


async def _reported_on(session: AsyncSession, workspace: int, since: PlanStamp) -> set[int]:
    of_actions = select(ProgressUpdate.entry_id).where(
        col(ProgressUpdate.workspace_id) == workspace, col(ProgressUpdate.id) > since.last_update_id
    )
    of_indicators = select(MeasurementRow.entry_id).where(
        col(MeasurementRow.workspace_id) == workspace, col(MeasurementRow.id) > since.last_measurement_id
    )
    return {*(await session.exec(of_actions.distinct())).all(), *(await session.exec(of_indicators.distinct())).all()}


def _with(plan: Plan, actions: Mapping[str, Action], indicators: Mapping[str, Indicator]) -> Plan:
    """The plan with other actions and indicators in the place of those with the same keys."""

    def objective(one: Objective) -> Objective:
        new_actions = tuple(actions.get(each.key, each) for each in one.actions)
        new_indicators = tuple(indicators.get(each.key, each) for each in one.indicators)
        return one.model_copy(update={"actions": new_actions, "indicators": new_indicators})

    def priority(one: Priority) -> Priority:
        return one.model_copy(update={"objectives": tuple(map(objective, one.objectives))})

    # Made anew, not copied: a copy would keep what the plan has worked out about its old entries.
    return Plan(
        about=plan.about,
        vision=plan.vision,
        mission=plan.mission,
        values=plan.values,
        priorities=tuple(map(priority, plan.priorities)),
        background=plan.background,
    )
