"""The tables of what members ask and of what is learnt from it. None of them tells who asked.

Rows never leave `store/`.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field

from store.columns import Row, UtcDateTime, one_of


class Counted(StrEnum):
    """As what a question is counted."""

    ANSWER = "answer"
    SUGGEST = "suggest"
    UNKNOWN = "unknown"
    SMALL_TALK = "small-talk"
    CHOSEN = "chosen"
    """One of the suggestions was pressed: the question, counted as `SUGGEST` before, found its answer after all."""


class QuestionCount(Row, table=True):
    """How many questions of one sort there were on a day in the plan's zone, without anybody's words."""

    __tablename__ = "question_count"
    __table_args__ = (one_of("outcome", Counted),)

    workspace_id: int = Field(primary_key=True, foreign_key="workspace.id")
    plan_id: int = Field(primary_key=True, foreign_key="plan.id")
    day: date = Field(primary_key=True)
    outcome: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    """An entry's key or a section's name; empty where none was found."""
    facet: str = Field(primary_key=True)
    asked: int = 0
    thumbs_up: int = 0
    thumbs_down: int = 0


class MissedQuestion(Row, table=True):
    """The words of questions that were not answered, or not as they were meant, on a day in the plan's zone."""

    __tablename__ = "missed_question"
    __table_args__ = (
        UniqueConstraint(
            *("workspace_id", "plan_id", "day", "folded", "outcome", "subject", "facet"),
            name="uq_missed_question_wording",
        ),
        one_of("outcome", Counted),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id")
    day: date = Field(index=True)
    words: str
    folded: str
    """The words without regard to case and space, by which they are found again."""
    outcome: str
    subject: str
    """What was answered though it was not meant; else empty."""
    facet: str
    suggestions: list[str] = Field(default_factory=list, sa_type=JSON)
    times: int
    dismissed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When an administrator said that it is not about the plan."""


class LearnedAlias(Row, table=True):
    """A name of an entry that an administrator added; the plan file need not have it."""

    __tablename__ = "learned_alias"
    __table_args__ = (
        Index(
            "uq_learned_alias_in_force",
            "entry_id",
            "folded",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: int = Field(foreign_key="workspace.id")
    plan_id: int = Field(foreign_key="plan.id")
    entry_id: int = Field(foreign_key="entry.id")
    alias: str
    folded: str
    added_by: str | None = None
    added_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
