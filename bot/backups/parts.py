"""The databases of an installation beside its log: where each is, how it is opened, which of its tables are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Table

from bot import accounts, consultations, tallies, training
from bot.databases import is_there
from bot.decision_log import KeySource
from bot.settings import Settings

ADVICE = "advice"


@dataclass(frozen=True)
class Part:
    """One database. `writing` gives one transaction on it, and makes its tables where there are none."""

    name: str
    title: str
    url: str
    tables: Sequence[Table]
    writing: Callable[[], AbstractContextManager[Connection]]

    @property
    def member(self) -> str:
        """The name of its file in a backup."""
        return f"{self.name}.jsonl"

    @property
    def exists(self) -> bool:
        """Whether there is anything to back up: looking must not make it."""
        return is_there(self.url)


def parts_of(settings: Settings) -> tuple[Part, ...]:
    """All databases beside the log, opened when they are asked for."""
    keys = KeySource(settings.key_file, settings.key)

    @contextmanager
    def of_accounts() -> Iterator[Connection]:
        with closing(accounts.Database(settings.accounts_url)) as database, database.writing() as connection:
            yield connection

    @contextmanager
    def of_tallies() -> Iterator[Connection]:
        with closing(tallies.Tallies(settings.tallies_url)) as numbers, numbers.copying() as connection:
            yield connection

    @contextmanager
    def of_training() -> Iterator[Connection]:
        with closing(training.open_database(settings.training_url)) as database, database.writing() as connection:
            yield connection

    @contextmanager
    def of_advice() -> Iterator[Connection]:
        with closing(
            consultations.Database(settings.advice_url, lambda: (key.for_advice for key in keys.newest_first()))
        ) as database, database.writing() as connection:  # fmt: skip
            yield connection

    return (
        Part("accounts", "The accounts", settings.accounts_url, accounts.COPIED, of_accounts),
        Part("tallies", "The numbers of questions", settings.tallies_url, tallies.COPIED, of_tallies),
        Part("training", "The training", settings.training_url, training.COPIED, of_training),
        Part(ADVICE, "The advice", settings.advice_url, consultations.COPIED, of_advice),
    )
