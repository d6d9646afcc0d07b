"""Reference numbers that can be read aloud, such as SW-7KQ4-M2XD, and the ids of confirmations.

Seven random characters of Crockford's base 32 (35 bits) and one check character over the field of 32 elements:
every single wrong character and every swap of two neighbours is noticed before the log is asked.
"""

from __future__ import annotations

import re
import secrets

from bot.decision_log.errors import InvalidDraft, UnknownReference

PREFIX = "SW"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_LENGTH = 7
FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, irreducible over two elements
REQUEST_ID = re.compile(r"[0-9a-f]{32}")
# Letters that people write for digits: Crockford's alphabet leaves them out for that reason.
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_request_id() -> str:
    """A random 128-bit id, 32 hexadecimal digits: the idempotency key of one confirmation."""
    return secrets.token_hex(16)


def require_request_id(request_id: str) -> None:
    """Raises InvalidDraft unless `request_id` has the form of `new_request_id`."""
    if not REQUEST_ID.fullmatch(request_id):
        raise InvalidDraft("A confirmation id must be 32 hexadecimal digits.", "Make it with new_request_id().")


def new_reference() -> str:
    """A random reference with its check character. The caller makes sure that it is not in use."""
    characters = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return _formatted(characters + _check_character(characters))


def parse_reference(text: str) -> str:
    """The reference in its standard form, from what a person typed: any case, with or without hyphens and prefix.

    Raises UnknownReference where it is not a reference or its check character does not fit.
    """
    characters = re.sub(r"[\s\-]", "", text.upper())
    if len(characters) == len(PREFIX) + RANDOM_LENGTH + 1:
        characters = characters.removeprefix(PREFIX)
    characters = characters.translate(MISREAD)
    if len(characters) != RANDOM_LENGTH + 1 or any(character not in ALPHABET for character in characters):
        raise UnknownReference("That is not a reference number.", "A reference looks like SW-7KQ4-M2XD.")
    if _check_character(characters[:-1]) != characters[-1]:
        raise UnknownReference("That reference number has a mistake in it.", "Check each character and try again.")
    return _formatted(characters)


def _formatted(characters: str) -> str:
    return f"{PREFIX}-{characters[:4]}-{characters[4:]}"


def _check_character(characters: str) -> str:
    total = 0
    for character in characters:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(element: int) -> int:
    shifted = element << 1
    return shifted ^ FIELD_POLYNOMIAL if shifted & 0b100000 else shifted
