"""Every method of the Web API that this workspace speaks."""

from bot.console.workspace.webapi import auth, chat, views
from bot.console.workspace.webapi.registry import Method

FAMILIES = (auth, chat, views)

METHODS: dict[str, Method] = {
    declared.name: declared for family in FAMILIES for declared in vars(family).values() if isinstance(declared, Method)
}
"""By name."""
