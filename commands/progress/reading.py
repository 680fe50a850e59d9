"""A typed line of progress, read part by part: what it says of the action or indicator that it names, in any order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from commands.progress.days import day_at
from commands.progress.links import first_link, link_at, unmarked
from commands.progress.milestones import clause_at
from commands.progress.mistakes import Offer, PercentOutOfRange, UnclearNaming, UnreadableValue, UnreadWords
from commands.progress.naming import Named
from commands.progress.percentages import PercentRead, bare_percent_at, percent_at
from commands.progress.renewing import unchanged_at
from commands.progress.statuses import status_at
from commands.progress.values import value_at
from store.milestones import Reached
from store.plan import Action, Indicator, Nature, Status

_SEPARATOR = re.compile(r"[\s,.|–—]+(?!\d)|[\s,.|]+|-(?=\s)")
_COLON = re.compile(r"\s*[:;]\s*")
_CONNECTOR = re.compile(
    r"(?:is|are|was|now|at|to|by|and|with|status|progress|value|measured|reached|stands|currently|still|evidence|link|see|proof)"
    r"(?=[\s:=<])\s*[:=]?\s*|=\s*",
    re.IGNORECASE,
)
"""Words before a part that say nothing; a note keeps its first word."""
_BEFORE_NAME = re.compile(
    r"(?:[\s,;:.–—|#(-]+|(?:for|on|of|in|to|is|at|the|and|with|action|indicator|mark|set|please|update)\b)*",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:notes?|comments?)\s*:\s*", re.IGNORECASE)
_NOTE_START = re.compile(r"(?:[\s,;:.–—|]+(?!\d)|[\s,;:|]+|-(?=\s))*")
_EXCLAIMED = re.compile(r"[!.?…\s]*")
"""What ends a sentence is no note."""
_LAST_PART = re.compile(
    r"[,;]\s*(?=[^,;]*$)|\s+(?=(?:as\s*(?:of|off)|asof)\s[^,;]*$)|\s+(?=<?https?://\S+$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A status that was misspelt."""

    typed: str
    status: Status


