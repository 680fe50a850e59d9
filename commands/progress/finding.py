"""Which action is meant by what a member typed: its key, loosely written, or a piece of its title, even misspelt."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from commands.mistakes import SeveralActions, UnknownAction
from store.plan import Action

SURE = 80
"""RapidFuzz score (0 to 100) from which a piece of a title names an action."""
CLEAR = 8
"""Points by which the best action must lead the next one, else both may be meant."""
NEAR = 45
"""Score from which an action is worth offering to a member whose words named none."""
OFFERED = 5


def plain_key(key: str) -> str:
    """A key without what people leave out: case, signs, zeros before a number (`A-01`, `a1` and `A 1` are one)."""
    letters_and_numbers = re.findall(r"[^\W\d_]+|\d+", key.casefold())
    return "".join(part.lstrip("0") or "0" if part.isdigit() else part for part in letters_and_numbers)


def by_key(typed: str, actions: Sequence[Action]) -> Action | None:
    """The action whose key was typed, however loosely; None if none or more than one fits."""
    exact = [action for action in actions if action.key.casefold() == typed.casefold()]
    loose = exact or [action for action in actions if plain_key(action.key) == plain_key(typed)]
    return loose[0] if len(loose) == 1 else None


def find_action(typed: str, actions: Sequence[Action], own: frozenset[str] = frozenset()) -> Action:
    """The action meant by `typed`; of two that fit alike, the one whose key is in `own`.

    Raises SeveralActions if more than one may be meant and UnknownAction if none is, each with the likeliest.
    """
    named = by_key(typed, actions)
    if named:
        return named
    ranked = _ranked(typed, actions)
    sure = [(action, score) for action, score in ranked if score >= SURE]
    close = [action for action, score in sure if score > sure[0][1] - CLEAR]
    mine = [action for action in close if action.key in own]
    if len(close) == 1 or len(mine) == 1:
        return (mine or close)[0]
    if close:
        raise SeveralActions(typed, tuple(mine or close)[:OFFERED])
    raise UnknownAction(typed, tuple(action for action, score in ranked if score >= NEAR)[:OFFERED])


def _ranked(typed: str, actions: Sequence[Action]) -> list[tuple[Action, float]]:
    names = [(action, name) for action in actions for name in (action.title, action.key, *action.aliases)]
    found = process.extract(
        typed, [name for _, name in names], scorer=_likeness, processor=utils.default_process, limit=None
    )
    best: dict[str, tuple[Action, float]] = {}
    for _, score, at in found:
        best.setdefault(names[at][0].key, (names[at][0], score))
    return list(best.values())


def _likeness(typed: str, name: str, *, score_cutoff: float | None = None) -> float:
    """How well every typed word is found among the name's words, 0 to 100, the longer words counting more."""
    words, of_name = typed.split(), name.split()
    if not words or not of_name:
        return 0.0
    # The best partner of each word: a piece of a title is a subset of it, so what the title has besides is no flaw.
    met = [(len(word), max(fuzz.ratio(word, other) for other in of_name)) for word in words]
    score = sum(size * likeness for size, likeness in met) / sum(size for size, _ in met)
    # An exactly typed whole title leads over one that merely contains it.
    score = 0.97 * score + 0.03 * fuzz.ratio(typed, name)
    return score if score_cutoff is None or score >= score_cutoff else 0.0
