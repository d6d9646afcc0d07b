"""Spares each call the search for a package that is not there.

httpcore tries to import sniffio for every lock and every connection that it takes, and finds each time anew that it is
not installed: a millisecond for the calls of one turn. Python remembers modules that are there, not those that are not.
"""

from __future__ import annotations

import importlib.util
import sys

_SOUGHT = "sniffio"


def remember_absent() -> None:
    """Has Python answer at once that the package is not there. Where it is installed, nothing is changed."""
    if importlib.util.find_spec(_SOUGHT) is None:
        sys.modules.setdefault(_SOUGHT, None)  # type: ignore[arg-type]
