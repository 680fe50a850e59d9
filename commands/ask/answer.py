"""The answer to a question that was understood: facts read off the plan, or what to offer where there are none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commands.ask.facts import Fact, Named
from commands.ask.lines import SECTION_KINDS, ask_about, name, named, path
from commands.ask.lookup import look_up
from commands.ask.question import Evidence, Facet, Outcome, SmallTalk, Understanding
from store.plan import About, Kind, Plan

NEAREST = 3
"""How many sections or priorities are offered where nothing was found."""
TELLING = 0.5
"""Evidence under this score (0 to 1) is taken for chance: on the question sets it led to unrelated parts."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A subject that the question may have meant, and what was asked about it."""

    of: Named
    under: Named | None
    """The entry over it."""
    facet: Facet


@dataclass(frozen=True, slots=True)
class Example:
    """A question that this plan answers."""

    of: Named
    facet: Facet


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question. Its facts are of one plan on one day."""

    question: str
    outcome: Outcome
    subject: str | None
    facet: Facet | None
    confidence: float
    """0 to 1."""
    about: About
    today: date
    """The day in the plan's zone for which the facts hold."""
    facts: tuple[Fact, ...] = ()
    """The facet asked for first; then what else was asked in the same breath."""
    suggestions: tuple[Suggestion, ...] = ()
    """Two to five, best first, where the question may have meant any of them."""
    small_talk: SmallTalk | None = None
    nearest: tuple[Named, ...] = ()
    """Where nothing was found: sections and priorities that come nearest, or those that the plan has."""
    is_near: bool = False
    """Whether `nearest` share words with the question."""
    examples: tuple[Example, ...] = ()
    """Where nothing was found: questions that this plan answers."""


def answer(understanding: Understanding, plan: Plan, *, today: date, asker: frozenset[str] = frozenset()) -> Answer:
    """The answer from the plan on the day `today` (in the plan's zone).

    `asker` is the asker's Slack user id and e-mail address, as far as they are known; it is used for "my actions".
    Where nothing was found, its evidence tells the nearest parts of the plan, so ask for it with `explain`.
    Raises KeyError where the understanding names a subject that the plan does not have.
    """
    found = understanding.outcome is Outcome.ANSWER
    lost = understanding.outcome is Outcome.UNKNOWN
    return Answer(
        question=understanding.question,
        outcome=understanding.outcome,
        subject=understanding.subject if found else None,
        facet=None if lost else understanding.facet,
        confidence=understanding.confidence,
        about=plan.about,
        today=today,
        facts=_facts(understanding, plan, today, asker) if found else (),
        suggestions=_suggestions(understanding, plan),
        small_talk=understanding.small_talk,
        nearest=_nearest(understanding, plan) if lost else (),
        is_near=lost and bool(_telling(understanding)),
        examples=_examples(plan) if lost else (),
    )


def _facts(understanding: Understanding, plan: Plan, today: date, asker: Iterable[str]) -> tuple[Fact, ...]:
    if understanding.subject is None or understanding.facet is None:
        raise ValueError("an answer needs a subject and a facet")
    pairs = dict.fromkeys(((understanding.subject, understanding.facet), *understanding.also))
    asker = frozenset(asker)
    facts = (
        fact for subject, facet in pairs for fact in look_up(ask_about(plan, subject, today=today, asker=asker), facet)
    )
    return tuple(dict.fromkeys(facts))


def _suggestions(understanding: Understanding, plan: Plan) -> tuple[Suggestion, ...]:
    facet = understanding.facet or Facet.MEANING
    return tuple(Suggestion(name(plan, key), _over(plan, key), facet) for key in understanding.suggestions)


def _over(plan: Plan, subject: str) -> Named | None:
    node = plan.find(subject)
    return next(iter(path(plan, node.key)), None) if node else None


def _nearest(understanding: Understanding, plan: Plan) -> tuple[Named, ...]:
    """The sections and priorities in which the best evidence lies; the plan's own sections where there is none."""
    met = dict.fromkeys(_home(plan, one.subject) for one in _telling(understanding))
    return tuple(met)[:NEAREST] or tuple(name(plan, section) for section in _sections(plan))


def _telling(understanding: Understanding) -> tuple[Evidence, ...]:
    return tuple(one for one in understanding.evidence if one.score >= TELLING)


def _home(plan: Plan, subject: str) -> Named:
    node = plan.find(subject)
    if node is None:
        return name(plan, subject)
    if node.kind is Kind.VALUE:
        return name(plan, "values")
    if node.kind is Kind.BACKGROUND:
        return name(plan, "background")
    return (named(node.entry, node.kind), *path(plan, node.key))[-1]


def _sections(plan: Plan) -> tuple[str, ...]:
    return tuple(section for section, kind in SECTION_KINDS.items() if plan.of_kind(kind))


def _examples(plan: Plan) -> tuple[Example, ...]:
    """One about an action, one about a priority, one about a value; other things where the plan lacks these."""
    wanted = (
        (Kind.VALUE, Facet.MEANING),
        (Kind.PRIORITY, Facet.LIST),
        (Kind.ACTION, Facet.OWNER),
        (Kind.OBJECTIVE, Facet.PARENT),
        (Kind.BACKGROUND, Facet.MEANING),
        (Kind.BACKGROUND, Facet.MEANING),
    )
    taken: dict[Named, Facet] = {}
    for kind, facet in wanted:
        first = next((one for node in plan.of_kind(kind) if (one := named(node.entry, kind)) not in taken), None)
        if first:
            taken[first] = facet
    return tuple(Example(of, facet) for of, facet in taken.items())[:NEAREST]
