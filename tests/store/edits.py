"""Changing a plan file in a test: plans are frozen, so a changed one is a new one."""

from typing import Any

from store.plan import Plan

Tree = dict[str, Any]


def edited(plan: Plan, key: str, /, **values: Any) -> Plan:
    """`plan` with other fields in the entry with `key`."""
    tree = plan.model_dump(by_alias=True)
    _find(tree, key).update(values)
    return Plan.model_validate(tree)


def without(plan: Plan, *keys: str) -> Plan:
    """`plan` without the entries with `keys`, and without what is under them."""
    return Plan.model_validate(_pruned(plan.model_dump(by_alias=True), set(keys)))


def moved(plan: Plan, key: str, objective: str) -> Plan:
    """`plan` with an action moved to the end of another objective's actions."""
    tree = plan.model_dump(by_alias=True)
    action = dict(_find(tree, key))
    tree = _pruned(tree, {key})
    target = _find(tree, objective)
    target["actions"] = [*target["actions"], action]
    return Plan.model_validate(tree)


def first_value_last(plan: Plan) -> Plan:
    """`plan` with its first value moved behind the others."""
    return plan.model_copy(update={"values": (*plan.values[1:], plan.values[0])})


def _find(part: Any, key: str) -> Tree:
    found = _search(part, key)
    assert found is not None, key
    return found


def _search(part: Any, key: str) -> Tree | None:
    if isinstance(part, dict):
        if part.get("key") == key:
            return part
        part = list(part.values())
    if isinstance(part, list | tuple):
        return next((found for one in part if (found := _search(one, key)) is not None), None)
    return None


def _pruned(part: Any, keys: set[str]) -> Any:
    if isinstance(part, dict):
        return {name: _pruned(value, keys) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_pruned(one, keys) for one in part if not (isinstance(one, dict) and one.get("key") in keys)]
    return part
