"""'I need help from': who may be asked, and the direct message that tells them, once."""

import logging

from bot.blocks.helping import help_wanted, not_told
from bot.once import once
from bot.profiles import profile_of
from bot.service import Service
from bot.slack import SLACK_FAILURES, Reply
from commands.mistakes import InvalidFields, MemberMistake
from commands.progress.recording import Receipt
from store.updates import update_with

log = logging.getLogger(__name__)


async def check_helper(service: Service, person: str) -> None:
    """Whether somebody can be asked for help. Raises InvalidFields for a bot and for an account that is closed."""
    if person == service.bot_user:
        raise InvalidFields({"help": "a bot"})
    profile = await profile_of(service.slack, person)
    if profile and profile.is_bot:
        raise InvalidFields({"help": "a bot"})
    if profile and profile.is_gone:
        raise InvalidFields({"help": "gone"})


async def tell_helper(service: Service, given: Receipt, by: str, reply: Reply) -> None:
    """Tell the person whose help an update asks for; once, and not again where a correction asks the same one.

    Whoever asks hears of it where that does not work.
    """
    person = given.kept.help_from
    if person is None or await _was_asked_before(service, given, person):
        return

    async def tell() -> None:
        await service.slack.post(person, help_wanted(given, by=by, names=service.names))

    try:
        await once(service, f"help:{given.kept.id}:{person}", tell)
    except (MemberMistake, *SLACK_FAILURES) as error:
        log.warning("helper not told", extra={"error": type(error).__name__})
        await reply(not_told(person))


async def _was_asked_before(service: Service, given: Receipt, person: str) -> bool:
    if given.kept.corrects is None:
        return False
    async with service.database.reading() as session:
        old = await update_with(session, service.workspace, given.kept.corrects)
    return old is not None and old.help_from == person
