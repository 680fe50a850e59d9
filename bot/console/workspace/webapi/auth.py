"""auth.test, api.test, apps.connections.open, bots.info, team.info."""

from bot.console.workspace.errors import RefusedError
from bot.console.workspace.state import TEAM_ID
from bot.console.workspace.webapi.registry import Answer, Request, method


@method("api.test", caller="anyone")
def api_test(request: Request) -> Answer:
    """Echoes its arguments; an `error` argument becomes the error."""
    if request.text("error"):
        raise RefusedError(request.text("error"), {"args": dict(request.arguments)})
    return {"args": dict(request.arguments)}


@method("auth.test")
def auth_test(request: Request) -> Answer:
    """Who the token belongs to."""
    core = request.core
    return {
        "url": f"{core.base_url}/",
        "team": core.state.team_name,
        "user": core.bot.name,
        "team_id": TEAM_ID,
        "user_id": core.bot.id,
        "bot_id": core.app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", caller="app")
def open_connection(request: Request) -> Answer:
    """The address of a new WebSocket."""
    address = request.core.base_url.replace("http://", "ws://")
    return {"url": f"{address}/link/{request.core.state.new_id('L')}"}


@method("bots.info", scopes=("users:read",))
def bot_info(request: Request) -> Answer:
    """The app's own bot; no other is known."""
    core = request.core
    if request.text("bot", core.app.bot_id) != core.app.bot_id:
        raise RefusedError("bot_not_found")
    return {
        "bot": {
            "id": core.app.bot_id,
            "deleted": False,
            "name": core.bot.name,
            "app_id": core.app.app_id,
            "user_id": core.bot.id,
        }
    }


@method("team.info", scopes=("team:read",))
def team_info(request: Request) -> Answer:
    """The team."""
    state = request.core.state
    return {"team": {"id": TEAM_ID, "name": state.team_name, "domain": state.team_domain}}
