"""Looks at what is typed into a command before the log keeps it: words without names, and accounts that exist."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.accounts import UnknownAccount
from bot.application import gate_for, open_accounts
from bot.cli.common import InputError
from bot.databases import is_there
from bot.decision_log import COMMAND_LINE
from bot.knowledge import KnowledgeError, load
from bot.privacy import TYPES, Gate
from bot.settings import Settings


def refuse_identifying(settings: Settings, option: str, text: str) -> None:
    """Raises InputError where `text` names what may identify a person. No part of it stands in the error."""
    spans = _gate(settings.knowledge).mask(text).spans
    if spans:
        found = ", ".join(dict.fromkeys(TYPES[span.type].label.lower() for span in spans))
        raise InputError(
            f"{option} names what may identify a person: {found}. Nothing was recorded.",
            "Leave that out, and give the command again.",
        )


def require_account(settings: Settings, account_id: str) -> None:
    """Raises UnknownAccount unless it is the id of an account, or of the command line: a name must not stand there."""
    if account_id == COMMAND_LINE:
        return
    if not is_there(settings.accounts_url):  # looking must not make it
        raise UnknownAccount()
    with closing(open_accounts(settings)) as accounts:
        accounts.people.find(account_id)


def _gate(folder: Path) -> Gate:
    """The gate with the names of the guidance; without them where a file has a fault: records must not wait for it."""
    try:
        return gate_for(load(folder))
    except KnowledgeError:
        return Gate(())
