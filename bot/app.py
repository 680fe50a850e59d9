"""The Slack app: Bolt, with every listener registered in plain sight."""

import json
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.asking import ask_usage
from bot.errors import explain, log_failure
from bot.listeners.asking import AskingListeners
from bot.listeners.departing import DepartingListeners
from bot.listeners.digest_buttons import DigestButtonListeners
from bot.listeners.digest_sharing import SharingListeners
from bot.listeners.doubting import DoubtListeners
from bot.listeners.forms import FormListeners
from bot.listeners.history import HistoryListeners
from bot.listeners.home import HomeListeners
from bot.listeners.learning import LearningListeners
from bot.listeners.payloads import reply_to
from bot.listeners.receipts import ReceiptListeners
from bot.listeners.reminded import ReminderListeners
from bot.listeners.renewing import RenewingListeners
from bot.listeners.reporting import ReportingListeners
from bot.listeners.shortcuts import ShortcutListeners
from bot.listeners.subscribing import SubscribingListeners
from bot.receiving import ReceivingApp
from bot.service import Service
from bot.settings import Settings

log = logging.getLogger(__name__)


def build_app(service: Service, settings: Settings) -> ReceivingApp:
    """The app with its listeners.

    A listener acks and leaves the work to the desk, so it is done in a moment; Bolt may therefore wait for it
    (`process_before_response`) instead of looking for the ack every 10 ms, and an error right behind the ack cannot
    lose it.
    """
    # Bolt also looks for a token in the environment, and warns that it will not use it beside our client.
    logging.getLogger("slack_bolt.AsyncApp").addFilter(
        lambda record: "`token` will be unused" not in record.getMessage()
    )
    secret = settings.slack_signing_secret
    app = ReceivingApp(
        service,
        client=AsyncWebClient(base_url=settings.slack_api_url),
        authorize=_our_identity(service, settings),
        signing_secret=secret.get_secret_value() if secret else None,
        request_verification_enabled=not settings.uses_socket_mode,
        process_before_response=True,
    )
    register_listeners(app, service)
    _register_leftovers(app, service)
    app.error(_Apologies(service).answer_error)
    return app


def _our_identity(service: Service, settings: Settings) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Who the bot is, known since the start: Bolt would ask `auth.test` during the first request, before its ack."""
    token = settings.slack_bot_token.get_secret_value()

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_user_id=service.bot_user, bot_token=token
        )

    return authorize


def register_listeners(app: AsyncApp, service: Service) -> None:
    """Everything that the bot listens for; the manifest declares the same."""
    asking, home = AskingListeners(service), HomeListeners(service)
    asking.register(app)
    ReportingListeners(service).register(app)
    FormListeners(service).register(app)
    HistoryListeners(service).register(app)
    ShortcutListeners(service).register(app)
    DoubtListeners(service).register(app)
    ReceiptListeners(service).register(app)
    RenewingListeners(service).register(app)
    ReminderListeners(service).register(app)
    SubscribingListeners(service).register(app)
    home.register(app)
    DigestButtonListeners(service, asking, home).register(app)
    SharingListeners(service).register(app)
    DepartingListeners(service).register(app)
    LearningListeners(service).register(app)


def _register_leftovers(app: AsyncApp, service: Service) -> None:
    """What the manifest does not declare may still arrive: of an older or a newer version of it, or a link's press."""
    anything = re.compile(".*")

    async def unknown_command(ack: AsyncAck) -> None:
        usage = ask_usage(service.names)
        await ack(text=usage.text, blocks=list(usage.blocks))

    async def unknown(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        log.info("nothing listens for this", extra={"type": body.get("type")})

    app.command(anything)(unknown_command)
    for kind in (app.action, app.view, app.view_closed, app.shortcut, app.event, app.options):
        kind(anything)(unknown)


class _Apologies:
    def __init__(self, service: Service) -> None:
        self._service = service

    async def answer_error(self, error: Exception, body: dict[str, Any], response: BoltResponse) -> None:
        """An error before the work began: a command is answered in its ack, a button or form where the person is."""
        if "command" not in body and "user" not in body:
            log_failure(error)
            return
        message = explain(error, self._service.names)
        response.status = 200
        if "command" not in body:
            await reply_to(self._service.slack, body)(message)
            return
        response.body = json.dumps({"text": message.text, "blocks": list(message.blocks)})
        response.headers["content-type"] = ["application/json"]
