"""How well the gate does on a set of messages whose identifying parts are known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from bot.privacy.gate import Gate
from bot.privacy.model import PrivacyError, Span

# What the gate is to reach on messages that nobody built it with.
LEAST_CAUGHT_WHOLE = 0.97
MOST_FALSE_ALARMS = 0.03


# The line at the top of a set's file that says whether anything was changed with sight of it.
_TUNING = re.compile(r"^# Used for tuning: (?P<said>yes|no)\b", re.MULTILINE)
_BLIND = re.compile(r"privacy_blind(?:_(?P<number>\d+))?$")


class Tuning(Enum):
    """Whether a set was used for tuning, in words that follow its name."""

    YES = "used for tuning: these figures say little about text that is new"
    NO = "not used for tuning: nothing was changed with sight of it"
    NOT_SAID = "its files do not say whether it was used for tuning"


@dataclass(frozen=True, slots=True)
class Expected:
    """A part of a message that should be masked: offsets are code points."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A message that the gate got wrong. `missed` are parts left readable, `extra` are harmless parts masked."""

    text: str
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Counts over one set.

    A part is caught when every character of it but spaces is masked, whatever the type; `typed` counts those with the
    expected type as well. A message is caught whole when all of its parts are.
    """

    identifying: int
    caught_whole: int
    harmless: int
    stopped: int
    expected_by_type: Mapping[str, int]
    caught_by_type: Mapping[str, int]
    typed_by_type: Mapping[str, int]
    faults: tuple[Fault, ...]

    @property
    def whole_recall(self) -> float:
        """Share of identifying messages caught whole, 0 to 1; 1 where there are none."""
        return self.caught_whole / self.identifying if self.identifying else 1.0

    @property
    def false_alarm_rate(self) -> float:
        """Share of harmless messages in which something was masked, 0 to 1."""
        return self.stopped / self.harmless if self.harmless else 0.0

    @property
    def enough_caught(self) -> bool:
        """Whether the share caught whole reaches the aim."""
        return self.whole_recall >= LEAST_CAUGHT_WHOLE

    @property
    def few_alarms(self) -> bool:
        """Whether the share of harmless messages stopped keeps to the aim."""
        return self.false_alarm_rate <= MOST_FALSE_ALARMS

    def listing(self) -> str:
        """The report as lines of plain text."""
        lines = [
            f"Identifying messages caught whole: {self.caught_whole} of {self.identifying} ({self.whole_recall:.1%}; "
            f"{_verdict(self.enough_caught)}: at least {LEAST_CAUGHT_WHOLE:.0%})",
            f"Harmless messages stopped: {self.stopped} of {self.harmless} ({self.false_alarm_rate:.1%}; "
            f"{_verdict(self.few_alarms)}: at most {MOST_FALSE_ALARMS:.0%})",
        ]
        for kind, count in sorted(self.expected_by_type.items()):
            caught, typed = self.caught_by_type.get(kind, 0), self.typed_by_type.get(kind, 0)
            lines.append(f"  {kind}: {caught} of {count} caught ({caught / count:.1%}), {typed} under that type")
        for fault in self.faults:
            lines.append(f"- {fault.text!r} missed: {list(fault.missed)} extra: {list(fault.extra)}")
        return "\n".join(lines)


def _verdict(reached: object) -> str:
    return "aim reached" if reached else "aim missed"


def newest_blind(sets: Path) -> Path:
    """The set of a blind author with the highest number among the folders of `sets`.

    Raises PrivacyError where there is none.
    """
    found = [(int(hit["number"] or 1), folder) for folder in sets.iterdir() if (hit := _BLIND.match(folder.name))]
    if not found:
        raise PrivacyError(f"There is no blind set in {sets}.", "Name a set with --set FILE.")
    return max(found)[1]


def tuning_of(path: Path) -> Tuning:
    """What the headers of a file, or of the files of a folder, say; one that was tuned on stands for all.

    Raises PrivacyError where a file cannot be read.
    """
    said = [_tuning_of_file(file) for file in _files(path)]
    if Tuning.YES in said:
        return Tuning.YES
    return Tuning.NO if said and set(said) == {Tuning.NO} else Tuning.NOT_SAID


def _tuning_of_file(file: Path) -> Tuning:
    try:
        hit = _TUNING.search(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(file, "cannot be read") from error
    return Tuning.NOT_SAID if hit is None else Tuning.YES if hit["said"] == "yes" else Tuning.NO


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.yml")) if path.is_dir() else [path]


def evaluate(gate: Gate, path: Path) -> Report:
    """Run the gate over a YAML file, or over every YAML file of a folder.

    An entry is `{text, spans: [{text, type}]}`; without `spans` it is harmless. Raises PrivacyError where a file is no
    list of such entries, or an expected string does not stand in its text.
    """
    expected_count: Counter[str] = Counter()
    caught_count: Counter[str] = Counter()
    typed_count: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    faults: list[Fault] = []
    for entry in (entry for file in _files(path) for entry in _entries(file)):
        text, expected = entry
        spans = gate.scan(text)
        missed = [part for part in expected if not _covered(text, part, spans)]
        extra = [
            span for span in spans if not any(span.start < part.end and part.start < span.end for part in expected)
        ]
        for part in expected:
            expected_count[part.type] += 1
            caught_count[part.type] += part not in missed
            typed_count[part.type] += part not in missed and _has_type(part, spans)
        kind = "identifying" if expected else "harmless"
        totals[kind] += 1
        totals[f"{kind} hit"] += not missed if expected else bool(spans)
        if missed or extra:
            faults.append(Fault(text, _strings(text, missed), _strings(text, extra)))
    return Report(
        totals["identifying"], totals["identifying hit"], totals["harmless"], totals["harmless hit"],
        dict(expected_count), dict(caught_count), dict(typed_count), tuple(faults),
    )  # fmt: skip


def _entries(file: Path) -> list[tuple[str, list[Expected]]]:
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _wrong(file, "cannot be read as YAML") from error
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise _wrong(file, "is no list of messages")
    for number, entry in enumerate(entries, start=1):
        if not _is_entry(entry):
            raise _wrong(file, f"has another form in its entry {number}")
    return [(entry["text"], _expected(entry["text"], entry.get("spans") or (), file)) for entry in entries]


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, dict) or not isinstance(entry.get("text"), str):
        return False
    parts = entry.get("spans") or ()
    return isinstance(parts, (list, tuple)) and all(
        isinstance(part, dict) and isinstance(part.get("text"), str) and isinstance(part.get("type"), str)
        for part in parts
    )


def _wrong(file: Path, what: str) -> PrivacyError:
    return PrivacyError(
        f"{file.name} {what}.",
        "Each entry is {text: ...}, with spans: [{text: ..., type: ...}] where something is to be masked. "
        "Name the file of messages itself where a folder holds other files.",
    )


def _expected(text: str, parts: Sequence[Mapping[str, str]], file: Path) -> list[Expected]:
    found: list[Expected] = []
    place = 0
    for part in parts:
        start = text.find(part["text"], place)
        if start < 0:
            raise PrivacyError(f"{file.name} expects a string that its text does not hold.", "Correct the entry.")
        place = start + len(part["text"])
        found.append(Expected(start, place, part["type"]))
    return found


def _covered(text: str, part: Expected, spans: Sequence[Span]) -> bool:
    places = (place for place in range(part.start, part.end) if not text[place].isspace())
    return all(any(span.start <= place < span.end for span in spans) for place in places)


def _has_type(part: Expected, spans: Sequence[Span]) -> bool:
    return any(span.type == part.type and span.start < part.end and part.start < span.end for span in spans)


def _strings(text: str, parts: Sequence[Expected] | Sequence[Span]) -> tuple[str, ...]:
    return tuple(text[part.start : part.end] for part in parts)
