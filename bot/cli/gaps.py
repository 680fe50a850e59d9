"""`planbot gaps`: what members asked in vain, listed, taught or dismissed in the terminal."""

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.cli.failing import failing_clearly
from bot.cli.opened import on_the_record

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel.ext.asyncio.session import AsyncSession

    from commands.gaps import Gap
    from commands.mistakes import MemberMistake
    from commands.shelf import Current
    from store.database import Database


NEAREST = 3
"""Keys that are offered for one that is not there."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the commands need to know of the record."""

    workspace: int
    current: "Current"
    gaps: "tuple[Gap, ...]"
    today: "date"
    days: int

    def numbered(self, number: int) -> "Gap":
        """The gap with that number of the list; the command ends with code 1 where there is none."""
        if not 1 <= number <= len(self.gaps):
            there_are = f"the list has {len(self.gaps)}" if self.gaps else "the list is empty"
            typer.echo(f"planbot: There is no number {number}: {there_are}.", err=True)
            raise typer.Exit(1)
        return self.gaps[number - 1]


@failing_clearly
def gaps(
    means: Annotated[
        tuple[int, str] | None,
        typer.Option("--means", metavar="N KEY", help="Question N is about the entry KEY: give it another name."),
    ] = None,
    alias: Annotated[
        str | None, typer.Option("--alias", metavar="WORDS", help="With --means: the name, if not the one proposed.")
    ] = None,
    dismiss: Annotated[
        int | None, typer.Option("--dismiss", metavar="N", help="Question N is not about the plan: leave it out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
    team: Annotated[
        str | None, typer.Option("--team", metavar="TEAM_ID", help="The Slack team, where several have a record.")
    ] = None,
) -> None:
    """List what members asked in vain, alike questions together; nobody is told who asked."""
    if means is not None and dismiss is not None:
        raise typer.BadParameter("give either --means or --dismiss")
    if alias is not None and means is None:
        raise typer.BadParameter("it goes with --means N KEY", param_hint="--alias")
    if means is not None:
        _teach(*means, alias, team)
    elif dismiss is not None:
        _dismiss(dismiss, team)
    else:
        _list(team, as_json=as_json)


def _list(team: str | None, *, as_json: bool) -> None:
    async def run(database: "Database") -> _Looked:
        async with database.sessions() as session:  # closed without a commit: the first look may make a workspace
            return await _look(session, team)

    looked = on_the_record(run)
    typer.echo(_as_json(looked) if as_json else "\n".join(_lines(looked)))


def _teach(number: int, key: str, alias: str | None, team: str | None) -> None:
    from datetime import UTC, datetime

    from bot.wording.gaps import entry_words
    from commands.ask.question import Outcome
    from commands.ask.understand import understand
    from commands.gaps import alias_in, alias_typed, entry_called, learn
    from commands.mistakes import MemberMistake

    async def run(database: "Database") -> tuple[str, ...]:
        async with database.sessions.begin() as session:
            looked = await _look(session, team)
            gap, plan = looked.numbered(number), looked.current.plan
            written = alias or alias_in(gap.words, looked.current.index)
            try:
                written = alias_typed(written)
                node = entry_called(plan, key, written)
            except MemberMistake as mistake:
                _end_with(mistake, key, looked)
            learned = await learn(
                session, looked.workspace, plan, gap, key=node.key, alias=written, by=None, now=datetime.now(UTC)
            )
            after = await _look(session, team)
        understood = understand(gap.words, after.current.index)
        is_answered = understood.outcome is Outcome.ANSWER and understood.subject == node.key
        entry = entry_words(node)
        return (
            f"“{written}” means {entry} from now on." if learned else f"“{written}” was a name of {entry} already.",
            f"“{gap.words}” is {'answered now' if is_answered else 'not answered with it yet'}.",
        )

    for line in on_the_record(run):
        typer.echo(_printable(line))


def _end_with(mistake: "MemberMistake", key: str, looked: _Looked) -> NoReturn:
    """Tell what is wrong with what was typed, and end with code 1."""
    from bot.settings import CommandNames
    from bot.wording.mistakes import mistake_sentences
    from bot.wording.voice import plain_voice
    from commands.gaps import entries_like
    from commands.mistakes import EntryGone, InvalidFields

    sentences = mistake_sentences(mistake, plain_voice(looked.today), CommandNames.read())
    if isinstance(mistake, EntryGone):
        sentences = (f"The plan has no entry with the key {_printable(key)} that can have another name.",)
        with contextlib.suppress(InvalidFields):
            near = ", ".join(node.key for node in entries_like(key, looked.current.index)[:NEAREST])
            sentences += (f"Did you mean one of {near}?",)
    typer.echo(f"planbot: {' '.join(sentences)}", err=True)
    raise typer.Exit(1) from None


def _dismiss(number: int, team: str | None) -> None:
    from datetime import UTC, datetime

    from commands.gaps import dismiss

    async def run(database: "Database") -> str:
        async with database.sessions.begin() as session:
            looked = await _look(session, team)
            gap = looked.numbered(number)
            await dismiss(session, looked.workspace, gap, datetime.now(UTC))
        return gap.words

    typer.echo(f"“{_printable(on_the_record(run))}” is left out from now on, as not about the plan.")


async def _look(session: "AsyncSession", team: str | None) -> _Looked:
    from datetime import datetime

    from bot.settings import RecordSettings
    from commands.gaps import open_gaps
    from commands.mistakes import NoPlanYet
    from commands.shelf import Shelf
    from store.errors import NoActivePlan
    from store.workspaces import default, named

    workspace = await named(session, team) if team else await default(session)
    try:
        current = await Shelf(workspace).current(session)
    except NoPlanYet:
        raise NoActivePlan from None
    today, days = datetime.now(current.plan.about.zone).date(), RecordSettings.read().planbot_keep_days
    found = await open_gaps(session, workspace, current.stamp.plan_id, today=today, keep_days=days)
    return _Looked(workspace, current, found, today, days)


def _lines(looked: _Looked) -> list[str]:
    """Each gap with its number, and what to do about it."""
    from bot.settings import RecordSettings
    from bot.wording.gaps import gap_lines, nothing_sentence
    from bot.wording.voice import Teller, plain_voice

    if not looked.gaps:
        return [nothing_sentence(keeps_words=RecordSettings.read().planbot_keep_words, days=looked.days)]
    tell, lines = Teller(plain_voice(looked.today)), []
    for number, gap in enumerate(looked.gaps, start=1):
        first, *others = (_printable(line) for line in gap_lines(gap, looked.current.plan, tell))
        lines += [f"{number}. {first}", *(f"   {line}" for line in others)]
    return [*lines, "", "planbot gaps --means N KEY gives an entry that name; --dismiss N leaves a question out."]


def _as_json(looked: _Looked) -> str:
    from commands.gaps import alias_in

    return json.dumps(
        [
            {
                "number": number,
                "question": gap.words,
                "times": gap.times,
                "last_asked": gap.last.isoformat(),
                "wordings": [{"words": words, "times": times} for words, times in gap.wordings],
                "suggested": list(gap.suggested),
                "answered_with": list(gap.answered),
                "alias": alias_in(gap.words, looked.current.index),
            }
            for number, gap in enumerate(looked.gaps, start=1)
        ],
        ensure_ascii=False,
        indent=2,
    )


def _printable(text: str) -> str:
    from bot.cli.plan_lines import printable

    return printable(text)
