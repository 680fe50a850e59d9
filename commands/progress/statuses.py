"""A status in everyday words, misspelt too, where it stands in what was typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from commands.progress.mistakes import Offer, UnclearStatus
from store.plan import Status

STATUS_WORDS: dict[Status, tuple[str, ...]] = {
    Status.NOT_STARTED: (
        *("not started yet", "not started", "not yet started", "not begun", "not begun yet", "unstarted"),
        *("has not started", "hasn't started", "haven't started", "yet to start", "not underway", "to do", "todo"),
    ),
    Status.ON_TRACK: (
        *("back on track", "on track", "ontrack", "on schedule", "on time", "on plan", "on course", "as planned"),
        *("according to plan", "going well", "in progress", "under way", "underway", "ongoing", "started", "green"),
    ),
    Status.AT_RISK: (
        *("at risk", "atrisk", "at some risk", "slipping", "shaky", "in danger", "needs attention", "risky"),
        *("amber", "yellow"),
    ),
    Status.OFF_TRACK: (
        *("off track", "offtrack", "off schedule", "off course", "not on track", "not on schedule", "behind"),
        *("behind schedule", "running late", "running behind", "blocked", "stuck", "stalled", "delayed", "held up"),
        *("on hold", "in trouble", "late", "overdue", "red"),
    ),
    Status.COMPLETE: (
        *("completed", "complete", "finished", "all done", "done", "fully done", "wrapped up", "accomplished"),
        *("delivered", "closed"),
    ),
    Status.CANCELLED: (
        *("cancelled", "canceled", "called off", "dropped", "abandoned", "scrapped", "discontinued", "withdrawn"),
    ),
}
"""The everyday words for each status; the words of the plan file's own statuses are among them."""

_STATUS_OF = {words: status for status, many in STATUS_WORDS.items() for words in many}
_MOST_WORDS = max(len(words.split()) for words in _STATUS_OF)
_OPEN = frozenset({"blocked", "behind", "stuck", "stalled", "delayed", "slipping"})
"""Single words that say a status whatever follows ("blocked by legal"); so does every phrase of several words.

Any other says one only where nothing follows it: "red tape" is no status, "finished the first of nine" no end.
"""
_ASKED = frozenset({"done", "complete", "completed", "finished", "cancelled", "canceled", "dropped", "abandoned"})
"""Words that end an action: where something follows them, the member is asked."""
_LOOK_ALIKE = frozenset(
    (
        *("dine", "dome", "dose", "dune", "gone", "none", "bone", "tone", "zone", "dote", "date", "rate"),
        *("gate", "later", "latest", "lately", "plate", "slate", "stick", "stack", "struck", "block"),
        *("blocks", "blocker", "blockers", "compete", "competed", "competes", "completes", "complex"),
        *("finishes", "finisher", "furnished", "dripped", "dropper", "cropped", "relayed", "delays", "delay"),
        *("delivers", "delivery", "closer", "closes", "close", "stared", "stated", "starter", "starts"),
        *("greed", "greek", "grey", "great", "greet", "ember", "yell", "risk", "risks", "tried", "read"),
        *("rid", "led", "bed", "rod", "behold", "sticky", "stalls", "install", "installed", "cancels"),
        *("cancel", "canceller", "donee", "donor"),
    )
)
"""Words that are a letter from a status and mean something else."""
_NEGATION = frozenset({"not", "hasn't", "haven't", "has", "yet"})
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_JOINT = re.compile(r"[\s_-]+(?=[^\W_])")
_FOLLOWS = re.compile(
    r"\s*(?:$|[,;:.!?()|/–—\n]|-(?:\s|$)|<?https?://|[+\-−]?\d+\s*(?:%|percent|pct)|"
    r"(?:and|but|as\s+of|as\s+at|asof|since|because|now|today|yesterday|already|thanks|finally|note|mile\s?stones?)\b)",
    re.IGNORECASE,
)
_ROUGH = 8
"""Letters from which two slips are forgiven."""
_SHORTEST = 4
_LONG = 6


@dataclass(frozen=True, slots=True)
class StatusRead:
    """A status, and where it was read."""

    status: Status
    start: int
    end: int
    guessed_from: str | None = None
    """What was typed, where it is no spelling of the status that is known."""


