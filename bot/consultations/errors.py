"""What can go wrong with advice.

AdviceError
├── AdviceUnavailable        the database of the advice cannot be used now; nothing was changed
│   └── AdviceLocked         another program held the database for too long
├── AdviceSchemaError        the database is not one of advice that this program can use
├── WrongAdviceKey           no key at hand opens what the database holds
├── InvalidRequest           a text, a choice or a subject is not one that may be sent; `field` names it
├── EmergencyNotQueued       what must be done now never waits in a list
├── NobodyAnswers            no adviser is there for the area and the subject
├── TooManyRequests          this place has sent too many lately; wait `seconds`
├── CodeRefused              the code opens nothing; says nothing on why
│   └── TooManyGuesses       wait `seconds` before the next attempt
├── TicketExpired            the thread has to be opened with its code again
├── ThreadGone               the thread was destroyed meanwhile
├── ThreadClosed             the thread takes no more messages
├── ThreadDamaged            what is kept of the thread was changed outside of this program; nothing of it is shown
├── NotYours                 the adviser does not see this thread
├── CannotHandOn             the other adviser does not answer on it, or has a conflict
└── SomebodyWasFirst         the thread has changed since the adviser looked at it

No message holds text that a person typed.
"""

from __future__ import annotations

from bot.errors import SharewellError

NOTHING_CHANGED = "Nothing was changed."


class AdviceError(SharewellError):
    """Any fault of the advice."""


class AdviceUnavailable(AdviceError):
    """The database of the advice cannot be used now. Nothing was changed."""


class AdviceLocked(AdviceUnavailable):
    """Another program held the database for longer than the wait that was allowed."""

    def __init__(self) -> None:
        super().__init__(f"The database of the advice is busy. {NOTHING_CHANGED}", "Try again in a minute.")


class AdviceSchemaError(AdviceError):
    """The database is not one of advice that this program can use. Nothing in it was touched."""


class WrongAdviceKey(AdviceError):
    """No key at hand opens what the database holds."""

    def __init__(self) -> None:
        super().__init__(
            "The key file does not open the database of the advice. Nothing was read or sent.",
            "Put back the key file that was in use with this database.",
        )


class InvalidRequest(AdviceError):
    """Something written or chosen is not one that may be sent. `field` names what it was."""

    def __init__(self, field: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.field = field


class EmergencyNotQueued(AdviceError):
    """What must be done now never waits in a list of questions."""

    def __init__(self) -> None:
        super().__init__(
            "An emergency never waits for an adviser. Nothing was sent.",
            "Call 999 where somebody is in danger now. Otherwise call social care or your safeguarding lead at once.",
        )


class NobodyAnswers(AdviceError):
    """No adviser is there for the area and the subject."""

    def __init__(self) -> None:
        super().__init__(
            "No adviser answers questions on this subject here. Nothing was sent.",
            "Ask your safeguarding lead, or use the contacts of your area.",
        )


class TooManyRequests(AdviceError):
    """This place has sent too many requests lately. Wait `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"Too many questions were sent from here. Wait {waiting(seconds)}. Nothing was sent.",
            "If it cannot wait, ask your safeguarding lead by telephone.",
        )
        self.seconds = seconds


class CodeRefused(AdviceError):
    """The code opens nothing. Whether it never did, has expired or was wiped is not said."""

    def __init__(
        self,
        message: str = "This code opens nothing.",
        remedy: str = "Check its 16 digits. A thread that has ended cannot be opened; you can ask for advice again.",
    ) -> None:
        super().__init__(message, remedy)


class TooManyGuesses(CodeRefused):
    """Wait `seconds` before the next attempt."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"There were too many attempts. Wait {waiting(seconds)}.", "Then type your code again.")
        self.seconds = seconds


class TicketExpired(AdviceError):
    """The thread has to be opened with its code again."""

    def __init__(self) -> None:
        super().__init__("Your advice thread was put away.", "Type its code again to open it.")


class ThreadGone(AdviceError):
    """The thread was destroyed meanwhile."""

    def __init__(self) -> None:
        super().__init__("This advice thread was destroyed. Nothing of it is kept.", "You can ask for advice again.")


class ThreadClosed(AdviceError):
    """The thread takes no more messages."""

    def __init__(self) -> None:
        super().__init__(
            f"This advice thread is closed. {NOTHING_CHANGED}", "Ask for advice again if there is more to ask."
        )


class ThreadDamaged(AdviceError):
    """What is kept of the thread was changed outside of this program. Nothing of it is shown."""

    def __init__(self) -> None:
        super().__init__(
            "What is kept of this advice thread was changed outside of this program. None of it is shown.",
            "Tell the person who looks after this service. Ask your question again.",
        )


class NotYours(AdviceError):
    """The adviser does not see this thread: it is another's, it has ended, or there was a conflict."""

    def __init__(self) -> None:
        super().__init__("There is no such thread for you.", "Go back to your list of advice threads.")


class CannotHandOn(AdviceError):
    """The other adviser does not answer on it, or has a conflict. Which of the two is not said."""

    def __init__(self) -> None:
        super().__init__(f"This thread cannot go to that adviser. {NOTHING_CHANGED}", "Choose another adviser.")


class SomebodyWasFirst(AdviceError):
    """The thread has changed since the adviser looked at it."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else wrote in this thread while you had it open. Your words were not sent.",
            "Read what is new, then send your words again.",
        )


def waiting(seconds: int) -> str:
    """A wait in words."""
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
