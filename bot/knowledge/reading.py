"""The reading limits of every text that a person reads: plain English for a worried practitioner on a phone.

Sentences of at most 25 words and 20 on average, no "please", no negative contractions, and never a word that takes
the decision from the professional.
"""

from __future__ import annotations

import re

LONGEST_SENTENCE = 25
LONGEST_AVERAGE = 20
AVERAGE_FROM = 3
"""Sentences from which an average says anything."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]*\s+")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|cf|Dr|Mrs?|Ms|vs?|pp?|para)\.$")
_WORD = re.compile(r"[^\W_](?:[^\s]*[^\W_])?", re.UNICODE)
_CONTRACTION = re.compile(r"\b\w+n['\N{RIGHT SINGLE QUOTATION MARK}]t\b", re.IGNORECASE)
_BANNED = (
    (re.compile(r"\bplease\b", re.IGNORECASE), 'leave out "please"'),
    (re.compile(r"\bsafe to share\b", re.IGNORECASE), 'never say "safe to share": the professional decides'),
    (re.compile(r"\b(?:you are|it is|this is) cleared\b", re.IGNORECASE), 'never say "cleared"'),
    (re.compile(r"\bthe bot\b", re.IGNORECASE), "speaks to us, not to the user"),
)  # fmt: skip


def sentences(text: str) -> list[str]:
    """The sentences of `text`. A list item (a line that begins with "- ") and a paragraph each end a sentence.

    A full stop after an abbreviation, or before a small letter, does not.
    """
    blocks = re.split(r"\n\s*\n|\n(?=- )|(?<=:)\n", text)
    flat = (re.sub(r"^- ", "", " ".join(block.split())) for block in blocks)
    return [sentence for block in flat for sentence in _sentences_of(block)]


def _sentences_of(block: str) -> list[str]:
    found: list[str] = []
    for part in filter(str.strip, _SENTENCE_END.split(block)):
        if found and (part[0].islower() or _ABBREVIATION.search(found[-1])):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def problems(text: str) -> list[str]:
    """What is wrong with `text`, one reason each; nothing when it keeps to the limits."""
    found = [reason for pattern, reason in _BANNED if pattern.search(text)]
    if match := _CONTRACTION.search(text):
        found.append(f'write "{match.group()}" out in full')
    lengths = [len(_WORD.findall(sentence)) for sentence in sentences(text)]
    for sentence, length in zip(sentences(text), lengths, strict=True):
        if length > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:6])
            found.append(f'a sentence has {length} words, the limit is {LONGEST_SENTENCE}: "{start} ..."')
    if len(lengths) >= AVERAGE_FROM and sum(lengths) / len(lengths) > LONGEST_AVERAGE:
        found.append(
            f"sentences have {sum(lengths) / len(lengths):.0f} words on average, the limit is {LONGEST_AVERAGE}"
        )
    return found


def checked(text: str) -> str:
    """`text` itself, or ValueError with every reason why it is outside the reading limits."""
    if found := problems(text):
        raise ValueError("; ".join(found))
    return text
