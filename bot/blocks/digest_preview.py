"""A digest shown beforehand to one person: what they are told of it besides."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.blocks.digest_showing import Posts
from bot.blocks.message import Message, context, escaped
from bot.wording.voice import joined, numbered

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
_NAMED = 10


def mentioned_in(posts: Posts) -> tuple[str, ...]:
    """The user ids of those whom messages mention, in order of appearance."""
    written = json.dumps([one.blocks for one in (posts.first, *posts.thread)])
    return tuple(dict.fromkeys(_MENTION.findall(written)))


def with_mentions(first: Message, mentioned: Sequence[str], called: Mapping[str, str]) -> Message:
    """The first message, telling whom the digest itself would mention: by their names, where those are known."""
    words = "Posted now, it would mention nobody."
    if mentioned:
        named = [escaped(called[one]) for one in mentioned if one in called][:_NAMED]
        others = [numbered(len(mentioned) - len(named), "other")] if len(mentioned) > len(named) else []
        who = f": {joined([*named, *others])}" if named else ""
        words = f"Posted now, it would mention {numbered(len(mentioned), 'person', 'people')}{who}."
    return replace(first, text=f"{first.text}\n{words}").ending(context(words))


def with_rest(last: Message, left: int) -> Message:
    """The last message that is shown, telling how many more the digest's thread would hold."""
    words = f"The digest itself would have {numbered(left, 'more message')} in its thread."
    return replace(last, text=f"{last.text}\n{words}").ending(context(words))
