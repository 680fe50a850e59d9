"""The plan file's format as JSON Schema, with which editors check and complete plan files."""

from typing import Any

from store.plan import Nature, Plan

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> Schema:
    """The format as JSON Schema, draft 2020-12.

    Days are strings, as YAML 1.2 and JSON have them. What a schema cannot say (keys unique in the file, a due day
    after the start, updates oldest first, time zones) is left to `parse`.
    """
    made = Plan.model_json_schema(by_alias=True)
    definitions = {name: _tidied(one) for name, one in sorted(made.pop("$defs").items())}
    definitions["Indicator"]["allOf"] = [_numbers(), _words()]
    return {"$schema": DIALECT, **_tidied(made), "title": "Strategic plan", "$defs": definitions}


def _tidied(schema: Any) -> Any:
    """Without defaults that say nothing and titles that repeat a field's name; blank text refused."""
    if isinstance(schema, list):
        return [_tidied(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _tidied(value) for name, value in schema.items() if not _is_noise(name, value, schema)}
    if kept.get("minLength") == 1 and "pattern" not in kept:
        kept["pattern"] = r"\S"
    if isinstance(description := kept.get("description"), str):
        kept["description"] = description[:1].upper() + description[1:]
    return kept


def _is_noise(name: str, value: Any, schema: Schema) -> bool:
    if name == "default":
        return value is None or value == []
    return name == "title" and isinstance(value, str) and "properties" not in schema and "enum" not in schema


def _numbers() -> Schema:
    return {
        "if": _of(Nature.QUANTITATIVE),
        "then": _figures({"type": "number"}),
    }


def _words() -> Schema:
    figures = _figures({"type": "string"})
    figures["properties"] |= {"unit": {"type": "null"}, "better": {"type": "null"}}
    return {"if": _of(Nature.QUALITATIVE), "then": figures}


def _of(nature: Nature) -> Schema:
    return {"properties": {"nature": {"const": nature.value}}, "required": ["nature"]}


def _figures(value: Schema) -> Schema:
    figure = {"properties": {"value": value}}
    return {"properties": {"baseline": figure, "target": figure, "measurements": {"items": figure}}}
