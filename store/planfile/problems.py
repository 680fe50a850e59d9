"""What is wrong with a plan file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a plan file. Its text is `file:line:column: key: message`, as editors and CI jump to it."""

    file: str
    line: int
    """Counted from 1; 0 where the file could not be read at all."""
    column: int
    """Counted from 1; 0 where the line is meant, or the file."""
    key: str | None
    """Of the nearest entry (`A-01`), else the section (`plan`, `vision`); None where neither is known."""
    message: str
    """A sentence that says what is wrong and what to do."""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return ": ".join(part for part in (place, self.key, self.message) if part)


class PlanFileErrors(Exception):
    """A plan file that cannot be used; `problems` holds everything wrong with it, in the file's order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: (one.line, one.column)))
        super().__init__("\n".join(str(one) for one in self.problems))
