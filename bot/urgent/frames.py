# ruff: noqa: E501  (word lists: a row holds what belongs together)
"""What is around a cue: is the harm told as a fact, or asked about, denied, made up for practice, or long closed?

Only the words that stand for it in the same sentence count, so that a question about policy in one sentence never
hides a report in the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from bot.urgent.normalise import Sentence, leaves_out_i
from bot.urgent.patterns import Match, Phrase, compile_concepts
from bot.urgent.vocabulary import MASKED_PERSON


class Strength(IntEnum):
    """How much a cue says by itself."""

    TOPIC = 1
    """A subject ("grooming"): urgent only where the sentence speaks of somebody or of a worry, and asks nothing general."""
    EVENT = 2
    """Something that happens or happened to somebody ("dad hit him")."""
    EMERGENCY = 3
    """Danger to life or limb now ("he has a knife")."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(*texts: str) -> tuple[Phrase, ...]:
    nothing = compile_concepts({})
    return tuple(Phrase(text, nothing) for text in texts)


_ASKING = _words(
    "what when who how where why which can do does did should must may is are shall could would whose define explain meaning definition list show describe"
)
_ASKING_ANYWHERE = _phrases(
    "what is|are|counts|does|do|happens|if|to|about|should|can|was|did|information|else|we|our", "how do|does|can|should|long|soon|often|to|would|is|are|much", "when do|should|must|can|is|does|to|would|may|not", "who do|should|can|is|attends|are|would|to",
    "do|can|should|must|may|could i|we|you|staff|schools", "am i|we allowed|supposed|meant", "are we|you|they allowed|supposed|meant", "is it|that|this|there|a|an", "difference between", "meaning|definition of", "tell|teach me about", "need|want|like to know|learn|read|understand",
    "where do|can|is|are", "which agency|form|procedure|policy|service", "policy|procedure|guidance|law|rule|rules|protocol|threshold|leaflet|poster|information|info on|about|for|of|says", "signs of ~ look_out_for|to_spot", "does the|a|an|it|abuse", "look_up",
)  # fmt: skip
_SPECIFIC = _words(
    f"he she him her his hers himself herself {MASKED_PERSON} dad mum stepdad stepmum husband boyfriend girlfriend wife uncle auntie "
    "grandad gran nan tonight today yesterday just again now ongoing"
)
_SPECIFIC_PHRASES = _phrases(
    "last night|week|weekend", "this morning|afternoon|evening|week|weekend|child|kid|girl|boy|lad|man|woman|lady|baby|family|patient|resident|client|pupil",
    "my client|patient|resident|pupil|student|neighbour|tenant|lady|gentleman|friend|mate|niece|nephew|grandson|granddaughter|son|daughter|manager|colleague|boss|class|form|caseload|service_user|kid|service",
    "told me", "told us", "disclosed to me|us", "i think|suspect|believe|reckon|fear|saw|seen|found|noticed|know|heard|am_worried|am_concerned|have_found|have_seen|have_noticed|have_heard|have_just|am_scared", "one of our|my|the", "two of our|my", "our residents|pupils|students|clients|lads|girls|boys",
)  # fmt: skip
_ONE_PERSON = _phrases(
    "a year|girl|boy|lad|man|woman|lady|mum|dad|resident|pupil|kid|student|client|patient|%under13|%teenager has|is|was|said|says|told|keeps|who",
)
"""Somebody in particular, unless a condition stands in the sentence: "if a client is suicidal" is nobody in particular."""
_WORRYING = _words(
    "worried worry worrying concern concerned concerns suspect suspects suspected suspecting suspicion suspicions reckon fear scared believe afraid victim evidence "
    "happening disclosed disclosure alleged allegation alleges ongoing family toddler baby home being shouting neighbour neighbours think involved getting kids kid child children lad lads girl girls boy boys teenager resident tenant patient client pupil student twins brothers sisters daughter son elderly"
)
_IF = _words("if when whenever where unless once should hows whats before after")
_ANYBODY = _phrases(
    "a|an|any|another|the|each|every|some|one|only_one child|adult|person|parent|client|pupil|student|young_person|service_user|patient|resident|carer|teenager|professional|individual|member_of_staff|colleague|family|perpetrator|worker|vulnerable_adult|vulnerable|minor|youth|teacher|manager|refusal|capable|baby|girl|boy|staff|mum|dad|man|woman",
    "someone|somebody|anyone|anybody|people|children|adults|staff|clients|pupils|parents|residents|patients|professionals|kids|everyone|service_users|young_people|carers|agencies|you|abuse|harm|they|child|adult",
    "there is|are|was|might|may|could",
)  # fmt: skip
_NEGATORS = _words("not no never nobody without none nothing neither nor denies denied")
_LIGHT = _words(
    "is are was were be been being in at any immediate of evidence sign signs suspicion suspicions concern concerns risk a an the that this about has have had any "
    "one body obviously current known currently seems appears actually to child children kids person adult he she him her they them it really longer ever such "
    "domestic serious real suggest safeguarding indication reason think disclosure report reports allegation allegations threat history harm immediately yet said feel feeling"
)
_NOT_DENIAL = _phrases(
    "not sure|only|know|certain|the_first|stop|stopped|believe|believed|tell|told|convinced|happy|one|just|even|having|going_to_stop|been_able|leave|help|first", "nobody|no_one|nothing knows|knew|believes|helps|helped|stops|stopped|cares|is_doing|is_helping|else|done|listens|has_done|has_helped|has_stopped|here|about|at_home|with|there|would|will|can", "no idea|doubt|time|answer|one_here|one_home|food|heating|signal|reply|matter|wonder|good|i|he|she|they|because|but|manager", "not wait|safe|hold|let|get|eaten|ate|been_seen|seen|come|answering|picking|breathing|got|eating|drinking|cope|coping|moving|waking|home|responding|right|okay|ok|well|good", "without food|water|heating|her|his|him|a_coat|coat|supervision|care|telling|consent|asking|waiting|permission",
    "if not", "why not", "not long", "is not it", "not again", "not a drill|scenario|joke|test|exercise|hypothetical", "denies|denied it|everything|but|all",
)  # fmt: skip
_NEGATION_REACH = 7

