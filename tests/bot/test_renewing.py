"""'No change, still true', over the wire: what it confirms, and what it does not pretend."""

from pathlib import Path

import pytest

from bot.console.workspace import Answer, Channel, Person, SeenMessage, Workspace
from tests.bot.running import load, open_workspace, planbot

STILL_TRUE = "No change, still true"


def message_of(answer: Answer) -> SeenMessage:
    """The message that answered."""
    assert answer.message is not None
    return answer.message


async def status_of_a12(carter: Person) -> str:
    """What the bot says of A-12."""
    carter.says(carter.dm, "status of A-12")
    return (await carter.dm.next_message()).text


@pytest.mark.parametrize("typed", ["A-12 no change", "A-12 stil true", "vido evidence unchanged", "no change A-12"])
async def test_no_change_is_confirmed_and_the_status_is_of_today(carter: Person, typed: str) -> None:
    told = message_of(await carter.types(f"/progress {typed}"))
    assert "confirmed, no change: on track, 65 %" in told.text
    assert "Undo" in told.buttons
    status = await status_of_a12(carter)
    assert "On track, 65 %, confirmed today." in status
    assert "In-car recordings moved" in status  # what was last said is still told


async def test_one_press_in_ones_list_confirms_and_the_list_tells_so(carter: Person) -> None:
    mine = message_of(await carter.types("/progress mine"))
    assert "confirmed today" not in mine.words
    assert mine.buttons.count(STILL_TRUE) >= 1
    await carter.clicks(mine, action_id="progress:renew:0")
    await carter.sees("confirmed, no change")
    await carter.sees(lambda one: one.ts == mine.ts and "confirmed today" in one.words)


async def test_one_press_on_the_app_home_confirms_and_the_home_tells_so(slack: Workspace, carter: Person) -> None:
    home = await carter.opens_home()
    assert home is not None
    published = len(slack.calls("views.publish"))
    await carter.clicks(home, action_id="progress:renew:0")
    await carter.sees("confirmed, no change")
    again = await slack.next_call("views.publish", after=published)
    assert "confirmed today" in str(again)


async def test_a_press_delivered_twice_confirms_once(slack: Workspace, carter: Person, admin: Person) -> None:
    mine = message_of(await carter.types("/progress mine"))
    slack.faults.deliver_twice(name="block_actions")
    await carter.clicks(mine, action_id="progress:renew:0")
    await slack.rests()
    history = await admin.types("/progress A-12 history")
    assert history.words.count("confirmed, no change") == 1


async def test_an_undo_takes_the_day_back_too(carter: Person) -> None:
    await carter.types("/progress A-12 no change")
    assert "Taken back" in (await carter.types("/progress undo")).text
    assert "confirmed 13 days ago" in await status_of_a12(carter)


async def test_a_report_of_an_earlier_day_is_as_old_as_that_day(carter: Person) -> None:
    await carter.types("/progress A-12 70% as of 15 Nov 2026: counted then")
    assert "confirmed 8 days ago" in await status_of_a12(carter)


async def test_the_digest_lists_it_as_confirmed_and_not_as_moved(
    carter: Person, admin: Person, plan_channel: Channel
) -> None:
    await carter.types("/progress A-12 no change")
    await carter.types("/progress A-01 no change")
    preview = await admin.types("/digest preview", channel=plan_channel)
    before, heading, confirmed = preview.text.partition("Confirmed, no change: A-01")
    assert heading
    assert "A-12" not in before
    assert "A-12" in confirmed.partition("\n")[0]


SILENT = """
plan: {key: small, title: Small, organization: Town, status: adopted, timezone: America/Toronto}
priorities:
- key: p
  title: Priority
  objectives:
  - key: o
    title: Objective
    actions:
    - {key: A-1, title: Open on Sundays, owners: [U02CARTER]}
"""


async def test_where_nobody_has_said_anything_there_is_nothing_to_confirm(sqlite_url: str, tmp_path: Path) -> None:
    plan = tmp_path / "small.yml"
    plan.write_text(SILENT, encoding="utf-8")
    await load(sqlite_url, plan)
    async with open_workspace() as slack, planbot(slack, sqlite_url):
        carter = slack.member("Carter", user_id="U02CARTER")
        told = await carter.types("/progress A-1 no change")
        assert "nothing to confirm" in told.text
        assert "Nothing was recorded" in told.text
        mine = message_of(await carter.types("/progress mine"))
        assert "no word yet" in mine.words
        assert STILL_TRUE not in mine.buttons
