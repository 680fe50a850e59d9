"""How the plan stands, in a digest: the roll-up with its age, counts, what changed since, the trend."""

from collections.abc import Sequence

from bot.wording.dates import day
from bot.wording.digest_voice import TITLE, Speaker
from bot.wording.rolled_up import old_words, standing_words
from bot.wording.status import NO_SIGN, NO_WORD, SIGNS, WORDS
from bot.wording.voice import numbered
from commands.digest import NO_WORD as UNSAID
from commands.digest import Digest, Earlier
from store.plan import Status

TREND_FROM = 3
"""Digests before this one from which on there is a trend."""
NAMES = {**{status.value: words for status, words in WORDS.items()}, UNSAID: NO_WORD}
"""What each status is called, and the lack of one."""
_SIGNS = {**{status.value: sign for status, sign in SIGNS.items()}, UNSAID: NO_SIGN}
_TRENDS = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.COMPLETE, Status.NOT_STARTED, UNSAID)
_BAR = 20
"""Characters of a bar of text."""
_STEPS = "▁▂▃▄▅▆▇█"


def standing_line(digest: Digest, speaker: Speaker) -> str:
    """`*The plan*: ■ off track, 48 % on average, but 3 of 5 updates are over 45 days old.`"""
    whose = speaker.tell.voice.strong(speaker.fitted(digest.scope or "The plan", TITLE))
    old = old_words(digest.standing)
    return f"{whose}: {standing_words(digest.standing)}{f', but {old}' if old else ''}."


def counts_words(digest: Digest) -> str:
    """`12 actions: 5 on track (+1), 2 at risk, none off track (−1)`; `1 action, off track`."""
    if not digest.actions:
        return "No actions."
    total = numbered(digest.actions, "action")
    if len(digest.tally) == 1 and not digest.changes:
        return f"{total}, {_said(*digest.tally)}.{_since_words(digest)}"
    found = [_count(name, digest) for name in NAMES if digest.tally.get(name) or name in digest.changes]
    return f"{total}: {', '.join(found)}.{_since_words(digest)}"


def bars(digest: Digest) -> tuple[str, ...]:
    """A line for each status: bar, number, name."""
    most = max(digest.tally.values(), default=1)
    wide = max((len(f"{number:,}") for number in digest.tally.values()), default=1)
    return tuple(
        f"{_bar(number, most)} {number:>{wide},} {_SIGNS[name]} {NAMES[name]}" for name, number in digest.tally.items()
    )


def trend(digest: Digest) -> tuple[Earlier, ...]:
    """The digests before and this one, one a day; nothing where they are too few to show a trend."""
    known = {one.on: one for one in digest.earlier if one.counts}
    last = digest.until.astimezone(digest.about.zone).date()
    known.pop(last, None)
    return (*known.values(), Earlier(last, digest.tally)) if len(known) >= TREND_FROM else ()


def trending(points: Sequence[Earlier]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """By status, its numbers at those points, the oldest first; what was always nought is left out."""
    found = ((name, tuple(point.counts.get(name, 0) for point in points)) for name in _TRENDS)
    return tuple((name, numbers) for name, numbers in found if any(numbers))


def trend_words(points: Sequence[Earlier]) -> str:
    """`Since 26 October 2026, digest by digest: at risk 1, 1, 2, 3.`; statuses that never changed are left out."""
    if not points:
        return ""
    moving = [f"{NAMES[name]} {', '.join(map(str, row))}" for name, row in trending(points) if len(set(row)) > 1]
    return f"{trend_title(points)}: {'; '.join(moving) or 'no count has changed'}."


def trend_title(points: Sequence[Earlier]) -> str:
    """`Since 26 October 2026, digest by digest`."""
    return f"Since {day(points[0].on)}, digest by digest"


def trend_lines(points: Sequence[Earlier]) -> tuple[str, ...]:
    """A line for each status that changed: its course, its numbers, its name."""
    rows = [(name, row) for name, row in trending(points) if len(set(row)) > 1]
    most = max((number for _, row in rows for number in row), default=1)
    wide = len(str(most))
    steps = ("".join(_step(number, most) for number in row) for _, row in rows)
    numbers = (" ".join(f"{number:>{wide}}" for number in row) for _, row in rows)
    return tuple(f"{a} {b} {NAMES[name]}" for a, b, (name, _) in zip(steps, numbers, rows, strict=True))


def _count(name: str, digest: Digest) -> str:
    number = digest.tally.get(name, 0)
    return f"{f'{number:,}' if number else 'none'} {_said(name)}{_change(name, digest)}"


def _said(name: str) -> str:
    return "without a word yet" if name == UNSAID else NAMES[name]


def _change(name: str, digest: Digest) -> str:
    change = digest.changes.get(name, 0)
    return f" ({'+' if change > 0 else '−'}{abs(change):,})" if change else ""


def _since_words(digest: Digest) -> str:
    before = digest.before
    if before is None or not before.counts:
        return ""
    if not digest.changes:
        return f" No count has changed since the last digest, of {day(before.on)}."
    return f" In brackets, the change since the last digest, of {day(before.on)}."


def _bar(number: int, most: int) -> str:
    return ("█" * max(1, round(_BAR * number / most))).ljust(_BAR)


def _step(number: int, most: int) -> str:
    return _STEPS[round((len(_STEPS) - 1) * number / most)] if number else " "
