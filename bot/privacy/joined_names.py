"""What belongs to a name beside it: a surname, a hyphenated half, an initial, a name joined by "and"."""

from __future__ import annotations

from bot.privacy import cues, name_parts
from bot.privacy.positions import Positions

_NOT_A_SURNAME = frozenset(
    ("will", "may", "can", "mark", "hope", "chase", "chance", "sue", "rose", "pat", "rob", "drew")
)
_COMMON_RANK = 8_000
_RARE_RANK = 8_000
_MIDDLING_RANK = 3_000
_RARE_STEM = 15_000
# What a slip of a verb or of an adverb behind a name ends in.
_ENDINGS_OF_WORDS = ("ed", "ing", "ly", "ness", "ment", "tion", "able", "ful")
# "pockett", "bagg": words that a doubled letter makes a surname.
_ENDINGS_OF_SURNAMES = ("tt", "gg", "nn", "rr", "dd", "bb")
_NO_RARE_SURNAMES = frozenset(
    "rang stole swore crept wept hid spat bled shook froze flung drank bit fled woke sworn fell stank sobbed asap "
    "atm tbh wrt upset abroad alone asleep awake drunk pregnant tonight overnight nearby indoors outdoors upstairs "
    "sofa spelt downstairs aswell alot infront slept afterwards beforehand anymore whenever wherever twice bin".split()
)
_LETTERS_BEFORE_VERBS = frozenset("cknor")
_OF_AN_ORDER = frozenset("sister brother father mother reverend deacon canon".split())
_OF_A_CHURCH = frozenset(
    "st saint convent church parish abbey monastery priory confession confessional nun nuns priest priests diocese "
    "catholic chapel order congregation mass diocesan sacristy".split()
)


