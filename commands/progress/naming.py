"""Where a typed line names an action or an indicator, and which."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from commands.progress.days import day_at
from commands.progress.finding import OFFERED, Names, Reportable, words_of
from commands.progress.links import link_at
from commands.progress.milestones import keyword_at
from commands.progress.mistakes import Offer, SeveralEntries, UnknownEntry
from commands.progress.percentages import next_percent, percent_at
from commands.progress.renewing import next_unchanged, unchanged_at
from commands.progress.statuses import StatusRead, exact_statuses, is_closed
from store.plan import Action, Indicator

_SEPARATORS = re.compile(r"(?:[\s,;:.–—|]+|-(?=\s)|(?:action|indicator|mark|set|please|update)\s+)*", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,;:|]+")
_LETTERS_AND_NUMBER = re.compile(r"#?[^\W\d]+\s+\d+")
_WORD = re.compile(r"[^\W_]+")
_REGION_END = re.compile(r"[,;:|\n]|\s[-–—]\s|<?https?://|\bas\s*(?:of|off)\s|\basof\s|\bnotes?\s*:", re.IGNORECASE)
_HEDGE = re.compile(
    r"(?:\b(?:not|no\s+longer|never|almost|nearly|half|partly|partially|mostly|isn['’]?t|aren['’]?t|is|are|was|now|"
    r"yet|un|about\s+to\s+be|to\s+be|will\s+be|has\s+been|status|at)\s*)+[:=]?\s*$",
    re.IGNORECASE,
)
"""Words before a status that are no part of a name, and of which some turn it into something else."""
_NUMBER = re.compile(r"\s*(?:(?:is|now|at|to|=|:)\s*)*[+\-−]?[$€£]?\d")
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Named:
    """The entry that a line names, and where."""

    entry: Reportable
    start: int
    end: int
    is_outright: bool
    """Whether it is named by its key or a whole name, not by a piece of one."""


def name_in(text: str, names: Names, today: date, own: Sequence[Reportable] = ()) -> Named | None:
    """The entry named in `text`: behind percentage, status, day or link, or before them. None for an empty text.

    Raises UnknownEntry where none is, with `own` to choose from where no name is near, and SeveralEntries.
    """
    at = _gap_end(text, 0)
    while at < len(text):
        named = _by_key(text, at, names) or _by_whole_name(text, at, names)
        if named:
            return named
        piece = _piece_end(text, at, names, today)
        if piece is None:
            return _by_key_further_on(text, at, names) or _by_piece_of_name(text, at, names, own)
        at = _gap_end(text, piece)
    if not text.strip():
        return None
    raise UnknownEntry("", _offers(own[:OFFERED], text, 0, 0))


def _gap_end(text: str, at: int) -> int:
    found = _SEPARATORS.match(text, at)
    return found.end() if found else at


def _by_key(text: str, at: int, names: Names) -> Named | None:
    first = _TOKEN.match(text, at)
    second = _TOKEN.match(text, _gap_of_spaces(text, first.end())) if first else None
    for start, end in ((at, second.end() if second else at), (at, first.end() if first else at)):
        typed = text[start:end].rstrip(".!")
        # Two words are one key only as a letter part and a number ("A 01"), else "1 A-01" would be one.
        is_one = not re.search(r"\s", typed) or _LETTERS_AND_NUMBER.fullmatch(typed)
        entry = names.by_key(typed) if typed and is_one and not _is_figure(typed, names) else None
        if entry:
            return Named(entry, start, start + len(typed), is_outright=True)
    return None


def _by_key_further_on(text: str, at: int, names: Names) -> Named | None:
    """A key with a number in it, before any note: the words before it may be a misspelt status."""
    limit = _region_end(text, at, names)
    for token in _TOKEN.finditer(text, at, limit):
        if (
            re.search(r"\d", token[0])
            and re.search(r"[^\W\d_]", token[0])
            and (named := _by_key(text, token.start(), names))
        ):
            return named
    return None


def _is_figure(typed: str, names: Names) -> bool:
    """Whether the word is a number or a percentage, and not the very key of an entry ("1.1")."""
    is_number = typed[-1] in "%％" or not re.search(r"[^\W\d_]", typed)
    return is_number and all(entry.key != typed for entry in names.entries)


def _gap_of_spaces(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


def _by_whole_name(text: str, at: int, names: Names) -> Named | None:
    words = _first_words(text, at, names.longest + 1)
    for many in range(len(words), 0, -1):
        folded = [word for found in words[:many] for word in words_of(found[0])]
        entry = names.by_whole_name(folded)
        end = _with_more_of_it(text, words[many:], words[many - 1].end(), names, entry) if entry else at
        if entry and _is_boundary(text, end, len(text)):
            return Named(entry, at, end, is_outright=True)
    return None


def _first_words(text: str, at: int, most: int) -> list[re.Match[str]]:
    words: list[re.Match[str]] = []
    for word in _WORD.finditer(text, at):
        if len(words) == most or (not words and word.start() != at):
            break
        words.append(word)
    return words


def _with_more_of_it(text: str, following: Iterable[re.Match[str]], end: int, names: Names, entry: Reportable) -> int:
    """The end of the words behind a whole name that are words of the entry's names too."""
    for word in following:
        apart = text[end : word.start()].strip()
        if (
            apart
            or len(word[0]) < len("and")
            or not names.has_word(entry, word[0])
            or _is_boundary(text, end, len(text))
        ):
            break
        end = word.end()
    return end


