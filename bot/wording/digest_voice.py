"""How a digest speaks: whom it names, whom it mentions, how long its lines get."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.wording.voice import PEOPLE, Teller, joined, numbered

TITLE = 120
"""Characters of a title in a line, with what the medium adds to make it safe."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A teller that knows how people are called here."""

    tell: Teller
    called: Callable[[str], str]
    """By user id or e-mail address, somebody's name, safe for the medium; nothing where it is not known."""
    owner: Callable[[str], str]
    """As `called`, or a mention: for the owners of what needs attention."""

    def people(self, refs: Sequence[str]) -> str:
        """`Dana Carter`, `Dana Carter and 2 others`, `somebody`."""
        return _listed(refs, self.called) or ("somebody" if len(refs) == 1 else f"{len(refs)} people")

    def owners(self, refs: Sequence[str]) -> str:
        """As `people`; that nobody owns it, or that somebody does whose name is not known."""
        if not refs:
            return "nobody owns it"
        return _listed(refs, self.owner) or ("somebody owns it" if len(refs) == 1 else f"{len(refs)} people own it")

    def named(self, key: str, title: str) -> str:
        """`*A-05* Launch the portal`."""
        return f"{self.tell.strong(key)} {self.fitted(title, TITLE)}"

    def fitted(self, words: str, most: int) -> str:
        """Words safe for the medium on one line; with what makes them safe, at most `most` characters."""
        room = most
        while (length := _size(shown := self.tell.plain(words, room))) > most and room > 1:
            room = max(1, min(room - 1, room * most // length))
        return shown


def _size(words: str) -> int:
    """Their length as Slack's clients count it: an emoji is two characters or more."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def _listed(refs: Sequence[str], called: Callable[[str], str]) -> str:
    """Those whose names are known, and how many others; nothing where no name is known."""
    known = [name for name in map(called, refs[:PEOPLE]) if name]
    if not known:
        return ""
    others = len(refs) - len(known)
    return joined([*known, *([numbered(others, "other") if others > 1 else "somebody else"] if others else [])])
