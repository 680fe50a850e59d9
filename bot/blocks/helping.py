"""The message to somebody whose help the owner of an action needs."""

from bot.blocks.message import Message, context, escaped, link, quotes, section
from bot.blocks.voice import mention, slack_voice
from bot.wording.helping import answering, asking, unreached
from bot.wording.names import Names
from commands.progress.recording import Receipt


def help_wanted(given: Receipt, *, by: str, names: Names) -> Message:
    """Who asks, about what, what they wrote, and how to answer; `by` is the user id of who asks."""
    lead = asking(given, mention(by), slack_voice())
    answer = answering(mention(by), given.action.key, names)
    note, evidence = given.kept.note or "", given.kept.evidence
    proof = (context(f"Evidence: {link(evidence)}"),) if evidence else ()
    text = "\n".join(part for part in (lead, escaped(note), answer) if part)
    return Message(text, (section(lead), *quotes(note), *proof, context(answer)))


def not_told(person: str) -> Message:
    """That somebody could not be told that their help is needed."""
    words = unreached(mention(person))
    return Message(words, (section(words),))
