"""One thing that was looked at, and what there is to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """`note` is worth knowing and stops nothing; `mend` stops a part of the product from working as it should."""

    FINE = "fine"
    NOTE = "note"
    MEND = "mend"


@dataclass(frozen=True)
class Finding:
    """`area` groups findings; `says` is what was found, in a line; `remedy` what to do, empty where all is fine."""

    area: str
    state: State
    says: str
    remedy: str = ""

    def as_json(self) -> dict[str, str]:
        return {"area": self.area, "state": self.state.value, "says": self.says, "remedy": self.remedy}


def fine(area: str, says: str) -> Finding:
    return Finding(area, State.FINE, says)


def note(area: str, says: str, remedy: str) -> Finding:
    return Finding(area, State.NOTE, says, remedy)


def mend(area: str, says: str, remedy: str) -> Finding:
    return Finding(area, State.MEND, says, remedy)


def needs_mending(findings: Iterable[Finding]) -> bool:
    return any(finding.state is State.MEND for finding in findings)


def one_line(text: str) -> str:
    """`text` with its line ends and runs of spaces made single spaces."""
    return " ".join(text.split())
