"""The rules that span fields: no model sees them where one of the fields is itself wrong.

They are checked on the tree, so that every one is told at once and beside what the models refuse.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from store.plan import SECTIONS, Nature
from store.planfile.entries import Entry, entries, parts
from store.planfile.scalars import Form
from store.planfile.tree import Fields, Scalar, Tree

NUMBERS = (Form.WHOLE, Form.DECIMAL)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
WORDS = (Form.TEXT, Form.QUOTED)
SHOWN = 40
"""How many characters of a value are shown."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that is broken in a part of the file, told at the field to mend."""

    part: Fields
    at: Tree
    key: str | None
    message: str


def breaches(root: Tree) -> Iterator[Breach]:
    """Every rule that is broken, in the file's order within each rule."""
    if not isinstance(root, Fields):
        return
    found = list(entries(root))
    yield from _keys(root, found)
    yield from _period(root)
    for entry in found:
        if entry.kind == "action":
            yield from _dates(entry)
            yield from _updates(entry)
        if entry.kind == "indicator":
            yield from _figures(entry)


def _keys(root: Fields, found: list[Entry]) -> Iterator[Breach]:
    seen: dict[str, tuple[str, Scalar]] = {}
    about = root.values.get("plan")
    if isinstance(about, Fields) and isinstance(key := about.values.get("key"), Scalar):
        seen[key.text.strip().casefold()] = ("plan itself", key)
    for entry in found:
        key = entry.fields.values.get("key")
        if not isinstance(key, Scalar) or not (folded := key.text.strip().casefold()):
            continue
        if folded in SECTIONS:
            told = f"`{key.text}` is the name of a section and cannot be a key; choose another."
            yield Breach(entry.fields, key, entry.key, told)
        if folded in seen:
            yield Breach(entry.fields, key, entry.key, _twice(key, *seen[folded]))
        else:
            seen[folded] = (entry.kind, key)


def _twice(key: Scalar, kind: str, first: Scalar) -> str:
    if first is key:
        return f"The {kind} with the key {key.text} is repeated by an alias (*); write out each, with its own key."
    case = "" if key.text == first.text else f" (there {first.text}; the case of letters does not count)"
    return f"The key {key.text} is already that of the {kind} on line {first.line}{case}; give one of them another key."


def _period(root: Fields) -> Iterator[Breach]:
    about = root.values.get("plan")
    period = about.values.get("period") if isinstance(about, Fields) else None
    if isinstance(period, Fields):
        start, end = _day(period, "start"), _day(period, "end")
        if start and end and end < start:
            told = f"The period ends on {end}, before it starts on {start}; correct one of the two."
            yield Breach(period, period.values["end"], "plan", told)


def _dates(action: Entry) -> Iterator[Breach]:
    start, due = _day(action.fields, "start"), _day(action.fields, "due")
    if start and due and due < start:
        told = f"The action is due on {due}, before it starts on {start}; correct one of the two."
        yield Breach(action.fields, action.fields.values["due"], action.key, told)


def _updates(action: Entry) -> Iterator[Breach]:
    latest: tuple[date, int] | None = None
    for update in parts(action.fields, "updates"):
        day = _day(update, "date")
        if day is None:
            continue
        at = update.values["date"]
        if latest and day < latest[0]:
            after = f"that of {latest[0]} (line {latest[1]})"
            told = f"Updates are listed oldest first, and this one of {day} comes after {after}; move it up."
            yield Breach(update, at, action.key, told)
        else:
            latest = (day, at.line)


def _figures(indicator: Entry) -> Iterator[Breach]:
    nature = _nature(indicator.fields)
    if nature is None:
        return
    fields = indicator.fields
    if nature is Nature.QUALITATIVE:
        for name in ("unit", "better"):
            if name in fields.values and not _is_blank(fields.values[name]):
                told = f"A qualitative indicator has no `{name}`; remove it, or make the nature quantitative."
                yield Breach(fields, fields.names[name], indicator.key, told)
    singles = [one for name in ("baseline", "target") if isinstance(one := fields.values.get(name), Fields)]
    for figure in [*singles, *parts(fields, "measurements")]:
        value = figure.values.get("value")
        if isinstance(value, Scalar) and (mismatch := _mismatch(value, nature)):
            yield Breach(figure, value, indicator.key, mismatch)


def _mismatch(value: Scalar, nature: Nature) -> str | None:
    if nature is Nature.QUANTITATIVE and value.form in WORDS and value.text.strip():
        hint = "without quotes" if value.form is Form.QUOTED else "and put all else into `unit` or a note"
        return f"A quantitative indicator has numbers, and {_short(value.text)} is text; write a number, {hint}."
    if nature is Nature.QUALITATIVE and value.form in NUMBERS:
        return (
            f"A qualitative indicator is told in words, and {value.text} is a number; write text, in quotes if need be."
        )
    return None


def _short(text: str) -> str:
    return f"`{text}`" if len(text) <= SHOWN else f"`{text[: SHOWN - 1]}…`"


def _is_blank(tree: Tree) -> bool:
    return isinstance(tree, Scalar) and tree.form in (Form.NOTHING, Form.UNKNOWN)


def _nature(indicator: Fields) -> Nature | None:
    try:
        return Nature(_text(indicator, "nature") or "")
    except ValueError:
        return None


def _text(fields: Fields, name: str) -> str | None:
    value = fields.values.get(name)
    return value.text if isinstance(value, Scalar) else None


def _day(fields: Fields, name: str) -> date | None:
    text = _text(fields, name) or ""
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
