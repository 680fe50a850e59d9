"""Any plan that a plan file may hold, for Hypothesis: keys unique in any case of letters, days and figures that fit."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from store.plan import (
    SECTIONS,
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

NASTY = (
    "No",
    "~",
    "null",
    "1e5",
    "0o17",
    "010",
    "12:30",
    "2024-01-01",
    ".nan",
    "- dash",
    "a: b",
    "a #b",
    "#x",
    "*x",
    "&x",
    "!x",
    "|",
    ">",
    "@x",
    "%x",
    "`x`",
    "{a}",
    "[a]",
    "---",
    "...",
    "<<",
    "=",
    "\"x\" and 'y'",
    "one\ntwo",
    "one\n\n  two\n\n\nthree",
    "one \n two",
    "a\r\nb",
    "a\tb",
    "a\u2028b",
    "a\x85b",
    "a\ufeffb",
    "a\x07b",
    "\x1b[31m",
    "😀 é 漢",
    "word " * 60 + "end",
    "x" * 150,
    "<!channel> *all* &amp;",
)
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60),
    st.text("ab \n#:-'\"\\", min_size=1, max_size=20),
).filter(lambda text: bool(text.strip()))
days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
percents = st.integers(0, 100)
people = st.sampled_from(("U02AB3CD4", "W123", "owner@example.org", "o'neil+x@example.co.uk"))
numbers = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**9), 10**9).map(float))


def _some(of: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


def _maybe(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | of


updates = st.builds(
    Update,
    date=days,
    author=_maybe(people),
    status=_maybe(st.sampled_from(Status)),
    percent=_maybe(percents),
    note=_maybe(texts),
)
milestones = st.builds(Milestone, title=texts, due=_maybe(days), done=st.booleans())


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A whole plan."""
    used = {name.casefold() for name in SECTIONS}
    keys = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,6}", fullmatch=True)

    def entry() -> dict[str, Any]:
        key = draw(keys.filter(lambda one: one.casefold() not in used))
        used.add(key.casefold())
        return {"key": key, "title": draw(texts), "statement": draw(_maybe(texts)), "aliases": draw(_some(texts))}

    def several(most: int = 2) -> range:
        return range(draw(st.integers(0, most)))

    def spoken() -> dict[str, Any]:
        return entry() | {"statement": draw(texts)}

    def action() -> Action:
        start, due = sorted((draw(days), draw(days)))
        said = sorted(draw(_some(updates)), key=lambda one: one.date)
        return Action(
            **entry(),
            owners=draw(_some(people)),
            department=draw(_maybe(texts)),
            start=draw(st.sampled_from((start, None))),
            due=draw(st.sampled_from((due, None))),
            status=draw(_maybe(st.sampled_from(Status))),
            percent=draw(_maybe(percents)),
            updates=tuple(said),
            milestones=draw(_some(milestones)),
        )

    def indicator() -> Indicator:
        nature = draw(st.sampled_from(Nature))
        in_numbers = nature is Nature.QUANTITATIVE
        values: st.SearchStrategy[Any] = numbers if in_numbers else texts
        figures = st.builds(Figure, value=values, date=days)
        return Indicator(
            **entry(),
            nature=nature,
            unit=draw(_maybe(texts)) if in_numbers else None,
            better=draw(_maybe(st.sampled_from(Better))) if in_numbers else None,
            baseline=draw(_maybe(figures)),
            target=draw(_maybe(figures)),
            measurements=draw(_some(st.builds(Measurement, value=values, date=days, note=_maybe(texts)))),
            owners=draw(_some(people)),
        )

    def objective() -> Objective:
        indicators = tuple(indicator() for _ in several())
        return Objective(**entry(), indicators=indicators, actions=tuple(action() for _ in several()))

    first, last = sorted((draw(days), draw(days)))
    key = draw(st.from_regex(r"[a-z0-9-]{1,9}", fullmatch=True).filter(lambda one: one not in used))
    used.add(key)
    about = About(
        key=key,
        title=draw(texts),
        organization=draw(texts),
        period=draw(st.sampled_from((Period(start=first, end=last), None))),
        status=draw(st.sampled_from(PlanStatus)),
        timezone=draw(st.sampled_from(("UTC", "America/Toronto", "Europe/Kyiv"))),
        update_days=draw(st.none() | st.integers(1, 366)),
    )
    return Plan(
        about=about,
        vision=draw(_maybe(st.builds(Statement, statement=texts))),
        mission=draw(_maybe(st.builds(Statement, statement=texts))),
        values=tuple(Value(**spoken()) for _ in several()),
        priorities=tuple(Priority(**entry(), objectives=tuple(objective() for _ in several())) for _ in several()),
        background=tuple(Background(**entry()) for _ in several()),
    )
