"""A FICTIONAL plan to type progress about, and what reads the lines."""

from datetime import UTC, date, datetime

from commands.member import Member
from commands.progress.reading import Figures, Report
from commands.progress.recording import Line, read_line
from store.plan import (
    About,
    Action,
    Better,
    Indicator,
    Measurement,
    Milestone,
    Nature,
    Objective,
    Plan,
    PlanStatus,
    Priority,
    Status,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""Monday morning in Toronto."""
DANA = Member("U0DANA", is_administrator=True)

DASHBOARD = Action(
    key="A-01",
    title="Launch the community analytics dashboard",
    owners=("U0DANA",),
    status=Status.ON_TRACK,
    percent=40,
    milestones=(
        Milestone(title="Pilot in two wards"),
        Milestone(title="Security review passed"),
        Milestone(title="Open to the public"),
    ),
)
FLEET = Action(key="A-02", title="Renew the fleet", owners=("U0DANA",))
RADIOS = Action(key="A-12", title="Renew the radios", aliases=("radio swap",), owners=("U0DANA",))
GREEN = Action(key="A-13", title="Close the Green Street gap", owners=("U0DANA",))
SEVERITY = Indicator(
    key="crime-severity",
    title="Crime Severity Index",
    aliases=("CSI",),
    nature=Nature.QUANTITATIVE,
    unit="points",
    better=Better.LOWER,
    measurements=(Measurement(value=57.0, date=date(2026, 9, 30)),),
    owners=("U0DANA",),
)
RESPONSE = Indicator(
    key="response-time",
    title="Emergency response time",
    nature=Nature.QUANTITATIVE,
    unit="minutes per 1,000 calls",
    better=Better.LOWER,
    owners=("U0DANA",),
)
TRUST = Indicator(
    key="trust",
    title="Residents who trust us",
    nature=Nature.QUANTITATIVE,
    unit="percent",
    better=Better.HIGHER,
    owners=("U0DANA",),
)
PULSE = Indicator(key="pulse", title="Community pulse", nature=Nature.QUALITATIVE, owners=("U0DANA",))

PLAN = Plan(
    about=About(key="test", title="Test", organization="Test", status=PlanStatus.ADOPTED, timezone="America/Toronto"),
    priorities=(
        Priority(
            key="p",
            title="Priority",
            objectives=(
                Objective(
                    key="o",
                    title="Objective",
                    indicators=(SEVERITY, RESPONSE, TRUST, PULSE),
                    actions=(DASHBOARD, FLEET, RADIOS, GREEN),
                ),
            ),
        ),
    ),
)


def line(typed: str) -> Line:
    """What a line means, typed by Dana, who owns all of it."""
    return read_line(typed, PLAN, DANA, NOW)


def said(typed: str) -> Report | Figures | None:
    """What a line says."""
    return line(typed).said
