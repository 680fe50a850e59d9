"""A subscription is read from everyday words in any order, or not at all."""

import contextlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commands.mistakes import UnreadableSchedule
from commands.reading_schedules import Asked, read_schedule
from commands.schedule import DAYS, NTH, Schedule
from commands.scopes import Scope, departments, names_of, read_scope
from store import planfile
from store.digest_tables import Every

PLAN = planfile.read(Path(__file__).parents[2] / "plans" / "riverbend-2025-2028.yml")
ZONE = "America/Winnipeg"
WEEKLY = "weekly monday 09:00 America/Winnipeg"

READ = [
    ("weekly monday 09:00 America/Toronto", "weekly monday 09:00 America/Toronto"),
    ("weekly monday 09:00 America/Toronto calm-our-roads", "weekly monday 09:00 America/Toronto calm-our-roads"),
    ("calm-our-roads America/Toronto 09:00 monday weekly", "weekly monday 09:00 America/Toronto calm-our-roads"),
    ("weekly monday 9:00", WEEKLY),
    ("mondays 9am", WEEKLY),
    ("monday 9", WEEKLY),
    ("MONDAYS AT 9 AM", WEEKLY),
    ("0900 monday", WEEKLY),
    ("once a week on mondays at nine", WEEKLY),
    ("whole plan every monday 9:00", WEEKLY),
    ("monday morning at 9", WEEKLY),
    ("monday's digest at 9 o'clock", WEEKLY),
    ("every friday at 4pm", "weekly friday 16:00 America/Winnipeg"),
    ("Every Friday, 4 P.M.!", "weekly friday 16:00 America/Winnipeg"),
    ("please send us the digest every friday at 4pm", "weekly friday 16:00 America/Winnipeg"),
    ("send it every friday 4 pm", "weekly friday 16:00 America/Winnipeg"),
    ("friday afternoon at 4", "weekly friday 16:00 America/Winnipeg"),
    ("friday 1600 hrs", "weekly friday 16:00 America/Winnipeg"),
    ("09:30 weekly tue", "weekly tuesday 09:30 America/Winnipeg"),
    ("half past nine every tues", "weekly tuesday 09:30 America/Winnipeg"),
    ("weekly wednesdays noon", "weekly wednesday 12:00 America/Winnipeg"),
    ("wendsday 9.30", "weekly wednesday 09:30 America/Winnipeg"),
    ("thurs 12:15 am", "weekly thursday 00:15 America/Winnipeg"),
    ("thrusday 9am", "weekly thursday 09:00 America/Winnipeg"),
    ("weekly sunday 23:59 utc", "weekly sunday 23:59 UTC"),
    ("weekly america/toronto saturday 7h30", "weekly saturday 07:30 America/Toronto"),
    ("sun midnight", "weekly sunday 00:00 America/Winnipeg"),
    ("every other tuesday at 10", "fortnightly tuesday 10:00 America/Winnipeg"),
    ("every second tuesday at 10", "fortnightly tuesday 10:00 America/Winnipeg"),
    ("alternate tuesdays 10:00", "fortnightly tuesday 10:00 America/Winnipeg"),
    ("every fortnight on tuesday, 10:00", "fortnightly tuesday 10:00 America/Winnipeg"),
    ("every other week tuesday 10:00", "fortnightly tuesday 10:00 America/Winnipeg"),
    ("fortnightly thursday 14:30", "fortnightly thursday 14:30 America/Winnipeg"),
    ("every two weeks on friday at noon", "fortnightly friday 12:00 America/Winnipeg"),
    ("biweekly wed 9.30", "fortnightly wednesday 09:30 America/Winnipeg"),
    ("bi-weekly wednesday 9", "fortnightly wednesday 09:00 America/Winnipeg"),
    ("monthly first monday 09:00", "monthly first monday 09:00 America/Winnipeg"),
    ("first monday of the month at 9", "monthly first monday 09:00 America/Winnipeg"),
    ("first monday 9am", "monthly first monday 09:00 America/Winnipeg"),
    ("monthly monday 9am", "monthly first monday 09:00 America/Winnipeg"),
    ("monthly on the 2nd tuesday 9am", "monthly second tuesday 09:00 America/Winnipeg"),
    ("every second tuesday of the month 9am", "monthly second tuesday 09:00 America/Winnipeg"),
    ("third wednesday of each month at 11", "monthly third wednesday 11:00 America/Winnipeg"),
    ("4th thursday every month 8:15", "monthly fourth thursday 08:15 America/Winnipeg"),
    ("last friday of every month 3pm", "monthly last friday 15:00 America/Winnipeg"),
    ("every last friday 3pm", "monthly last friday 15:00 America/Winnipeg"),
    ("once a month on the last friday at 3 in the afternoon", "monthly last friday 15:00 America/Winnipeg"),
    ("quarter to 5 pm on the last thursday of the month", "monthly last thursday 16:45 America/Winnipeg"),
    ("weekly monday 09:00 eastern", "weekly monday 09:00 America/Toronto"),
    ("weekly monday 09:00 central time", WEEKLY),
    ("weekly monday 09:00 CST", WEEKLY),
    ("monday 9 am ET", "weekly monday 09:00 America/Toronto"),
    ("monday 9am toronto time", "weekly monday 09:00 America/Toronto"),
    ("vancouver monday 9am", "weekly monday 09:00 America/Vancouver"),
    ("monday 9am America/New York calm our roads", "weekly monday 09:00 America/New_York calm-our-roads"),
    ("weekly monday 09:00 America/Argentina/Buenos Aires", "weekly monday 09:00 America/Argentina/Buenos_Aires"),
    ("mondays @ 9am", WEEKLY),
    ("mondays @9 o'clock sharp", WEEKLY),
    ("can you post it here every monday at nine?", WEEKLY),
    ("weekly monday 09:00 `calm-our-roads`", f"{WEEKLY} calm-our-roads"),
    ("weekly monday 09:00 'calm our roads'", f"{WEEKLY} calm-our-roads"),
    ("weekly monday 09:00 *calm our roads*", f"{WEEKLY} calm-our-roads"),
    ("calm our roads every friday 4 pm eastern", "weekly friday 16:00 America/Toronto calm-our-roads"),
    ("weekly monday 09:00 safer-streets-and-homes", f"{WEEKLY} safer-streets-and-homes"),
    ("weekly monday 09:00 safer streets", f"{WEEKLY} safer-streets-and-homes"),
    ("weekly monday 09:00 about safer streets please", f"{WEEKLY} safer-streets-and-homes"),
    ("weekly monday 09:00 calm our raods", f"{WEEKLY} calm-our-roads"),
    ('"Calm Our Roads" weekly monday 09:00', f"{WEEKLY} calm-our-roads"),
    ("weekly monday 09:00 traffic", f'{WEEKLY} department "Traffic"'),
    ("weekly monday 09:00 department trafic", f'{WEEKLY} department "Traffic"'),
    ("mon 9am for the traffic department", f'{WEEKLY} department "Traffic"'),
    ("IT department weekly monday 09:00", f'{WEEKLY} department "Information Technology"'),
    ("weekly monday 09:00 dept community policing", f'{WEEKLY} department "Community Policing"'),
]


