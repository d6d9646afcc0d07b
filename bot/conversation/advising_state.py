"""What is remembered while somebody asks an adviser: choices in the session, what was typed in memory only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Literal

Step = Literal["subject", "urgency", "text", "more", "danger", "general", "preview", "code"]


@dataclass
class Advising:
    """Seeking advice: a new question (`ask`), or a message to a thread that is open (`write`).

    `left_out` holds the numbers of the check's answers that are not to be sent; `send_id` is the key by which the
    button that sends is tied to what was shown. What was typed is never here.
    """

    purpose: Literal["ask", "write"] = "ask"
    step: Step = "subject"
    subject: str = ""
    urgency: str = ""
    left_out: list[int] = field(default_factory=list)
    send_id: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass
class Unsent:
    """What was typed for an adviser and not sent: masked, and held in memory only.

    `base` is what stood before something is added to it. `kept` are details that the user looked at and chose to keep;
    `trigger` is the danger that the text speaks of, until the user says that nobody is in danger now.
    """

    text: str = ""
    base: str = ""
    kept: set[str] = field(default_factory=set)
    trigger: str = ""


@dataclass
class OpenThread:
    """The thread that this conversation has open: its ticket, which goes with the process, and nothing of its code.

    `written` is what the user wrote in it so far, for the look at small numbers; `waiting` is the ticket of another
    thread, opened by its code while something unsent stood here.
    """

    ticket: str = ""
    reference: str = ""
    written: tuple[str, ...] = ()
    waiting: str = ""


@dataclass
class AdviceMemory:
    """What is held of advice in memory, in no session and no file."""

    unsent: Unsent = field(default_factory=Unsent)
    thread: OpenThread = field(default_factory=OpenThread)
