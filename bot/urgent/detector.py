"""The detector: a message in, the one trigger to act on first, or nothing.

Cues are data, in knowledge/urgent/<id>.yml:
- `emergency`  phrases that show danger to life or limb now; they outrank all others
- `any`        phrases of which each tells of harm by itself
- `all`        combinations: every phrase of one inner list stands within two neighbouring sentences
- `topics`     subjects: they count only beside somebody or a worry, and not in a general question
- `never`      phrases that take this trigger out of a sentence (not out of an emergency)
- `before`     ids of more general triggers that this one beats
The syntax of a phrase is in bot/urgent/patterns.py. A missed report is worse than a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.urgent.classifier import Classifier
from bot.urgent.concepts import CONCEPTS, IDIOMS, KEY_TERMS
from bot.urgent.frames import Frames, Strength, opens_pretending, read_frames
from bot.urgent.normalise import Sentence, neighbours, sentences
from bot.urgent.patterns import CueError, Match, Phrase, compile_concepts
from bot.urgent.spelling import Speller

NOW: Final = "now"
SAME_DAY: Final = "same-day"
_CONFIDENCE: Final = {Strength.EMERGENCY: 1.0, Strength.EVENT: 0.9, Strength.TOPIC: 0.6}
_DOUBTED_BELOW: Final = {1.0: 0.0, 0.9: 0.05, 0.6: 0.1}
"""By confidence of a cue, the classifier's score below which the cue is taken for a word used calmly.

An emergency is never doubted. Higher figures spare false alarms and cost reports: 0.2 and 0.4 lost three in a hundred.
"""
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
class Detected:
    """The trigger to act on. `urgency` is the trigger's, or same-day where the harm is told as long past.

    `confidence`: 1.0 danger now, 0.9 harm told, 0.6 a worrying subject. `emergency`: danger to life or limb now.
    """

    trigger_id: str
    urgency: str
    confidence: float
    emergency: bool


@dataclass(frozen=True, slots=True)
class _Cue:
    trigger_id: str
    strength: Strength
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    trigger_id: str
    strength: Strength
    named: int
    closed: bool
    asks: bool


class Detector:
    """Finds the most urgent and most specific trigger in a message. Pure: keeps nothing of what it reads."""

    def __init__(self, triggers: Mapping[str, Trigger], classifier: Classifier | None = None) -> None:
        """Without a classifier only what is said outright is found.

        Raises CueError for a malformed phrase or a `before` that names no trigger.
        """
        self._triggers = dict(triggers)
        self._classifier = classifier
        self._order = {trigger_id: place for place, trigger_id in enumerate(self._triggers)}
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

    def detect(self, text: str) -> Detected | None:
        """The trigger that a (masked) message raises, or None. At most one: the most urgent, then the most specific."""
        found = [self._without_idioms(sentence) for sentence in sentences(text, self._speller)]
        if not found:
            return None
        hits = list(self._hits(found))
        first = self._first(hits) if hits else None
        if self._classifier is None or (first is not None and first.emergency):
            return first
        score = self._classifier.score(text)
        if first is not None and score >= _DOUBTED_BELOW[first.confidence]:
            return first
        return self._classified(text, score)

    def _classified(self, text: str, score: float) -> Detected | None:
        """What the classifier makes of a message in which no cue stands that it believes."""
        if self._classifier is None or score < self._classifier.threshold:
            return None
        trigger = self._triggers.get(self._classifier.trigger(text))
        if trigger is None:  # the classifier is older than the knowledge
            return None
        return Detected(trigger.id, trigger.urgency, score, False)

    def _hits(self, found: list[Sentence]) -> Iterator[_Hit]:
        pretending = _PRETENDING_LASTS if opens_pretending(found[0]) else 0
        read = [read_frames(sentence, 0 < place <= pretending) for place, sentence in enumerate(found)]
        for frames in read:
            yield from self._hits_in(frames, self._by_word)
        for place, pair in enumerate(neighbours(found)):
            if not (read[place].pretended or read[place + 1].pretended):
                yield from self._hits_in(read_frames(pair, False), self._combined_by_word)

    def _hits_in(self, frames: Frames, index: Mapping[str, list[_Cue]]) -> Iterator[_Hit]:
        words = frames.sentence.words
        for cue in _candidates(words, index):
            matches = [_standing(phrase, frames, cue.strength) for phrase in cue.phrases]
            kept = [match for match in matches if match is not None]
            if len(kept) == len(matches) and not self._vetoed(cue, words):
                yield _Hit(cue.trigger_id, cue.strength, sum(match.named for match in kept), frames.closed, frames.asks)

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

    def _first(self, hits: list[_Hit]) -> Detected | None:
        told = [hit for hit in hits if not hit.closed]
        remembered = [hit for hit in hits if hit.closed and not hit.asks and hit.strength >= Strength.EVENT]
        candidates = told or remembered
        if not candidates:
            return None
        top = max(hit.strength for hit in candidates)
        ranked = [hit for hit in candidates if hit.strength == top]
        beaten = {general for hit in ranked for general in self._triggers[hit.trigger_id].cues.before}
        specific = [hit for hit in ranked if hit.trigger_id not in beaten] or ranked
        best = max(
            specific,
            key=lambda hit: (self._triggers[hit.trigger_id].urgency == NOW, hit.named, -self._order[hit.trigger_id]),
        )
        urgency = SAME_DAY if best.closed else self._triggers[best.trigger_id].urgency
        return Detected(
            best.trigger_id,
            urgency,
            _CONFIDENCE[best.strength],
            best.strength is Strength.EMERGENCY and not best.closed,
        )

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
