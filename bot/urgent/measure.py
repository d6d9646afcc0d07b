"""How well the detector does on messages kept for measuring: recall, the right trigger, false alarms, time.

The file holds `urgent: [{text, expect: [ids, best first]}]` and `calm: [{text, kind}]`. Where `expect` is left out,
any trigger will do.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.urgent.detector import Detector

_MILLISECONDS = 1000.0
_SAME_FIRST_STEP = (
    frozenset({
        "child-significant-harm", "child-abuse-reasonable-suspicion", "child-disclosure", "under-13-sexual-activity",
        "sexual-exploitation", "risk-factor-child-found-by-adult-service", "emergency-delay",
    }),
    frozenset({"adult-abuse-suspected", "adult-serious-harm"}),
    frozenset({"high-risk-urgent-help", "emergency-first-contact"}),
)  # fmt: skip
"""Triggers whose first words send the reader the same way: children's social care now, adult social care now, 999."""


@dataclass(frozen=True, slots=True)
class Report:
    """Counts and the messages that went wrong. Rates are from 0 to 1; `slowest` and `median` are milliseconds."""

    urgent: int
    calm: int
    missed: tuple[str, ...]
    other_trigger: tuple[tuple[str, str], ...]
    """Raised, but not as any of the expected triggers: message and trigger id."""
    first_choice: int
    """Raised as the first of the expected triggers."""
    first_step: int
    """Raised as an expected trigger, or as one whose first words say to do the same."""
    false_alarms: tuple[tuple[str, str], ...]
    median: float
    slowest: float

    @property
    def recall(self) -> float:
        """Share of urgent messages that raised any trigger."""
        return 1 - len(self.missed) / self.urgent

    @property
    def right_trigger(self) -> float:
        """Share of urgent messages that raised one of the expected triggers."""
        return self.recall - len(self.other_trigger) / self.urgent

    @property
    def false_alarm_rate(self) -> float:
        """Share of calm messages that raised a trigger."""
        return len(self.false_alarms) / self.calm

    @property
    def first_step_rate(self) -> float:
        """Share of urgent messages of which the first words say the right thing to do."""
        return self.first_step / self.urgent

    def summary(self) -> str:
        """Three lines for a person."""
        return (
            f"recall {self.recall:.1%} of {self.urgent} urgent messages; right trigger {self.right_trigger:.1%}, "
            f"first choice {self.first_choice / self.urgent:.1%}, first step right {self.first_step_rate:.1%}\n"
            f"false alarms {self.false_alarm_rate:.1%} of {self.calm} calm messages\n"
            f"median {self.median:.3f} ms, slowest {self.slowest:.3f} ms"
        )


def evaluate(detector: Detector, path: Path) -> Report:
    """Runs every message of the file once. Raises OSError or yaml.YAMLError for a file that cannot be read."""
    items = yaml.safe_load(path.read_text(encoding="utf-8"))
    missed: list[str] = []
    other: list[tuple[str, str]] = []
    alarms: list[tuple[str, str]] = []
    times: list[float] = []
    first = steps = 0
    for item in items["urgent"]:
        raised = _timed(detector, item["text"], times)
        if raised is None:
            missed.append(item["text"])
        elif raised not in item.get("expect", [raised]):
            other.append((item["text"], raised))
        expected = item.get("expect", [raised])
        first += raised == expected[0]
        steps += raised is not None and any(_first_step(raised) == _first_step(name) for name in expected)
    for item in items["calm"]:
        raised = _timed(detector, item["text"], times)
        if raised is not None:
            alarms.append((item["text"], raised))
    return Report(
        len(items["urgent"]), len(items["calm"]), tuple(missed), tuple(other), first, steps, tuple(alarms),
        statistics.median(times), max(times),
    )  # fmt: skip


def _first_step(trigger_id: str) -> frozenset[str]:
    return next((group for group in _SAME_FIRST_STEP if trigger_id in group), frozenset({trigger_id}))


def _timed(detector: Detector, text: str, times: list[float]) -> str | None:
    started = time.perf_counter()
    found = detector.detect(text)
    times.append((time.perf_counter() - started) * _MILLISECONDS)
    return None if found is None else found.trigger_id
