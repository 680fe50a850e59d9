"""files.getUploadURLExternal and completeUploadExternal; the upload itself is a POST in between."""

from typing import Any

from bot.console.workspace.core import Core
from bot.console.workspace.errors import RefusedError
from bot.console.workspace.posting import Content, post
from bot.console.workspace.records import FileRow
from bot.console.workspace.webapi.chat import destination
from bot.console.workspace.webapi.registry import Answer, Request, method


@method("files.getUploadURLExternal", scopes=("files:write",), required=("filename", "length"))
def get_upload_url(request: Request) -> Answer:
    """Where to post the bytes of a file of that name and length."""
    core, length = request.core, request.number("length", 0)
    if length <= 0:
        raise RefusedError("invalid_arguments")
    row = FileRow(core.state.new_id("F"), request.text("filename"), length, alt_text=request.text("alt_txt"))
    core.state.files[row.id] = row
    return {"upload_url": f"{core.base_url}/upload/{row.id}", "file_id": row.id}


@method("files.completeUploadExternal", scopes=("files:write",), required=("files",))
def complete_upload(request: Request) -> Answer:
    """Ends uploads, and shares the files in a conversation if one is named."""
    core = request.core
    rows = [_uploaded(core, entry) for entry in request.entries("files")]
    channels = request.entries("channels") or request.entries("channel_id")
    places = [destination(core, channel) for channel in channels]
    for row in rows:
        row.done = True
        row.channels = [place.id for place in places]
    for place in places:
        post(
            core,
            place,
            core.bot.id,
            Content(text=request.text("initial_comment")),
            thread_ts=request.text("thread_ts") or None,
            files=tuple(row.id for row in rows),
        )
    return {"files": [{"id": row.id, "title": row.title, "name": row.name} for row in rows]}


def _uploaded(core: Core, entry: Any) -> FileRow:
    row = core.state.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if row is None or row.content is None:
        raise RefusedError("file_not_found")
    row.title = str(entry.get("title") or row.name)
    return row
