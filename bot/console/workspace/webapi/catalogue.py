"""Every method of the Web API that this workspace speaks."""

from bot.console.workspace.webapi import (
    assistant,
    auth,
    chat,
    conversations,
    files,
    history,
    reactions,
    users,
    views,
)
from bot.console.workspace.webapi.registry import Method

FAMILIES = (assistant, auth, chat, conversations, files, history, reactions, users, views)

METHODS: dict[str, Method] = {
    declared.name: declared for family in FAMILIES for declared in vars(family).values() if isinstance(declared, Method)
}
"""By name."""
