"""Keeps libraries from writing what they see: addresses with the token in them, and answers with messages in them."""

from __future__ import annotations

import logging

_SILENT = logging.CRITICAL + 1
LOUD = ("httpx", "httpcore", "telegram", "aiolimiter")
"""Loggers whose lines hold an address, an answer or an error in full."""


def quieten() -> None:
    """Silences them, whatever a host program has set."""
    for name in LOUD:
        logging.getLogger(name).setLevel(_SILENT)
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in LOUD:
            logging.getLogger(name).setLevel(_SILENT)
