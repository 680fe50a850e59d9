"""The one sentence of a digest that a busy reader should know."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.wording.digest_headline import headline
from bot.wording.digest_voice import Speaker
from bot.wording.voice import Teller, plain_voice
from commands.digest import Reported, compose
from store.plan import About, Action, Objective, Plan, PlanStatus, Priority, Status, Update
from store.standing import State

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NEW, ON, RISK, OFF, DONE, DROPPED = (
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.COMPLETE,
    Status.CANCELLED,
)
Change = tuple[Status, Status]


def sentence(*changes: Change | None, overdue: int = 0) -> str:
    """What is said of actions A, B, ..., that went from one status to the other; None: not a word about it."""
    actions, reported = [], []
    for at, change in enumerate(changes):
        before, after = change or (ON, ON)
        due = date(2026, 11, 1) if at < overdue else None
        heard = Update(date=TODAY, status=after, percent=10)
        name = chr(ord("A") + at)
        actions.append(Action(key=name, title=name, due=due, status=after, percent=10, updates=(heard,)))
        reported += [Reported(name, None, None, State(before, 5), State(after, 10))] if change else []
    about = About(key="p", title="Plan", organization="Org", status=PlanStatus.ADOPTED, timezone="UTC")
    objective = Objective(key="o", title="O", actions=tuple(actions))
    plan = Plan(about=about, priorities=(Priority(key="p-1", title="P", objectives=(objective,)),))
    told = compose(plan, reported, scope="", since=NOW - timedelta(days=7), until=NOW, now=NOW)
    return headline(told, Speaker(Teller(plain_voice(TODAY)), str, str))


@pytest.mark.parametrize(
    ("changes", "overdue", "said"),
    [
        pytest.param([(ON, OFF)], 0, "A fell off track.", id="one fell"),
        pytest.param([(ON, RISK), (ON, OFF)], 0, "B fell off track and one other slipped.", id="the worst first"),
        pytest.param([(ON, OFF)] * 2, 0, "A and B fell off track.", id="two fell"),
        pytest.param([(ON, OFF)] * 4, 0, "A and three others fell off track.", id="many fell"),
        pytest.param(
            [(ON, OFF), (ON, RISK), (ON, RISK), (ON, DONE), None, None],
            3,
            "A fell off track and two others slipped; 3 actions are overdue, 1 was completed.",
            id="all at once",
        ),
        pytest.param([(ON, RISK), None], 2, "A slipped to at risk; 2 actions are overdue.", id="one slipped"),
        pytest.param([(ON, DONE), (OFF, OFF)], 0, "A was completed; 1 action is off track.", id="good news, and bad"),
        pytest.param([(ON, DONE)] * 3, 0, "A and two others were completed.", id="good news alone"),
        pytest.param([(OFF, ON), (ON, DONE)], 0, "B was completed; 1 action recovered.", id="recovered"),
        pytest.param([(DONE, ON)], 0, "A was reopened.", id="reopened"),
        pytest.param([(NEW, ON)], 0, "A got under way.", id="started"),
        pytest.param([(ON, DROPPED)], 0, "A was cancelled.", id="cancelled"),
        pytest.param([(ON, ON)], 0, "A moved without a change of status.", id="only its percentage"),
        pytest.param([(RISK, RISK)], 0, "A moved without a change of status; 1 action needs attention.", id="at risk"),
        pytest.param([None], 1, "Nothing was reported this week; 1 action is overdue.", id="nothing but a due date"),
        pytest.param([], 0, "There are no actions here to report on yet.", id="no actions"),
    ],
)
def test_it_names_the_worst_turn_first(changes: list[Change | None], overdue: int, said: str) -> None:
    assert sentence(*changes, overdue=overdue) == said
