"""What a person sees when something could not be done."""

from collections.abc import Sequence

from bot.blocks.message import Message, actions, button, context, escaped, quotes, section
from bot.blocks.voice import slack_voice
from bot.wording.misread import offer_words
from bot.wording.mistakes import apology as apology_words
from bot.wording.mistakes import field_sentence, mistake_sentences
from bot.wording.names import Names
from commands.mistakes import InvalidFields, MemberMistake
from commands.progress.mistakes import Unread

CHOOSE_OFFER = "progress:offer"


def apology(reference: str) -> Message:
    """For an error that only the operator can mend."""
    words = apology_words(reference)
    return Message(words, (section(words),))


def mistake(error: MemberMistake, names: Names) -> Message:
    """For what the member can mend."""
    words = "\n".join(mistake_sentences(error, slack_voice(), names))
    return Message(words, (section(words),))


def unread(error: Unread, typed: str, values: Sequence[str], names: Names) -> Message:
    """For a line of progress that could not be read: what may be meant, as buttons, and what was typed.

    `values` stand for the error's offers, in their order; each makes the line of its offer.
    """
    said = mistake(error, names)
    buttons = [
        button(offer_words(offer), f"{CHOOSE_OFFER}:{at}", value)
        for at, (offer, value) in enumerate(zip(error.offers, values, strict=True))
    ]
    line = f"{names.progress} {typed}"
    return Message(
        f"{said.text}\n{escaped(line)}",
        (*said.blocks, *((actions(*buttons),) if buttons else ()), context("You typed:"), *quotes(line)),
    )


def field_mistakes(error: InvalidFields) -> dict[str, str]:
    """By field of a form, what is wrong with it."""
    return {field: field_sentence(problem) for field, problem in error.fields.items()}
