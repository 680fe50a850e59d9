"""What questions are understood to ask, in the ways in which people put them."""

import pytest

from commands.ask.index import Index
from commands.ask.question import Facet, Outcome, SmallTalk
from commands.ask.understand import understand

ASKED = {
    "a key": ("who owns A-03", "A-03", Facet.OWNER),
    "a key in lower case without its sign": ("status a3?", "A-03", Facet.STATUS),
    "a title alone": ("courage?", "courage", Facet.MEANING),
    "a title misspelt": ("wats owning our actons", "owning-our-actions", Facet.MEANING),
    "a title run together": ("calmour roads", "calm-our-roads", Facet.MEANING),
    "a piece of a title": ("deadline fraud portal??", "A-05", Facet.DUE),
    "an alias": ("sry new here, what does ksi stand for", "ksi-collisions", Facet.MEANING),
    "words of the statement": ("do we have nurses riding along on mental health calls", "A-06", Facet.MEANING),
    "the values": ("i make a poster, please the list of values", "values", Facet.LIST),
    "how many values, in a second language": ("how much values we have", "values", Facet.COUNT),
    "the vision": ("vision stmt", "vision", Facet.MEANING),
    "the plan's dates": ("when does the plan end", "plan", Facet.PERIOD),
    "the plan's standing": ("adopted or draft?", "plan", Facet.STATUS),
    "what stands under a priority": ("objectives under open and answerable", "open-and-answerable", Facet.LIST),
    "how many stand under a priority": (
        "how many objectives under open and answerable", "open-and-answerable", Facet.COUNT,
    ),
    "where an entry belongs": ("which priority is calm our roads in", "calm-our-roads", Facet.PARENT),
    "where a key belongs": ("A-06 is for what objective", "A-06", Facet.PARENT),
    "the owner in a second language": ("name of the responsible for A-02", "A-02", Facet.OWNER),
    "until which date": ("until which date the youth hub must be open", "A-07", Facet.DUE),
    "how it is going": ("hows the gun tracing desk coming along", "A-03", Facet.STATUS),
    "a target": ("target for violent crime rate", "violent-crime-rate", Facet.TARGET),
    "the overdue actions": ("whats overdue", "actions", Facet.OVERDUE),
    "the overdue actions of a priority": ("anything late in safer streets", "safer-streets-and-homes", Facet.OVERDUE),
    "the actions at risk": ("anything at risk right now", "actions", Facet.AT_RISK),
    "the actions due soon": ("what has to be wrapped up before xmas", "actions", Facet.DUE_SOON),
    "the actions without news": ("which actions nobody has touched for months", "actions", Facet.STALE),
    "the finished actions": ("what have we finished so far", "actions", Facet.COMPLETE),
    "one's own actions": ("<@U0BOT> which of these have my name on it 🙈", "actions", Facet.MINE),
}  # fmt: skip


@pytest.mark.parametrize(("question", "subject", "facet"), ASKED.values(), ids=ASKED.keys())
def test_a_member_may_ask_for(riverbend: Index, question: str, subject: str, facet: Facet) -> None:
    understood = understand(question, riverbend)
    assert (understood.outcome, understood.subject, understood.facet) == (Outcome.ANSWER, subject, facet)


REFUSED = {
    "a key that no entry has": "who owns A-27",
    "another organisation's values": "what are the values of the toronto police",
    "a person": "who is our deputy chief now",
    "the budget": "how much overtime money is left for q4",
    "a form": "how i can get copy of my collision report",
    "the weather": "will it rain tomorrow",
    "a recipe": "how do i cook rice",
    "nothing at all": "",
    "signs only": "?!! 🙈",
}


@pytest.mark.parametrize("question", REFUSED.values(), ids=REFUSED.keys())
def test_what_the_plan_does_not_hold_is_not_answered(riverbend: Index, question: str) -> None:
    assert understand(question, riverbend).outcome is not Outcome.ANSWER


TALK = {
    "hello": ("hi <@U0BOT>", SmallTalk.GREETING),
    "good morning": ("gm team ☀️", SmallTalk.GREETING),
    "thanks": ("ok cool thanks", SmallTalk.THANKS),
    "help": ("what can you do?", SmallTalk.HELP),
}


@pytest.mark.parametrize(("said", "talk"), TALK.values(), ids=TALK.keys())
def test_small_talk_is_known_as_such(riverbend: Index, said: str, talk: SmallTalk) -> None:
    understood = understand(said, riverbend)
    assert (understood.outcome, understood.small_talk) == (Outcome.UNKNOWN, talk)


def test_two_facets_of_one_entry_may_be_asked_in_one_breath(riverbend: Index) -> None:
    understood = understand("who owns the firearms tracing desk and when is it due", riverbend)
    assert (understood.subject, understood.facet) == ("A-03", Facet.OWNER)
    assert understood.also == (("A-03", Facet.DUE),)


def test_two_questions_may_be_asked_in_one_breath(riverbend: Index) -> None:
    understood = understand("what are our values and when does the plan end?", riverbend)
    assert (understood.subject, understood.facet) == ("values", Facet.LIST)
    assert understood.also == (("plan", Facet.PERIOD),)


def test_an_owner_of_a_value_is_asked_in_vain_and_the_value_explained(riverbend: Index) -> None:
    assert understand("who owns courage", riverbend).facet is Facet.MEANING


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        pytest.param("whats overdue", "actions", id="of the whole plan"),
        pytest.param("what's overdue in core assets", "core-assets", id="of a priority"),
    ],
)
def test_of_a_plan_without_actions_one_may_ask_which_are_overdue(hamilton: Index, question: str, subject: str) -> None:
    understood = understand(question, hamilton)
    assert (understood.subject, understood.facet) == (subject, Facet.OVERDUE)


PARAPHRASED = {
    "hurt before": ("saying sorry for what we did wrong before", "repair-and-strengthen-relationships"),
    "green": ("electric cars, solar, any green stuff in there? 🌱", "act-on-the-climate-emergency"),
    "the next generation": ("growing the next sergeants before the old guard retires", "equip-staff-to-lead-and-excel"),
    "gangs": ("what are we suposed to do about gangs n guns", "act-on-community-safety-priorities"),
}


@pytest.mark.parametrize(("question", "subject"), PARAPHRASED.values(), ids=PARAPHRASED.keys())
def test_a_paraphrase_finds_the_entry(hamilton: Index, question: str, subject: str) -> None:
    assert understand(question, hamilton).subject == subject


def test_close_entries_are_suggested_and_never_more_than_five(hamilton: Index) -> None:
    understood = understand("where does the city's own well-being plan come in", hamilton)
    assert understood.outcome is Outcome.SUGGEST
    assert "connect-with-the-community" in understood.suggestions
    assert 2 <= len(understood.suggestions) <= 5


def test_the_evidence_says_which_words_met_the_entry_and_by_what(hamilton: Index) -> None:
    evidence = understand("boots for officers", hamilton, explain=True).evidence
    boots = next(one for one in evidence if one.subject == "remain-current" and one.asked == "boots")
    assert boots.by.startswith("vocabulary")


def test_evidence_is_left_out_where_it_is_not_asked_for(hamilton: Index) -> None:
    assert understand("compassion", hamilton).evidence == ()
