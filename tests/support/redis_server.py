"""A Redis server of its own for tests: in a temporary folder, on a socket, nothing on disk, ended afterwards."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

PASSWORD = "only-for-this-test"
_ALONE = ("--port", "0", "--requirepass", PASSWORD, "--save", "", "--appendonly", "no")
_SECONDS_TO_START = 20.0


@dataclass(frozen=True)
class RedisServer:
    """A running server: its process, the folder with its socket, its password."""

    process: subprocess.Popen[bytes]
    folder: Path
    password: str
    account: str = "default"

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    @property
    def url(self) -> str:
        return f"unix://:{self.password}@{self.socket}?db=0"

    def administrator(self) -> Redis:
        return Redis(unix_socket_path=str(self.socket), username=self.account, password=self.password, protocol=2)

    def held(self) -> bytes:
        """Every name and value that the server holds, of whatever kind, one after the other."""
        parts: list[bytes] = []
        with self.administrator() as redis:
            for name in redis.scan_iter():
                value = redis.get(name) if redis.type(name) == b"string" else redis.zrange(name, 0, -1, withscores=True)
                parts += [name, repr(value).encode() if not isinstance(value, bytes) else value]
        return b"\n".join(parts)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def redis_server(
    folder: Path | None = None, more: Sequence[str] = (), account: str = "default"
) -> Iterator[RedisServer]:
    """A server while the block lasts; `more` options may name a file of users, of which `account` may do all.

    Where none is installed it fails and says what to install.
    """
    program = shutil.which("redis-server")
    assert program is not None, "no redis-server was found: install it, on Debian `apt-get install redis-server`"
    own = Path(tempfile.mkdtemp(prefix="sharewell-redis-")) if folder is None else folder
    with (own / "said").open("wb") as said:
        process = subprocess.Popen(
            [program, *(more or _ALONE), "--unixsocket", str(own / "socket"), "--unixsocketperm", "700",
             "--dir", str(own)],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said,
        )  # fmt: skip
    server = RedisServer(process, own, PASSWORD, account)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(20)
        if folder is None:
            shutil.rmtree(own, ignore_errors=True)


def _wait(server: RedisServer) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with server.administrator() as redis:
                redis.ping()
            return
        except RedisError:
            time.sleep(0.05)
    raise AssertionError(f"redis-server did not start: {(server.folder / 'said').read_text(errors='replace')[-500:]}")
