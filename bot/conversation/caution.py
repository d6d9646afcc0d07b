"""Where a guess at an answer could hide harm, or make a consent of none: there an answer is asked again.

What an answer is like is told by its words alone, and "no one is safe there" has the words of a No. So a question on
harm takes by likeness only what leads to acting now, and a question on consent no consent. An answer that itself speaks
of harm is taken by likeness nowhere. What somebody says outright ("no", "yes they agreed") is not a guess.
"""

from __future__ import annotations

import re

from bot.knowledge import Question, fold

_ON_HARM = re.compile(
    r"\b(?:harm|risk|danger|safe\b|safely|safety|unsafe|abus|hurt|threat|suffer|exploit|pressure|forc|suicid|crime|afraid"
    r"|violen|worse|delay|hold up)"
)
_ON_CONSENT = re.compile(r"\b(?:consent|agree|permission|say yes|approv|free will)")
_GRANTING = frozenset({"yes", "given", "consent-given", "warranted"})
_PLAIN = frozenset({"yes", "no", "true", "false"})
_OF_HARM = re.compile(
    r"\b(?:safe|unsafe|safety|danger\w*|worr\w+|scared|afraid|frighten\w*|terrified|petrified|hurt\w*|harm\w*"
    r"|hit|hits|hitting|beat\w*|kill\w*|die|dies|dying|dead|suicid\w*|alive|pressur\w*|forced?|threat\w*"
    r"|(?:want|wants|wanted|wish|wishes) to (?:live|be here)|abus\w*|bruis\w*|violen\w*"
    r"|lets? (?:her|him|them|me) (?:out|see|go|leave|speak|talk))\b"
)
_TURNED = re.compile(r"\b(?:no question|no doubt|without (?:a |any )?doubt|(?:put|puts) (?:it )?past|no point)\b")
"""Denials that say yes."""

_SAFE = re.compile(
    r"^(?:no )?(?:it|it is|she|he|they|they are|this|that|mum|dad|(?:the|my|his|her|their) \w+)"
    r"(?: (?:is|are|was|were|all|both|now|quite|perfectly|completely|very))* safe(?: now| here| there| with \w+)?$"
)


def speaks_of_harm(said: str) -> bool:
    """Whether `said` (from `stances.written_out`) names harm, fear or safety, other than to say that all are safe."""
    return _OF_HARM.search(said) is not None and _SAFE.match(said) is None


def turned(said: str) -> bool:
    """Whether `said` denies by its words and affirms by its sense: "no question about it"."""
    return _TURNED.search(said) is not None


def asks_of_harm(question: Question) -> bool:
    """Whether `question` asks for harm, danger or safety."""
    return _ON_HARM.search(fold(question.asks)) is not None


def asks_of_consent(question: Question) -> bool:
    """Whether `question` asks for somebody's consent, agreement or approval."""
    return _ON_CONSENT.search(fold(question.asks)) is not None


def may_be_guessed(said: str, option: str, question: Question, urgent: frozenset[str]) -> bool:
    """Whether `said` may be taken for `option` because it is like it. `urgent` are the options to be acted on soonest.

    A question on harm asks again for every other yes and no, and one on consent for every consent.
    """
    if option in _GRANTING and asks_of_consent(question):
        return False
    if option in urgent:
        return True
    if speaks_of_harm(said) or turned(said):
        return False
    return option.split("-")[0] not in _PLAIN or not asks_of_harm(question)
