"""What is read at the start stays to the end: Python's search for garbage is spared looking through it."""

from __future__ import annotations

import gc


def hold() -> None:
    """Puts off the search until `settle`. Nearly all that a start makes is to stay: a fifth of its time went there."""
    gc.disable()


def settle() -> None:
    """Takes what is in memory now out of the search for garbage, once that is cleared away.

    The guidance is some 160,000 objects. To look through them held up every chat for 65 ms, at a moment that nobody
    chose. What was settled before is looked through once more: a guidance that was replaced must not stay.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.enable()


def unsettle() -> None:
    """Puts everything back into the search: the application ends, and its process may go on."""
    gc.unfreeze()
    gc.enable()
