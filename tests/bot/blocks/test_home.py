"""The App Home within Slack's limits: 100 blocks, 250 kB."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.blocks.departures import unowned_notice
from bot.blocks.home import home
from bot.blocks.ledger import ledger
from bot.blocks.message import Block
from bot.console.workspace.limits import check_view
from commands.ledger import MOST_SHOWN, Ledger, row_of
from store.plan import About, Action, Objective, Plan, PlanStatus, Priority
from tests.bot.running import names
from tests.commands.test_ledger import CLAIMED, DUE, OF, RULES

TODAY = date(2026, 11, 23)
ABOUT = About(key="p", title="Plan", organization="Org", status=PlanStatus.ADOPTED, timezone="America/Winnipeg")
LONG = "🚓 <!channel> *Übergeordnetes* & mehr " * 12
"""Words that take much room once they are escaped."""


def plan_of(priorities: int) -> Plan:
    """A plan with so many priorities, and as many actions without an owner."""
    made = [
        Priority(
            key=f"p-{at}",
            title=f"{at} {LONG}",
            objectives=(
                Objective(
                    key=f"o-{at}",
                    title="Objective",
                    actions=(Action(key=f"a-{at}", title=LONG, owners=("U02CARTER",)),),
                ),
            ),
        )
        for at in range(priorities)
    ]
    return Plan(about=ABOUT, priorities=tuple(made))


def notices(plan: Plan) -> tuple[Block, ...]:
    """As much as an administrator may have to read."""
    resting = replace(OF, scope_key="p-0", department=LONG, paused_at=DUE, paused_reason="is_archived")
    lost = row_of(replace(CLAIMED, claimed_by=LONG, attempts=9), resting, RULES, DUE + timedelta(days=2))
    found = Ledger((lost,) * MOST_SHOWN, (resting,) * 200)
    return (*unowned_notice(plan.actions(), TODAY), *ledger(found, plan, ZoneInfo("America/Toronto"), names()))


@pytest.mark.parametrize("priorities", [0, 1, 20, 120])
def test_whatever_there_is_to_show_it_fits(priorities: int) -> None:
    plan = plan_of(priorities)
    blocks = home(plan, plan.actions(), today=TODAY, names=names(), may_report=True, notices=notices(plan))
    check_view({"type": "home", "blocks": list(blocks)}, charts=False, home=True)
    assert "help` tell what I can do" in str(blocks[-1])


def test_of_more_priorities_than_fit_it_says_how_many_there_are() -> None:
    plan = plan_of(120)
    blocks = home(plan, (), today=TODAY, names=names())
    assert len(blocks) == 100
    shown = sum("Übergeordnetes" in str(block) for block in blocks)
    assert f"and {120 - shown} more" in str(blocks)


def test_many_paused_digests_are_counted() -> None:
    resting = replace(OF, paused_at=DUE, paused_reason="channel_not_found")
    told = str(ledger(Ledger((), (resting,) * 12), plan_of(1), ZoneInfo("UTC"), names()))
    assert "and 2 more" in told
    assert "23 November 2026 at 15:00" in told
    assert "`/digest` in the channel shows it" in told


def test_before_the_first_digest_there_is_no_ledger() -> None:
    assert ledger(Ledger(), plan_of(1), ZoneInfo("UTC"), names()) == ()
