"""What a question asks of a plan: its subject and what about it, or that the plan does not hold it."""

from dataclasses import dataclass, replace

from commands.ask.choice import choose
from commands.ask.index import Index
from commands.ask.parse import read
from commands.ask.question import Facet, Outcome, Understanding
from commands.ask.scoring import evidence, rank
from commands.ask.smalltalk import small_talk


@dataclass(frozen=True, slots=True)
class Previous:
    """What was just answered in the same conversation."""

    subject: str | None = None
    facet: Facet | None = None
    listed: tuple[str, ...] = ()
    """The keys that were suggested or listed, in the order shown."""


def understand(
    question: str, index: Index, *, previous: Previous | None = None, explain: bool = False
) -> Understanding:
    """What `question` asks of the plan of `index`; the same question is always understood alike.

    `previous` is what was just answered, against which "who owns it" and "the second one" are read. With `explain`
    the evidence is filled in.
    """
    reading = read(question, index)
    ranked = rank(reading, index)
    chosen = choose(reading, ranked, index)
    if chosen.outcome is Outcome.UNKNOWN:
        chosen = replace(chosen, small_talk=small_talk(reading.words))
    return replace(chosen, evidence=evidence(reading, index, ranked[:5])) if explain else chosen
