"""The manifest, the listeners, the scopes and the README say the same."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.app import register_listeners
from bot.cli.app import app
from bot.manifest import EVENTS, SCOPES, manifest, manifest_yaml
from bot.service import Service
from bot.settings import CommandNames, Settings
from tests.bot.running import load, names, open_workspace, planbot

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT.parent / "shared" / "slack" / "manifest.schema.json"
README = (ROOT / "README.md").read_text(encoding="utf-8")


class Registered:
    """Keeps what listeners register for, in the place of a Bolt app."""

    def __init__(self) -> None:
        self.commands: set[str] = set()
        self.events: set[str] = set()
        self.views: set[str] = set()
        self.shortcuts: set[tuple[str, str]] = set()

    def command(self, name: str) -> Callable[..., None]:
        self.commands.add(name)
        return _taken

    def event(self, name: str) -> Callable[..., None]:
        self.events.add(name)
        return _taken

    def view(self, name: str) -> Callable[..., None]:
        self.views.add(name)
        return _taken

    def global_shortcut(self, name: str) -> Callable[..., None]:
        self.shortcuts.add(("global", name))
        return _taken

    def message_shortcut(self, name: str) -> Callable[..., None]:
        self.shortcuts.add(("message", name))
        return _taken

    def action(self, _name: object) -> Callable[..., None]:
        return _taken

    def options(self, _name: object) -> Callable[..., None]:
        return _taken

    def view_closed(self, _name: object) -> Callable[..., None]:
        return _taken


def _taken(*_listener: object) -> None:
    return None


def registered(service: Service) -> Registered:
    """What the bot listens for."""
    found = Registered()
    register_listeners(found, service)  # type: ignore[arg-type]  # as far as listeners register, it is an app
    return found


async def test_what_is_declared_is_handled_and_what_is_handled_is_declared(sqlite_url: str) -> None:
    await load(sqlite_url)
    async with open_workspace() as slack, planbot(slack, sqlite_url) as service:
        found = registered(service)
    declared = manifest(names())
    assert {one["command"] for one in declared["features"]["slash_commands"]} == found.commands
    assert {
        event.partition(".")[0] for event in declared["settings"]["event_subscriptions"]["bot_events"]
    } == found.events
    shortcuts = {(one["type"], one["callback_id"]) for one in declared["features"]["shortcuts"]}
    assert shortcuts == found.shortcuts
    assert declared["settings"]["interactivity"]["is_enabled"]


def test_the_file_is_what_the_command_writes() -> None:
    assert (ROOT / "manifest.yml").read_text(encoding="utf-8") == manifest_yaml(names())


@pytest.mark.parametrize("address", [None, "https://plan.example.org"])
def test_it_is_valid_against_slacks_schema(address: str | None) -> None:
    if not SCHEMA.exists():
        pytest.skip("Slack's schema is not beside this repository")
    jsonschema.validate(manifest(names(), address), json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_other_names_are_written_into_it() -> None:
    named = CommandNames(
        planbot_plan_command="/strategy", planbot_progress_command="/report", planbot_digest_command="/news"
    )
    written: dict[str, Any] = yaml.safe_load(manifest_yaml(named))
    assert [one["command"] for one in written["features"]["slash_commands"]] == ["/strategy", "/report", "/news"]


def test_over_http_every_address_is_the_bots() -> None:
    written = manifest(names(), "https://plan.example.org/")
    urls = re.findall(r"https://[^'\"]+", json.dumps(written))
    assert set(urls) == {"https://plan.example.org/slack/events"}
    assert len(urls) == 6
    assert not written["settings"]["socket_mode_enabled"]


def test_every_scope_is_in_the_readme_with_its_reason() -> None:
    told = dict(re.findall(r"^\| `([a-z:_.]+)` \| (.+) \|$", README, re.MULTILINE))
    assert {scope: told.get(scope) for scope in SCOPES} == SCOPES


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? ?\|", README, re.MULTILINE))
    for settings in (Settings, CommandNames):
        for name, field in settings.model_fields.items():
            variable = str(field.validation_alias or name).upper()
            default = "" if field.is_required() or field.default in (None, frozenset()) else str(field.default)
            written = default.lower() if isinstance(field.default, bool) else default.removesuffix(".0")
            assert told.get(variable) == written, variable


def test_every_command_of_the_readme_exists() -> None:
    groups = {
        group.name: {
            one.name or one.callback.__name__ for one in group.typer_instance.registered_commands if one.callback
        }
        for group in app.registered_groups
        if group.typer_instance
    }
    known = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
    for first, second in re.findall(r"`planbot ([a-z]+)(?: ([a-z]+))?", README):
        assert first in known or second in groups.get(first, set()), f"planbot {first} {second}"


def test_events_need_the_scopes_that_are_asked_for() -> None:
    needs = {"app_mention": "app_mentions:read", "message.im": "im:history", "user_change": "users:read"}
    assert {needs[event] for event in EVENTS if event in needs} <= set(SCOPES)


def test_the_example_of_settings_names_only_settings() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    known = {
        str(field.validation_alias or name).upper()
        for settings in (Settings, CommandNames)
        for name, field in settings.model_fields.items()
    }
    assert named <= known
    assert "SLACK_BOT_TOKEN" in named
