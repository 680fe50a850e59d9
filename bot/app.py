"""The Slack app: Bolt, with every listener registered in plain sight."""

import json
import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse

from bot.errors import explain, log_failure
from bot.listeners.asking import AskingListeners
from bot.listeners.home import HomeListeners
from bot.listeners.reporting import ReportingListeners
from bot.listeners.subscribing import SubscribingListeners
from bot.service import Service
from bot.settings import CommandNames, Settings

log = logging.getLogger(__name__)


def build_app(service: Service, settings: Settings) -> AsyncApp:
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
    app = AsyncApp(
        client=service.slack.client,
        signing_secret=secret.get_secret_value() if secret else None,
        request_verification_enabled=not settings.uses_socket_mode,
        process_before_response=True,
    )
    register_listeners(app, service)
    app.error(_Apologies(service.names).answer_error)
    return app


def register_listeners(app: AsyncApp, service: Service) -> None:
    """Everything that the bot listens for; the manifest declares the same."""
    AskingListeners(service).register(app)
    ReportingListeners(service).register(app)
    SubscribingListeners(service).register(app)
    HomeListeners(service).register(app)
    app.action(re.compile(".*"))(_button_of_the_past)


async def _button_of_the_past(ack: AsyncAck, action: dict[str, Any]) -> None:
    """A button that no listener knows: of an older version, or a link, which needs no answer."""
    await ack()
    log.info("unknown button", extra={"action_id": action.get("action_id")})


class _Apologies:
    def __init__(self, names: CommandNames) -> None:
        self._names = names

    async def answer_error(self, error: Exception, body: dict[str, Any], response: BoltResponse) -> None:
        """An error before the work began: a command is answered in its ack; of the rest Slack tells the person."""
        if "command" not in body:
            log_failure(error)
            return
        message = explain(error, self._names)
        response.status = 200
        response.body = json.dumps({"text": message.text, "blocks": list(message.blocks)})
        response.headers["content-type"] = ["application/json"]
