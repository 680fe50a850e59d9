"""What a person sees when something could not be done."""

from bot.blocks.message import Message, actions, button, section
from bot.blocks.voice import slack_voice
from bot.wording.mistakes import apology as apology_words
from bot.wording.mistakes import field_sentence, mistake_sentences
from bot.wording.names import Names
from commands.mistakes import InvalidFields, MemberMistake, SeveralActions, UnknownAction
from store.plan import Action

CHOOSE_ACTION = "progress:open"


def apology(reference: str) -> Message:
    """For an error that only the operator can mend."""
    words = apology_words(reference)
    return Message(words, (section(words),))


def mistake(error: MemberMistake, names: Names) -> Message:
    """For what the member can mend, with the likely actions as buttons."""
    words = "\n".join(mistake_sentences(error, slack_voice(), names))
    return Message(words, (section(words), *_choices(error)))


def _choices(error: MemberMistake) -> tuple[dict[str, object], ...]:
    found: tuple[Action, ...] = ()
    if isinstance(error, UnknownAction):
        found = error.nearest
    elif isinstance(error, SeveralActions):
        found = error.candidates
    if not found:
        return ()
    buttons = [
        button(f"{action.key} {action.title}", f"{CHOOSE_ACTION}:{at}", action.key) for at, action in enumerate(found)
    ]
    return (actions(*buttons),)


def field_mistakes(error: InvalidFields) -> dict[str, str]:
    """By field of a form, what is wrong with it."""
    return {field: field_sentence(problem) for field, problem in error.fields.items()}
