"""Around questions: the overview, the usage, and sharing what only the asker saw."""

from bot.blocks.message import Message, actions, button, context, escaped, section, within
from bot.blocks.thumbs import with_button_before_thumbs
from bot.blocks.voice import mention
from bot.wording.names import Names

SHARE = "ask:share"
ASK = "ask:example"
MOST_SHARED = 2_000
"""The characters of a question that fit a button's value."""


def with_share_button(message: Message, question: str) -> Message:
    """An answer for its asker alone, with a button that shows it to the channel."""
    if len(question) > MOST_SHARED:
        return message
    return with_button_before_thumbs(message, button("Share in this channel", SHARE, question))


def shared_answer(message: Message, question: str, *, by: str) -> Message:
    """An answer for the channel, saying who asked what."""
    asked = f"{mention(by)} asked: {escaped(within(question, 300))}"
    *most, last = message.blocks
    return Message(f"{asked}\n{message.text}", (context(asked), *most)).ending(last)


def plan_overview(overview: Message, names: Names) -> Message:
    """The plan command without a question: what the plan holds, and where to go from there."""
    questions = ("What are our values?", "List the priorities", "What is overdue?", "My actions")
    buttons = [button(question, f"{ASK}:{at}", question) for at, question in enumerate(questions)]
    return overview.plus(
        actions(*buttons), context(f"Ask in your own words: `{names.plan} who owns …`, `{names.plan} help`")
    )


def ask_usage(names: Names) -> Message:
    """How the plan command is used, and what else there is."""
    words = "\n".join(
        (
            f"`{names.plan}` shows the plan at a glance",
            (
                f"`{names.plan} what are our values` answers a question in your own words, to you alone; "
                "a button shares the answer in the channel"
            ),
            (
                "Ask about the vision, the mission, values, priorities, objectives, actions, indicators: the wording, "
                "what belongs to it, who owns it, when it is due, how it is going, what is overdue, at risk or due soon"
            ),
            f"`{names.plan} decisions` tells what was changed of the plan, by whom and why",
            f"`{names.plan} change A-01` lets plan administrators change title, owners, due date, target, and say why",
            f"`{names.plan} gaps` shows plan administrators what was asked in vain, and teaches me what was meant",
            "Mention me in a channel and I answer in the thread; or write to me directly",
            f"`{names.progress} help` is about reporting progress, `{names.digest} help` about a channel's digest",
        )
    )
    return Message(words, (section(words),))
