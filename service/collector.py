"""How often Python looks for objects that only refer to each other."""

import gc

NEW_OBJECTS = 10_000
"""After so many more objects. After Python's own 700 the application spent a fifth of its start on looking and found
next to nothing; with 10,000 it takes no more memory."""


def seldom() -> None:
    """Look less often, in this process."""
    gc.set_threshold(NEW_OBJECTS)
