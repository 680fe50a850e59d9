"""What a report is asked about once before it is kept: it may be a slip, or say what does not belong on a record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from commands.guard import Flagged, Guard
from commands.progress.reading import Figures, Report
from commands.progress.recording import standing_after
from store.milestones import Reached
from store.plan import Action, Status
from store.standing import State
from store.updates import RecordedUpdate

ALL = 100


@dataclass(frozen=True, slots=True)
class PercentFalls:
    """Less is done than was before."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class OpenMilestones:
    """The action would be complete with steps that nobody has reported done."""

    titles: tuple[str, ...]
    """In the plan's order."""


@dataclass(frozen=True, slots=True)
class HundredNotComplete:
    """All would be done, and the action not complete."""

    status: Status
    """The one that it would have."""
    titles: tuple[str, ...]
    """The milestones that are open besides."""


Doubt = PercentFalls | OpenMilestones | HundredNotComplete | Flagged


class Choice(StrEnum):
    """What a person answers who was asked."""

    SAVE = "save"
    """Save it as it is."""
    COMPLETE = "complete"
    """The action is complete."""
    ALL_DONE = "all-done"
    """The open milestones are all done."""
    DROP = "drop"
    """Do not save it."""


def doubts(
    action: Action, report: Report, guard: Guard, *, replaced: RecordedUpdate | None = None
) -> tuple[Doubt, ...]:
    """What to ask about a report before it is kept; nothing of what stands like that already.

    `action` is as it stands; `replaced` the update in whose place the report comes, if it corrects one.
    """
    before, after = states(action, report, replaced)
    now = replaced.after if replaced else before
    still_open = _open(action, report, replaced)
    found: list[Doubt] = []
    if _falls(before, after) and after.percent != now.percent and not _is_overtaken(action, report, replaced):
        found.append(PercentFalls(before.percent or 0, after.percent or 0))
    if after.status is Status.COMPLETE and still_open and (now.status is not Status.COMPLETE or report.milestones):
        found.append(OpenMilestones(still_open))
    if _is_hundred_and_open(after) and not _is_hundred_and_open(now):
        found.append(HundredNotComplete(after.status or Status.NOT_STARTED, still_open))
    return (*found, *_flagged(guard, report.note, report.evidence))


def states(action: Action, report: Report, replaced: RecordedUpdate | None = None) -> tuple[State, State]:
    """How the action stands without the report, and how it would stand with it."""
    before = replaced.before if replaced else State(action.standing, action.progress)
    said = (report.status, report.percent) if replaced else standing_after(action, report)
    return before, State(*said).filled_from(before)


def doubts_of_figures(figures: Figures, guard: Guard) -> tuple[Flagged, ...]:
    """What to ask about a measurement before it is kept."""
    words = figures.value if isinstance(figures.value, str) else None
    return _flagged(guard, words, figures.note, figures.evidence)


def choices(asked: Sequence[Doubt]) -> tuple[Choice, ...]:
    """What there is to choose from besides editing, in the order in which it is offered."""
    more = [Choice.COMPLETE] if any(isinstance(one, HundredNotComplete) for one in asked) else []
    more += [Choice.ALL_DONE] if any(isinstance(one, OpenMilestones) for one in asked) else []
    return (Choice.SAVE, *more, Choice.DROP)


def settled(report: Report, asked: Sequence[Doubt], choice: Choice) -> Report:
    """The report as the person's choice makes it."""
    if choice is Choice.COMPLETE:
        return replace(report, status=Status.COMPLETE)
    if choice is Choice.ALL_DONE:
        titles = [title for one in asked if isinstance(one, OpenMilestones) for title in one.titles]
        folded = {title.casefold() for title in titles}
        others = tuple(one for one in report.milestones if one.title.casefold() not in folded)
        return replace(report, milestones=(*others, *(Reached(title) for title in titles)))
    return report


def _falls(before: State, after: State) -> bool:
    return (after.percent or 0) < (before.percent or 0)


def _is_overtaken(action: Action, report: Report, replaced: RecordedUpdate | None) -> bool:
    """Whether a later update stands over the report, which then changes nothing of how the action stands."""
    latest = action.latest if replaced is None else None
    return latest is not None and report.day is not None and report.day < latest.date


def _open(action: Action, report: Report, replaced: RecordedUpdate | None) -> tuple[str, ...]:
    done = {step.title.casefold(): step.done for step in action.milestones}
    if replaced and (report.milestones or report.is_whole):  # in the place of those that were told before
        done |= {one.title.casefold(): one.done_before for one in replaced.milestones}
    done |= {one.title.casefold(): one.done for one in report.milestones}
    return tuple(step.title for step in action.milestones if not done[step.title.casefold()])


def _is_hundred_and_open(state: State) -> bool:
    return state.percent == ALL and not (state.status or Status.NOT_STARTED).is_closed


def _flagged(guard: Guard, *words: str | None) -> tuple[Flagged, ...]:
    return tuple(dict.fromkeys(one for text in words if text for one in guard.flagged(text)))
