"""Whether a short reply says yes, no or not sure, or something of both: the words people use for it on a phone."""

from __future__ import annotations

import re
from enum import Enum

from bot.conversation.caution import speaks_of_harm
from bot.knowledge import fold

LONGEST_REPLY = 12
"""Words. What is longer tells a story or asks something, and is read by Rasa."""


class Stance(Enum):
    """What a reply says to a yes-or-no question. MIXED says more than one of them."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not-sure"
    MIXED = "mixed"


NEGATIONS = frozenset({
    "not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "without", "nope", "nah", "hardly", "unable",
    "lack", "lacks", "lacking",
})  # fmt: skip
CONTRASTS = frozenset({
    "but", "except", "unless", "only", "although", "though", "however", "apart", "until", "if", "or", "just", "yet",
    "partly", "mostly", "sometimes", "usually",
})  # fmt: skip

_JOINED = re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|would|could|should|ca|wo|might|must|need)n'?t\b")
_WRITTEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"\bca not\b|\bcannot\b", "can not"),
        (r"\bwo not\b", "will not"),
        (r"\bain'?t\b", "is not"),
        (r"\b(dunno|dono|idk|do not no|dont no|donno|duno)\b", "do not know"),
        (r"\b(prob|probs|prolly|probaly|probabley)\b", "probably"),
        (r"\b(def|deffo|defo|defs|definately|defintely|defiantly)\b", "definitely"),
        (r"\bi'?m\b", "i am"),
        (r"\bi'?ve\b", "i have"),
        (r"\b(it|that|he|she|there)'s\b|\bits\b|\bthats\b|\bhes\b|\bshes\b|\btheres\b", r"it is"),
        (r"\b(they|we|you)'?re\b", r"they are"),
        (r"\b(they|we)'?ve\b", r"they have"),
        (r"\b(gonna)\b", "going to"),
        (r"\b(u)\b", "you"),
        (r"\b(tbh|lol|mate|sorry|erm|um|er|uh|ah|oh|well|honestly|really|actually|hmm+|mm+|please|haha)\b", " "),
    )
)  # fmt: skip

_SIGNS = str.maketrans({"%": " percent", "/": " ", "\N{THUMBS UP SIGN}": " yes ", "\N{THUMBS DOWN SIGN}": " no "})

_SUBJECT = (
    r"(?:it|she|he|they|we|i|that|this|there|you|mum|dad|mother|father|parents?|both|(?:the|my|his|her|their) \w+)"
)
_AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|should|seems? to|appears? to)"
)
_ADVERB = r"(?:definitely|certainly|already|all|both|also|still|now|so|too|indeed|yes|yeah|probably|been)"

_PLAIN = frozenset({"yes", "yeah", "yep", "no", "nope", "nah"})
_UNSURE = re.compile(
    r"\b(?:not|never) (?:too |entirely |quite |100 percent |100 |that |so |very |completely |totally |at all |fully )*"
    r"(?:sure|certain|clear|confident|convinced)\b"
    r"|^(?:i |we )?(?:do|can|could|would|did) not (?:even |yet )?(?:know|tell|say|remember|recall)\b"
    r"|\b(?:i|we) (?:do|can|could|would|did) not (?:even |yet )?(?:know|tell|say|remember|recall|be sure)\b"
    r"|\bcan not be sure\b|\bno (?:idea|clue|way of knowing|one knows)\b|\bnot (?:a|the foggiest) ?(?:clue|idea)?$"
    r"|\bhave not (?:a|got a) clue\b|\bwho knows\b|\b(?:could|might|may) (?:be|do|have|not)$|^(?:might|may)$"
    r"|\b(?:unsure|unclear|uncertain|undecided|maybe|mayb|perhaps|possibly|potentially|depends|depending|tricky"
    r"|complicated|unknown|debatable|wondering)\b"
    r"|\b(?:hard|difficult|impossible|tough) (?:one|to (?:say|tell|know|judge))\b"
    r"|\b(?:bit|little) of (?:both|each)\b|\bhalf and half\b|\b50 50\b|\b(?:sort|kind) of\b|\bkinda\b|\byes and no\b"
    r"|\b(?:two|2) minds\b|\bon the fence\b|\b(?:have|need|got) to (?:check|ask|look|find out)\b"
    r"|\b(?:not|never) (?:yet )?(?:checked|been told|looked into)\b|\btoss up\b|\bhope so\b"
)
_YES_WORD = (
    r"(?:yes+|yeah+|yep|yeps|yea|yeh|yh|ye|yup|ya|y$|aye|ys|affirmative|correct|true|tru|right|sure|ok|okay|of course|"
    r"course|ofc|definitely|absolutely|certainly|indeed|exactly|totally|100 percent|100|uh huh|mhm|huh)"
)
_YES = re.compile(rf"^(?:(?:it|that|this) is )?{_YES_WORD}(?:\b|$)(?!.*\byou\b)")
_LIKELY = re.compile(
    r"^(?:yes |yeah )?(?:i |we |id |i would )?(?:do )?"
    r"(?:suppose|think|believe|guess|reckon|imagine|expect|assume|say) so(?: yes| yeah)?$"
    r"|^(?:very |most |more than )?(?:probably|likely)(?: yes| yeah| so| they \w+| it \w+)?$|^more or less(?: yes)?$"
    r"|^pretty (?:sure|much)(?: yes| so| they \w+| it is)?$|^(?:yes )?as far as i (?:know|am aware)$"
    r"|^i am (?:pretty |fairly |quite |very )?(?:sure|certain|confident)(?: yes| they \w+| it is| of it| so)?$"
)
_ECHO_YES = re.compile(rf"^{_SUBJECT} (?:{_ADVERB} )*{_AUXILIARY}(?: {_ADVERB})*$")
_ECHO_NO = re.compile(rf"^(?:{_SUBJECT} )?(?:{_ADVERB} )*{_AUXILIARY} not(?: {_ADVERB}| yet| no| at all)*$")
_NO = re.compile(
    r"^(?:nope|nah|naw|nay|n|noo+|negative|hardly|unlikely|doubtful|neither)\b"
    rf"|^never(?: (?:{_AUXILIARY}|ever|once|at all|been|not|no|that i \w+( of)?))*$"
    r"|^(?:it is )?(?:false|wrong|incorrect)$"
    r"|^not (?:at all|yet|today|now|currently|at the moment|likely|especially|particularly|as far as i \w+"
    r"|to my knowledge|that i (?:know|am aware)(?: of)?|so far|in the slightest|even close|anymore|any more)\b|^not$"
    r"|^(?:i |we )?(?:very much )?doubt (?:it|that|so|this)$|^i doubt (?:she|he|they|it) \w+$"
    r"|^(?:i |we )?(?:do|did|would) not (?:think|believe|reckon|imagine|expect|say|suppose)"
    r"(?: so| it| that| they \w+)?$"
    r"|^(?:i am )?(?:probably|definitely|absolutely|certainly|of course|most likely|afraid|obviously) not\b"
    r"|^(?:far from it|nowhere near|nothing like that)\b|^no (?:chance|way)(?: of (?:that|it)| at all)?$"
    r"|^none of (?:that|those|these|them)(?: (?:really|at all|apply|applies|fits?|yet|here|so far|that i \w+( of)?))*$"
)
_PLAIN_NO = re.compile(
    rf"^no(?:$| (?:{_SUBJECT}|{_AUXILIARY}|not|never|nothing|definitely|absolutely|sadly|unfortunately|nobody|none|"
    r"need)\b)"
)
_CLAUSE_ENDS = re.compile(
    r"[,;.:!()-]+(?:\s|$)|\s+-+\s+|\b(?:because|cause|cos|coz|as in)\b|\bso (?=(?:yes|no)\b)", re.IGNORECASE
)
_TRUE = re.compile(r"^(?:yes )?(?:(?:it|that|this) is )?(?:definitely )?(?:true|tru|correct|right|accurate)(?: yes)?$")
_FALSE = re.compile(
    r"^(?:no )?(?:(?:it|that|this) is )?(?:not (?:true|tru|correct|right|accurate)|false|untrue|wrong|incorrect)$"
)
_GIVES = re.compile(
    rf"^(?:yes )?{_SUBJECT} (?:have |has |already |verbally |fully )*"
    r"(?:agreed?s?|consented|consents|said (?:yes|ok|okay|it is fine)|gave (?:it|consent|permission))$"
)
_ASKS = re.compile(
    r"\?\s*$|^(?:so |and |but |ok |hi |hello )?(?:what|how|who|whom|when|where|which|why|can i|can we|could i|should|"
    r"do i|do we|does it|is it|is there|am i|are we|may i|must i|would it|tell me|explain|help)\b"
    r"|(?:^|[,;.:\-] )(?:so |and |but )?(?:can|could|should|may|must|shall|would|do|does) "
    r"(?:i|we|they|he|she|it|the|her|his|my|our|their)\b"
)


_STEERS = re.compile(
    r"\b(?:stop|quit|exit|end|cancel|finish|close|abort|restart|undo|redo|previous|prev|menu|bye|goodbye|thanks|cheers"
    r"|go(?:ing)? back|start (?:again|over)|change (?:that|it|my)|made a mistake|never mind|forget (?:it|this)|give up"
    r"|got to go|leave it|enough|no more questions|do not bother|want to carry on|mis(?:click|typed|sed|press)\w*"
    r"|wrong (?:one|answer|button|thing)|last (?:one|answer|question)|pack it in|meant (?:yes|no|to say)"
    r"|asking|this question|the question|this check|need to know)\b"
)
"""Words of a command: back, stop, why. An answer may hold them too."""


def steers(said: str) -> bool:
    """Whether `said` (from `written_out`) may be a command to the assistant rather than an answer."""
    return _STEERS.search(said) is not None


def may_answer(text: str) -> bool:
    """Whether `text` is short enough to answer a question, and asks none."""
    return len(text.split()) <= LONGEST_REPLY and not asks(text)


def asks(text: str) -> bool:
    """Whether `text` asks something rather than answers."""
    return _ASKS.search(text.casefold().strip()) is not None


def leading(text: str) -> Stance | None:
    """What a reply says first, before it explains: "not really, its this or nothing", or last: "we do, so yes".

    None where it says neither, and where what it explains could turn it.
    """
    clauses = [clause for part in _CLAUSE_ENDS.split(text) if (clause := written_out(part))]
    if len(clauses) < 2 or any(_turns(clause.split()) for clause in clauses):
        return None
    said = {found for clause in clauses if (found := stance(clause)) is not None}
    plain = stance(clauses[0]) or (stance(clauses[-1]) if clauses[-1].split()[-1] in _PLAIN else None)
    if plain is Stance.NO and any(map(speaks_of_harm, clauses)):
        return None
    return plain if said == {plain} else None


def written_out(text: str) -> str:
    """`text` folded, with "dont", "isn't", "dunno", "prob" and the like written out and fillers left out."""
    said = fold(text.translate(_SIGNS))
    said = _JOINED.sub(r"\1 not", said)
    for pattern, written in _WRITTEN:
        said = pattern.sub(written, said)
    return " ".join(said.split())


def stance(said: str) -> Stance | None:
    """What `said` (from `written_out`) says to a yes-or-no question; None where it says none of them."""
    words = said.split()
    if not words or len(words) > LONGEST_REPLY:
        return None
    if _UNSURE.search(said):
        return Stance.MIXED if _torn(words) else Stance.NOT_SURE
    if words[0] in _PLAIN and _turns(words):
        return Stance.MIXED
    if _LIKELY.match(said) or _ECHO_YES.match(said):
        return Stance.YES
    if _ECHO_NO.match(said) or _NO.match(said) or _PLAIN_NO.match(said):
        # "No, she is not safe": what denies and names harm may tell of it.
        return Stance.MIXED if _turns(words) or _YES.match(words[-1]) or speaks_of_harm(said) else Stance.NO
    if (yes := _YES.match(said)) is not None:
        rest = said[yes.end() :].split()
        return Stance.MIXED if _turns(rest) or NEGATIONS.intersection(rest) else Stance.YES
    return None


def truth(said: str) -> Stance | None:
    """YES where `said` calls a statement true, NO where it calls it untrue: clear even where the statement denies."""
    if _TRUE.match(said):
        return Stance.YES
    return Stance.NO if _FALSE.match(said) else None


def gives_consent(said: str) -> bool:
    """Whether `said` tells that somebody agreed: "she agreed", "mum said yes"."""
    return _GIVES.match(said) is not None


def _torn(words: list[str]) -> bool:
    """Whether a reply that is not sure also says yes or no in so many words."""
    if words[:2] in (["yes", "and"], ["no", "idea"], ["no", "clue"]):
        return False
    return words[0] in _PLAIN or " said no" in " ".join(words)


def _turns(words: list[str]) -> bool:
    return bool((CONTRASTS - {"yet", "just"}).intersection(words))
