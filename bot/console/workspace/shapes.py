"""Rules for the shape of a JSON value, put together from small ones, and what Slack says where one is broken.

A rule is given a value and the JSON pointer to it, and yields an objection for each thing that is wrong, worded as
Slack words it: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def objection(words: str, pointer: str) -> str:
    """One objection in Slack's form."""
    return f"{words} [json-pointer:{pointer}]"


def anything(_value: Any, _pointer: str) -> Iterator[str]:
    """Whatever it is."""
    yield from ()


def flag(value: Any, pointer: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield objection("must provide a boolean", pointer)


def number(value: Any, pointer: str) -> Iterator[str]:
    """A number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield objection("must provide a number", pointer)


def string(most: int = 3000, *, least: int = 1, pattern: str | None = None) -> Rule:
    """Text of `least` to `most` characters that matches `pattern` whole."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield objection("must provide a string", pointer)
            return
        if len(value) > most:
            yield objection(f"must be less than {most + 1} characters", pointer)
        if len(value) < least:
            yield objection(f"must be more than {least - 1} characters", pointer)
        if pattern is not None and not re.fullmatch(pattern, value, re.DOTALL):
            yield objection("invalid format", pointer)

    return check


def one_of(*allowed: str) -> Rule:
    """One of these strings."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if value not in allowed:
            yield objection(f"must be a valid enum value: {', '.join(allowed)}", pointer)

    return check


def listing(of: Rule, most: int, *, least: int = 1) -> Rule:
    """A list of `least` to `most` values that each keep to a rule."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            yield objection("must provide an array", pointer)
            return
        if len(value) > most:
            yield objection(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            yield objection(f"no fewer than {least} items allowed" if value else "must not be empty", pointer)
        for index, item in enumerate(value):
            yield from of(item, f"{pointer}/{index}")

    return check


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: the fields that it must have, those that it may have, and no others."""

    required: Mapping[str, Rule]
    optional: Mapping[str, Rule]

    def __call__(self, value: Any, pointer: str) -> Iterator[str]:
        """Yields what is wrong with `value`."""
        if not isinstance(value, Mapping):
            yield objection("must provide an object", pointer)
            return
        for name in self.required:
            if value.get(name) is None:
                yield objection(f"missing required field: {name}", pointer)
        for name, part in value.items():
            rule = self.required.get(name) or self.optional.get(name)
            if rule is None and name != "type":
                yield objection(f"invalid additional property: {name}", pointer)
            elif rule is not None and part is not None:
                yield from rule(part, f"{pointer}/{name}")


def shape(required: Mapping[str, Rule] | None = None, **optional: Rule) -> Shape:
    """An object with these fields; `type` is always allowed."""
    return Shape(dict(required or {}), optional)


def typed(kinds: Callable[[], Mapping[str, Rule]], *allowed: str) -> Rule:
    """An object whose `type` is among `allowed` (none: any known one) and which keeps to that type's rule.

    `kinds` is asked late, since rules may refer to each other.
    """

    def check(value: Any, pointer: str) -> Iterator[str]:
        known = kinds()
        names = allowed or tuple(known)
        kind = value.get("type") if isinstance(value, Mapping) else None
        if kind is None:
            yield objection("missing required field: type", pointer)
        elif not isinstance(kind, str) or kind not in names or kind not in known:
            yield objection(f"unsupported type: {kind}", f"{pointer}/type")
        else:
            yield from known[kind](value, pointer)

    return check


def both(*rules: Rule) -> Rule:
    """Every one of the rules."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        for rule in rules:
            yield from rule(value, pointer)

    return check


def any_field(*names: str) -> Rule:
    """At least one of these fields is there."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if isinstance(value, Mapping) and not any(value.get(name) for name in names):
            words = " or ".join(f"`{name}`" for name in names)
            yield objection(f"must define either {words}", pointer)

    return check


def distinct(name: str, where: str) -> Rule:
    """In the list `where`, no two objects have the same `name`."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        items = value.get(where) if isinstance(value, Mapping) else None
        seen: set[str] = set()
        for index, item in enumerate(items if isinstance(items, list) else ()):
            label = item.get(name) if isinstance(item, Mapping) else None
            if not isinstance(label, str):
                continue
            if label in seen:
                yield objection(f'`{name}` "{label}" already exists', f"{pointer}/{where}/{index}/{name}")
            seen.add(label)

    return check
