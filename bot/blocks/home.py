"""The App Home: the plan, and the member's own actions."""

from collections.abc import Collection, Sequence
from datetime import date

from bot.blocks.message import Block, context, divider, header, section
from bot.blocks.progress import action_rows, report_button
from bot.blocks.voice import slack_voice
from bot.wording.names import Names
from bot.wording.overview import overview_lines, plan_line
from bot.wording.voice import Teller
from store.plan import Action, Plan


def home(
    plan: Plan,
    own: Sequence[Action],
    *,
    today: date,
    names: Names,
    delegated: Collection[str] = (),
    may_report: bool = False,
    notices: Sequence[Block] = (),
) -> tuple[Block, ...]:
    """What a member sees on opening the bot; `notices` are what an administrator has to know besides.

    `delegated` are the keys of what is others' of their actions; `may_report` is whether there is anything that the
    member may report on, such as an indicator.
    """
    tell = Teller(slack_voice(today))
    heading = section("*Your actions*", accessory=report_button() if own or may_report else None)
    mine = (heading, *(action_rows(own, today, delegated) if own else (context("You own no action of the plan."),)))
    return (
        header(plan.about.title),
        context(plan_line(plan.about, tell)),
        *mine,
        *((divider(), *notices) if notices else ()),
        divider(),
        *(section(line) for line in overview_lines(plan, tell)),
        divider(),
        context(
            f"Ask me anything about the plan: here under Messages, by mentioning me, or with `{names.plan}`. "
            f"`{names.plan} help`, `{names.progress} help` and `{names.digest} help` tell what I can do."
        ),
    )


def home_without_plan(is_administrator: bool) -> tuple[Block, ...]:
    """What a member sees before there is a plan."""
    words = (
        "There is no plan here yet. Load one with `planbot plan import FILE` where planbot runs."
        if is_administrator
        else "There is no plan here yet. As soon as your plan administrators have loaded it, it stands here."
    )
    return (section(words),)