@dataclass(frozen=True, slots=True)
class Report:
    """What a member reported on an action."""

    action: str
    """Its key."""
    percent: int | None = None
    """0 to 100; with `is_step`, points to add to (or, below 0, take from) what it was."""
    is_step: bool = False
    status: Status | None = None
    note: str | None = None
    day: date | None = None
    """The day it speaks of; None: today."""
    evidence: str | None = None
    milestones: tuple[Reached, ...] = ()
    guesses: tuple[Guess, ...] = ()
    help_from: str | None = None
    """The user id of the person whose help is asked for."""
    is_renewal: bool = False
    """Whether it says that nothing has changed."""
    is_whole: bool = False
    """Whether, in the place of an update, it says all: milestones that it does not tell of are told of no more."""

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to record."""
        return not (self.says_state or self.note or self.evidence or self.help_from or self.is_renewal)

    @property
    def says_nothing_but_no_change(self) -> bool:
        """Whether it says at most that nothing has changed."""
        return replace(self, is_renewal=False).says_nothing

    @property
    def says_state(self) -> bool:
        """Whether it says how the action stands."""
        return self.percent is not None or self.status is not None or bool(self.milestones)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a member reported of an indicator."""

    indicator: str
    """Its key."""
    value: float | str | None = None
    note: str | None = None
    day: date | None = None
    """The day it is of; None: today."""
    evidence: str | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to record."""
        return self.value is None


def read_about(text: str, named: Named, today: date) -> Report | Figures:
    """What `text` says of the entry that it names; `today` in the plan's zone.

    What follows the parts that can be read, or a colon behind one, is the note and is kept word for word. Raises
    PercentOutOfRange and the mistakes in `commands.progress.mistakes`.
    """
    reader = _Reader(text, named, today)
    if isinstance(named.entry, Action):
        return reader.report(named.entry)
    return reader.figures(named.entry)


class _Reader:
    def __init__(self, text: str, named: Named, today: date) -> None:
        self._text = text
        self._named = named
        self._today = today
        self._at = 0
        self._has_part = False
        self._percent: int | None = None
        self._is_step = False
        self._status: Status | None = None
        self._day: date | None = None
        self._evidence: str | None = None
        self._milestones: tuple[Reached, ...] = ()
        self._guesses: tuple[Guess, ...] = ()
        self._value: float | None = None
        self._unchanged: str | None = None
        self._is_note_apart = False

    def report(self, action: Action) -> Report:
        """What is said of an action."""
        self._take_all(
            self._take_link,
            self._take_percent,
            lambda: self._take_milestones(action),
            self._take_status,
            self._take_day,
            self._take_unchanged,
        )
        start = self._note_start()
        note = self._note(start, self._take_percent_of, self._take_status_of)
        if self._unchanged and (self._percent is not None or self._status or self._milestones):
            # Somebody who says both means what changed; the words stay in sight.
            note = ", ".join(part for part in (self._unchanged, note) if part)
        report = Report(
            action=action.key,
            percent=self._percent,
            is_step=self._is_step,
            status=self._status,
            note=note,
            day=self._day,
            evidence=self._evidence,
            milestones=self._milestones,
            guesses=self._guesses,
            is_renewal=self._unchanged is not None,
        )
        if note and not (report.is_renewal or report.says_state or self._is_note_apart or self._named.is_outright):
            raise self._unclear_naming(start)
        return report

    def figures(self, indicator: Indicator) -> Figures:
        """What is said of an indicator."""
        in_words = indicator.nature is Nature.QUALITATIVE
        takes = (
            (self._take_link, self._take_day)
            if in_words
            else (self._take_link, lambda: self._take_value(indicator), self._take_day)
        )
        self._take_all(*takes)
        start = self._note_start()
        rest = self._note(start)
        value: float | str | None = rest if in_words else self._value
        if not in_words and value is None and (rest or self._evidence or self._day):
            raise UnreadableValue(indicator, rest or self._evidence or "")
        return Figures(indicator.key, value, None if in_words else rest, self._day, self._evidence)

    def _take_all(self, *takes: Callable[[], bool]) -> None:
        while True:
            self._pass_name()
            if self._starts_note():
                return
            before = self._at
            for start in self._starts():
                self._at = start
                if any(take() for take in takes):
                    self._has_part = True
                    break
            else:
                self._at = before
                if not self._skips_to_name():
                    return

    def _skips_to_name(self) -> bool:
        """Whether only joining words part the name from what stands before it. Raises UnreadWords for others."""
        if self._at >= self._named.start:
            return False
        between = self._text[self._at : self._named.start]
        if not _BEFORE_NAME.fullmatch(between):
            raise self._unread_words(between)
        self._at = self._named.start
        return True

    def _pass_name(self) -> None:
        after = _SEPARATOR.match(self._text, self._at)
        if self._named.start in (self._at, after.end() if after else self._at):
            self._at = self._named.end

    def _starts_note(self) -> bool:
        """A colon behind a part begins the note; behind the name alone it may come before a part."""
        if self._at < self._named.end:
            return False
        return (self._has_part and bool(_COLON.match(self._text, self._at))) or bool(
            _NOTE.match(self._text, self._after_gap(self._at))
        )

    def _after_gap(self, at: int) -> int:
        gap = re.compile(r"[\s,;:.–—|]*").match(self._text, at)
        return gap.end() if gap else at

    def _starts(self) -> list[int]:
        """Where the next part may begin: here, behind signs, behind joining words."""
        starts = [self._at]
        gap = (
            _NOTE_START
            if not self._has_part or self._at < self._named.end
            else re.compile(rf"(?:{_SEPARATOR.pattern})*")
        )
        passed = gap.match(self._text, self._at)
        at = passed.end() if passed else self._at
        starts.append(at)
        while connector := _CONNECTOR.match(self._text, at):
            at = connector.end()
            starts.append(at)
        return list(dict.fromkeys(starts))

    @property
    def _stop(self) -> int:
        return self._named.start if self._at <= self._named.start else len(self._text)

    def _take_link(self) -> bool:
        found = link_at(self._text, self._at) if self._evidence is None else None
        if found:
            self._evidence, self._at = found.address, found.end
        return bool(found)

    def _take_day(self) -> bool:
        found = day_at(self._text, self._at, self._stop, self._today) if self._day is None else None
        if found:
            self._day, self._at = found.day, found.end
        return bool(found)

    def _take_percent(self) -> bool:
        if self._percent is not None:
            return False
        found = percent_at(self._text, self._at, self._stop)
        if not found and self._at >= self._named.end:
            found = self._bare_percent()
        if found:
            self._percent, self._is_step, self._at = found.percent, found.is_step, found.end
        return bool(found)

    def _bare_percent(self) -> PercentRead | None:
        """A number without its sign; behind another part, one over 100 is something else."""
        try:
            return bare_percent_at(self._text, self._at, self._stop)
        except PercentOutOfRange:
            if self._has_part:
                return None
            raise

    def _take_status(self) -> bool:
        found = status_at(self._text, self._at, self._stop) if self._status is None else None
        if found:
            self._status, self._at = found.status, found.end
            self._guesses += (Guess(found.guessed_from, found.status),) if found.guessed_from else ()
        return bool(found)

    def _take_milestones(self, action: Action) -> bool:
        if self._at < self._named.end:
            return False
        found = clause_at(self._text, self._at, self._stop, action)
        if found:
            self._milestones, self._at = (*self._milestones, *found.reached), found.end
        return bool(found)

    def _take_unchanged(self) -> bool:
        end = unchanged_at(self._text, self._at, self._stop) if self._unchanged is None else None
        if end is not None:
            self._unchanged, self._at = self._text[self._at : end], end
        return end is not None

    def _take_value(self, indicator: Indicator) -> bool:
        found = value_at(self._text, self._at, self._stop, indicator) if self._value is None else None
        if found:
            self._value, self._at = found.value, found.end
        return bool(found)

    def _note_start(self) -> int:
        """Where the note begins, behind the signs that part it from what was read."""
        colon = _COLON.match(self._text, self._at)
        gap = _NOTE_START.match(self._text, self._at)
        at = colon.end() if colon else gap.end() if gap else self._at
        keyword = _NOTE.match(self._text, at)
        self._is_note_apart = bool(colon or keyword)
        return keyword.end() if keyword else at

    def _note(self, start: int, *takes: Callable[[str], bool]) -> str | None:
        note = self._text[start:].strip()
        if not self._is_note_apart:
            note = self._without_last_parts(note, (self._take_link_of, self._take_day_of, *takes))
        if self._evidence is None:
            self._evidence = first_link(note)
        return None if _EXCLAIMED.fullmatch(note) else unmarked(note)

    def _without_last_parts(self, note: str, takes: tuple[Callable[[str], bool], ...]) -> str:
        """The note without the percentage, status, day or link that ends it behind a comma."""
        while part := _LAST_PART.search(note):
            last = note[part.end() :].strip()
            if not any(take(last) for take in takes):
                break
            note = note[: part.start()].rstrip()
        return note

    def _take_link_of(self, part: str) -> bool:
        found = link_at(part, 0) if self._evidence is None else None
        is_all = found is not None and found.end == len(part)
        if found and is_all:
            self._evidence = found.address
        return is_all

    def _take_day_of(self, part: str) -> bool:
        found = day_at(part, 0, len(part), self._today) if self._day is None else None
        is_all = found is not None and found.end == len(part)
        if found and is_all:
            self._day = found.day
        return is_all

    def _take_percent_of(self, part: str) -> bool:
        found = percent_at(part, 0, len(part)) if self._percent is None else None
        is_all = found is not None and found.end == len(part)
        if found and is_all:
            self._percent, self._is_step = found.percent, found.is_step
        return is_all

    def _take_status_of(self, part: str) -> bool:
        found = status_at(part, 0, len(part)) if self._status is None else None
        is_all = found is not None and found.end == len(part) and found.guessed_from is None
        if found and is_all:
            self._status = found.status
        return is_all

    def _unread_words(self, between: str) -> UnreadWords:
        rest = f"{self._text[: self._at].strip()} {self._text[self._named.start :]}".strip()
        return UnreadWords(between.strip(), (Offer(rest, entry=self._named.entry),))

    def _unclear_naming(self, start: int) -> UnclearNaming:
        named = self._named
        as_note = f"{named.entry.key} note: {self._text[start:]}"
        return UnclearNaming(self._text[named.start : named.end], (Offer(as_note, entry=named.entry, is_note=True),))
