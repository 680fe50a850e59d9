"""The parts of a running workspace that the Web API, the people and the deliveries share."""

import asyncio
from dataclasses import dataclass

from bot.console.workspace.app import App
from bot.console.workspace.calls import CallLog
from bot.console.workspace.delivery import Courier
from bot.console.workspace.delivery_socket import SocketCarrier
from bot.console.workspace.faults import Faults
from bot.console.workspace.records import ResponseUrl, Trigger, User
from bot.console.workspace.state import State
from bot.console.workspace.waiting import Changes

RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5


@dataclass(slots=True)
class Core:
    """`base_url` ends without a slash; it is known once the server listens. `charts`: see `Workspace.open`."""

    app: App
    bot: User
    state: State
    changes: Changes
    faults: Faults
    calls: CallLog
    courier: Courier
    sockets: SocketCarrier
    trigger_seconds: float
    charts: bool = True
    base_url: str = ""

    def new_trigger(self, user_id: str) -> str:
        """A `trigger_id` that opens one modal within `trigger_seconds`."""
        trigger_id = f"{self.state.new_id('TR')}.{self.app.app_id}"
        # The loop's clock and not the wall's: a test that moves the date must not make a click expire.
        expires = asyncio.get_running_loop().time() + self.trigger_seconds
        self.state.triggers[trigger_id] = Trigger(trigger_id, user_id, expires)
        return trigger_id

    def new_response_url(self, row: ResponseUrl) -> str:
        """The address by which the app may answer `row`'s command or click."""
        self.state.response_urls[row.key] = row
        return f"{self.base_url}/responses/{row.key}"
