"""What one types for a field of a form, read as the field holds it; and what it holds, put in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.console.cast import Role, find
from bot.console.mrkdwn import Directory, as_typed
from bot.console.workspace.forms import ONE_OPTION, SEVERAL_OPTIONS, TEXT_KEYS
from bot.console.workspace.reading import Control, text_of

CLEAR = "-"


class Unreadable(Exception):
    """What was typed is nothing that the field can hold; the message says what it takes."""


class Reader:
    """Reads for one person: in their time zone, with these people and channels to choose from."""

    def __init__(self, roles: Sequence[Role], directory: Directory, zone: str) -> None:
        self._roles = tuple(roles)
        self._directory = directory
        self._zone = ZoneInfo(zone)
        self._sorts: dict[str, Callable[[str], Any]] = {
            "users_select": self._person,
            "multi_users_select": self._several(self._person),
            "channels_select": self._channel,
            "conversations_select": self._channel,
            "multi_channels_select": self._several(self._channel),
            "multi_conversations_select": self._several(self._channel),
            "datepicker": lambda typed: _parsed(date, typed, "a date such as 2026-03-31"),
            "timepicker": lambda typed: _parsed(time, typed, "a time such as 09:00")[:5],
            "datetimepicker": self._moment,
            "rich_text_input": _rich_text,
        }

    def value(self, control: Control, typed: str) -> Any:
        """What `typed` makes of the field. Raises Unreadable."""
        if typed == CLEAR and control.optional:
            return [] if control.type in SEVERAL_OPTIONS or control.type.startswith("multi_") else None
        if control.type in ONE_OPTION:
            return option_meant(control, typed)
        if control.type in SEVERAL_OPTIONS:
            return [option_meant(control, part) for part in _parts(typed)]
        return self._sorts.get(control.type, str)(typed)

    def shown(self, held: Mapping[str, Any]) -> str:
        """The value of a field in words, empty where it has none."""
        if "selected_option" in held:
            return as_typed(text_of((held["selected_option"] or {}).get("text")))
        if "selected_options" in held:
            return ", ".join(as_typed(text_of(one["text"])) for one in held["selected_options"] or ())
        value = held.get(TEXT_KEYS.get(str(held.get("type")), "value"))
        if isinstance(value, list):
            return ", ".join(self._name(str(one)) for one in value)
        if isinstance(value, int) and held.get("type") == "datetimepicker":
            return f"{datetime.fromtimestamp(value, self._zone):%Y-%m-%d %H:%M}"
        return self._name(str(value)) if value not in (None, "") and not isinstance(value, Mapping) else ""

    def _name(self, value: str) -> str:
        if value in self._directory.people:
            return self._directory.person(value)
        return self._directory.channel(value) if value in self._directory.channels else as_typed(value)

    def _person(self, typed: str) -> str:
        meant = find(self._roles, typed)
        if len(meant) != 1:
            raise Unreadable("it takes one person: a user id, @handle or name")
        return meant[0].person.id

    def _channel(self, typed: str) -> str:
        named = {name: channel_id for channel_id, name in self._directory.channels.items()}
        wanted = typed.removeprefix("#")
        if wanted not in named:
            raise Unreadable(f"it takes a channel: {', '.join(f'#{name}' for name in named)}")
        return named[wanted]

    def _several(self, one: Callable[[str], str]) -> Callable[[str], list[str]]:
        return lambda typed: [one(part) for part in _parts(typed)]

    def _moment(self, typed: str) -> int:
        told = _parsed(datetime, typed, "a date and time such as 2026-03-31 09:00")
        return int(datetime.fromisoformat(told).replace(tzinfo=self._zone).timestamp())


def option_meant(control: Control, typed: str) -> str:
    """The text of the option that a number, its text or a part of that names. Raises Unreadable."""
    texts = [text_of(option["text"]) for option in control.options]
    if typed.isdecimal() and 1 <= int(typed) <= len(texts):
        return texts[int(typed) - 1]
    wanted = typed.casefold()
    exact = [text for text in texts if wanted == text.casefold()]
    meant = exact or [text for text in texts if wanted and wanted in text.casefold()]
    if len(meant) != 1:
        raise Unreadable(f"type a number from 1 to {len(texts)}")
    return meant[0]


def _parts(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()]


def _parsed(sort: type[date] | type[time], typed: str, takes: str) -> str:
    try:
        return sort.fromisoformat(typed).isoformat()
    except ValueError:
        raise Unreadable(f"it takes {takes}") from None


def _rich_text(typed: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": typed}]}
    return {"type": "rich_text", "elements": [section]}
