"""Reads the cues of the triggers in a message: which stand in it, how strong, and what is around them.

Cues are data, in knowledge/urgent/<id>.yml:
- `emergency`  phrases that show danger to life or limb now; they outrank all others
- `any`        phrases of which each tells of harm by itself
- `all`        combinations: every phrase of one inner list stands within two neighbouring sentences
- `topics`     subjects: they count only beside somebody or a worry, and not in a general question
- `never`      phrases that take this trigger out of a sentence (not out of an emergency)
- `before`     ids of more general triggers that this one beats
The syntax of a phrase is in bot/urgent/patterns.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.urgent.concepts import CONCEPTS, IDIOMS, KEY_TERMS
from bot.urgent.frames import Frames, Strength, opens_pretending, read_frames
from bot.urgent.normalise import Sentence, neighbours, sentences
from bot.urgent.patterns import CueError, Match, Phrase, compile_concepts
from bot.urgent.spelling import Speller

_PRETENDING_LASTS: Final = 3
"""Sentences after an opening such as "hypothetical question" that still belong to it."""
_TAKEN_OUT: Final = "-"


class Cues(Protocol):
    """The cues of one trigger: plain lists of phrases, each list possibly empty."""

    @property
    def emergency(self) -> Sequence[str]: ...
    @property
    def any(self) -> Sequence[str]: ...
    @property
    def all(self) -> Sequence[Sequence[str]]: ...
    @property
    def topics(self) -> Sequence[str]: ...
    @property
    def never(self) -> Sequence[str]: ...
    @property
    def before(self) -> Sequence[str]: ...


class Trigger(Protocol):
    """What the detector needs of an urgent trigger; `urgency` is now or same-day."""

    @property
    def id(self) -> str: ...
    @property
    def urgency(self) -> str: ...
    @property
    def cues(self) -> Cues: ...


@dataclass(frozen=True, slots=True)
class _Cue:
    trigger_id: str
    strength: Strength
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue that stands in a message: how many words it named, whether as long past, whether in a question."""

    trigger_id: str
    strength: Strength
    named: int
    closed: bool
    asks: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: every cue that stands, and the frames of each sentence. No frames: a text without a word."""

    hits: tuple[Hit, ...]
    frames: tuple[Frames, ...]


class CueReader:
    """Finds the cues of triggers. Pure: keeps nothing of what it reads."""

    def __init__(self, triggers: Mapping[str, Trigger]) -> None:
        """Raises CueError for a malformed phrase or a `before` that names no trigger."""
        self._triggers = dict(triggers)
        concepts = compile_concepts(CONCEPTS)
        self._idioms = tuple(Phrase(text, concepts) for text in IDIOMS)
        self._vetoes: dict[str, tuple[Phrase, ...]] = {}
        self._by_word: dict[str, list[_Cue]] = {}
        self._combined_by_word: dict[str, list[_Cue]] = {}
        known: set[str] = set()
        for trigger in self._triggers.values():
            self._check_order(trigger)
            self._vetoes[trigger.id] = tuple(Phrase(text, concepts) for text in trigger.cues.never)
            for cue in _cues_of(trigger, lambda text: Phrase(text, concepts)):
                known.update(word for phrase in cue.phrases for word in phrase.vocabulary())
                for word in min((phrase.anchor for phrase in cue.phrases), key=len):
                    self._by_word.setdefault(word, []).append(cue)
                    if len(cue.phrases) > 1:
                        self._combined_by_word.setdefault(word, []).append(cue)
        self._speller = Speller(KEY_TERMS, known)

    def read(self, text: str) -> Reading:
        """The cues in a (masked) message, and what is around them."""
        found = [self._without_idioms(sentence) for sentence in sentences(text, self._speller)]
        if not found:
            return Reading((), ())
        pretending = _PRETENDING_LASTS if opens_pretending(found[0]) else 0
        read = [read_frames(sentence, 0 < place <= pretending) for place, sentence in enumerate(found)]
        return Reading(tuple(self._hits(found, read)), tuple(read))

    def _hits(self, found: list[Sentence], read: list[Frames]) -> Iterator[Hit]:
        for frames in read:
            yield from self._hits_in(frames, self._by_word)
        for place, pair in enumerate(neighbours(found)):
            if not (read[place].pretended or read[place + 1].pretended):
                yield from self._hits_in(read_frames(pair, False), self._combined_by_word)

    def _hits_in(self, frames: Frames, index: Mapping[str, list[_Cue]]) -> Iterator[Hit]:
        words = frames.sentence.words
        for cue in _candidates(words, index):
            matches = [_standing(phrase, frames, cue.strength) for phrase in cue.phrases]
            kept = [match for match in matches if match is not None]
            if len(kept) == len(matches) and not self._vetoed(cue, words):
                yield Hit(cue.trigger_id, cue.strength, sum(match.named for match in kept), frames.closed, frames.asks)

    def _vetoed(self, cue: _Cue, words: tuple[str, ...]) -> bool:
        if cue.strength is Strength.EMERGENCY:
            return False
        return any(True for phrase in self._vetoes[cue.trigger_id] for _ in phrase.matches(words))

    def _without_idioms(self, sentence: Sentence) -> Sentence:
        words = list(sentence.words)
        present = set(words)
        for idiom in self._idioms:
            if idiom.anchor.isdisjoint(present):
                continue
            for match in idiom.matches(sentence.words):
                words[match.start : match.end] = [_TAKEN_OUT] * (match.end - match.start)
        return Sentence(tuple(words), sentence.clause, sentence.asks)

    def _check_order(self, trigger: Trigger) -> None:
        unknown = sorted(set(trigger.cues.before) - set(self._triggers))
        if unknown:
            raise CueError(
                f"Trigger '{trigger.id}' is placed before unknown triggers: {', '.join(unknown)}.", "Correct its cues."
            )


@dataclass(frozen=True, slots=True)
class CueFault:
    """A cue that cannot be used: its trigger, the way to it among the trigger's cues, and the reason."""

    trigger_id: str
    way: tuple[str | int, ...]
    reason: str


