"""Who reports for an entry's owners: listed, named, told and ended."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.blocks.message import MOST_BLOCKS, Message, actions, button, context, escaped, section
from bot.blocks.progress import OPEN_FORM
from bot.blocks.voice import slack_voice
from bot.wording.delegates import delegate_line, ended_sentence, granted_sentences, nobody_sentence, told_sentences
from bot.wording.names import Names
from commands.progress.finding import Reportable
from store.delegations import Delegated
from store.plan import Action

END = "delegate:end"
_MOST = MOST_BLOCKS - 3


def delegates_listed(
    entry: Reportable, found: Sequence[Delegated], names: Names, zone: ZoneInfo, *, may: bool
) -> Message:
    """An entry's delegates; for who `may` end them, with a button for each."""
    voice = slack_voice()
    if not found:
        words = nobody_sentence(entry, voice, names, may=may)
        return Message(words, (section(words),))
    heading = f"Reporting on {escaped(f'{entry.key} {entry.title}')} for its owners:"
    lines = [delegate_line(one, voice, zone) for one in found]
    rows = [
        section(line, accessory=button("End", f"{END}:{at}", str(one.id)) if may else None)
        for at, (one, line) in enumerate(zip(found[:_MOST], lines, strict=False))
    ]
    more = (context(f"and {len(found) - _MOST} more"),) if len(found) > _MOST else ()
    return Message("\n".join((heading, *lines)), (section(f"*{heading}*"), *rows, *more))


def delegate_named(one: Delegated, *, is_told: bool) -> Message:
    """For who named a delegate: that they may report now."""
    words = " ".join(granted_sentences(one, slack_voice(), is_told=is_told))
    return Message(words, (section(words), actions(button("End", f"{END}:0", str(one.id)))))


def delegate_told(one: Delegated, entry: Reportable, names: Names) -> Message:
    """For the delegate: what they may do, and how."""
    sentences = told_sentences(one, entry.owners, slack_voice(), names)
    update = (button("Update", f"{OPEN_FORM}:0", entry.key),) if isinstance(entry, Action) else ()
    buttons = actions(*update, button("This is not for me", f"{END}:0", str(one.id)))
    return Message("\n".join(sentences), (*map(section, sentences), buttons))


def delegate_ended(one: Delegated | None, *, for_delegate: bool = False) -> Message:
    """That somebody no longer reports for the owners; None where that was over before."""
    words = ended_sentence(one, slack_voice(), for_delegate=for_delegate) if one else "That had ended already."
    return Message(words, (section(words),))
