"""How questions are put: turns of phrase that ask for a section, for an entry of a kind, or for what no plan holds."""

import pytest

from commands.ask.index import Index
from commands.ask.normalise import words_of
from commands.ask.question import Facet, Outcome
from commands.ask.turns import ALWAYS, scores, tokens, turns_of, weights
from commands.ask.understand import understand
from store.plan import Kind

SECTIONS = {
    "the values, as a story": ("new here, what do we stand for again", "values", Facet.LIST),
    "the values, as a doubt": ("is it four or five values we have", "values", Facet.COUNT),
    "the vision without its word": ("the big dream in one sentence please", "vision", Facet.MEANING),
    "the mission without its word": ("why does this organization exist", "mission", Facet.MEANING),
    "the priorities misspelt": ("priorites plz", "priorities", Facet.LIST),
    "the actions nobody reported on": ("which ones has nobody updated in ages", "actions", Facet.STALE),
    "one's own actions": ("whats on my plate these days", "actions", Facet.MINE),
    "how far the plan is": ("how far along is the whole strategy", "plan", Facet.STATUS),
    "until when the plan runs": ("til wen is this strategy runing", "plan", Facet.PERIOD),
}


@pytest.mark.parametrize(("question", "section", "facet"), SECTIONS.values(), ids=SECTIONS.keys())
def test_a_section_is_known_by_how_its_question_is_put(
    riverbend: Index, question: str, section: str, facet: Facet
) -> None:
    understood = understand(question, riverbend)
    assert (understood.outcome, understood.subject, understood.facet) == (Outcome.ANSWER, section, facet)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("what is the vision of northampton council", id="another organisation's vision"),
        pytest.param("does my plan cover vision care and glasses", id="a vision benefit"),
        pytest.param("which overdue books do i have to bring back", id="books that are overdue"),
    ],
)
def test_a_question_that_only_sounds_like_one_for_a_section_is_not_answered(riverbend: Index, question: str) -> None:
    assert understand(question, riverbend).outcome is not Outcome.ANSWER


def test_what_is_asked_of_a_service_is_told_from_what_is_asked_of_a_plan() -> None:
    service = turns_of(words_of("who do i call about my pay stub"))
    plan = turns_of(words_of("are we doing anything about burnout"))
    assert service.outside > 1 > -1 > plan.outside


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        pytest.param("which value is about treating everybody the same", Kind.VALUE, id="a value"),
        pytest.param("what number are we shooting for on wait times", Kind.INDICATOR, id="an indicator"),
        pytest.param("who is leading the new website thing and is it done yet", Kind.ACTION, id="an action"),
        pytest.param("how many people filled in the survey", Kind.BACKGROUND, id="how the plan was made"),
    ],
)
def test_the_kind_of_entry_is_told_by_how_it_is_asked_about(question: str, kind: Kind) -> None:
    kinds = turns_of(words_of(question)).kinds
    assert max(kinds, key=lambda one: kinds[one]) is kind


def test_a_turn_of_phrase_counts_once_however_often_it_is_said() -> None:
    once, often = tokens(words_of("please")), tokens(words_of("please please please please"))
    known = {ALWAYS: {"out": 0.0}, "please": {"out": 1.0}}
    assert scores(once, known) == scores(often, known) == {"out": 1.0}


def test_every_sort_of_question_weighs_something_in_every_question() -> None:
    sorts = set(weights()[ALWAYS])
    assert all(set(each) <= sorts for each in weights().values())
    assert {"out", "in.value", "values.list", "vision", "plan.period"} <= sorts


def test_a_greeting_is_no_question_whatever_its_words_meet(riverbend: Index) -> None:
    understood = understand("good night everybody, thanks a lot", riverbend)
    assert understood.outcome is Outcome.UNKNOWN
    assert understood.small_talk is not None
