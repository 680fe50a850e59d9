"""users.info, list, lookupByEmail."""

from bot.console.workspace.errors import RefusedError
from bot.console.workspace.rendering import user_payload
from bot.console.workspace.webapi.pages import page
from bot.console.workspace.webapi.registry import Answer, Request, method


@method("users.info", scopes=("users:read",), required=("user",))
def info(request: Request) -> Answer:
    """One person, deactivated ones included."""
    return {"user": user_payload(request.core, request.core.state.user(request.text("user")))}


@method("users.list", scopes=("users:read",))
def users(request: Request) -> Answer:
    """Everyone, bots and deactivated people included."""
    rows, more = page(request, list(request.core.state.users.values()))
    return {"members": [user_payload(request.core, user) for user in rows], **more}


@method("users.lookupByEmail", scopes=("users:read.email",), required=("email",))
def by_email(request: Request) -> Answer:
    """The active person with that address."""
    wanted = request.text("email").casefold()
    for user in request.core.state.users.values():
        if user.email.casefold() == wanted and not user.deleted:
            return {"user": user_payload(request.core, user)}
    raise RefusedError("users_not_found")