class JoinedNames(Positions):
    """How far a name that was found reaches."""

    def is_surname_after(self, number: int, kind: str) -> bool:
        """Whether the word behind a given name is its surname."""
        token = self._tokens[number]
        if self._tokens[number - 1].possessive or token.core in _NOT_A_SURNAME and not token.capital:
            return False
        if self._is_last_initial(number) or self._is_rare_surname(number, kind):
            return True
        if len(token.core) == 1 and token.core in cues.SURNAME_LETTERS and not token.capital:
            return not self._tokens[number - 1].capital
        if (
            len(token.core) == 1
            and token.core in cues.SURNAME_LETTERS
            and self._tokens[number - 1].core in self._lexicon.names
        ):
            return self._tokens[number - 1].capital and self.capitals_tell
        if kind in ("UNKNOWN", "INITIALS") and not token.text.isdigit():
            if token.capital and self._tokens[number - 1].capital:
                return len(token.core) > 1 or self._is_middle_initial(number)
            if self._ends_phrase(number) and self._lexicon.word_distance(token.core) > 1:
                return len(token.core) > 1
            return len(token.core) > 1 and not self._lexicon.resembles_word(token.core)
        if kind == "MARK" or kind == "MASKED":
            return False
        if kind == "WORD" or kind == "PLACE":
            rare = self._lexicon.rank.get(token.core, _COMMON_RANK) > _COMMON_RANK // 2
            capital = token.capital and self._tokens[number - 1].capital and token.core not in self._lexicon.jargon
            if len(token.core) == 1:
                return capital and self._is_middle_initial(number)
            return capital and (rare or kind == "PLACE")
        if token.capital and self._tokens[number - 1].capital:
            return True
        following = self._core(number + 1)
        settled = (
            token.core in cues.LIKELY_SURNAMES
            or self._ends_phrase(number)
            or token.possessive
            or following in cues.SAYS | cues.IS | cues.CLAUSE_STARTS
        )
        return settled and token.core not in cues.MODALS

    def _is_rare_surname(self, number: int, kind: str) -> bool:
        """ "graham tully", "winifred tack", "jasmin k texted": a rare word behind a name that is no word."""
        token, before = self._tokens[number], self._tokens[number - 1]
        word, following = token.core, self._core(number + 1)
        if before.core not in self._lexicon.names or before.capital and number > 1 and not token.capital:
            return False
        if word in _NO_RARE_SURNAMES or len(word) > 1 and word in cues.SAYS | cues.IS | cues.TOLD | cues.CLAUSE_STARTS:
            return False
        if len(word) == 1:
            return word in _LETTERS_BEFORE_VERBS and (following in cues.SAYS | cues.IS or following.endswith("ed"))
        if word in self._lexicon.jargon or word in self._lexicon.plain:
            return False
        if kind == "SURNAME_WORD":
            return self._lexicon.rank.get(word, _RARE_RANK) >= _RARE_RANK
        if kind == "UNKNOWN":
            if word.endswith(_ENDINGS_OF_WORDS):
                return False
            return word.endswith(_ENDINGS_OF_SURNAMES) or self._lexicon.word_distance(word) > 1
        return kind == "WORD" and word.isalpha() and self._may_be_a_surname(word, following)

    def _may_be_a_surname(self, word: str, following: str) -> bool:
        """A word of ordinary English: the rarer it is, the less has to stand behind it."""
        ranks = self._lexicon.rank
        if word.endswith(_ENDINGS_OF_WORDS):
            return False
        if word.endswith("s"):
            return word not in ranks and ranks.get(word[:-1], 0) >= _RARE_STEM
        if word in cues.PEOPLE | cues.RELATIONS or word.endswith(("al", "ic", "er", "or", "ist")):
            return False
        least = _MIDDLING_RANK if following in cues.SAYS | cues.IS else _RARE_RANK
        return ranks.get(word, 0) >= least

    def _is_of_an_order(self, number: int) -> bool:
        """Whether "sister" or "father" is what a nun or a priest is called, and no kin."""
        if self._core(number) not in _OF_AN_ORDER or self._core(number - 1) in cues.OWNERS:
            return False
        return any(token.core in _OF_A_CHURCH for token in self._tokens)

    def _is_middle_initial(self, number: int) -> bool:
        following = self._at(number + 1)
        return following is not None and following.capital and following.core not in self._lexicon.jargon

    def _is_last_initial(self, number: int) -> bool:
        """ "Amelie R, yr2": one capital between a given name and a mark, or the end."""
        token, before, after = self._tokens[number], self._tokens[number - 1], self._at(number + 1)
        if len(token.core) != 1 or not (token.core.isalpha() and token.capital and before.capital):
            return False
        if before.core not in self._lexicon.names or before.possessive or before.text.isupper() or token.core == "i":
            return False
        if after is not None and after.text == "." and after.start == token.end:
            return True
        if token.core == "a":
            return False
        return after is None or after.after_break or after.text in ",.;:)(-"

    def is_joined(self, number: int, hyphen_to_name: bool) -> bool:
        """Whether a hyphen ties this word to a name: "smith-lowe", but not "jones-led"."""
        return hyphen_to_name and self._core(number) not in ("led", "like", "style", "type", "based", "related", "and")

    def is_left_half(self, number: int) -> bool:
        """Whether this is the first half of a hyphenated name, or an initial in front of a surname."""
        token, mark, after = self._tokens[number], self._tokens[number + 1], self._tokens[number + 2]
        if not token.is_word or token.end != mark.start:
            return False
        if mark.text == ".":
            return len(token.core) == 1 and token.core.isalpha() and after.start - mark.end <= 1
        return (
            mark.end == after.start
            and token.core.isalpha()
            and token.core not in ("non", "ex", "anti", "step", "pre", "post", "mid")
        )

    def is_given_before(self, number: int, kind: str) -> bool:
        """Whether the word in front of a name is a given name or an initial that belongs to it."""
        token = self._tokens[number]
        if token.possessive:
            return False
        if token.core in name_parts.PARTICLES:
            return self._is_particle(number)
        if token.core in name_parts.PET_WORDS:
            return self._core(number - 1) not in ("how", "so", "too", "as")
        if self._is_of_an_order(number):
            return True
        if token.core in name_parts.PET_KIN:
            return self._core(number - 1) not in cues.OWNERS
        if len(token.core) == 1:
            return token.capital and token.core.isalpha() and token.core != "i"
        if token.core in cues.MODALS:
            return (
                token.capital and self._tokens[number + 1].capital and number > 0 and self._at(number - 1) is not None
            )
        if kind == "GIVEN_WORD" and token.core not in self._lexicon.jargon and not self.speaks_against(number):
            return self._core(number - 1) not in cues.PRONOUNS and (
                token.capital or token.core not in cues.ADJECTIVAL | _NOT_A_SURNAME
            )
        if kind == "UNKNOWN":
            return not self._lexicon.resembles_word(token.core)
        if kind in ("PLACE", "SURNAME_WORD", "GIVEN_PLACE"):
            return token.capital and self._tokens[number + 1].capital and self.capitals_tell and number > 0
        return False

    def _is_particle(self, number: int) -> bool:
        """Whether a little word in front of a name belongs to it: "da Costa", "Mac Giolla", "Omar bin Saleh"."""
        following, before = self._tokens[number + 1], self._at(number - 1)
        titled = self._after_title(number) or self._after_weak_title(number)
        if titled or self._core(number - 1) in name_parts.NAMES_BEFORE:
            return True
        if (self._core(number), following.core) in name_parts.PAIRS_OF_PARTICLES:
            return True
        if (self._core(number - 1), self._core(number)) in name_parts.PAIRS_OF_PARTICLES:
            return True
        if before is not None and before.core in self._lexicon.names and not before.possessive:
            return self.touches(number - 1, number)
        if self._core(number) in name_parts.OPENING_PARTICLES and following.core in self._lexicon.names:
            return self._starts_clause(number)
        return following.capital and self.capitals_tell

    def is_particle_between(self, number: int) -> bool:
        """Whether a little word leads from a name to its surname: "Ines da Costa". What stands before it is a name."""
        following = self._at(number + 1)
        if following is None or self._core(number) not in name_parts.PARTICLES or not self.touches(number, number + 1):
            return False
        return following.is_word and (following.capital or following.core in self._lexicon.names)

    def joins_by_comma(self, number: int, kind: str) -> bool:
        """Whether this is a surname in front of a comma and a given name: "Okafor, Blessing". The name is a hit."""
        token, given = self._tokens[number], self._tokens[number + 2]
        if self._tokens[number + 1].text != "," or not (token.capital and given.capital) or given.possessive:
            return False
        if token.possessive or token.end != self._tokens[number + 1].start or given.after_break:
            return False
        if self._core(number - 1) in (",", "and") or self._core(number + 3) in (",", "and", "&", "or"):
            return False
        if kind == "WORD":
            rank = self._lexicon.rank.get(token.core, _COMMON_RANK)
            return rank > _COMMON_RANK // 2 and token.core not in self._lexicon.jargon
        return kind in ("NAME", "UNKNOWN", "SURNAME_WORD", "GIVEN_WORD", "GIVEN_PLACE", "INITIALS")

    def is_coordinated_before(self, number: int, kind: str) -> bool:
        """Whether "and" joins this word to a name that follows: "ebony and kayleigh"."""
        if kind == "PLACE":
            return self._starts_clause(number) and self._tokens[number].capital and self._tokens[number + 2].capital
        if kind != "GIVEN_WORD" or self.speaks_against(number):
            return False
        return self._starts_clause(number) or self._core(number - 1) in cues.CONCERN | cues.TOLD_LOOSE | cues.TOLD

    def is_coordinated(self, number: int, kind: str, after_name: bool) -> bool:
        """Whether "and" joins this word to a name: "kayleigh and grace"."""
        token = self._tokens[number]
        if not after_name or self.speaks_against(number):
            return False
        if token.core in self._lexicon.christened and token.core not in name_parts.NOT_JOINED:
            return self._core(number + 1) not in cues.PRONOUNS
        if kind == "GIVEN_WORD":
            goes_on = self._core(number + 1) in cues.PRONOUNS | cues.DETERMINERS - {"at", "in", "on", "by"}
            return token.core not in cues.ADJECTIVAL and (token.possessive or token.capital or not goes_on)
        if kind == "UNKNOWN":
            return not self._lexicon.resembles_word(token.core)
        if kind == "INITIALS":
            first = self._tokens[number - 2]
            return token.text.isupper() and first.text.isupper() and len(first.text) == len(token.text)
        return kind == "GIVEN_PLACE"
