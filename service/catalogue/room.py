"""Room in memory: what was loaded is left alone by the collector, and what only loading needed goes back."""

from __future__ import annotations

import ctypes
import gc
import os


def settle() -> None:
    """Everything that is there now stays: the collector need not look at it again.

    It is to be off while a catalogue is loaded; then what only loading needed is young, and found among the youngest.
    """
    gc.collect(0)
    gc.freeze()


def unsettle() -> None:
    """What was to stay may go: a catalogue that was given up refers to itself, so only the collector lets go of it."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()


def leave() -> None:
    """Nothing is to stay any longer; what nobody needs goes when the collector comes by."""
    gc.unfreeze()


def give_back() -> None:
    """Give the system the memory that is free, where the C library can; otherwise it keeps what it was once given."""
    library = ctypes.CDLL(None) if os.name == "posix" else None
    if trim := getattr(library, "malloc_trim", None):
        trim(0)
