"""What a digest tells besides the actions: what was measured, what was asked, a passage of the plan."""

from bot.wording.dates import day
from bot.wording.digest_period import unit_words
from bot.wording.digest_voice import TITLE, Speaker
from bot.wording.figures import amount
from bot.wording.kinds import noun
from bot.wording.status import COURSES
from bot.wording.voice import joined, numbered, sentence
from commands.digest import Asked, Digest, Featured, Measured
from commands.standing import course

FEW = 5
"""Below this many, questions are not counted, so that nobody is recognised in them."""
_FIGURE = 60
"""Characters of a figure in words that are shown."""
_BRIEFLY = 40
_WORDS = 100
"""Characters of a question that are shown."""


def measured_line(measured: Measured, speaker: Speaker) -> str:
    """`*Violent crime rate*: 1,120 → 1,088 on 20 November 2026; target 980 by 31 December 2028; …`."""
    indicator, now, was, tell = measured.indicator, measured.now, measured.was, speaker.tell
    said = [f"{amount(now, indicator.unit, tell, _FIGURE)} on {day(now.date)}"]
    if was is not None:
        said[0] = f"{amount(was, None, tell, _FIGURE)} → {said[0]}"
    if indicator.target:
        said.append(f"target {amount(indicator.target, None, tell, _FIGURE)} by {day(indicator.target.date)}")
    is_last = indicator.latest is None or indicator.latest.date <= now.date
    where = course(indicator, tell.today) if is_last else None
    said += [COURSES[where]] if where else []
    return f"{tell.voice.strong(speaker.fitted(indicator.title, TITLE))}: {'; '.join(said)}"


def measured_words(measured: Measured, speaker: Speaker) -> str:
    """`Violent crime rate: 1,088`."""
    now = amount(measured.now, None, speaker.tell, _BRIEFLY)
    return f"{speaker.fitted(measured.indicator.title, _BRIEFLY)}: {now}"


def asked_lines(asked: Asked, speaker: Speaker) -> tuple[str, ...]:
    """How many questions there were, what was asked most, what nobody could find; fewer than five are `a few`."""
    lines = [_asked(asked)]
    if asked.top:
        lines.append(f"Most asked about: {joined(_often(*one, speaker) for one in asked.top)}.")
    if asked.missed:
        missed = joined(f"“{speaker.fitted(words, _WORDS)}” ({_times(many)})" for words, many in asked.missed)
        lines.append(f"Asked, and not found: {missed}.")
    return tuple(lines)


def featured_title(featured: Featured, digest: Digest, speaker: Speaker) -> str:
    """`Value of the week: *Compassion*`."""
    title = speaker.tell.voice.strong(speaker.fitted(featured.title, TITLE))
    return f"{sentence(noun(featured.kind))} of the {unit_words(digest)}: {title}"


def _asked(asked: Asked) -> str:
    questions = "a few questions" if asked.questions < FEW else numbered(asked.questions, "question")
    return f"{sentence(questions)} were asked{_unanswered(asked)}."


def _unanswered(asked: Asked) -> str:
    if not asked.unanswered:
        return ""
    if asked.unanswered == asked.questions >= FEW:
        return ", and none of them found an answer"
    few = "a few" if asked.unanswered < FEW else f"{asked.unanswered:,}"
    return f", and {few} of them found no answer"


def _often(title: str, many: int, speaker: Speaker) -> str:
    return f"{speaker.tell.voice.strong(speaker.fitted(title, _WORDS))} ({_times(many)})"


def _times(many: int) -> str:
    return "a few times" if many < FEW else f"{many:,} times"
