"""Where everything lies."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Iterable, List

HOME_VARIABLE = "SHAREWELL_HOME"


class Layout:
    """The folders and files of one checkout. What is written while running goes to `state`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tools = root / ".tools"
        self.app = root / ".venv"
        self.nlu_project = root / "nlu"
        self.nlu = self.nlu_project / ".venv"
        self.build = self.nlu_project / "build"
        self.models = self.nlu_project / "models"
        self.knowledge = root / "knowledge"
        self.stories = root / "stories"
        self.requirements = root / "requirements"
        home = os.environ.get(HOME_VARIABLE)
        self.state = Path(home).expanduser().resolve() if home else root / "var"
        self.log = self.state / "setup.log"
        self.lock = root / "var" / "setup.lock"

    @property
    def uv(self) -> Path:
        return self.tools / "bin" / "uv"

    def requirement(self, name: str) -> Path:
        return self.requirements / f"{name}.txt"

    def model_inputs(self) -> List[Path]:
        """Every file that decides what the model is."""
        folders = (
            (self.knowledge, "*.yml"),
            (self.nlu_project / "data", "*.yml"),
            (self.nlu_project / "understanding", "*.py"),
            (self.root / "bot" / "nlu_build", "*.py"),
            (self.root / "bot" / "urgent", "*.py"),  # what a message's features are made with
        )
        files = [path for folder, pattern in folders for path in sorted(folder.rglob(pattern))]
        files += [self.nlu_project / "config.yml", self.nlu_project / "domain.yml", self.stories / "rules.yml"]
        return [*files, self.requirement("nlu")]


def digest(files: Iterable[Path], root: Path, *words: str) -> str:
    """SHA-256 over names and content, 64 hexadecimal digits. A file that is missing counts as such."""
    total = hashlib.sha256("\n".join(words).encode())
    for path in files:
        total.update(os.path.relpath(str(path), str(root)).encode())
        total.update(_content(path))
    return total.hexdigest()


def _content(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except FileNotFoundError:
        return b"missing"
