"""The HTTP mode: Slack's signed requests, and two addresses for whoever watches over the process."""

import logging

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.service import Service
from store.errors import DatabaseUnusable

log = logging.getLogger(__name__)


def web_app(app: AsyncApp, service: Service) -> web.Application:
    """`/slack/events` for Slack; `/healthz`: the process runs; `/readyz`: it can do its work, else HTTP 503."""

    async def slack_events(request: web.Request) -> web.Response:
        try:
            return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))
        except Exception as error:  # whoever sends what is no request of Slack's gets no traceback out of us
            log.warning("request not understood", extra={"error": type(error).__name__})
            return web.Response(status=400)

    async def alive(_: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def ready(_: web.Request) -> web.Response:
        try:
            await service.database.ping()
            database = True
        except DatabaseUnusable:
            database = False
        return web.json_response(
            {"status": "ready" if database else "not ready", "database": database}, status=200 if database else 503
        )

    application = web.Application(client_max_size=2**20)
    application.router.add_post("/slack/events", slack_events)
    application.router.add_get("/healthz", alive)
    application.router.add_get("/readyz", ready)
    return application
