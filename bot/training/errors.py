"""What can go wrong with training.

TrainingError
├── ContentChanged           the quiz or the scenario is no longer what it was: begin it again
│   └── QuestionChanged      the answer is not one of the question that is asked now
├── InvalidPseudonym         a name is not one that may be kept
├── UnknownLearner           the progress was wiped, or its time has passed
├── CodeRefused              the code opens nothing; which of the reasons it is, is not said
│   └── TooManyGuesses       wait before the next attempt
├── NothingCompleted         there is no completed module to certify
├── TrainingUnavailable      the database of the training cannot be used now; nothing was changed
│   └── TrainingLocked       another program held the database for too long
└── TrainingSchemaError      the database is not one of training that this program can use

No message holds text that a person typed.
"""

from __future__ import annotations

from bot.errors import SharewellError

NOTHING_CHANGED = "Nothing was changed."


class TrainingError(SharewellError):
    """Any fault of the training."""


class ContentChanged(TrainingError):
    """The training was changed under a quiz or a scenario, or its state cannot be read."""

    def __init__(self) -> None:
        super().__init__("This part of the training has changed since you began it.", "Begin it again.")


class QuestionChanged(ContentChanged):
    """The answer is not one of the question that is asked now."""


class InvalidPseudonym(TrainingError):
    """A name is empty, too long, or holds signs that it must not hold."""

    def __init__(self, longest: int) -> None:
        super().__init__(
            "This name cannot be kept.",
            f"Use at most {longest} letters, digits, spaces, hyphens and apostrophes, and begin with a letter.",
        )


class UnknownLearner(TrainingError):
    """The progress is not there: it was wiped, or its time has passed."""

    def __init__(self) -> None:
        super().__init__(
            "This progress is not kept any more. It was erased, or it was not used for too long.",
            "You may begin again under a new name.",
        )


class CodeRefused(TrainingError):
    """The code opens nothing. Whether it ever did is not said."""

    def __init__(
        self,
        message: str = "This code opens no progress.",
        remedy: str = "Check the 16 digits, then type them again. A code that was replaced does not work any more.",
    ) -> None:
        super().__init__(message, remedy)


class TooManyGuesses(CodeRefused):
    """Wait `seconds` before the next attempt."""

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        wait = f"{seconds} seconds" if seconds < 60 else "1 minute" if minutes == 1 else f"{minutes} minutes"
        super().__init__("Too many codes were tried from here.", f"Wait {wait}, then type the code again.")
        self.seconds = seconds


class NothingCompleted(TrainingError):
    """There is no completed module to certify."""

    def __init__(self) -> None:
        super().__init__(
            "No module is complete yet, so there is nothing to put on a certificate.",
            "Answer every question of a module correctly once, and walk its scenarios to the end.",
        )


class TrainingUnavailable(TrainingError):
    """The database of the training cannot be used now. Nothing was changed."""


class TrainingLocked(TrainingUnavailable):
    """Another program held the database for longer than the wait that was allowed."""

    def __init__(self) -> None:
        super().__init__(f"The database of the training is busy. {NOTHING_CHANGED}", "Try again in a minute.")


class TrainingSchemaError(TrainingError):
    """The database is not one of training that this program can use. Nothing in it was touched."""
