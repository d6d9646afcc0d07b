"""What a run of HINT3 gives: each pipeline's score on each bot, and whether ours beats DIET."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.benchmark.hint3.dataset import Bot
from bot.benchmark.hint3.pipelines import Pipeline
from bot.benchmark.hint3.scoring import ACCURACY_THRESHOLD, RECALL_THRESHOLD, Score

_MEASURES = {
    "accuracy": "in-scope accuracy",
    "recall": "out-of-scope recall",
    "correlation": "best Matthews correlation",
    "area": "area under the curve",
}
"""The measures in which DIET is to be beaten, with their names."""

_NOTICE = "Made from HINT3, which is available under the Open Database License (ODbL) 1.0."


@dataclass(frozen=True)
class Measured:
    """A pipeline's score on a bot, and the seconds of its training."""

    score: Score
    seconds: float


@dataclass(frozen=True)
class Compared:
    """Both pipelines on one bot."""

    bot: Bot
    ours: Measured
    diet: Measured

    def beaten(self) -> dict[str, bool]:
        """For each measure whether ours is above DIET. Equal is not above."""
        return {name: getattr(self.ours.score, name) > getattr(self.diet.score, name) for name in _MEASURES}


@dataclass(frozen=True)
class Hint3Report:
    """All bots of a run, what was compared, and how long it took in seconds."""

    version: str
    bots: tuple[Compared, ...]
    pipelines: tuple[Pipeline, ...]
    seconds: float

    @property
    def beaten(self) -> bool:
        """Whether ours is above DIET on every bot in every measure."""
        return bool(self.bots) and all(all(compared.beaten().values()) for compared in self.bots)

    def as_json(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "bots": {
                item.bot.name: {
                    "ours": _measured(item.ours), "diet": _measured(item.diet), "beaten": item.beaten(),
                    "examples": len(item.bot.train), "intents": item.bot.intents,
                    "in_scope": item.bot.in_scope, "out_of_scope": item.bot.out_of_scope,
                }
                for item in self.bots
            },
            "pipelines": {item.name: dict(item.config) for item in self.pipelines},
            "left_out": {item.name: list(item.left_out) for item in self.pipelines},
            "beaten": self.beaten,
            "verdict": self.verdict(),
            "notice": _NOTICE,
            "seconds": round(self.seconds, 1),
        }  # fmt: skip

    def table(self) -> str:
        """The scores for a person, a block for each bot, then what was compared and the verdict in words."""
        return "\n".join([*self._blocks(), *self._notes(), "", self.verdict()])

    def verdict(self) -> str:
        """One or more sentences: where ours does not beat DIET, or that it does everywhere."""
        lost = [
            f"{compared.bot.name}, {_MEASURES[name]} ({_shown(name, compared.ours)} against "
            f"{_shown(name, compared.diet)})"
            for compared in self.bots
            for name, beaten in compared.beaten().items()
            if not beaten
        ]
        if not lost:
            return "Ours beats DIET on every bot measured, in every measure."
        return f"Ours does not beat DIET on: {'; '.join(lost)}."

    def _blocks(self) -> Iterator[str]:
        heads = ("", "in scope", "out of scope", "best MCC (at)", "area", "training")
        for compared in self.bots:
            bot = compared.bot
            yield (
                f"{bot.name} ({self.version}): {len(bot.train)} examples of {bot.intents} intents; "
                f"{bot.in_scope} questions in scope, {bot.out_of_scope} out of scope"
            )
            verdicts = ["yes" if beaten else "NO" for beaten in compared.beaten().values()]
            rows = [heads, _row("DIET", compared.diet), _row("ours", compared.ours), ("ours above", *verdicts, "")]
            yield from _aligned(rows)
            yield ""

    def _notes(self) -> Iterator[str]:
        yield (
            f"In scope: accuracy at threshold {ACCURACY_THRESHOLD}. Out of scope: recall at threshold "
            f"{RECALL_THRESHOLD}. MCC: Matthews correlation, best of thresholds 0.1 to 0.9."
        )
        yield (
            "Area: how well confidence tells in scope from out of scope. Training: the whole of `rasa train nlu`. "
            "A threshold takes the place of the fallback of either pipeline: the intent before it is scored."
        )
        for pipeline in self.pipelines:
            yield pipeline.told
            yield from (f"  left out: {reason}" for reason in pipeline.left_out)
        yield f"{_NOTICE} The run took {self.seconds:.0f} s."


def _measured(item: Measured) -> dict[str, float]:
    return {**{name: round(value, 4) for name, value in asdict(item.score).items()}, "seconds": round(item.seconds, 1)}


def _row(name: str, item: Measured) -> tuple[str, ...]:
    best = f"{_shown('correlation', item)} ({item.score.best_at:.1f})"
    return (
        name, _shown("accuracy", item), _shown("recall", item), best, _shown("area", item), f"{item.seconds:.0f} s"
    )  # fmt: skip


def _shown(measure: str, item: Measured) -> str:
    value: float = getattr(item.score, measure)
    return f"{value:.1%}" if measure in ("accuracy", "recall") else f"{value:.3f}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield ("  " + "  ".join(cells)).rstrip()
