"""A Slack workspace on loopback: the Web API over HTTP, Socket Mode over WebSocket, signed HTTP delivery, and people.

    async with Workspace.open(manifest) as workspace:
        dana = workspace.member("Dana")
        plan = workspace.channel("#plan", members=[dana])
        ...  # start the app with workspace.api_url, workspace.bot_token, workspace.app_token
        await workspace.connected()
        answer = await dana.types("/plan what are our values", channel=plan)
        assert "Compassion" in answer.words

It checks what Slack checks (tokens, scopes, arguments, the limits of blocks and views) and answers Slack's own error
codes; `workspace.faults` makes things go wrong on demand. It knows only Slack: nothing of any app.
"""

from bot.console.workspace.app import App, Shortcut
from bot.console.workspace.calls import Call
from bot.console.workspace.delivery import Ack, Delivery
from bot.console.workspace.errors import NotPossibleError, NotSeenError
from bot.console.workspace.faults import Faults
from bot.console.workspace.people import Person
from bot.console.workspace.places import Channel
from bot.console.workspace.reading import Control
from bot.console.workspace.seen import Answer, SeenMessage, View
from bot.console.workspace.workspace import Workspace

__all__ = [
    "Ack",
    "Answer",
    "App",
    "Call",
    "Channel",
    "Control",
    "Delivery",
    "Faults",
    "NotPossibleError",
    "NotSeenError",
    "Person",
    "SeenMessage",
    "Shortcut",
    "View",
    "Workspace",
]
