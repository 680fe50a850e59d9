"""What was typed after `/progress`, read part by part: which action, percentage, status, note, in any order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from commands.mistakes import PercentOutOfRange
from commands.progress.finding import by_key
from store.plan import Action, Status

STATUS_WORDS: dict[Status, tuple[str, ...]] = {
    Status.NOT_STARTED: ("not started yet", "not started", "not begun", "not yet started", "unstarted"),
    Status.ON_TRACK: ("back on track", "on track", "ontrack", "on schedule", "on time", "in progress", "green"),
    Status.AT_RISK: ("at risk", "atrisk", "at-risk", "slipping", "shaky", "amber", "yellow"),
    Status.OFF_TRACK: ("off track", "offtrack", "behind schedule", "behind", "blocked", "stuck", "late", "red"),
    Status.COMPLETE: ("completed", "complete", "finished", "done"),
    Status.CANCELLED: ("cancelled", "canceled", "dropped", "abandoned"),
}
"""The everyday words for each status; the words of the plan file's own statuses are among them."""

_PERCENT = re.compile(
    r"(?P<sign>[+-]?)(?P<number>\d{1,4})\s*(?:%|percent\b|per cent\b|pct\b)"
    # "60% done" is a percentage and no status; "100% done" is both.
    r"(?:(?<!100%)(?<!100 %)\s+(?:done|finished|completed?)\b)?",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?P<words>"
    + "|".join(
        re.escape(words).replace(r"\ ", r"[\s-]+")
        for words in sorted((one for many in STATUS_WORDS.values() for one in many), key=len, reverse=True)
    )
    + r")(?![\w'’-])",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<number>\d{1,4})(?=\s*(?:$|[:,;]|(?:" + _STATUS.pattern + r")))", re.IGNORECASE
)
"""A number behind the action, with nothing or a status behind it, is a percentage that lost its sign."""
_GAP = re.compile(r"[\s,;:.–—|]+|-(?=\s)|(?:is|now|at|and|status|=)(?=[\s:])(?!\s+risk\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;:|]+")


@dataclass(frozen=True, slots=True)
class Report:
    """What a member reported, as far as it was typed."""

    action: str = ""
    """The key or the piece of a title that names the action, as typed; empty if nothing names one."""
    percent: int | None = None
    """0 to 100; with `is_step`, points to add to (or, below 0, take from) what it was."""
    is_step: bool = False
    status: Status | None = None
    note: str | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to record."""
        return self.percent is None and self.status is None and self.note is None


def read_report(text: str, actions: Sequence[Action]) -> Report:
    """The parts of `text`: first whatever names the action, then percentage and status, then the note.

    The key may stand before, between or behind percentage and status. What follows them, or a colon, is the note
    and is kept word for word. Raises PercentOutOfRange.
    """
    reader = _Reader(text.strip(), actions)
    reader.read()
    return Report(reader.action.strip(), reader.percent, reader.is_step, reader.status, reader.rest() or None)


class _Reader:
    def __init__(self, text: str, actions: Sequence[Action]) -> None:
        self._text = text
        self._at = 0
        self._actions = actions
        self._named_by_key = False
        self.action = ""
        self.percent: int | None = None
        self.is_step = False
        self.status: Status | None = None

    def read(self) -> None:
        while self._take_percent() or self._take_key() or self._take_status():
            pass
        if not self.action and not self._at_note():
            self._take_title()
            while self._take_percent() or self._take_status():
                pass

    def rest(self) -> str:
        return self._text[self._after_gap() :].strip()

    def _after_gap(self) -> int:
        at = self._at
        # Connecting words fall away only before a percentage or a status; a note keeps its first word.
        while gap := re.compile(r"[\s,;:.–—|]+|-(?=\s)").match(self._text, at):
            at = gap.end()
        return at

    def _start(self) -> int:
        at = self._at
        while gap := _GAP.match(self._text, at):
            at = gap.end()
        return at

    def _at_note(self) -> bool:
        return self._text[self._at :].lstrip().startswith(":")

    def _take_percent(self) -> bool:
        if self.percent is not None:
            return False
        found = _PERCENT.match(self._text, self._start())
        if not found and self.action:
            found = _BARE_NUMBER.match(self._text, self._start())
        if not found:
            return False
        number = int(found["number"])
        if number > 100:
            raise PercentOutOfRange(found[0])
        self.is_step = bool(found["sign"])
        self.percent = -number if found["sign"] == "-" else number
        self._at = found.end()
        return True

    def _take_status(self) -> bool:
        found = None if self.status is not None else _STATUS.match(self._text, self._start())
        if not found:
            return False
        self.status = status_named(found["words"])
        self._at = found.end()
        return True

    def _take_key(self) -> bool:
        if self.action:
            return False
        start = self._after_gap()
        for words in (2, 1):
            found = re.compile(r"\s+".join([_WORD.pattern] * words)).match(self._text, start)
            # Two words are one key only as a letter part and a number ("A 01"), else "1 A-01" would be one.
            if found and (words == 1 or re.fullmatch(r"[^\W\d]+\s+\d+", found[0])) and by_key(found[0], self._actions):
                self.action, self._at = found[0], found.end()
                return True
        return False

    def _take_title(self) -> None:
        """Everything up to a percentage, a status or a colon names the action; without any of them, all of it."""
        start = self._after_gap()
        ends = [len(self._text)]
        if self.percent is None:
            ends += [one.start() for one in _PERCENT.finditer(self._text, start)][:1]
        if self.status is None:
            ends += [one.start() for one in _STATUS.finditer(self._text, start) if self._starts_word(one.start())][:1]
        colon = self._text.find(":", start)
        ends += [colon] if colon >= 0 else []
        self.action, self._at = self._text[start : min(ends)], min(ends)

    def _starts_word(self, at: int) -> bool:
        return at == 0 or not self._text[at - 1].isalnum()


def status_named(words: str) -> Status | None:
    """The status meant by everyday words such as "behind schedule"; None if they name none."""
    wanted = re.sub(r"[\s-]+", " ", words.casefold()).strip()
    return next(
        (status for status, many in STATUS_WORDS.items() if wanted in many or wanted == status.value.replace("-", " ")),
        None,
    )