_PRETENDED = _phrases(
    "hypothetical|hypothetically|pretend|pretending|imagine|imagining|suppose|supposing|fictional|fictitious", "case study|studies", "quiz|quizzes", "role play|plays|playing", "roleplay|roleplaying", "made up", "scenario|scenarios|vignette", "practice question|case|conversation|scenario|example|mode",
    "exam|test|multiple_choice|revision question|paper|answer|questions", "question of|%under13|number|1|2|3|4|5|6|7|8|9|one|two|three|four|five ~ test|quiz|exam|module|training|says", "in the|this film|book|news|soap|novel|drama|example|module|case_study|lesson|video|slides|serious_case_review|inspection_report", "in|on a|my film|book|tv|course|essay", "on tv|telly|netflix|eastenders|corrie", "essay|assignment|dissertation|coursework|presentation|slides|assembly", "example of|is|where|for|answer", "for|an|the|worked example", "lets say", "let us say", "say for_example|for_instance", "for instance", "training day|session|course|module|video|scenario|pack|slides|material|materials|certificate|exercise|on|about|question", "test question|says|case|scenario", "doing the|my|a|some training|course|module", "doing training", "module on|about|says", "lesson on|about|says", "webinar|workshop|toolbox_talk|inset on|about|day", "serious case review|reviews", "learning review", "homicide review", "review ~ child|boy|girl|man|woman who", "history of the", "theoretically|in_theory", "induction ~ know|learn", "thought experiment", "drill|fire_drill|mock_exercise", "just|only an exercise", "practise|practice a|the conversation|answer|answering|chat",
)  # fmt: skip
_REALLY = _phrases(
    "but|and actually|really|seriously|now|today|also|then|just|this", "not a|just drill|joke|scenario|hypothetical|training|test|exercise|a|some|the", "for real", "this|it is real|really|happening|not", "really|actually|genuinely happening|happened", "right now", "just happened", "actually a|he|she|one|my|someone",
    "told|disclosed to_me|me|us", "one of my|our", "my client|pupil|patient|resident|student|neighbour|kid",
)  # fmt: skip
_CLOSED = _phrases(
    "years|decades|yrs ago", "long time ago", "long ago", "in 19|the_70s|the_80s|the_90s|the_seventies|the_eighties|the_nineties|the_sixties", "as|when a|she_was_a|he_was_a|i_was_a child|kid|boy|girl|teenager|little", "historic|historical|historically|non_recent", "back in", "case|matter|investigation|file|allegation|enquiry was|is|has|been closed|concluded|resolved|dropped|been_closed", "cleared of", "was|were|got|been convicted|acquitted|jailed|imprisoned|sentenced|cleared|exonerated", "now|since resolved|closed|dead|died|deceased", "died since", "past client|clients|case|cases", "old|former|closed client|case|file|record|records|patient", "previously been", "the late",
)  # fmt: skip
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_STILL = _words("still now again today tonight yesterday ongoing currently just recently continues continuing keeps")
_STILL_PHRASES = _phrases(
    "last week|night|month",
    "this week|morning|month",
    "lives with",
    "works with",
    "has contact",
    "has children|kids|access",
    "runs the|a",
)


