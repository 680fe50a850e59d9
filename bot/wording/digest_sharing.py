"""Why a digest is not shown in another channel, and what to do about it."""

NO_QUESTION = "What would you like to know? Type a question."

_REFUSED = {
    "missing": "Choose a channel, please.",
    "same": "It stands in that channel already. Choose another one.",
    "is_archived": "That channel is archived, so nobody can post there. Choose another one.",
    "not_in_channel": (
        "I am not a member of that channel, and I may not join it by myself. "
        "Invite me there with /invite @planbot, then share it again."
    ),
    "restricted_action": "I may not post in that channel. Choose another one, or ask whoever looks after it.",
}
_REFUSED["channel_not_found"] = _REFUSED["not_in_channel"]
_REFUSED["restricted_action_read_only_channel"] = _REFUSED["restricted_action"]
_REFUSED["restricted_action_thread_only_channel"] = _REFUSED["restricted_action"]


def refused_words(reason: str) -> str:
    """What stands under the form's field, or in a message; `reason` is Slack's own, or one of planbot's."""
    return _REFUSED.get(reason, "Slack refused it. Choose another channel, or try again later.")
