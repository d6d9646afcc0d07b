"""Ages and school years, as classes: a child under 13 (or who may be), a teenager under 18, an adult."""

from __future__ import annotations

UNDER_13 = "%under13"
TEENAGER = "%teenager"
ADULT = "%adult"

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve "
        "thirteen fourteen fifteen sixteen seventeen eighteen".split(),
        start=1,
    )
}
_UNITS = frozenset(
    "am pm minutes min mins hours hour day days week weeks month months year years times "
    "miles percent k grand pounds quid of o th or st nd rd people kids".split()
)
_BEFORE = frozenset("is was age aged turned only".split())
_AFTER_AN_AGE = frozenset("is was has had and who with keeps says told in left being".split())
_OLDEST = 110


def classify_ages(words: list[str], clauses: list[int]) -> tuple[list[str], list[int]]:
    """The words with every age replaced by its class, and the clause numbers that belong to them."""
    out: list[str] = []
    kept: list[int] = []
    place = 0
    while place < len(words):
        found, used = _age_at(words, place)
        out.append(found or words[place])
        kept.append(clauses[place])
        place += used
    return out, kept


def _age_at(words: list[str], place: int) -> tuple[str, int]:
    """The age class that starts at a word and how many words it takes, or an empty text and 1."""
    word = words[place]
    following = words[place + 1 : place + 3]
    number = _number(word)
    if word == "year" and following:
        return _school_year(_number(following[0]), 2)
    if word.startswith("y") and word[1:].isdigit():
        return _school_year(int(word[1:]), 1)
    if number is None:
        return "", 1
    if following and following[0] in {"year", "years"} and following[1:] and following[1] in {"old", "olds"}:
        return _class_of(number), 3
    if (
        following
        and following[0] in {"year", "yo", "yrold"}
        and number <= _OLDEST
        and not (following[1:] and following[1] in {"ago", "later"})
    ):
        return _class_of(number), 2
    if (
        following
        and following[0] in {"month", "months", "week", "weeks", "day", "days"}
        and following[1:]
        and following[1] in {"old", "olds"}
    ):
        return UNDER_13, 3
    return _bare_age(words, place, number)


def _bare_age(words: list[str], place: int, number: int) -> tuple[str, int]:
    """A number alone: an age after "is" or "aged", or as the first word; never with a unit behind it."""
    following = words[place + 1 : place + 3]
    if following[:1] == ["or"] and following[1:] and _number(following[1]) is not None:
        return _class_of(number), 3
    if following and following[0] in _UNITS:
        return "", 1
    before = words[place - 1] if place else ""
    if before in _BEFORE or (before in {"just", "about", "nearly"} and place > 1 and words[place - 2] == "is"):
        return _class_of(number), 1
    if before == "of" and (not following or following[0] in _AFTER_AN_AGE):
        return _class_of(number), 1
    if place == 0 and following and following[0] in {"and", "with"} and words[place].isdigit():
        return _class_of(number), 1
    return "", 1


def _number(word: str) -> int | None:
    if word.isdigit() and len(word) <= 3:
        return int(word)
    return _NUMBER_WORDS.get(word)


def _school_year(year: int | None, used: int) -> tuple[str, int]:
    """Years 1 to 8 hold children of 5 to 13, years 9 to 13 of 13 to 18 (England)."""
    if year is None or not 1 <= year <= 13:
        return "", 1
    return (UNDER_13 if year <= 8 else TEENAGER), used


def _class_of(age: int) -> str:
    if age < 13:
        return UNDER_13
    return TEENAGER if age < 18 else ADULT
