"""Whose the e-mail addresses are by which the plan names owners: asked of Slack in the background, and remembered."""

import logging
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.slack import SLACK_FAILURES, Slack, error_code
from store.addresses import addresses_to_ask, remember_addresses
from store.database import Database

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
"""How often the record is looked at for addresses that nobody asked about yet."""
ASK_AGAIN = timedelta(days=1)
"""How soon an address is asked about again that Slack did not know."""
REST_SECONDS = 3_600.0
"""How long Slack is left alone where it says that the bot may not ask."""
AT_ONCE = 20
"""How many are asked about before they are written down: a process that ends has not asked in vain."""
_NOBODY = "users_not_found"
_FORBIDDEN = frozenset({"missing_scope", "not_allowed_token_type", "no_permission", "access_denied"})


class Addressbook:
    """Looks owners' addresses up by `users.lookupByEmail`, each once; one that is nobody's again after a day."""

    def __init__(self, slack: Slack, database: Database, workspace: int) -> None:
        self._slack = slack
        self._database = database
        self._workspace = workspace
        self._rests_until = 0.0

    async def look_up(self) -> None:
        """Ask about every address that is not known yet. No failure leaves here: the next look comes."""
        if time.monotonic() < self._rests_until:
            return
        try:
            async with self._database.reading() as session:
                waiting = await addresses_to_ask(session, self._workspace, datetime.now(UTC) - ASK_AGAIN)
            for at in range(0, len(waiting), AT_ONCE):
                if not await self._ask_about(waiting[at : at + AT_ONCE]):
                    return
        except Exception as error:  # whatever it is, the bot goes on
            log.warning("owners' addresses not looked up", extra={"error": type(error).__name__})

    async def _ask_about(self, emails: Sequence[str]) -> bool:
        """Ask about some and remember what was said; whether to go on."""
        found: list[tuple[str, str | None]] = []
        goes_on = True
        for email in emails:
            try:
                found.append((email, await self._user(email)))
            except SLACK_FAILURES as error:
                self._note_failure(error)
                goes_on = False
                break
        if found:
            async with self._database.sessions.begin() as session:
                await remember_addresses(session, self._workspace, found, datetime.now(UTC))
            known = sum(user is not None for _, user in found)
            log.info("owners' addresses looked up", extra={"asked": len(found), "known": known})
        return goes_on

    async def _user(self, email: str) -> str | None:
        try:
            user = (await self._slack.ask("users.lookupByEmail", email=email)).get("user") or {}
        except SlackApiError as error:
            if error_code(error) == _NOBODY:
                return None
            raise
        return str(user["id"]) if user.get("id") else None

    def _note_failure(self, error: Exception) -> None:
        code = error_code(error) if isinstance(error, SlackApiError) else ""
        log.warning("owners' addresses not looked up", extra={"error": code or type(error).__name__})
        if code in _FORBIDDEN:
            self._rests_until = time.monotonic() + REST_SECONDS
