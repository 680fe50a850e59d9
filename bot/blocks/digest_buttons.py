"""The buttons below a digest."""

from bot.blocks.message import Block, actions, button

UPDATE = "digest:update"
ASK = "digest:ask"
MUTE = "digest:mute"
UNMUTE = "digest:unmute"
SHARE = "digest:share"


def digest_buttons(delivery: int) -> Block:
    """What readers of a digest can do about it; the value of each is the delivery's id."""
    of = str(delivery)
    return actions(
        button("Update mine", UPDATE, of),
        button("Ask about this", ASK, of),
        button("Mute for me", MUTE, of),
        button("Share to another channel", SHARE, of),
    )
