"""What the id of a conversation tells of it."""


def is_direct(channel: str) -> bool:
    """Whether it is a direct message between two: their ids begin with D (docs.slack.dev, conversation object)."""
    return channel.startswith("D")
