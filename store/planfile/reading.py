"""Reading a plan file: the plan, or everything that is wrong with the file at once."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath

import yaml
from pydantic import ValidationError

from store.plan import Plan
from store.planfile.entries import nearest_key, signposts
from store.planfile.explain import Refusal, sentence
from store.planfile.places import data_of, is_unread, place_of
from store.planfile.problems import PlanFileErrors, Problem
from store.planfile.rules import breaches
from store.planfile.syntax import flaw_of
from store.planfile.tree import Composer, Flaw, Scalar, Tree, Unreadable

MAX_BYTES = 64 * 1024 * 1024
"""No plan is as big; what is, is something else."""
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML allows in no file, unless written as an escape in double quotes."""
KEY = re.compile(r"""[ ]*(?:-[ ]+)*\{?[ ]*["']?key["']?[ ]*:[ ]+["']?([A-Za-z0-9][\w.-]*)""")
"""A line that gives an entry's key."""
UNION_TAGS = ("float", "constrained-str")
"""What pydantic adds to the path of a figure's value, once for each type that was tried."""


def read(path: FilePath) -> Plan:
    """The plan in that file. Raises PlanFileErrors with every problem, one of them a file that cannot be read."""
    name = str(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise PlanFileErrors([Problem(name, 0, 0, None, _unopened(error))]) from None
    if len(content) > MAX_BYTES:
        told = f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB; a plan file is text, and far smaller."
        raise PlanFileErrors([Problem(name, 0, 0, None, told)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanFileErrors([_undecoded(name, content, error)]) from None
    return parse(text, name)


def parse(text: str, name: str) -> Plan:
    """The plan that `text` holds; `name` is the file named in problems. Raises PlanFileErrors with every problem."""
    return _Reading(name, text.removeprefix("\ufeff")).plan()


@dataclass(frozen=True)
class _Reading:
    file: str
    text: str

    def plan(self) -> Plan:
        root, flaws = self._tree()
        broken = list(breaches(root))
        posts = signposts(root) if flaws else []
        problems = [
            Problem(self.file, one.line, one.column, nearest_key(posts, one.line, one.column), one.message)
            for one in flaws
        ]
        problems += [Problem(self.file, one.at.line, one.at.column, one.key, one.message) for one in broken]
        plan = None
        try:
            plan = Plan.model_validate_json(json.dumps(data_of(root)), strict=True)
        except ValidationError as error:
            reported = {id(one.part) for one in broken}
            problems += [self._problem(root, one) for one in _refusals(root, error, reported)]
        if plan is None or problems:
            raise PlanFileErrors(dict.fromkeys(problems))
        return plan

    def _tree(self) -> tuple[Tree, list[Flaw]]:
        self._refuse_unprintable()
        composer = Composer()
        try:
            root = composer.compose(self.text)
        except yaml.MarkedYAMLError as error:
            raise self._broken([flaw_of(error, self.text)]) from None
        except Unreadable as error:
            raise self._broken([error.flaw]) from None
        if root is None or (isinstance(root, Scalar) and not root.text):
            raise self._broken(
                [Flaw(1, 1, "The file is empty; a plan file begins with `plan:`, which says what plan it is.")]
            )
        return root, composer.flaws

    def _refuse_unprintable(self) -> None:
        flaws: dict[int, Flaw] = {}
        for match in UNPRINTABLE.finditer(self.text):
            line = self.text.count("\n", 0, match.start()) + 1
            column = match.start() - self.text.rfind("\n", 0, match.start())
            told = f"An invisible character (U+{ord(match[0]):04X}) is here, which YAML does not allow; remove it."
            flaws.setdefault(line, Flaw(line, column, told))
            if len(flaws) == 100:
                break
        if flaws:
            raise self._broken(list(flaws.values()))

    def _broken(self, flaws: list[Flaw]) -> PlanFileErrors:
        return PlanFileErrors(
            Problem(self.file, one.line, one.column, self._key_near(one.line), one.message) for one in flaws
        )

    def _problem(self, root: Tree, refusal: Refusal) -> Problem:
        place = place_of(root, refusal.path)
        at = place.name if place.name and refusal.kind == "extra_forbidden" else place.tree
        return Problem(self.file, at.line, at.column, place.key, sentence(refusal))

    def _key_near(self, line: int) -> str | None:
        """The last key written down to that line: where the YAML is broken, there is no tree to ask."""
        lines, keys = self._keys
        position = bisect_right(lines, line)
        return keys[position - 1] if position else None

    @cached_property
    def _keys(self) -> tuple[list[int], list[str]]:
        found = [
            (number, match[1]) for number, line in enumerate(self.text.split("\n"), 1) if (match := KEY.match(line))
        ]
        return [number for number, _ in found], [key for _, key in found]


def _refusals(root: Tree, error: ValidationError, reported: set[int]) -> Iterator[Refusal]:
    """What the models refuse, without what is reported already: unread values, and rules checked on the tree."""
    seen = set()
    for one in error.errors(include_url=False, include_input=False):
        path, kind = one["loc"], one["type"]
        if path and path[-1] in UNION_TAGS:
            path, kind = path[:-1], "figure"
        place = place_of(root, path)
        told_by_rule = kind == "value_error" and id(place.tree) in reported
        if (path, kind) in seen or is_unread(place.tree) or told_by_rule:
            continue
        seen.add((path, kind))
        yield Refusal(kind, path, place.tree, one.get("ctx") or {}, one["msg"])


def _unopened(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "There is no such file; check its name and folder."
        case IsADirectoryError():
            return "This is a folder, not a file; name the plan file in it."
        case PermissionError():
            return "The file may not be read by you; change its permissions."
    return f"The file cannot be read ({error.strerror}); check the disk and the path."


def _undecoded(name: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Problem(name, 1, 1, None, "The file is in UTF-16, not in UTF-8; save it as UTF-8.")
    before = content[: error.start]
    line, start = before.count(b"\n") + 1, before.rfind(b"\n") + 1
    told = (
        f"The byte {content[error.start]:02X} here is not UTF-8; save the file as UTF-8, or write this character anew."
    )
    column = len(before[start:].decode("utf-8")) + 1
    keys = [match[1] for one in before.decode("utf-8").split("\n") if (match := KEY.match(one))]
    return Problem(name, line, column, keys[-1] if keys else None, told)
