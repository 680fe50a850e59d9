"""What to say of something handed in that is kept late, or not at all."""


def not_kept_yet_sentences() -> tuple[str, ...]:
    """For what waits until the record can be written."""
    return (
        "This is not kept yet: the record cannot be written just now.",
        "I will try again, and confirm it here or in a direct message as soon as it is kept.",
        "If no confirmation comes within a few minutes, please send it again.",
    )


def not_kept_sentences() -> tuple[str, ...]:
    """For what was given up."""
    return ("This was *not* kept, and I have stopped trying. Please send it again.",)


def kept_sentences() -> tuple[str, ...]:
    """For what is on the record although it could not be confirmed before."""
    return ("This is on the record. I could not confirm it when you sent it.",)
