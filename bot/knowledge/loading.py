"""Loads a knowledge folder whole, or refuses it whole with every fault found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.knowledge import crosscheck
from bot.knowledge.elsewhere import Elsewhere
from bot.knowledge.faults import Fault, KnowledgeError
from bot.knowledge.letters import Letter
from bot.knowledge.located import Located, read
from bot.knowledge.menu import MENU_FILE, Situation
from bot.knowledge.model import Area, Calm, Check, Knowledge, Law, RecordField, Source, Term, Topic, Trigger
from bot.knowledge.modules import FIRST_DAY_FILE, FirstDay, Module
from bot.knowledge.scaffold import blanks
from bot.knowledge.watching import is_hidden

_FOLDERS: dict[str, tuple[str, type[BaseModel]]] = {
    "topics": ("topics", Topic),
    "checks": ("checks", Check),
    "triggers": ("urgent", Trigger),
    "areas": ("areas", Area),
    "letters": ("letters", Letter),
    "modules": ("modules", Module),
}
_ADDITIONS = ("letters", "modules")
"""Kinds of which there may be none: guidance stands without them."""

_LISTS: dict[str, tuple[str, str, type[BaseModel]]] = {
    "sources": ("sources.yml", "sources", Source),
    "law": ("law.yml", "law", Law),
    "fields": ("records.yml", "fields", RecordField),
    "terms": ("glossary.yml", "terms", Term),
    "elsewhere": ("elsewhere.yml", "elsewhere", Elsewhere),
    "situations": (MENU_FILE, "situations", Situation),
}


def load(folder: Path) -> Knowledge:
    """Reads every file of `folder`.

    Raises KnowledgeError with every fault, each as `path: line: reason`, when there is one.
    """
    reader = _Reader(folder)
    for kind, (name, schema) in _FOLDERS.items():
        reader.read_folder(kind, folder / name, schema)
    for kind, (name, key, schema) in _LISTS.items():
        reader.read_list(kind, folder / name, key, schema)
    reader.read_calm(folder / "calm.yml")
    reader.read_first_day(folder / FIRST_DAY_FILE)
    reader.refuse_strays()
    if reader.faults:
        raise KnowledgeError(reader.faults)
    knowledge = reader.knowledge()
    between = list(crosscheck.faults(knowledge, reader.places))
    if between:
        raise KnowledgeError(between)
    return knowledge


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.places: crosscheck.Places = {}
        self._units: dict[str, dict[str, Any]] = {kind: {} for kind in (*_FOLDERS, *_LISTS)}
        self._digest = hashlib.sha256()
        self._known: set[Path] = set()
        self._calm: tuple[str, ...] = ()
        self._first_day: FirstDay | None = None
        if not folder.is_dir():
            self.faults.append(
                Fault(folder, 0, "there is no such folder; name the folder that holds topics/ and checks/")
            )

    def read_folder(self, kind: str, folder: Path, schema: type[BaseModel]) -> None:
        files = sorted(path for path in folder.glob("*.yml") if not is_hidden(path, folder))
        if not files and kind not in _ADDITIONS:
            self.faults.append(Fault(folder, 0, "holds no .yml file"))
        for path in files:
            located = self._open(path)
            unit = self._validated(located, located.data, (), schema)
            if unit is None:
                continue
            if unit.id != path.stem:
                self.faults.append(located.fault(("id",), f"the id is '{unit.id}' but the file is named '{path.stem}'"))
            self._keep(kind, unit.id, unit, located)

    def read_list(self, kind: str, path: Path, key: str, schema: type[BaseModel]) -> None:
        if not path.exists():
            self.faults.append(Fault(path, 0, "is missing"))
            return
        located = self._open(path)
        if located.faults:
            return
        data = located.data
        if not isinstance(data, dict) or set(data) != {key} or not isinstance(data[key], list):
            self.faults.append(Fault(path, 1, f"must hold one list named '{key}'"))
            return
        for place, item in enumerate(data[key]):
            unit = self._validated(located, item, (key, place), schema)
            if unit is None:
                continue
            name = getattr(unit, "id", None) or unit.term
            if name in self._units[kind]:
                self.faults.append(located.fault((key, place), f"'{name}' stands twice"))
            self._keep(kind, name, unit, located)

    def read_calm(self, path: Path) -> None:
        """The messages that alarm by their words and are no reports: the danger classifier learns from them too."""
        if not path.exists():
            self.faults.append(Fault(path, 0, "is missing"))
            return
        located = self._open(path)
        calm = self._validated(located, located.data, (), Calm)
        self._calm = calm.calm if calm is not None else ()

    def read_first_day(self, path: Path) -> None:
        """The path of a newcomer, where there is one."""
        if not path.exists():
            return
        located = self._open(path)
        self._first_day = self._validated(located, located.data, (), FirstDay)
        self.places["first-day", FIRST_DAY_FILE] = located

    def refuse_strays(self) -> None:
        """A file that no schema reads is most likely misplaced or misspelt: say so rather than pass over it."""
        for path in sorted(self.folder.rglob("*")):
            if path.suffix.lower() not in (".yml", ".yaml") or is_hidden(path, self.folder):
                continue
            if path not in self._known:
                self.faults.append(Fault(path, 0, "is not read by anything; check the folder and that it ends in .yml"))

    def knowledge(self) -> Knowledge:
        terms = tuple(self._units.pop("terms").values())
        by_number = sorted(self._units.pop("modules").items(), key=lambda item: item[1].number)
        return Knowledge(
            **self._units, terms=terms, calm=self._calm, version=self._digest.hexdigest(),
            modules=dict(by_number), first_day=self._first_day,
        )  # fmt: skip

    def _open(self, path: Path) -> Located:
        located = read(path)
        self._known.add(path)
        self.faults.extend(located.faults)
        if not located.faults:
            self._digest.update(str(path.relative_to(self.folder)).encode() + b"\0" + located.raw + b"\0")
        return located

    def _validated(self, located: Located, data: Any, way: tuple[str | int, ...], schema: type[BaseModel]) -> Any:
        if located.faults:
            return None
        if not way and (waiting := list(blanks(located))):
            self.faults.extend(waiting)
            return None
        try:
            return schema.model_validate(data)
        except ValidationError as error:
            self.faults.extend(_explained(error, located, way))
            return None

    def _keep(self, kind: str, name: str, unit: Any, located: Located) -> None:
        self._units[kind][name] = unit
        self.places[kind, name] = located


def _explained(error: ValidationError, located: Located, way: tuple[str | int, ...]) -> Iterator[Fault]:
    items = error.errors(include_url=False, include_input=False)
    for item in items:
        inside = (other["loc"] for other in items if len(other["loc"]) > len(item["loc"]))
        if item["type"] == "too_short" and any(way[: len(item["loc"])] == item["loc"] for way in inside):
            continue  # a list is only too short because its items are wrong, and those are reported
        place = (*way, *item["loc"])
        name = ".".join(str(part) for part in item["loc"]) or "the whole"
        yield located.fault(place, f"{name}: {_reason(item)}")


def _reason(item: Any) -> str:
    if item["type"] == "missing":
        return "is missing"
    if item["type"] == "extra_forbidden":
        return "is not a field of this kind of file"
    return str(item["msg"]).removeprefix("Value error, ")