def cue_faults(triggers: Mapping[str, Trigger]) -> Iterator[CueFault]:
    """Everything for which a Detector of these triggers would raise CueError."""
    concepts = compile_concepts(CONCEPTS)
    for trigger in triggers.values():
        for way, text in _written(trigger.cues):
            try:
                Phrase(text, concepts)
            except CueError as error:
                yield CueFault(trigger.id, way, f"{error.message} {error.remedy}")
        for place, name in enumerate(trigger.cues.before):
            if name not in triggers:
                yield CueFault(trigger.id, ("before", place), f"no urgent trigger '{name}'")


def _written(cues: Cues) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every phrase with the way to it."""
    lists = {"emergency": cues.emergency, "any": cues.any, "topics": cues.topics, "never": cues.never}
    for name, texts in lists.items():
        yield from (((name, place), text) for place, text in enumerate(texts))
    for place, combination in enumerate(cues.all):
        yield from ((("all", place, number), text) for number, text in enumerate(combination))


def _standing(phrase: Phrase, frames: Frames, strength: Strength) -> Match | None:
    """The first place where a phrase stands and is told as a fact."""
    for match in phrase.matches(frames.sentence.words):
        if not frames.suppresses(match, strength):
            return match
    return None


def _cues_of(trigger: Trigger, compiled: Callable[[str], Phrase]) -> Iterator[_Cue]:
    for strength, texts in (
        (Strength.EMERGENCY, trigger.cues.emergency),
        (Strength.EVENT, trigger.cues.any),
        (Strength.TOPIC, trigger.cues.topics),
    ):
        for text in texts:
            yield _Cue(trigger.id, strength, (compiled(text),))
    for combination in trigger.cues.all:
        yield _Cue(trigger.id, Strength.EVENT, tuple(compiled(text) for text in combination))


def _candidates(words: tuple[str, ...], index: Mapping[str, list[_Cue]]) -> list[_Cue]:
    """Cues of which a rare word is in the sentence, each once, in the order of the files."""
    unique: dict[int, _Cue] = {}
    for word in dict.fromkeys(words):
        for cue in index.get(word, ()):
            unique[id(cue)] = cue
    return list(unique.values())
