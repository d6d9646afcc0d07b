"""Reads texts as the conversation does: masked first, then looked at for danger, then ranked by Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.directives import ADVICE_CHECK
from bot.conversation.interpret import Parser
from bot.conversation.nlu_client import MAX_TEXT, Ranked, Understood
from bot.conversation.splitting import is_confident
from bot.privacy import Gate
from bot.urgent import Detector

_UNIT_OF_INTENT = {"seek_advice": ADVICE_CHECK}
"""Intents of the conversation that open a check: they count as that check."""


@dataclass(frozen=True)
class Readers:
    """What reads a text before Rasa does."""

    gate: Gate
    detector: Detector


@dataclass(frozen=True)
class Reading:
    """One text read. `trigger` is set where it raised the alarm; `ranking` is Rasa's all the same, best first."""

    text: str
    trigger: str | None
    ranking: tuple[Ranked, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The topics and checks of the ranking, best first, however unsure."""
        return tuple(dict.fromkeys(unit for item in self.ranking if (unit := unit_of(item))))

    @property
    def answered(self) -> str | None:
        """The topic or check that would be answered; an intent of the conversation by its own name; None if unsure."""
        if not is_confident(self.ranking):
            return None
        return unit_of(self.ranking[0]) or self.ranking[0].intent

    @property
    def answers_unit(self) -> bool:
        return is_confident(self.ranking) and bool(unit_of(self.ranking[0]))

    @property
    def offered(self) -> tuple[str, ...]:
        """The topics and checks that would be suggested instead of an answer."""
        if is_confident(self.ranking):
            return ()
        return tuple(item.unit for item in Understood("unsure", ranking=self.ranking).suggestions())

    @property
    def confidence(self) -> float:
        return self.ranking[0].confidence if self.ranking else 0.0


def unit_of(ranked: Ranked) -> str:
    """The topic or check that an intent leads to; empty where it leads to none."""
    return ranked.unit or _UNIT_OF_INTENT.get(ranked.intent, "")


def masked_and_trigger(readers: Readers, text: str) -> tuple[str, str | None]:
    """The text as it goes on, and the urgent trigger that it raises, if any."""
    masked = readers.gate.mask(text).text.strip()
    detected = readers.detector.detect(masked)
    return masked, None if detected is None else detected.trigger_id


def has_words(text: str) -> bool:
    """Whether the conversation would ask Rasa about `text` at all."""
    return any(sign.isalnum() for sign in text) and not text.startswith("/")


async def read(readers: Readers, parser: Parser, texts: Sequence[str]) -> list[Reading]:
    """One Reading a text, in order. Raises NluDown when the parser fails."""
    prepared = [masked_and_trigger(readers, text) for text in texts]
    asked = [masked[:MAX_TEXT] for masked, _ in prepared if has_words(masked)]
    rankings = iter(await parser.parse(asked) if asked else [])
    return [
        Reading(masked, trigger, next(rankings) if has_words(masked) else ()) for masked, trigger in prepared
    ]
