"""What the plan commands print, as lines of styled text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from rich.table import Table
from rich.text import Text

from bot.wording.kinds import counted
from store.plan import Kind, Plan

if TYPE_CHECKING:
    from store.changes import Change, Changes, FieldChange
    from store.decisions import RecordedDecision
    from store.plans import ListedPlan

Decided: TypeAlias = "Mapping[tuple[str, str], RecordedDecision]"
"""By an entry's key in lower case and a field, what was last decided of it."""
LISTED = (Kind.VALUE, Kind.PRIORITY, Kind.OBJECTIVE, Kind.INDICATOR, Kind.ACTION, Kind.BACKGROUND)
"""The kinds of which a plan may have many."""
COLUMNS = {"Key": 0, "Title": 12, "Status": 0, "Period": 13, "Imported": 0, "": 0}
"""The list's columns; a width is given for one that may go on in the next line where the terminal is narrow."""
WIDEST = 300
"""How many characters of a field's old or new value are shown."""


def holdings(plan: Plan) -> str:
    """What a plan holds: `a vision, 5 values, 1 priority`; `no entries` for a plan without any."""
    alone = [f"a {kind.value}" for kind in (Kind.VISION, Kind.MISSION) if plan.of_kind(kind)]
    many = ((kind, len(plan.of_kind(kind))) for kind in LISTED)
    return ", ".join([*alone, *(counted(kind, number) for kind, number in many if number)]) or "no entries"


def described(plan: Plan) -> str:
    """A plan's title, key, status and period: `HPS Strategic Plan (hamilton, draft, 2023-01-01 to 2026-12-31)`."""
    about = plan.about
    period = [f"{about.period.start} to {about.period.end}"] if about.period else []
    return printable(f"{about.title} ({', '.join([about.key, about.status.value, *period])})")


def change_lines(changes: "Changes", decided: Decided) -> Iterator[Text]:
    """Every change, grouped: a heading with the number, then each entry by key and title, its fields old → new.

    Where the old value is what was `decided`, that is said, too: the file sets the decision back.
    """
    groups = (
        ("Added", "green", changes.added),
        ("Changed", "yellow", changes.changed),
        ("Archived", "red", changes.archived),
        ("Brought back", "green", changes.restored),
    )
    for heading, style, group in groups:
        if group:
            yield Text(f"{heading} ({len(group)}):", style=f"bold {style}")
            yield from _entries(group, decided)


def plans_table(plans: "Iterable[ListedPlan]") -> Table:
    """The workspace's plans, the active one marked."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, width in COLUMNS.items():
        table.add_column(heading, no_wrap=not width, min_width=width or None, overflow="fold")
    for plan in plans:
        period = f"{plan.period_start} to {plan.period_end}" if plan.period_start and plan.period_end else "-"
        table.add_row(
            Text(plan.key),
            Text(printable(plan.title)),
            plan.status.value,
            period,
            f"{plan.imported_at:%Y-%m-%d}",
            Text("active", style="bold green") if plan.is_active else "",
        )
    return table


def printable(text: str) -> str:
    """The text on one line, without what could steer a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))


def _entries(changes: "Iterable[Change]", decided: Decided) -> Iterator[Text]:
    for change in changes:
        yield Text.assemble("  ", (change.key, "bold"), f"  {printable(change.title)} ({change.kind})")
        for field in change.fields:
            yield _field(field)
            decision = decided.get((change.key.casefold(), field.field))
            if decision and _is_set_back(decision, field):
                yield _set_back(decision)


def _field(change: "FieldChange") -> Text:
    old, new = (_shown(value) for value in (change.old, change.new))
    return Text.assemble("      ", f"{change.field}: ", (old, "red"), " → ", (new, "green"))


def _is_set_back(decision: "RecordedDecision", change: "FieldChange") -> bool:
    """Whether a change takes back what was decided; of milestones the decision names only those that it moved."""
    if change.field == "milestones" and decision.new:
        return decision.new in (change.old or "") and decision.new not in (change.new or "")
    return decision.new == change.old


def _set_back(decision: "RecordedDecision") -> Text:
    by = f" by {printable(decision.decided_by)}" if decision.decided_by else ""
    why = f": {printable(decision.reason)}" if decision.reason else ""
    words = f"sets back what was decided on {decision.recorded_at:%Y-%m-%d}{by}{why}"
    return Text(f"        {words if len(words) <= WIDEST else words[: WIDEST - 1] + '…'}", style="yellow")


def _shown(value: str | None) -> str:
    if value is None:
        return "(none)"
    text = printable(value)
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
