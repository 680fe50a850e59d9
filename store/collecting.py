"""Python's search for garbage, put off while much is made that stays."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """While the block runs, nothing looks for garbage.

    Each search looks through all that lives, and is set off by much being made: reading a plan of ten thousand actions
    would spend half its time so, in vain. What is no longer used goes at once all the same, but for what refers to
    itself. Blocks may overlap: the search goes on when the first of them ends.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
