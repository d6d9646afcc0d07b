"""The tokens around a token, and where clauses and phrases end."""

from __future__ import annotations

from bot.privacy import cues
from bot.privacy.lexicon import Lexicon
from bot.privacy.tokens import Token
from bot.privacy.view import BARRIER

_CLOSE = 2
_MIXED_CASE_SHARE = 0.5


class Neighbours:
    """Reads the neighbours of tokens. Holds no state between texts."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        words = [token for token in tokens if token.is_word and token.core.isalpha()]
        capitals = sum(token.capital for token in words)
        # Where most words have capitals (a title, or capitals throughout), a capital says nothing.
        self.capitals_tell = bool(words) and capitals <= max(1.0, len(words) * _MIXED_CASE_SHARE)

    def _at(self, number: int) -> Token | None:
        return self._tokens[number] if 0 <= number < len(self._tokens) else None

    def _core(self, number: int) -> str:
        token = self._at(number)
        return token.core if token else ""

    def touches(self, left: int, right: int) -> bool:
        """Whether two tokens stand side by side with at most a space or two between, on one line."""
        before, after = self._at(left), self._at(right)
        if before is None or after is None or after.after_break:
            return False
        return after.start - before.end <= _CLOSE

    def _starts_clause(self, number: int) -> bool:
        before = self._at(number - 1)
        return (
            before is None
            or not before.is_word
            or self._tokens[number].after_break
            or before.core in cues.CLAUSE_STARTS
        )

    def _capital_inside(self, number: int) -> bool:
        """A capital that the place in the sentence does not explain."""
        token, before = self._tokens[number], self._at(number - 1)
        if not (token.capital and self.capitals_tell and before) or token.after_break:
            return False
        return before.is_word or before.text in (",", "&")

    def _ends_phrase(self, number: int) -> bool:
        following = self._at(number + 1)
        return following is None or not following.is_word or following.text.startswith(BARRIER)
