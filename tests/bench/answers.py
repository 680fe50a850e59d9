"""Every question set there is: how planbot answers it, and how its peers do on the same questions."""

import math
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rich.console import Console

from commands.ask.evaluation import SUGGESTED_WITHIN, Sample, Verdict, judge, read_samples
from commands.ask.index import Index
from commands.ask.question import Outcome, Understanding
from commands.ask.understand import understand
from store import planfile
from store.plan import Plan
from tests.bench.peers import Peer, Ranked, peers_of
from tests.bench.tables import against, median, milliseconds, p99, part, show

ROOT = Path(__file__).parents[2]
QUESTIONS = (ROOT / "tests" / "questions", ROOT.parent / "shared" / "questions")
PLANS = (*(folder / "plans" for folder in QUESTIONS), ROOT / "plans")
TURNED_AWAY = 0.95
"""Part of a set's unanswerable questions that a peer's threshold is to turn away, chosen on that very set."""
WELL_UNDER_A_MILLISECOND = 0.001
"""Bar for the median question, in seconds, for plans of about a hundred entries."""
_COLUMNS = ("", "right", "in first 3", "wrong", "missed", "rightly refused", "median ms", "p99 ms")
_EXPLAINED = f"""
Question sets: planbot beside rankings of the same plan's entries and sections. A ranking answers with its first.
Its threshold is chosen on the same set so that {TURNED_AWAY:.0%} of the unanswerable are turned away, which may be all
questions; everyday questions meet the plan's own. 'in first 3' counts planbot's answers and suggestions, and a
ranking's first three, whether or not its first is wrong."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back to one question, and how long that took."""

    verdict: Verdict
    is_near: bool
    """Whether a right subject was answered, suggested, or ranked among the first three."""
    seconds: float


@dataclass(slots=True)
class Result:
    """All that one contender replied: planbot, or a peer with or without a threshold."""

    name: str
    replies: list[Reply] = field(default_factory=list)

    def row(self, answerable: int) -> tuple[str, ...]:
        """A line of the table."""
        counts = Counter(one.verdict for one in self.replies)
        seconds = [one.seconds for one in self.replies]
        total = len(self.replies)
        return (
            self.name,
            part(counts[Verdict.RIGHT], answerable),
            part(sum(one.is_near for one in self.replies), answerable),
            part(counts[Verdict.WRONG], total),
            part(counts[Verdict.MISSED], answerable),
            part(counts[Verdict.REFUSED], total - answerable),
            milliseconds(median(seconds)),
            milliseconds(p99(seconds)),
        )


Ranking = tuple[Sample, Sequence[Ranked], float]


class Ground:
    """One plan made ready for planbot and for its peers, with the questions that were written for it."""

    def __init__(self, plan: Plan, samples: Sequence[Sample]) -> None:
        self.plan = plan
        self.samples = samples
        self._index = Index.build(plan)
        self._peers = peers_of(plan)

    def results(self, samples: Sequence[Sample]) -> Iterator[Result]:
        """planbot, then each peer without and with the threshold that suits the plan's own questions."""
        yield Result("planbot", [_planbot(sample, self._index) for sample in samples])
        for peer in self._peers:
            rankings = _rankings(peer, samples)
            yield Result(peer.name, [_ranked(one, None) for one in rankings])
            least = self._thresholds[peer.name]
            yield Result("  with a threshold", [_ranked(one, least) for one in rankings])

    @cached_property
    def _thresholds(self) -> dict[str, float]:
        unanswerable = [sample for sample in self.samples if sample.subjects is None]
        return {peer.name: _threshold(_rankings(peer, unanswerable)) for peer in self._peers}


