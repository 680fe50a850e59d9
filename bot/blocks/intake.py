"""What a person sees of something handed in that is kept late, or not at all: always with what was typed."""

from collections.abc import Sequence

from bot.blocks.message import Message, context, escaped, quotes, sections
from bot.wording.intake import kept_sentences, not_kept_sentences, not_kept_yet_sentences


def not_kept_yet(typed: str) -> Message:
    """That it takes longer."""
    return _about(typed, not_kept_yet_sentences())


def not_kept(typed: str, reasons: Sequence[str] = ()) -> Message:
    """That it is not on the record and will not be; `reasons` are safe sentences."""
    return _about(typed, (*not_kept_sentences(), *reasons))


def kept_unconfirmed(typed: str) -> Message:
    """That it is on the record."""
    return _about(typed, kept_sentences())


def _about(typed: str, sentences: Sequence[str]) -> Message:
    text = "\n".join((*sentences, *((escaped(typed),) if typed else ())))
    return Message(text, (*sections(sentences), *((context("You sent:"), *quotes(typed)) if typed else ())))
