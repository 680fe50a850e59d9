"""Shows one person a digest as it would be now: its first message, and the beginning of what its thread would hold."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.blocks.digest import digest_posts
from bot.blocks.digest_preview import mentioned_in, with_mentions, with_rest
from bot.blocks.digest_showing import Posts, Showing
from bot.blocks.message import Message
from bot.service import Service
from bot.slack import Reply
from bot.wording.digest import people_named
from commands.digest_previews import as_of_now, unsubscribed
from commands.scopes import Scope
from store.digest_wishes import muted
from store.subscriptions import Subscription

MOST_OF_THREAD = 3
"""Messages of the thread that are shown: a response URL serves five times, and one may be needed for an error."""


async def show_preview(service: Service, of: Subscription | Scope, reply: Reply) -> None:
    """Show the digest of a subscription, or of what nobody has subscribed to. Raises NoPlanYet, ScopeGone."""
    for message in _shown(await _posts(service, of)):
        await reply(message)


async def _posts(service: Service, of: Subscription | Scope) -> Posts:
    now, keeps = datetime.now(UTC), service.keeps_words
    async with service.database.reading() as session:
        plan = (await service.shelf.current(session)).plan
        if isinstance(of, Scope):
            digest = await unsubscribed(session, service.workspace, plan, of, now, keeps_words=keeps)
        else:
            digest = await as_of_now(session, service.workspace, plan, of, now, keeps_words=keeps)
        named = people_named(digest)
        quiet = await muted(session, service.workspace, named)
    called = await service.people.names(named)
    showing = Showing(service.names, is_preview=True, called=called)
    posts = digest_posts(digest, showing)
    if isinstance(of, Scope) or not of.mentions_owners:
        return posts
    posted = digest_posts(digest, replace(showing, mentioned=frozenset(named) - quiet))
    return replace(posts, first=with_mentions(posts.first, mentioned_in(posted), called))


def _shown(posts: Posts) -> list[Message]:
    messages = [posts.first, *posts.thread[:MOST_OF_THREAD]]
    left = len(posts.thread) - MOST_OF_THREAD
    return [*messages[:-1], with_rest(messages[-1], left)] if left > 0 else messages
