"""What the buttons below a digest lead to: the forms they open, and what is said of what they did."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from bot.blocks.asking import MOST_SHARED
from bot.blocks.digest_buttons import MUTE, UNMUTE
from bot.blocks.digest_showing import Posts
from bot.blocks.fields import Field, text_field
from bot.blocks.message import TEXT, Block, Message, actions, button, context, plain_text, section, within_marked
from bot.blocks.purpose import METADATA
from bot.blocks.voice import mention, slack_voice
from bot.wording.dates import day
from bot.wording.digest_sharing import NO_QUESTION, refused_words
from bot.wording.voice import Teller, joined
from store.plan import Action, Indicator

View = dict[str, Any]

ASK_FORM = "digest:question"
SHARE_FORM = "digest:sharing"
QUESTION, TO = "question", "to"
MOST_HINTED = 3
"""Entries that the form names for example."""
_HINTED = 60


@dataclass(frozen=True, slots=True)
class Pressed:
    """Below which digest, in which channel, a button was pressed; a form carries it along."""

    delivery: int
    channel: str
    response_url: str = ""
    """Shows something to the person who pressed it, there."""

    @classmethod
    def read(cls, written: str) -> "Pressed":
        """From a view's `private_metadata`."""
        return cls(**json.loads(written))

    def written(self) -> str:
        """For a view's `private_metadata`."""
        words = json.dumps(asdict(self))
        return words if len(words) <= METADATA else replace(self, response_url="").written()


def question_form(pressed: Pressed, named: Sequence[Action | Indicator], more: int) -> View:
    """The form that takes a question; `named` are some entries of the digest, which names `more` besides."""
    tell = Teller(slack_voice())
    rest = [f"{more} more"] if more else []
    entries = joined([*(tell.plain(f"{one.key} {one.title}", _HINTED) for one in named), *rest])
    hint = (context(f"This digest names {entries}."),) if named else ()
    example = f"How is {named[0].key} going?" if named else "What is overdue?"
    question = Field(QUESTION, "Your question", is_needed=True)
    return {
        **_modal(ASK_FORM, "Ask about this", "Ask", pressed),
        "blocks": [
            text_field(question, placeholder=f"For example: {example}", most=MOST_SHARED, is_long=True),
            *hint,
            context(f"In your own words. The answer comes in <#{pressed.channel}>, and only you see it."),
        ],
    }


def share_form(pressed: Pressed) -> View:
    """The form that asks in which channel a digest is to be shown."""
    element: Block = {
        "type": "conversations_select",
        "action_id": TO,
        "placeholder": plain_text("Choose a channel"),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    return {
        **_modal(SHARE_FORM, "Share this digest", "Share", pressed),
        "blocks": [
            {"type": "input", "block_id": TO, "label": plain_text("Channel"), "element": element},
            context(
                "I post it there, with your name and where it comes from; nobody is mentioned by it. Channels that are "
                "shared with other organisations are not offered."
            ),
        ],
    }


def _modal(form: str, title: str, submit: str, pressed: Pressed) -> View:
    return {
        "type": "modal",
        "callback_id": form,
        "private_metadata": pressed.written(),
        "title": plain_text(title),
        "submit": plain_text(submit),
        "close": plain_text("Cancel"),
    }


def no_question() -> dict[str, str]:
    """By field, what is wrong with a form without a question."""
    return {QUESTION: NO_QUESTION}


def not_there(reason: str) -> dict[str, str]:
    """By field, why a digest cannot be shown in the channel that was chosen."""
    return {TO: refused_words(reason)}


def not_shared(channel: str, reason: str) -> Message:
    """For the one who wanted to share it, where that turned out after the form was closed."""
    return _said(f"The digest was not shared in <#{channel}>. {refused_words(reason)}")


def was_shared(channel: str) -> Message:
    """For the one who shared it."""
    return _said(f"Shared in <#{channel}>.")


def may_be_shared(channel: str, *, looks_again: bool) -> Message:
    """For the one who shared it, where Slack's answer got lost; `looks_again`: whether they are told how it ends."""
    words = f"Slack did not tell me whether the digest arrived in <#{channel}>: it may be there already."
    if looks_again:
        return _said(
            f"{words} I look again by myself, post it if it is not there, and tell you as soon as it is. "
            "You need not share it again."
        )
    return _said(f"{words} Look there before you share it again, please.")


def sharing_given_up(channel: str) -> Message:
    """For the one who shared it, where all of a day did not bring it to its end."""
    return _said(
        f"I could not finish sharing the digest in <#{channel}>, and I have stopped trying. It may be there, or a part "
        "of it: look there before you share it again, please."
    )


def shared_digest(posts: Posts, *, by: str, channel: str, posted_at: datetime) -> Posts:
    """The digest for another channel, with who shared it, from where, and when it came, in the plan's zone."""
    words = f"{mention(by)} shared this from <#{channel}>, where it was posted on {day(posted_at.date())}."
    text = within_marked(f"{words}\n{posts.first.text}", TEXT)
    first = Message(text, (context(words), *posts.first.blocks))
    return Posts(first.ending(), posts.thread)


def muted() -> Message:
    """For the one who wishes so, with a button that undoes it."""
    words = (
        "From now on the digests of all channels name you without mentioning you, so Slack does not alert you of them. "
        "Your reminders and what you can do here stay as they are. My App Home has the switch, too."
    )
    return Message(words, (section(words), actions(button("Undo", UNMUTE, "undo"))))


def unmuted() -> Message:
    """For the one who wishes so."""
    return _said("Digests mention you again, in the channels that have chosen that owners are mentioned.")


def mention_switch(*, is_muted: bool) -> Block:
    """For the App Home: whether digests mention the person, and the button that changes it."""
    if is_muted:
        return section(
            "*Digests name me without mentioning me: on*", accessory=button("Mention me again", UNMUTE, "home")
        )
    return section(
        "*Digests name me without mentioning me: off*\nWhere a channel has chosen that, Slack alerts you of them.",
        accessory=button("Do not mention me", MUTE, "home"),
    )


def question_in(values: Mapping[str, Any]) -> str:
    """The question in a view's `state.values`."""
    return str(values[QUESTION][QUESTION].get("value") or "").strip()


def channel_in(values: Mapping[str, Any]) -> str:
    """The channel in a view's `state.values`; empty where none is chosen."""
    return str(values[TO][TO].get("selected_conversation") or "")


def _said(words: str) -> Message:
    return Message(words, (section(words),))
