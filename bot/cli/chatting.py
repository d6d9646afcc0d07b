"""`sharewell chat`: the conversation in a terminal, or as JSON lines for scripts."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, closing
from typing import TYPE_CHECKING, Any

from bot.application import Application, open_accounts, rasa_for, running
from bot.channels.terminal import chat, chat_json
from bot.conversation.remote import AnyRasa
from bot.settings import Settings, from_environment

if TYPE_CHECKING:
    from bot.accounts import Accounts, IdentityLinks


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "chat", help="talk in the terminal, or by JSON lines",
        description="The conversation in the terminal. Buttons work at once; free text as soon as Rasa is ready.",
    )  # fmt: skip
    command.add_argument(
        "--json", action="store_true", help='read {"text"} or {"button"} a line, write one Reply a line'
    )
    command.add_argument("--new", action="store_true", help="forget the open conversation and start a new one")
    command.add_argument("--chat", metavar="KEY", help="with --json: go on with the conversation of this key")
    command.add_argument("--without-rasa", action="store_true", help="buttons and key words only")
    command.add_argument(
        "--no-wait", action="store_true", help="with --json: do not wait for Rasa before the first line"
    )
    command.set_defaults(run=run)


def rasa_or_none(settings: Settings, *, without: bool) -> AnyRasa | None:
    return None if without else rasa_for(settings)


def run(options: argparse.Namespace) -> int:
    return asyncio.run(_talk(options))


@asynccontextmanager
async def _identity_page(application: Application) -> AsyncIterator[None]:
    """Offers the identity page where people reach it by an address. The accounts are opened for the first link."""
    settings, opened = application.settings, ExitStack()
    accounts: list[Accounts] = []

    def links() -> IdentityLinks:
        if not accounts:
            accounts.append(opened.enter_context(closing(open_accounts(settings))))
        return accounts[0].identity_links

    if settings.site_url:
        from bot.channels.office import AddingLinks  # for those alone who have its pages

        application.assistant.offer_identity_page(AddingLinks(links))
    with opened:
        yield


async def _talk(options: argparse.Namespace) -> int:
    settings = from_environment()
    async with (
        running(settings, rasa=rasa_or_none(settings, without=options.without_rasa)) as application,
        _identity_page(application),
    ):
        if not options.json:
            await chat(
                application.assistant, settings.run_folder, new=options.new, source=sys.stdin, sink=sys.stdout,
                site_url=settings.site_url,
            )  # fmt: skip
            return 0
        if application.rasa is not None and not options.no_wait:
            await application.rasa.wait_until_up()
        await chat_json(application.assistant, chat=options.chat, source=sys.stdin, sink=sys.stdout)
    return 0
