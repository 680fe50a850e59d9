"""The HTTP side: the Web API, the WebSockets, `response_url`s and file uploads, on a free port of loopback."""

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

from aiohttp import BodyPartReader, web

from bot.console.workspace.calls import Call
from bot.console.workspace.core import Core
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.faults import Fault
from bot.console.workspace.responses import use_response_url
from bot.console.workspace.webapi.catalogue import METHODS
from bot.console.workspace.webapi.registry import Method, Request, check_required, decoded, require_scopes

LOOPBACK = "127.0.0.1"
LARGEST_BODY = 64 * 2**20


class Server:
    """Serves one workspace. `start` sets the workspace's `base_url`."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._runner: web.AppRunner | None = None

    async def start(self, port: int) -> None:
        """Listens on loopback; port 0 takes a free one."""
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_get("/link/{id}", self._link)
        app.router.add_post("/responses/{key}", self._respond)
        app.router.add_post("/upload/{file}", self._upload)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, port)
        await site.start()
        self._core.base_url = f"http://{LOOPBACK}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Closes every connection."""
        await self._core.sockets.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _call(self, http: web.Request) -> web.StreamResponse:
        name = http.match_info["method"]
        try:
            arguments, token = await _arguments(http)
        except RefusedError as refusal:
            return web.json_response({"ok": False, "error": refusal.error})
        at = time.time()
        fault = await self._next_fault(name)
        if fault is not None and fault.effect != "drop":
            return self._faulty(fault, name, arguments, at)
        answer = self._answer(name, arguments, token)
        self._log(Call(name, arguments, at, "dropped" if fault else answer.get("error")))
        if fault is not None and http.transport is not None:
            http.transport.abort()
        return web.json_response(answer, headers=self._headers())

    def _answer(self, name: str, arguments: Mapping[str, Any], token: str) -> dict[str, Any]:
        try:
            declared = METHODS.get(name)
            if declared is None:
                self._core.calls.unknown_methods.append(name)
                raise RefusedError("unknown_method", {"req_method": name})
            self._authenticate(declared, token)
            require_scopes(self._core, *declared.scopes)
            check_required(declared, arguments)
            return {"ok": True, **declared.handler(Request(self._core, name, arguments))}
        except RefusedError as refusal:
            return {"ok": False, "error": refusal.error, **refusal.fields}

    def _authenticate(self, declared: Method, token: str) -> None:
        app = self._core.app
        if declared.caller == "anyone":
            return
        if not token:
            raise RefusedError("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise RefusedError("invalid_auth")
        if (token == app.app_token) != (declared.caller == "app"):
            raise RefusedError("not_allowed_token_type")

    def _faulty(self, fault: Fault, name: str, arguments: Mapping[str, Any], at: float) -> web.Response:
        if fault.effect == "rate_limit":
            self._log(Call(name, arguments, at, "ratelimited"))
            headers = {"Retry-After": str(int(fault.seconds))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if fault.effect == "http_error":
            self._log(Call(name, arguments, at, f"http_{fault.status}"))
            return web.Response(status=fault.status, text="Slack is having trouble")
        self._log(Call(name, arguments, at, fault.error))
        return web.json_response({"ok": False, "error": fault.error, **fault.fields}, headers=self._headers())

    async def _link(self, http: web.Request) -> web.StreamResponse:
        if self._core.faults.refuses_socket():
            return web.Response(status=503)
        return await self._core.sockets.serve(http)

    async def _respond(self, http: web.Request) -> web.Response:
        try:
            body = _json_arguments(await http.read())
        except RefusedError as refusal:
            return web.Response(status=400, text=refusal.error)
        at = time.time()
        fault = await self._next_fault("response_url")
        if fault is not None and fault.effect != "drop":
            return self._faulty(fault, "response_url", body, at)
        error = self._use(http.match_info["key"], body)
        self._log(Call("response_url", body, at, "dropped" if fault else error))
        if fault is not None and http.transport is not None:
            http.transport.abort()
        if error is None:
            return web.Response(text="ok")
        return web.json_response({"ok": False, "error": error}, status=404 if error.endswith("_url") else 400)

    def _use(self, key: str, body: Mapping[str, Any]) -> str | None:
        """Posts to that `response_url`, and says why it was refused, if it was."""
        try:
            use_response_url(self._core, key, body)
        except RefusedError as refusal:
            return refusal.error
        return None

    async def _next_fault(self, name: str) -> Fault | None:
        """What goes wrong with this call, after the delay that it is to have."""
        delay, fault = self._core.faults.next_for(name)
        if delay:
            await asyncio.sleep(delay)
        return fault

    async def _upload(self, http: web.Request) -> web.Response:
        """The bytes of a file, raw or as the one part of a form."""
        row = self._core.state.files.get(http.match_info["file"])
        if row is None or row.content is not None:
            return web.Response(status=404)
        content = await _file_content(http)
        if len(content) != row.length:
            return web.Response(status=400, text="length mismatch")
        row.content = content
        return web.Response(text=f"OK - {row.length}")

    def _headers(self) -> dict[str, str]:
        return {"X-OAuth-Scopes": ",".join(self._core.app.scopes)}

    def _log(self, call: Call) -> None:
        self._core.calls.calls.append(call)
        self._core.changes.announce()


async def _arguments(http: web.Request) -> tuple[dict[str, Any], str]:
    """The call's arguments, decoded, and its token, from the header or the form."""
    if http.content_type == "application/json":
        arguments = _json_arguments(await http.read())
    else:
        arguments = dict(await http.post())
    arguments = {**http.query, **arguments}
    token = str(arguments.pop("token", ""))
    header = http.headers.get("Authorization", "")
    return decoded(arguments), header.removeprefix("Bearer ").strip() or token


def _json_arguments(body: bytes) -> dict[str, Any]:
    """Raises RefusedError `invalid_json`, `json_not_object`."""
    try:
        arguments = json.loads(body or b"{}") or {}
    except ValueError:
        raise RefusedError("invalid_json") from None
    if not isinstance(arguments, dict):
        raise RefusedError("json_not_object")
    return arguments


async def _file_content(http: web.Request) -> bytes:
    if not http.content_type.startswith("multipart/"):
        return await http.read()
    async for part in await http.multipart():
        if isinstance(part, BodyPartReader):
            return bytes(await part.read())
    return b""
