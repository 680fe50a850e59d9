"""How wording is spoken in one medium, and the passages in which it comes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PEOPLE = 10


class Role(StrEnum):
    """What a passage is for the reader."""

    TITLE = "title"
    """What the passages after it are about, as the plan writes it: unescaped."""
    QUOTE = "quote"
    """The plan's or a person's own words, word for word: unescaped."""
    BODY = "body"
    LIST = "list"
    FOOT = "foot"
    """Of which plan all this holds."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that belong together."""

    role: Role
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a medium shows other people's words, people and stress, on a day. Titles and quotes do not pass through."""

    today: date
    """The day in the plan's zone, from which `in 9 days` is counted."""
    plain: Callable[[str], str]
    """Makes words of the plan or of a person safe for the medium."""
    person: Callable[[str], str]
    """Turns an owner's Slack user id or e-mail address into what is shown."""
    strong: Callable[[str], str]
    """Stresses words that are safe already."""


@dataclass(frozen=True, slots=True)
class Teller:
    """What a voice needs to tell facts: words cut to size and made safe, people listed, the day."""

    voice: Voice

    @property
    def today(self) -> date:
        """The day on which it speaks."""
        return self.voice.today

    def plain(self, words: str, most: int = 120) -> str:
        """Words of the plan or of a person, safe for the medium, on one line of at most `most` characters."""
        return self.voice.plain(one_line(words, most))

    def strong(self, words: str) -> str:
        """As `plain`, and stressed."""
        return self.voice.strong(self.plain(words))

    def people(self, refs: Sequence[str]) -> str:
        """Owners by name; of very many, some and how many more."""
        shown = [self.voice.person(ref) for ref in refs[:PEOPLE]]
        return joined(shown if len(refs) <= PEOPLE else [*shown, f"{len(refs) - PEOPLE:,} more"])


def as_written(words: str) -> str:
    """The words unchanged: nothing needs escaping in plain text."""
    return words


def plain_voice(today: date, person: Callable[[str], str] = as_written) -> Voice:
    """Plain text."""
    return Voice(today, plain=as_written, person=person, strong=as_written)


def one_line(words: str, most: int = 120) -> str:
    """Words on one line of at most `most` characters, ended by … where some are left out."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def cut_words(words: str, most: int) -> str:
    """What to say behind words that `one_line` has cut."""
    return " (cut here; its history has all of it)" if len(" ".join(words.split())) > most else ""


def joined(words: Iterable[str]) -> str:
    """Words as a person lists them: `a`, `a and b`, `a, b and c`."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def numbered(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 action`, `1,200 actions`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sentence(words: str) -> str:
    """Words with a capital first letter."""
    return words[:1].upper() + words[1:]
