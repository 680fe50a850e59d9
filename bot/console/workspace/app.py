"""The app installed in the workspace: what its manifest declares and the secrets that it was given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

KNOWN_EVENTS = (
    "app_home_opened",
    "app_mention",
    "channel_archive",
    "channel_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "user_change",
)
"""The events that this workspace can send."""

ALL_SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
    "users:read.email",
)
"""The scopes that the methods and events of this workspace ask for."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut of the manifest; `kind` is `global` or `message`."""

    callback_id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class App:
    """An app as Slack knows it once installed. The defaults may do everything; a manifest says less."""

    name: str = "planbot"
    commands: tuple[str, ...] = ()
    escaped_commands: frozenset[str] = frozenset()
    events: tuple[str, ...] = KNOWN_EVENTS
    scopes: tuple[str, ...] = ALL_SCOPES
    shortcuts: tuple[Shortcut, ...] = ()
    home_tab: bool = True
    messages_tab: bool = True
    messages_tab_read_only: bool = False
    agent_view: bool = False
    interactivity: bool = True
    looks_up: bool = True
    """Whether it is asked for options: over Socket Mode always, else where its manifest says at which address."""
    app_id: str = "A00000001"
    bot_id: str = "B00000001"
    bot_token: str = field(default_factory=lambda: f"xoxb-{token_hex(12)}", repr=False)
    app_token: str = field(default_factory=lambda: f"xapp-{token_hex(12)}", repr=False)
    signing_secret: str = field(default_factory=lambda: token_hex(16), repr=False)
    verification_token: str = field(default_factory=lambda: token_hex(12), repr=False)


def app_of(manifest: Mapping[str, Any]) -> App:
    """The app that Slack would install from `manifest` (https://docs.slack.dev/reference/app-manifest).

    What the manifest leaves out is off, as in Slack. Raises KeyError when it has no `display_information.name`.
    """
    features, settings = _section(manifest, "features"), _section(manifest, "settings")
    home, commands = _section(features, "app_home"), _entries(features, "slash_commands")
    scopes = _section(_section(manifest, "oauth_config"), "scopes")
    bot_user = _section(features, "bot_user")
    return App(
        name=str(bot_user.get("display_name") or manifest["display_information"]["name"]),
        commands=tuple(str(entry["command"]) for entry in commands),
        escaped_commands=frozenset(str(entry["command"]) for entry in commands if entry.get("should_escape")),
        events=tuple(_section(settings, "event_subscriptions").get("bot_events") or ()),
        scopes=tuple(scopes.get("bot") or ()),
        shortcuts=tuple(
            Shortcut(str(entry["callback_id"]), str(entry["name"]), str(entry["type"]))
            for entry in _entries(features, "shortcuts")
        ),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False)),
        messages_tab_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        agent_view="agent_view" in features,
        interactivity=bool(_section(settings, "interactivity").get("is_enabled", False)),
        looks_up=bool(
            settings.get("socket_mode_enabled") or _section(settings, "interactivity").get("message_menu_options_url")
        ),
    )


def _section(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = parent.get(key)
    return value if isinstance(value, Mapping) else {}


def _entries(parent: Mapping[str, Any], key: str) -> Iterable[Mapping[str, Any]]:
    return parent.get(key) or ()
