"""What the words around a token say: a person, or not. Each method answers one question about one token."""

from __future__ import annotations

from bot.privacy import cues
from bot.privacy.lexicon import RARE, Lexicon
from bot.privacy.tokens import Token
from bot.privacy.view import BARRIER

_NOT_A_SURNAME = frozenset(
    ("will", "may", "can", "mark", "hope", "chase", "chance", "sue", "rose", "pat", "rob", "drew")
)
# Endings that names seldom have and words often do.
_WORD_ENDINGS = (
    "ed",
    "ing",
    "ity",
    "ion",
    "ly",
    "ness",
    "ment",
    "able",
    "ist",
    "ism",
    "ology",
    "er",
    "ers",
    "ful",
    "al",
    "ic",
)
_CLOSE = 2
_COMMON_RANK = 8_000
_SHORTEST = 3
_MIXED_CASE_SHARE = 0.5


class Reader:
    """Reads the neighbours of tokens. Holds no state between texts."""

    def __init__(self, tokens: list[Token], lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        words = [token for token in tokens if token.is_word and token.core.isalpha()]
        capitals = sum(token.capital for token in words)
        # Where most words have capitals (a title, or capitals throughout), a capital says nothing.
        self.capitals_tell = bool(words) and capitals <= max(1.0, len(words) * _MIXED_CASE_SHARE)

    # the neighbours

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

    # positions in which a person stands

    def _after_title(self, number: int) -> bool:
        title = self._core(number - 1)
        if title == "" and self._core(number - 1) == ".":
            title = self._core(number - 2)
        return title in cues.TITLES or (self._core(number - 1) == "." and self._core(number - 2) in cues.TITLES)

    def _after_weak_title(self, number: int) -> bool:
        return self._core(number - 1) in cues.WEAK_TITLES and not self._tokens[number - 1].possessive

    def _told(self, number: int) -> bool:
        one, two = self._core(number - 1), self._core(number - 2)
        if one in cues.TOLD:
            return True
        return one in cues.TO_WITH and two in cues.SPOKE

    def _named(self, number: int) -> bool:
        one, two = self._core(number - 1), self._core(number - 2)
        if one in cues.NAMERS:
            return (
                one != "called" or two in cues.PEOPLE or two in ("is", "are", "was", "who", "whos", "shes", "hes", "s")
            )
        if one in ("is", "was", "are", "s", ":") and two in ("name", "names", "surname"):
            return True
        return one in ("names", "name") and self._tokens[number - 1].possessive or (one == "as" and two == "known")

    def _owns_relation(self, number: int) -> bool:
        """ "X's mum", also "X's older brother"."""
        if not self._tokens[number].possessive:
            return False
        return self._core(number + 1) in cues.RELATIONS or self._core(number + 2) in cues.RELATIONS

    def _owns_anything(self, number: int) -> bool:
        return self._tokens[number].possessive and (
            self._core(number + 1) in cues.BELONGINGS or self._owns_relation(number)
        )

    def _aged(self, number: int) -> bool:
        """ "X, 14", "X (7)", "X aged 14", "X is 9", "X 14 yo"."""
        place = number + 1
        if self._core(place) in (",", "(", "-", "is", "was", "whos", "who", "turned", "turns"):
            place += 1
        if self._core(place) in ("is", "age", "aged", "was"):
            place += 1
        figure = self._core(place)
        if not figure.isdigit() or not 0 < len(figure) <= 2:
            return False
        opened = self._core(number + 1)
        behind = self._core(place + 1)
        plain = opened == figure
        return not plain or behind in cues.AGE_WORDS or (behind == "" and self._starts_clause(number))

    def _is_family(self, number: int) -> bool:
        return self._core(number + 1) in (
            "family",
            "household",
            "siblings",
            "twins",
            "brothers",
            "sisters",
            "kids",
            "boys",
            "girls",
        )

    def _after_relation(self, number: int) -> bool:
        """ "his brother X", "my client X", "child called X" without the verb."""
        return self._core(number - 1) in cues.PEOPLE and self._core(number - 2) in cues.OWNERS | cues.PEOPLE

    def _ends_phrase(self, number: int) -> bool:
        following = self._at(number + 1)
        return following is None or not following.is_word or following.text.startswith(BARRIER)

    def speaks_against(self, number: int) -> bool:
        """Whether the next word makes this an ordinary word: "mark on", "will he", "grace period"."""
        word, following = self._core(number), self._core(number + 1)
        if self._tokens[number].possessive:
            return False
        if word in cues.MODALS and following in cues.NOT_AFTER_MODAL:
            return True
        return following in cues.ABSTRACT_BEHIND.get(word, ())

    # one answer a kind

    def is_part_of_compound(self, number: int) -> bool:
        """A listed name that is no person here: nothing but figures around it, as in "adam-12"."""
        return self._core(number + 1) == "'" and self._core(number) == ""

    def is_nickname(self, number: int) -> bool:
        """What somebody goes by: "everyone calls her bubbles", "nickname spider", "calls himself ace"."""
        token = self._tokens[number]
        if not token.is_word or token.core.isdigit() or token.core in cues.NO_NICKNAME or token.after_break:
            return False
        if self._lexicon.rank.get(token.core, 9_999) < cues.NICKNAME_RANK and not token.capital:
            return False
        one, two, three = self._core(number - 1), self._core(number - 2), self._core(number - 3)
        if one in cues.NICKNAMES or one in ("is", "was", "s") and two in cues.NICKNAMES:
            return True
        if two == "street" and one == "name" or three == "street" and two == "name" and one in ("is", "was"):
            return True
        if one in cues.SELVES and two in cues.CALLS or one == "by" and two in ("goes", "go", "going", "went"):
            return True
        if one in ("him", "her", "them") and two in ("call", "calls"):
            return self._lexicon.rank.get(token.core, 99_999) > cues.INSULT_RANK and token.core not in cues.INSULTS
        return one == "as" and two == "known" and three in ("also", "is", "hes", "shes", "who", "man", "lad", "s")

    def is_plural_family(self, number: int) -> bool:
        """A family called by its surname: "the smiths"."""
        word = self._core(number)
        return (
            self._core(number - 1) == "the"
            and len(word) > _SHORTEST + 1
            and word[-1] == "s"
            and (word[:-1] in self._lexicon.names and word not in self._lexicon.jargon)
        )

    def are_initials_with_s(self, number: int) -> bool:
        """Initials whose s lacks its apostrophe: "ABs stepdad"."""
        letters, ending = self._tokens[number].text[:-1], self._tokens[number].text[-1:]
        if len(letters) != 2 or not letters.isupper() or ending != "s" or letters.lower() in self._lexicon.jargon:
            return False
        return self._core(number + 1) in cues.RELATIONS

    def forbids_weighing(self, number: int, kind: str) -> bool:
        """What the weights have no say in: a word that its neighbour explains, a label in front of a value, a place."""
        if self.speaks_against(number):
            return True
        following = self._at(number + 1)
        if kind != "UNKNOWN" and following is not None:
            label = (kind == "INITIALS" or self._core(number) in cues.LABELS) and following.text[0] in f"{BARRIER}:#"
            if label or sum(one.isdigit() for one in following.text) > _CLOSE:
                return True
        if kind not in ("PLACE", "GIVEN_PLACE"):
            return False
        return self._core(number - 1) in cues.PLACE_CUES or self._core(number - 1) in ("from", "to", "of", "and", "or")

    def is_initial_after_title(self, number: int) -> bool:
        """A single letter that stands for a surname: "mr b", "mrs k"."""
        token = self._tokens[number]
        title = self._core(number - 1) in ("mr", "mrs", "ms", "miss", "dr", "mx")
        return title and len(token.core) == 1 and token.core.isalpha() and token.core != "i"

    def word_is_person(self, number: int) -> bool:
        """A given name that is also a word ("grace", "will")."""
        word = self._core(number)
        if self._after_title(number) or self._named(number):
            return not self.speaks_against(number)
        if len(word) == 1:
            return False
        if self._is_aged_person(number):
            return True
        if self.speaks_against(number):
            return False
        adjectival = word in cues.ADJECTIVAL and not self._tokens[number].capital
        if adjectival:
            if self._told(number) and self._core(number + 1) in cues.BEHIND_A_PERSON:
                return True
            if self._appositive(number) and self._core(number + 1) in cues.SAYS | cues.IS:
                return True
            return self._owns_relation(number) and self._starts_clause(number) and len(word) > _SHORTEST
        return (
            self._told(number)
            or self._after_weak_title(number)
            and word not in cues.MODALS
            and (self._ends_phrase(number) or self._core(number + 1) in cues.SAYS | cues.IS)
            or self._owns_relation(number)
            and self._core(number - 1) not in cues.DETERMINERS
            or self._owns_anything(number)
            and self._core(number - 1) not in cues.DETERMINERS
            and word not in cues.ABSTRACT | cues.MONTH_NAMES
            or self._says_word(number)
            or self._is_family(number)
            and self._core(number - 1) == "the"
            or self._appositive(number)
            or self._capital_given(number)
        )

    def _is_aged_person(self, number: int) -> bool:
        if self._core(number) in cues.MONTH_NAMES or self._core(number - 1) in cues.DETERMINERS:
            return False
        return self._aged(number)

    def _says_word(self, number: int) -> bool:
        if not self._starts_clause(number) and self._core(number - 1) not in cues.SAYS:
            return False
        following = self._core(number + 1)
        if following in cues.SAYS_SURELY:
            return True
        acts = self._core(number + 2).endswith("ing") and self._core(number) not in cues.ABSTRACT | cues.MONTH_NAMES
        if following in cues.REFUSES and self._core(number) not in cues.ABSTRACT | cues.MONTH_NAMES | cues.MODALS:
            return True
        acts = acts or self._core(number + 2) in cues.DONE_TO or self._core(number + 2).endswith("ed")
        if self._core(number) in cues.ABSTRACT | cues.MONTH_NAMES:
            acts = False
        if following in ("is", "was") and acts and self._core(number) not in cues.MODALS:
            return True
        return following in ("has", "is", "was", "had") and self._core(number + 2) in cues.SAYS_SURELY | frozenset(
            ("been", "scared", "upset", "crying", "pregnant", "missing", "living", "at", "not", "self", "saying", "in")
        )

    def _appositive(self, number: int) -> bool:
        if not self._after_relation(number):
            return False
        if self._core(number) in cues.MODALS:
            return self._core(number + 1) in cues.SAYS_SURELY
        following = self._core(number + 1)
        return following not in cues.PRONOUNS and following not in ("the", "a", "to", "up", "for", "that", "my", "his")

    def _capital_given(self, number: int) -> bool:
        word, following = self._core(number), self._at(number + 1)
        if not self._capital_inside(number) or word in cues.MODALS or word in cues.MONTH_NAMES or len(word) < _SHORTEST:
            return False
        before = self._tokens[number - 1]
        if before.core in cues.DETERMINERS or before.capital or self._tokens[number].text.isupper():
            return False
        return not (following and following.capital and following.core not in self._lexicon.names)

    def surname_is_person(self, number: int) -> bool:
        """A surname that is also a word ("king", "green")."""
        token = self._tokens[number]
        if self._after_title(number):
            return True
        if token.capital and self.capitals_tell:
            if self._after_weak_title(number) or self._told(number) and self._core(number - 1) != "the":
                return not self._tokens[number].text.isupper()
            return self._is_family(number) and self._core(number - 1) == "the" and token.core not in cues.ADJECTIVAL
        if self._after_weak_title(number) and self._core(number - 1) in (
            "dr",
            "prof",
            "professor",
            "ms",
            "pc",
            "miss",
            "cllr",
        ):
            return self._core(number) in self._lexicon.surname_words and self._lexicon.rank.get(token.core, 0) > 300
        return (
            self._owns_relation(number)
            and self._starts_clause(number)
            and self._lexicon.rank.get(token.core, 0) > 2_000
        )

    def place_is_person(self, number: int) -> bool:
        """A place or an eponym ("lincoln", "fraser")."""
        if self._after_title(number) or self._named(number):
            return True
        if self._core(number) in self._lexicon.given_places or self._core(number) in self._lexicon.eponyms:
            if self._told(number) and self._core(number + 1) not in cues.PLACE_BEHIND:
                return True
            if self._starts_clause(number) and self._core(number + 1) in cues.DOES_AS_A_PERSON:
                return True
        return self._owns_relation(number) and self._core(number - 1) not in cues.PLACE_CUES

    def given_place_is_person(self, number: int) -> bool:
        """A given name that is also a place ("chelsea"), masked unless a place is spoken of."""
        before, following = self._core(number - 1), self._core(number + 1)
        if self._told(number) or self._owns_relation(number) or self._named(number):
            return True
        if following in cues.PLACE_BEHIND or before in cues.PLACE_CUES:
            return False
        if before in ("to", "from"):
            return self._core(number - 2) in cues.SPOKE | cues.TOLD | frozenset(
                ("disclosure", "heard", "text", "message")
            )
        return True

    def initials_are_person(self, number: int) -> bool:
        """Two or three letters on no list ("JB's mum", "client tj")."""
        token = self._tokens[number]
        if len(token.core) < 2:
            return False
        if self._owns_anything(number) or self._named(number) or self._after_title(number):
            return True
        if not any(one in "aeiouy" for one in token.core) or token.text.isupper():
            person = self._core(number - 1) in cues.PEOPLE or self._core(number - 1) in ("re", "regarding")
            return person or self._told(number) or self._aged(number)
        return self.unknown_is_person(number)

    def unknown_is_person(self, number: int) -> bool:
        """A word on no list: masked where a person stands, unless it is a typing error of a frequent word."""
        token = self._tokens[number]
        if not self._stands_as_person(number):
            if len(token.core) <= _SHORTEST + 2 or token.text.isupper() or self._is_word_form(number):
                return False
            return self._lexicon.resembles_name(token.core)
        if not token.capital and self._is_word_form(number) and not self._after_title(number):
            return False
        if token.text.isupper() and self.capitals_tell:
            return self._owns_relation(number) or self._after_title(number)
        if self._after_title(number):
            return True
        return not self._lexicon.resembles_word(token.core)

    def _is_word_form(self, number: int) -> bool:
        """Whether a word on no list is an inflection or a compound: "bedsores", "reoffending", "flowchart"."""
        word = self._core(number)
        if self._lexicon.is_built_from_words(word):
            return True
        return word.endswith(_WORD_ENDINGS) and not self._tokens[number].possessive and not self._told(number)

    def _stands_as_person(self, number: int) -> bool:
        if self._after_title(number) or self._after_weak_title(number) or self._told(number) or self._named(number):
            return True
        before, following = self._core(number - 1), self._core(number + 1)
        return (
            before in cues.TOLD_LOOSE
            or before in cues.NAMERS
            or self._owns_anything(number)
            or self._is_family(number)
            or self._after_relation(number)
            or before in cues.PEOPLE
            or self._aged(number)
            or self._capital_inside(number)
            or (self._starts_clause(number) or before in cues.CONCERN)
            and following in cues.SAYS | cues.IS
        )

    def rare_word_is_person(self, number: int) -> bool:
        """A word of middling frequency with a capital, right where a name stands: "Spoke to Trelawney"."""
        token = self._tokens[number]
        if not token.is_word or not token.core.isalpha():
            return False
        if len(token.core) <= _SHORTEST:
            shouted = token.text[: len(token.core)].isupper() and self.capitals_tell
            return shouted and token.core in cues.NO_ROLE and self._owns_relation(number)
        if token.core in self._lexicon.jargon or token.text.isupper():
            return False
        if self._after_title(number):
            return self._lexicon.rank.get(token.core, _COMMON_RANK) > 400
        if self._lexicon.rank.get(token.core, 0) > RARE and not token.core.endswith(_WORD_ENDINGS):
            return self._told(number) or self._named(number) or self._owns_relation(number)
        rare = self._lexicon.rank.get(token.core, 0) > _COMMON_RANK
        return (
            rare
            and self._capital_inside(number)
            and (self._told(number) or self._named(number) or self._owns_relation(number))
        )

    # neighbours of a name

    def is_surname_after(self, number: int, kind: str) -> bool:
        """Whether the word behind a given name is its surname."""
        token = self._tokens[number]
        if self._tokens[number - 1].possessive or token.core in _NOT_A_SURNAME and not token.capital:
            return False
        if len(token.core) == 1 and token.core in cues.SURNAME_LETTERS and not token.capital:
            return not self._tokens[number - 1].capital
        if kind in ("UNKNOWN", "INITIALS") and not token.text.isdigit():
            if token.capital and self._tokens[number - 1].capital:
                return len(token.core) > 1 or self._is_middle_initial(number)
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

    def _is_middle_initial(self, number: int) -> bool:
        following = self._at(number + 1)
        return following is not None and following.capital and following.core not in self._lexicon.jargon

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
        if token.core in cues.PARTICLES:
            return (
                self._after_title(number)
                or self._after_weak_title(number)
                or self._core(number - 1) in cues.NAMES_BEFORE
            )
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

    def is_coordinated_before(self, number: int, kind: str) -> bool:
        """Whether "and" joins this word to a name that follows: "ebony and kayleigh"."""
        if kind != "GIVEN_WORD" or self.speaks_against(number):
            return False
        return self._starts_clause(number) or self._core(number - 1) in cues.CONCERN | cues.TOLD_LOOSE | cues.TOLD

    def is_coordinated(self, number: int, kind: str, after_name: bool) -> bool:
        """Whether "and" joins this word to a name: "kayleigh and grace"."""
        token = self._tokens[number]
        if after_name and token.core in self._lexicon.christened and token.core not in cues.NOT_JOINED:
            return self._core(number + 1) not in cues.PRONOUNS
        if not after_name or self.speaks_against(number):
            return False
        if kind == "GIVEN_WORD":
            goes_on = self._core(number + 1) in cues.PRONOUNS | cues.DETERMINERS - {"at", "in", "on", "by"}
            return token.core not in cues.ADJECTIVAL and (token.possessive or token.capital or not goes_on)
        if kind == "UNKNOWN":
            return not self._lexicon.resembles_word(token.core)
        return kind == "GIVEN_PLACE"
