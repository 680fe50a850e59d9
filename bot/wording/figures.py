"""An indicator's figures: target, latest, baseline."""

from bot.wording.dates import day, from_today
from bot.wording.kinds import counted, place
from bot.wording.listing import DETAILED, MORE, listing, part
from bot.wording.status import COURSES
from bot.wording.voice import Passage, Role, Teller, cut_words, sentence
from commands.ask.facts import Target, Targets
from store.plan import Better, Figure, Kind

BRIEF = 100
"""Characters of a figure in words that a list shows."""
_DIRECTIONS = {Better.LOWER: "lower is better", Better.HIGHER: "higher is better"}


def number(value: float) -> str:
    """`1,120`, `54.1`: as many decimals as it was given."""
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,}"


def amount(figure: Figure, unit: str | None, tell: Teller, most: int = 240) -> str:
    """`45 collisions per year`, `75 %`; words in quotation marks."""
    if isinstance(figure.value, str):
        return f"“{tell.plain(figure.value, most)}”{cut_words(figure.value, most)}"
    if not unit:
        return number(figure.value)
    return f"{number(figure.value)} {'%' if unit.casefold() in ('percent', 'per cent', '%') else tell.plain(unit, 60)}"


def target_passages(target: Target, tell: Teller) -> tuple[Passage, ...]:
    """What the indicator is to reach, where it is, where it began."""
    lines = [_aim(target, tell), _latest(target, tell)]
    if target.baseline:
        baseline = amount(target.baseline, target.unit, tell)
        lines.append(f"Baseline: {baseline} on {day(target.baseline.date)}.")
    if target.owners:
        lines.append(f"Reported by {tell.people(target.owners)}.")
    passages = [Passage(Role.BODY, tuple(lines))]
    if target.latest and target.latest.note:
        passages.append(Passage(Role.QUOTE, (f"“{target.latest.note}”",)))
    return tuple(passages)


def targets_passages(found: Targets, tell: Teller) -> tuple[Passage, ...]:
    """A line for each indicator."""
    lead = f"{sentence(counted(Kind.INDICATOR, len(found.targets)))} {place(found.of, tell)}:"
    lines = part(None, found.targets, lambda one: target_line(one, tell))
    return (Passage(Role.BODY, (lead,)), *listing([lines], most=DETAILED, more=MORE))


def target_line(target: Target, tell: Teller) -> str:
    """`Violent Crime Rate: 1,088 at last, target 980 by 31 December 2028, moving towards the target`."""
    parts = []
    if target.latest:
        parts.append(f"{amount(target.latest, target.unit, tell, BRIEF)} on {day(target.latest.date)}")
    if target.target:
        parts.append(f"target {amount(target.target, None, tell, BRIEF)} by {day(target.target.date)}")
    if target.course:
        parts.append(COURSES[target.course])
    return f"{tell.strong(target.of.title)}: {'; '.join(parts) or 'no figures yet'}"


def _aim(target: Target, tell: Teller) -> str:
    if target.target is None:
        return "Target: the plan sets none."
    direction = f" ({_DIRECTIONS[target.better]})" if target.better else ""
    return f"Target: {amount(target.target, target.unit, tell)} by {day(target.target.date)}{direction}."


def _latest(target: Target, tell: Teller) -> str:
    if target.latest is None:
        return "Latest: nothing measured yet."
    when = target.latest.date
    said = f"Latest: {amount(target.latest, target.unit, tell)} on {day(when)}, {from_today(when, tell.today)}."
    return f"{said} {sentence(COURSES[target.course])}." if target.course else said
