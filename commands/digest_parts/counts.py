"""How many actions stand how, against the digests before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from commands.standing import is_spoken_for
from store.plan import Action, Status

NO_WORD = "no-word"
"""Under which those are counted of which nobody has said how they stand."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """How the actions stood when an earlier digest was posted."""

    on: date
    """In the plan's zone."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """By status, and `NO_WORD`."""


def counted(actions: Sequence[Action]) -> dict[str, int]:
    """How many have each status that somebody said, in the order of `Status`; then those without a word."""
    tally = Counter(action.standing.value if is_spoken_for(action) else NO_WORD for action in actions)
    return {name: tally[name] for name in (*(status.value for status in Status), NO_WORD) if tally[name]}


def changes(now: Mapping[str, int], before: Earlier) -> dict[str, int]:
    """By status, how many more or fewer there are than before; those that stayed as many are left out."""
    names = (*(status.value for status in Status), NO_WORD)
    found = {name: now.get(name, 0) - before.counts.get(name, 0) for name in names}
    return {name: change for name, change in found.items() if change}
