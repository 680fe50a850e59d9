"""`planbot evaluate`: a question set scored against a plan."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import failing_clearly

if TYPE_CHECKING:
    from commands.ask.evaluation import Scored, Tally

_COLUMNS = ("", "asked", "right", "suggested", "wrong", "missed", "refused", "facet right")


@failing_clearly
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="A question set, one object a line.")],
    plan_file: Annotated[
        Path | None, typer.Option("--plan", metavar="FILE", help="A plan file; else the database's active plan.")
    ] = None,
) -> None:
    """Score a question set: right, suggested, wrong, missed and rightly refused, by tag and facet, and each failure."""
    from bot.cli.source import plan_from
    from commands.ask.evaluation import by_facet, by_tag, read_samples, score, tally
    from commands.ask.index import Index

    try:
        samples = read_samples(questions)
    except OSError as error:
        typer.echo(f"planbot: {questions} cannot be read: {error.strerror}.", err=True)
        raise typer.Exit(1) from None
    except ValueError as error:
        typer.echo(f"planbot: {questions}: {error}.", err=True)
        raise typer.Exit(1) from None
    scored = score(samples, Index.build(plan_from(plan_file)))
    typer.echo("\n".join(_table({"all": tally(scored)})))
    for title, tallies in (("by tag", by_tag(scored)), ("by facet", by_facet(scored))):
        typer.echo(f"\n{title}")
        typer.echo("\n".join(_table(tallies)))
    failures = _failures(scored)
    typer.echo(f"\nfailures: {len(failures)}")
    for line in failures:
        typer.echo(line)


def _table(tallies: "Mapping[str, Tally]") -> list[str]:
    """One row for each tally; of a facet, how many of those that were judged."""
    from commands.ask.evaluation import Verdict

    verdicts = (Verdict.RIGHT, Verdict.SUGGESTED, Verdict.WRONG, Verdict.MISSED, Verdict.REFUSED)
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for name, counts in tallies.items():
        facets = f"{counts.facets_right}/{counts.facets_judged}"
        rows.append((name, str(counts.total), *(str(counts.verdicts[one]) for one in verdicts), facets))
    first = max(len(row[0]) for row in rows)
    return [
        "  ".join((row[0].ljust(first), *(cell.rjust(len(_COLUMNS[at])) for at, cell in enumerate(row) if at)))
        for row in rows
    ]


def _failures(scored: "Sequence[Scored]") -> list[str]:
    """Each question that did not come out right, with what was asked of the plan and what was understood."""
    from commands.ask.evaluation import Verdict

    failed = (Verdict.WRONG, Verdict.MISSED)
    return [
        f"{one.verdict.value if one.verdict in failed else 'facet'}: {one.sample.question}\n"
        f"    asked for  {_asked(one)}\n    understood {_understood(one)}"
        for one in scored
        if one.verdict in failed or one.facet_right is False
    ]


def _asked(one: "Scored") -> str:
    subjects = " or ".join(sorted(one.sample.subjects)) if one.sample.subjects else "nothing in the plan"
    return f"{subjects}, {one.sample.facet}" if one.sample.facet else subjects


def _understood(one: "Scored") -> str:
    found = one.understood
    what = found.subject or (", ".join(found.suggestions) if found.suggestions else "nothing")
    facet = f", {found.facet.value}" if found.facet else ""
    return f"{found.outcome.value}: {what}{facet} ({found.confidence:.2f})"
