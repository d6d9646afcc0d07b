"""How the bot stands with Telegram: said once in the log when it changes, and by `/healthz` as long as it is so."""

from __future__ import annotations

import logging
import time

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

_log = logging.getLogger(__name__)

TOKEN_REFUSED = "the token is no longer accepted; renew it with BotFather, set it and start again"
READ_BY_ANOTHER = "another program reads the messages of this bot; end it, or use another bot"
WEBHOOK_REFUSED = "the address of the webhook is refused; correct SHAREWELL_TELEGRAM_WEBHOOK_URL, or leave it out"
NOT_REACHED = "it cannot be reached now; I go on trying"
_ALONE_SECONDS = 15.0


class Standing:
    """What hinders the bot now. It is for one bot, and starts as well."""

    def __init__(self) -> None:
        self._trouble = ""
        self._since = 0.0

    def notes(self) -> tuple[str, ...]:
        """What supervision should know; nothing where all is well. No token is in it, and nothing of any chat."""
        return (f"telegram: {self._trouble}",) if self._trouble else ()

    def well(self) -> None:
        """Notes that a call was taken. Of two programs that read, each is heard in turns: that is not well yet."""
        if self._trouble == READ_BY_ANOTHER and time.monotonic() - self._since < _ALONE_SECONDS:
            return
        if self._trouble:
            _log.warning("telegram: works again")
        self._trouble = ""

    def hindered(self, error: BaseException) -> None:
        """Notes what `error` says of the standing."""
        trouble = _trouble_of(error)
        if trouble != self._trouble:
            _log.error("telegram: %s", trouble)
        self._trouble, self._since = trouble, time.monotonic()


def _trouble_of(error: BaseException) -> str:
    if isinstance(error, InvalidToken):  # also what the library makes of an address that is not found
        return TOKEN_REFUSED
    if isinstance(error, Conflict):
        return READ_BY_ANOTHER
    return WEBHOOK_REFUSED if isinstance(error, BadRequest | Forbidden) else NOT_REACHED
