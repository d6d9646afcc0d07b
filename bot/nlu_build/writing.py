"""From topics and checks to intents, responses and rules.

The folder that is written holds all that Rasa trains on:
  domain/conversation.yml, data/*.yml     copies of what is written by hand in nlu/ and stories/
  domain/knowledge.yml                    an intent and a directive for each topic and check
  data/knowledge.yml                      their examples
  data/own_words/knowledge.yml            what topics and checks say of themselves, to learn from besides
  data/knowledge_rules.yml                one rule each, which holds in every context
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.errors import SharewellError
from bot.nlu_build.danger import danger_lines
from bot.nlu_build.examples import Example, Examples
from bot.nlu_build.own_words import own_words

FORMAT_VERSION = "3.1"
_HEADER = f'# Generated from knowledge/. Do not edit.\nversion: "{FORMAT_VERSION}"\n\n'
# Rasa reads [words](label) and [words]{...} in an example as the marking of an entity.
_NOT_IN_EXAMPLES = re.compile(r"[\[\]{}\n\r]")
_SPACES = re.compile(r"\s+")


class TrainingDataError(SharewellError):
    """An example or an identifier cannot be used to train Rasa."""


@dataclass(frozen=True)
class _Unit:
    intent: str
    action: str
    directive: dict[str, str]
    examples: tuple[str, ...]


def write_training_data(knowledge: Examples, nlu_dir: Path, stories_dir: Path, out_dir: Path) -> str:
    """Write the training data to `out_dir` and return the SHA-256 of its content, 64 hexadecimal digits.

    The same knowledge always gives the same files. Whatever else lay in `out_dir` is removed.
    Raises TrainingDataError when an example cannot be used.
    """
    units = [
        *_units_of("topic", "answer", knowledge.topics),
        *_units_of("check", "start_check", knowledge.checks),
        *_units_of("letter", "letter", knowledge.letters),
        *_units_of("elsewhere", "elsewhere", knowledge.elsewhere),
    ]
    written_by_hand = _conversational_examples(nlu_dir / "data")
    _refuse_shared_examples(units, written_by_hand)
    files = {
        "domain/conversation.yml": (nlu_dir / "domain.yml").read_text(encoding="utf-8"),
        "domain/knowledge.yml": _domain(units),
        "data/rules.yml": (stories_dir / "rules.yml").read_text(encoding="utf-8"),
        "data/knowledge.yml": _examples((unit.intent, unit.examples) for unit in units),
        "data/own_words/knowledge.yml": _examples(own_words(knowledge.topics, knowledge.checks).items()),
        "data/knowledge_rules.yml": _rules(units),
    }
    for path in sorted((nlu_dir / "data").glob("*.yml")):
        files[f"data/conversation_{path.name}"] = path.read_text(encoding="utf-8")
    files["danger.jsonl"] = "\n".join(danger_lines(knowledge)) + "\n"
    _write(files, out_dir)
    return _hash(files)


def _units_of(kind: str, directive: str, things: Mapping[str, Example]) -> Iterator[_Unit]:
    for identifier in sorted(things):
        examples = tuple(_checked(f"{kind} {identifier}", example) for example in things[identifier].examples)
        if len(examples) < 2:
            raise TrainingDataError(f"The {kind} {identifier} has fewer than two examples.", "Add some to its file.")
        yield _Unit(
            intent=f"{kind}_{identifier}",
            action=f"utter_{directive}_{identifier}",
            directive={"do": directive, kind: identifier},
            examples=examples,
        )


def _checked(where: str, example: str) -> str:
    example = _SPACES.sub(" ", example).strip()
    if not example or example.startswith("/") or _NOT_IN_EXAMPLES.search(example):
        raise TrainingDataError(
            f"The {where} has an example that Rasa cannot read: {example!r}.",
            "Write it without brackets and braces, and without a slash at its beginning.",
        )
    return example


def _conversational_examples(folder: Path) -> dict[str, str]:
    """Every hand-written example with its intent."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            for line in entry["examples"].splitlines():
                example = line.removeprefix("- ").strip()
                if found.setdefault(example.casefold(), entry["intent"]) != entry["intent"]:
                    raise _used_twice(example, found[example.casefold()], entry["intent"])
    return found


def _refuse_shared_examples(units: list[_Unit], taken: dict[str, str]) -> None:
    """One wording under two intents would teach Rasa nothing but doubt."""
    for unit in units:
        for example in unit.examples:
            other = taken.setdefault(example.casefold(), unit.intent)
            if other != unit.intent:
                raise _used_twice(example, other, unit.intent)


def _used_twice(example: str, first: str, second: str) -> TrainingDataError:
    return TrainingDataError(
        f"The example {example!r} stands under {first} and under {second}.", "Keep it where it belongs, or reword one."
    )


def _domain(units: list[_Unit]) -> str:
    return _HEADER + _dump(
        {
            "intents": [unit.intent for unit in units],
            "responses": {unit.action: [{"custom": unit.directive}] for unit in units},
        }
    )


def _examples(of_intents: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    blocks = []
    for intent, examples in of_intents:
        lines = "".join(f"      - {example}\n" for example in examples)
        blocks.append(f"  - intent: {intent}\n    examples: |\n{lines}")
    return _HEADER + "nlu:" + ("\n" + "".join(blocks) if blocks else " []\n")


def _rules(units: list[_Unit]) -> str:
    rules = [{"rule": unit.intent, "steps": [{"intent": unit.intent}, {"action": unit.action}]} for unit in units]
    return _HEADER + _dump({"rules": rules})


def _dump(content: dict[str, object]) -> str:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=1000)


def _write(files: dict[str, str], out_dir: Path) -> None:
    for path in sorted(out_dir.rglob("*.yml")):
        if path.relative_to(out_dir).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = out_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _hash(files: dict[str, str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\n{len(files[name])}\n{files[name]}".encode())
    return digest.hexdigest()
