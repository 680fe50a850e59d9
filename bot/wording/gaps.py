"""What members asked in vain, in words."""

from bot.wording.dates import from_today
from bot.wording.kinds import noun
from bot.wording.voice import Teller, joined, numbered, one_line
from commands.gaps import Gap
from store.plan import SECTIONS, Kind, Node, Plan
from store.questions import Tally

WORDINGS = 3
"""How many other wordings of a question are shown."""
SHOWN = 120
"""Characters of a wording that are shown, with its quotation marks."""


def asked_line(gap: Gap, tell: Teller) -> str:
    """`“what is the parking fee”: 5 times, last yesterday`."""
    often = "once," if gap.times == 1 else f"{gap.times} times, last"
    return f"{tell.strong(f'“{one_line(gap.words, SHOWN - 2)}”')}: {often} {from_today(gap.last, tell.today)}"


def gap_lines(gap: Gap, plan: Plan, tell: Teller) -> tuple[str, ...]:
    """What was asked, in which other words, and what it got instead of an answer."""
    lines = [asked_line(gap, tell)]
    others = [f"“{tell.plain(words)}”" for words, _ in gap.wordings[1 : WORDINGS + 1]]
    more = len(gap.wordings) - 1 - len(others)
    if others:
        lines.append(f"Also: {', '.join(others)}" + (f" and {more} more" if more else ""))
    if suggested := _titles(gap.suggested, plan, tell):
        lines.append(f"Suggested, and not pressed: {suggested}")
    if answered := _titles(gap.answered, plan, tell):
        lines.append(f"Answered with {answered}, which got a thumb down")
    return tuple(lines)


def tally_sentence(tally: Tally, days: int) -> str:
    """How many questions there were, and what came of them."""
    thumbs = f"{numbered(tally.thumbs_up, 'thumb')} up, {tally.thumbs_down} down"
    asked = numbered(tally.asked, "question")
    return f"{asked} in the last {numbered(days, 'day')}, {tally.unanswered} of them unanswered; {thumbs}."


def nothing_sentence(*, keeps_words: bool, days: int) -> str:
    """That there is no gap, or that nobody could know."""
    if not keeps_words:
        return "The words of questions are not kept here (PLANBOT_KEEP_WORDS is false), so none can be shown."
    return f"Nothing was asked in vain in the last {numbered(days, 'day')} that nobody has dealt with."


def entry_words(node: Node) -> str:
    """An entry for a menu: `A-03 Renew the fleet (action)`. Unescaped."""
    title = f"{node.key} {node.entry.title}" if node.kind is Kind.ACTION else node.entry.title
    return f"{title} ({noun(node.kind)})"


def _titles(subjects: tuple[str, ...], plan: Plan, tell: Teller) -> str:
    """Entries and sections by name; what the plan no longer has is left out."""
    found = [(key, plan.find(key)) for key in subjects]
    return joined(tell.plain(node.entry.title if node else key) for key, node in found if node or key in SECTIONS)
