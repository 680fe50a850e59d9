"""Writing a plan as a plan file."""

from typing import Any

import yaml
from pydantic import BaseModel

from store.plan import Plan
from store.planfile.scalars import looks_like_number

WIDTH = 100
"""After how many columns a long text goes on in the next line."""
WHOLE_BELOW = 1e15
"""Below that, a number without a fraction is written without a point."""
BREAKS = frozenset("\r\x85\u2028\u2029\ufeff")
"""What YAML takes for a break or mark, besides the newline: it survives only in double quotes."""


def write(plan: Plan) -> str:
    """The plan as the text of a plan file: fields in the format's order, optional ones left out where they are empty.

    `parse` makes the same plan of it. The same plan gives the same text.
    """
    fields = _fields(plan)
    # libyaml writes a character beyond the basic plane (an emoji) as an escape, and PyYAML's own emitter as it is;
    # otherwise they write alike, libyaml three times as fast.
    dumper = _PLAIN if any(ord(letter) > 0xFFFF for letter in plan.model_dump_json()) else _FAST
    text: str = yaml.dump(fields, Dumper=dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text


def _fields(part: BaseModel) -> dict[str, Any]:
    named = ((field.alias or name, getattr(part, name)) for name, field in type(part).model_fields.items())
    return {name: _written(value) for name, value in named if value is not None and value != ()}


def _written(value: Any) -> Any:
    match value:
        case BaseModel():
            return _fields(value)
        case tuple():
            return [_written(one) for one in value]
        case float() if value.is_integer() and abs(value) < WHOLE_BELOW:
            return int(value)
        case str():
            return str(value)
    return value


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if not BREAKS.isdisjoint(text):
        style = '"'
    elif "\n" in text:
        style = "|"
    elif looks_like_number(text):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _dumper(base: Any) -> Any:
    """PyYAML's emitter without anchors: a day that occurs twice is written twice."""
    dumper: Any = type("PlanDumper", (base,), {"ignore_aliases": lambda _self, _data: True})
    dumper.add_representer(str, _text)
    return dumper


_PLAIN = _dumper(yaml.SafeDumper)
_FAST = _dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper))
