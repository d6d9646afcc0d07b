"""A PostgreSQL server of its own for a test or a measurement: in a temporary folder, on a socket, ended afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from bot.benchmark.report import BenchmarkError

ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root: then it runs as this account, which its Debian package makes."""

START_SECONDS = 60.0
STOP_SECONDS = 30.0
_PLACES = "/usr/lib/postgresql"
_PAUSE = 0.05


@dataclass(frozen=True)
class Server:
    """A running server. `socket` is the folder of its socket; it listens nowhere else."""

    socket: Path

    def address(self, schema: str = "public") -> str:
        """The address of a log in a schema of this server."""
        options = quote(f"-csearch_path={schema}", safe="")
        return f"postgresql://{ACCOUNT}@/postgres?host={quote(str(self.socket), safe='')}&options={options}"

    def connect(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of the database's administrator, each statement of which is committed at once."""
        return psycopg.connect(host=str(self.socket), user=ACCOUNT, dbname="postgres", autocommit=True)


@contextmanager
def postgresql_server(settings: Sequence[str] = ()) -> Iterator[Server]:
    """A server while the block lasts. `settings` are such as "fsync=off". Raises BenchmarkError where none is found."""
    programs = _programs()
    account = ACCOUNT if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="sharewell-pg-"))
    try:
        if account is not None:
            os.chown(folder, *_ids(account))
        with (folder / "said").open("wb") as said:
            subprocess.run(
                [programs / "initdb", "-D", folder / "data", "-U", ACCOUNT, "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync"],
                check=True, cwd=folder, user=account, stdout=said, stderr=said,
            )  # fmt: skip
            options = [part for setting in ("listen_addresses=", "max_connections=200", *settings)
                       for part in ("-c", setting)]  # fmt: skip
            process = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data", "-k", folder, *options],
                cwd=folder, user=account, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip
        try:
            server = Server(folder)
            _wait(server, process, folder / "said")
            yield server
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ids(account: str) -> tuple[int, int]:
    try:
        place = pwd.getpwnam(account)
    except KeyError:
        raise BenchmarkError(
            f"There is no account {account} for the PostgreSQL server.",
            "Install it with its account: on Debian, `apt-get install postgresql`.",
        ) from None
    return place.pw_uid, place.pw_gid


def _programs() -> Path:
    """The folder of the newest server's programs."""
    found = sorted(Path(_PLACES).glob("*/bin/postgres"), key=lambda path: int(path.parts[-3].split(".")[0]))
    on_path = shutil.which("postgres")
    if on_path is not None:
        found.append(Path(on_path).resolve())
    for path in reversed(found):
        if (path.parent / "initdb").exists():
            return path.parent
    raise BenchmarkError(
        "No PostgreSQL server was found on this machine.", "Install it: on Debian, `apt-get install postgresql`."
    )


def _wait(server: Server, process: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            server.connect().close()
            return
        except psycopg.OperationalError:
            time.sleep(_PAUSE)
    last = said.read_text(errors="replace").strip().splitlines()[-1:] or [""]
    raise BenchmarkError(f"The PostgreSQL server did not start: {last[0]}", "Mend what it names, then try again.")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # at once, also where a client has not left
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
