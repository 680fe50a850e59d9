"""An answer in words: what was found, short enough for a phone, and of which plan it holds."""

from collections.abc import Callable

from bot.wording.actions import (
    due_dates_passages,
    due_passages,
    list_passages,
    milestones_passages,
    of_sort_passages,
    status_passages,
)
from bot.wording.dates import period
from bot.wording.figures import target_passages, targets_passages
from bot.wording.kinds import title
from bot.wording.meaning import meaning_passages
from bot.wording.nothing_found import small_talk_passages, suggest_passages, unknown_passages
from bot.wording.rolled_up import rolled_up_passages
from bot.wording.sections import (
    absent_passages,
    count_passages,
    in_force_passages,
    members_passages,
    not_kept_passages,
    overview_passages,
    owners_below_passages,
    owners_passages,
    parent_passages,
    period_passages,
)
from bot.wording.status import PLAN
from bot.wording.voice import Passage, Role, Teller, as_written, one_line, plain_voice
from commands.ask import facts
from commands.ask.answer import Answer
from commands.ask.question import Outcome
from store.plan import About

_TITLED = (
    facts.Meaning,
    facts.StatusFacts,
    facts.Target,
    facts.Owners,
    facts.DueDate,
    facts.Milestones,
    facts.OfSort,
    facts.NotKept,
)
"""Facts that are told under the title of what they are about; the others name it in their own words."""


def answer_text(answer: Answer, *, person: Callable[[str], str] = as_written) -> str:
    """The answer as plain text. `person` turns an owner's Slack user id or e-mail address into what is shown."""
    return passages_text(answer_passages(answer, Teller(plain_voice(answer.today, person))))


def passages_text(passages: tuple[Passage, ...], unescaped: Callable[[str], str] = as_written) -> str:
    """Passages as lines of text; titles and quotes, which no voice has spoken, pass through `unescaped`."""
    lines: list[str] = []
    for passage in passages:
        spoken = map(unescaped, passage.lines) if passage.role in (Role.TITLE, Role.QUOTE) else passage.lines
        lines.extend(spoken)
    return "\n".join(lines)


def answer_passages(answer: Answer, tell: Teller) -> tuple[Passage, ...]:
    """The answer, passage by passage; the last one says which plan it is of, except after small talk."""
    if answer.outcome is Outcome.SUGGEST:
        return (*suggest_passages(answer, tell), plan_passage(answer.about, tell))
    if answer.outcome is Outcome.UNKNOWN:
        return small_talk_passages(answer, tell) if answer.small_talk else unknown_passages(answer, tell)
    return (*_found(answer, tell), plan_passage(answer.about, tell))


def plan_passage(about: About, tell: Teller) -> Passage:
    """`HPS Strategic Plan, 2023–2026 (draft, not adopted yet)`."""
    years = f", {period(about.period.start, about.period.end)}" if about.period else ""
    return Passage(Role.FOOT, (f"From {tell.plain(about.title)}{years} ({PLAN[about.status]})",))


def _found(answer: Answer, tell: Teller) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    titled = None
    for fact in answer.facts:
        if isinstance(fact, _TITLED) and fact.of != titled:
            titled = fact.of
            passages.append(Passage(Role.TITLE, (one_line(title(fact.of), 600),)))
        passages.extend(WORDED[type(fact)](fact, tell))
    return tuple(passages)


WORDED: dict[type[facts.Fact], Callable[..., tuple[Passage, ...]]] = {
    facts.Absent: absent_passages,
    facts.ActionList: list_passages,
    facts.Count: count_passages,
    facts.DueDate: due_passages,
    facts.DueDatesBelow: due_dates_passages,
    facts.Meaning: meaning_passages,
    facts.Members: members_passages,
    facts.Milestones: milestones_passages,
    facts.NotKept: not_kept_passages,
    facts.OfSort: of_sort_passages,
    facts.Overview: overview_passages,
    facts.Owners: owners_passages,
    facts.OwnersBelow: owners_below_passages,
    facts.Parent: parent_passages,
    facts.PlanInForce: in_force_passages,
    facts.PlanPeriod: period_passages,
    facts.RolledUp: rolled_up_passages,
    facts.StatusFacts: status_passages,
    facts.Target: target_passages,
    facts.Targets: targets_passages,
}
"""How each kind of fact is worded; a test holds it to be whole."""
