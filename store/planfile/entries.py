"""The entries of a plan file's tree, usable or not."""

from collections.abc import Iterator
from dataclasses import dataclass

from store.planfile.places import SINGULAR, key_of
from store.planfile.tree import Fields, Items, Tree

HELD: dict[str, tuple[str, ...]] = {"priorities": ("objectives",), "objectives": ("indicators", "actions")}
"""The lists of entries inside the entries of a list."""
TOP = ("values", "priorities", "background")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands where an entry belongs."""

    kind: str
    """In the singular: value, priority, objective ..."""
    fields: Fields
    key: str
    """What stands as its key; where nothing does, its kind and its place in the list (`action 2`)."""


def entries(above: Fields, sections: tuple[str, ...] = TOP) -> Iterator[Entry]:
    """Every entry in the file's order of sections, parents before children."""
    for section in sections:
        for position, fields in enumerate(parts(above, section)):
            kind = SINGULAR[section]
            yield Entry(kind, fields, key_of(fields) or f"{kind} {position + 1}")
            yield from entries(fields, HELD.get(section, ()))


def parts(above: Fields, field: str) -> Iterator[Fields]:
    """The groups of fields in a list."""
    held = above.values.get(field)
    if isinstance(held, Items):
        yield from (one for one in held.items if isinstance(one, Fields))


def signposts(root: Tree) -> list[tuple[int, int, str]]:
    """Line, column and key of every section and entry, in the file's order."""
    if not isinstance(root, Fields):
        return []
    sections = [(name.line, name.column, name.text) for name in root.names.values()]
    return sorted([*sections, *((one.fields.line, one.fields.column, one.key) for one in entries(root))])


def nearest_key(posts: list[tuple[int, int, str]], line: int, column: int) -> str | None:
    """The key of the section or entry that the position is in: the last begun before it, and no deeper than it."""
    before = (key for at, depth, key in reversed(posts) if (at, depth) <= (line, column) and depth <= column)
    return next(before, None)
