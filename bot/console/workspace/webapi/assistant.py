"""assistant.threads.setSuggestedPrompts, setStatus, setTitle."""

from typing import Any

from bot.console.workspace.errors import RefusedError
from bot.console.workspace.webapi.registry import Answer, Request, method

MOST_PROMPTS = 4


@method("assistant.threads.setSuggestedPrompts", scopes=("assistant:write",), required=("channel_id", "prompts"))
def set_suggested_prompts(request: Request) -> Answer:
    """Offers up to four prompts in the direct message with a person.

    An app with `agent_view` that names a `thread_ts` is answered `ok` and nothing is shown, as Slack's reference warns.
    """
    key = _thread(request)
    prompts: Any = request.arguments["prompts"]
    if not isinstance(prompts, list) or not all(_is_prompt(prompt) for prompt in prompts):
        raise RefusedError("invalid_arguments", {"response_metadata": {"messages": ["[ERROR] invalid prompts"]}})
    if len(prompts) > MOST_PROMPTS:
        messages = [f"[ERROR] no more than {MOST_PROMPTS} items allowed [json-pointer:/prompts]"]
        raise RefusedError("invalid_arguments", {"response_metadata": {"messages": messages}})
    if not (request.core.app.agent_view and key[1]):
        request.core.state.prompts[key] = prompts
        request.core.changes.announce()
    return {}


@method("assistant.threads.setStatus", scopes=("assistant:write",), required=("channel_id", "thread_ts"))
def set_status(request: Request) -> Answer:
    """Shows what the app is doing, until it posts or the status is set empty."""
    request.core.state.statuses[_thread(request)] = request.text("status")
    request.core.changes.announce()
    return {}


@method("assistant.threads.setTitle", scopes=("assistant:write",), required=("channel_id", "thread_ts", "title"))
def set_title(request: Request) -> Answer:
    """Names a thread."""
    request.core.state.titles[_thread(request)] = request.text("title")
    request.core.changes.announce()
    return {}


def _thread(request: Request) -> tuple[str, str]:
    """The conversation and the thread. Raises RefusedError `channel_not_found`, `invalid_thread_ts`."""
    core, thread_ts = request.core, request.text("thread_ts")
    row = core.state.conversation(request.text("channel_id"))
    if core.bot.id not in row.members:
        raise RefusedError("channel_not_found")
    if thread_ts and thread_ts not in row.messages and not core.app.agent_view:
        raise RefusedError("invalid_thread_ts")
    return row.id, thread_ts


def _is_prompt(prompt: Any) -> bool:
    return isinstance(prompt, dict) and all(isinstance(prompt.get(name), str) for name in ("title", "message"))
