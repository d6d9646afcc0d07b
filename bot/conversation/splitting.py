"""Messages that ask two things at once: "what is gillick competence and who decides about a school visit"."""

from __future__ import annotations

import re

_OPENS = (
    r"(?:what|how|who|whom|when|where|which|why|can|could|do|does|did|should|shall|is|are|am|was|were|will|would|must|"
    r"may|has|have|any|i need to|i want to|i would like to|help me|walk me|take me)"
)
_BOUNDARY = re.compile(
    rf"\?+\s*(?:and |also |plus |then )*|[.;!,]?\s+(?:and also|and then|and|also|plus|then)\s+(?={_OPENS}\b)"
    rf"|[.;]\s+(?:also )?(?={_OPENS}\b)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_FEWEST_CONTENT = 2
_LIGHT = frozenset({
    "a", "about", "again", "also", "am", "an", "and", "any", "are", "at", "be", "been", "but", "by", "can", "could",
    "did", "do", "does", "for", "from", "get", "go", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in",
    "is", "it", "its", "just", "may", "me", "must", "my", "need", "of", "on", "or", "our", "should", "she", "so",
    "that", "the", "their", "them", "then", "there", "they", "this", "to", "us", "was", "we", "were", "what", "when",
    "where", "which", "who", "whom", "why", "will", "with", "would", "you", "your",
})  # fmt: skip


def questions_in(text: str) -> tuple[str, ...]:
    """The two questions of `text`, in order; empty where it asks one thing, or more than can be told apart.

    A part counts as a question only where it has words of its own: "how do i do it" hangs on what stands before it.
    """
    parts = [part.strip(" ,.;!?") for part in _BOUNDARY.split(text)]
    asked = tuple(part for part in parts if part)
    return asked if len(asked) == 2 and all(map(_stands_alone, asked)) else ()


def _stands_alone(part: str) -> bool:
    words = part.casefold().split()
    return len(words) >= _FEWEST_WORDS and sum(word not in _LIGHT for word in words) >= _FEWEST_CONTENT