def _is_boundary(text: str, end: int, stop: int) -> bool:
    """Whether something that is no word of a name follows."""
    start = _gap_of_spaces(text, end)
    status = next(exact_statuses(text, start, stop), None)
    follows_status = status is not None and (
        status.start == start or bool(_HEDGE.fullmatch(text[start : status.start]))
    )
    return (
        is_closed(text, end, stop)
        or bool(_NUMBER.match(text, end))
        or follows_status
        or unchanged_at(text, start, stop) is not None
        or keyword_at(text, start) is not None
    )


def _piece_end(text: str, at: int, names: Names, today: date) -> int | None:
    """Where the percentage, link, day or status at `at` ends."""
    percent = percent_at(text, at, len(text))
    if percent:
        return percent.end
    link = link_at(text, at)
    if link:
        return link.end
    status = next(exact_statuses(text, at, len(text)), None)
    if status and status.start == at and not _is_of_a_name(text, status, names):
        return status.end
    unchanged = unchanged_at(text, at, len(text), may_go_on=True)
    if unchanged is not None:
        return unchanged
    day = day_at(text, at, len(text), today)
    return day.end if day else None


def _is_of_a_name(text: str, status: StatusRead, names: Names) -> bool:
    """Whether the words of a status stand in a name, too, beside the word beside which they were typed."""
    phrase = " ".join(words_of(text[status.start : status.end]))
    before = words_of(text[: status.start])[-1:]
    behind = words_of(text[status.end :])[:1]
    pairs = [f" {' '.join((*before, phrase))} " if before else "", f" {' '.join((phrase, *behind))} " if behind else ""]
    wanted = [pair for pair in pairs if pair]
    known = (f" {' '.join(words_of(name))} " for entry in names.entries for name in (entry.title, *entry.aliases))
    return any(pair in name for name in known for pair in wanted) if wanted else False


def _by_piece_of_name(text: str, at: int, names: Names, own: Sequence[Reportable]) -> Named:
    limit = _region_end(text, at, names)
    tokens = list(_TOKEN.finditer(text, at, limit))[:_MOST_WORDS]
    for many in range(len(tokens), 0, -1):
        end = tokens[many - 1].end()
        words = words_of(text[at:end])
        if many > 1 and names.is_small(tokens[many - 1][0]):
            continue
        meant = names.meant(names.ranked(words)) if words else []
        fitting = [
            entry for entry in meant if words_of(tokens[many - 1][0]) and names.has_word(entry, tokens[many - 1][0])
        ]
        if fitting:
            return _one_of(fitting, text, at, end)
    raise _unknown(text, at, limit, tokens, names, own)


def _one_of(meant: Sequence[Reportable], text: str, start: int, end: int) -> Named:
    wanted = _kind_wanted(text, end)
    fitting = [entry for entry in meant if isinstance(entry, wanted)] or list(meant)
    if len(fitting) > 1:
        raise SeveralEntries(text[start:end], _offers(fitting[:OFFERED], text, start, end))
    return Named(fitting[0], start, end, is_outright=False)


def _kind_wanted(text: str, end: int) -> type[Action] | type[Indicator] | tuple[type[Action], type[Indicator]]:
    """What can be meant, by what follows: a status or a milestone is an action's, a number without % an indicator's."""
    start = _gap_end(text, end)
    status = next(exact_statuses(text, start, len(text)), None)
    if keyword_at(text, start) is not None or (status and status.start == start):
        return Action
    if _NUMBER.match(text, end) and percent_at(text, start, len(text)) is None:
        return Indicator
    return (Action, Indicator)


def _region_end(text: str, at: int, names: Names) -> int:
    """Where the words that may name an entry end: at a percentage, a status, a milestone, a day, a link, a colon."""
    ends = [len(text)]
    stop = _REGION_END.search(text, at)
    ends += [stop.start()] if stop else []
    percent = next_percent(text, at, len(text))
    ends += [percent] if percent is not None else []
    unchanged = next_unchanged(text, at, len(text))
    ends += [unchanged] if unchanged is not None else []
    statuses = exact_statuses(text, at, len(text))
    status = next((one for one in statuses if not _is_of_a_name(text, one, names)), None)
    if status:
        hedge = _HEDGE.search(text[at : status.start])
        ends.append(at + hedge.start() if hedge else status.start)
    ends += [word.start() for word in _WORD.finditer(text, at, min(ends)) if keyword_at(text, word.start())][:1]
    return min(ends)


def _unknown(
    text: str,
    at: int,
    limit: int,
    tokens: Sequence[re.Match[str]],
    names: Names,
    own: Sequence[Reportable],
) -> UnknownEntry:
    near = names.near(names.ranked(words_of(text[at:limit]))) or list(own[:OFFERED])
    fitting = [token for token in tokens if words_of(token[0]) and any(names.has_word(one, token[0]) for one in near)]
    end = fitting[-1].end() if fitting else len(text[:limit].rstrip())
    return UnknownEntry(text[at : max(end, at)].strip(), _offers(near, text, at, max(end, at)))


def _offers(entries: Iterable[Reportable], text: str, start: int, end: int) -> tuple[Offer, ...]:
    return tuple(Offer(f"{text[:start]}{entry.key} {text[end:].lstrip()}".strip(), entry=entry) for entry in entries)
