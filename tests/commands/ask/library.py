"""A small FICTIONAL plan of a town library, in which every kind of entry and every way of standing occurs once."""

from datetime import date
from typing import Any

from commands.ask.answer import Answer, answer
from commands.ask.question import Facet, Outcome, Understanding
from store.plan import Plan

TODAY = date(2026, 5, 15)
OPENING = {
    "key": "A-1",
    "title": "Open on Sundays",
    "statement": "Two staff and a volunteer, noon to five.",
    "owners": ["U01ADA", "bo@example.org"],
    "department": "Front Desk",
    "start": date(2026, 1, 1),
    "due": date(2026, 4, 30),
    "status": "on-track",
    "percent": 80,
    "updates": [
        {"date": date(2026, 5, 5), "author": "U01ADA", "status": "on-track", "percent": 80, "note": "Rota agreed."}
    ],
    "milestones": [
        {"title": "Rota agreed", "due": date(2026, 3, 1), "done": True},
        {"title": "First Sunday", "due": date(2026, 4, 30)},
    ],
}
READING_ROOM = {
    "key": "A-2",
    "title": "Refit the reading room",
    "owners": ["U02CY"],
    "start": date(2026, 2, 1),
    "due": date(2026, 6, 1),
    "status": "at-risk",
    "percent": 30,
    "updates": [
        {"date": date(2026, 3, 1), "author": "U02CY", "status": "at-risk", "percent": 30, "note": "Late wood."}
    ],
}
CATALOGUE = {"key": "A-3", "title": "Move the catalogue", "due": date(2026, 12, 1)}
BUS = {
    "key": "A-4",
    "title": "Buy a library bus",
    "owners": ["U02CY"],
    "status": "complete",
    "percent": 100,
    "updates": [{"date": date(2026, 2, 2), "status": "complete", "percent": 100}],
}
KIOSK = {"key": "A-5", "title": "Put up a kiosk", "status": "cancelled", "percent": 10}
VISITS = {
    "key": "visits",
    "title": "Visits",
    "nature": "quantitative",
    "unit": "visits a day",
    "better": "higher",
    "baseline": {"value": 200, "date": date(2024, 12, 31)},
    "target": {"value": 300, "date": date(2027, 12, 31)},
    "measurements": [{"value": 240.5, "date": date(2025, 12, 31), "note": "Counted at the door."}],
    "owners": ["U01ADA"],
}
VOICES = {
    "key": "voices",
    "title": "What Readers Say",
    "nature": "qualitative",
    "target": {"value": "Readers feel welcome.", "date": date(2027, 12, 31)},
}


def plan_with(**parts: Any) -> Plan:
    """The library's plan, with parts of it replaced."""
    whole = {
        "plan": {
            "key": "library-2025-2027",
            "title": "Room for All",
            "organization": "Alder Town Library",
            "period": {"start": date(2025, 1, 1), "end": date(2027, 12, 31)},
            "status": "adopted",
            "timezone": "Europe/Dublin",
        },
        "vision": {"statement": "A town that reads."},
        "values": [{"key": "welcome", "title": "Welcome", "statement": "We greet everybody by the door."}],
        "priorities": [
            {
                "key": "open-house",
                "title": "An Open House",
                "statement": "Doors and hours that suit the town.",
                "objectives": [
                    {"key": "longer-hours", "title": "Longer Hours", "actions": [OPENING], "indicators": [VISITS]},
                    {"key": "better-rooms", "title": "Better Rooms", "actions": [READING_ROOM, CATALOGUE]},
                ],
            },
            {
                "key": "out-and-about",
                "title": "Out and About",
                "objectives": [
                    {"key": "to-the-villages", "title": "To the Villages", "actions": [BUS, KIOSK]},
                    {"key": "listen", "title": "Listen", "indicators": [VOICES]},
                    {"key": "befriend", "title": "Befriend Schools", "statement": "one class at a time."},
                ],
            },
        ],
        "background": [{"key": "survey", "title": "Survey", "statement": "In 2024, 812 readers answered."}],
    }
    return Plan.model_validate(whole | parts)


PLAN = plan_with()


def found(subject: str, facet: Facet, *, asker: str | None = None, plan: Plan = PLAN, today: date = TODAY) -> Answer:
    """The answer to a question that was understood to ask that."""
    understood = Understanding("the question", Outcome.ANSWER, subject, facet, 0.9)
    return answer(understood, plan, today=today, asker=frozenset({asker} if asker else ()))
