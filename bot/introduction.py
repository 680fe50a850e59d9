"""Who the bot is at Slack, asked once at the start; and what to do where Slack does not say."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack import Slack, error_code

T = TypeVar("T")

log = logging.getLogger(__name__)

TRIES = 6
NEEDS_A_TOKEN = frozenset(
    {
        "not_authed",
        "invalid_auth",
        "account_inactive",
        "token_expired",
        "token_revoked",
        "no_permission",
        "not_allowed_token_type",
        "missing_scope",
        "access_denied",
        "team_access_not_granted",
    }
)
"""Slack's errors that another token mends (docs.slack.dev, auth.test, errors)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot, as Slack knows it."""

    team: str
    team_name: str
    bot_user: str
    bot_name: str
    scopes: frozenset[str] | None
    """What the token was granted; None where this Slack server does not tell."""


class SlackUnusable(Exception):
    """Slack cannot be worked with; `says` is what happened and `mend` what to do."""

    def __init__(self, says: str, mend: str, *, may_pass: bool = False) -> None:
        super().__init__(f"{says}: {mend}.")
        self.says = says
        self.mend = mend
        self.may_pass = may_pass
        """Whether it may be better in a minute."""


async def introduce(slack: Slack, tries: int = TRIES) -> Identity:
    """The bot's identity; asked again, with growing pauses, while Slack is in trouble. Raises SlackUnusable."""
    return await _patiently(lambda: _identity(slack), tries)


async def try_socket(slack: Slack, app_token: str, tries: int = TRIES) -> None:
    """Ask for a WebSocket, as Socket Mode does; slack_sdk would ask for ever. Patient as `introduce`."""
    await _patiently(lambda: _socket(slack, app_token), tries)


async def _patiently(call: Callable[[], Awaitable[T]], tries: int) -> T:
    for attempt in range(1, tries + 1):
        try:
            return await call()
        except SlackUnusable as error:
            if not error.may_pass or attempt == tries:
                raise
            log.warning("slack not reached", extra={"attempt": attempt})
            await asyncio.sleep(0.5 * 2**attempt)
    raise ValueError("at least one try is needed")


async def _identity(slack: Slack) -> Identity:
    try:
        me = await slack.client.auth_test()
    except Exception as error:
        raise trouble(error, "SLACK_BOT_TOKEN", _COPY_AGAIN) from error
    headers = {str(name).casefold(): str(value) for name, value in me.headers.items()}
    listed = headers.get("x-oauth-scopes")  # docs.slack.dev, Web API: every answer has the token's scopes
    return Identity(
        team=str(me["team_id"]),
        team_name=str(me.get("team") or ""),
        bot_user=str(me["user_id"]),
        bot_name=str(me.get("user") or ""),
        scopes=None if listed is None else frozenset(scope.strip() for scope in listed.split(",") if scope.strip()),
    )


async def _socket(slack: Slack, app_token: str) -> None:
    try:
        await slack.client.apps_connections_open(app_token=app_token)
    except Exception as error:
        raise trouble(error, "SLACK_APP_TOKEN", _MAKE_ONE) from error


_COPY_AGAIN = "copy the bot token again from 'OAuth & Permissions', after installing the app in the workspace"
_MAKE_ONE = "make an app-level token with the scope connections:write under 'Basic Information'"


def trouble(error: Exception, variable: str, mend: str) -> SlackUnusable:
    """What an error of a first call means; anything but Slack's own answers and a broken network is raised again."""
    if isinstance(error, SlackApiError):
        code = error_code(error)
        if code in NEEDS_A_TOKEN:
            return SlackUnusable(f"Slack does not take {variable} ({code})", mend)
        says = f"Slack is in trouble ({code or f'HTTP {error.response.status_code}'})"
        return SlackUnusable(says, "try again in some minutes", may_pass=True)
    if isinstance(error, aiohttp.ClientError | TimeoutError | OSError):
        return SlackUnusable("Slack cannot be reached", "check the network and SLACK_API_URL", may_pass=True)
    if isinstance(error, AttributeError | ValueError | KeyError):  # what slack_sdk makes of a page that is no answer
        return SlackUnusable("what answers is not Slack's Web API", "check SLACK_API_URL, and proxies on the way")
    raise error
