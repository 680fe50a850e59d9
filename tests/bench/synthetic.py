"""FICTIONAL plans of any size, and questions about them, for measuring growth: nothing in them is real.

Everything is chosen by a checksum of what it is for, so that every run measures the same plans and questions.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import cycle, islice
from typing import TypeVar
from zlib import crc32

from store.plan import About, Action, Indicator, Nature, Objective, Period, Plan, PlanStatus, Priority, Status, Value

T = TypeVar("T")

STARTS = date(2025, 1, 1)
OBJECTIVES = 8
"""Objectives under a priority."""
UNDER_EACH = (3, 12)
"""Indicators and actions under an objective."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _listed(text: str) -> tuple[str, ...]:
    return tuple(re.split(r"\s*[;\n]\s*", text.strip()))


_AIMS = _words("""
strengthen expand renew modernize simplify deliver develop launch review improve reduce prevent coordinate
restore publish train recruit support fund pilot evaluate open extend redesign repair protect promote map
digitize staff
""")
_TOPICS = _listed("""
winter shelter beds; library opening hours; storm drain repairs; youth mentoring; crisis response; road safety audits
bicycle lanes; tree planting; small business permits; affordable housing; transit passes; hospital wait times
home care visits; vaccination clinics; mental health counselling; peer support; officer training; body-worn cameras
victim services; crime prevention; gang intervention; hate crime reporting; call-taking; radio coverage; fleet renewal
station maintenance; records digitization; open data; privacy reviews; cyber security; payroll systems; procurement
asset inventories; energy retrofits; solar panels; waste collection; food rescue; community gardens; public washrooms
snow clearing; bridge inspections; flood mapping; water testing; lead pipe replacement; playground upgrades
swimming lessons; arts grants; heritage walks; language classes; settlement services; job placement; apprenticeships
reading circles; school breakfasts; student attendance; teacher coaching; literacy tutoring; after-school clubs
volunteer recognition; donor stewardship; board governance; annual reporting; complaints handling; service standards
accessibility ramps; sign language interpreting; translation; elder outreach; caregiver respite; palliative care
surgical scheduling; infection control; medication safety; nursing recruitment; emergency preparedness; wildfire plans
evacuation routes; animal services; noise enforcement; parking permits; property taxes; zoning bylaws
neighbourhood walks; consultation panels; Indigenous partnerships; reconciliation training; equity audits
workplace wellness; leadership coaching; exit interviews; staff surveys; onboarding; succession planning
""")
_GROUPS = _words("""
seniors newcomers tenants cyclists students families volunteers patients nurses cadets dispatchers commuters
shopkeepers renters veterans caregivers teenagers toddlers graduates drivers pedestrians librarians managers
civilians farmers artists contractors visitors neighbours parents
""")
_FIRST = _words("""
Ash Birch Cedar Dun Elm Fern Glen Haw Iron Juniper King Lark Maple North Oak Pine Quarry Raven Stone Thorn Under
Vale West Yarrow Alder Bram Clover Drift East Fox
""")
_LAST = _words("""
bridge brook bury by cliff combe dale field ford gate grove ham haven hurst land ley mere mont more port ridge
side stead stow ton view ville ward wick worth
""")
_MEANS = _listed("""
a partnership with local agencies; quarterly reports to the board; new equipment; a dedicated coordinator
shared case reviews; a public dashboard; weekend hours; plain-language guides; field visits; a mobile team
joint training days; stable multi-year funding; a single point of contact; resident advisory circles
""")
_PARAPHRASES = _listed("""
are we doing anything on burnout; what's the plan for homeless people; boots and uniforms; guns and gangs
is anyone fixing potholes; how do we treat our staff; help for people who just moved here
kids with nothing to do; what about old folks living alone; hackers breaking into our systems
getting more nurses hired; shorter lines at the ER; trucks and cars we drive; people who can't speak english
saving power in our buildings; bullying at work; making the bus cheaper; how do we keep good people from leaving
angry citizens writing in; places to sleep when it's cold
""")
_UNKNOWN = _listed("""
what's the weather tomorrow; who won the game last night; how do I reset my password; book me a flight to Lisbon
what's for lunch; can you write me a poem; how tall is the Eiffel tower; play some jazz
what is the exchange rate of the yen; remind me to call mum; who is the prime minister of Norway
how do you boil an egg; translate hello into Finnish; when does the pharmacy close; is my parcel on its way
what's the meaning of life; how many ounces in a pound; tell me a joke; what time is it in Tokyo
is there a good film on tonight
""")
_FACETS = ("who owns {key}", "when is {title} due", "how is {title} going", "which priority is {title} under")
_OPENINGS = ("what does {} mean", "{}", "tell me about {}", "hi there, what are we doing to {}?")
_GREETINGS = ("", "hi! ", "quick question: ", "sorry to bother you, ")


class Sort(StrEnum):
    """How a question asks."""

    TITLE = "title"
    MISSPELT = "misspelt"
    PARAPHRASE = "paraphrase"
    FACET = "facet"
    UNKNOWN = "unknown"


def plan_of(entries: int) -> Plan:
    """A plan with that many entries, at least 12: values, priorities, objectives, indicators and actions."""
    values = tuple(_value(number) for number in range(5))
    priorities = tuple(_priorities(entries - len(values)))
    about = About(
        key="synthetic", title="Measured Together", organization="Example City", status=PlanStatus.ADOPTED,
        period=Period(start=STARTS, end=date(2029, 12, 31)), timezone="UTC",
    )  # fmt: skip
    return Plan(about=about, values=values, priorities=priorities)


