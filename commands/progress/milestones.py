"""What is said of milestones: "milestone pilot done", "milestones 1 and 2 done", "pilot milestone not done"."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from commands.progress.finding import words_of
from commands.progress.mistakes import Offer, UnclearMilestone, UnknownMilestone
from commands.progress.statuses import is_closed
from store.milestones import Reached
from store.plan import Action, Milestone

_KEYWORD = "milestone"
_WORD = re.compile(r"[^\W\d_]+")
_SPLIT_KEYWORD = re.compile(r"mile\s(?=stones?\b)", re.IGNORECASE)
_DONE = ("done", "reached", "complete", "completed", "finished", "met", "achieved", "passed", "delivered")
_OPEN_AGAIN = ("undone", "unfinished", "reopened", "incomplete")
_VERB = re.compile(
    r"(?:(?:is|was|are|now)\s+)*"
    r"(?P<not>(?:not|isn['’]t|no\s+longer|un)\s*(?:yet\s+)?)?"
    r"(?P<verb>" + "|".join((*_DONE, *_OPEN_AGAIN)) + r")(?:\s+yet)?(?![\w'’-])",
    re.IGNORECASE,
)
_STOP = re.compile(r"[:;\n]|\s[-–—]\s")
_NUMBER = re.compile(r"(?:no\.?|number|nr\.?)?\s*#?\s*(?P<number>\d{1,2})(?:st|nd|rd|th)?", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,|&|\band\b)\s*", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SURE = 74
_CLEAR = 8
_WORDS_BEFORE = 6
"""The words that may stand between the action and "milestone"."""


@dataclass(frozen=True, slots=True)
class ClauseRead:
    """What is said of milestones, and where that ends."""

    reached: tuple[Reached, ...]
    end: int


def keyword_at(text: str, at: int) -> int | None:
    """Where the word "milestone" (one or many, misspelt too) that stands at `at` ends; None where none does."""
    apart = _SPLIT_KEYWORD.match(text, at)
    if apart:
        return _word_end(text, apart.end())
    word = _WORD.match(text, at)
    typed = word[0].casefold() if word else ""
    near = len(typed) >= len(_KEYWORD) - 2 and min(OSA.distance(typed, one) for one in (_KEYWORD, f"{_KEYWORD}s")) <= 2
    return word.end() if word and near and typed[0] == "m" else None


def clause_at(text: str, at: int, stop: int, action: Action) -> ClauseRead | None:
    """The milestones' clause that stands at `at`, before `stop`.

    Raises UnknownMilestone where its words name none, or more than one, of the action's, and UnclearMilestone where
    they do not say whether it is done.
    """
    keyword = keyword_at(text, at)
    if keyword is not None:
        return _named_behind(text, at, keyword, stop, action)
    return _named_before(text, at, stop, action)


def _named_behind(text: str, at: int, keyword: int, stop: int, action: Action) -> ClauseRead:
    bound = _STOP.search(text, keyword, stop)
    limit = bound.start() if bound else stop
    verb = _last_of_first_verbs(text, keyword, limit)
    if verb is None:
        return _without_verb(text, at, keyword, limit, action)
    start, end, done = verb
    return ClauseRead(_reached(text, keyword, start, action, done), end)


def _named_before(text: str, at: int, stop: int, action: Action) -> ClauseRead | None:
    """`pilot milestone done`: the keyword within a few words, and a verb right behind it."""
    words = list(_WORD.finditer(text, at, stop))[: _WORDS_BEFORE + 1]
    for word in words[1:]:
        if _STOP.search(text, at, word.start()):
            return None
        keyword = keyword_at(text, word.start())
        verb = _verb_at(text, keyword + len(text[keyword:]) - len(text[keyword:].lstrip()), stop) if keyword else None
        if verb:
            return ClauseRead(_reached(text, at, word.start(), action, verb[2]), verb[1])
    return None


def _last_of_first_verbs(text: str, start: int, limit: int) -> tuple[int, int, bool] | None:
    """The first words that say done or not; of several in a row the last, for the others belong to the title."""
    at = start
    found = None
    while at < limit:
        word = re.compile(r"\S+").search(text, at, limit)
        if not word:
            break
        verb = _verb_at(text, word.start(), limit)
        if found and not verb:
            break
        found = verb or found
        at = verb[1] if verb else word.end()
    return found


def _verb_at(text: str, at: int, limit: int) -> tuple[int, int, bool] | None:
    verb = _VERB.match(text, at, limit)
    if verb:
        says_done = verb["verb"].casefold() in _DONE
        return at, verb.end(), says_done != bool(verb["not"])
    word = _WORD.match(text, at, limit)
    if not word or not is_closed(text, word.end(), limit):
        return None
    typed = word[0].casefold()
    is_slip = len(typed) >= len("done") and any(
        OSA.distance(typed, known) == 1 and known[0] in typed[:2] and len(known) >= len("done") for known in _DONE
    )
    return (at, word.end(), True) if is_slip and not _denied(text, at) else None


def _denied(text: str, at: int) -> bool:
    return bool(re.search(r"(?:\bnot|n['’]t|longer|\byet)\s*$", text[:at], re.IGNORECASE))


def _without_verb(text: str, at: int, keyword: int, limit: int, action: Action) -> ClauseRead:
    name = text[keyword:limit].strip(" \t,.#")
    step = _step(name, action)
    if step is None:
        raise _unknown(text, keyword, limit, action)
    head, tail = text[:at].rstrip(), text[limit:]
    number = action.milestones.index(step) + 1
    offers = tuple(
        Offer(f"{head} milestone {number} {words}{tail}".strip(), milestone=step, done=done)
        for words, done in (("done", True), ("not done", False))
    )
    raise UnclearMilestone(step, offers)


def _reached(text: str, start: int, end: int, action: Action, done: bool) -> tuple[Reached, ...]:
    name = text[start:end]
    many = [_numbered(part, action) for part in _LIST.split(name.strip())]
    if len(many) > 1 and all(many):
        return tuple(Reached(step.title, done) for step in many if step)
    step = _step(name, action)
    if step is None:
        raise _unknown(text, start, end, action)
    return (Reached(step.title, done),)


def _step(name: str, action: Action) -> Milestone | None:
    """The milestone that is meant; None where none is, or more than one."""
    numbered = _numbered(name, action)
    if numbered:
        return numbered
    if not words_of(name) and len(action.milestones) == 1:
        return action.milestones[0]
    ranked = sorted(((_likeness(name, step), at) for at, step in enumerate(action.milestones)), reverse=True)
    if not ranked or ranked[0][0] < _SURE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR):
        return None
    return action.milestones[ranked[0][1]]


def _numbered(name: str, action: Action) -> Milestone | None:
    plain = name.strip(" \t,.").casefold().removeprefix("the ")
    found = _NUMBER.fullmatch(plain)
    number = int(found["number"]) if found else _ORDINALS.index(plain) + 1 if plain in _ORDINALS else 0
    if plain == "last":
        number = len(action.milestones)
    return action.milestones[number - 1] if 1 <= number <= len(action.milestones) else None


def _likeness(name: str, step: Milestone) -> float:
    """How well every typed word is found among the title's words, 0 to 100, the longer words counting more."""
    typed, title = words_of(name), words_of(step.title)
    if not typed or not title:
        return 0.0
    met = [(len(word), max(_like(word, other) for other in title)) for word in typed]
    score = sum(size * likeness for size, likeness in met) / sum(size for size, _ in met)
    return 0.97 * score + 0.03 * fuzz.ratio(" ".join(typed), " ".join(title))


def _like(word: str, other: str) -> float:
    if any(char.isdigit() for char in word + other):
        return 100.0 if word == other else 0.0
    return 92.0 if len(word) > len("ice") and other.startswith(word) and word != other else fuzz.ratio(word, other)


def _unknown(text: str, start: int, end: int, action: Action) -> UnknownMilestone:
    name = text[start:end].strip()
    ranked = sorted(enumerate(action.milestones), key=lambda one: -_likeness(name, one[1]))
    offers = tuple(
        Offer(f"{text[:start].rstrip()} {_named(text, end, at + 1)} {text[end:].lstrip()}".strip(), milestone=step)
        for at, step in ranked[:5]
    )
    return UnknownMilestone(action, name, offers)


def _named(text: str, end: int, number: int) -> str:
    """The milestone's number, behind the keyword, or (where the keyword follows the name) as an ordinal."""
    follows = keyword_at(text, end) is not None
    return _ORDINALS[number - 1] if follows and number <= len(_ORDINALS) else str(number)


def _word_end(text: str, at: int) -> int | None:
    word = _WORD.match(text, at)
    return word.end() if word else None
