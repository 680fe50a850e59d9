"""The progress form in tests: opened, read, on plans of the test's own."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import yaml

from bot.console.workspace import Channel, Person, View, Workspace
from tests.bot.running import RIVERBEND, load, open_workspace, planbot

OPEN = "Prosecutors have log-ins"
DONE = "In-car recordings moved"
HELP = "I need help from"
TODAY = "Day it speaks of"


async def form_of(person: Person, key: str = "A-12", channel: Channel | None = None) -> View:
    """The form of an entry, opened by the command; a slow machine may say first that it takes longer."""
    await person.types(f"/progress {key}".strip(), channel=channel, within=None)
    return await person.sees_view()


def held(form: View, field: str) -> Any:
    """What a field holds."""
    block = next(block for block in form.values if block.partition(":")[0] == field)
    element = next(iter(form.values[block].values()))
    return next((value for key, value in element.items() if key != "type"), None)


def texts(form: View, label: str) -> list[str]:
    """What stands on the options of a field."""
    return [option["text"]["text"] for one in form.controls if one.label == label for option in one.options]


def named(options: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """What stands on options that were looked up."""
    return tuple(option["text"]["text"] for option in options)


async def told(slack: Workspace, person: Person, key: str = "A-12") -> str:
    """The history of an entry, as anybody reads it."""
    await slack.rests()
    return (await person.types(f"/progress {key} history")).words.replace("\u200b", "")


@asynccontextmanager
async def at_work(tmp_path: Path, url: str, plan: dict[str, Any]) -> AsyncIterator[Workspace]:
    """The bot at work with a plan of the test's own."""
    await load(url, written(tmp_path, plan))
    async with open_workspace() as workspace, planbot(workspace, url):
        yield workspace
        assert workspace.unknown_methods == ()


def written(tmp_path: Path, plan: dict[str, Any]) -> Path:
    """The plan as a file."""
    file = tmp_path / "plan.yml"
    file.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    return file


def plan_of(*actions: dict[str, Any]) -> dict[str, Any]:
    """A plan with these actions."""
    about = {
        "key": "p",
        "title": "Plan",
        "organization": "Riverbend",
        "status": "adopted",
        "timezone": "America/Toronto",
    }
    objective = {"key": "o", "title": "Objective", "actions": list(actions)}
    return {"plan": about, "priorities": [{"key": "pr", "title": "Priority", "objectives": [objective]}]}


def action(number: int, owner: str = "U02CARTER", **more: Any) -> dict[str, Any]:
    """An action."""
    return {"key": f"A-{number}", "title": f"Thing {number}", "owners": [owner]} | more


Changed = Callable[[dict[str, Any]], None]


def riverbend(change: Changed | None = None) -> dict[str, Any]:
    """The Riverbend plan, changed."""
    plan: dict[str, Any] = yaml.safe_load(RIVERBEND.read_text(encoding="utf-8"))
    if change:
        change(plan)
    return plan


def a12(plan: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """A-12, and the list that it stands in."""
    lists = [one["actions"] for priority in plan["priorities"] for one in priority["objectives"] if "actions" in one]
    return next((rows, row) for rows in lists for row in rows if row["key"] == "A-12")
