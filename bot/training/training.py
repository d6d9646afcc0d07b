"""The kept half of the training, as the rest of the application uses it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.codes import CodeHasher, Guesses
from bot.databases import Database, is_there
from bot.knowledge import Knowledge
from bot.training import keeping, progress
from bot.training.database import open_database
from bot.training.errors import NothingCompleted
from bot.training.learners import Begun, Learner, Learners, SharedProgress
from bot.training.progress import Progress
from bot.training.quiz import Mark, Quiz, quiz_of
from bot.training.scenario import ScenarioWalk

KEEP_DAYS = 730
"""24 months after the day on which progress was last used."""


class Training:
    """Progress under pseudonyms, in a database of its own. Safe for use by several threads; every call may wait.

    A method that takes `learner_id` raises UnknownLearner where the progress was wiped or its time has passed, and
    notes that it was used today. Every one raises TrainingUnavailable or TrainingSchemaError when the database cannot
    be used.
    """

    def __init__(
        self, url: str, *, keep_days: int = KEEP_DAYS, clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        seconds: Callable[[], float] = time.monotonic, hasher: CodeHasher | None = None,
    ) -> None:  # fmt: skip
        """The training at `url`, which is opened, or made, when progress is first asked for.

        `seconds` only ever grows: guesses are counted by it.
        """
        self.keep_days = keep_days
        self._url = url
        self._clock = clock
        self._hasher = hasher or CodeHasher()
        self._guesses = Guesses(seconds)
        self._opening = threading.Lock()
        self._opened: tuple[Database, Learners] | None = None

    def begin(self, pseudonym: str) -> Begun:
        """Begin to keep progress. The code opens it elsewhere: it is shown once. Raises InvalidPseudonym."""
        return self._learners.begin(pseudonym)

    def open_with(self, code: str, caller: str) -> Learner:
        """The learner whose code it is. `caller` is where the attempt comes from; it is written nowhere.

        Raises CodeRefused, or TooManyGuesses with the seconds to wait.
        """
        return self._learners.open_with(code, caller)

    def learner(self, learner_id: str) -> Learner:
        return self._learners.get(learner_id)

    def new_code(self, learner_id: str) -> str:
        """Another code, shown once. The earlier one opens nothing from now on."""
        return self._learners.new_code(learner_id)

    def rename(self, learner_id: str, pseudonym: str) -> None:
        """Raises InvalidPseudonym."""
        self._learners.rename(learner_id, pseudonym)

    def wipe(self, learner_id: str) -> None:
        """Destroy all that is kept of a learner, at once."""
        self._learners.wipe(learner_id)

    def share(self, learner_id: str, name: str) -> None:
        """Let managers see `name`, the modules completed and their days. Raises InvalidPseudonym."""
        self._learners.share(learner_id, name)

    def unshare(self, learner_id: str) -> None:
        """Let managers see nothing."""
        self._learners.unshare(learner_id)

    def shared(self) -> tuple[SharedProgress, ...]:
        """What managers see: only those who chose so."""
        return self._learners.shared()

    def first_day_done(self, learner_id: str) -> None:
        """Note that the first day was walked to its end."""
        self._learners.first_day_done(learner_id)

    def record(self, learner_id: str, mark: Mark, knowledge: Knowledge) -> str | None:
        """Keep an answer, and plan its repetition where it was missed. Returns the module that it completed, if so."""
        module_id = mark.key.partition("/")[0]
        with self._database.writing() as connection:
            self._learners.touch(connection, learner_id)
            keeping.keep_mark(connection, learner_id, mark, self._today())
            module = knowledge.modules.get(module_id)
            if module is None:
                return None
            new = keeping.completed_by(connection, learner_id, module, knowledge.version, self._today())
        return module_id if new else None

    def keep_walk(self, learner_id: str, knowledge: Knowledge, walked: ScenarioWalk) -> str | None:
        """Keep a practice walk that came to its end. Returns the module that it completed, if so.

        Raises TrainingError for a walk that has not come to its end.
        """
        module_id = walked.key.partition("/")[0]
        with self._database.writing() as connection:
            self._learners.touch(connection, learner_id)
            keeping.keep_walk(connection, learner_id, knowledge, walked, self._today())
            module = knowledge.modules[module_id]
            new = keeping.completed_by(connection, learner_id, module, knowledge.version, self._today())
        return module_id if new else None

    def daily(self, learner_id: str, knowledge: Knowledge) -> Quiz:
        """Those of today's three questions that still wait for an answer; none where all is done."""
        with self._database.writing() as connection:
            self._learners.touch(connection, learner_id)
            return quiz_of(progress.questions_of_today(connection, learner_id, knowledge, self._today()))

    def progress(self, learner_id: str, knowledge: Knowledge) -> Progress:
        who = self._learners.get(learner_id)
        with self._database.reading() as connection:
            return progress.progress_of(connection, who, knowledge, self._today())

    def certificate(self, learner_id: str, knowledge: Knowledge) -> bytes:
        """A PDF that says what was completed, when, and under which pseudonym. Raises NothingCompleted."""
        who = self._learners.get(learner_id)
        with self._database.reading() as connection:
            completed = progress.completed_modules(connection, learner_id)
        if not completed:
            raise NothingCompleted()
        from bot.training.certificate import certificate_pdf  # typst, for those alone who want one

        return certificate_pdf(who.pseudonym, completed, knowledge, self._clock())

    def sweep(self) -> int:
        """Destroy progress that was not used for too long, and forget old counts. Returns how many were destroyed.

        Where nobody has kept progress so far, nothing is made.
        """
        return self._learners.sweep() if self._opened is not None or is_there(self._url) else 0

    def close(self) -> None:
        """Let go of the database."""
        with self._opening:
            if self._opened is not None:
                self._opened[0].close()
            self._opened = None

    def open(self) -> None:
        """Open the database now. Raises TrainingUnavailable or TrainingSchemaError."""
        self._parts()

    @property
    def _database(self) -> Database:
        return self._parts()[0]

    @property
    def _learners(self) -> Learners:
        return self._parts()[1]

    def _parts(self) -> tuple[Database, Learners]:
        with self._opening:
            if self._opened is None:
                database = open_database(self._url)
                learners = Learners(database, self._today, self.keep_days, self._hasher, self._guesses)
                self._opened = (database, learners)
            return self._opened

    def _today(self) -> date:
        return self._clock().date()
