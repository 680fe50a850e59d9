"""`planbot ask`: a question answered in the terminal, or many of them, as text or as JSON lines."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from bot.cli.failing import failing_clearly

if TYPE_CHECKING:
    from commands.ask.answer import Answer
    from commands.ask.index import Index
    from commands.ask.question import Evidence


@failing_clearly
def ask(
    question: Annotated[list[str] | None, typer.Argument(help="What to ask, in your own words.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object for each question.")] = False,
    plan_file: Annotated[
        Path | None, typer.Option("--plan", metavar="FILE", help="A plan file; else the database's active plan.")
    ] = None,
    batch: Annotated[
        str | None, typer.Option(metavar="FILE", help="Answer each line of the file; - reads standard input.")
    ] = None,
    explain: Annotated[bool, typer.Option(help="Show which words met what, with scores.")] = False,
    user: Annotated[
        str | None, typer.Option("--as", metavar="USER_ID", help="Who asks, for “my actions”: a user id or e-mail.")
    ] = None,
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Answer as on that day.")
    ] = None,
) -> None:
    """Answer a question from the plan."""
    if bool(question) == (batch is not None):
        raise typer.BadParameter("give either a question or --batch FILE", param_hint="QUESTION")
    from bot.cli.source import plan_from
    from commands.ask.index import Index

    index = Index.build(plan_from(plan_file))
    day = today.date() if today else datetime.now(index.plan.about.zone).date()
    asker = frozenset({user}) if user else frozenset()
    for asked in _lines(batch) if batch is not None else (_printable(" ".join(question or ())),):
        found, evidence = _answer(asked, index, day, asker, explain=explain)
        shown = _as_json(found) if as_json else _as_text(found, with_question=batch is not None)
        typer.echo(shown)
        for line in _evidence_lines(evidence):
            typer.echo(line, err=as_json)


def _answer(
    question: str, index: "Index", today: date, asker: frozenset[str], *, explain: bool
) -> "tuple[Answer, tuple[Evidence, ...]]":
    from commands.ask.answer import answer
    from commands.ask.understand import understand

    understood = understand(question, index, explain=True)
    shown = (*understood.evidence, *understood.manner) if explain else ()
    return answer(understood, index.plan, today=today, asker=asker), shown


def _as_json(found: "Answer") -> str:
    """The object that FORMAT.md promises, on one line."""
    from bot.wording.answer import answer_text

    return json.dumps(
        {
            "question": found.question,
            "outcome": found.outcome.value,
            "subject": found.subject,
            "facet": found.facet.value if found.facet else None,
            "confidence": round(found.confidence, 3),
            "suggestions": [one.of.key for one in found.suggestions],
            "text": answer_text(found),
        },
        ensure_ascii=False,
    )


def _as_text(found: "Answer", *, with_question: bool) -> str:
    from bot.wording.answer import answer_text

    return f"> {found.question}\n{answer_text(found)}\n" if with_question else answer_text(found)


def _evidence_lines(evidence: "Iterable[Evidence]") -> Iterator[str]:
    for one in evidence:
        yield f"  {one.score:5.2f}  {one.subject}: “{one.asked}” met “{one.met}” by {one.by}"


def _lines(batch: str) -> Iterator[str]:
    """The questions of a file, one a line, blank lines too; of standard input for `-`."""
    if batch == "-":
        yield from _decoded(sys.stdin.buffer)
        return
    try:
        with Path(batch).open("rb") as file:
            yield from _decoded(file)
    except OSError as error:
        typer.echo(f"planbot: {batch} cannot be read: {error.strerror}.", err=True)
        raise typer.Exit(1) from None


def _decoded(file: BinaryIO) -> Iterator[str]:
    """UTF-8 lines; only a line feed ends one, since people's words may hold other separators."""
    for number, line in enumerate(file):
        text = line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", errors="replace")
        yield text.removeprefix("\ufeff") if number == 0 else text


def _printable(words: str) -> str:
    """What the shell handed over, with bytes that are no UTF-8 replaced."""
    return words.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
