"""Notes that look as if they held personal or operational detail, which does not belong on a plan's record.

What was found is shown to the owner, who edits the note or saves it as it is; it is never logged.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

PATTERNS = Path(__file__).with_name("patterns.yml")
FOUND = "found"
"""The group of a pattern that is the piece itself, where the rest is only what it must stand beside."""
_LINK = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


class GuardUnusable(Exception):
    """The file of patterns cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """A piece of a note that looks like something personal or operational."""

    name: str
    """What it looks like: `phone number`."""
    words: str
    """The piece, as it stands in the note."""


def _sound(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is no regular expression ({error})") from None
    return pattern


class _Sort(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=60)
    patterns: tuple[Annotated[str, AfterValidator(_sound)], ...] = Field(min_length=1)
    in_links: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """What is looked for under one name."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    in_links: bool
    """Whether web addresses are looked through, too."""


@dataclass(frozen=True, slots=True)
class Guard:
    """The patterns that an organisation looks for."""

    sorts: tuple[Sort, ...]

    def flagged(self, note: str) -> tuple[Flagged, ...]:
        """What in the note looks personal or operational, in the note's order, no piece twice."""
        found: list[tuple[int, int, str]] = []
        without_links = _LINK.sub(lambda link: " " * len(link[0]), note)
        for sort in self.sorts:
            for pattern in sort.patterns:
                group = FOUND if FOUND in pattern.groupindex else 0
                looked_at = note if sort.in_links else without_links
                found += [(*one.span(group), sort.name) for one in pattern.finditer(looked_at)]
        kept: list[tuple[int, int, str]] = []
        for start, end, name in sorted(found, key=lambda one: (one[0], -one[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end, name))
        return tuple(Flagged(name, note[start:end].strip()) for start, end, name in kept)


@cache
def guard(file: Path = PATTERNS) -> Guard:
    """The guard with the patterns of a file, read once. Raises GuardUnusable."""
    try:
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        sorts: Sequence[_Sort] = TypeAdapter(tuple[_Sort, ...]).validate_python(read)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise GuardUnusable(f"{file} cannot be read as YAML ({type(error).__name__})") from error
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        if not first["loc"]:
            raise GuardUnusable(f"{file} is no list of entries, each with a name and patterns") from error
        where = ".".join(str(part) for part in first["loc"])
        raise GuardUnusable(f"{file}, entry {where}: {first['msg'].removeprefix('Value error, ')}") from error
    return Guard(
        tuple(Sort(one.name, tuple(re.compile(p, re.IGNORECASE) for p in one.patterns), one.in_links) for one in sorts)
    )
