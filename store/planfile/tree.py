"""A YAML document as a tree in which every field knows its line and column.

PyYAML's own nodes would do, but composing them recurses (a deeply nested file ends the process) and drops where an
alias stands. This tree is composed from PyYAML's events instead, in one pass, by libyaml where PyYAML has it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.resolver import Resolver

from store.planfile.scalars import Form, form_of

LOADER: "type[yaml.CSafeLoader] | type[yaml.SafeLoader]" = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 40
"""A plan is at most eleven levels deep (a measurement's field)."""
MAX_UNFOLDED = 200_000
"""How many fields all aliases of a file together may repeat: enough for any plan, and no room for a bomb."""
UNKEPT = re.compile("[\0\ud800-\udfff]")
"""What a file can hold only as an escape, and PostgreSQL in no text."""


@dataclass(slots=True)
class Scalar:
    """A single value, as written (without its quotes), and what YAML takes it for."""

    line: int
    column: int
    text: str
    form: Form


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    column: int
    items: list["Tree"] = field(default_factory=list)


@dataclass(slots=True)
class Fields:
    """A group of named fields; of a field given twice, the first."""

    line: int
    column: int
    names: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, "Tree"] = field(default_factory=dict)


Tree = Scalar | Items | Fields


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is wrong with the YAML itself, at a line and column."""

    line: int
    column: int
    message: str


class Unreadable(Exception):
    """The YAML breaks off here; nothing after `flaw` can be read."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.message)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Extent:
    """How much hangs on a part of the tree once aliases are unfolded."""

    size: int = 1
    height: int = 1

    def over(self, below: "Extent") -> "Extent":
        """That of a part that `below` has been put under."""
        return Extent(self.size + below.size, max(self.height, below.height + 1))


LEAF = Extent()


@dataclass(slots=True)
class _Open:
    """A list or group whose end has not come yet."""

    tree: Items | Fields
    anchor: str | None
    waiting: Scalar | None = None
    extent: Extent = LEAF


class Composer:
    """Makes a tree of a YAML text; `flaws` are what it could read past."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []
        self._resolver = Resolver()
        self._anchors: dict[str, tuple[Tree, Extent]] = {}
        self._open: list[_Open] = []
        self._root: Tree | None = None
        self._documents = 0
        self._unfolded = 0

    def compose(self, text: str) -> Tree | None:
        """The tree of `text`, None if nothing is in it. Raises Unreadable, or PyYAML's MarkedYAMLError."""
        for event in _events(text):
            self._take(event)
        return self._root

    def _take(self, event: yaml.Event) -> None:
        line, column = _position(event)
        match event:
            case yaml.ScalarEvent():
                text, tag = event.value, event.tag
                if tag is None or tag == "!":
                    tag = _resolved(self._resolver, text, event.implicit)
                self._place(self._scalar(line, column, text, tag, bool(event.style)), event.anchor)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event, line, column)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case yaml.AliasEvent():
                self._unfold(event.anchor or "", line, column)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise Unreadable(Flaw(line, column, "A second document begins here (---); a file holds one plan."))

    def _scalar(self, line: int, column: int, text: str, tag: str, quoted: bool) -> Scalar:
        form = form_of(text, tag, quoted=quoted)
        if form is None:
            self._flaw(line, column, f"The tag {_short(tag)} has no meaning in a plan file; leave it out.")
            form = Form.TEXT
        if UNKEPT.search(text):
            self._flaw(line, column, "This text holds a character that cannot be kept (such as \\0); remove it.")
            text = UNKEPT.sub("", text)
        return Scalar(line, column, text, form)

    def _begin(self, event: yaml.CollectionStartEvent, line: int, column: int) -> None:
        self._refuse_depth(1, line, column)
        kind = "map" if isinstance(event, yaml.MappingStartEvent) else "seq"
        if event.tag not in (None, "!", f"tag:yaml.org,2002:{kind}"):
            self._flaw(line, column, f"The tag {_short(event.tag)} has no meaning in a plan file; leave it out.")
        tree = Fields(line, column) if kind == "map" else Items(line, column)
        self._open.append(_Open(tree, event.anchor))
        if event.anchor:
            self._anchors.pop(event.anchor, None)

    def _end(self) -> None:
        done = self._open.pop()
        self._place(done.tree, done.anchor, done.extent)

    def _unfold(self, anchor: str, line: int, column: int) -> None:
        tree, extent = self._anchors.get(anchor, (Scalar(line, column, "", Form.UNKNOWN), LEAF))
        if any(one.anchor == anchor for one in self._open):
            self._flaw(line, column, f"*{anchor} repeats the very part that it stands in; write out what is meant.")
        elif anchor not in self._anchors:
            self._flaw(
                line, column, f"*{anchor} refers to &{anchor}, which is nowhere above; quote it if text is meant."
            )
        self._unfolded += extent.size
        if self._unfolded > MAX_UNFOLDED:
            message = f"The aliases (*) up to here repeat more than {MAX_UNFOLDED:,} fields; write out what is meant."
            raise Unreadable(Flaw(line, column, message))
        self._refuse_depth(extent.height, line, column)
        self._place(tree, None, extent)

    def _refuse_depth(self, height: int, line: int, column: int) -> None:
        if len(self._open) + height > MAX_DEPTH:
            raise Unreadable(Flaw(line, column, f"Fields are nested more than {MAX_DEPTH} deep here; a plan never is."))

    def _place(self, tree: Tree, anchor: str | None, extent: Extent = LEAF) -> None:
        if anchor:
            self._anchors[anchor] = (tree, extent)
        if not self._open:
            self._root = tree
            return
        above = self._open[-1]
        above.extent = above.extent.over(extent)
        if isinstance(above.tree, Items):
            above.tree.items.append(tree)
        elif above.waiting is None:
            above.waiting = self._name(tree)
        else:
            self._add(above.tree, above.waiting, tree)
            above.waiting = None

    def _name(self, tree: Tree) -> Scalar:
        if isinstance(tree, Scalar):
            return tree
        self._flaw(tree.line, tree.column, "The name of a field has to be a word, not a list or a group of fields.")
        return Scalar(tree.line, tree.column, "", Form.UNKNOWN)

    def _add(self, fields: Fields, name: Scalar, value: Tree) -> None:
        if name.text == "<<" and name.form is not Form.QUOTED:
            self._flaw(name.line, name.column, "Merging with << is not read in a plan file; write the fields out.")
        elif first := fields.names.get(name.text):
            self._flaw(
                name.line, name.column, f"`{name.text}` is given twice here, first on line {first.line}; keep one."
            )
        elif name.form is not Form.UNKNOWN:
            fields.names[name.text] = name
            fields.values[name.text] = value

    def _flaw(self, line: int, column: int, message: str) -> None:
        self.flaws.append(Flaw(line, column, message))


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=LOADER)
    return events


def _resolved(resolver: Any, text: str, implicit: tuple[bool, bool]) -> str:
    """YAML's tag of a scalar that has none written."""
    return str(resolver.resolve(yaml.ScalarNode, text, implicit))


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
