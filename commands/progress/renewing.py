"""That nothing has changed, where it stands in what was typed: "no change", "still true", "same as before"."""

import re

from rapidfuzz.distance import OSA

from commands.progress.statuses import is_closed

UNCHANGED = (
    *("no change", "no changes", "no change yet", "no changes yet", "no change at all", "no change since", "no update"),
    *("nothing changed", "nothing has changed", "nothing new", "nothing new yet", "nothing to report", "no news"),
    *("unchanged", "still unchanged", "still true", "still so", "still the same", "still correct", "still accurate"),
    *("still valid", "still holds", "all still true", "is still true", "same", "the same", "same as before"),
    *("same as last week", "same as last time", "same as last month", "the same as before", "as before", "as it was"),
    *("stays as it is", "has not changed", "hasn't changed", "not changed", "did not change", "didn't change"),
)
"""What people say when all is as it was."""
_PLAIN = {words.replace(" ", "").replace("'", ""): words for words in UNCHANGED}
_MOST_WORDS = max(len(words.split()) for words in UNCHANGED)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_JOINT = re.compile(r"[\s_-]+(?=[^\W_])")
_LOOK_ALIKE = re.compile(r"charge|chance")
"""Words that are a letter from these and mean something else."""
_ROUGH = 10
_SHORTEST = 6
"""Letters from which two slips, and one, are forgiven."""


def unchanged_at(text: str, at: int, stop: int, *, may_go_on: bool = False) -> int | None:
    """Where the words at `at` end that say that nothing has changed; None where none do, or where more follows.

    With `may_go_on` more may follow several words that are spelt right.
    """
    words: list[tuple[str, int]] = []
    found = _WORD.match(text, at, stop)
    while found and len(words) < _MOST_WORDS:
        words.append((found[0].casefold().replace("’", "").replace("'", ""), found.end()))
        joint = _JOINT.match(text, found.end(), stop)
        found = _WORD.match(text, joint.end(), stop) if joint else None
    for many in range(len(words), 0, -1):
        end, typed = words[many - 1][1], "".join(word for word, _ in words[:many])
        if (is_closed(text, end, stop) and _says_so(typed)) or (may_go_on and many > 1 and typed in _PLAIN):
            return end
    return None


def next_unchanged(text: str, start: int, stop: int) -> int | None:
    """Where the next such words begin."""
    starts = (word.start() for word in _WORD.finditer(text, start, stop))
    return next((at for at in starts if unchanged_at(text, at, stop) is not None), None)


def _says_so(typed: str) -> bool:
    if typed in _PLAIN:
        return True
    if len(typed) < _SHORTEST or _LOOK_ALIKE.search(typed) or any(char.isdigit() for char in typed):
        return False
    most = 2 if len(typed) >= _ROUGH else 1
    # What denies is typed as it is: a slip must not turn "changed" into its opposite.
    return any(
        OSA.distance(typed, known, score_cutoff=most) <= most and typed[:2] == known[:2] and len(known) >= _SHORTEST
        for known in _PLAIN
    )
