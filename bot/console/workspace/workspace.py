"""A Slack workspace on loopback, opened and closed as one."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Literal, Self

from bot.console.workspace.app import App, app_of
from bot.console.workspace.calls import Call, CallLog
from bot.console.workspace.core import Core
from bot.console.workspace.delivery import Courier, Delivery
from bot.console.workspace.delivery_http import HttpCarrier
from bot.console.workspace.delivery_socket import SocketCarrier
from bot.console.workspace.faults import Faults
from bot.console.workspace.people import Person
from bot.console.workspace.places import Channel
from bot.console.workspace.records import SLACKBOT, User
from bot.console.workspace.server import Server
from bot.console.workspace.state import new_state
from bot.console.workspace.waiting import Changes

ACK_SECONDS = 3.0
TRIGGER_SECONDS = 3.0
RETRY_DELAYS = (0.0, 60.0, 300.0)
BOT_ID = "UBOT00001"


class Workspace:
    """One team with one app installed, served on a free port of 127.0.0.1 while it is open."""

    def __init__(self, core: Core, server: Server) -> None:
        self._core = core
        self._server = server
        self._http: HttpCarrier | None = None

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        manifest: Mapping[str, Any] | App | None = None,
        *,
        delivery: Literal["socket", "http"] = "socket",
        request_url: str | None = None,
        team_name: str = "Riverbend",
        port: int = 0,
        ack_seconds: float = ACK_SECONDS,
        retry_delays: Sequence[float] = RETRY_DELAYS,
        trigger_seconds: float = TRIGGER_SECONDS,
        charts: bool = True,
    ) -> AsyncIterator[Self]:
        """Opens a workspace with the app of `manifest` in it (none: an app that may do everything, with no commands).

        `delivery="http"` posts to `request_url`, which can also be given later with `deliver_over_http`. The seconds
        and delays are Slack's own; shorter ones make tests of failures quick. `charts=False` is a workspace that does
        not have the `data_visualization` block yet.
        """
        app = manifest if isinstance(manifest, App) else app_of(manifest) if manifest else App()
        core = _new_core(app, team_name, ack_seconds, retry_delays, trigger_seconds)
        core.charts = charts
        workspace = cls(core, Server(core))
        await workspace._server.start(port)
        try:
            if delivery == "socket":
                core.courier.carrier = core.sockets
            elif request_url is not None:
                await workspace.deliver_over_http(request_url)
            yield workspace
        finally:
            await workspace._close()

    @property
    def api_url(self) -> str:
        """What `SLACK_API_URL` must be: ends with `/api/`."""
        return f"{self._core.base_url}/api/"

    @property
    def app(self) -> App:
        """The app installed here."""
        return self._core.app

    @property
    def bot_token(self) -> str:
        """`SLACK_BOT_TOKEN`."""
        return self._core.app.bot_token

    @property
    def app_token(self) -> str:
        """`SLACK_APP_TOKEN`."""
        return self._core.app.app_token

    @property
    def signing_secret(self) -> str:
        """`SLACK_SIGNING_SECRET`."""
        return self._core.app.signing_secret

    @property
    def faults(self) -> Faults:
        """What can be made to go wrong."""
        return self._core.faults

    @property
    def bot(self) -> Person:
        """The app's bot user."""
        return Person(self._core, self._core.bot)

    @property
    def people(self) -> tuple[Person, ...]:
        """Everyone in the team that is no bot, in order of joining."""
        return tuple(
            Person(self._core, user)
            for user in self._core.state.users.values()
            if user.id != SLACKBOT and not user.is_bot
        )

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Every channel, direct messages aside."""
        return tuple(Channel(self._core, row) for row in self._core.state.conversations.values() if row.kind != "im")

    def member(
        self,
        name: str,
        *,
        user_id: str | None = None,
        real_name: str | None = None,
        tz: str = "America/Toronto",
        email: str | None = None,
        is_bot: bool = False,
        is_admin: bool = False,
        deleted: bool = False,
    ) -> Person:
        """The person of that handle, name or id; a new one (`Dana` gets the handle `dana`) where there is none.

        `user_id` is what a new person's id is to be, as where a plan names them by it; else the next free one.
        """
        state = self._core.state
        row = state.users.get(user_id or name) or (None if user_id else state.user_named(name))
        if row is None:
            handle = name.lower().replace(" ", ".")
            address = email if email is not None else f"{handle}@example.com"
            own_id = user_id or state.new_user_id()
            row = User(own_id, handle, real_name or name, tz, address, is_bot, is_admin, deleted)
            state.users[row.id] = row
        return Person(self._core, row)

    def channel(
        self, name: str, *, members: Sequence[Person] = (), private: bool = False, with_app: bool = True
    ) -> Channel:
        """The channel of that name (`#` or not); a new one, with the app in it unless told, where there is none."""
        row = self._core.state.channel_named(name)
        if row is None:
            inside = [person.id for person in members] + ([self._core.bot.id] if with_app else [])
            creator = inside[0] if inside else self._core.bot.id
            kind: Literal["private", "public"] = "private" if private else "public"
            row = self._core.state.add_conversation(kind, name.removeprefix("#"), creator, inside)
        channel = Channel(self._core, row)
        channel.add(*members)
        return channel

    async def deliver_over_http(self, request_url: str, *, verify: bool = True) -> None:
        """From now on posts signed requests to `request_url`, after Slack's challenge unless told not to.

        Raises ConnectionError when the challenge is not met.
        """
        app = self._core.app
        carrier = HttpCarrier(request_url, app.signing_secret, app.verification_token)
        if self._http is not None:
            await self._http.close()
        self._http = carrier
        if verify:
            await carrier.verify(self._core.courier.ack_seconds)
        self._core.courier.carrier = carrier

    async def connected(self, sockets: int = 1, *, within: float = 10.0) -> None:
        """Waits until that many WebSockets are open."""
        await self._core.changes.until(
            lambda: True if self.sockets_open >= sockets else None,
            within,
            lambda: f"{self.sockets_open} WebSockets are open, not {sockets}",
        )

    async def reconnected(self, *, after: int, within: float = 10.0) -> None:
        """Waits until a WebSocket is open that was opened after the first `after` ones."""
        await self._core.changes.until(
            lambda: True if self.sockets_opened > after and self.sockets_open else None,
            within,
            lambda: f"{self.sockets_opened} WebSockets were opened so far, {self.sockets_open} are open",
        )

    @property
    def sockets_open(self) -> int:
        """How many WebSockets are open now."""
        return self._core.sockets.open_now

    @property
    def sockets_opened(self) -> int:
        """How many WebSockets were ever opened."""
        return self._core.sockets.opened

    async def drop_sockets(self, *, abruptly: bool = False) -> None:
        """Closes every WebSocket without a warning; `abruptly`, as when the network breaks."""
        await self._core.sockets.drop(abruptly=abruptly)

    async def refresh_sockets(self) -> None:
        """Asks the app to open new WebSockets, as Slack does every few hours."""
        await self._core.sockets.refresh()

    def expire_triggers(self) -> None:
        """Makes every `trigger_id` given out so far too old to open a modal with."""
        for trigger in self._core.state.triggers.values():
            trigger.expires = float("-inf")

    def calls(self, method: str | None = None) -> list[Call]:
        """Every Web API call so far, oldest first; posts to a `response_url` are under that name."""
        return self._core.calls.of(method)

    async def next_call(self, method: str, *, after: int = 0, within: float = 5.0) -> Call:
        """The call of `method` after the first `after` ones, awaited if need be."""

        def look() -> Call | None:
            calls = self.calls(method)
            return calls[after] if len(calls) > after else None

        return await self._core.changes.until(
            look, within, lambda: f"{method} was called {len(self.calls(method))} times"
        )

    def file(self, file_id: str) -> bytes:
        """The bytes of an uploaded file. Raises KeyError when there is none of that id, or it was never uploaded."""
        row = self._core.state.files[file_id]
        if row.content is None:
            raise KeyError(file_id)
        return row.content

    @property
    def unknown_methods(self) -> tuple[str, ...]:
        """The methods that were called and do not exist here: a test should find none."""
        return tuple(self._core.calls.unknown_methods)

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Every event, command and interaction sent to the app, oldest first, with the attempts made."""
        return tuple(self._core.courier.deliveries)

    async def delivered(self, name: str, *, after: int = 0, within: float = 5.0) -> Delivery:
        """The delivery of that event, command or interaction after the first `after` ones, once it is finished."""

        def look() -> Delivery | None:
            named = [delivery for delivery in self.deliveries if delivery.name == name]
            return named[after] if len(named) > after and named[after].finished else None

        def missing() -> str:
            sent = [(delivery.name, [ack.failure for ack in delivery.attempts]) for delivery in self.deliveries]
            return f"no {name} was delivered; there were {sent}"

        return await self._core.changes.until(look, within, missing)

    async def deliver_again(self, delivery: Delivery) -> None:
        """Hands a command or an interaction over once more, as one that comes again late."""
        await self._core.courier.hand_over(delivery.sort, delivery.payload)

    async def handed_over(self, *, within: float = 5.0) -> None:
        """Waits until every event, command and interaction so far has reached the app, or was tried once."""
        await self._core.changes.until(
            lambda: True if all(delivery.attempts for delivery in self._core.courier.deliveries) else None,
            within,
            lambda: "the app does not take what was sent to it",
        )

    async def rests(self, *, quiet: float = 0.2, within: float = 10.0) -> None:
        """Waits until nothing has happened here for `quiet` seconds: for tests that something does not happen."""
        await self._core.changes.still(quiet, within)

    async def _close(self) -> None:
        await self._core.courier.close()
        await self._server.stop()
        if self._http is not None:
            await self._http.close()


def _new_core(
    app: App, team_name: str, ack_seconds: float, retry_delays: Sequence[float], trigger_seconds: float
) -> Core:
    changes, faults = Changes(), Faults()
    bot = User(BOT_ID, app.name.lower(), app.name, "America/Los_Angeles", "", is_bot=True)
    return Core(
        app=app,
        bot=bot,
        state=new_state(team_name, team_name.lower().replace(" ", "-"), bot),
        changes=changes,
        faults=faults,
        calls=CallLog(),
        courier=Courier(faults, changes, ack_seconds, retry_delays),
        sockets=SocketCarrier(app.app_id, changes),
        trigger_seconds=trigger_seconds,
    )
