"""What a single question means, without a conversation: for `sharewell ask` and for measuring understanding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from bot.conversation import learning_words, rendering
from bot.conversation.learning_reading import module_named
from bot.conversation.messages import Part, SourceLine
from bot.conversation.nlu_client import SUGGEST_FROM, SUGGESTIONS, Ranked, nearest
from bot.conversation.splitting import is_confident, one_line, splits, two_units
from bot.knowledge import Area, Index, Knowledge
from bot.privacy import Gate
from bot.urgent import Detector

_NEEDS_ADVICE = frozenset({"seek_advice", "human"})
TRAINING_INTENTS = frozenset({"training", "first_day", "quiz", "learning_progress"})
"""Intents that the training answers: told as `training`, by the module that is named, else by the intent."""


class Parser(Protocol):
    """Ranks the intents of many texts."""

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]: ...


@dataclass(frozen=True)
class Interpreted:
    """One question understood; the shape of a line of `sharewell ask --json`. `question` is masked."""

    question: str
    kind: str
    id: str | None
    confidence: float
    text: str = ""
    sources: tuple[SourceLine, ...] = ()
    alternatives: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "kind": self.kind,
            "id": self.id,
            "confidence": round(self.confidence, 4),
            "text": self.text,
            "sources": [{"id": line.id, "where": line.where, "status": line.status} for line in self.sources],
            "alternatives": list(self.alternatives),
        }


class Interpreter:
    """Interprets questions for `area` on the day `today`: gate first, then danger, then Rasa's ranking.

    Without a `parser` questions are searched by key words, and nothing is answered as if it were understood.
    """

    def __init__(
        self, knowledge: Knowledge, gate: Gate, detector: Detector, area: Area, today: date, parser: Parser | None
    ) -> None:
        self._knowledge = knowledge
        self._gate = gate
        self._detector = detector
        self._area = area
        self._today = today
        self._parser = parser
        self._index = Index(knowledge)

    async def interpret(self, texts: Sequence[str]) -> list[Interpreted]:
        """One Interpreted for each text, in order. Raises NluDown when the parser fails."""
        masked = [self._gate.mask(text).text.strip() for text in texts]
        found: list[Interpreted | None] = [self._urgent(text) for text in masked]
        open_ = [place for place, item in enumerate(found) if item is None and _can_be_parsed(masked[place])]
        ranked = await self._rankings([one_line(masked[place]) for place in open_])
        rankings = dict(zip(open_, ranked, strict=True))
        for place, ranking in rankings.items():
            found[place] = self._ranked(masked[place], ranking)
        await self._answer_twos(found, masked, rankings)
        return [item or Interpreted(text, "unknown", None, 0.0) for item, text in zip(found, masked, strict=True)]

    async def _answer_twos(
        self, found: list[Interpreted | None], masked: list[str], rankings: Mapping[int, tuple[Ranked, ...]]
    ) -> None:
        """Where a text asks two things and both are understood, its answer is that of both, the first one's by name."""
        asked = {place: pairs for place in rankings if self._parser and (pairs := splits(masked[place]))}
        flat = [part for pairs in asked.values() for pair in pairs for part in pair]
        ranked = dict(zip(flat, await self._rankings(flat), strict=True))
        for place, pairs in asked.items():
            own = [ranked[part] for pair in pairs for part in pair]
            two = two_units(rankings[place], own, self._knowledge)
            if not two:
                continue
            first, second = (self._ranked(masked[place], (item,)) for item in two)
            found[place] = replace(
                first, text=f"{first.text}\n\n{second.text}",
                sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
                alternatives=tuple(dict.fromkeys((second.id or "", *first.alternatives)))[:SUGGESTIONS],
            )  # fmt: skip

    async def _rankings(self, texts: list[str]) -> list[tuple[Ranked, ...]]:
        if self._parser is not None:
            return await self._parser.parse(texts) if texts else []
        hits = [self._index.search(text, SUGGESTIONS) for text in texts]
        # A match of words is a suggestion, never an answer: it stays under the confidence of one.
        return [tuple(Ranked(f"{hit.kind}_{hit.id}", SUGGEST_FROM) for hit in found) for found in hits]

    def _urgent(self, text: str) -> Interpreted | None:
        detected = self._detector.detect(text)
        if detected is None:
            return None
        trigger = self._knowledge.triggers[detected.trigger_id]
        parts = rendering.urgent_parts(trigger, self._area, self._knowledge, self._today)
        return _from_parts(text, "urgent", trigger.id, detected.confidence, parts)

    def _ranked(self, text: str, ranking: tuple[Ranked, ...]) -> Interpreted:
        alternatives = tuple(item.unit for item in nearest(ranking))
        if not is_confident(ranking):
            confidence = ranking[0].confidence if ranking else 0.0
            return Interpreted(text, "unknown", None, confidence, alternatives=alternatives)
        best = ranking[0]
        others = tuple(name for name in alternatives if name != best.unit)
        if best.kind == "topic" and best.unit in self._knowledge.topics:
            topic = self._knowledge.topics[best.unit]
            parts = rendering.answer_parts(topic, self._area, self._knowledge, self._today)
            return _from_parts(text, "topic", best.unit, best.confidence, parts, others)
        if best.kind == "check" and best.unit in self._knowledge.checks:
            check = self._knowledge.checks[best.unit]
            withheld = rendering.check_withheld(check, self._area, self._knowledge, self._today)
            if withheld is not None:
                return _from_parts(text, "check", best.unit, best.confidence, (withheld,), others)
            lines = rendering.source_lines(check.sources, self._knowledge, self._today)
            return Interpreted(text, "check", best.unit, best.confidence, check.purpose, lines, others)
        if best.kind == "letter" and best.unit in self._knowledge.letters:
            letter = self._knowledge.letters[best.unit]
            lines = rendering.source_lines(letter.sources, self._knowledge, self._today)
            says = f"{letter.purpose}\n\n{letter.when_to_use}"
            return Interpreted(text, "advice", best.unit, best.confidence, says, lines, others)
        if best.elsewhere:
            subject = self._knowledge.elsewhere.get(best.elsewhere)
            says = "" if subject is None else subject.says
            return Interpreted(text, "unknown", None, best.confidence, says, alternatives=others)
        if best.intent in TRAINING_INTENTS:
            return self._training(text, best, others)
        kind = "advice" if best.intent in _NEEDS_ADVICE else "smalltalk"
        return Interpreted(text, kind, best.intent, best.confidence, alternatives=others)

    def _training(self, text: str, best: Ranked, others: tuple[str, ...]) -> Interpreted:
        module = self._knowledge.modules.get(module_named(text, self._knowledge.modules.values()))
        if module is None:
            return Interpreted(text, "training", best.intent, best.confidence, learning_words.HOME, alternatives=others)
        return Interpreted(text, "training", module.id, best.confidence, module.summary, alternatives=others)


def _can_be_parsed(text: str) -> bool:
    return any(sign.isalnum() for sign in text) and not text.startswith("/")


def _from_parts(
    text: str, kind: str, name: str, confidence: float, parts: tuple[Part, ...], others: tuple[str, ...] = ()
) -> Interpreted:
    blocks = [block for part in parts for block in (part.title, part.text) if block]
    lines = tuple(line for part in parts for line in part.sources)
    return Interpreted(text, kind, name, confidence, "\n\n".join(blocks), lines, others)
