"""A stand-in for the assistant: it answers each key word with one kind of reply, and notes what it was asked."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from bot.conversation.bundle import Bundle
from bot.conversation.charts import Flowchart
from bot.conversation.messages import Button, Document, File, Message, Part, Reply, SourceLine
from bot.knowledge import Index
from bot.letters import LetterError, format_named
from tests.channels.web.support import Conversed
from tests.support.assistants import detector, gate, knowledge

TODAY = date(2026, 11, 20)


@cache
def bundle() -> Bundle:
    """The guidance itself is real: only the chat is a stand-in."""
    return Bundle(knowledge(), Index(knowledge()), gate(), detector())


CURRENT = SourceLine("guide-2024", "Example guide", "part 2, page 9", "June 2024", "current")
PAST = SourceLine("guide-2010", "Older guide", "step 6", "March 2010", "past-review")
MENU = Button("Open the menu", "menu", "step")
FORGET = Button("Stop and forget", "forget", "step")

GREETING = Reply(
    (
        Part("Ask me about sharing.\n\nI guide, and you decide. In immediate danger, call 999.", "plain", "Sharewell"),
        Part("- Leave out names and details.\n- I forget this conversation after 30 minutes.", "plain", "What I keep"),
    ),
    "smalltalk", "greeting",
    (
        Button("I am worried about someone", "check:report"), Button("Should I share this?", "check:share"),
        Button("Ask for advice without names", "check:advice"), Button("See all checks", "checks", "step"),
        Button("Choose your area", "areas", "step"), Button("What can you do?", "help", "step"),
    ),
)  # fmt: skip
ANSWER = Reply(
    (
        Part(
            "You may share without consent where someone may come to harm.\n\n- Say why.\n- Share what is needed.\n\n"
            "1. First, ask your lead.\n2. Then write it down.",
            "answer", "What if the person refuses?", (CURRENT, PAST),
        ),
        Part("- Older guide: asks for a manager's name.", "differences", "Where areas differ"),
        Part("The older guide was due for review in March 2012.", "currency", "How current this is"),
    ),
    "topic", "refusal",
    (
        Button("More about this", "more:refusal"), Button("Check: Can I go against a refusal?", "check:override"),
        Button("What valid consent needs", "topic:consent-validity", "step"),
    ),
)  # fmt: skip
QUESTION = Reply(
    (Part("Do you have a clear and proper purpose for sharing this?", "question", "Should I share this?"),),
    "question", "share/purpose",
    (
        Button("Yes", "answer:abc:yes"), Button("No", "answer:abc:no"), Button("Not sure", "answer:abc:not-sure"),
        Button("Someone may be harmed", "answer:abc:harm", "alarm"), Button("Why this is asked", "why", "step"),
        Button("Back one step", "back", "step"), Button("Change an earlier answer", "change", "step"),
        Button("Stop this check", "stop", "step"),
    ),
)  # fmt: skip
OUTCOME = Reply(
    (
        Part("- Tell your lead.\n- Share a little.\n\nDo this today.", "outcome", "Share what is needed", (CURRENT,)),
        Part("This is guidance. The decision is yours.", "notice"),
    ),
    "outcome", "share/share-needed",
    (
        Button("Record this decision", "record"), Button("Save nothing", "save-nothing"),
        Button("Back one step", "back", "step"), MENU,
    ),
)  # fmt: skip
PREVIEW = Reply(
    (
        Part(
            "Nothing has been written yet.", "preview", "Check before it is kept",
            rows=(("Decision", "Shared in part"), ("Reasons", "A child may come to harm.\nThe lead agreed.")),
        ),
        Part("- The rest of this conversation.", "notice", "Not kept"),
    ),
    "preview", "share/share-needed",
    (
        Button("Confirm and record", "confirm:1"), Button("Change a field", "revise"),
        Button("Save nothing", "save-nothing"),
    ),
)  # fmt: skip
URGENT = Reply(
    (
        Part("Call 999 now if anyone is in immediate danger.", "urgent"),
        Part("- Police: 101\n- Safeguarding lead: ask your manager", "urgent", "Who to tell"),
        Part("I do not watch this chat.", "urgent"),
        *ANSWER.parts,
    ),
    "urgent", "violence-now", (Button("Check: Report a concern", "check:report"), MENU),
)  # fmt: skip
PRIVATE_STEPS = (Button("Leave blank", "blank:who"), Button("Keep none of this", "discard", "step"))
PRIVATE = Reply(
    (Part("Whose information is it?", "question", "Identifying details for SW-1234"),), "identity", "who",
    PRIVATE_STEPS, entry="private",
)  # fmt: skip
RECORDED = Reply(
    (Part("The details are kept, encrypted.", "notice"),), "recorded", "SW-1234", (MENU, FORGET)
)  # fmt: skip
ENDED = Reply((Part("I have forgotten this conversation.", "plain", "Ended and wiped"),), "ended", "forgotten", (MENU,))
LETTER = Reply(
    (Part("It asks for help.", "answer", "Escalation letter", (PAST,)),), "letter", "escalation-letter-1", (MENU,),
    documents=(Document("escalation-letter-1", "Escalation letter", ("docx", "pdf")),),
)  # fmt: skip
UNKNOWN = Reply((Part("I will not guess.", "plain", "I do not have an answer to that"),), "unknown", "", (MENU,))

BY_WORD = {
    "refuse": ANSWER, "share": QUESTION, "outcome": OUTCOME, "preview": PREVIEW, "danger": URGENT, "identify": PRIVATE,
    "letter": LETTER,
}  # fmt: skip
BY_BUTTON = {
    "check:share": QUESTION, "answer:abc:yes": OUTCOME, "answer:abc:harm": URGENT, "record": PREVIEW,
    "confirm:1": PRIVATE, "discard": RECORDED, "topic:consent-validity": ANSWER, "menu": GREETING,
}  # fmt: skip


@dataclass
class Scripted:
    """Answers by key words. A private step takes any text as the detail and shows it for confirmation."""

    messages: list[Message] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    detail: dict[str, str] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    hold: asyncio.Event | None = None
    walked: tuple[Flowchart, ...] = ()

    async def opening(self, chat: str, *, private_entry: bool = True) -> Reply:
        return self._private_preview(chat) if chat in self.detail else GREETING

    async def document(self, chat: str, letter_id: str, format_name: str) -> File:
        if letter_id != LETTER.documents[0].id:
            raise LetterError("There is no letter or form of that name.", "Choose one from the list.")
        return File(f"{letter_id}.{format_name}", format_named(format_name).media_type, f"for {chat}".encode())

    async def flowcharts(self, chat: str) -> tuple[Flowchart, ...]:
        return self.walked

    @property
    def bundle(self) -> Bundle:
        return bundle()

    @property
    def today(self) -> date:
        return TODAY

    async def forget(self, chat: str) -> None:
        self.forgotten.append(chat)
        self.private.discard(chat)
        self.detail.pop(chat, None)

    async def turn(self, message: Message) -> Reply:
        self.messages.append(message)
        if self.hold is not None:
            await self.hold.wait()
        if message.button == "forget":
            await self.forget(message.chat)
            return ENDED
        if message.button == "show" and message.chat in self.private:
            return self._private_preview(message.chat) if message.chat in self.detail else PRIVATE
        reply = self._pressed(message.button) if message.text is None else self._typed(message.chat, message.text)
        if reply is PRIVATE:
            self.private.add(message.chat)
        elif reply.kind != "identity":
            self.private.discard(message.chat)
            self.detail.pop(message.chat, None)
        return reply

    def _pressed(self, value: str | None) -> Reply:
        return BY_BUTTON.get(value or "", UNKNOWN)

    def _typed(self, chat: str, text: str) -> Reply:
        if chat in self.private:
            self.detail[chat] = text
            return self._private_preview(chat)
        if "crash" in text:
            raise RuntimeError(f"secret words: {text}")
        found = next((reply for word, reply in BY_WORD.items() if word in text.casefold()), UNKNOWN)
        return found if found is PRIVATE else replace(found, echo=text.replace("Daniel", "[name]"))

    def _private_preview(self, chat: str) -> Reply:
        part = Part("Nothing of this has been kept yet.", "preview", "Identifying details for SW-1234",
                    rows=(("Whose information it is", self.detail[chat]),))  # fmt: skip
        keep = Button("Keep these details", "keep:1")
        return Reply((part,), "identity", "preview", (keep, *PRIVATE_STEPS[1:]), entry="private")


SCRIPTED = Conversed(
    lambda: nullcontext(Scripted()),
    {
        "answer": ("what if they refuse",),
        "letter": ("letter",),
        "question": ("press Should I share this?",),
        "outcome": ("press Should I share this?", "press Yes"),
        "preview": ("press Should I share this?", "press Yes", "press Record this decision"),
        "private": (
            "press Should I share this?", "press Yes", "press Record this decision", "press Confirm and record",
        ),
        "urgent": ("he is in danger now",),
    },
)  # fmt: skip
"""What leads to each kind of reply in the stand-in."""