def status_at(text: str, at: int, stop: int) -> StatusRead | None:
    """The status that stands at `at`, before `stop` (the text's end, or where the action is named).

    Raises UnclearStatus where the words may mean an end or begin a note, or where two statuses are as near.
    """
    phrases = list(_phrases(text, at, stop))
    for words, end in phrases:
        status = _STATUS_OF.get(words)
        if status and (_is_open(words) or is_closed(text, end, stop)):
            return StatusRead(status, at, end)
        if status and words in _ASKED:
            raise _unclear(text, at, end, status)
    for words, end in phrases:
        near = _nearest(words)
        if len(near) == 1 and (is_closed(text, end, stop) or (near[0][1] == 1 and _may_go_on(words))):
            return StatusRead(near[0][0], at, end, text[at:end])
        if len(near) > 1 and is_closed(text, end, stop):
            offers = tuple(
                Offer(f"{text[:at]}{status.value.replace('-', ' ')}{text[end:]}", status=status) for status, _ in near
            )
            raise UnclearStatus(text[at:end], offers)
    return None


def exact_statuses(text: str, start: int, stop: int) -> Iterator[StatusRead]:
    """The statuses in known spelling from `start` on, one after another, that say one where they stand."""
    at = start
    while at < stop:
        word = _WORD.search(text, at, stop)
        if not word:
            return
        at = word.end()
        for words, end in _phrases(text, word.start(), stop):
            status = _STATUS_OF.get(words)
            if status and (_is_open(words) or words in _ASKED or is_closed(text, end, stop)):
                yield StatusRead(status, word.start(), end)
                at = end
                break


def is_closed(text: str, end: int, stop: int) -> bool:
    """Whether the words that end at `end` are followed by nothing that may belong to them."""
    return bool(_FOLLOWS.match(text, end)) or not text[end:stop].strip()


def _phrases(text: str, at: int, stop: int) -> Iterator[tuple[str, int]]:
    """The words from `at`, the most first, and where they end; in lower case, parted by single spaces."""
    words: list[tuple[str, int]] = []
    found = _WORD.match(text, at, stop)
    while found and len(words) < _MOST_WORDS:
        words.append((found[0].casefold().replace("’", "'"), found.end()))
        joint = _JOINT.match(text, found.end(), stop)
        found = _WORD.match(text, joint.end(), stop) if joint else None
    for many in range(len(words), 0, -1):
        yield " ".join(word for word, _ in words[:many]), words[many - 1][1]


def _is_open(words: str) -> bool:
    return " " in words or words in _OPEN


def _may_go_on(words: str) -> bool:
    """Whether misspelt words are near to such as say a status whatever follows."""
    return " " in words or (len(words) >= _LONG and any(OSA.distance(words, known) == 1 for known in _OPEN))


def _nearest(words: str) -> list[tuple[Status, int]]:
    """The statuses that are nearest to misspelt words, with their distance; none where that would be a guess."""
    typed = words.replace(" ", "")
    if len(typed) < _SHORTEST or words in _LOOK_ALIKE or any(char.isdigit() for char in typed):
        return []
    most = 2 if len(typed) >= _ROUGH else 1
    best: dict[Status, int] = {}
    for known, status in _STATUS_OF.items():
        if not _may_be_meant(words, known):
            continue
        distance = OSA.distance(typed, known.replace(" ", ""), score_cutoff=most)
        if distance <= most:
            best[status] = min(distance, best.get(status, distance))
    least = min(best.values(), default=0)
    return [(status, distance) for status, distance in best.items() if distance == least]


def _may_be_meant(words: str, known: str) -> bool:
    # A slip must not turn a sentence into its opposite: what denies is typed as it is, or there is none.
    denies = set(known.split()) & _NEGATION
    typed = set(words.split())
    # The first letter is where it belongs, or has changed places with the second.
    return denies == typed & _NEGATION and known[0] in words[:2] and len(known) >= _SHORTEST


def _unclear(text: str, at: int, end: int, status: Status) -> UnclearStatus:
    as_status = f"{text[:end]}: {text[end:].lstrip()}"
    as_note = f"{text[:at]}note: {text[at:]}"
    return UnclearStatus(text[at:end], (Offer(as_status, status=status), Offer(as_note, is_note=True)))
