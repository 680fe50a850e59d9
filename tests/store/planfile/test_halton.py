"""The Halton plan file holds every fact of the board's page on strategic planning, and names nothing the page lacks."""

import re
from pathlib import Path

import pytest

from store.plan import Kind, Plan
from store.planfile import read

PLAN = read(Path(__file__).parents[3] / "plans" / "halton-police-board.yml")
FACTS = {
    "board-role": (
        "here to serve our community",
        "ensuring the Halton Regional Police Service is effective, accountable",
        "represents the community’s best interests",
        "Board’s responsibility to ensure that the community is well-served by the Halton Regional Police Service",
    ),
    "strategic-direction": (
        "Board is also responsible for setting the objectives and strategic direction of the service",
        "through the development of a Strategic Plan",
    ),
    "purpose": (
        "critical exercise",
        "the Service is led by a defined action plan",
        "clear and measurable targets",
        "held accountable through a set of tangible performance objectives",
    ),
    "who-leads-planning": (
        "led by the Chief Governance Officer",
        "supported by the Chief of Police",
        "guided by the Board’s Strategic Planning Policy",
    ),
    "chief-governance-officer": ("leads the development", "determine strategic priorities and objectives"),
    "chief-of-police": ("supports the development", "develop the action plans"),
    "strategic-planning-policy": ("guides the development", "stipulates several monitoring and reporting requirements"),
    "understanding-the-service": (
        "A successful Police Service proactively works to understand its strengths, areas for improvement",
        "socioeconomic trends",
        "discover opportunities to best serve the community",
    ),
    "environmental-scan": ("As a starting point", "trends and risks on both a local and national scale"),
    "statistical-data": (
        "key statistical information for the Service from the past five years",
        "lend further insight",
    ),
    "risk-assessment": ("major trends", "potential gaps which will need to be addressed in the years ahead"),
    "consultation": (
        "statistical data is complemented by an extensive consultation process",
        "Regional, Municipal Councils",
        "school boards",
        "community organizations",
        "youth",
        "business leaders",
        "members of the public",
        "valuable context, expertise, and insight into the specific needs of our community",
    ),
    "determining-priorities": (
        "Based on this research and consultation",
        "Chief Governance Officer, in collaboration with the Board",
        "will determine strategic priorities and objectives for the Service",
    ),
    "further-targets": (
        "In addition to setting objectives, this plan may also include targets",
        "information technology implementation",
        "resource planning",
        "police facilities",
    ),
    "performance-indicators": (
        "established quantitative and qualitative indicators which measure performance",
        "road safety",
        "interactions with community members",
        "community satisfaction",
        "crime prevention",
        "crime rates",
    ),
    "action-plans": (
        "Once the Strategic Plan is adopted, the Chief of Police will subsequently develop action plans",
        "the specific actions required to meet the Board’s objectives",
    ),
    "monitoring-and-reporting": (
        "To ensure accountability",
        "several monitoring and reporting requirements",
        "submission of implementation status reports and planning-related decision reports",
    ),
    "status-reports": ("implementation status reports",),
    "decision-reports": ("planning-related decision reports",),
    "annual-report": (
        "the Board will prepare an Annual Report to the community",
        "report back on the implementation of the Strategic Plan",
        "ensure the community is well-informed on how the Service is performing",
    ),
    "community-role": (
        "rich and valuable community input and oversight",
        "makes the Strategic Plan the collaborative process it is",
    ),
}
WORDS_OF_THE_PAGE = frozenset(
    re.findall(
        r"[a-z’-]+",
        """Strategic Planning The Halton Police Board is here to serve our community by ensuring the Halton Regional
        Police Service is effective, accountable and represents the community’s best interests The Board is also
        responsible for setting the objectives and strategic direction of the service through the development of a
        Strategic Plan This critical exercise ensures that the Service is led by a defined action plan, has clear and
        measurable targets and is held accountable through a set of tangible performance objectives This exercise is
        led by the Chief Governance Officer, supported by the Chief of Police and guided by the Board’s Strategic
        Planning Policy A successful Police Service proactively works to understand its strengths, areas for
        improvement, and socioeconomic trends, and discover opportunities to best serve the community As a starting
        point, an environmental scan is conducted to understand trends and risks on both a local and national scale
        Statistical data, including key statistical information for the Service from the past five years, helps lend
        further insight which helps identify major trends and any potential gaps which will need to be addressed in the
        years ahead risk assessment This statistical data is complemented by an extensive consultation process
        Consultations with stakeholders such as Regional, Municipal Councils, school boards, community organizations,
        youth, business leaders and members of the public lend valuable context, expertise, and insight into the
        specific needs of our community Based on this research and consultation the Chief Governance Officer, in
        collaboration with the Board, will determine strategic priorities and objectives for the Service In addition to
        setting objectives, this plan may also include targets related to information technology implementation,
        resource planning, and police facilities The Strategic Plan established quantitative and qualitative indicators
        which measure performance through metrics related to road safety, interactions with community members,
        community satisfaction, crime prevention and crime rates Once the Strategic Plan is adopted, the Chief of Police
        will subsequently develop action plans to set out the specific actions required to meet the Board’s objectives
        To ensure accountability, the Strategic Plan Policy stipulates several monitoring and reporting requirements
        including requirements for the submission of implementation status reports and planning-related decision
        reports Further, the Board will prepare an Annual Report to the community which will provide a report back on
        the implementation of the Strategic Plan to ensure the community is well-informed on how the Service is
        performing It is the Halton Police Board’s responsibility to ensure that the community is well-served by the
        Halton Regional Police Service However, it is the rich and valuable community input and oversight that makes the
        Strategic Plan the collaborative process it is""".casefold(),
    )
)
JOINED = frozenset({"leads", "supports", "guides", "it", "one", "lends"})
"""Words that only join what the page says: its own verbs in another form, and pronouns."""


@pytest.mark.parametrize(("key", "phrases"), FACTS.items(), ids=FACTS)
def test_an_entry_says_what_the_page_says(key: str, phrases: tuple[str, ...]) -> None:
    node = PLAN.find(key)
    assert node
    assert node.kind is Kind.BACKGROUND
    for phrase in phrases:
        assert phrase in (node.entry.statement or "")


def test_every_entry_is_accounted_for() -> None:
    assert {one.key for one in PLAN.background} == set(FACTS)


def test_no_statement_has_a_word_that_the_page_lacks() -> None:
    for entry in PLAN.background:
        used = set(re.findall(r"[a-z’-]+", (entry.statement or "").casefold()))
        assert used <= WORDS_OF_THE_PAGE | JOINED, entry.key


def test_nothing_but_background_is_claimed() -> None:
    assert Plan(about=PLAN.about, background=PLAN.background) == PLAN
    assert PLAN.about.period is None
