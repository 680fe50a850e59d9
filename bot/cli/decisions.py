"""`planbot decisions`: what was decided about the plan, and why."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.failing import failing_clearly
from bot.cli.opened import on_the_record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from store.database import Database
    from store.decisions import RecordedDecision


@failing_clearly
def decisions(
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="From that day on, as 2026-11-12.", show_default=False)
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help="To that day, it included.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
    team: Annotated[
        str | None, typer.Option("--team", metavar="TEAM_ID", help="The Slack team, where several have a record.")
    ] = None,
) -> None:
    """List what was decided about the active plan: titles, owners, due dates, departments, targets, and why.

    Days are those of the plan's zone. The first decided comes first.
    """
    from datetime import timedelta

    from store.decisions import decisions_between
    from store.plans import load_plan
    from store.workspaces import default, named

    first, last = _day(since, "--since"), _day(until, "--until")

    async def run(database: "Database") -> "tuple[Sequence[RecordedDecision], ZoneInfo]":
        async with database.sessions() as session:
            workspace = await named(session, team) if team else await default(session)
            zone = (await load_plan(session, workspace)).about.zone
            start = _midnight(first, zone) if first else None
            end = _midnight(last + timedelta(days=1), zone) if last else None
            return await decisions_between(session, workspace, start, end), zone

    found, zone = on_the_record(run)
    if as_json:
        typer.echo(_as_json(found))
        return
    for line in _lines(found, zone):
        typer.echo(line)


def _day(typed: str | None, option: str) -> "date | None":
    from datetime import date

    if typed is None:
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise typer.BadParameter(f"{typed!r} is not a day such as 2026-11-12", param_hint=option) from None


def _midnight(day: "date", zone: "ZoneInfo") -> "datetime":
    from datetime import datetime

    return datetime(day.year, day.month, day.day, tzinfo=zone)


def _lines(found: "Sequence[RecordedDecision]", zone: "ZoneInfo") -> list[str]:
    from bot.cli.plan_lines import printable

    if not found:
        return ["Nothing was decided in that time."]
    lines = []
    for one in found:
        by = f" (by {printable(one.decided_by)})" if one.decided_by else ""
        day = f"{one.recorded_at.astimezone(zone):%Y-%m-%d}"
        change = f"{one.field}: {one.old or '(none)'} → {one.new or '(none)'}"
        lines.append(f"{day}  {printable(f'{one.key}  {one.title}')}")
        lines.append(f"    {printable(change)}{by}")
        if one.reason:
            lines.append(f"    why: {printable(one.reason)}")
    return lines


def _as_json(found: "Sequence[RecordedDecision]") -> str:
    return json.dumps(
        [
            {
                "id": one.id,
                "decided_at": one.recorded_at.isoformat(),
                "key": one.key,
                "title": one.title,
                "field": one.field,
                "old": one.old,
                "new": one.new,
                "reason": one.reason,
                "decided_by": one.decided_by,
            }
            for one in found
        ],
        ensure_ascii=False,
        indent=2,
    )
