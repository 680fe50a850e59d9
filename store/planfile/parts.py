"""The parts a plan file is made of, as its models tell: which fields each has, and what a person calls it."""

from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from store.plan import (
    About,
    Action,
    Background,
    Figure,
    Indicator,
    Measurement,
    Milestone,
    Objective,
    Period,
    Plan,
    Priority,
    Statement,
    Update,
    Value,
)

Part = type[BaseModel]
Path = tuple[str | int, ...]

CALLED: dict[Part, str] = {
    Plan: "a plan file",
    About: "the section `plan`",
    Period: "the period",
    Statement: "this section",
    Value: "a value",
    Priority: "a priority",
    Objective: "an objective",
    Indicator: "an indicator",
    Action: "an action",
    Background: "a background entry",
    Figure: "a baseline or target",
    Measurement: "a measurement",
    Milestone: "a milestone",
    Update: "an update",
}
"""What a person calls each part."""


@cache
def fields_of(part: Part) -> dict[str, Part | None]:
    """The fields of a part as they are named in the file, and what part each holds (or is a list of), if any."""
    return {field.alias or name: _part_in(field.annotation) for name, field in part.model_fields.items()}


@cache
def owners_of(field: str) -> tuple[Part, ...]:
    """The parts that have a field of that name."""
    return tuple(part for part in CALLED if field in fields_of(part))


def part_at(path: Path) -> Part | None:
    """What the file holds at that path; None where there is a single value, or an unknown field."""
    part: Part | None = Plan
    for step in path:
        if isinstance(step, str):
            part = fields_of(part).get(step) if part else None
    return part


def _part_in(annotation: Any) -> Part | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for one in get_args(annotation) if (part := _part_in(one))), None)
