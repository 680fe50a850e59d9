"""What the parts of a plan are called."""

from bot.wording.voice import Teller, numbered
from commands.ask.facts import Named
from store.plan import Kind

_NOUNS = {
    Kind.VISION: ("vision", "visions"),
    Kind.MISSION: ("mission", "missions"),
    Kind.VALUE: ("value", "values"),
    Kind.PRIORITY: ("priority", "priorities"),
    Kind.OBJECTIVE: ("objective", "objectives"),
    Kind.INDICATOR: ("indicator", "indicators"),
    Kind.ACTION: ("action", "actions"),
    Kind.BACKGROUND: ("background entry", "background entries"),
}


def noun(kind: Kind) -> str:
    """`priority`."""
    return _NOUNS[kind][0]


def nouns(kind: Kind) -> str:
    """`priorities`."""
    return _NOUNS[kind][1]


def counted(kind: Kind, number: int) -> str:
    """`5 priorities`, `no actions`."""
    return numbered(number, *_NOUNS[kind]) if number else f"no {nouns(kind)}"


def title(of: Named) -> str:
    """An entry's title; an action's with its key, by which its owners know it. Unescaped."""
    return f"{of.key} {of.title}" if of.kind is Kind.ACTION else of.title


def place(of: Named, tell: Teller) -> str:
    """Where something is: `in the plan`, `under Core Assets`."""
    return "in the plan" if of.kind is None else f"under {tell.strong(of.title)}"
