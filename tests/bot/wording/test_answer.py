"""Answers as a member reads them."""

from datetime import date
from pathlib import Path

import pytest

from bot.wording.answer import WORDED, answer_text
from commands.ask.answer import answer
from commands.ask.facts import Fact
from commands.ask.question import Evidence, Facet, Outcome, SmallTalk, Understanding
from store.plan import SECTIONS, Plan
from store.planfile import read
from tests.commands.ask.library import PLAN, TODAY, found, plan_with


def told(subject: str, facet: Facet, *, asker: str | None = None, today: date = TODAY, plan: Plan = PLAN) -> str:
    return answer_text(found(subject, facet, asker=asker, today=today, plan=plan))


def test_every_kind_of_fact_has_its_words() -> None:
    assert set(WORDED) == set(Fact.__args__)


@pytest.mark.parametrize("file", ["hamilton-2023-2026", "riverbend-2025-2028"])
def test_every_facet_of_every_subject_reads_like_words(file: str) -> None:
    plan = read(Path("plans") / f"{file}.yml")
    for subject in (*SECTIONS, *plan.nodes):
        for facet in Facet:
            text = told(subject, facet, plan=plan, asker="U02CARTER")
            assert len(text.splitlines()) >= 2, (subject, facet)
            assert not any(slip in text for slip in ("None", "  ", "..", "Facet.", "Kind.", "<", " ,", "( ")), text


def test_a_meaning_has_the_statement_word_for_word_its_place_and_the_plan() -> None:
    assert told("A-1", Facet.MEANING) == (
        "A-1 Open on Sundays\n"
        "“Two staff and a volunteer, noon to five.”\n"
        "An action under the objective Longer Hours, in the priority An Open House.\n"
        "Owners: U01ADA and bo@example.org (Front Desk).\n"
        "► On track, 80 %, confirmed 10 days ago.\n"
        "Was due 30 April 2026, 2 weeks overdue.\n"
        "1 of 2 milestones done.\n"
        "Last update: 5 May 2026, 10 days ago, by U01ADA:\n"
        "“Rota agreed.”\n"
        "From Room for All, 2025–2027 (adopted)"
    )


def test_a_draft_says_that_it_is_a_draft() -> None:
    draft = plan_with(plan=PLAN.about.model_dump() | {"status": "draft"})
    assert told("welcome", Facet.MEANING, plan=draft).endswith("From Room for All, 2025–2027 (draft, not adopted yet)")
    assert "The plan is a draft; it is not adopted yet." in told("plan", Facet.STATUS, plan=draft)


def test_a_priority_without_a_statement_shows_what_is_under_it() -> None:
    assert told("out-and-about", Facet.MEANING) == (
        "Out and About\n"
        "One of the plan's priorities.\n"
        "How it is going: ✔ complete, 100 % on average (last word 3 months ago).\n"
        "3 objectives:\n"
        "• To the Villages\n"
        "• Listen\n"
        "• Befriend Schools\n"
        "Under them 1 indicator and 2 actions.\n"
        "From Room for All, 2025–2027 (adopted)"
    )


def test_the_status_of_a_priority_says_what_is_behind_it() -> None:
    assert told("open-house", Facet.STATUS) == (
        "An Open House: ▲ at risk, 37 % on average, but 1 of 2 updates is over 45 days old.\n"
        "3 actions: 1 on track, 1 at risk, 1 without a word yet (1 overdue). "
        "1 indicator, moving towards the target.\n"
        "At risk because of A-1 and A-2.\n"
        "Last word 5 May 2026, 10 days ago; the oldest still open 1 March 2026, 2 months ago.\n"
        "Actions:\n"
        "• ▲ A-2 Refit the reading room: at risk, 30 %, confirmed 2 months ago; due 1 June 2026, in 2 weeks\n"
        "• ► A-1 Open on Sundays: on track, 80 %, confirmed 10 days ago; was due 30 April 2026, 2 weeks overdue\n"
        "• · A-3 Move the catalogue: no word yet; due 1 December 2026, in 7 months\n"
        "Indicators:\n"
        "• Visits: 240.5 visits a day on 31 December 2025; target 300 by 31 December 2027; moving towards the target\n"
        "From Room for All, 2025–2027 (adopted)"
    )


def test_nothing_is_green_where_nobody_said_anything() -> None:
    assert told("A-3", Facet.STATUS).splitlines()[1] == "· No word yet."
    assert told("befriend", Facet.STATUS).startswith(
        "No word yet: the plan lists no actions and no indicators under Befriend Schools."
    )


