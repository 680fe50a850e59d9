"""A few kills a database; `make stress` has many."""

from pathlib import Path

from tests.stress.kills import killed_at_random

KILLS = 3


async def test_what_slack_has_the_ack_for_is_kept_once_and_confirmed_whenever_planbot_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    outcome = await killed_at_random(database_url, tmp_path, KILLS, seed=4)
    assert outcome.kills == KILLS
    assert outcome.acked
    assert not outcome.lost
    assert not outcome.repeated
    assert not outcome.untold
    assert not outcome.made_up
