"""A channel's digests listed, each with what can be done with it; and the question which of them is meant."""

from collections.abc import Callable, Sequence

from bot.blocks.message import Block, Message, actions, button, context, escaped, plain_text, section, within
from bot.blocks.voice import mention
from bot.conversations import is_direct
from bot.wording.mistakes import closed_words
from bot.wording.names import Names
from bot.wording.schedule import next_words, schedule_words, scope_words
from commands.arranging import Deed
from store.plan import Plan
from store.subscriptions import PAUSED_BY_HAND, Subscription

NEW = "digest:new"
CHANGE = "digest:change"
PREVIEW = "digest:preview"
PAGE = "digest:page"
DO = "digest:do"
"""What is to be done stands behind the colon, such as `digest:do:pause`; the value has the subscriptions' ids."""
PAGE_SIZE = 15
"""Subscriptions on a page: two blocks each."""
MOST_ASKED_ABOUT = 40
MOST_AT_ONCE = 150
"""With how many one button does something: as many as its value has room for."""
TITLE = 200
_LABELS = {Deed.PAUSE: "Pause", Deed.RESUME: "Resume", Deed.STOP: "Stop"}


def gets_words(channel: str, place: str, *, begins: bool = True) -> str:
    """`This channel gets`, for whoever reads it in `place`; a direct message is the reader's own.

    `begins`: whether a sentence begins with it.
    """
    if is_direct(channel):
        return "You get" if begins else "you get"
    if channel != place:
        return f"<#{channel}> gets"
    return "This channel gets" if begins else "this channel gets"


def subscriptions_shown(
    found: Sequence[Subscription], plan: Plan, names: Names, gets: str, *, note: str = "", first: int = 0
) -> Message:
    """What a channel has subscribed, from the one numbered `first` on, each with what can be done with it.

    `gets` are `gets_words` of the channel; `note` says, in mrkdwn, what was just done.
    """
    lead = (section(note),) if note else ()
    if not found:
        return _nothing_subscribed(plan, names, gets, note, lead)
    first = first if 0 <= first < len(found) else 0
    page = found[first : first + PAGE_SIZE]
    rows = [block for one in page for block in (section(_line(one, plan)), _row(one))]
    heading = f"{gets} {len(found)} digest{'s' * (len(found) > 1)}:"
    text = "\n".join([*([note] if note else []), heading, *(_line(one, plan) for one in page)])
    return Message(text, (*lead, section(heading), *rows, _foot(found, first), _typed(names)))


def _nothing_subscribed(plan: Plan, names: Names, gets: str, note: str, lead: tuple[Block, ...]) -> Message:
    said = (
        f"{gets} no digest. With one, you would read here every week, or as often as you like: what moved in "
        f"“{escaped(plan.about.title)}”, what needs attention and whose it is, what is due soon, and what was measured "
        "and asked. It can be about the whole plan, a priority, an objective or a department. "
        f"`{names.digest} weekly monday 09:00` subscribes, `{names.digest} preview` shows what would come."
    )
    shown = button("Preview", PREVIEW, "")
    new = button("New digest", NEW, "", style="primary")
    return Message("\n".join(filter(None, (note, said))), (*lead, section(said), actions(new, shown)))


def _line(one: Subscription, plan: Plan) -> str:
    about = escaped(within(scope_words(one, plan), TITLE))
    mentions = "; mentions owners" if one.mentions_owners else ""
    return f"*{about}*: {schedule_words(one)}, set up by {mention(one.created_by)}; {_state(one)}{mentions}"


def _state(one: Subscription) -> str:
    if not one.is_paused:
        return f"next on {next_words(one)}"
    return "paused" if one.paused_reason == PAUSED_BY_HAND else f"paused ({closed_words(one.paused_reason)})"


def _row(one: Subscription) -> Block:
    rest = Deed.RESUME if one.is_paused else Deed.PAUSE
    return actions(preview_button(one), change_button(one), deed_button(rest, [one]), deed_button(Deed.STOP, [one]))


def preview_button(one: Subscription) -> Block:
    """Shows the digest as it would be now."""
    return button("Preview", f"{PREVIEW}:{one.id}", str(one.id))


def change_button(one: Subscription) -> Block:
    """Opens its form."""
    return button("Change", f"{CHANGE}:{one.id}", str(one.id))


def deed_button(deed: Deed, which: Sequence[Subscription], label: str = "") -> Block:
    """The button that does something with subscriptions; what ends them is asked about once more."""
    ids = ",".join(str(one.id) for one in which)
    pressed = button(label or _LABELS[deed], f"{DO}:{deed}:{which[0].id if len(which) == 1 else 'all'}", ids)
    return pressed | ({"confirm": _sure(len(which))} if deed is Deed.STOP else {})


def _sure(many: int) -> Block:
    which = "this digest" if many == 1 else f"these {many} digests"
    return {
        "title": plain_text("Stop it?" if many == 1 else "Stop them?"),
        "text": plain_text(f"No more of {which} comes. To go on one day, pause instead."),
        "confirm": plain_text("Stop"),
        "deny": plain_text("Keep"),
    }


def _foot(found: Sequence[Subscription], first: int) -> Block:
    pages = [
        button(label, f"{PAGE}:{at}", str(start))
        for at, (label, start) in enumerate((("Back", first - PAGE_SIZE), ("More", first + PAGE_SIZE)))
        if 0 <= start < len(found)
    ]
    return actions(button("New digest", NEW, ""), *pages)


def _typed(names: Names) -> Block:
    return context(f"`{names.digest} help` tells how to type all of that.")


def which_one(found: Sequence[Subscription], deed: Deed, plan: Plan, names: Names) -> Message:
    """Which of several is meant; one button for each, and one for all."""
    label, every = _LABELS[deed], found[:MOST_AT_ONCE]
    asked = _which(label, found, plan, names, lambda one: deed_button(deed, [one]))
    return asked.plus(actions(deed_button(deed, every, f"{label} all {len(every)}")))


def which_preview(found: Sequence[Subscription], plan: Plan, names: Names) -> Message:
    """Which of several is to be shown."""
    return _which("Preview", found, plan, names, preview_button)


def which_change(found: Sequence[Subscription], plan: Plan, names: Names) -> Message:
    """Which of several is to be changed."""
    return _which("Change", found, plan, names, change_button)


def _which(
    label: str, found: Sequence[Subscription], plan: Plan, names: Names, pressed: Callable[[Subscription], Block]
) -> Message:
    question, shown = f"{label} which of the {len(found)} digests?", found[:MOST_ASKED_ABOUT]
    lines = [_line(one, plan) for one in shown]
    rows = [section(line, accessory=pressed(one)) for one, line in zip(shown, lines, strict=True)]
    left, typed = len(found) - len(shown), f"{names.digest} {label.casefold()}"
    more = (context(f"and {left:,} more: `{typed} …` with what it is about finds one"),) if left else ()
    return Message("\n".join([question, *lines]), (section(f"*{question}*"), *rows, *more))
