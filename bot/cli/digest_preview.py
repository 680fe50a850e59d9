"""A digest as it would be now, shown in the terminal."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.blocks.digest import digest_posts
from bot.blocks.digest_showing import Showing
from bot.blocks.message import Message
from bot.cli.digest_record import Known, read_known
from bot.cli.failing import Refused
from bot.cli.opened import on_the_record
from bot.cli.plan_lines import printable
from bot.cli.source import plan_from
from bot.console.drawing import draw
from bot.console.mrkdwn import Directory
from bot.console.terminal import Terminal
from bot.settings import CommandNames, RecordSettings
from bot.wording.digest import people_named
from bot.wording.schedule import scope_words
from commands.digest import Digest
from commands.digest_previews import as_of_now, unsubscribed
from commands.mistakes import ScopeGone, UnreadableSchedule
from commands.scopes import WHOLE_PLAN, Scope, departments, read_scope
from store.database import Database
from store.errors import NoActivePlan
from store.plan import Kind, Plan
from store.plans import import_plan

MOST_LISTED = 20
"""Names that are offered for one that the plan does not have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which digest is wanted, as it was typed."""

    subscription: int | None
    scope: str
    department: str
    team: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A digest, and what it is, in words."""

    digest: Digest
    what: str


def show(asked: Asked, plan_file: Path | None) -> None:
    """Show the digest on standard output. Raises Refused, NoActivePlan and what `on_the_record` raises."""
    found = _of_file(asked, plan_file) if plan_file else on_the_record(lambda database: _read(database, asked))
    # The record knows no names: people are called by their ids.
    called = {person: person for person in people_named(found.digest)}
    posts = digest_posts(found.digest, Showing(CommandNames.read(), is_preview=True, called=called))
    terminal = Terminal(None, sys.stdout)
    terminal.write(f"{found.what}, as it would be now. Nothing is sent.", "bold")
    _draw(terminal, "", posts.first)
    for number, message in enumerate(posts.thread, start=1):
        _draw(terminal, f"In its thread, {number} of {len(posts.thread)}", message)


def _draw(terminal: Terminal, heading: str, message: Message) -> None:
    terminal.gap()
    terminal.show(heading, draw(message.blocks, Directory()))


def _of_file(asked: Asked, file: Path) -> Found:
    """The digest of a plan file's own history, read by way of a scratch record."""
    plan = plan_from(file)

    async def run(database: Database) -> Found:
        async with database.sessions.begin() as session:
            await import_plan(session, (await read_known(session)).workspace, plan, datetime.now(UTC))
        return await _read(database, asked)

    with TemporaryDirectory(prefix="planbot-preview-", ignore_cleanup_errors=True) as folder:
        return on_the_record(run, f"sqlite:///{Path(folder) / 'scratch.db'}")


async def _read(database: Database, asked: Asked) -> Found:
    async with database.sessions() as session:  # closed without a commit: the first look may make a workspace
        known = await read_known(session, asked.team)
        if known.plan is None:
            raise NoActivePlan
        try:
            if asked.subscription is not None:
                return await _of_subscription(session, known, known.plan, asked.subscription)
            return await _of_last_week(session, known, known.plan, asked)
        except ScopeGone as gone:
            raise Refused(
                f"The plan no longer has {printable(gone.scope)}, which the digest is about: nothing would be sent."
            ) from None


async def _of_subscription(session: AsyncSession, known: Known, plan: Plan, number: int) -> Found:
    of, keeps_words = known.numbered(number), RecordSettings.read().planbot_keep_words
    digest = await as_of_now(session, known.workspace, plan, of, known.now, keeps_words=keeps_words)
    return Found(digest, f"Digest {of.id} of {printable(scope_words(of, plan))} for {printable(of.channel_id)}")


async def _of_last_week(session: AsyncSession, known: Known, plan: Plan, asked: Asked) -> Found:
    scope = Scope(
        _scope(asked.scope, plan) if asked.scope else "",
        _department(asked.department, plan) if asked.department else "",
    )
    keeps_words = RecordSettings.read().planbot_keep_words
    digest = await unsubscribed(session, known.workspace, plan, scope, known.now, keeps_words=keeps_words)
    return Found(digest, f"A weekly digest of {printable(digest.scope or 'the whole plan')}")


def _scope(typed: str, plan: Plan) -> str:
    keys = [node.key for kind in (Kind.PRIORITY, Kind.OBJECTIVE) for node in plan.of_kind(kind)]
    try:
        scope = read_scope(typed, plan)
    except UnreadableSchedule as unread:
        raise _unknown("priority or objective", typed, unread, keys) from None
    if scope != WHOLE_PLAN and not scope.key:
        raise Refused(f"{printable(typed)} is a department: give it with --department.")
    return scope.key


def _department(typed: str, plan: Plan) -> str:
    try:
        return read_scope(typed, plan, is_department=True).department
    except UnreadableSchedule as unread:
        raise _unknown("department", typed, unread, departments(plan)) from None


def _unknown(kind: str, typed: str, unread: UnreadableSchedule, known: Sequence[str]) -> Refused:
    if unread.several:
        return Refused(printable(f"“{typed}” may be {' or '.join(unread.several)}: give one of them."))
    if unread.likely in known:
        return Refused(printable(f"The plan has no {kind} “{typed}”; did you mean {unread.likely}?"))
    more = f" and {len(known) - MOST_LISTED} more" if len(known) > MOST_LISTED else ""
    there = f"there are: {', '.join(known[:MOST_LISTED])}{more}" if known else "there is none"
    return Refused(printable(f"The plan has no {kind} “{typed}”; {there}."))
