"""Thumbs under an answer, by which members tell whether it was what they asked."""

from bot.blocks.message import VALUE, Block, Message, actions, button, section, within
from commands.ask.answer import Answer
from commands.counting import counted_as
from store.questions import Counted

THUMB_UP = "thumb:up"
THUMB_DOWN = "thumb:down"


def with_thumbs(message: Message, found: Answer) -> Message:
    """An answer to a question with its thumbs; small talk gets none, nor does what nobody asked in words.

    What was asked and answered travels with the buttons, so that it need not be kept anywhere else.
    """
    outcome = counted_as(found)
    if not found.question.strip() or outcome is Counted.SMALL_TALK:
        return message
    subject, facet = found.subject or "", found.facet.value if found.facet else ""
    value = within(f"{outcome.value}|{subject}|{facet}|{found.question}", VALUE)
    return message.ending(
        actions(button("👍 Helpful", THUMB_UP, value), button("👎 Not what I asked", THUMB_DOWN, value))
    )


def with_button_before_thumbs(message: Message, first: Block) -> Message:
    """The message with another button in the row of its thumbs, or in a row of its own where it has none."""
    last = message.blocks[-1] if message.blocks else {}
    elements = last.get("elements", [])
    if any(element.get("action_id") == THUMB_UP for element in elements):
        return Message(message.text, (*message.blocks[:-1], actions(first, *elements)))
    return message.ending(actions(first))


def thumb_noted(*, is_up: bool, keeps_words: bool) -> Message:
    """For the one who gave a thumb."""
    words = "Thank you, noted."
    if not is_up:
        words += " Sorry that this was not what you asked: other words may help."
        if keeps_words:
            words += " Those who look after the plan will see the question, but not who asked it."
    return Message(words, (section(words),))
