"""Actions in words: one with its last update, and lists of them."""

from datetime import date

from bot.wording.age import aged_words
from bot.wording.dates import dated, day, due
from bot.wording.kinds import counted, place, title
from bot.wording.listing import DETAILED, MORE, listing, part
from bot.wording.status import WORDS, sign
from bot.wording.voice import Passage, Role, Teller, cut_words, numbered, sentence
from commands.ask.facts import (
    ActionLine,
    ActionList,
    DueDate,
    DueDatesBelow,
    MilestoneLine,
    Milestones,
    OfSort,
    StatusFacts,
)
from commands.ask.question import Facet
from store.plan import Kind, Status

_BRIEF = 200
"""Characters of a note that a list shows."""
_FOUND = {
    Facet.OVERDUE: "Overdue {under}",
    Facet.AT_RISK: "At risk or off track {under}",
    Facet.DUE_SOON: "Due in the next 30 days {under}",
    Facet.RECENT: "Updated in the last 14 days {under}",
    Facet.STALE: "Without an update for more than 30 days {under}",
    Facet.COMPLETE: "Complete {under}",
    Facet.MINE: "Yours {under}",
}
_NONE_FOUND = {
    Facet.OVERDUE: "Nothing is overdue {under}",
    Facet.AT_RISK: "Nothing is reported at risk or off track {under}",
    Facet.DUE_SOON: "Nothing is due in the next 30 days {under}",
    Facet.RECENT: "Nothing was updated in the last 14 days {under}",
    Facet.STALE: "Nothing {under} has gone more than 30 days without an update",
    Facet.COMPLETE: "Nothing is complete yet {under}",
    Facet.MINE: "You own no action {under}",
}
_NO_ACTIONS = {
    Facet.OVERDUE: "nothing can be overdue",
    Facet.AT_RISK: "nothing can be at risk",
    Facet.DUE_SOON: "nothing is coming due",
    Facet.RECENT: "there is nothing to update",
    Facet.STALE: "nothing waits for an update",
    Facet.COMPLETE: "nothing can be complete",
    Facet.MINE: "none is yours",
}
_HOLDS = {
    Facet.OVERDUE: ("Yes, it is overdue.", "No, it is not overdue."),
    Facet.AT_RISK: ("Yes, it is in trouble.", "No, nobody has reported it at risk or off track."),
    Facet.DUE_SOON: ("Yes, it is due in the next 30 days.", "No, it is not due in the next 30 days."),
    Facet.RECENT: ("Yes, it was updated in the last 14 days.", "No, it was not updated in the last 14 days."),
    Facet.STALE: ("Yes, it has gone more than 30 days without an update.", "No, it does not wait for an update."),
    Facet.COMPLETE: ("Yes, it is complete.", "No, it is not complete."),
    Facet.MINE: ("Yes, it is yours.", "No, it is not yours."),
}


def action_line(line: ActionLine, tell: Teller) -> str:
    """`▲ A-05 Launch the portal: at risk, 80 %, confirmed today; was due 31 October 2026, 3 weeks overdue`."""
    parts = [_stands(line, tell)]
    if line.status in (None, Status.NOT_STARTED) and line.start and line.start < tell.today:
        parts.append(f"was to start {day(line.start)}")
    if line.due and not (line.status and line.status.is_closed):
        parts.append(due(line.due, tell.today, overdue=line.is_overdue))
    return f"{_head(line, tell)}: {'; '.join(parts)}"


def short_action_line(line: ActionLine, tell: Teller) -> str:
    """`▲ A-05 Launch the portal: at risk, 80 %, confirmed 3 days ago`."""
    return f"{_head(line, tell)}: {_stands(line, tell)}"


def status_passages(status: StatusFacts, tell: Teller) -> tuple[Passage, ...]:
    """How an action stands: status, due date, milestones, the last update word for word."""
    stands = aged_words(status.status, status.percent, status.confirmation, tell.today)
    lines = [f"{sign(status.status)} {sentence(stands)}."]
    if status.due:
        lines.append(_due_sentence(status.due, status.status, tell, overdue=status.is_overdue))
    if status.milestones:
        lines.append(f"{status.milestones_done} of {numbered(status.milestones, 'milestone')} done.")
    return (Passage(Role.BODY, tuple(lines)), *_last_update(status, tell))


def due_passages(found: DueDate, tell: Teller) -> tuple[Passage, ...]:
    """By when an action is to be done, and its next milestone."""
    lines = ["The plan gives it no due date."]
    if found.due:
        lines = [_due_sentence(found.due, found.status, tell, overdue=found.is_overdue)]
    if found.start:
        lines.append(f"{'Starts' if found.start > tell.today else 'Started'} {day(found.start)}.")
    if found.next_milestone:
        lines.append(f"Next milestone: {_step(found.next_milestone, tell)}.")
    return (Passage(Role.BODY, tuple(lines)),)


def milestones_passages(found: Milestones, tell: Teller) -> tuple[Passage, ...]:
    """The steps of an action."""
    done = sum(one.is_done for one in found.steps)
    lead = Passage(Role.BODY, (f"{done} of {numbered(len(found.steps), 'milestone')} done.",))
    steps = part(None, found.steps, lambda one: f"{'✔' if one.is_done else '○'} {_step(one, tell)}")
    return (lead, *listing([steps], most=DETAILED, more="The plan file has them all."))