@pytest.mark.parametrize(("typed", "meant"), READ, ids=[typed for typed, _ in READ])
def test_everyday_words_are_read_in_any_order(typed: str, meant: str) -> None:
    assert read_schedule(typed, PLAN, ZONE).schedule.line() == meant


UNREAD = [
    ("weekly monday 25:00", ("25:00",)),
    ("weekly monday 09:75", ("09:75",)),
    ("weekly monday 13pm", ("13pm",)),
    ("weekly monday 09:00 Mars/Base", ("Mars/Base",)),
    ("weekly monday 09:00 catering", ("catering",)),
    ("weekly monday 09:00 department catering", ("department", "catering")),
    ("monday friday 9am", ("monday", "friday")),
    ("mondays and thursdays 9am", ("mondays", "thursdays")),
    ("monday 9am 10am", ("10am",)),
    ("weekly first monday 9am", ("weekly", "first")),
    ("weekly monthly monday 9am", ("weekly", "monthly")),
    ("every third friday 9am", ("every third",)),
    ("every 3 weeks monday 9am", ("every 3 weeks",)),
    ("every day at 9", ("every day",)),
    ("every weekday 9am", ("every weekday",)),
    ("quarterly monday 9am", ("quarterly",)),
    ("twice a week monday 9am", ("twice",)),
    ("fifth monday of the month 9am", ("fifth",)),
    ("on the 15th at 9", ("15th",)),
    ("tursday 9am", ("tursday",)),
    ("sonday 9am", ("sonday",)),
    ("fridays at 4", ("at 4",)),
    ("monday 4pm in the morning", ("4pm",)),
    ("monday 9am people", ("people",)),
]


@pytest.mark.parametrize(("typed", "unread"), UNREAD, ids=[typed for typed, _ in UNREAD])
def test_what_was_not_understood_is_named_with_a_line_that_works(typed: str, unread: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableSchedule) as mistake:
        read_schedule(typed, PLAN, ZONE)
    assert mistake.value.unread == unread
    assert [read_schedule(line, PLAN, ZONE).schedule.line() for line in mistake.value.lines] == list(
        mistake.value.lines
    )


