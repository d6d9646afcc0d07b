"""A fault of a knowledge file, and the error that carries all of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.errors import SharewellError


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with one knowledge file. `line` counts from 1; 0 where the whole file is meant."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.line}: {self.reason}"


class KnowledgeError(SharewellError):
    """The knowledge folder cannot be used. `faults` holds every fault found, in order of path and line."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        listing = "\n".join(str(fault) for fault in self.faults)
        count = len(self.faults)
        super().__init__(
            f"{count} fault{'' if count == 1 else 's'} in the knowledge files:\n{listing}\n",
            "Mend each line named above, then run `sharewell knowledge check` again.",
        )
