"""What was recorded, for the one who did: a receipt with its buttons, an undoing, what the channel is shown."""

from bot.blocks.message import Block, Message, actions, button, context, escaped, link, quotes, section
from bot.blocks.voice import mention, slack_voice
from bot.wording.progress import measurement_sentences, receipt_sentences, undone_sentences
from bot.wording.status import NO_SIGN, SIGNS
from commands.progress.form import MOST_WORDS
from commands.progress.recording import MeasurementReceipt, Receipt
from commands.progress.undoing import ref_of
from store.plan import Status

UNDO = "progress:undo"
EDIT = "progress:edit"
SHARE = "progress:share"
KEEPS_BOTH = "The record keeps both what you reported and its undoing."


def receipt(given: Receipt | MeasurementReceipt, *, is_shared: bool = False) -> Message:
    """What was recorded, with buttons that take it back, edit it and share it."""
    ref = str(ref_of(given))
    buttons = [button("Undo", UNDO, ref)]
    if _fits_a_form(given):
        buttons.append(button("Edit", EDIT, ref))
    if not is_shared:
        buttons.append(button("Share in channel", SHARE, ref))
    shared = (context("Shared in the channel."),) if is_shared else ()
    left = () if _fits_a_form(given) else (context("Too long for a form: to change it, undo it and report again."),)
    return _told(given).ending(actions(*buttons), *left, *shared)


def undone(given: Receipt | MeasurementReceipt) -> Message:
    """What an undo brought back."""
    words = " ".join(undone_sentences(given, slack_voice()))
    return Message(words, (section(words), context(KEEPS_BOTH)))


def shared_progress(given: Receipt | MeasurementReceipt, *, by: str) -> Message:
    """What was recorded, for the channel, saying who reported it."""
    told = _told(given)
    reported = f"{mention(by)} reported:"
    return Message(f"{reported} {told.text}", (context(reported), *told.blocks))


def _told(given: Receipt | MeasurementReceipt) -> Message:
    if isinstance(given, Receipt):
        words = " ".join(receipt_sentences(given, slack_voice()))
        sign, quoted = SIGNS[given.after.status or Status.NOT_STARTED], given.kept.note
    else:
        words = " ".join(measurement_sentences(given, slack_voice()))
        value = given.kept.value
        sign, quoted = (
            NO_SIGN,
            "\n\n".join(part for part in (value if isinstance(value, str) else "", given.kept.note) if part),
        )
    evidence = f"Evidence: {link(given.kept.evidence)}" if given.kept.evidence else ""
    text = "\n".join(part for part in (words, escaped(quoted or ""), evidence) if part)
    blocks: tuple[Block, ...] = (section(f"{sign} {words}"), *quotes(quoted or ""))
    return Message(text, (*blocks, context(evidence)) if evidence else blocks)


def _fits_a_form(given: Receipt | MeasurementReceipt) -> bool:
    kept = given.kept
    value = given.kept.value if isinstance(given, MeasurementReceipt) else None
    words = value if isinstance(value, str) else ""
    return max(len(kept.note or ""), len(words), len(kept.evidence or "")) <= MOST_WORDS
