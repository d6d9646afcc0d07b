"""What a reply typed at a question of a check means: one of its options, or too doubtful to be taken for one.

A wrong answer in a check is worse than being asked again, so whatever points two ways is doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation.answer_reader import AnswerReader, Likeness, ways_of
from bot.conversation.bands import band_of
from bot.conversation.caution import asks_of_consent, asks_of_harm, may_be_guessed, speaks_of_harm, turned
from bot.conversation.stances import (
    CONTRASTS,
    LONGEST_REPLY,
    NEGATIONS,
    Stance,
    asks,
    gives_consent,
    leading,
    stance,
    steers,
    truth,
    written_out,
)
from bot.knowledge import Question, fold

_NAMED_BY = 0.5
"""Share of a reply's content words that an option's phrase must explain before the reply counts as naming it."""

SURE_FROM = 0.4
"""Margin by which an answer is so much more like one option than like the others that nothing else need be asked."""

_LIKELY_FROM = 0.2
"""The same for an answer that may be taken where Rasa hears no command and no question in it."""

_TOLD_FROM = 0.3
"""The same where it begins as another answer would: "no clue where he is now" tells that he cannot be found."""

_DOUBTED_FROM = 0.08
"""From here on an answer that begins as one option and goes on like another is asked again."""

_BARE = 4
"""Words of an answer that is a yes, a no or a not sure and nothing besides."""

_LONGEST_COMPARED = 24
"""Words. What is longer tells a story."""

_LIGHT = frozenset({
    "it", "is", "a", "an", "the", "i", "they", "their", "them", "of", "to", "in", "my", "me", "we", "she", "he", "him",
    "her", "his", "has", "have", "had", "be", "been", "was", "were", "are", "am", "do", "does", "did", "this", "that",
    "for", "with", "at", "on", "as", "and", "only", "just", "so", "our", "us", "you", "your", "there", "by", "from",
    "would", "will", "can", "could", "yes", "yeah", "mum", "dad", "about", "aged", "got", "think", "said", "say",
})  # fmt: skip
_ENDINGS = ("ally", "ing", "ed", "es", "ly", "al", "s", "e", "y")
_TRUTHS = {Stance.YES: "true", Stance.NO: "false"}
_OF_CONSENT = ("consent", "agree", "permission")


@dataclass(frozen=True)
class Meant:
    """`option` is the id that a reply names, if any; `doubtful` says that it must be asked again, not guessed at.

    `alike` is the option that it is like where it names none for certain; None where it is like none of them.
    `steering`: it may be a command as well ("end it").
    """

    option: str | None = None
    doubtful: bool = False
    alike: Likeness | None = None
    steering: bool = False

    @property
    def sure(self) -> str | None:
        """The option that may be taken without asking Rasa what else the words might be."""
        if self.option is None and self.alike is not None and self.alike.margin >= SURE_FROM and not self.steering:
            return self.alike.option
        return self.option


_UNREAD = Meant()
_DOUBTFUL = Meant(doubtful=True)


def exact(text: str, question: Question) -> str | None:
    """The option that the whole of `text` names by its id, its label or one of its ways of saying."""
    said = fold(text)
    found = {option.id for option in question.options if said in map(fold, ways_of(option))}
    return found.pop() if len(found) == 1 else None


def meant(text: str, question: Question, reader: AnswerReader | None = None) -> Meant:
    """What `text` means at `question`. Neither an option nor doubt: it is for Rasa to read.

    What the rules cannot tell is compared with the ways of saying each option, where a `reader` is at hand.
    """
    ruled = _ruled(text, question)
    if reader is None or asks(text) or len(text.split()) > _LONGEST_COMPARED or exact(text, question) is not None:
        return ruled
    alike = reader.likeness(text, question)
    if alike is None:
        return ruled
    found = _weighed(text, ruled, alike, question)
    if found.alike is None or may_be_guessed(
        written_out(text), found.alike.option, question, reader.most_urgent(question)
    ):
        return found
    # What is much like an answer is asked again at once; the rest may be a question on a topic, which Rasa tells.
    return replace(found, alike=None, doubtful=found.doubtful or found.alike.margin >= SURE_FROM)


def _weighed(text: str, ruled: Meant, alike: Likeness, question: Question) -> Meant:
    """What the rules make of an answer and what it is like, both together."""
    said = written_out(text)
    steering = steers(said)
    if ruled.option is None:
        least = SURE_FROM if steering else _LIKELY_FROM
        return Meant(doubtful=ruled.doubtful, alike=alike if alike.margin >= least else None, steering=steering)
    plain = _plain(said, question) is not None or len(said.split()) <= _BARE
    if plain or alike.option == ruled.option or alike.margin < _DOUBTED_FROM:
        return ruled
    return Meant(doubtful=True, alike=alike if alike.margin >= _TOLD_FROM else None, steering=steering)


def _ruled(text: str, question: Question) -> Meant:
    """What `text` means by its first words, an age, or the words of a label."""
    named = exact(text, question)
    if named is not None:
        return Meant(named)
    said = written_out(text)
    if asks(text):
        return _UNREAD
    if len(said.split()) > LONGEST_REPLY:
        return _mapped(leading(text), question)
    plain = _plain(said, question)
    if plain is not None:
        return Meant(plain)
    taken, named_options = stance(said), _named(said, question)
    if len(named_options) > 1 or taken is Stance.MIXED:
        return _DOUBTFUL
    mapped = None if taken is None else option_for(taken, question)
    if not named_options:
        return _mapped(taken or leading(text), question)
    option = named_options.pop()
    if taken is None:
        return _DOUBTFUL if _hedged(said) else Meant(option)
    return Meant(option) if option == mapped or _agrees(taken, option, question) else _DOUBTFUL


def _mapped(taken: Stance | None, question: Question) -> Meant:
    if taken is None or taken is Stance.MIXED:
        return _UNREAD if taken is None else _DOUBTFUL
    option = option_for(taken, question)
    return Meant(option, option is None)


def _plain(said: str, question: Question) -> str | None:
    """The option of a reply in one of the forms that only some questions have: an age, a truth, an agreement."""
    called = truth(said)
    if called is not None and question.option(_TRUTHS[called]) is not None:
        return _TRUTHS[called]
    if gives_consent(said) and question.option("yes") and any(word in fold(question.asks) for word in _OF_CONSENT):
        return None if _negative(question.asks) else "yes"
    return band_of(said, question)


def contradicts(value: str, text: str, question: Question) -> bool:
    """Whether the words of `text` speak against its having been understood as `value`: yes, no or not-sure.

    Where a question asks for consent or harm, more is wanted than what Rasa heard.
    """
    said = written_out(text)
    words = said.split()
    if turned(said) or (speaks_of_harm(said) and (asks_of_harm(question) or value == "no")):
        return True
    if value == "yes":
        return bool((NEGATIONS | CONTRASTS).intersection(words)) or (asks_of_consent(question) and len(words) > _BARE)
    return value == "no" and bool((CONTRASTS - {"yet"}).intersection(words))


def option_for(taken: Stance, question: Question) -> str | None:
    """The one option of `question` that a plain yes, no or not sure stands for; None where none or several would do."""
    if question.option(taken.value) is not None:
        return taken.value
    first_words = {option.id: fold(option.text).split()[0] for option in question.options if option.id != "not-sure"}
    starting = [option for option, word in first_words.items() if word == taken.value]
    if len(starting) == 1 and not (taken is Stance.NO and "not" in first_words.values()):
        return starting[0]
    named = _TRUTHS.get(taken)
    # "No" to "True or false: you do not suspect ..." may mean either.
    if named is None or question.option(named) is None or _negative(question.asks):
        return None
    return named


def _agrees(taken: Stance, option: str, question: Question) -> bool:
    """Whether yes or no before an option's own words goes with it: "no, they refused", "yes, in writing"."""
    label = fold(question.option(option).text).split() if question.option(option) else []  # type: ignore[union-attr]
    if taken is Stance.NOT_SURE:
        return False
    says_no = bool(NEGATIONS & set(label)) or label[:1] == ["no"]
    return says_no if taken is Stance.NO else not says_no and question.option("yes") is None


def _named(said: str, question: Question) -> set[str]:
    """The options that the content words of `said` name best; several where they name several as well."""
    content = _content(said)
    if not content:
        return set()
    best: dict[str, float] = {}
    for option in question.options:
        if option.id in ("yes", "no", "not-sure"):
            continue
        for phrase in ways_of(option):
            best[option.id] = max(best.get(option.id, 0.0), _explained(said, content, written_out(phrase)))
    top = max(best.values(), default=0.0)
    return {option for option, share in best.items() if share == top} if top >= _NAMED_BY else set()


def _explained(said: str, content: frozenset[str], phrase: str) -> float:
    """The share of `content` that `phrase` explains, where all of the phrase is in it; 0 where one of them negates."""
    wanted = _content(phrase)
    if not wanted or not wanted <= content or _negative(said) != _negative(phrase):
        return 0.0
    return len(wanted) / len(content)


def _content(said: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in said.split() if word not in _LIGHT and word not in NEGATIONS)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _negative(text: str) -> bool:
    return bool(NEGATIONS.intersection(written_out(text).split()))


def _hedged(said: str) -> bool:
    return bool((CONTRASTS - {"only", "just", "yet", "if"}).intersection(said.split()))
