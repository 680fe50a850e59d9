"""The plan at a glance, for the App Home."""

from bot.wording.dates import period
from bot.wording.kinds import counted
from bot.wording.rolled_up import aged_standing_words
from bot.wording.status import PLAN
from bot.wording.voice import Teller
from commands.standing import standing
from store.plan import About, Kind, Plan


def plan_line(about: About, tell: Teller) -> str:
    """Whose plan it is, for which years, in force or not."""
    years = [period(about.period.start, about.period.end)] if about.period else []
    return " · ".join([tell.plain(about.organization), *years, PLAN[about.status]])


def overview_lines(plan: Plan, tell: Teller) -> tuple[str, ...]:
    """The vision and the mission word for word, the values, and each priority with how it stands."""
    said = ((label, part.statement) for label, part in (("Vision", plan.vision), ("Mission", plan.mission)) if part)
    lines = [f"{tell.strong(label)}\n{tell.voice.plain(statement)}" for label, statement in said]
    if plan.values:
        lines.append(f"{tell.strong('Values')}\n{', '.join(tell.plain(value.title) for value in plan.values)}")
    if plan.background and not plan.priorities:
        lines.append(f"{tell.strong('Background')}\n{', '.join(tell.plain(one.title) for one in plan.background)}")
    return (*lines, *(_priority(plan, priority.key, tell) for priority in plan.priorities))


def _priority(plan: Plan, key: str, tell: Teller) -> str:
    node = plan.nodes[key]
    held = [counted(Kind.OBJECTIVE, len(plan.below(key)))]
    if plan.actions(key):
        held.append(counted(Kind.ACTION, len(plan.actions(key))))
    lines = [f"{tell.strong(node.entry.title)}: {', '.join(held)}"]
    if plan.actions(key):
        lines.append(aged_standing_words(standing(plan, key, today=tell.today), tell.today))
    return "\n".join(lines)
