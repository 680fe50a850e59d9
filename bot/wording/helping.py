"""What is said where the owner of an action needs somebody's help."""

from bot.wording.names import Names
from bot.wording.progress import state_words
from bot.wording.voice import Voice
from commands.progress.recording import Receipt


def asking(given: Receipt, by: str, voice: Voice) -> str:
    """To whoever is asked: who needs their help, with what."""
    named = voice.strong(voice.plain(f"{given.action.key} {given.action.title}"))
    return f"{by} needs your help with {named} ({state_words(given.after)})."


def answering(by: str, key: str, names: Names) -> str:
    """To whoever is asked: how to answer."""
    return f"To answer, write to {by}: an answer here reaches nobody. `{names.plan} {key}` tells how it stands."


def unreached(person: str) -> str:
    """To whoever asks: that nobody was told."""
    return f"Your update is recorded, but I could not reach {person}. Please ask them yourself."
