"""What a digest tells an administrator besides, and nobody else."""

from collections.abc import Iterator, Sequence

from bot.blocks.digest_showing import Posts
from bot.blocks.message import TEXT_UPDATED, Block, Message, context, divider, within_marked

_FOR_YOU = "You read this as a plan administrator; digests in channels do not tell it."


def with_notices(posts: Posts, notices: Sequence[Block]) -> Posts:
    """The digest with blocks at the end of its first message, and their words in its text."""
    if not notices:
        return posts
    text = within_marked("\n".join([posts.first.text, *_words(notices)]), TEXT_UPDATED)
    first = Message(text, posts.first.blocks).ending(divider(), *notices, context(_FOR_YOU))
    return Posts(first, posts.thread)


def _words(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        texts = block.get("elements", ()) if block["type"] == "context" else [block["text"]]
        yield from (str(one["text"]) for one in texts)