@dataclass(frozen=True, slots=True)
class Frames:
    """What was found around the cues of one sentence. `pretended` and `closed` hold for the whole of it."""

    sentence: Sentence
    asks: bool
    specific: bool
    worrying: bool
    pretended: bool
    closed: bool

    def suppresses(self, match: Match, strength: Strength) -> bool:
        """Whether a cue here is no report: denied, made up, only asked about."""
        if self.pretended or self._denied(match):
            return True
        if self._conditional(match):
            return True
        general = self.asks and not self.specific
        if strength is not Strength.TOPIC:
            return general and match.named == 1
        return general or not (self.specific or self.worrying)

    def _denied(self, match: Match) -> bool:
        words = self.sentence.words
        if any(
            word in _NEGATORS and not self._no_denial(start + place)
            for start, end in match.gaps
            for place, word in enumerate(words[start:end])
        ):
            return True
        for place in range(match.start - 1, max(-1, match.start - 1 - _NEGATION_REACH), -1):
            if words[place] in _NEGATORS:
                return not self._no_denial(place)
            if words[place] not in _LIGHT:
                return False
        return False

    def _no_denial(self, place: int) -> bool:
        near = self.sentence.words[max(0, place - 1) : place + 4]
        return any(
            found.start <= min(place, 1) <= found.end for phrase in _NOT_DENIAL for found in phrase.matches(near)
        )

    def _conditional(self, match: Match) -> bool:
        if self.specific:
            return False
        words = self.sentence.words
        furthest = match.end if self.asks else match.start
        conditions = [place for place in range(furthest) if words[place] in _IF]
        return any(stands(_ANYBODY, words[place + 1 : max(place + 4, match.end)]) for place in conditions)


def read_frames(sentence: Sentence, pretended_before: bool) -> Frames:
    """Frames of a sentence. `pretended_before`: the message began by saying that it is made up, and this is still part of it."""
    words = sentence.words
    really = stands(_REALLY, words)
    still = not _STILL.isdisjoint(words) or stands(_STILL_PHRASES, words)
    return Frames(
        sentence=sentence,
        asks=sentence.asks or (words[0] in _ASKING and not leaves_out_i(words)) or stands(_ASKING_ANYWHERE, words),
        specific=not _SPECIFIC.isdisjoint(words)
        or stands(_SPECIFIC_PHRASES, words)
        or (_IF.isdisjoint(words) and stands(_ONE_PERSON, words)),
        worrying=not _WORRYING.isdisjoint(words),
        pretended=(pretended_before or stands(_PRETENDED, words)) and not really,
        closed=(stands(_CLOSED, words) or _names_a_past_year(words)) and not still,
    )


def _names_a_past_year(words: tuple[str, ...]) -> bool:
    return any(before in {"in", "since", "from"} and _YEAR.fullmatch(word) for before, word in pairwise(words))


def opens_pretending(sentence: Sentence) -> bool:
    """Whether a message begins by saying that what follows is made up ("Hypothetical question.")."""
    return stands(_PRETENDED, sentence.words[:6])


def stands(phrases: tuple[Phrase, ...], words: tuple[str, ...]) -> bool:
    """Whether any of the phrases stands anywhere in the words."""
    present = set(words)
    return any(not phrase.anchor.isdisjoint(present) and any(True for _ in phrase.matches(words)) for phrase in phrases)
