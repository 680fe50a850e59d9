"""The question that is asked before a report is kept, and what became of it."""

from collections.abc import Sequence

from bot.blocks.message import (
    Block,
    Message,
    actions,
    button,
    context,
    escaped,
    link,
    quotes,
    section,
    sections,
)
from bot.blocks.voice import slack_voice
from bot.wording.doubts import CHOICES, EDIT, WITHOUT_DOUBT, doubt_sentences, reported_words
from commands.progress.doubts import Doubt, choices
from commands.progress.keeping import Asked
from commands.progress.reading import Figures

DECIDE = "progress:decide"
EDIT_DRAFT = "progress:draft"


def question(asked: Asked) -> Message:
    """All doubts about a report at once, what was reported word for word, and what can be done."""
    entry, said = asked.entry, asked.draft.said
    named = f"*{escaped(f'{entry.key} {entry.title}')}*"
    lead = f"{named}: not saved yet."
    reported = f"You reported: {reported_words(asked, slack_voice())}"
    words = "\n\n".join(part for part in (_value_in_words(said), said.note) if part)
    evidence = f"Evidence: {link(said.evidence)}" if said.evidence else ""
    doubts = doubt_blocks(asked.doubts)
    text = "\n".join(
        part
        for part in (lead, *doubt_sentences(asked.doubts, slack_voice()), reported, escaped(words), evidence)
        if part
    )
    told = (context(reported), *quotes(words), *((context(evidence),) if evidence else ()))
    return Message(text, (section(lead), *doubts, *told, _buttons(asked)))


def doubt_blocks(asked: Sequence[Doubt]) -> tuple[Block, ...]:
    """The doubts alone, for the top of a form."""
    return sections(f"• {sentence}" for sentence in doubt_sentences(asked, slack_voice()))


def dropped() -> Message:
    """That what was asked about is not saved."""
    words = "Not saved. Nothing was recorded."
    return Message(words, (section(words),))


def _value_in_words(said: object) -> str:
    return said.value if isinstance(said, Figures) and isinstance(said.value, str) else ""


def _buttons(asked: Asked) -> Block:
    value = f"{asked.token}\n{asked.draft.key or ''}"
    labels = CHOICES if asked.doubts else CHOICES | WITHOUT_DOUBT
    offered = [button(labels[one], f"{DECIDE}:{one.value}", value) for one in choices(asked.doubts)]
    edit = button(EDIT, EDIT_DRAFT, value)
    return actions(*offered[:-1], edit, offered[-1])
