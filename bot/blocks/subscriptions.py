"""A channel's digest subscriptions as people see them."""

from collections.abc import Sequence

from bot.blocks.message import Message, escaped, section
from bot.blocks.voice import mention
from bot.wording.mistakes import closed_words
from bot.wording.names import Names
from bot.wording.schedule import next_words, schedule_words, scope_words
from store.plan import Plan
from store.subscriptions import Subscription


def subscribed(made: Subscription, plan: Plan, names: Names, *, unclear_zone: str = "") -> Message:
    """For the one who subscribed the channel; `unclear_zone`, which may be several zones, was typed for the plan's."""
    unclear = f"“{escaped(unclear_zone)}” may be several zones, so I took the plan's. " if unclear_zone else ""
    mentions = "Owners whom it names are mentioned. " if made.mentions_owners else ""
    return _said(
        f"Done: this channel gets the digest of {escaped(scope_words(made, plan))} {schedule_words(made)}. "
        f"The next one comes on {next_words(made)}. {unclear}{mentions}"
        f"`{names.digest} preview` shows it now, `{names.digest} off` stops it."
    )


def digest_introduction(made: Subscription, plan: Plan, names: Names) -> Message:
    """For the channel: what will come, and who set it up (Slack's guidelines for apps ask for that)."""
    return _said(
        f"{mention(made.created_by)} set up a digest of {escaped(scope_words(made, plan))} "
        f"({escaped(plan.about.title)}) for this channel, {schedule_words(made)}. "
        f"Anyone can see it now with `{names.digest} preview`."
    )


def digest_stopped(stopped: Sequence[Subscription], plan: Plan, names: Names) -> Message:
    """For the one who ended a subscription."""
    titles = ", ".join(escaped(scope_words(one, plan)) for one in stopped)
    again = f"{names.digest} weekly monday 09:00"
    return _said(f"Stopped: this channel gets no more digests of {titles}. `{again}` would subscribe it again.")


def subscriptions_shown(found: Sequence[Subscription], plan: Plan, names: Names) -> Message:
    """What a channel has subscribed."""
    if not found:
        return _said(
            "This channel gets no digest. "
            f"`{names.digest} weekly monday 09:00` subscribes it, `{names.digest} preview` shows what would come."
        )
    lines = [
        f"Digest of {escaped(scope_words(one, plan))}: {schedule_words(one)}, set up by "
        f"{mention(one.created_by)}; "
        + (f"paused ({closed_words(one.paused_reason)})" if one.paused_at else f"next on {next_words(one)}")
        for one in found
    ]
    return _said("\n".join([*lines, f"`{names.digest} preview` shows it now, `{names.digest} off` stops it."]))


def digest_paused(paused: Subscription, reason: str, names: Names) -> Message:
    """For the one who subscribed a channel in which the bot can no longer post."""
    return _said(
        f"The digest that you set up for <#{paused.channel_id}> could not be posted: {closed_words(reason)}. "
        f"I have paused it. To go on once that is mended, type `{names.digest} weekly …` in the channel again."
    )


def digest_in_doubt(left: Subscription, names: Names) -> Message:
    """For the one who subscribed a channel whose digest may or may not have been posted before a crash."""
    return _said(
        f"I was interrupted while posting the digest that you set up for <#{left.channel_id}>, and Slack does not "
        "let me look whether it is there. To be sure that it does not come twice, I leave it; the next one covers "
        f"its time too. `{names.digest} preview` shows it now."
    )


def digest_usage(names: Names) -> Message:
    """How the digest command is used."""
    return _said(
        "\n".join(
            (
                f"`{names.digest}` shows what this channel gets",
                f"`{names.digest} weekly monday 09:00 America/Toronto` subscribes it; without a zone, the plan's",
                f"`{names.digest} every other friday at 4pm core-assets` is about one priority or objective",
                f"`{names.digest} last friday of the month 3pm fleet department` is about one department's actions",
                f"`{names.digest} preview` shows the digest now, to you alone",
                f"`{names.digest} off` stops it",
            )
        )
    )


def _said(words: str) -> Message:
    return Message(words, (section(words),))
