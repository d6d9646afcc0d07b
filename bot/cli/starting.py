"""`sharewell start`: the main job, the web chat with its Rasa, until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.accounts import AccountError, Accounts
from bot.application import Application, gate_for, open_accounts, running
from bot.channels.office import (
    AddingLinks,
    AdviceDesk,
    Office,
    Page,
    Shelf,
    advice_pages,
    record_pages,
    telegram_pages,
    training_pages,
    waiting_for,
)
from bot.channels.web import WebSettings, create_app, listen, serve_on
from bot.cli.chatting import rasa_or_none
from bot.cli.common import log_to_standard_error
from bot.settings import MAX_PORT, Settings, from_environment

if TYPE_CHECKING:
    from bot.channels.telegram import Telegram

_SWEEP_SECONDS = 30.0


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "start", help="start the web chat",
        description="Starts the web chat and its Rasa. Buttons, danger words and search answer at once; free text as "
        "soon as Rasa is ready.",
    )  # fmt: skip
    command.add_argument("--port", type=_port, help="the port of the web chat (default: SHAREWELL_PORT or 8080)")
    command.add_argument("--host", help="the address to listen on (default: SHAREWELL_HOST or 127.0.0.1)")
    command.add_argument("--without-rasa", action="store_true", help="buttons and key words only")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    log_to_standard_error()
    settings = from_environment()
    if options.port is not None:
        settings = replace(settings, port=options.port)
    if options.host is not None:
        settings = replace(settings, host=options.host)
    asyncio.run(_serve(settings, without_rasa=options.without_rasa))
    return 0


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(MAX_PORT)) else -1
    if not 0 <= number <= MAX_PORT:
        raise argparse.ArgumentTypeError(f"'{text}' is no port; give a number from 0 to {MAX_PORT}")
    return number


async def _serve(settings: Settings, *, without_rasa: bool) -> None:
    began = time.monotonic()
    listening = listen(settings.host, settings.port)  # before anything else is started: a taken port ends it here
    if settings.telegram.is_set:
        await _check_telegram(settings)
    async with running(settings, rasa=rasa_or_none(settings, without=without_rasa)) as application:
        web = WebSettings(
            allowed_hosts=(*settings.allowed_hosts, "localhost", "127.0.0.1", "::1"),
            bound_host=settings.host,
            secure=settings.secure_cookie,
            exit_url=settings.exit_url,
            idle_minutes=max(1, round(settings.idle_minutes)),
        )
        accounts = _accounts(settings)
        shelf = None if accounts is None else _shelf(application, accounts)
        telegram = _telegram(application, shelf)
        office = None if shelf is None else _office(application, shelf, web, telegram)
        tasks = [asyncio.create_task(_sweep(application)), asyncio.create_task(_announce(application, began))]
        app = create_app(
            application.assistant, web, notes=partial(_notes, application, telegram), office=office,
            routes=() if telegram is None else telegram.routes,
        )  # fmt: skip
        if telegram is not None:
            tasks.append(asyncio.create_task(telegram.run()))
        server = asyncio.create_task(serve_on(app, listening))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, server.cancel)
        port = listening.getsockname()[1]
        print(f"Sharewell: http://{settings.host}:{port}  (Ctrl-C stops it)", flush=True)
        try:
            with suppress(asyncio.CancelledError):
                await server
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)  # Telegram is told what was answered
            if accounts is not None:
                accounts.close()


async def _check_telegram(settings: Settings) -> None:
    """Says whether the bot on Telegram can work. Raises SettingsError where its token is wrong."""
    from bot.channels.telegram import check  # for those alone who use it: it takes half a second

    reached = await check(settings.telegram)
    print(f"Telegram: {'ready' if reached else 'cannot be reached now; I go on trying'}.", flush=True)


def _telegram(application: Application, shelf: Shelf | None) -> Telegram | None:
    settings = application.settings
    if not settings.telegram.is_set:
        return None
    from bot.channels.telegram import Organisation, Telegram

    organisation = None
    if shelf is not None:
        accounts = shelf.accounts
        links = AddingLinks(lambda: accounts.identity_links)
        organisation = Organisation(accounts, links.path, partial(waiting_for, shelf))
    return Telegram(
        application.assistant, settings.telegram, settings.run_folder, site_url=settings.site_url,
        idle_minutes=settings.idle_minutes, organisation=organisation,
    )  # fmt: skip


def _shelf(application: Application, accounts: Accounts) -> Shelf:
    assistant = application.assistant
    assistant.offer_identity_page(AddingLinks(lambda: accounts.identity_links))
    return Shelf(
        application.log, accounts, lambda: assistant.bundle.knowledge, gate_for(application.knowledge),
        application.settings.content_folder, tallies=application.tallies,
    )  # fmt: skip


def _office(application: Application, shelf: Shelf, web: WebSettings, telegram: Telegram | None) -> Office:
    settings, accounts = application.settings, shelf.accounts
    proof = None if telegram is None else telegram.holders
    more = (
        *record_pages(shelf, proof), *_advice_pages(application, accounts), *_training_pages(application),
        *_telegram_pages(settings),
    )  # fmt: skip
    return Office(accounts, web, site_url=settings.site_url, more=more)


def _advice_pages(application: Application, accounts: Accounts) -> tuple[Page, ...]:
    """The advisers' pages, where advice can be asked for."""
    assistant = application.assistant
    if assistant.advice is None:
        return ()
    desk = AdviceDesk(assistant.advice, accounts, lambda: assistant.bundle.knowledge, lambda: assistant.bundle.gate)
    return advice_pages(desk)


def _training_pages(application: Application) -> tuple[Page, ...]:
    """What managers see of training, where progress is kept."""
    assistant = application.assistant
    training = assistant.training
    return () if training is None else training_pages(training, lambda: assistant.bundle.knowledge)


def _telegram_pages(settings: Settings) -> tuple[Page, ...]:
    """The pages by which people are invited to act from Telegram, where they enrol there."""
    if not (settings.telegram.is_set and settings.telegram.enrolment):
        return ()
    from bot.channels.telegram import link_before

    return telegram_pages(lambda: asyncio.run(link_before(settings.telegram)))


def _notes(application: Application, telegram: Telegram | None) -> tuple[str, ...]:
    """What supervision should know: files that are refused, and what hinders the bot on Telegram."""
    return (*application.renewal.notes(), *(() if telegram is None else telegram.notes()))


def _accounts(settings: Settings) -> Accounts | None:
    """The accounts of the office, or None where they cannot be reached: guidance never waits for an account."""
    try:
        return open_accounts(settings)
    except AccountError as error:
        print(f"The office is not open. {error.message} {error.remedy}", file=sys.stderr, flush=True)
        return None


async def _announce(application: Application, began: float) -> None:
    if application.rasa is None:
        print("Free text is switched off; buttons, checks and search work.", flush=True)
        return
    print("Buttons, checks and search work now. Rasa is starting ...", flush=True)
    if await application.rasa.wait_until_up():
        print(f"Free text is understood ({time.monotonic() - began:.0f} s after the start).", flush=True)
    else:
        print("Rasa has not started. Run `sharewell doctor`. Buttons, checks and search go on.", flush=True)


async def _sweep(application: Application) -> None:
    """Wipes conversations that were idle too long, and threads of advice that are over."""
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        with suppress(Exception):  # the next turn reports a store that fails; sweeping tries again
            await application.assistant.sweep()
        if application.assistant.advice is not None:
            with suppress(Exception):  # a thread that is over is not shown meanwhile
                await asyncio.to_thread(application.assistant.advice.sweep)
