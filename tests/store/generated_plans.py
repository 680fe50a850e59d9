"""Plans that Hypothesis makes up, to find what nobody thought of."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from store.plan import (
    About,
    Action,
    Background,
    Better,
    Figure,
    Indicator,
    Measurement,
    Milestone,
    Nature,
    Objective,
    Period,
    Plan,
    PlanStatus,
    Priority,
    Statement,
    Status,
    Update,
    Value,
)

_KEYS = [f"{letter}-{number}" for letter in "AbC" for number in range(6)]
_words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(
    lambda text: text == text.strip() != ""
)
_days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
_refs = st.sampled_from(["U02AB3CD4", "U03QX9ZZZ", "owner@example.org"])
_statuses = st.none() | st.sampled_from(Status)
_percents = st.none() | st.integers(0, 100)
_numbers = st.floats(allow_nan=False, allow_infinity=False)
_figures = st.builds(Figure, value=_numbers | _words, date=_days)
_updates = st.builds(
    Update, date=_days, author=st.none() | _refs, status=_statuses, percent=_percents, note=st.none() | _words
)
_measurements = st.builds(Measurement, value=_numbers | _words, date=_days, note=st.none() | _words)


@st.composite
def generated_plans(draw: st.DrawFn) -> Plan:
    """A plan of up to eighteen entries."""
    keys = list(draw(st.permutations(_KEYS)))

    def entry(statement: bool = False) -> dict[str, Any]:
        said = draw(_words if statement else st.none() | _words)
        return {
            "key": keys.pop(),
            "title": draw(_words),
            "statement": said,
            "aliases": tuple(draw(st.lists(_words, max_size=2))),
        }

    def some(most: int) -> range:
        return range(draw(st.integers(0, min(most, len(keys)))))

    def action() -> Action:
        updates = sorted(draw(st.lists(_updates, max_size=3)), key=lambda one: one.date)
        return Action(
            **entry(),
            owners=tuple(draw(st.lists(_refs, max_size=2, unique=True))),
            due=draw(st.none() | _days),
            status=draw(_statuses),
            percent=draw(_percents),
            updates=tuple(updates),
            milestones=tuple(draw(st.lists(st.builds(Milestone, title=_words, due=st.none() | _days), max_size=2))),
        )

    def indicator() -> Indicator:
        return Indicator(
            **entry(),
            nature=draw(st.sampled_from(Nature)),
            better=draw(st.none() | st.sampled_from(Better)),
            baseline=draw(st.none() | _figures),
            target=draw(st.none() | _figures),
            measurements=tuple(draw(st.lists(_measurements, max_size=3))),
            owners=tuple(draw(st.lists(_refs, max_size=1))),
        )

    def objective() -> Objective:
        head = entry()
        indicators = tuple(indicator() for _ in some(2))
        return Objective(**head, indicators=indicators, actions=tuple(action() for _ in some(3)))

    def priority() -> Priority:
        head = entry()
        return Priority(**head, objectives=tuple(objective() for _ in some(2)))

    return Plan(
        about=About(
            key="generated",
            title=draw(_words),
            organization=draw(_words),
            period=draw(st.none() | st.just(Period(start=date(2024, 1, 1), end=date(2026, 12, 31)))),
            status=draw(st.sampled_from(PlanStatus)),
            timezone=draw(st.sampled_from(["America/Toronto", "Pacific/Kiritimati", "UTC"])),
            update_days=draw(st.none() | st.integers(1, 366)),
        ),
        vision=draw(st.none() | st.builds(Statement, statement=_words)),
        mission=draw(st.none() | st.builds(Statement, statement=_words)),
        values=tuple(Value(**entry(statement=True)) for _ in some(2)),
        priorities=tuple(priority() for _ in some(2)),
        background=tuple(Background(**entry()) for _ in some(1)),
    )