@pytest.mark.parametrize(
    ("subject", "facet", "sentence"),
    [
        ("A-1", Facet.OWNER, "Owners: U01ADA and bo@example.org."),
        ("A-3", Facet.OWNER, "The plan names no owner for it."),
        ("welcome", Facet.OWNER, "The plan names no owner for it."),
        ("A-2", Facet.DUE, "Due 1 June 2026, in 2 weeks."),
        ("A-4", Facet.DUE, "The plan gives it no due date."),
        ("better-rooms", Facet.DUE, "2 actions open under Better Rooms, by due date:"),
        ("to-the-villages", Facet.DUE, "Nothing is open under To the Villages: all 2 actions are closed."),
        ("plan", Facet.PERIOD, "The plan runs from 1 January 2025 to 31 December 2027: it ends in 20 months."),
        ("visits", Facet.TARGET, "Target: 300 visits a day by 31 December 2027 (higher is better)."),
        ("visits", Facet.TARGET, "Baseline: 200 visits a day on 31 December 2024."),
        ("voices", Facet.TARGET, "Latest: nothing measured yet."),
        ("A-2", Facet.PARENT, "is an action under the objective Better Rooms, in the priority An Open House."),
        ("welcome", Facet.PARENT, "Welcome is one of the plan's values."),
        ("survey", Facet.PARENT, "Survey is part of the plan's background."),
        ("actions", Facet.COUNT, "The plan has 5 actions: 1 on track, 1 at risk, 1 complete and 1 cancelled."),
        ("longer-hours", Facet.COUNT, "Longer Hours has 1 indicator and 1 action."),
        ("A-1", Facet.COUNT, "It has 2 milestones, 1 of them done."),
        ("mission", Facet.MEANING, "The plan states no mission."),
        ("A-1", Facet.OVERDUE, "Yes, it is overdue."),
        ("A-2", Facet.OVERDUE, "No, it is not overdue."),
        ("A-2", Facet.MINE, "No, it is not yours. It is owned by U02CY."),
        ("befriend", Facet.OVERDUE, "The plan lists no actions under Befriend Schools, so nothing can be overdue."),
        ("better-rooms", Facet.COMPLETE, "Nothing is complete yet under Better Rooms (of 2 actions)."),
        ("actions", Facet.STALE, "• · A-3 Move the catalogue: no word yet"),
        ("actions", Facet.RECENT, "• ► A-1 Open on Sundays: on track, 80 %, confirmed 10 days ago. “Rota agreed.”"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else getattr(value, "value", "words"),
)
def test_each_facet_is_told_in_a_sentence(subject: str, facet: Facet, sentence: str) -> None:
    assert sentence in told(subject, facet, asker="U09ZED")


def test_an_asker_who_is_not_known_is_told_so() -> None:
    assert told("actions", Facet.MINE).startswith("I cannot tell who is asking")


def test_an_owner_is_shown_as_the_medium_shows_people() -> None:
    text = answer_text(found("A-1", Facet.OWNER), person=lambda ref: f"[{ref}]")
    assert "[U01ADA] and [bo@example.org]" in text


def test_what_was_asked_in_one_breath_is_told_under_one_title() -> None:
    asked = Understanding("who and when", Outcome.ANSWER, "A-2", Facet.OWNER, 1.0, also=(("A-2", Facet.DUE),))
    assert answer_text(answer(asked, PLAN, today=TODAY)) == (
        "A-2 Refit the reading room\n"
        "Owner: U02CY.\n"
        "Due 1 June 2026, in 2 weeks.\n"
        "Started 1 February 2026.\n"
        "From Room for All, 2025–2027 (adopted)"
    )


def test_a_question_that_the_plan_does_not_answer_gets_what_it_can_answer() -> None:
    text = answer_text(answer(Understanding("who is the mayor", Outcome.UNKNOWN), PLAN, today=TODAY))
    assert text == (
        "Sorry, I find no answer to that in Room for All, and I answer from the plan alone.\n"
        "It has these parts: vision, values, priorities, objectives, actions, indicators and background.\n"
        "You could ask:\n"
        "• what does “Welcome” mean\n"
        "• what is under “An Open House”\n"
        "• who owns A-1"
    )


@pytest.mark.parametrize(
    ("talk", "start"),
    [
        (SmallTalk.GREETING, "Hello! Ask me anything about Room for All."),
        (SmallTalk.THANKS, "You're welcome."),
        (SmallTalk.HELP, "I answer questions about Room for All in your own words"),
    ],
    ids=[one.value for one in (SmallTalk.GREETING, SmallTalk.THANKS, SmallTalk.HELP)],
)
def test_small_talk_gets_a_short_human_reply(talk: SmallTalk, start: str) -> None:
    asked = Understanding("…", Outcome.UNKNOWN, small_talk=talk)
    assert answer_text(answer(asked, PLAN, today=TODAY)).startswith(start)


def test_parts_that_may_be_near_are_named() -> None:
    near = Evidence("better-rooms", "rooms", "Better Rooms", "title", 0.8)
    text = answer_text(answer(Understanding("hotel rooms", Outcome.UNKNOWN, evidence=(near,)), PLAN, today=TODAY))
    assert text.splitlines()[1] == "What comes nearest may be An Open House."


def test_a_very_long_title_is_cut_where_it_is_one_of_many() -> None:
    plan = plan_with(values=[{"key": "long", "title": "word " * 60, "statement": "Yes."}])
    listed = told("values", Facet.LIST, plan=plan).splitlines()[1]
    assert listed.startswith("• word word")
    assert listed.endswith("word…: Yes.")
    assert len(listed) < 140


def test_an_unsure_answer_asks_what_was_meant() -> None:
    asked = Understanding("rooms", Outcome.SUGGEST, facet=Facet.DUE, suggestions=("better-rooms", "A-2", "values"))
    assert answer_text(answer(asked, PLAN, today=TODAY)) == (
        "Did you mean one of these (when it is due)?\n"
        "1. Better Rooms (objective under An Open House)\n"
        "2. A-2 Refit the reading room (action under Better Rooms)\n"
        "3. Values (section of the plan)\n"
        "From Room for All, 2025–2027 (adopted)"
    )
