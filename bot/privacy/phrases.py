"""Phrases that are let through: guidance terms, known cases, what the user said is no name."""

from __future__ import annotations

from collections.abc import Iterable

from bot.privacy.tokens import Token, split
from bot.privacy.view import look_at


class PhraseBook:
    """Finds phrases in a list of tokens. Read-only once built."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Each phrase counts in any case, with or without its apostrophes."""
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(_plain(token) for token in split(look_at(phrase)))
            if words:
                self._by_first.setdefault(words[0], []).append(words)

    def regions(self, tokens: list[Token]) -> list[tuple[int, int]]:
        """First and last token of each phrase found; where several begin at one token, the longest."""
        plain = [_plain(token) for token in tokens]
        found: list[tuple[int, int]] = []
        for number, word in enumerate(plain):
            lengths = [
                len(words)
                for words in self._by_first.get(word, ())
                if tuple(plain[number : number + len(words)]) == words
            ]
            if not lengths and tokens[number].possessive:
                lengths = [1 for words in self._by_first.get(tokens[number].core, ()) if len(words) == 1]
            if lengths:
                found.append((number, number + max(lengths) - 1))
        return found


def _plain(token: Token) -> str:
    return token.text.lower().replace("'", "") if token.is_word else token.text
