"""The detector: a message in, the one trigger to act on first, or nothing.

What is said outright is found by the cues of knowledge/urgent/ (bot/urgent/cues.py), without any training. The
classifier (bot/urgent/classifier.py) finds what is told indirectly, spares words that are used calmly, and chooses the
trigger. A missed report is worse than a false alarm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.urgent.classifier import Classifier, windows_of
from bot.urgent.cues import CueReader, Hit, Trigger
from bot.urgent.evidence import evidence
from bot.urgent.frames import Strength

NOW: Final = "now"
SAME_DAY: Final = "same-day"
_CONFIDENCE: Final = {Strength.EMERGENCY: 1.0, Strength.EVENT: 0.9, Strength.TOPIC: 0.6}
_DOUBTED_BELOW: Final = {Strength.EMERGENCY: 0.5, Strength.EVENT: 0.9, Strength.TOPIC: 1.0}
"""By strength of a cue, the share of the classifier's threshold below which it is taken for words used calmly.

What is told as long past has no such credit."""
_SURE_OF_A_SHORT_ANSWER: Final = 0.97
_SHORT_ANSWER: Final = 10
"""Words of a short answer. "shes in yr 6" is a fragment, and the higher bar costs 4 of 1,071 reports in seven
evaluation sets. A bar for longer answers cost 23 more: danger comes first in a check as anywhere."""
_RATHER_NOW: Final = 0.5
"""Where the triggers of which something is due now fit this well together, the best of them is chosen."""


@dataclass(frozen=True, slots=True)
class Detected:
    """The trigger to act on. `urgency` is the trigger's, or same-day where the harm is told as long past.

    `confidence`: 1.0 danger now, 0.9 harm told, 0.6 a worrying subject; the classifier's score where no cue stands.
    `emergency`: danger to life or limb now. `outright`: a cue says so, not only the sound of the whole.
    """

    trigger_id: str
    urgency: str
    confidence: float
    emergency: bool
    outright: bool = True


class Detector:
    """Finds the most urgent and most specific trigger in a message. Pure: keeps nothing of what it reads."""

    def __init__(self, triggers: Mapping[str, Trigger], classifier: Classifier | None = None) -> None:
        """Without a classifier only what is said outright is found.

        Raises CueError for a malformed phrase or a `before` that names no trigger.
        """
        self._triggers = dict(triggers)
        self._classifier = classifier
        self._order = {trigger_id: place for place, trigger_id in enumerate(self._triggers)}
        self._reader = CueReader(triggers)

    def detect(self, text: str) -> Detected | None:
        """The trigger that a (masked) message raises, or None. At most one: the most urgent, then the most specific."""
        return self._detected(text, 0.0)

    def detect_in_answer(self, text: str) -> Detected | None:
        """The same for an answer to a question: of a short one without any cue only what is all but certain is raised.

        Short answers are fragments ("she told me no"), and to the classifier they sound like reports.
        """
        short = len(text.split()) <= _SHORT_ANSWER
        return self._detected(text, _SURE_OF_A_SHORT_ANSWER if short else 0.0)

    def _detected(self, text: str, least_without_cue: float) -> Detected | None:
        reading = self._reader.read(text)
        if not reading.frames:
            return None
        first = self._first(reading.hits)
        told = None if first is None else self._told(first)
        if self._classifier is None:
            return told
        windows, found = windows_of(text), evidence(reading)
        score = self._classifier.score(windows, found)
        credit = 1.0 if first is None or first.closed else _DOUBTED_BELOW[first.strength]
        if score < self._classifier.threshold * credit or (first is None and score < least_without_cue):
            return None
        best = self._best(self._classifier.fits(windows, found), told)
        if best is None:  # the classifier is older than the knowledge
            return told
        if told is None:
            return Detected(best, self._triggers[best].urgency, score, emergency=False, outright=False)
        past = first is not None and first.closed
        return replace(told, trigger_id=best, urgency=SAME_DAY if past else self._triggers[best].urgency)

    def _best(self, fits: Mapping[str, float], told: Detected | None) -> str | None:
        """The trigger that fits an urgent message best, rather one of which something is due now."""
        known = {name: fit for name, fit in fits.items() if name in self._triggers}
        if told is not None and told.emergency:
            known = {name: fit for name, fit in known.items() if self._tells_of_emergencies(name)}
        now = {name: fit for name, fit in known.items() if self._triggers[name].urgency == NOW}
        pool = now if sum(now.values()) >= _RATHER_NOW * sum(known.values()) else known
        return max(pool, key=lambda name: (pool[name], -self._order[name]), default=None)

    def _tells_of_emergencies(self, trigger_id: str) -> bool:
        trigger = self._triggers[trigger_id]
        return trigger.urgency == NOW or bool(trigger.cues.emergency)

    def _first(self, hits: Sequence[Hit]) -> Hit | None:
        """The cue to act on: the strongest, then the most specific."""
        told = [hit for hit in hits if not hit.closed]
        remembered = [hit for hit in hits if hit.closed and not hit.asks and hit.strength >= Strength.EVENT]
        candidates = told or remembered
        if not candidates:
            return None
        top = max(hit.strength for hit in candidates)
        ranked = [hit for hit in candidates if hit.strength == top]
        beaten = {general for hit in ranked for general in self._triggers[hit.trigger_id].cues.before}
        specific = [hit for hit in ranked if hit.trigger_id not in beaten] or ranked
        return max(
            specific,
            key=lambda hit: (self._triggers[hit.trigger_id].urgency == NOW, hit.named, -self._order[hit.trigger_id]),
        )

    def _told(self, hit: Hit) -> Detected:
        urgency = SAME_DAY if hit.closed else self._triggers[hit.trigger_id].urgency
        emergency = hit.strength is Strength.EMERGENCY and not hit.closed
        return Detected(hit.trigger_id, urgency, _CONFIDENCE[hit.strength], emergency)
