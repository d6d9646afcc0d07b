"""Those who chose to keep their progress: a pseudonym, a code to carry it with, whether managers see it, an end."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.codes import Busy, CodeHasher, Guesses, digits_of, grouped, locator_of, new_code
from bot.databases import Database
from bot.training.database import LOCATOR_KEY, oldest, touch
from bot.training.errors import CodeRefused, TooManyGuesses, TrainingUnavailable, UnknownLearner
from bot.training.names import require_name
from bot.training.schema import completion, learner

_ID_BYTES = 12
_LOCATORS = 2**20
"""Many people may learn, and what a code opens is readable in the database: so most guesses must cost no Argon2id."""


@dataclass(frozen=True)
class Learner:
    """Somebody who keeps progress. `shared_as` is the name that managers see; None where they see nothing."""

    id: str
    pseudonym: str
    began: date
    used: date
    shared_as: str | None
    first_day: date | None


@dataclass(frozen=True)
class Begun:
    """New progress, and the code that opens it elsewhere. The code is shown once and kept nowhere."""

    learner: Learner
    code: str


@dataclass(frozen=True)
class SharedProgress:
    """What managers see of somebody who chose so: a name, and the modules that were completed, each with its day."""

    name: str
    completed: tuple[tuple[str, date], ...]


class Learners:
    """Progress as a whole. `today` gives the present day; what was not used for `keep_days` is gone."""

    def __init__(
        self, database: Database, today: Callable[[], date], keep_days: int, hasher: CodeHasher, guesses: Guesses
    ) -> None:
        self._database = database
        self._today = today
        self._keep_days = keep_days
        self._hasher = hasher
        self._guesses = guesses
        self._key = bytes.fromhex(database.facts[LOCATOR_KEY])

    def begin(self, pseudonym: str) -> Begun:
        name, code, today = require_name(pseudonym), new_code(), self._today()
        made = Learner(secrets.token_hex(_ID_BYTES), name, today, today, None, None)
        kept = self._kept_of(code)
        with self._database.writing() as connection:
            row = {"id": made.id, "pseudonym": name, "began": today, "used": today}
            connection.execute(insert(learner).values(**row, **kept))
        return Begun(made, grouped(code))

    def open_with(self, code: str, caller: str) -> Learner:
        """Counts the attempt before it looks at the code, and says of a wrong one only that it opens nothing."""
        digits = digits_of(code)
        if not digits:
            raise CodeRefused()
        self._count(caller, self._locator_of(digits))
        found = self._matching(digits)
        if found is None:
            raise CodeRefused()
        self._guesses.not_a_guess(caller)
        return self.get(found)

    def get(self, learner_id: str) -> Learner:
        with self._database.writing() as connection:
            self.touch(connection, learner_id)
            row = connection.execute(select(learner).where(learner.c.id == learner_id)).one()
        return Learner(row.id, row.pseudonym, row.began, row.used, row.shared_as, row.first_day)

    def new_code(self, learner_id: str) -> str:
        code = new_code()
        self._change(learner_id, **self._kept_of(code))
        return grouped(code)

    def rename(self, learner_id: str, pseudonym: str) -> None:
        self._change(learner_id, pseudonym=require_name(pseudonym))

    def share(self, learner_id: str, name: str) -> None:
        self._change(learner_id, shared_as=require_name(name))

    def unshare(self, learner_id: str) -> None:
        self._change(learner_id, shared_as=None)

    def first_day_done(self, learner_id: str) -> None:
        with self._database.writing() as connection:
            self.touch(connection, learner_id)
            first = (learner.c.id == learner_id) & learner.c.first_day.is_(None)
            connection.execute(update(learner).where(first).values(first_day=self._today()))

    def wipe(self, learner_id: str) -> None:
        """Everything that hangs on a learner goes with the row. Raises UnknownLearner where there is none."""
        with self._database.writing() as connection:
            if connection.execute(delete(learner).where(learner.c.id == learner_id)).rowcount != 1:
                raise UnknownLearner()

    def shared(self) -> tuple[SharedProgress, ...]:
        """The progress of those who chose to show it, by name."""
        shown = learner.c.shared_as.is_not(None) & (learner.c.used >= oldest(self._today(), self._keep_days))
        joined = learner.outerjoin(completion, learner.c.id == completion.c.learner_id)
        wanted = select(learner.c.id, learner.c.shared_as, completion.c.module, completion.c.completed)
        found: dict[str, tuple[str, list[tuple[str, date]]]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(wanted.select_from(joined).where(shown)):
                _, modules = found.setdefault(row.id, (row.shared_as, []))
                if row.module is not None:
                    modules.append((row.module, row.completed))
        people = (SharedProgress(name, tuple(sorted(modules))) for name, modules in found.values())
        return tuple(sorted(people, key=lambda person: (person.name.casefold(), person.completed)))

    def sweep(self) -> int:
        """Destroy what was not used for too long. Returns how many there were."""
        self._guesses.sweep()
        with self._database.writing() as connection:
            past = learner.c.used < oldest(self._today(), self._keep_days)
            return int(connection.execute(delete(learner).where(past)).rowcount)

    def touch(self, connection: Connection, learner_id: str) -> None:
        """As `bot.training.database.touch`, with today and the days for which progress is kept."""
        touch(connection, learner_id, self._today(), self._keep_days)

    def _change(self, learner_id: str, **values: Any) -> None:
        with self._database.writing() as connection:
            self.touch(connection, learner_id)
            connection.execute(update(learner).where(learner.c.id == learner_id).values(**values))

    def _kept_of(self, code: str) -> dict[str, Any]:
        try:
            return {"locator": self._locator_of(code), "code_hash": self._hasher.hash(code)}
        except Busy:
            raise _too_many() from None

    def _locator_of(self, code: str) -> int:
        return locator_of(code, self._key, _LOCATORS)

    def _count(self, caller: str, locator: int) -> None:
        wait = self._guesses.from_place(caller)
        if wait:
            raise TooManyGuesses(wait)
        wait = self._guesses.at_locator(locator)
        if wait:
            self._guesses.not_a_guess(caller)
            raise TooManyGuesses(wait)

    def _matching(self, digits: str) -> str | None:
        """The id of the learner whose code it is."""
        here = learner.c.locator == self._locator_of(digits)
        with self._database.reading() as connection:
            rows = connection.execute(select(learner.c.id, learner.c.code_hash).where(here)).all()
        try:
            return next((str(row.id) for row in rows if self._hasher.matches(row.code_hash, digits)), None)
        except Busy:
            raise _too_many() from None


def _too_many() -> TrainingUnavailable:
    return TrainingUnavailable("Too many people use codes at this moment. Nothing was changed.", "Try in a minute.")
