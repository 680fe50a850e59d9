"""The app's manifest: what Slack is told of the bot, made from the settings."""

from typing import Any

import yaml

from bot.settings import CommandNames

SCOPES = {
    "app_mentions:read": "hears questions that mention it in a channel",
    "channels:history": "finds its own digest in a public channel after a crash, instead of posting it twice",
    "channels:join": "joins a public channel whose members subscribe to the digest, or to which somebody shares one",
    "chat:write": "posts answers and digests",
    "commands": "adds the three slash commands and the two shortcuts",
    "groups:history": "finds its own digest in a private channel after a crash, instead of posting it twice",
    "im:history": "hears questions and answers to reminders in direct messages",
    "im:write": "opens the direct message with an owner to remind, where it finds its reminder again after a crash",
    "users:read": "knows the member's time zone, whether a named owner is that member, and when an owner has left",
    "users:read.email": "recognises owners whom the plan names by e-mail address",
}
"""Every scope with its reason; the fewest that work."""

REPORT_SHORTCUT = "progress:report"
MESSAGE_SHORTCUT = "progress:message"
"""The shortcuts, by which their listeners know them."""

EVENTS = ("app_home_opened", "app_mention", "message.im", "user_change")


def manifest(names: CommandNames, http_address: str | None = None) -> dict[str, Any]:
    """The manifest for Socket Mode, or for HTTP if the bot's public address (`https://…`) is given."""
    url = f"{http_address.rstrip('/')}/slack/events" if http_address else None
    reached_by = {"request_url": url} if url else {}
    return {
        "display_information": {
            "name": "planbot",
            "description": "Answers questions about our strategic plan, takes progress updates, posts a weekly digest",
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "shortcuts": [
                {
                    "name": "Report progress",
                    "type": "global",
                    "callback_id": REPORT_SHORTCUT,
                    "description": "Opens the form for an action or indicator of yours",
                },
                {
                    "name": "Use as progress update",
                    "type": "message",
                    "callback_id": MESSAGE_SHORTCUT,
                    "description": "Puts a message into the form, as the note and the evidence",
                },
            ],
            "bot_user": {"display_name": "planbot", "always_online": True},
            "slash_commands": [
                _command(names.plan, "Ask about the strategic plan", "what are our values | help", url),
                _command(
                    names.progress,
                    "Report progress on an action",
                    "A-01 60% at risk: note | mine | help",
                    url,
                    # Delegates are named in it: by the id that stands behind the name, since two may be called alike.
                    should_escape=True,
                ),
                _command(
                    names.digest,
                    "This channel's weekly digest",
                    "weekly monday 09:00 | preview | pause | off | help",
                    url,
                ),
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**reached_by, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **reached_by, **({"message_menu_options_url": url} if url else {})},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _command(name: str, description: str, hint: str, url: str | None, *, should_escape: bool = False) -> dict[str, Any]:
    command = {"command": name, "description": description, "usage_hint": hint, "should_escape": should_escape}
    return {**command, "url": url} if url else command


def manifest_yaml(names: CommandNames, http_address: str | None = None) -> str:
    """The manifest as the file that Slack takes under 'From a manifest'."""
    return yaml.safe_dump(manifest(names, http_address), sort_keys=False, allow_unicode=True, width=110)
