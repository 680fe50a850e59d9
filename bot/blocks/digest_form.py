"""The form in which a channel's digest is set up and changed."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from bot.blocks.fields import (
    MOST_OPTIONS,
    Field,
    boxes_fields,
    channel_field,
    groups_field,
    menu_field,
    option,
    option_groups,
    sought_field,
    time_field,
)
from bot.blocks.message import Block, context, plain_text
from commands.digest_choices import ScopeChoice, ScopeChoices, ZoneChoices
from commands.digest_form import FORM, RHYTHMS, Filled
from commands.schedule import DAYS, NTH

View = dict[str, Any]

ZONE = "digest:zone"
SCOPE = "digest:scope"
"""The menus whose options are looked up."""
MENTIONS = "yes"
METADATA = 3_000


@dataclass(frozen=True, slots=True)
class Aim:
    """What a form is for, as it carries it along."""

    place: str = ""
    """The channel or direct message from which it was opened; empty for App Home."""
    channel: str = ""
    """The channel that is to get the digest; empty where it is chosen in the form."""
    subscription: int | None = None
    """What is changed; None for a new one."""
    response_url: str = ""
    """Where the answer goes."""

    @classmethod
    def read(cls, written: str) -> "Aim":
        """From a view's `private_metadata`, even of another version of planbot."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in json.loads(written or "{}").items() if name in known})

    def written(self) -> str:
        """For a view's `private_metadata`."""
        words = json.dumps(asdict(self), separators=(",", ":"))
        return words if len(words) <= METADATA else replace(self, response_url="").written()


def digest_form(aim: Aim, filled: Filled, scopes: ScopeChoices, *, lead: str = "") -> View:
    """The form, filled in; `lead` stands above its fields, in mrkdwn."""
    is_new = aim.subscription is None
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": aim.written(),
        "title": plain_text("New digest" if is_new else "Change the digest"),
        "submit": plain_text("Subscribe" if is_new else "Save"),
        "close": plain_text("Cancel"),
        "blocks": [*([context(lead)] if lead else []), *_channel(aim), *_fields(filled, scopes)],
    }


def _channel(aim: Aim) -> tuple[Block, ...]:
    if aim.channel:
        return ()
    field = Field("channel", "Channel", "Left empty, the digest comes to you, in the messages with me.")
    return (channel_field(field, placeholder="Choose a channel"),)


def _fields(filled: Filled, scopes: ScopeChoices) -> tuple[Block, ...]:
    rhythms = [option(_rhythm_words(one), one) for one in RHYTHMS]
    days = [option(day.title(), str(at)) for at, day in enumerate(DAYS)]
    hint = "A fortnightly one begins with the next such day."
    mentions = option("Mention the owners whom it names", MENTIONS, "Slack then tells them. Anyone can mute that.")
    return (
        menu_field(Field("every", "How often", hint, is_needed=True), rhythms, filled.every),
        menu_field(Field("weekday", "Day", is_needed=True), days, filled.weekday),
        time_field(Field("time", "Time", is_needed=True), filled.time),
        _zone(filled.zone),
        _scope(filled.scope, scopes),
        *boxes_fields(Field("mentions", "Owners"), [mentions], [MENTIONS] if filled.mentions else []),
    )


def _rhythm_words(rhythm: str) -> str:
    every, _, nth = rhythm.partition(":")
    if nth:
        return f"Every month, on the {NTH[int(nth)]} such day"
    return {"week": "Every week", "fortnight": "Every other week"}[every]


def _zone(zone: str) -> Block:
    field = Field("zone", "Time zone", "Type a city, or what the clock there is called.", is_needed=True)
    return sought_field(field, ZONE, placeholder="Type a city", has=option(zone, zone) if zone else None)


def _scope(mark: str, scopes: ScopeChoices) -> Block:
    field = Field("scope", "About", is_needed=True)
    if len(scopes) <= MOST_OPTIONS:
        return groups_field(field, _scope_groups(scopes), mark)
    held = scopes.marked(mark)
    return sought_field(field, SCOPE, placeholder="Type a piece of the name", has=_scope_option(held) if held else None)


def scope_suggestions(found: ScopeChoices) -> dict[str, Any]:
    """What the menu of scopes shows: the answer to a `block_suggestion`."""
    return _suggestions(_scope_groups(found))


def zone_suggestions(found: ZoneChoices) -> dict[str, Any]:
    """What the menu of zones shows."""
    named = (("Most likely", found.near), ("Others", found.others))
    return _suggestions([(label, [option(zone, zone) for zone in zones]) for label, zones in named])


def _suggestions(groups: Sequence[tuple[str, Sequence[Block]]]) -> dict[str, Any]:
    shown = option_groups(groups)
    return {"option_groups": shown} if shown else {"options": []}


def _scope_groups(scopes: ScopeChoices) -> list[tuple[str, list[Block]]]:
    named = (
        ("The plan", scopes.whole),
        ("Priorities", scopes.priorities),
        ("Objectives", scopes.objectives),
        ("Departments", scopes.departments),
    )
    return [(label, list(map(_scope_option, group))) for label, group in named]


def _scope_option(choice: ScopeChoice) -> Block:
    return option(choice.title or "The whole plan", choice.mark, choice.under)
