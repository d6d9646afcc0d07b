"""What a word is before its neighbours are looked at."""

from __future__ import annotations

from enum import Enum

from bot.privacy.lexicon import Lexicon
from bot.privacy.tokens import Token
from bot.privacy.view import BARRIER

MOST_INITIALS = 3
# A word of two or three letters that is rarer than this may as well be somebody's initials.
_RAREST_SHORT_WORD = {2: 1_200, 3: 9_000}

# "she'll" is not shell, and "he'd" is not Hed.
_SHORTENED = ("'ll", "'d", "'re", "'ve", "n't", "'m")

# What medicines end in, and no names: a word so built is plain although no list holds it.
_OF_MEDICINES = (
    "azepam", "azolam", "azine", "cillin", "oxetine", "triptan", "prazole", "statin", "olol", "sartan", "dipine",
    "gabalin", "codone", "mycin", "floxacin", "azepine", "peridone", "zapine", "triptyline", "phenidate", "afinil",
    "profen", "gliptin", "glitazone", "morphine", "fentanil", "amphetamine", "pramine", "azodone", "cycline",
)  # fmt: skip
_SHORTEST_MEDICINE = 8


class Kind(Enum):
    """What a token is before its neighbours are looked at."""

    NAME = "on a list of names"
    GIVEN_WORD = "a given name that is also a word"
    SURNAME_WORD = "a surname that is also a word"
    GIVEN_PLACE = "a given name that is also a place"
    PLACE = "a place, or a name that stands for a test or a report"
    UNKNOWN = "on no list"
    INITIALS = "two or three letters on no list"
    WORD = "an ordinary word"
    MASKED = "a placeholder of an earlier masking"
    MARK = "a number or a mark"


def classify(token: Token, lexicon: Lexicon) -> Kind:
    """The kind of a single token. A plural or a possessive without its apostrophe counts as the name."""
    if token.text.startswith(BARRIER):
        return Kind.MASKED
    if not token.is_word or not token.core.isalpha():
        return Kind.MARK
    word = token.core
    if token.text.lower().endswith(_SHORTENED):
        return Kind.WORD
    if word in lexicon.names:
        return Kind.NAME
    if word in lexicon.jargon:
        return Kind.GIVEN_WORD if word in lexicon.given_words or word in lexicon.christened else Kind.WORD
    if word in lexicon.eponyms or word in lexicon.places:
        return Kind.PLACE
    if word in lexicon.given_places:
        return Kind.GIVEN_PLACE
    if word in lexicon.given_words or word in lexicon.christened:
        return Kind.GIVEN_WORD
    if word in lexicon.surname_words:
        return Kind.SURNAME_WORD
    if word in lexicon.plain or len(word) >= _SHORTEST_MEDICINE and word.endswith(_OF_MEDICINES):
        return Kind.WORD
    if lexicon.rank.get(word, 0) > _RAREST_SHORT_WORD.get(len(word), len(lexicon.rank)):
        return Kind.INITIALS
    if lexicon.is_everyday(word):
        return Kind.WORD
    if word[-1] == "s" and len(word) > MOST_INITIALS + 1 and not token.possessive:
        return _classify_with_s(token, lexicon)
    if len(word) <= MOST_INITIALS:
        return Kind.INITIALS
    return Kind.UNKNOWN


def _classify_with_s(token: Token, lexicon: Lexicon) -> Kind:
    stem = token.core[:-1]
    if stem in lexicon.names and token.core not in lexicon.rank:
        token.core, token.possessive = stem, True
        return Kind.NAME
    if lexicon.is_everyday(stem) or lexicon.is_everyday(token.core.removesuffix("es")):
        return Kind.WORD
    return Kind.UNKNOWN
