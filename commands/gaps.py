"""What members asked in vain, grouped by likeness, and what administrators make of it: another name, or nothing.

Likeness is reckoned with RapidFuzz on what the words tell: without grammar and politeness, endings cut, in any order.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rapidfuzz import fuzz, process
from sqlmodel.ext.asyncio.session import AsyncSession

from commands.ask.index import Index
from commands.ask.normalise import letters, words_of
from commands.ask.parse import read
from commands.ask.scoring import rank
from commands.ask.vocabulary import vocabulary
from commands.mistakes import AliasTaken, EntryGone, GapGone, InvalidFields
from store.aliases import Learned, fold, learn_alias
from store.plan import Kind, Node, Plan
from store.questions import Counted, Miss, dismiss_misses, misses, settle_misses

ALIKE = 76.0
"""From which likeness (0 to 100) on two wordings ask for the same; "fleet cost" and "fleet colour" do not."""
MAYBE = 55.0
"""Wordings below this `token_set_ratio` of RapidFuzz are not compared closely."""
COMPARED = 5
"""With how many others a wording is compared closely."""
OFFERED = 10
LONGEST_ALIAS = 100


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions alike that were not answered, or not as they were meant."""

    id: int
    """Lasting while any of it is kept; not its place in a list."""
    words: str
    """The most frequent wording."""
    wordings: tuple[tuple[str, int], ...]
    """Each wording with how often, the most frequent first."""
    times: int
    last: date
    suggested: tuple[str, ...]
    """Keys of what was suggested, the most frequent first; none of it was pressed."""
    answered: tuple[str, ...]
    """Subjects that were answered and got a thumb down."""
    misses: tuple[int, ...]


async def open_gaps(
    session: AsyncSession, workspace: int, plan_id: int, *, today: date, keep_days: int
) -> tuple[Gap, ...]:
    """The gaps of the retention time that nobody has dealt with, the most frequent first."""
    found = await misses(session, workspace, plan_id, since=today - timedelta(days=keep_days))
    return await asyncio.to_thread(group, found)  # a thousand wordings take a third of a second


def group(found: Sequence[Miss]) -> tuple[Gap, ...]:
    """Misses grouped by likeness, the most frequent first, then the latest, then by wording.

    A wording that was dismissed once stays out. The same misses always make the same groups.
    """
    dismissed = {one.folded for one in found if one.is_dismissed}
    by_wording: dict[str, list[Miss]] = {}
    for miss in found:
        if miss.folded not in dismissed:
            by_wording.setdefault(miss.folded, []).append(miss)
    groups: list[list[Miss]] = []
    group_of: dict[str, list[Miss]] = {}
    for rows in sorted(by_wording.values(), key=lambda rows: (-_times(rows), rows[0].folded)):
        told = telling(rows[0].words)
        near = _like(told, group_of)
        if near is None:
            groups.append([])
        group_of[told] = group_of[near] if near else groups[-1]
        group_of[told].extend(rows)
    return tuple(sorted(map(_gap, groups), key=lambda gap: (-gap.times, -gap.last.toordinal(), gap.words)))


def telling(words: str) -> str:
    """What a wording tells: its stems in order of the alphabet, those without content only if there are no others."""
    known = vocabulary()
    stems = {word.stem for word in words_of(words, known.short_forms)}
    return " ".join(sorted({stem for stem in stems if known.weight(stem) > 0} or stems)) or words.casefold()


def _like(told: str, known: Iterable[str]) -> str | None:
    """The known wording that asks for the same, the one that is most like it; None where none does."""
    near = process.extract(told, list(known), scorer=fuzz.token_set_ratio, score_cutoff=MAYBE, limit=COMPARED)
    alike = [(_likeness(told, other), other) for other, _, _ in near]
    best = max(alike, default=(0.0, ""), key=lambda one: one[0])
    return best[1] if best[0] >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    """0 to 100: half for how well the shorter is found in the longer, half for how little the longer has besides."""
    shorter, longer = sorted((one.split(), other.split()), key=lambda words: (len(words), words))
    found = sum(len(word) * max(fuzz.ratio(word, known) for known in longer) for word in shorter)
    return (found / sum(map(len, shorter)) + fuzz.ratio(one, other)) / 2


