"""The App Home: the plan, and the member's own actions and indicators."""

from collections.abc import Collection, Sequence
from datetime import date

from bot.blocks.digest_pressed import mention_switch
from bot.blocks.message import Block, actions, button, context, divider, header, section
from bot.blocks.progress import entry_rows, heading, report_button
from bot.blocks.subscription_list import NEW
from bot.blocks.voice import slack_voice
from bot.wording.names import Names
from bot.wording.overview import overview_lines, plan_line
from bot.wording.voice import Teller
from commands.progress.finding import Reportable
from store.plan import Plan

MOST_BLOCKS = 100
"""In a view (docs.slack.dev, reference, views)."""


def home(
    plan: Plan,
    own: Sequence[Reportable],
    *,
    today: date,
    names: Names,
    delegated: Collection[str] = (),
    may_report: bool = False,
    is_muted: bool = False,
    notices: Sequence[Block] = (),
) -> tuple[Block, ...]:
    """What a member sees on opening the bot; `notices` are what an administrator has to know besides.

    `delegated` are the keys of what is others' of their actions; `may_report` is whether there is anything that the
    member may report on, such as an indicator; `is_muted`, whether digests name them without mentioning them.
    """
    tell = Teller(slack_voice(today))
    nothing = context("You own no action or indicator of the plan.")
    mine = (
        section(f"*{heading(own)}*", accessory=report_button() if own or may_report else None),
        *(entry_rows(own, today, delegated) if own else (nothing,)),
    )
    head = (
        header(plan.about.title),
        context(plan_line(plan.about, tell)),
        *mine,
        mention_switch(is_muted=is_muted),
        *((divider(), *notices) if notices else ()),
    )
    foot = (
        divider(),
        actions(button("New digest", NEW, "")),
        context(
            f"Ask me anything about the plan: here under Messages, by mentioning me, or with `{names.plan}`. "
            f"`{names.plan} help`, `{names.progress} help` and `{names.digest} help` tell what I can do."
        ),
    )
    return (*head, *_glance(overview_lines(plan, tell), MOST_BLOCKS - len(head) - len(foot)), *foot)


def _glance(lines: Sequence[str], room: int) -> tuple[Block, ...]:
    """The plan in as many blocks as there is room for, less a divider; of many lines, the first and how many more."""
    shown = lines if len(lines) < room else lines[: max(0, room - 2)]
    more = (context(f"and {len(lines) - len(shown)} more priorities"),) if len(shown) < len(lines) else ()
    return (divider(), *(section(line) for line in shown), *more)


def home_without_plan(is_administrator: bool) -> tuple[Block, ...]:
    """What a member sees before there is a plan."""
    words = (
        "There is no plan here yet. Load one with `planbot plan import FILE` where planbot runs."
        if is_administrator
        else "There is no plan here yet. As soon as your plan administrators have loaded it, it stands here."
    )
    return (section(words),)
