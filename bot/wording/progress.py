"""Progress in words: receipts, and one's own actions."""

from datetime import date

from bot.wording.age import action_words
from bot.wording.dates import day
from bot.wording.dates import due as due_words
from bot.wording.figures import BRIEF, amount
from bot.wording.status import WORDS, status_words
from bot.wording.voice import Teller, Voice
from commands.progress.recording import MeasurementReceipt, Receipt
from store.measurements import RecordedMeasurement
from store.plan import Action, Figure, Indicator, Status
from store.standing import State
from store.updates import ReachedBefore, RecordedUpdate


def state_words(state: State) -> str:
    """`on track, 40 %`."""
    return status_words(state.status or Status.NOT_STARTED, state.percent or 0)


def change_words(before: State, after: State) -> str:
    """`on track, 40 % → at risk, 60 %`; the state alone where it stayed as it was."""
    was, is_now = state_words(before), state_words(after)
    return f"still {is_now}" if was == is_now else f"{was} → {is_now}"


def receipt_sentences(receipt: Receipt, voice: Voice) -> tuple[str, ...]:
    """What was recorded, from what it was to what it is, and for whom."""
    kept = receipt.kept
    named = voice.strong(voice.plain(f"{receipt.action.key} {receipt.action.title}"))
    is_renewal = kept.says_nothing_new and kept.corrects is None
    said = [_ended(f"{named}: {renewal_words(kept) if is_renewal else change_words(receipt.before, receipt.after)}")]
    said += [milestone_sentence(one, voice) for one in kept.milestones]
    said += [f"I read “{voice.plain(guess.typed)}” as {WORDS[guess.status]}." for guess in receipt.guesses]
    if kept.note and receipt.before == receipt.after and not kept.milestones:
        said.append("Kept as a note: status and percentage stay as they were.")
    if kept.as_of != receipt.today:
        said.append(f"As of {day(kept.as_of)}.")
    return (*said, *_circumstances(kept, voice), *_overtaken(kept), *_told_before(kept.is_repeat))


def renewal_words(kept: RecordedUpdate) -> str:
    """`confirmed, no change: on track, 40 %`."""
    return f"confirmed, no change: {state_words(kept.after)}"


def undone_sentences(receipt: Receipt | MeasurementReceipt, voice: Voice) -> tuple[str, ...]:
    """What was taken back, and how things stand again."""
    lead = "Your edit is taken back; what stood before it stands again." if receipt.brings_back else "Taken back."
    if isinstance(receipt, Receipt):
        named = voice.strong(voice.plain(f"{receipt.action.key} {receipt.action.title}"))
        again = _ended(f"{named}: {change_words(receipt.before, receipt.after)}")
    else:
        indicator, kept = receipt.indicator, receipt.kept
        named = voice.strong(voice.plain(f"{indicator.key} {indicator.title}"))
        of_before = f"{value_words(kept.value, kept.date, indicator, voice)} on {day(kept.date)}."
        again = f"{named}: {of_before if receipt.brings_back else 'the measurement no longer counts.'}"
    return (f"{lead} {again}", *_told_before(receipt.kept.is_repeat))


def measurement_sentences(receipt: MeasurementReceipt, voice: Voice) -> tuple[str, ...]:
    """What was measured, from what it was to what it is, and for whom."""
    indicator, kept = receipt.indicator, receipt.kept
    named = voice.strong(voice.plain(f"{indicator.key} {indicator.title}"))
    now = value_words(kept.value, kept.date, indicator, voice)
    was = receipt.before
    told = f"{value_words(was.value, was.date, None, voice)} → {now}" if was else now
    is_earlier = was is not None and was.date > kept.date
    overtaken = ("A measurement of a later day is on the record, and stays the latest.",) if is_earlier else ()
    first = f"{named}: {told} on {day(kept.date)}."
    return (first, *_circumstances(kept, voice), *overtaken, *_told_before(kept.is_repeat))


def value_words(value: float | str | None, when: date, indicator: Indicator | None, voice: Voice) -> str:
    """`53.1 collisions per year`; words in quotation marks, cut short: the receipt has them whole."""
    if value is None:
        return "nothing"
    return amount(Figure(value=value, date=when), indicator.unit if indicator else None, Teller(voice), 240)


def milestone_sentence(one: ReachedBefore, voice: Voice) -> str:
    """`Milestone “Lease signed”: open → done.`"""
    words = {True: "done", False: "not done"}
    change = words[one.done] if one.done == one.done_before else f"{words[one.done_before]} → {words[one.done]}"
    still = "still " if one.done == one.done_before else ""
    return f"Milestone “{voice.plain(one.title)}”: {still}{change}."


def own_action_line(action: Action, tell: Teller) -> str:
    """An action in a list of one's own: key, title, state, due date."""
    parts = [
        f"{tell.strong(action.key)} {tell.plain(action.title)}",
        action_words(action, tell.today),
    ]
    if action.due and not action.standing.is_closed:
        parts.append(due_words(action.due, tell.today, overdue=action.is_overdue(on=tell.today)))
    return " · ".join(parts)


def own_indicator_line(indicator: Indicator, tell: Teller) -> str:
    """An indicator in a list of one's own: title, latest figure, target."""
    parts = [f"{tell.strong(indicator.title)}"]
    if indicator.latest:
        measured = amount(indicator.latest, indicator.unit, tell, BRIEF)
        parts.append(f"{measured} on {day(indicator.latest.date)}")
    else:
        parts.append("not measured yet")
    if indicator.target:
        parts.append(f"target {amount(indicator.target, None, tell, BRIEF)} by {day(indicator.target.date)}")
    return " · ".join(parts)


def _circumstances(kept: RecordedUpdate | RecordedMeasurement, voice: Voice) -> tuple[str, ...]:
    said = []
    if kept.on_behalf_of:
        said.append(f"Recorded on behalf of {voice.person(kept.on_behalf_of)}.")
    if kept.corrects:
        said.append("This replaces what was recorded before; the record keeps both.")
    if isinstance(kept, RecordedUpdate) and kept.help_from:
        said.append(f"Help is needed from {voice.person(kept.help_from)}.")
    return tuple(said)


def _overtaken(kept: RecordedUpdate) -> tuple[str, ...]:
    if kept.is_latest or kept.is_repeat:
        return ()
    return ("An update of a later day is on the record, and the action stands as that one says.",)


def _told_before(is_repeat: bool) -> tuple[str, ...]:
    return ("This had arrived before; it is on the record once.",) if is_repeat else ()


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(".") else f"{sentence}."
