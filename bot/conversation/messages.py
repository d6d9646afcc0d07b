"""What goes into a turn and what comes out: the only things that channels and the conversation share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.conversation.dates import readable
from bot.letters import format_named

MAX_BUTTON_BYTES = 64
"""Telegram's limit for callback data: a button's value must work on every channel."""

TAKE = "document"
"""The verb of a button that takes a document: document:ID:FORMAT."""

PartKind = Literal[
    "urgent", "notice", "answer", "differences", "currency", "question", "outcome", "preview", "plain", "once",
]  # fmt: skip
"""The kind `once` is shown once and kept by no channel: a receipt code."""

ReplyKind = Literal[
    "topic", "check", "question", "outcome", "urgent", "advice", "draft", "preview", "recorded", "identity",
    "smalltalk", "unknown", "error", "ended", "letter", "training",
]  # fmt: skip


@dataclass(frozen=True)
class Message:
    """What a user sent: text or the value of a button. `chat` is the channel's own opaque key of the conversation.

    `account` is the id of the account under which a record is made, where somebody is signed in; else empty.
    `private_entry` says whether this channel may take identifying details after a record was confirmed (the web page
    and the terminal may, a channel of a third party may not). `may_record` says whether this user may make records.

    `source` is where attempts at a receipt code are counted by: what a guesser cannot make anew at will, where the
    channel has such a thing; else the chat. `notices` is the channel's own address of this chat, by which it could tell
    of a reply; empty where it cannot. It is stored only if the user asks for it.
    """

    chat: str
    text: str | None = None
    button: str | None = None
    private_entry: bool = True
    account: str = ""
    may_record: bool = True
    source: str = ""
    notices: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class SourceLine:
    """A source under an answer: id, what to call it, the place, its date, and a status for its age.

    `date` is as the register has it (2018-06), for scripts; `dated` is as people read it (June 2018).
    """

    id: str
    title: str
    where: str
    date: str
    status: str

    def text(self) -> str:
        status = f" ({self.status})" if self.status != "current" else ""
        return f"{self.title}, {self.dated}, {self.where}{status}"

    @property
    def dated(self) -> str:
        return readable(self.date)


@dataclass(frozen=True)
class Button:
    """`label` says an action and its object; `value` comes back in Message.button (at most 64 bytes).

    `weight` tells a channel how to set it: answer (a choice in its own right), step (Back, Why, Stop and the like),
    or alarm (the way to acting now).
    """

    label: str
    value: str
    weight: Literal["answer", "step", "alarm"] = "answer"


@dataclass(frozen=True)
class Link:
    """A page of the organisation's own web address: what it is, and its path there, such as /topic/form-of-consent."""

    label: str
    path: str


@dataclass(frozen=True)
class Picture:
    """The flowchart of a check, with the way walked in this conversation highlighted in it.

    `alternative` says in words what it shows. The drawing itself is `svg`; bot.checks.as_png makes a PNG of it. On the
    web the same drawing stands at `path`, for whoever holds this conversation.
    """

    title: str
    alternative: str
    check: str
    svg: str = field(repr=False)
    path: str


@dataclass(frozen=True)
class Document:
    """A letter or form that can be taken as a file: ask the assistant for document(chat, id, format)."""

    id: str
    title: str
    formats: tuple[str, ...]

    def offer(self) -> tuple[Button, ...]:
        """A button for each format. Its value is document:ID:FORMAT; the channel itself answers it with the file."""
        return tuple(Button(format_named(name).label, f"{TAKE}:{self.id}:{name}") for name in self.formats)


def document_named(value: str | None) -> tuple[str, str] | None:
    """The letter and the format that the button `value` of a document asks for; None for any other button."""
    verb, _, rest = (value or "").partition(":")
    letter_id, _, format_name = rest.partition(":")
    return (letter_id, format_name) if verb == TAKE and letter_id and format_name else None


@dataclass(frozen=True)
class File:
    """A file to hand to the user. It is made when it is asked for and kept nowhere; its name identifies nobody."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Part:
    """One block of a reply. `text` holds paragraphs set apart by blank lines, and list items as lines of "- ".

    `rows` are label and value pairs (a preview, a record).
    """

    text: str
    kind: PartKind = "plain"
    title: str = ""
    sources: tuple[SourceLine, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Reply:
    """The answer to one message, for every channel. `echo` is the user's text as it was understood: masked.

    `entry` says what the user may type next: text (anything), private (an identifying detail, not to be echoed).
    """

    parts: tuple[Part, ...]
    kind: ReplyKind
    id: str = ""
    buttons: tuple[Button, ...] = ()
    alternatives: tuple[str, ...] = ()
    echo: str = ""
    entry: Literal["text", "private"] = "text"
    details: dict[str, Any] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    picture: Picture | None = None
    documents: tuple[Document, ...] = ()

    @property
    def text(self) -> str:
        """Every word of the reply as plain text, without its sources and buttons."""
        blocks: list[str] = []
        for part in self.parts:
            rows = "\n".join(f"{label}: {value}" for label, value in part.rows)
            blocks.extend(block for block in (part.title, part.text, rows) if block)
        return "\n\n".join(blocks)

    @property
    def sources(self) -> tuple[SourceLine, ...]:
        return tuple(dict.fromkeys(source for part in self.parts for source in part.sources))

    def as_json(self) -> dict[str, Any]:
        """The reply as one JSON object, for `sharewell chat --json`."""
        return {
            "kind": self.kind,
            "id": self.id,
            "text": self.text,
            "parts": [
                {"kind": part.kind, "title": part.title, "text": part.text, "rows": [list(row) for row in part.rows]}
                for part in self.parts
            ],
            "sources": [
                {"id": line.id, "where": line.where, "date": line.date, "status": line.status} for line in self.sources
            ],
            "buttons": [
                {"label": button.label, "value": button.value, "weight": button.weight} for button in self.buttons
            ],
            "alternatives": list(self.alternatives),
            "links": [{"label": link.label, "path": link.path} for link in self.links],
            "picture": None if self.picture is None else vars(self.picture),
            "documents": [
                {
                    "id": document.id, "title": document.title, "formats": list(document.formats),
                    "buttons": [{"label": button.label, "value": button.value} for button in document.offer()],
                }
                for document in self.documents
            ],
            "echo": self.echo,
            "entry": self.entry,
            **self.details,
        }
