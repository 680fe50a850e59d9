"""What Slack shows of people: their names, and whether an account can be written to."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from bot.slack import SLACK_FAILURES, Slack

log = logging.getLogger(__name__)

LOOK_UP_SECONDS = 1.0
"""Somebody waits for a form, which has to open within 3 seconds."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A member of the workspace as others see them."""

    id: str
    name: str
    is_bot: bool = False
    is_gone: bool = False
    """Whether the account is deactivated."""


async def profile_of(slack: Slack, user: str) -> Profile | None:
    """The profile of the person with that user id; None where Slack does not tell within a second."""
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            found = (await slack.ask("users.info", user=user)).get("user") or {}
    except SLACK_FAILURES as error:
        log.warning("profile not looked up", extra={"user": user, "error": type(error).__name__})
        return None
    shown = found.get("profile") or {}
    name = shown.get("real_name") or found.get("real_name") or shown.get("display_name") or found.get("name") or user
    # Slackbot says that it is no bot (docs.slack.dev, objects, user).
    is_bot = bool(found.get("is_bot")) or user == "USLACKBOT"
    return Profile(user, str(name), is_bot, bool(found.get("deleted")))


async def names_of(slack: Slack, users: Iterable[str]) -> dict[str, str]:
    """The names of people by user id, of those whom Slack tells."""
    wanted = list(dict.fromkeys(users))
    found = await asyncio.gather(*(profile_of(slack, user) for user in wanted))
    return {one.id: one.name for one in found if one}
