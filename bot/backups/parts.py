"""The databases of an installation beside its log: where each is, how it is opened, which of its tables are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, event

from bot import accounts, consultations, tallies, training
from bot.databases import is_there
from bot.decision_log import KeySource
from bot.settings import Settings

ADVICE = "advice"


@dataclass(frozen=True)
class Part:
    """One database, and the setting that names it. `schema` is the one whose rows this program copies and restores.

    `writing` gives one transaction on it, makes its tables where there are none, and brings those of an earlier release
    up to date: it is for restoring alone.
    """

    name: str
    title: str
    variable: str
    url: str
    tables: Sequence[Table]
    schema: int
    writing: Callable[[], AbstractContextManager[Connection]]

    @property
    def member(self) -> str:
        """The name of its file in a backup."""
        return f"{self.name}.jsonl"

    @property
    def exists(self) -> bool:
        """Whether there is anything to back up: looking must not make it."""
        return is_there(self.url)


def parts_of(settings: Settings, lock_wait: float) -> tuple[Part, ...]:
    """All databases beside the log, opened when they are asked for. `lock_wait` is the longest wait for a writer.

    The schemas stand here as numbers, so that nobody raises one without a look at what restoring makes of older rows.
    """
    keys = KeySource(settings.key_file, settings.key)

    @contextmanager
    def of_accounts() -> Iterator[Connection]:
        with (
            closing(accounts.Database(settings.accounts_url, lock_wait)) as database, database.writing() as connection,
        ):  # fmt: skip
            yield connection

    @contextmanager
    def of_tallies() -> Iterator[Connection]:
        with closing(tallies.Tallies(settings.tallies_url)) as numbers, numbers.copying() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(_busy_timeout(lock_wait))
            yield connection

    @contextmanager
    def of_training() -> Iterator[Connection]:
        with closing(training.open_database(settings.training_url)) as database:
            _wait_longer(database.engine, lock_wait)
            with database.writing() as connection:
                yield connection

    @contextmanager
    def of_advice() -> Iterator[Connection]:
        with closing(
            consultations.Database(settings.advice_url, lambda: (key.for_advice for key in keys.newest_first()))
        ) as database:
            _wait_longer(database.engine, lock_wait)
            with database.writing() as connection:
                yield connection

    return (
        Part(
            "accounts", "The accounts", "SHAREWELL_ACCOUNTS_URL", settings.accounts_url, accounts.COPIED, 3, of_accounts
        ),
        Part(
            "tallies", "The numbers of questions", "SHAREWELL_HOME or SHAREWELL_ACCOUNTS_URL", settings.tallies_url,
            tallies.COPIED, 1, of_tallies,
        ),
        Part(
            "training", "The training", "SHAREWELL_TRAINING_URL", settings.training_url, training.COPIED, 1, of_training
        ),
        Part(ADVICE, "The advice", "SHAREWELL_ADVICE_URL", settings.advice_url, consultations.COPIED, 1, of_advice),
    )  # fmt: skip


def _wait_longer(engine: Engine, lock_wait: float) -> None:
    """Let what is opened with the wait of the running program, where somebody sits before a screen, wait longer."""
    if engine.dialect.name != "sqlite":
        return

    def prepare(connection: Any, *_: object) -> None:
        connection.execute(_busy_timeout(lock_wait))

    event.listen(engine, "checkout", prepare)


def _busy_timeout(lock_wait: float) -> str:
    return f"PRAGMA busy_timeout = {int(lock_wait * 1000)}"
