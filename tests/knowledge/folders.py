"""A small, valid knowledge folder that a test may break, and what the loader then says of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge import Knowledge, KnowledgeError, load

MINIMAL = Path(__file__).parent / "fixtures" / "minimal"


@dataclass(frozen=True)
class Said:
    """One fault as the loader reported it: the file from the knowledge folder on, the line, the reason."""

    path: str
    line: int
    reason: str


@dataclass(frozen=True)
class Broken:
    """One change of a file; `marker` stands on the line that the fault must name, after the change."""

    name: str
    path: str
    old: str
    new: str
    marker: str
    reason: str


class Folder:
    """A copy of the minimal folder."""

    def __init__(self, root: Path) -> None:
        self.root = root / "knowledge"
        shutil.copytree(MINIMAL, self.root)

    def change(self, path: str, old: str, new: str) -> None:
        """Puts `new` in the place of `old`, which must stand in the file exactly once."""
        text = self.text(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        (self.root / path).write_text(text.replace(old, new), encoding="utf-8")

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def line_of(self, path: str, marker: str) -> int:
        """The only line of the file that holds `marker`."""
        found = [number for number, line in enumerate(self.text(path).splitlines(), start=1) if marker in line]
        assert len(found) == 1, f"{marker!r} stands on the lines {found} of {path}"
        return found[0]

    def load(self) -> Knowledge:
        return load(self.root)

    def faults(self) -> list[Said]:
        """What the loader says; nothing where it takes the folder."""
        try:
            load(self.root)
        except KnowledgeError as error:
            return [
                Said(fault.path.relative_to(self.root).as_posix(), fault.line, fault.reason) for fault in error.faults
            ]
        return []
