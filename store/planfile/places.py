"""Where in a file's tree something is: its line, its column and the key of the nearest entry."""

from dataclasses import dataclass

from store.planfile.parts import Path
from store.planfile.scalars import Form, value_of
from store.planfile.tree import Fields, Items, Scalar, Tree

SINGULAR = {
    "values": "value",
    "priorities": "priority",
    "objectives": "objective",
    "indicators": "indicator",
    "actions": "action",
    "background": "background",
}
"""What one entry of a list is called where it has no key yet."""
Data = str | int | float | bool | list["Data"] | dict[str, "Data"] | None


@dataclass(frozen=True, slots=True)
class Place:
    """What is at a path of the tree, or the nearest above that there is."""

    tree: Tree
    key: str | None
    found: bool
    """Whether the whole path was there."""
    name: Scalar | None
    """The name of the field, where the path ends in one."""


def place_of(root: Tree, path: Path) -> Place:
    """Follows `path` through the tree as far as it goes."""
    tree, key, name = root, None, None
    section: str | int | None = None
    for step in path:
        below = _below(tree, step)
        if key is None and isinstance(step, str):
            key = step
        if below is None:
            return Place(tree, key, False, None)
        name = tree.names[str(step)] if isinstance(tree, Fields) else None
        tree = below
        if isinstance(step, int) and section in SINGULAR:
            key = key_of(tree) or f"{SINGULAR[str(section)]} {step + 1}"
        section = step
    return Place(tree, key, True, name)


def key_of(entry: Tree) -> str | None:
    """What stands as the key of an entry, usable or not."""
    key = entry.values.get("key") if isinstance(entry, Fields) else None
    return key.text.strip() or None if isinstance(key, Scalar) else None


def data_of(tree: Tree) -> Data:
    """The tree as plain data, without lines."""
    if isinstance(tree, Scalar):
        return value_of(tree.text, tree.form)
    if isinstance(tree, Items):
        return [data_of(one) for one in tree.items]
    return {name: data_of(value) for name, value in tree.values.items()}


def is_unread(tree: Tree) -> bool:
    """Whether this is what could not be read, and has been reported as such."""
    return isinstance(tree, Scalar) and tree.form is Form.UNKNOWN


def _below(tree: Tree, step: str | int) -> Tree | None:
    if isinstance(tree, Fields):
        return tree.values.get(str(step))
    if isinstance(tree, Items) and isinstance(step, int) and step < len(tree.items):
        return tree.items[step]
    return None
