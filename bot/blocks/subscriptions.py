"""What is said of a channel's digests: set up, changed, paused, stopped, not to be posted; and how that is typed."""

from bot.blocks.message import Message, actions, escaped, section, within
from bot.blocks.subscription_list import TITLE, change_button, gets_words, preview_button
from bot.blocks.voice import mention
from bot.wording.mistakes import closed_words
from bot.wording.names import Names
from bot.wording.schedule import next_words, schedule_words, scope_words
from bot.wording.voice import joined, numbered
from commands.arranging import Deed, Done
from commands.schedule import Schedule
from store.plan import Plan
from store.subscriptions import PAUSED_WITHOUT_SCOPE, Subscription

_DONE = {Deed.PAUSE: "Paused", Deed.RESUME: "Resumed", Deed.STOP: "Stopped"}


def subscribed(
    made: Subscription, plan: Plan, names: Names, *, place: str, unclear_zone: str = "", is_change: bool = False
) -> Message:
    """For the one who subscribed a channel, or changed what it gets; `place` is where that is read.

    `unclear_zone`, which may be several zones, was typed for the plan's.
    """
    gets = gets_words(made.channel_id, place, begins=False)
    unclear = f"“{escaped(unclear_zone)}” may be several zones, so I took the plan's. " if unclear_zone else ""
    mentions = "Owners whom it names are mentioned. " if made.mentions_owners else ""
    coming = (
        "It is paused; nothing comes until it is resumed. "
        if made.is_paused
        else f"The next one comes on {next_words(made)}. "
    )
    begin = "Changed" if is_change else "Done"
    return said(
        f"{begin}: {gets} the digest of {escaped(scope_words(made, plan))} {schedule_words(made)}. "
        f"{coming}{unclear}{mentions}"
        f"`{names.digest} preview` shows it now, `{names.digest}` changes, pauses and stops it."
    ).plus(actions(preview_button(made), change_button(made)))


def digest_introduction(made: Subscription, plan: Plan, names: Names) -> Message:
    """For the channel: what will come, and who set it up (Slack's guidelines for apps ask for that)."""
    return said(
        f"{mention(made.created_by)} set up a digest of {escaped(scope_words(made, plan))} "
        f"({escaped(plan.about.title)}) for this channel, {schedule_words(made)}. "
        f"Anyone can see it now with `{names.digest} preview`."
    )


def changing_words(kept: Subscription, plan: Plan, place: str) -> str:
    """What stands above the form in which a digest is changed."""
    gets = gets_words(kept.channel_id, place)
    return f"{gets} the digest of {_named(kept, plan)}.{_rest_words(kept)}"


def _rest_words(kept: Subscription) -> str:
    if kept.paused_reason == PAUSED_WITHOUT_SCOPE:
        return " The plan no longer has that, so it is paused; with something else chosen it goes on."
    return " It is paused, and stays so." if kept.is_paused else ""


def done_words(done: Done, plan: Plan, names: Names, place: str) -> str:
    """What was done with some of the digests of `place`, in mrkdwn."""
    named = joined(_named(one, plan) for one in done.done)
    words = f"{_DONE[done.deed]}: the digest of {named}."
    match done.deed:
        case Deed.PAUSE:
            words += f" `{names.digest} resume` lets it go on: the next one then covers the time between."
        case Deed.RESUME:
            words += f" The next one comes on {joined(dict.fromkeys(map(next_words, done.done)))}."
        case Deed.STOP:
            line = Schedule.of(done.done[0]).line()
            gets = gets_words(done.done[0].channel_id, place)
            words += f" {gets} no more of that. `{names.digest} {line}` would subscribe again."
    return f"{words} {_left(done)}".rstrip()


def _named(one: Subscription, plan: Plan) -> str:
    return f"{escaped(within(scope_words(one, plan), TITLE))} {schedule_words(one)}"


def _left(done: Done) -> str:
    if not done.others:
        return ""
    makers = joined(dict.fromkeys(mention(one.created_by) for one in done.others))
    return f"Left alone: {numbered(len(done.others), 'digest')} that {makers} set up."


def digest_paused(paused: Subscription, reason: str, names: Names) -> Message:
    """For the one who subscribed a channel in which the bot can no longer post."""
    mend = f"To go on once that is mended, type `{names.digest} resume` in the channel."
    if reason == PAUSED_WITHOUT_SCOPE:
        mend = f"To have it about something else, type `{names.digest} change` in the channel; it then goes on."
    return said(f"{_which(paused)} could not be posted: {closed_words(reason)}. I have paused it. {mend}")


def digest_in_doubt(left: Subscription, names: Names) -> Message:
    """For the one who subscribed a channel whose digest may or may not have been posted before a crash."""
    return said(
        f"{_which(left)} may or may not be there: I was interrupted while posting it, and Slack does not let me look. "
        "So that it does not come twice, I post it only if Slack lets me look within a day of its time; else the next "
        f"one covers its time too. `{names.digest} preview` shows it now."
    )


def _which(one: Subscription) -> str:
    """Which digest it is; whoever reads that may have set up several, or none where its maker has left."""
    about = f" about `{escaped(one.scope_key or one.department)}`" if one.scope_key or one.department else ""
    return f"The digest{about} for <#{one.channel_id}>, {schedule_words(one)}, that {mention(one.created_by)} set up,"


def digest_usage(names: Names) -> Message:
    """How the digest command is used."""
    return said(
        "\n".join(
            (
                f"`{names.digest}` shows what this channel gets, with buttons for all that follows",
                f"`{names.digest} weekly monday 09:00 America/Toronto` subscribes it; without a zone, the plan's",
                f"`{names.digest} every other friday at 4pm core-assets` is about one priority or objective",
                f"`{names.digest} last friday of the month 3pm fleet department` is about one department's actions",
                f"`{names.digest} weekly monday 09:00 mention owners` mentions those it names; or `without mentions`",
                f"`{names.digest} new`, `{names.digest} change` open a form for it",
                f"`{names.digest} preview` shows the digest now, to you alone; anyone may",
                f"`{names.digest} pause`, `{names.digest} resume`, `{names.digest} off` let it rest, go on, end it",
                "Where a channel gets several, name what it is about behind these, or choose when I ask.",
                "Whoever set a digest up changes it, and plan administrators do.",
            )
        )
    )


def said(words: str) -> Message:
    """Words in mrkdwn, as a message."""
    return Message(words, (section(words),))
