"""A reminder laid out for Slack: all that waits, nobody's words acting, every limit kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.blocks.message import Message
from bot.blocks.reminder import MOST_BUTTONS, reminder
from bot.console.workspace.limits import UPDATE_CHARACTERS, check_message
from commands.digest import MOST_NAMED, compose
from commands.outlook import Fate, Item, Letter
from commands.reminding import Coming, Reason
from store.plan import About, Action, Objective, Plan, PlanStatus, Priority
from tests.bot.running import names

AT = datetime(2026, 6, 22, 13, tzinfo=UTC)
COMING = Coming(AT, "C1", "", 1)
TORONTO = ZoneInfo("America/Toronto")


def actions(count: int, title: str = "Replace the channel buoys") -> tuple[Action, ...]:
    """Overdue actions."""
    due = date(2026, 6, 1)
    return tuple(Action(key=f"A-{at:04}", title=title, owners=("U0ANNA",), due=due) for at in range(count))


def letter(owned: tuple[Action, ...], fate: Fate = Fate.OPEN) -> Letter:
    """A letter that lists the actions, which the digest to come will name."""
    objective = Objective(key="o", title="O", actions=owned)
    about = About(key="p", title="P", organization="O", status=PlanStatus.ADOPTED, timezone="America/Toronto")
    plan = Plan(about=about, priorities=(Priority(key="p-1", title="P", objectives=(objective,)),))
    digest = compose(plan, [], scope="", since=AT - timedelta(days=7), until=AT, now=AT)
    items = tuple(Item(one.key, one, fate, Reason.OVERDUE, COMING, digest) for one in owned)
    return Letter(items, date(2026, 6, 18))


def laid_out(whole: Letter) -> Message:
    """The letter as a message that Slack takes."""
    called = {"U0ANNA": "Anna"}
    message = reminder(whole, number=7, zone=TORONTO, names=names(), called=called, muted=frozenset())
    check_message({"text": message.text, "blocks": list(message.blocks)}, charts=False, characters=UPDATE_CHARACTERS)
    return message


@pytest.mark.parametrize("count", [1, 10, MOST_BUTTONS, MOST_BUTTONS + 1, 50, 5_000])
def test_slack_takes_it_however_much_waits(count: int) -> None:
    message = laid_out(letter(actions(count)))
    shown = sum(block["type"] == "actions" for block in message.blocks) - 1
    assert shown == min(count, MOST_BUTTONS)
    assert ("`/progress mine`" in message.text) is (count == 5_000)


def test_it_has_the_very_line_of_the_digest_and_says_when_and_where() -> None:
    message = laid_out(letter(actions(1)))
    assert "*A-0000* Replace the channel buoys: 3 weeks overdue, no update yet (Anna)" in message.text
    assert "The digest in <#C1> on Monday 22 June 2026 at 09:00 will say" in message.text


def test_what_the_digest_has_no_room_for_is_said_not_to_be_named() -> None:
    whole = letter(actions(MOST_NAMED + 1))
    message = laid_out(replace(whole, items=whole.items[-2:]))
    assert message.text.count("no digest names it") == 1


def test_words_of_the_plan_do_nothing() -> None:
    message = laid_out(letter(actions(1, "<!channel> & *all* <@U05MALIKS> ~done~")))
    assert "<!channel>" not in message.text
    assert "<@U05MALIKS>" not in message.text


@pytest.mark.parametrize("fate", [Fate.MENDED, Fate.DISOWNED, Fate.GONE])
def test_what_is_settled_has_no_buttons(fate: Fate) -> None:
    message = laid_out(letter(actions(3), fate))
    assert "Nothing of yours waits" in message.text
    assert all(block["type"] != "actions" for block in message.blocks)