@pytest.mark.parametrize(
    ("typed", "missing"),
    [("weekly monday", ("time",)), ("weekly 09:00", ("day",)), ("weekly", ("day", "time")), ("", ("day", "time"))],
)
def test_what_is_missing_is_named_with_a_line_that_works(typed: str, missing: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableSchedule) as mistake:
        read_schedule(typed, PLAN, ZONE)
    assert mistake.value.missing == missing
    assert read_schedule(mistake.value.lines[0], PLAN, ZONE)


def test_an_hour_that_may_be_two_is_asked_about_with_both() -> None:
    with pytest.raises(UnreadableSchedule) as mistake:
        read_schedule("fridays at 4", PLAN, ZONE)
    assert mistake.value.is_unclear_hour
    assert mistake.value.lines == ("weekly friday 04:00 America/Winnipeg", "weekly friday 16:00 America/Winnipeg")


def test_a_misspelt_zone_is_guessed_in_the_example_and_nowhere_else() -> None:
    with pytest.raises(UnreadableSchedule) as mistake:
        read_schedule("monday 9am America/Tornto", PLAN, ZONE)
    assert mistake.value.lines == ("weekly monday 09:00 America/Toronto",)


def test_a_zone_that_may_be_several_is_the_plans_and_told() -> None:
    asked = read_schedule("monday 9am IST", PLAN, ZONE)
    assert (asked.schedule.timezone, asked.unclear_zone) == (ZONE, "IST")


@pytest.mark.parametrize(
    ("said", "mentions"),
    [
        ("", None),
        ("mention owners", True),
        ("and mention the owners", True),
        ("with mentions", True),
        ("no mentions", False),
        ("without mentioning the owners", False),
        ("don't mention anybody", False),
    ],
)
def test_whether_owners_are_mentioned_is_read(said: str, mentions: bool | None) -> None:
    asked = read_schedule(f"weekly monday 09:00 {said}", PLAN, ZONE)
    assert (asked.schedule.line(), asked.mentions) == (WEEKLY, mentions)


@given(st.text(max_size=80))
@example("İ monday 9am")
@example("monday 9am \x00\x01")
def test_any_text_is_read_or_a_mistake(typed: str) -> None:
    with contextlib.suppress(UnreadableSchedule):
        assert isinstance(read_schedule(typed, PLAN, ZONE), Asked)


@given(
    day=st.sampled_from(DAYS),
    at=st.integers(0, 9),
    letter=st.sampled_from("adehinorstuy"),
    how=st.sampled_from(["left out", "added", "another", "swapped"]),
)
def test_a_misspelt_weekday_is_never_another_one(day: str, at: int, letter: str, how: str) -> None:
    at %= len(day)
    typed = {
        "left out": day[:at] + day[at + 1 :],
        "added": day[:at] + letter + day[at:],
        "another": day[:at] + letter + day[at + 1 :],
        "swapped": day[:at] + day[at : at + 2][::-1] + day[at + 2 :],
    }[how]
    with contextlib.suppress(UnreadableSchedule):
        assert read_schedule(f"{typed} 9am", PLAN, ZONE).schedule.weekday == DAYS.index(day)


@given(
    st.builds(
        Schedule,
        weekday=st.integers(0, 6),
        hour=st.integers(0, 23),
        minute=st.integers(0, 59),
        timezone=st.sampled_from([ZONE, "America/Toronto", "Asia/Kolkata", "UTC", "America/Argentina/Buenos_Aires"]),
        every=st.sampled_from(Every),
        nth=st.sampled_from(sorted(NTH)),
    ),
    st.sampled_from([Scope(), *dict.fromkeys(scope for _, scope in names_of(PLAN))]),
)
def test_the_line_of_a_schedule_reads_as_that_schedule(schedule: Schedule, about: Scope) -> None:
    nth = schedule.nth if schedule.every is Every.MONTH else 1
    whole = replace(schedule, nth=nth, scope=about.key, department=about.department)
    assert read_schedule(whole.line(), PLAN, ZONE).schedule == whole


@given(st.permutations(["every other", "tuesday", "10:30", "America/Toronto", "calm our roads", "no mentions"]))
def test_the_order_of_parts_does_not_matter(parts: list[str]) -> None:
    parts.remove("tuesday")
    typed = " ".join(parts).replace("every other", "every other tuesday")
    asked = read_schedule(typed, PLAN, ZONE)
    assert asked.schedule.line() == "fortnightly tuesday 10:30 America/Toronto calm-our-roads"
    assert asked.mentions is False


def test_a_scope_is_the_whole_plan_or_what_is_named() -> None:
    assert read_scope("whole plan", PLAN) == Scope()
    assert read_scope("human resources", PLAN) == Scope(department="Human Resources")
    assert "Traffic" in departments(PLAN)


def test_words_that_several_titles_have_are_asked_about() -> None:
    with pytest.raises(UnreadableSchedule) as mistake:
        read_scope("people", PLAN)
    assert mistake.value.several == ("Reach Young People Early", "Bring In and Keep Good People")
