"""Words that a sentence itself makes a name: "X is his brothers name", "X and his cousin", "A. X", "van der X"."""

from __future__ import annotations

from bot.privacy import cues, name_parts
from bot.privacy.positions import Positions

_RARE_RANK = 2_500
_MIDDLING_RANK = 600
_SURNAME_RANK = 4_000
# What people are by their work or their kin, and no nickname: "resident", "plumber", "grandson".
_ENDINGS_OF_ROLES = (
    "er", "ers", "or", "ors", "ent", "ents", "ant", "ants", "ist", "ists", "man", "woman", "men", "dad", "mum", "son",
    "ian", "ians", "ive", "ee", "ees", "ess", "mate", "mates", "kin", "kid", "child", "boy", "girl", "people", "ren",
    "folk", "lord", "lady", "nurse", "parent", "tion", "ment", "s",
)  # fmt: skip
_ROLES = (
    cues.PEOPLE
    | cues.RELATIONS
    | cues.WEAK_TITLES
    | frozenset("vicar priest chef cook clerk guard thug bully toddler caretaker squatter pimp monk nun medic".split())
)
_CAPITAL_RANK = 300
# In front of a surname that may be any word; "the baby" and "a doctor" stand in front of none.
_BEFORE_A_SURNAME = cues.SURNAME_TITLES | frozenset(
    "doctor nurse sister auntie aunty uncle baby inspector constable".split()
)
_BEHIND_A_SURNAME = cues.SAYS | cues.IS | cues.CLAUSE_STARTS | frozenset("at from about on".split())
_SURE_TITLES = frozenset(("mr", "mrs", "ms", "mx", "dr"))
_SEEN_BY_A_WORKER = frozenset("client mentee pupil patient student resident tutee lad lass girl boy".split())
# Reviews and training speak of "child A" and "pupil X".
_LETTERS_OF_REVIEWS = frozenset("abcdxyz")
_TOLD_OR_ASKED = cues.TOLD | frozenset("ask tell ring with about for".split())
_BEHIND_A_LETTER = frozenset("about and to that if when today yesterday said why what for on not is was".split()) | {""}
_STREET_NAMES = frozenset(("lil", "yung", "lil'"))
_NOT_STREET_NAMES = frozenset("bit sis bro one ones man guy guys thing things dude angel darling".split())
_JOINTS = frozenset(("and", "n", "&", "+", "or"))
_THEIRS = frozenset(("his", "her", "their"))
_SOMEBODYS = frozenset("my his her our your their the".split())
_NOT_SAID_AS_NAMES = frozenset(
    """
    that this it what which who there here not unknown known wrong right missing same down mud on in also spelt spelled
    the a an my his her their our your no changed secret hidden common different being used given needed misspelt still
    now only just all for and or to so very private confidential safe anything something nothing everything if
    """.split()
)
# Harm in the passive voice: whoever it was done to stands in front.
_DONE = frozenset(
    """
    bruised bitten slapped punched kicked strangled beaten choked grabbed stabbed groomed raped assaulted scratched
    smacked threatened trafficked neglected molested abused
    """.split()
)
_DONE_OR_NOT = frozenset("burnt burned hurt hit cut scared frightened hungry".split())
_AFTER_DONE = frozenset("by again with on his her their to self at all in and".split()) | {""}