def questions_about(plan: Plan, each: int) -> dict[Sort, tuple[str, ...]]:
    """So many questions of each sort; the entries asked about are spread over the plan."""
    nodes = [node for node in plan.walk() if node.key not in ("vision", "mission")]
    titles = [nodes[len(nodes) * number // each].entry.title for number in range(each)]
    actions = plan.actions()
    asked = [actions[len(actions) * number // each] for number in range(each)]
    return {
        Sort.TITLE: tuple(_opened(title, number) for number, title in enumerate(titles)),
        Sort.MISSPELT: tuple(_misspelt(title) for title in titles),
        Sort.PARAPHRASE: _varied(_PARAPHRASES, each),
        Sort.FACET: tuple(
            words.format(key=one.key, title=one.title) for words, one in zip(cycle(_FACETS), asked, strict=False)
        ),
        Sort.UNKNOWN: _varied(_UNKNOWN, each),
    }


def _opened(title: str, number: int) -> str:
    return _OPENINGS[number % len(_OPENINGS)].format(title)


def _varied(listed: Sequence[str], each: int) -> tuple[str, ...]:
    """So many of those listed, with another greeting each time round."""
    rounds = (f"{greeting}{asked}" for greeting in _GREETINGS for asked in listed)
    return tuple(islice(rounds, each))


def _priorities(entries: int) -> Iterator[Priority]:
    """Priorities that hold so many entries in all, themselves among them."""
    left, number = entries, 0
    while left > 0:
        room = min(left, 1 + OBJECTIVES * (1 + sum(UNDER_EACH)))
        yield Priority(
            key=f"priority-{number + 1}",
            title=f"{_of(_TOPICS, 'priority', number).capitalize()} in {_place('priority', number)}",
            statement=_statement("priority", number),
            objectives=tuple(_objectives(number * OBJECTIVES, room - 1)),
        )
        left, number = left - room, number + 1


def _objectives(first: int, entries: int) -> Iterator[Objective]:
    left, number = entries, first
    while left > 0:
        room = min(left, 1 + sum(UNDER_EACH))
        indicators = min(room - 1, UNDER_EACH[0])
        title = f"{_of(_AIMS, 'objective', number).capitalize()} {_of(_TOPICS, 'objective', number)}"
        yield Objective(
            key=f"objective-{number + 1}",
            title=f"{title} for {_of(_GROUPS, 'objective', number)}",
            statement=_statement("objective", number),
            aliases=(f"{_of(_TOPICS, 'alias', number)} {_of(_GROUPS, 'alias', number)}",),
            indicators=tuple(_indicator(number * UNDER_EACH[0] + one) for one in range(indicators)),
            actions=tuple(_action(number * UNDER_EACH[1] + one) for one in range(room - 1 - indicators)),
        )
        left, number = left - room, number + 1


def _value(number: int) -> Value:
    titles = ("Compassion", "Integrity", "Courage", "Openness", "Dedication")
    return Value(key=titles[number].lower(), title=titles[number], statement=_statement("value", number))


def _indicator(number: int) -> Indicator:
    return Indicator(
        key=f"I-{number + 1:02}",
        title=f"Share of {_of(_GROUPS, 'indicator', number)} reached by {_of(_TOPICS, 'indicator', number)}",
        statement=_statement("indicator", number),
        nature=Nature.QUANTITATIVE,
        unit="percent",
    )


def _action(number: int) -> Action:
    aim, topic, place = (_of(_AIMS, "action", number), _of(_TOPICS, "action", number), _place("action", number))
    return Action(
        key=f"A-{number + 1:02}",
        title=f"{aim.capitalize()} {topic} in {place}",
        statement=_statement("action", number),
        owners=(f"{place.lower()}@example.org",),
        due=STARTS + timedelta(days=_pick("due", number, 1800)),
        status=_of(tuple(Status), "status", number),
        percent=_pick("percent", number, 101),
    )


def _statement(what: str, number: int) -> str:
    at = f"{what} statement"
    return (
        f"{_of(_AIMS, at, number).capitalize()} {_of(_TOPICS, at, number)} for {_of(_GROUPS, at, number)} in "
        f"{_place(at, number)} and {_place(f'{at} too', number)} through {_of(_MEANS, at, number)}."
    )


def _place(what: str, number: int) -> str:
    return _of(_FIRST, f"{what} place", number) + _of(_LAST, f"{what} place", number)


def _misspelt(title: str) -> str:
    """Two letters swapped in the longest word and one lost in the next longest: how people type on a phone."""
    longest, *others = sorted(title.split(), key=len, reverse=True)
    middle = len(longest) // 2
    swapped = longest[: middle - 1] + longest[middle] + longest[middle - 1] + longest[middle + 1 :]
    typed = title.replace(longest, swapped)
    return typed.replace(others[0], others[0][:2] + others[0][3:]).lower() if others else typed.lower()


def _of(listed: Sequence[T], what: str, number: int) -> T:
    return listed[_pick(f"{what} {listed[0]}", number, len(listed))]


def _pick(what: str, number: int, below: int) -> int:
    return crc32(f"{what} {number}".encode()) % below