def _times(rows: Iterable[Miss]) -> int:
    return sum(row.times for row in rows)


def _gap(rows: Sequence[Miss]) -> Gap:
    wordings: Counter[str] = Counter()
    written: dict[str, str] = {}
    suggested: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: row.id):
        wordings[written.setdefault(row.folded, row.words)] += row.times
        suggested.update(dict.fromkeys(row.suggestions, row.times))
    return Gap(
        id=min(row.id for row in rows),
        words=wordings.most_common(1)[0][0],
        wordings=tuple(wordings.most_common()),
        times=_times(rows),
        last=max(row.day for row in rows),
        suggested=tuple(key for key, _ in suggested.most_common()),
        answered=tuple(dict.fromkeys(row.subject for row in rows if row.outcome in (Counted.ANSWER, Counted.CHOSEN))),
        misses=tuple(sorted(row.id for row in rows)),
    )


def gap_with(identity: int, gaps: Iterable[Gap]) -> Gap:
    """The gap that holds the miss with that id. Raises GapGone where it was dealt with meanwhile."""
    found = next((gap for gap in gaps if identity in gap.misses), None)
    if found is None:
        raise GapGone
    return found


def alias_in(words: str, index: Index) -> str:
    """What of a question may be the name it was asked by: the words that are left for a subject, else all of them."""
    return (read(words, index).rest or words)[:LONGEST_ALIAS].strip()


def entries(plan: Plan) -> tuple[Node, ...]:
    """The entries that can have another name: all but the vision and the mission, which have one each."""
    return tuple(node for node in plan.walk() if node.kind not in (Kind.VISION, Kind.MISSION))


def alias_typed(typed: str) -> str:
    """An alias as it is kept. Raises InvalidFields where nothing in it is a letter or a number."""
    if not letters(typed):
        raise InvalidFields({"alias": "no words"})
    return " ".join(typed.split())[:LONGEST_ALIAS].strip()


def entry_called(plan: Plan, key: str, alias: str) -> Node:
    """The entry with the key, which may be called `alias`.

    Raises InvalidFields where no key was given, EntryGone where no entry has it, AliasTaken where another is called so.
    """
    if not key:
        raise InvalidFields({"entry": "missing"})
    found = plan.find(key)
    if found is None or found not in entries(plan):
        raise EntryGone
    for node in entries(plan):
        names = (node.entry.title, node.key, *node.entry.aliases)
        if node.key != found.key and fold(alias) in map(fold, names):
            raise AliasTaken(alias, node.entry)
    return found


def entries_like(typed: str, index: Index) -> tuple[Node, ...]:
    """The entries that may be meant by what an administrator typed, the likeliest first.

    Raises InvalidFields where none is like it.
    """
    named = index.plan.find(typed)
    ranked = (index.plan.nodes[one.subject.key] for one in rank(read(typed, index), index))
    nodes = [node for node in (named, *ranked) if node and node.kind not in (Kind.VISION, Kind.MISSION)]
    found = tuple({node.key: node for node in nodes}.values())[:OFFERED] or _spelt_like(typed, index.plan)
    if not found:
        raise InvalidFields({"search": "nothing found"})
    return found


def _spelt_like(typed: str, plan: Plan) -> tuple[Node, ...]:
    titles = {node.key: node.entry.title.casefold() for node in entries(plan)}
    near = process.extract(typed.casefold(), titles, scorer=fuzz.WRatio, score_cutoff=60, limit=OFFERED)
    return tuple(plan.nodes[key] for _, _, key in near)


async def learn(
    session: AsyncSession, workspace: int, plan: Plan, gap: Gap, *, key: str, alias: str, by: str | None, now: datetime
) -> Learned | None:
    """Let the entry with the key be called `alias`, too, and settle the gap; None where it was called so before.

    Raises AliasTaken where another entry is called so, and EntryGone where there is no entry with the key.
    """
    node = entry_called(plan, key, alias)
    learned = await learn_alias(session, workspace, node.key, alias, by=by, now=now)
    await settle_misses(session, workspace, gap.misses)
    return learned


async def dismiss(session: AsyncSession, workspace: int, gap: Gap, now: datetime) -> None:
    """Note that a gap is not about the plan: its wordings are shown no more."""
    await dismiss_misses(session, workspace, gap.misses, now)
