"""What the models refuse, told to the person who wrote the file: what is wrong, and what to write instead."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from store.planfile.parts import CALLED, Part, Path, fields_of, owners_of, part_at
from store.planfile.scalars import Form
from store.planfile.tree import Fields, Items, Scalar, Tree

LIKE = 65
"""From what likeness (RapidFuzz's ratio, 0..100) on another name is offered."""
SHOWN = 60
"""How many characters of a value are shown."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a model refused: pydantic's type of error and its context, at a path of the file."""

    kind: str
    path: Path
    tree: Tree
    context: dict[str, Any]
    said: str

    @property
    def field(self) -> str:
        """The name of the field, of a list's field for one of its values."""
        return next((str(step) for step in reversed(self.path) if isinstance(step, str)), "plan")

    @property
    def subject(self) -> str:
        """What is refused, as a sentence begins with it."""
        each = bool(self.path) and isinstance(self.path[-1], int)
        return f"One of `{self.field}`" if each else f"`{self.field}`"

    @property
    def part(self) -> Part | None:
        """The part that the field is one of."""
        return part_at(self.path[:-1])

    @property
    def shown(self) -> str:
        """What is written there."""
        if isinstance(self.tree, Items):
            return "a list"
        if isinstance(self.tree, Fields):
            return "a group of fields"
        text = " ".join(self.tree.text.split())
        return f"`{text[: SHOWN - 1] + '…' if len(text) > SHOWN else text}`" if text else "empty"


def sentence(refusal: Refusal) -> str:
    """What is wrong and what to do about it."""
    told = SENTENCES.get(refusal.kind)
    if told:
        return told(refusal)
    return f"{refusal.subject} cannot be {refusal.shown}."


def like(word: str, known: Sequence[str], cutoff: float = LIKE) -> str | None:
    """The known word that was probably meant, None if none is like it."""
    best = process.extractOne(word.casefold(), known, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=cutoff)
    return best[0] if best else None


def _unknown(refusal: Refusal) -> str:
    field = str(refusal.path[-1])
    part = refusal.part
    called = CALLED[part] if part else "this part"
    known = list(fields_of(part)) if part else []
    if meant := like(field, known):
        return f"`{field}` is not a field of {called}. Did you mean `{meant}`?"
    if owners := owners_of(field):
        at_home = " or ".join(CALLED[one] for one in owners[:3])
        return f"`{field}` is a field of {at_home}, not of {called}; move or remove it."
    return f"`{field}` is not a field of {called}; remove it, or use one of {', '.join(known)}."


def _missing(refusal: Refusal) -> str:
    called = CALLED.get(part, "this part") if (part := refusal.part) else "this part"
    return f"`{refusal.path[-1]}` is missing; {called} needs it. Add it."


def _text(refusal: Refusal) -> str:
    tree, field = refusal.tree, refusal.field
    if not isinstance(tree, Scalar):
        return f"{refusal.subject} has to be one text, not {refusal.shown}; put the text in quotes."
    if tree.form is Form.NOTHING:
        return _empty(refusal)
    taken = "yes or no" if tree.form is Form.TRUTH else "a number"
    return f'YAML reads {tree.text} as {taken}, and `{field}` has to be text; put it in quotes: "{tree.text}".'


def _empty(refusal: Refusal) -> str:
    field = refusal.part.model_fields.get(refusal.field) if refusal.part else None
    needed = field is not None and field.is_required()
    return f"{refusal.subject} is empty; {'write its text' if needed else 'write its text or leave it out'}."


def _long(refusal: Refusal) -> str:
    return f"{refusal.subject} may have at most {refusal.context.get('max_length')} characters; shorten it."


def _pattern(refusal: Refusal) -> str:
    if refusal.field in ("owners", "author"):
        return (
            f"{refusal.shown} is neither a Slack user id nor an e-mail address; "
            "write U02AB3CD4 (in Slack: profile, Copy member ID) or owner@example.org."
        )
    if refusal.path[:1] == ("plan",):
        return f"The plan's key cannot be {refusal.shown}; use small letters a to z, digits and hyphens only."
    return (
        f"A key cannot be {refusal.shown}; use letters a to z, digits, hyphens, dots and underscores only, "
        "and begin with a letter or digit."
    )


def _choice(refusal: Refusal) -> str:
    allowed = re.findall(r"'([^']*)'", str(refusal.context.get("expected", "")))
    told = f"`{refusal.field}` cannot be {refusal.shown}; write one of {', '.join(allowed)}."
    text = refusal.tree.text if isinstance(refusal.tree, Scalar) else ""
    meant = like(text, allowed)
    return f"{told} Did you mean {meant}?" if meant else told


def _day(refusal: Refusal) -> str:
    text = refusal.tree.text if isinstance(refusal.tree, Scalar) else ""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return f"`{refusal.field}` is {text}, which is not a day of the calendar; mend it."
    return f"`{refusal.field}` cannot be {refusal.shown}; write a day as year-month-day, such as 2026-12-31."


def _whole(refusal: Refusal) -> str:
    return f"`{refusal.field}` cannot be {refusal.shown}; write a whole number from 0 to 100, without a % sign."


def _truth(refusal: Refusal) -> str:
    return f"`{refusal.field}` cannot be {refusal.shown}; write true or false, without quotes."


def _list(refusal: Refusal) -> str:
    if isinstance(refusal.tree, Scalar) and refusal.tree.form is Form.NOTHING:
        return f"`{refusal.field}` is empty; fill in its list, write [] or leave it out."
    return f"`{refusal.field}` has to be a list, not {refusal.shown}; write [one, another], or one a line after a dash."


def _group(refusal: Refusal) -> str:
    if not refusal.path:
        return f"A plan file is a group of fields: plan, vision, mission, values and so on; this is {refusal.shown}."
    part = part_at(refusal.path)
    fields = ", ".join(fields_of(part)) if part else "its fields"
    return f"{refusal.subject} has to be a group of fields ({fields}), not {refusal.shown}."


def _figure(refusal: Refusal) -> str:
    return f"`{refusal.field}` cannot be {refusal.shown}; write a number, or text if the indicator is qualitative."


def _own_rule(refusal: Refusal) -> str:
    if refusal.field == "timezone" and isinstance(refusal.tree, Scalar):
        told = f"{refusal.shown} is not an IANA time zone name such as America/Toronto; correct it."
        zones = sorted(available_timezones())
        meant = like(refusal.tree.text, zones, 75) or _city(refusal.tree.text, zones)
        return f"{told} Did you mean {meant}?" if meant else told
    said = refusal.said.removeprefix("Value error, ")
    return f"{said[:1].upper()}{said[1:]}; correct it."


def _city(text: str, zones: Sequence[str]) -> str | None:
    ending = text.strip().replace(" ", "_").casefold()
    return next((zone for zone in zones if zone.rpartition("/")[2].casefold() == ending), None)


SENTENCES: dict[str, Callable[[Refusal], str]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "string_type": _text,
    "string_too_short": _empty,
    "string_too_long": _long,
    "string_pattern_mismatch": _pattern,
    "enum": _choice,
    "date_parsing": _day,
    "date_type": _day,
    "int_type": _whole,
    "int_from_float": _whole,
    "less_than_equal": _whole,
    "greater_than_equal": _whole,
    "bool_type": _truth,
    "tuple_type": _list,
    "model_type": _group,
    "figure": _figure,
    "value_error": _own_rule,
}
"""By pydantic's type of error; `figure` stands for the two that a value gets which is neither a number nor text."""
