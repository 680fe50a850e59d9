"""What an answer to a reminder is asked about, where it cannot be read at once."""

from collections.abc import Sequence

from bot.blocks.message import Message, actions, button, context, escaped, quotes, section
from bot.blocks.mistakes import mistake
from bot.wording.misread import offer_words
from bot.wording.names import Names
from commands.progress.mistakes import Offer, Unread
from commands.replying import WhichEntry

CHOOSE = "reply:offer"


def unread_reply(error: Unread, offers: Sequence[Offer], typed: str, values: Sequence[str], names: Names) -> Message:
    """What may be meant, as buttons, and what was written; `values` stand for the `offers`, in their order."""
    said = _which() if isinstance(error, WhichEntry) else mistake(error, names)
    buttons = [
        button(_label(error, offer), f"{CHOOSE}:{at}", value)
        for at, (offer, value) in enumerate(zip(offers, values, strict=True))
    ]
    return Message(
        f"{said.text}\n{escaped(typed)}",
        (*said.blocks, *((actions(*buttons),) if buttons else ()), context("You wrote:"), *quotes(typed)),
    )


def _label(error: Unread, offer: Offer) -> str:
    if not isinstance(error, WhichEntry):
        return offer_words(offer)
    return f"{offer.entry.key} {offer.entry.title}" if offer.entry else "All of them"


def _which() -> Message:
    words = "Which one do you mean? Nothing is recorded yet."
    return Message(words, (section(words),))
