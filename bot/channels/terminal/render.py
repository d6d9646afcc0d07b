"""A Reply as plain text: headings in words, list items with dashes, buttons with numbers."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from bot.conversation.messages import Button, Part, Reply, SourceLine

NARROWEST, WIDEST = 40, 88
_HEADINGS = {
    "urgent": "ACT NOW", "notice": "Note", "differences": "Where areas differ", "currency": "How current this is",
}  # fmt: skip


SAVE_PICTURE = Button("Save the flowchart as a picture (PNG)", "picture")
"""A choice of the terminal's own: it shows words only."""


def rendered(reply: Reply, width: int, site_url: str = "") -> str:
    """The whole reply, wrapped to `width` columns. Links are shown where `site_url` says where the pages are."""
    columns = max(NARROWEST, min(width, WIDEST))
    blocks: list[str] = []
    above = ""
    for part in reply.parts:
        blocks.extend(_part(part, columns, heading=part.kind != above))
        above = part.kind
    if reply.picture is not None:
        blocks.append(_wrapped_line(reply.picture.alternative, columns, ""))
    if site_url and reply.links:
        blocks.append("\n".join(f"{link.label}:\n  {site_url}{link.path}" for link in reply.links))
    numbered = [f"  {number:>2}  {button.label}" for number, button in enumerate(choices(reply), start=1)]
    if numbered:
        blocks.append("\n".join(_wrapped_line(line, columns, "      ") for line in numbered))
    return "\n\n".join(blocks)


def choices(reply: Reply) -> tuple[Button, ...]:
    """What is offered, in the order of its numbers: the buttons of the reply, then what can be saved of it."""
    taking = (
        replace(button, label=f"{button.label}: {document.title}")
        for document in reply.documents for button in document.offer()
    )  # fmt: skip
    return (*reply.buttons, *taking, *([SAVE_PICTURE] if reply.picture else []))


def _part(part: Part, columns: int, *, heading: bool) -> list[str]:
    blocks: list[str] = []
    title = part.title or _HEADINGS.get(part.kind, "")
    if part.kind == "urgent" and heading and part.title:
        title = f"{_HEADINGS['urgent']}: {part.title}"
    if title and (heading or part.title):
        blocks.append(f"{title}\n{'-' * min(len(title), columns)}")
    blocks.extend(_paragraphs(part.text, columns))
    if part.rows:
        blocks.append("\n".join(_wrapped_line(f"  {label}: {value}", columns, "    ") for label, value in part.rows))
    if part.sources:
        blocks.append("\n".join(["Sources:", *(_source(line, columns) for line in part.sources)]))
    return blocks


def _paragraphs(text: str, columns: int) -> list[str]:
    found = []
    for block in text.split("\n\n"):
        lines = [_wrapped_line(line, columns, "  " if line.startswith("- ") else "") for line in block.splitlines()]
        if lines:
            found.append("\n".join(lines))
    return found


def _source(line: SourceLine, columns: int) -> str:
    status = ", past its review date" if line.status == "past-review" else ""
    return _wrapped_line(f"  {line.title} ({line.dated}{status}): {line.where}", columns, "    ")


def _wrapped_line(line: str, columns: int, later: str) -> str:
    return textwrap.fill(line, columns, subsequent_indent=later, break_long_words=False, break_on_hyphens=False)
