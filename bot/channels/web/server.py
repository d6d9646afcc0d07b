"""Serves the web chat inside the process's own event loop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import Iterator, Sequence

import uvicorn
from starlette.applications import Starlette

from bot.errors import SettingsError

_BACKLOG = 128
_MOST_CONNECTIONS = 500
_SHUTDOWN_SECONDS = 5


class _Server(uvicorn.Server):
    """A server that leaves signals to the process it runs in."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`; 0 takes any free port. Raises SettingsError when it cannot."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError:
        raise SettingsError(
            f"The web address {host} is not known.", "Use 127.0.0.1, or an address of this machine."
        ) from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        raise _cannot_listen(error, host, port) from None
    return listening


async def serve(app: Starlette, host: str, port: int, *, proxies: Sequence[str] = ()) -> None:
    """Serves `app` until cancelled. Raises SettingsError when the port cannot be had."""
    await serve_on(app, listen(host, port), proxies=proxies)


async def serve_on(app: Starlette, listening: socket.socket, *, proxies: Sequence[str] = ()) -> None:
    """Serves `app` on a socket of `listen` until cancelled, then lets requests under way finish.

    `proxies` are the addresses of reverse proxies whose word for a visitor's address is taken.
    """
    config = uvicorn.Config(
        app, http="h11", ws="none", access_log=False, log_config=None, server_header=False,
        proxy_headers=bool(proxies), forwarded_allow_ips=list(proxies), limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )  # fmt: skip
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        server.should_exit = True
        await running
        raise
    finally:
        listening.close()


def _cannot_listen(error: OSError, host: str, port: int) -> SettingsError:
    if error.errno == errno.EADDRINUSE:
        return SettingsError(
            f"Port {port} of {host} is taken by another program.", f"Choose another port: {_free_port(host)} is free."
        )
    if error.errno == errno.EACCES:
        return SettingsError(f"Port {port} needs rights that this user lacks.", "Choose a port of 1024 or above.")
    return SettingsError(f"The web chat cannot listen on {host}, port {port}.", "Use an address of this machine.")


def _free_port(host: str) -> int:
    with listen(host, 0) as free:
        port: int = free.getsockname()[1]
    return port
