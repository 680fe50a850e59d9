"""What a plan file brings to what was reported already: new updates and measurements, and what it states.

The record keeps everything. A file only adds: the updates and measurements of its own history that are not recorded
yet, and, where it states another status or percentage than before and neither the record nor its own last update
explains that, a progress update dated today, so that the change is told of.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from store.loading import measurement, milestones, update
from store.plan import Action, Indicator, Measurement, Milestone, Status, Update
from store.recorded import RecordedEntry, is_figure
from store.standing import Said, State, Stated, in_order, standing, states_before

T = TypeVar("T", Update, Measurement)


@dataclass(frozen=True, slots=True)
class Brought:
    """What an action in a plan file brings."""

    updates: tuple[Update, ...]
    """Its history, as far as it is new; oldest first."""
    states_before: tuple[State, ...]
    """How the action stood before each of them."""
    own: State | None
    """The state to be recorded as an update of today's."""
    today: date
    stated: State
    holds: bool
    """Whether the action stands as the file states until another update comes."""
    before: State
    after: State


def brought_by(action: Action, entry: RecordedEntry | None, zone: ZoneInfo, now: datetime) -> Brought:
    """What `action` brings to `entry`, or to a record that has no such entry or none with an action's row."""
    known = entry.said(zone) if entry else []
    stated = _stated(entry)
    before = standing(known, stated)
    new = _not_recorded(action.updates, (update(one) for one in entry.updates) if entry else ())
    new.sort(key=lambda one: one.date)
    said = _as_said(new, known, now)
    every = in_order((*known, *said), zone)
    befores = states_before(every)
    file = State(action.status, action.percent)
    is_new = entry is None or entry.action is None
    own = None if is_new else _own(file, stated.state, before, _last(action))
    holds = is_new or own is not None or _holds(file, stated, known, every)
    after = _after(every, own, file, stated, holds)
    return Brought(
        updates=tuple(new),
        states_before=tuple(befores[one.id] for one in said),
        own=own,
        today=now.astimezone(zone).date(),
        stated=file,
        holds=holds,
        before=before,
        after=after,
    )


def _stated(entry: RecordedEntry | None) -> Stated:
    if entry is None or entry.action is None:
        return Stated()
    row = entry.action
    status = Status(row.stated_status) if row.stated_status else None
    return Stated(State(status, row.stated_percent), row.stated_over_id)


def _as_said(updates: Sequence[Update], known: Sequence[Said], now: datetime) -> list[Said]:
    # Numbered as if they were recorded now; the numbers only order them.
    first = max((one.id for one in known), default=0) + 1
    return [Said(first + n, one.date, now, State(one.status, one.percent)) for n, one in enumerate(updates)]


def _last(action: Action) -> State:
    last = max(enumerate(action.updates), key=lambda one: (one[1].date, one[0]), default=None)
    return State(last[1].status, last[1].percent) if last else State()


def _own(file: State, stated: State, before: State, last: State) -> State | None:
    whole = file.filled_from(before)
    is_explained = file.is_silent or file == stated or whole == before
    is_told = not last.is_silent and whole == last.filled_from(before)
    return None if is_explained or is_told else whole


def _holds(file: State, stated: Stated, known: Sequence[Said], every: Sequence[Said]) -> bool:
    """Whether the action stands as the file states until another update comes.

    So it does if it stood as stated before. Else somebody has reported since, and only a file whose own history goes
    further than that, and which states something new, has the last word.
    """
    if stated.holds(known):
        return True
    goes_further = bool(every) and every[-1] not in known
    return goes_further and not file.is_silent and file != stated.state


def _after(every: Sequence[Said], own: State | None, file: State, stated: Stated, holds: bool) -> State:
    if own:
        return own
    over = every[-1].id if holds and every else stated.over_id
    return standing(every, Stated(file, over))


def _not_recorded(in_file: Iterable[T], recorded: Iterable[T]) -> list[T]:
    # Two that are alike in the file are two on the record.
    left = Counter(recorded)
    new = []
    for one in in_file:
        if left[one]:
            left[one] -= 1
        else:
            new.append(one)
    return new


def new_measurements(indicator: Indicator, entry: RecordedEntry | None) -> list[Measurement]:
    """The measurements in the file that are not recorded yet, in the file's order."""
    recorded = (measurement(one) for one in entry.measurements if is_figure(one)) if entry else ()
    return _not_recorded(indicator.measurements, recorded)


def milestones_after(action: Action, entry: RecordedEntry) -> tuple[Milestone, ...]:
    """The file's milestones as they stand once it is imported.

    What was reported of one holds, unless the file now states otherwise than it did before.
    """
    stated = {row.title.casefold(): row.done for row in entry.milestones}
    now = {one.title.casefold(): one.done for one in milestones(entry)}
    return tuple(
        step.model_copy(update={"done": now[step.title.casefold()]})
        if stated.get(step.title.casefold()) == step.done
        else step
        for step in action.milestones
    )
