"""A Reply as messages of Telegram: headings in words, sources as links, one button a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo
from telegram.constants import MessageLimit

from bot.channels.telegram import words
from bot.channels.telegram.styled import Block, Line, Styled, messages, units
from bot.conversation.messages import Button, Part, Picture, Reply, SourceLine

FULL_LABEL = 28
"""Characters of a label that a phone surely shows, with larger text too. A longer one is written out in the message."""

_PASSING = frozenset({"question", "check", "draft", "preview", "smalltalk", "unknown", "error"})
"""Kinds of reply that the next step may take the place of. The others stay: somebody may want to read them again."""

_OF_A_RECORD = frozenset({"draft", "preview", "recorded", "identity"})


@dataclass(frozen=True)
class Rendered:
    """What is sent for a reply. The keyboard belongs under the last message.

    `passing`: the next step may take its place. `protected`: it shows a record, and must not be passed on or saved.
    """

    messages: tuple[Styled, ...]
    keyboard: InlineKeyboardMarkup | None
    passing: bool
    protected: bool
    picture: Picture | None = None


def rendered(reply: Reply, site_url: str = "", web_app: str = "") -> Rendered:
    """`reply` for Telegram. Links are made where `site_url` says under which address people reach the pages.

    `web_app` is the address that a button opens within Telegram.
    """
    offered = choices(reply)
    blocks = [*_parts(reply, site_url), *_links(reply, site_url), *_in_full(offered)]
    rows = [[InlineKeyboardButton(each.label, callback_data=each.value)] for each in offered]
    if web_app:
        rows.insert(0, [InlineKeyboardButton(words.IDENTITY_WEB_APP, web_app=WebAppInfo(web_app))])
    protected = reply.kind in _OF_A_RECORD or any(part.rows for part in reply.parts)
    return Rendered(
        tuple(messages(blocks)), InlineKeyboardMarkup(rows) if rows else None, reply.kind in _PASSING, protected,
        reply.picture,
    )


def choices(reply: Reply) -> tuple[Button, ...]:
    """The buttons of the reply, then those that take a document; the document is named where there are several."""
    taking = []
    for document in reply.documents:
        named = f": {document.title}" if len(reply.documents) > 1 else ""
        taking += [replace(button, label=f"{button.label}{named}") for button in document.offer()]
    return (*taking, *reply.buttons)


def caption(picture: Picture) -> str:
    """What the picture shows, in words, cut at a sentence where a caption has no room for the whole."""
    longest = int(MessageLimit.CAPTION_LENGTH) - units(words.CUT_OFF) - 1
    whole = f"{picture.title}. {picture.alternative}"
    if units(whole) <= longest:
        return whole
    cut = whole[:longest].rpartition(". ")[0]
    return f"{cut}. {words.CUT_OFF}"


def _parts(reply: Reply, site_url: str) -> list[Block]:
    found: list[Block] = []
    page = f"{site_url}{reply.links[0].path}" if site_url and reply.links else ""
    above = ""
    for part in reply.parts:
        found += _part(part, page, first_of_kind=part.kind != above)
        above = part.kind
    return found


def _part(part: Part, page: str, *, first_of_kind: bool) -> list[Block]:
    heading = words.HEADINGS.get(part.kind, "")
    title = part.title or (heading if first_of_kind else "")
    if part.kind == "urgent" and first_of_kind and part.title:
        title = f"{heading}: {part.title}"
    blocks: list[Block] = [
        tuple(Line(line) for line in paragraph.splitlines())
        for paragraph in part.text.split("\n\n") if paragraph.strip()
    ]  # fmt: skip
    if title:
        first, rest = (blocks[0], blocks[1:]) if blocks else ((), [])
        blocks = [(Line(title, bold=True), *first), *rest]
    if part.rows:
        blocks.append(tuple(Line(f"{label}: {value}") for label, value in part.rows))
    if part.sources:
        blocks.append((Line(words.SOURCES, bold=True), *(Line(_source(line), url=page) for line in part.sources)))
    return blocks


def _source(line: SourceLine) -> str:
    status = f", {words.PAST_REVIEW}" if line.status == "past-review" else ""
    return f"- {line.title} ({line.dated}{status}): {line.where}"


def _links(reply: Reply, site_url: str) -> list[Block]:
    if not site_url:
        return []
    return [(Line(link.label, url=f"{site_url}{link.path}"),) for link in reply.links]


def _in_full(offered: Iterable[Button]) -> list[Block]:
    long = [button.label for button in offered if len(button.label) > FULL_LABEL]
    return [(Line(words.BUTTONS_IN_FULL), *(Line(f"- {label}") for label in long))] if long else []