def due_dates_passages(found: DueDatesBelow, tell: Teller) -> tuple[Passage, ...]:
    """The open actions, the earliest due first."""
    under = place(found.of, tell)
    if not found.lines:
        return (Passage(Role.BODY, (f"Nothing is open {under}: {_closed(found.closed)}.",)),)
    lead = Passage(Role.BODY, (f"{sentence(counted(Kind.ACTION, len(found.lines)))} open {under}, by due date:",))
    lines = part(None, found.lines, lambda one: f"{_head(one, tell)}: {_due_words(one, tell)}")
    return (lead, *listing([lines], most=DETAILED, more=MORE))


def list_passages(found: ActionList, tell: Teller) -> tuple[Passage, ...]:
    """The actions of a sort, or that there are none."""
    under = place(found.of, tell)
    if found.sort is Facet.MINE and not found.asker_known:
        words = "I cannot tell who is asking, so I do not know which actions are yours."
        return (Passage(Role.BODY, (words,)),)
    if not found.among:
        below = "" if found.of.kind is None else f" {under}"
        return (Passage(Role.BODY, (f"The plan lists no actions{below}, so {_NO_ACTIONS[found.sort]}.",)),)
    if not found.lines:
        lead = f"{_NONE_FOUND[found.sort].format(under=under)}{_none_of(found)}."
        return (Passage(Role.BODY, (lead, *_next_due(found, tell))), *_beside(found, tell))
    total = f"{len(found.lines)} of {counted(Kind.ACTION, found.among)}"
    lead = f"{_FOUND[found.sort].format(under=under)}, {total}:"
    lines = part(None, found.lines, lambda one: _sorted_line(one, found.sort, tell))
    listed = listing([lines], most=DETAILED, more=MORE)
    return (Passage(Role.BODY, (lead,)), *listed, *_beside(found, tell))


def of_sort_passages(found: OfSort, tell: Teller) -> tuple[Passage, ...]:
    """Yes or no, and how the action stands."""
    said = _HOLDS[found.sort][0 if found.holds else 1]
    if found.sort is Facet.MINE and not found.holds:
        owners = tell.people(found.owners)
        said = f"{said} {f'It is owned by {owners}' if owners else 'The plan names no owner for it'}."
    return (Passage(Role.BODY, (said,)), *status_passages(found.status, tell))


def _head(line: ActionLine, tell: Teller) -> str:
    return f"{sign(line.status)} {tell.strong(title(line.of))}"


def _stands(line: ActionLine, tell: Teller) -> str:
    return aged_words(line.status, line.percent, line.confirmation, tell.today)


def _due_words(line: ActionLine, tell: Teller) -> str:
    return due(line.due, tell.today, overdue=line.is_overdue) if line.due else "no due date"


def _due_sentence(when: date, status: Status | None, tell: Teller, *, overdue: bool) -> str:
    if status is not None and status.is_closed:
        return f"{'It was' if when < tell.today else 'It is'} due {day(when)}; it is {WORDS[status]}."
    return f"{sentence(due(when, tell.today, overdue=overdue))}."


def _last_update(status: StatusFacts, tell: Teller) -> tuple[Passage, ...]:
    update = status.update
    if update is None:
        return ()
    author = f", by {tell.voice.person(update.author)}" if update.author else ""
    said = Passage(Role.BODY, (f"Last update: {dated(update.date, tell.today)}{author}{':' if update.note else '.'}",))
    return (said, Passage(Role.QUOTE, (f"“{update.note}”",))) if update.note else (said,)


def _step(step: MilestoneLine, tell: Teller) -> str:
    words = tell.plain(step.title)
    if step.is_done:
        return f"{words}, done"
    return f"{words}, {due(step.due, tell.today, overdue=step.is_overdue)}" if step.due else words


def _sorted_line(line: ActionLine, sort: Facet, tell: Teller) -> str:
    if sort is Facet.STALE:
        return short_action_line(line, tell)
    if sort is Facet.COMPLETE:
        return f"{_head(line, tell)}{f': {day(line.updated)}' if line.updated else ''}"
    if sort is Facet.RECENT and line.updated:
        note = f" “{tell.plain(line.note, _BRIEF)}”{cut_words(line.note, _BRIEF)}" if line.note else ""
        return f"{_head(line, tell)}: {_stands(line, tell)}.{note}"
    return action_line(line, tell)


def _none_of(found: ActionList) -> str:
    return f" (of {counted(Kind.ACTION, found.among)})" if found.sort is not Facet.MINE else ""


def _next_due(found: ActionList, tell: Teller) -> tuple[str, ...]:
    return (f"Next: {action_line(found.next_due, tell)}.",) if found.next_due else ()


def _beside(found: ActionList, tell: Teller) -> tuple[Passage, ...]:
    """Milestones due soon, or the asker's indicators."""
    steps = part(
        "Milestones due by then:",
        found.milestones,
        lambda one: f"{tell.plain(title(one.action))}: {_step(one, tell)}",
    )
    mine = part("Your indicators:", found.indicators, lambda one: tell.plain(one.title))
    return listing((steps, mine), most=DETAILED, more=MORE)


def _closed(number: int) -> str:
    return f"{'its' if number == 1 else 'all'} {counted(Kind.ACTION, number)} {'is' if number == 1 else 'are'} closed"