def measure(screen: Console) -> None:
    """Show a table for each question set, and one for all of them."""
    written = {path: read_samples(path) for folder in QUESTIONS for path in sorted(folder.glob("*.jsonl"))}
    grounds = {
        path: Ground(planfile.read(plan), samples) for path, samples in written.items() if (plan := _plan_of(path))
    }
    screen.print(_EXPLAINED)
    whole: list[Result] = []
    for path, ground in grounds.items():
        results = list(ground.results(ground.samples))
        _show(screen, path.stem, results, _answerable(ground.samples))
        whole = _joined(whole, results)
    _show(screen, "all of these together", whole, sum(_answerable(one.samples) for one in grounds.values()))
    _bar(screen, whole[0])
    of_plans = {ground.plan.about.key: ground for ground in grounds.values()}.values()
    for path, samples in written.items():
        if path not in grounds:
            _show_everyday(screen, path.stem, samples, of_plans)


def _show_everyday(screen: Console, name: str, samples: Sequence[Sample], grounds: Collection[Ground]) -> None:
    """A set that was written for no plan, asked about every one."""
    asked: list[Result] = []
    for ground in grounds:
        asked = _joined(asked, ground.results(samples))
    title = f"{name}: {len(samples)} questions, each about {len(grounds)} plans"
    _show(screen, title, asked, _answerable(samples) * len(grounds))


def _show(screen: Console, title: str, results: Iterable[Result], answerable: int) -> None:
    listed = list(results)
    asked = len(listed[0].replies)
    heading = f"{title} ({answerable} answerable, {asked - answerable} not)"
    show(screen, heading, _COLUMNS, [one.row(answerable) for one in listed])


def _bar(screen: Console, planbot: Result) -> None:
    took = median([one.seconds for one in planbot.replies])
    met = against(took, WELL_UNDER_A_MILLISECOND)
    screen.print(f"bar: a question's median under 1 ms for plans of about 100 entries: {milliseconds(took)} ms, {met}")


def _plan_of(questions: Path) -> Path | None:
    """The plan that bears the set's name, which may go on (`riverbend-dev` is about `riverbend-2025-2028`)."""
    name = questions.stem.removesuffix("-dev")
    return next((path for folder in PLANS for path in sorted(folder.glob(f"{name}*.yml"))), None)


def _answerable(samples: Iterable[Sample]) -> int:
    return sum(sample.subjects is not None for sample in samples)


def _planbot(sample: Sample, index: Index) -> Reply:
    began = time.perf_counter()
    understood = understand(sample.question, index)
    took = time.perf_counter() - began
    verdict = judge(sample, understood).verdict
    return Reply(verdict, verdict in (Verdict.RIGHT, Verdict.SUGGESTED), took)


def _rankings(peer: Peer, samples: Iterable[Sample]) -> list[Ranking]:
    return [_timed(peer, sample) for sample in samples]


def _timed(peer: Peer, sample: Sample) -> Ranking:
    began = time.perf_counter()
    ranking = peer.ranking(sample.question)
    return sample, ranking, time.perf_counter() - began


def _threshold(unanswerable: Sequence[Ranking]) -> float:
    """The score that a ranking's first must exceed."""
    best = sorted(_score(ranking) for _, ranking, _ in unanswerable)
    return best[math.ceil(len(best) * TURNED_AWAY) - 1] if best else 0.0


def _score(ranking: Sequence[Ranked]) -> float:
    return ranking[0].score if ranking else 0.0


def _ranked(one: Ranking, threshold: float | None) -> Reply:
    sample, ranking, took = one
    if not ranking or (threshold is not None and _score(ranking) <= threshold):
        unknown = Understanding(sample.question, Outcome.UNKNOWN)
        return Reply(judge(sample, unknown).verdict, is_near=False, seconds=took)
    first = Understanding(sample.question, Outcome.ANSWER, ranking[0].subject)
    near = {ranked.subject for ranked in ranking[:SUGGESTED_WITHIN]} & (sample.subjects or frozenset())
    return Reply(judge(sample, first).verdict, bool(near), took)


def _joined(whole: Sequence[Result], more: Iterable[Result]) -> list[Result]:
    results = list(more)
    if not whole:
        return [Result(one.name, list(one.replies)) for one in results]
    return [Result(one.name, one.replies + other.replies) for one, other in zip(whole, results, strict=True)]
