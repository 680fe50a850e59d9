"""Questions that lean on what was just answered."""

import pytest

from commands.ask.index import Index
from commands.ask.question import Facet, Outcome
from commands.ask.understand import Previous, understand

JUST_SAID = Previous("A-03", Facet.OWNER, ("A-04", "A-05", "A-06"))

LEANING = {
    "who owns it": ("who owns it", "A-03", Facet.OWNER),
    "and when is that due": ("and when is that due", "A-03", Facet.DUE),
    "its status without a word for it": ("whats the status?", "A-03", Facet.STATUS),
    "the second one": ("the second one", "A-05", Facet.OWNER),
    "by its number": ("2", "A-05", Facet.OWNER),
    "the last one, another facet": ("when is the last one due", "A-06", Facet.DUE),
    "the same of another entry": ("what about A-08", "A-08", Facet.OWNER),
    "another entry that cannot have it": ("what about courage", "courage", Facet.MEANING),
    "a question on its own": ("what are our values", "values", Facet.LIST),
    "a sort of actions, of all": ("whats overdue", "actions", Facet.OVERDUE),
}


@pytest.mark.parametrize(("question", "subject", "facet"), LEANING.values(), ids=LEANING.keys())
def test_after_an_answer_a_member_may_ask(riverbend: Index, question: str, subject: str, facet: Facet) -> None:
    understood = understand(question, riverbend, previous=JUST_SAID)
    assert (understood.outcome, understood.subject, understood.facet) == (Outcome.ANSWER, subject, facet)


def test_without_anything_said_before_it_means_nothing(riverbend: Index) -> None:
    assert understand("who owns it", riverbend).outcome is Outcome.UNKNOWN


def test_the_ninth_of_three_is_none(riverbend: Index) -> None:
    assert understand("option 9", riverbend, previous=JUST_SAID).outcome is Outcome.UNKNOWN


def test_what_stands_on_its_own_and_is_not_in_the_plan_stays_unknown(riverbend: Index) -> None:
    assert understand("how is the weather", riverbend, previous=JUST_SAID).outcome is Outcome.UNKNOWN
