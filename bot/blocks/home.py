"""The App Home: the plan, and the member's own actions."""

from collections.abc import Sequence
from datetime import date

from bot.blocks.message import Block, context, divider, header, section
from bot.blocks.progress import action_rows
from bot.blocks.voice import slack_voice
from bot.wording.names import Names
from bot.wording.overview import overview_lines, plan_line
from bot.wording.voice import Teller
from store.plan import Action, Plan


def home(plan: Plan, own: Sequence[Action], *, today: date, names: Names) -> tuple[Block, ...]:
    """What a member sees on opening the bot."""
    tell = Teller(slack_voice(today))
    mine = (
        (section("*Your actions*"), *action_rows(own, today))
        if own
        else (section("*Your actions*"), context("You own no action of the plan."))
    )
    return (
        header(plan.about.title),
        context(plan_line(plan.about, tell)),
        *mine,
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