class Introductions(Positions):
    """Each method answers one question about one token, whatever kind of word it is."""

    def is_introduced(self, number: int, kind: str) -> bool:
        """Whether the sentence makes this word a name. `kind` is the name of its Kind."""
        token = self._tokens[number]
        if not token.is_word or not token.core.isalpha() or token.core in self._lexicon.jargon:
            return False
        return (
            self._is_said_to_be_a_name(number, kind)
            or self._is_capital_surname(number)
            or self._is_street_name(number)
            or self._is_one_letter(number)
            or self._has_kin_beside(number, kind)
            or self._follows_an_initial(number, kind)
            or self._follows_particles(number, kind)
            or self._follows_a_pet_word(number)
            or kind == "GIVEN_WORD"
            and self._is_harmed(number)
        )

    def _is_common(self, number: int, limit: int) -> bool:
        return self._lexicon.rank.get(self._core(number), limit) < limit

    def _is_said_to_be_a_name(self, number: int, kind: str) -> bool:
        """ "Guru is his brothers name", "Beau is what she calls him", "his sisters name is Blue"."""
        word = self._core(number)
        if word in _NOT_SAID_AS_NAMES or word in cues.PRONOUNS or word in _ROLES:
            return False
        if self._core(number - 1) in ("is", "was", ":") and self._core(number - 2) == "surname":
            return True
        if self._core(number - 1) in ("is", "was") and self._core(number - 2) == "name":
            owner = self._tokens[number - 3] if number > 2 else None
            owned = owner is not None and (owner.possessive or owner.core in _SOMEBODYS or owner.core[-1:] == "s")
            return owned and self._tokens[number].capital and self.capitals_tell
        if not self._starts_clause(number) or self._core(number + 1) not in ("is", "was"):
            return False
        if kind == "WORD" and self._is_common(number, _MIDDLING_RANK):
            return False
        if self._core(number + 2) == "what":
            return self._core(number + 4) in cues.CALLS
        ends = {self._core(number + 3), self._core(number + 4)}
        return self._core(number + 2) in _SOMEBODYS and "name" in ends

    def _is_capital_surname(self, number: int) -> bool:
        """ "baby Hale", "Dr Rabbit wont", "the Bridges family": a capital that only a surname can have there."""
        token, before = self._tokens[number], self._core(number - 1)
        if not self._capital_inside(number) or token.text.isupper():
            return False
        if before in _SURE_TITLES:
            return True
        if self._is_common(number, _CAPITAL_RANK):
            return False
        if token.core in _ROLES | cues.ADJECTIVAL | cues.BELONGINGS or token.core in self._lexicon.plain:
            return False
        following = self._at(number + 1)
        if following is not None and following.capital:
            return False
        if before in _BEFORE_A_SURNAME and self._core(number - 2) not in ("the", "a", "any", "every"):
            return self._ends_phrase(number) or token.possessive or self._core(number + 1) in _BEHIND_A_SURNAME
        return before == "the" and self._is_family(number)

    def _is_one_letter(self, number: int) -> bool:
        """ "ask V about contact": one capital behind a word that only a person follows."""
        token = self._tokens[number]
        if len(token.text) != 1 or not token.capital or token.core in ("a", "i") or not self.capitals_tell:
            return False
        if self._core(number - 1) in _SEEN_BY_A_WORKER and token.core not in _LETTERS_OF_REVIEWS:
            return True
        return self._core(number - 1) in _TOLD_OR_ASKED and self._core(number + 1) in _BEHIND_A_LETTER

    def _is_street_name(self, number: int) -> bool:
        """ "lil smokes": what follows a word that begins many street names."""
        word = self._core(number)
        if self._core(number - 1) not in _STREET_NAMES or not self.touches(number - 1, number):
            return False
        return word not in _ROLES and word not in _NOT_STREET_NAMES and not self._is_common(number, _MIDDLING_RANK)

    def _has_kin_beside(self, number: int, kind: str) -> bool:
        """ "Bash and his cousin": somebody who has kin, unless a role or a body stands there."""
        word = self._core(number)
        if self._core(number + 1) not in _JOINTS or self._core(number + 2) not in _THEIRS:
            return False
        kin = {self._core(number + 3), self._core(number + 4)} & (cues.RELATIONS | cues.PEOPLE)
        if not kin or not self._starts_clause(number) or word in _ROLES:
            return False
        if kind in ("UNKNOWN", "INITIALS"):
            return not self._lexicon.resembles_word(word) or self._tokens[number].capital and number == 0
        if kind in ("GIVEN_WORD", "GIVEN_PLACE"):
            return True
        rare = not self._is_common(number, _RARE_RANK) and not word.endswith(_ENDINGS_OF_ROLES)
        return kind == "WORD" and rare and self._tokens[number].capital

    def _follows_an_initial(self, number: int, kind: str) -> bool:
        """ "A. Mbeki": a surname behind one capital with a full stop, which ends no sentence."""
        token, stop, initial = self._tokens[number], self._at(number - 1), self._at(number - 2)
        if stop is None or initial is None or stop.text != "." or not token.capital or token.after_break:
            return False
        if len(initial.text) != 1 or not initial.capital or initial.end != stop.start or initial.core == "i":
            return False
        if token.start - stop.end > 1 or self._core(number - 3) == "." or len(token.core) < 2:
            return False
        if kind == "WORD":
            return not self._is_common(number, _SURNAME_RANK)
        return kind in ("UNKNOWN", "SURNAME_WORD", "GIVEN_WORD", "GIVEN_PLACE", "INITIALS")

    def _follows_particles(self, number: int, kind: str) -> bool:
        """ "van der Berg", "de la Cruz", "de Groot": what the little words of a surname lead to."""
        pair = (self._core(number - 2), self._core(number - 1))
        if not self.touches(number - 1, number):
            return False
        if kind == "UNKNOWN" and pair[1] in name_parts.PARTICLES and self._tokens[number].capital:
            return self.capitals_tell
        if pair not in name_parts.PAIRS_OF_PARTICLES:
            return False
        return kind not in ("MARK", "MASKED") and (
            self._tokens[number].capital or kind != "WORD" or not self._is_common(number, _RARE_RANK)
        )

    def _follows_a_pet_word(self, number: int) -> bool:
        """ "big Tone": a capital that only a name can have, behind a small word of a pet name."""
        token, before = self._tokens[number], self._at(number - 1)
        if before is None or before.core not in name_parts.PET_WORDS or before.capital:
            return False
        return token.capital and self.capitals_tell and not token.text.isupper()

    def _is_harmed(self, number: int) -> bool:
        """ "sky bruised", at the start of a message: what happened to somebody, told in two words."""
        word, following = self._core(number), self._core(number + 1)
        if number > 0 or word in cues.MODALS or word in cues.ADJECTIVAL:
            return False
        return following in _DONE or following in _DONE_OR_NOT and self._core(number + 2) in _AFTER_DONE
