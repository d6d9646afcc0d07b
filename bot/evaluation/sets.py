"""The evaluation sets: sentences with what each should be understood as, read from YAML.

understanding*.yml   questions: [{text, id, also?}], out_of_scope: [text], smalltalk: [{text, kind}]
replies*.yml         replies: [{text, value, check?, question?, also?}], answers typed within a check
two_at_once.yml      messages: [{text, units: [two ids]}], messages that ask two things
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.errors import SharewellError
from bot.settings import ROOT

SETS = ROOT / "tests" / "evaluation"
_Words = Annotated[str, StringConstraints(min_length=1)]


class EvaluationError(SharewellError):
    """An evaluation set is missing or cannot be read."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Model):
    """A question and the topic or check that answers it; `also` lists others that are as good an answer."""

    text: _Words
    id: _Words
    also: tuple[_Words, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        return frozenset((self.id, *self.also))


class SmallTalk(_Model):
    text: _Words
    kind: Literal["greet", "thanks", "goodbye", "help", "human", "privacy", "restart", "choose_area", "complaint"]


class UnderstandingSet(_Model):
    """What is asked, what lies outside the assistant's subject, and the talk around it."""

    questions: tuple[Question, ...] = ()
    out_of_scope: tuple[_Words, ...] = ()
    smalltalk: tuple[SmallTalk, ...] = ()


class TypedReply(_Model):
    """An answer typed at a question of a check, and what it means there.

    `value` is an option of the question, back, why, stop, or ask-back for what is too doubtful to be taken for one;
    `also` lists what would be as good.
    """

    text: _Words
    value: _Words
    check: _Words = "share-decision"
    question: _Words = "identifiable"
    also: tuple[_Words, ...] = ()


class ReplySet(_Model):
    replies: tuple[TypedReply, ...]


class TwoAtOnce(_Model):
    """A message that asks two things, and the two topics or checks that answer it."""

    text: _Words
    units: tuple[_Words, _Words]


class TwoSet(_Model):
    messages: tuple[TwoAtOnce, ...]


_Set = TypeVar("_Set", bound=_Model)


def read_understanding(paths: Iterable[Path]) -> UnderstandingSet:
    """The sets of all `paths` as one. Raises EvaluationError naming the file that cannot be used."""
    found = [_read(path, UnderstandingSet) for path in paths]
    return UnderstandingSet(
        questions=tuple(question for part in found for question in part.questions),
        out_of_scope=tuple(text for part in found for text in part.out_of_scope),
        smalltalk=tuple(item for part in found for item in part.smalltalk),
    )


def read_replies(path: Path) -> ReplySet:
    """Raises EvaluationError when the file cannot be used."""
    return _read(path, ReplySet)


def read_two_at_once(path: Path) -> TwoSet:
    """Raises EvaluationError when the file cannot be used."""
    return _read(path, TwoSet)


def understanding_files(folder: Path = SETS) -> tuple[Path, ...]:
    """The files that the understanding is measured on. Raises EvaluationError when there is none."""
    found = tuple(sorted(folder.glob("understanding*.yml")))
    if not found:
        raise EvaluationError(f"There is no evaluation set in {folder}.", "Name one with --set FILE.")
    return found


def _read(path: Path, form: type[_Set]) -> _Set:
    try:
        # Every value is read as the text that it is: "no" and "on" are answers, not truth values.
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        return form.model_validate(content)
    except OSError as error:
        raise EvaluationError(f"The evaluation set {path} cannot be read ({error.strerror}).", "Check it.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise EvaluationError(f"The evaluation set {path} is not YAML: {error}", "Mend the line named.") from None
    except ValidationError as error:
        places = "; ".join(
            f"{'.'.join(map(str, item['loc'])) or 'the whole'}: {item['msg']}"
            for item in error.errors(include_url=False, include_input=False)[:5]
        )
        raise EvaluationError(f"The evaluation set {path} has another form: {places}.", "Mend those places.") from None
