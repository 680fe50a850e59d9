"""The words and the signs for how things stand. A status is never told by a sign or a colour alone."""

from commands.standing import Course
from store.plan import PlanStatus, Status

WORDS = {
    Status.NOT_STARTED: "not started",
    Status.ON_TRACK: "on track",
    Status.AT_RISK: "at risk",
    Status.OFF_TRACK: "off track",
    Status.COMPLETE: "complete",
    Status.CANCELLED: "cancelled",
}
SIGNS = {
    Status.NOT_STARTED: "○",
    Status.ON_TRACK: "►",
    Status.AT_RISK: "▲",
    Status.OFF_TRACK: "■",
    Status.COMPLETE: "✔",
    Status.CANCELLED: "✖",
}
NO_SIGN = "·"
NO_WORD = "no word yet"
COURSES = {
    Course.REACHED: "target reached",
    Course.TOWARDS: "moving towards the target",
    Course.UNCHANGED: "no change since the baseline",
    Course.AWAY: "moving away from the target",
    Course.MISSED: "the target's day is over, and it was not reached",
}
PLAN = {
    PlanStatus.DRAFT: "draft, not adopted yet",
    PlanStatus.ADOPTED: "adopted",
    PlanStatus.SUPERSEDED: "superseded, no longer in force",
}


def status_words(status: Status | None, percent: int) -> str:
    """`at risk, 80 %`; the percentage is left out where it says nothing more than the status."""
    if status is None:
        return NO_WORD if percent == 0 else f"{NO_WORD}, {percent} %"
    if status is Status.COMPLETE or (status is Status.NOT_STARTED and percent == 0):
        return WORDS[status]
    if status is Status.CANCELLED:
        return f"{WORDS[status]} at {percent} %" if percent else WORDS[status]
    return f"{WORDS[status]}, {percent} %"


def sign(status: Status | None) -> str:
    """The sign that goes with a status, or with no word."""
    return SIGNS[status] if status else NO_SIGN
