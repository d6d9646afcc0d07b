"""`sharewell account`: the accounts of the organisation's own pages, for whoever looks after the server."""

from __future__ import annotations

import argparse
import asyncio
from contextlib import closing
from typing import Any

from bot.accounts import HOURS_VALID, Account, Accounts, Invitation, Place, Role
from bot.application import open_accounts
from bot.cli.common import print_json
from bot.errors import SettingsError
from bot.settings import Settings, from_environment

_INVITATION = "/office/invitation/"
_ROLES = [role.value for role in Role]
_ANY_ADDRESS = ("0.0.0.0", "::", "127.0.0.1", "::1")


def add_to(commands: Any) -> None:
    group = commands.add_parser(
        "account", help="invite, list and change accounts", description="Accounts of the organisation's own pages."
    )
    actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_invite(actions)
    listing = actions.add_parser("list", help="list every account with its id, state and roles")
    listing.add_argument("--json", action="store_true", help="write one JSON object a line")
    listing.set_defaults(run=_list)
    roles = actions.add_parser("roles", help="give an account these roles and no others")
    _add_id(roles)
    roles.add_argument("--role", action="append", required=True, choices=_ROLES, help="a role; may be given again")
    roles.set_defaults(run=_roles)
    _add_telegram(actions)
    for name, run, said in (
        ("suspend", _suspend, "let nobody sign in with an account, and end its sessions"),
        ("restore", _restore, "let a suspended person sign in again"),
        ("reset", _reset, "take every way into an account away, and print a link for a new one"),
    ):
        command = actions.add_parser(name, help=said)
        _add_id(command)
        command.set_defaults(run=run)


def _add_invite(actions: Any) -> None:
    invite = actions.add_parser("invite", help="make an account, and print a link that works once and for three days")
    invite.add_argument("--role", action="append", required=True, choices=_ROLES, help="a role; may be given again")
    invite.add_argument("--name", default="", help="a name, which the person can change")
    invite.add_argument("--team", default="", help="the team; managers read the records of their own")
    invite.add_argument("--area", default="", help="the area for which the person is there")
    invite.add_argument("--subject", action="append", default=[], help="what an adviser answers on; may be given again")
    invite.set_defaults(run=_invite)


def _add_telegram(actions: Any) -> None:
    telegram = actions.add_parser(
        "telegram", help="print a link by which its person acts from Telegram; it works once and for three days"
    )
    _add_id(telegram)
    telegram.add_argument("--end", action="store_true", help="end it instead: the chat no longer acts for the account")
    telegram.set_defaults(run=_telegram)


def _add_id(command: argparse.ArgumentParser) -> None:
    command.add_argument("id", metavar="ID", help="the id of the account, as `sharewell account list` shows it")


def _opened() -> tuple[Settings, Accounts]:
    settings = from_environment()
    settings.prepare()
    return settings, open_accounts(settings)


def _invite(options: argparse.Namespace) -> int:
    settings, accounts = _opened()
    with closing(accounts):
        place = Place(options.team, options.area, tuple(options.subject))
        _print_link(settings, accounts.invitations.invite(options.role, options.name, place))
    return 0


def _reset(options: argparse.Namespace) -> int:
    settings, accounts = _opened()
    with closing(accounts):
        _print_link(settings, accounts.invitations.reset(options.id))
    return 0


def _telegram(options: argparse.Namespace) -> int:
    settings, accounts = _opened()
    with closing(accounts):
        if options.end:
            accounts.enrolments.end(options.id)
            return 0
        if not settings.telegram.enrolment:
            raise SettingsError("Enrolment on Telegram is switched off.", "Set SHAREWELL_TELEGRAM_ENROLMENT to on.")
        from bot.channels.telegram import link_before  # for those alone who use it: it takes half a second

        before = asyncio.run(link_before(settings.telegram))  # where it fails, an earlier link goes on working
        print(f"{before}{accounts.enrolments.invite(options.id).token}")
    print(f"It works once, for {HOURS_VALID} hours. Whoever opens it first acts for the account, so send it with care.")
    return 0


def _list(options: argparse.Namespace) -> int:
    _, accounts = _opened()
    with closing(accounts):
        found = accounts.people.all()
    if not found and not options.json:
        print("There is no account yet. Make the first: sharewell account invite --role administrator")
    for account in found:
        if options.json:
            print_json(_as_json(account))
        else:
            print(f"{account.id}  {account.state.value:9}  {', '.join(sorted(account.roles)):30}  {account.name}")
    return 0


def _roles(options: argparse.Namespace) -> int:
    _, accounts = _opened()
    with closing(accounts):
        accounts.people.set_roles(options.id, options.role)
    return 0


def _suspend(options: argparse.Namespace) -> int:
    _, accounts = _opened()
    with closing(accounts):
        accounts.people.suspend(options.id)
    return 0


def _restore(options: argparse.Namespace) -> int:
    _, accounts = _opened()
    with closing(accounts):
        accounts.people.restore(options.id)
    return 0


def _print_link(settings: Settings, made: Invitation) -> None:
    print(f"{_site(settings)}{_INVITATION}{made.token}")
    print(f"It works once, for {HOURS_VALID} hours. Whoever has it can join, so send it with care.")


def _site(settings: Settings) -> str:
    """Where browsers reach the pages. Not by a number, where a name will do: passkeys need a name."""
    if settings.site_url:
        return settings.site_url
    host = "localhost" if settings.host in _ANY_ADDRESS else settings.host
    scheme = "https" if settings.secure_cookie else "http"
    return f"{scheme}://{host}:{settings.port}"


def _as_json(account: Account) -> dict[str, Any]:
    return {
        "id": account.id, "name": account.name, "state": account.state.value, "roles": sorted(account.roles),
        "team": account.team, "area": account.area, "subjects": list(account.subjects),
        "created_at": account.created_at.isoformat(),
    }  # fmt: skip
