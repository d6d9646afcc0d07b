"""Reads one YAML file into plain data and remembers the line of every value.

Every scalar is read as text: `yes`, `no`, `on` and `2016` mean what they say, and the schema turns text into
numbers or truth values where it wants them. Duplicate keys, aliases and tags are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.faults import Fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HOLDER_TAGS = frozenset({"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "bool", "int", "float", "null", "timestamp"))
_MAX_BYTES = 512 * 1024
_MAX_DEPTH = 20

Path_ = tuple[str | int, ...]


@dataclass
class Located:
    """`data` is made of dict, list and str; `lines` maps the way to each value to its line, counted from 1.

    `raw` is what was read, byte for byte.
    """

    path: Path
    raw: bytes = b""
    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, way: Path_) -> int:
        """The line of the value at `way`, or of its nearest holder."""
        while way and way not in self.lines:
            way = way[:-1]
        return self.lines.get(way, 1)

    def fault(self, way: Path_, reason: str) -> Fault:
        return Fault(self.path, self.line(way), reason)


def fault_in(path: Path, way: Path_, reason: str) -> Fault:
    """A fault of the value at `way` in a file that was loaded before; at no line where it cannot be read any more."""
    located = read(path)
    return Fault(path, 0, reason) if located.faults else located.fault(way, reason)


def read(path: Path) -> Located:
    """Reads `path`. Never raises for bad content: what is wrong stands in `faults`."""
    found = Located(path)
    try:
        raw = found.raw = path.read_bytes()
        if len(raw) > _MAX_BYTES:
            found.faults.append(Fault(path, 0, f"the file is larger than {_MAX_BYTES // 1024} KiB; split it"))
            return found
        text = raw.decode("utf-8")
        found.faults.extend(_structure_faults(path, text))
        if found.faults:
            return found
        node = yaml.compose(text, Loader=_Loader)
    except OSError as error:
        found.faults.append(Fault(path, 0, f"cannot be read: {error.strerror}"))
        return found
    except UnicodeDecodeError as error:
        found.faults.append(Fault(path, raw[: error.start].count(b"\n") + 1, "is not UTF-8 text; save it as UTF-8"))
        return found
    except yaml.reader.ReaderError as error:
        line = raw[: error.position].count(b"\n") + 1
        found.faults.append(Fault(path, line, f"is not valid YAML: {error.reason}"))
        return found
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        found.faults.append(Fault(path, line, f"is not valid YAML: {problem}"))
        return found
    if node is None:
        found.faults.append(Fault(path, 1, "the file is empty"))
        return found
    found.data = _value(node, (), found)
    return found


def _structure_faults(path: Path, text: str) -> Iterator[Fault]:
    """Aliases, and nesting past the limit. Composing them would recurse, in C, until the process ends."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.events.AliasEvent):
            yield Fault(path, line, f"uses an alias (*{event.anchor}); write the value out")
        elif isinstance(event, yaml.events.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH:
                yield Fault(path, line, f"is nested more than {_MAX_DEPTH} deep; write it flatter")
                return
        elif isinstance(event, yaml.events.CollectionEndEvent):
            depth -= 1


def _value(node: Any, way: Path_, found: Located) -> Any:
    found.lines.setdefault(way, node.start_mark.line + 1)
    if node.tag not in (_PLAIN_TAGS if isinstance(node, yaml.ScalarNode) else _HOLDER_TAGS):
        found.faults.append(found.fault(way, f"has the tag {node.tag}; only plain text is allowed"))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, way, found)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*way, place), found) for place, item in enumerate(node.value)]
    return node.value


def _mapping(node: Any, way: Path_, found: Located) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            found.faults.append(Fault(found.path, key_node.start_mark.line + 1, "a key must be plain text"))
            continue
        key = str(_value(key_node, (*way, str(key_node.value)), found))
        found.lines[(*way, key)] = key_node.start_mark.line + 1
        if key in data:
            found.faults.append(found.fault((*way, key), f"the key '{key}' stands twice"))
            continue
        data[key] = _value(value_node, (*way, key), found)
    return data
