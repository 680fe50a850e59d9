"""The JSON Schema says of a file what reading it says, as far as a schema can."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker

from store.plan import Plan
from store.planfile import json_schema, parse, write
from tests.store.planfile.generated import plans

PLANS = Path(__file__).parents[3] / "plans"
VALIDATOR = Draft202012Validator(json_schema(), format_checker=FormatChecker())


class AsEditorsRead(yaml.SafeLoader):
    """YAML as editors read it: days are text, and only true and false are truths (YAML 1.2)."""


AsEditorsRead.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsEditorsRead.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def data(text: str) -> Any:
    """What an editor's checker sees in the file."""
    return yaml.load(text, Loader=AsEditorsRead)  # noqa: S506 - a safe loader, with fewer types


def test_it_is_a_schema_of_the_dialect_it_names() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.yml")), ids=lambda path: path.stem)
def test_the_plans_that_come_with_planbot_are_valid(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(data(path.read_text(encoding="utf-8")))] == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans())
def test_any_plan_that_can_be_written_is_valid(plan: Plan) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(data(write(plan)))] == []


def test_the_example_of_the_manual_is_a_plan_and_valid() -> None:
    manual = (PLANS.parent / "docs" / "plan-file.md").read_text(encoding="utf-8")
    example = manual.split("```yaml\n")[1].split("```")[0]
    plan = parse(example, "plan-file.md")
    used = {name for part in (plan.actions()[0], *plan.priorities) for name in part.model_fields_set}
    assert {"updates", "milestones", "department", "objectives"} <= used
    assert VALIDATOR.is_valid(data(example))


HEAD = {"key": "p", "title": "P", "organization": "O", "status": "draft", "timezone": "UTC"}


def _with(entry: dict[str, Any], kind: str) -> dict[str, Any]:
    objective = {"key": "o", "title": "O", kind: [{"key": "k", "title": "K"} | entry]}
    return {"plan": HEAD, "priorities": [{"key": "r", "title": "R", "objectives": [objective]}]}


def _figure(value: object) -> dict[str, object]:
    return {"value": value, "date": "2026-12-31"}


INVALID = {
    "no-plan": {"vision": {"statement": "x"}},
    "unknown-section": {"plan": HEAD, "goals": []},
    "unknown-field": _with({"titel": "x"}, "actions"),
    "period-without-end": {"plan": HEAD | {"period": {"start": "2024-01-01"}}},
    "status": {"plan": HEAD | {"status": "approved"}},
    "value-without-statement": {"plan": HEAD, "values": [{"key": "a", "title": "A"}]},
    "blank-text": {"plan": HEAD | {"title": " "}},
    "key": _with({"key": "A 1"}, "actions"),
    "percent": _with({"percent": 101}, "actions"),
    "half-percent": _with({"percent": 40.5}, "actions"),
    "owner": _with({"owners": ["Dana"]}, "actions"),
    "day": _with({"due": "30/06/2024"}, "actions"),
    "no-nature": _with({}, "indicators"),
    "number-in-words": _with({"nature": "quantitative", "target": _figure("fifty")}, "indicators"),
    "words-as-number": _with({"nature": "qualitative", "baseline": _figure(5)}, "indicators"),
    "measured-number-among-words": _with({"nature": "qualitative", "measurements": [_figure(5)]}, "indicators"),
    "unit-of-words": _with({"nature": "qualitative", "unit": "points"}, "indicators"),
    "direction-of-words": _with({"nature": "qualitative", "better": "lower"}, "indicators"),
}


@pytest.mark.parametrize("plan", INVALID.values(), ids=INVALID)
def test_a_file_that_cannot_be_read_is_invalid(plan: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(plan)


def test_what_the_invalid_files_are_made_from_is_valid() -> None:
    good = {"nature": "quantitative", "unit": "points", "better": "lower", "target": _figure(50.5)}
    assert VALIDATOR.is_valid(_with(good, "indicators"))
    assert VALIDATOR.is_valid(_with({"nature": "qualitative", "target": _figure("Better")}, "indicators"))
    assert VALIDATOR.is_valid(_with({"percent": 40, "owners": ["U123"], "due": "2024-06-30"}, "actions"))


def test_every_field_says_what_it_is_for_and_no_field_is_open() -> None:
    schema = json_schema()
    for name, part in {"Plan": schema, **schema["$defs"]}.items():
        assert part.get("description"), name
        if part["type"] != "object":
            continue
        assert part["additionalProperties"] is False, name
        for field, described in part["properties"].items():
            assert described.get("description"), f"{name}.{field}"
