"""A typed line from which one part after the other is taken, until nothing is left of it."""

import re

from rapidfuzz.distance import OSA

TAKEN = "\x00"
"""Stands where a part was taken out."""
WEEKDAY = "\x01"
"""Stands for each letter of a weekday."""
_SPACES = re.compile(r"[\s,;!?()\[\]]|@(?=[\s\d])|(?<!\w)['`*]|['`*](?!\w)")
"""What parts words, marks of Slack's formatting among them, and `@` for "at"."""
_TIME = re.compile(r"\d[:.h]\d|\d\s*[ap]\.?m\b|\d{1,2}\s*o'?clock")


class Line:
    """What was typed, and the same in lower case with what was taken blanked out; both of one length."""

    def __init__(self, text: str) -> None:
        cleaned = " ".join(_SPACES.sub(" ", text.replace("’", "'").replace(TAKEN, " ").replace(WEEKDAY, " ")).split())
        self._typed = cleaned
        # A letter that becomes two in lower case, such as İ, would shift what comes after it.
        self.words = "".join(low if len(low := one.lower()) == 1 else one for one in cleaned)
        self._weekdays: list[tuple[int, int]] = []

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place that matches."""
        return pattern.search(self.words)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """As `find`, and taken out."""
        found = self.find(pattern)
        if found:
            self.blank(found)
        return found

    def blank(self, found: re.Match[str]) -> None:
        """Take out what was found."""
        start, end = found.span()
        self.words = self.words[:start] + TAKEN * (end - start) + self.words[end:]

    def raw(self, found: re.Match[str]) -> str:
        """What was found, as it was typed."""
        return self._typed[found.start() : found.end()].strip()

    def mark(self, start: int, end: int) -> None:
        """Let a weekday stand there."""
        self._weekdays.append((start, end))
        self.words = self.words[:start] + WEEKDAY * (end - start) + self.words[end:]

    def unmark(self) -> None:
        """Take the weekdays out."""
        self.words = self.words.replace(WEEKDAY, TAKEN)

    def segments(self) -> list[str]:
        """What is left, as it was typed, in the pieces that lie between what was taken."""
        spans = re.finditer(rf"[^{TAKEN}{WEEKDAY}]+", self.words)
        return [piece for span in spans if (piece := self.raw(span))]

    @staticmethod
    def has_time(words: str) -> bool:
        """Whether words look like a time of day."""
        return bool(_TIME.search(words.casefold()))


def letters_apart(one: str, other: str) -> int:
    """How many letters are wrong, missing, too many, or in the wrong order."""
    return OSA.distance(one, other)
