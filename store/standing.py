"""How an action stands: its latest progress update, or what its plan file states."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from store.plan import Status


@dataclass(frozen=True, slots=True)
class State:
    """How an action stands at one moment; None: nobody has said."""

    status: Status | None = None
    percent: int | None = None

    @property
    def is_silent(self) -> bool:
        """Whether neither is said."""
        return self.status is None and self.percent is None

    def filled_from(self, other: "State") -> "State":
        """This state, with what it does not say taken from `other`."""
        return State(
            other.status if self.status is None else self.status,
            other.percent if self.percent is None else self.percent,
        )


@dataclass(frozen=True, slots=True)
class Said:
    """A progress update, as far as it bears on how its action stands."""

    id: int
    as_of: date
    recorded_at: datetime
    state: State

    def rank(self, zone: ZoneInfo) -> tuple[date, datetime, int]:
        """Its place in the order of an action's updates, the oldest first.

        That of the day it speaks of; but one that was recorded ahead of its day counts from the day it was recorded,
        else nothing that an owner reports in the meantime would show.
        """
        return min(self.as_of, self.recorded_at.astimezone(zone).date()), self.recorded_at, self.id


@dataclass(frozen=True, slots=True)
class Stated:
    """What the plan file states about an action, and the last update that the file knew."""

    state: State = State()
    over_id: int | None = None

    def knows(self, update: Said) -> bool:
        """Whether the update was on the record when the file stated this."""
        return self.over_id is not None and update.id <= self.over_id

    def holds(self, updates: Sequence[Said]) -> bool:
        """Whether the action still stands as stated: no update has come since. `updates` are in order."""
        return not updates or updates[-1].id == self.over_id


def in_order(updates: Iterable[Said], zone: ZoneInfo) -> list[Said]:
    """The updates by rank, the oldest first."""
    return sorted(updates, key=lambda one: one.rank(zone))


def standing(updates: Sequence[Said], stated: Stated) -> State:
    """How an action stands after `updates` (in order, without the corrected ones) and what its file states.

    What the latest does not say (a plan file's own history may leave status or percentage out) is the one before's.
    """
    state = State()
    for said in _latest_first(updates, stated):
        state = state.filled_from(said)
    return state


def _latest_first(updates: Sequence[Said], stated: Stated) -> Iterator[State]:
    is_due = True
    for update in reversed(updates):
        if is_due and stated.knows(update):
            yield stated.state
            is_due = False
        yield update.state
    if is_due:
        yield stated.state


def states_before(updates: Sequence[Said]) -> dict[int, State]:
    """How the action stood before each of `updates` (in order), by the update's id."""
    before: dict[int, State] = {}
    state = State()
    for update in updates:
        before[update.id] = state
        state = update.state.filled_from(state)
    return before
