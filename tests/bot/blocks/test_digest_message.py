"""What a channel reads in its digest, and in which order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.blocks.digest import speaker
from bot.blocks.digest_buttons import ASK, MUTE, SHARE
from bot.blocks.digest_showing import Showing
from bot.wording.digest import lines_about, people_named
from commands.digest import Asked, Context, Earlier, Measured, Reported
from store.digest_tables import Every
from store.plan import Better, Figure, Indicator, Measurement, Nature, Status, Value
from store.standing import State
from tests.bot.blocks.digests import (
    AT_RISK,
    NOW,
    OFF_TRACK,
    ON_TRACK,
    WEEK,
    action,
    composed,
    everything,
    moved,
    plan,
    shown,
    words,
)
from tests.bot.running import names

FATAL = Indicator(
    key="fatal",
    title="Fatal collisions",
    nature=Nature.QUANTITATIVE,
    unit="collisions",
    better=Better.LOWER,
    baseline=Figure(value=12, date=date(2025, 12, 31)),
    target=Figure(value=6, date=date(2028, 12, 31)),
    measurements=(Measurement(value=9, date=date(2026, 11, 18)),),
)
MEASURED = Measured(FATAL, Figure(value=9, date=date(2026, 11, 18)), Figure(value=11, date=date(2026, 8, 31)))
ASKED = Asked(37, 3, (("Fleet", 12), ("values", 4)), (("parking <fees>", 6), ("where is Dana", 1)))


def earlier(*at_risk: int) -> list[Earlier]:
    """Digests of the weeks before, with so many actions at risk of two."""
    last = date(2026, 11, 16)
    return [
        Earlier(last - timedelta(weeks=len(at_risk) - 1 - at), {"on-track": 2 - count, "at-risk": count})
        for at, count in enumerate(at_risk)
    ]


def whole() -> str:
    """All that a digest with every part says in its first message."""
    late = action("A-1", OFF_TRACK, title="Body-worn cameras", due="2026-11-01")
    soon = action("A-2", ON_TRACK, due="2026-11-30")
    same = action("A-3", ON_TRACK)
    plan_with_all = plan(late, soon, same)
    of_values = plan_with_all.model_copy(
        update={"values": (Value(key="care", title="Care", statement="We look out for each other."),)}
    )
    first, *others = of_values.priorities
    objective = first.objectives[0].model_copy(update={"indicators": (FATAL,)})
    with_indicator = first.model_copy(update={"objectives": (objective,)})
    told = composed(
        of_values.model_copy(update={"priorities": (with_indicator, *others)}),
        moved(late, note="No supplier is left"),
        Reported("A-3", "U02CARTER", None, ON_TRACK, ON_TRACK, is_news=False),
        beside=Context(earlier=earlier(0, 0, 0), measured=[MEASURED], asked=ASKED),
    )
    return words(shown(told).first)


def test_the_parts_come_in_the_order_in_which_a_busy_reader_wants_them() -> None:
    said = whole()
    order = [
        "Weekly digest: Plan",
        "*Body-worn cameras* fell off track; 1 action is overdue.",
        "*The plan*: ■ off track",
        "3 actions: 2 on track, 1 off track (+1).",
        "*Moved this week* (1)",
        "> No supplier is left",
        "Confirmed, no change: A-3 Action A-3.",
        "*Needs attention* (1)",
        "*Due in the next two weeks* (1)",
        "*Measured this week* (1)",
        "*Asked this week*",
        "Value of the week: *Care*",
        "We look out for each other.",
    ]
    found = [said.find(part) for part in order]
    assert -1 not in found
    assert found == sorted(found)


def test_a_measurement_is_told_against_its_target() -> None:
    assert (
        "*Fatal collisions*: 11 → 9 collisions on 18 November 2026; target 6 by 31 December 2028; "
        "moving towards the target"
    ) in whole()


def test_a_measurement_of_an_earlier_day_than_the_last_says_nothing_of_the_course() -> None:
    late = FATAL.model_copy(update={"measurements": (Measurement(value=14, date=date(2026, 11, 20)),)})
    digest = composed(plan(indicators=(late,)), beside=Context(measured=[replace(MEASURED, indicator=late)]))
    said = words(shown(digest).first)
    assert "*Fatal collisions*: 11 → 9 collisions on 18 November 2026; target 6 by 31 December 2028" in said
    assert "moving" not in said


def test_fewer_than_five_questions_are_a_few() -> None:
    said = whole()
    assert "37 questions were asked, and a few of them found no answer." in said
    assert "Most asked about: *Fleet* (12 times) and *values* (a few times)." in said
    assert "“parking &lt;fees&gt;” (6 times) and “where is Dana” (a few times)" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param(Asked(1, 0), "A few questions were asked.", id="one question"),
        pytest.param(Asked(4, 4), "A few questions were asked, and a few of them found no answer.", id="four in vain"),
        pytest.param(Asked(5, 0), "5 questions were asked.", id="five"),
        pytest.param(Asked(5, 5), "5 questions were asked, and none of them found an answer.", id="all in vain"),
        pytest.param(Asked(1_200, 6), "1,200 questions were asked, and 6 of them found no answer.", id="many"),
    ],
)
def test_questions_are_counted_from_five_on(asked: Asked, said: str) -> None:
    assert said in words(shown(composed(plan(action("A-1", ON_TRACK)), beside=Context(asked=asked))).first)


def test_what_moved_is_grouped_by_priority_and_names_who_reported_it() -> None:
    on, off = action("A-1", ON_TRACK, title="One"), action("A-2", OFF_TRACK, title="Two")
    told = composed(plan(on, off), moved(on, AT_RISK), moved(off, author="U0STRANGER"))
    said = words(shown(told, Showing(names(), called={"U02CARTER": "Dana <b>"})).first)
    assert "_Priority 1_\n■ *A-2* Two: on track, 40 % → off track, 40 %\n" in said
    assert "_Priority 0_\n► *A-1* One: at risk, 40 % → on track, 40 % (Dana &lt;b&gt;)" in said


def test_a_priority_is_told_once_above_all_of_its_actions() -> None:
    found = [action(f"A-{at}", AT_RISK) for at in range(4)]
    said = words(shown(composed(plan(*found), *map(moved, found))).first)
    assert [said.count(f"_Priority {at}_") for at in range(3)] == [1, 1, 1]
    assert said.index("*A-0*") < said.index("*A-3*") < said.index("_Priority 1_") < said.index("*A-1*")


def test_nobody_is_mentioned_but_owners_whom_the_channel_lets_be_mentioned() -> None:
    late = action("A-1", OFF_TRACK, owners=("U02CARTER", "U03QUIET", "x@example.org"))
    asks = Reported("A-1", "U02CARTER", None, ON_TRACK, OFF_TRACK, help_from="U04HELPER")
    digest = composed(plan(late), asks)
    called = {"U02CARTER": "Dana", "U03QUIET": "Quinn"}
    silent = shown(digest, Showing(names(), called=called)).first
    assert "<@" not in silent.text + words(silent)
    assert "needs help from somebody (Dana, Quinn and x@example.org)" in words(silent)
    loud = shown(digest, Showing(names(), called=called, mentioned=frozenset({"U02CARTER", "U04HELPER"}))).first
    assert "needs help from somebody (<@U02CARTER>, Quinn and x@example.org)" in words(loud)
    assert words(loud).count("<@") == 1


@pytest.mark.parametrize(
    ("owners", "said"),
    [
        pytest.param((), "(nobody owns it)", id="nobody"),
        pytest.param(("U1STRANGER",), "(somebody owns it)", id="one stranger"),
        pytest.param(("U1STRANGER", "U2STRANGER"), "(2 people own it)", id="strangers"),
        pytest.param(("U02CARTER", "U1STRANGER"), "(Dana and somebody else)", id="one of two is known"),
        pytest.param(("U1X", "U02CARTER", "U3X"), "(Dana and 2 others)", id="one of three is known"),
    ],
)
def test_owners_whose_names_are_not_known_are_counted(owners: tuple[str, ...], said: str) -> None:
    late = action("A-1", OFF_TRACK).model_copy(update={"owners": owners})
    assert said in words(shown(composed(plan(late)), Showing(names(), called={"U02CARTER": "Dana"})).first)


def test_the_names_wanted_are_those_of_who_is_named() -> None:
    late = action("A-1", OFF_TRACK, owners=("U02CARTER", "x@example.org", "U03QUIET"))
    asks = Reported("A-1", "U05AUTHOR", None, ON_TRACK, OFF_TRACK, help_from="U04HELPER")
    assert people_named(composed(plan(late), asks)) == ("U05AUTHOR", "U02CARTER", "U03QUIET", "U04HELPER")


def test_owners_are_shown_the_very_lines_that_are_posted() -> None:
    digest = everything(240)
    showing = Showing(names(), called={"U02CARTER": "Dana"})
    posts = shown(digest, showing)
    said = "\n".join(words(message) for message in (posts.first, *posts.thread))
    for key in ("A-0000", "A-0239", "B-0100"):
        lines = lines_about(key, digest, speaker(digest, showing))
        assert lines
        assert all(line in said for line in lines)


def test_a_long_note_says_where_all_of_it_is() -> None:
    one = action("A-1", AT_RISK)
    said = words(shown(composed(plan(one), moved(one, note="word " * 200))).first)
    assert "word… [cut here: `/progress A-1 history` has all of it]" in said


def test_a_week_in_which_nothing_happened_says_so_and_names_the_quietest() -> None:
    quiet = action("A-1", ON_TRACK, title="Build the hub")
    said = words(shown(composed(plan(quiet))).first)
    assert "Nothing was reported this week." in said
    assert "*A-1* Build the hub: last update 3 days ago" in said
    assert "Moved" not in said


def test_a_plan_without_actions_says_so_and_nothing_is_counted() -> None:
    said = words(shown(composed(plan())).first)
    assert "There are no actions here to report on yet." in said
    assert "The plan" not in said


@pytest.mark.parametrize(
    ("every", "title", "period"),
    [
        pytest.param(Every.WEEK, "Weekly digest: Plan", "this week", id="weekly"),
        pytest.param(Every.FORTNIGHT, "Fortnightly digest: Plan", "these two weeks", id="fortnightly"),
        pytest.param(Every.MONTH, "Monthly digest: Plan", "this month", id="monthly"),
    ],
)
def test_it_is_called_by_how_often_it_comes(every: Every, title: str, period: str) -> None:
    message = shown(composed(plan(action("A-1", ON_TRACK)), beside=Context(every=every))).first
    assert message.text.startswith(title)
    assert f"Nothing was reported {period}." in message.text


def test_after_an_outage_it_says_which_time_it_covers_and_why() -> None:
    digest = composed(plan(action("A-1", ON_TRACK)), beside=Context(usual=WEEK), since=NOW - 3 * WEEK)
    message = shown(digest).first
    told = "This digest covers all the time since 2 November 2026: what was due in between could not be sent."
    assert "Nothing was reported since 2 November 2026." in message.text
    assert told in words(message)
    assert told in message.text


def test_it_says_that_it_is_late_and_that_it_is_a_preview() -> None:
    showing = Showing(names(), late_for=NOW - timedelta(hours=3), is_preview=True)
    said = words(shown(everything(50), showing).first)
    assert "A preview: only you see it." in said
    assert "This comes late: it was due on 23 November 2026 at 06:00 (America/Winnipeg)." in said
    assert "and 40 more below" in said


def test_its_buttons_are_those_of_its_delivery() -> None:
    (*_, buttons) = shown(everything(1), Showing(names(), delivery=7)).first.blocks
    assert [(one["action_id"], one["value"]) for one in buttons["elements"]][1:] == [
        (ASK, "7"),
        (MUTE, "7"),
        (SHARE, "7"),
    ]
    assert all(block["type"] != "actions" for block in shown(everything(1)).first.blocks)


def test_with_charts_the_figures_are_charts_and_in_words() -> None:
    digest = composed(plan(action("A-1", ON_TRACK), action("A-2", AT_RISK)), beside=Context(earlier=earlier(0, 0, 2)))
    message = shown(digest, Showing(names(), charts=True)).first
    pie, course = (block["chart"] for block in message.blocks if block["type"] == "data_visualization")
    assert pie["segments"] == [{"label": "on track", "value": 1}, {"label": "at risk", "value": 1}]
    assert course["axis_config"]["categories"] == ["2 Nov 2026", "9 Nov 2026", "16 Nov 2026", "23 Nov 2026"]
    assert {one["name"]: [point["value"] for point in one["data"]] for one in course["series"]} == {
        "on track": [2, 2, 0, 1],
        "at risk": [0, 0, 2, 1],
    }
    assert "2 actions: 1 on track (+1), 1 at risk (−1)." in message.text
    assert "Since 2 November 2026, digest by digest: on track 2, 2, 0, 1; at risk 0, 0, 2, 1." in message.text


def test_two_digests_of_one_day_are_one_point_of_the_trend() -> None:
    today = Earlier(NOW.date(), {"at-risk": 1})
    digest = composed(plan(action("A-1", ON_TRACK)), beside=Context(earlier=[*earlier(0, 1, 0), today]))
    message = shown(digest, Showing(names(), charts=True)).first
    _, course = (block["chart"] for block in message.blocks if block["type"] == "data_visualization")
    assert course["axis_config"]["categories"] == ["2 Nov 2026", "9 Nov 2026", "16 Nov 2026", "23 Nov 2026"]
    assert [point["value"] for point in course["series"][0]["data"]] == [2, 1, 2, 1]


def test_of_more_statuses_than_a_chart_takes_the_cancelled_are_left_to_the_words() -> None:
    actions = [action(f"A-{at}", State(status, 10)) for at, status in enumerate(Status)]
    unsaid = action("A-9", ON_TRACK).model_copy(update={"status": None, "percent": None, "updates": ()})
    message = shown(composed(plan(*actions, unsaid)), Showing(names(), charts=True)).first
    (pie,) = (block["chart"] for block in message.blocks if block["type"] == "data_visualization")
    labels = [one["label"] for one in pie["segments"]]
    assert labels == ["not started", "on track", "at risk", "off track", "complete", "no word yet"]
    assert "1 cancelled" in words(message)


def test_without_charts_they_are_bars_of_text() -> None:
    digest = composed(plan(action("A-1", ON_TRACK), action("A-2", AT_RISK)), beside=Context(earlier=earlier(0, 0, 2)))
    said = words(shown(digest).first)
    assert "```████████████████████ 1 ► on track\n████████████████████ 1 ▲ at risk```" in said
    assert "```██ ▅ 2 2 0 1 on track\n  █▅ 0 0 2 1 at risk```" in said


def test_two_digests_are_no_trend() -> None:
    digest = composed(plan(action("A-1", ON_TRACK)), beside=Context(earlier=earlier(0, 1)))
    assert "digest by digest" not in shown(digest).first.text


def test_a_status_that_nobody_gave_is_not_green() -> None:
    unsaid = action("A-1", ON_TRACK).model_copy(update={"status": None, "percent": None, "updates": ()})
    said = words(shown(composed(plan(unsaid))).first)
    assert "*The plan*: no word yet" in said
    assert "1 action, without a word yet." in said
    assert "►" not in said
