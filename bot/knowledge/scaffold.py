"""Files for an author to fill in. Until every place is filled the loader refuses them, and says what to write where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from bot.errors import SharewellError
from bot.knowledge.faults import Fault
from bot.knowledge.located import Located, Path_

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
_BLANK: Final = re.compile(r"<((?:write|name|choose) .+)>", re.DOTALL)
"""A place that waits for the author, such as <write the short answer>."""


class ScaffoldError(SharewellError):
    """A new file cannot be made."""


def new_unit(folder: Path, kind: str, unit_id: str) -> Path:
    """Writes a file for the topic or check `unit_id` into the knowledge folder, to be filled in. Returns its path.

    Raises ScaffoldError for a bad id, one that is taken, and a folder that is not there or cannot be written.
    """
    if not _ID.fullmatch(unit_id):
        raise ScaffoldError(
            f"'{unit_id}' cannot be an id.", "Use at most 48 small letters, digits and hyphens, and no hyphen first."
        )
    for name in _SCAFFOLDS:
        taken = folder / f"{name}s" / f"{unit_id}.yml"
        if taken.exists() or taken.is_symlink():
            raise ScaffoldError(f"There is a {name} '{unit_id}' already: {taken}.", "Choose another id, or edit it.")
    path = folder / f"{kind}s" / f"{unit_id}.yml"
    if not path.parent.is_dir():
        raise ScaffoldError(f"There is no folder {path.parent}.", "Set SHAREWELL_KNOWLEDGE to the guidance folder.")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_SCAFFOLDS[kind].replace("ID", unit_id))
    except OSError as error:
        raise ScaffoldError(f"{path} cannot be written: {error.strerror}.", "Let this account write there.") from None
    return path


def blanks(located: Located) -> Iterator[Fault]:
    """A fault for each place of a file that still waits for its author."""
    return _blanks_in(located.data, (), located)


def _blanks_in(value: Any, way: Path_, located: Located) -> Iterator[Fault]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _blanks_in(inner, (*way, key), located)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _blanks_in(inner, (*way, place), located)
    elif isinstance(value, str) and (found := _BLANK.fullmatch(value.strip())):
        yield located.fault(way, f"{'.'.join(map(str, way))}: {' '.join(found.group(1).split())}")


_EXAMPLES = """\
examples:
  - <write at least 12 questions as people type them, 16 to 20 are better, each on a line of its own>
"""

_TOPIC = f"""\
id: ID
kind: <choose myth, faq, golden-rules, principles, process, duty, list, legal-basis, definition or role>
title: <write the title, at most 70 characters>
audience: <choose children, adults or both>
short: |
  <write the short answer, at most 500 characters, which answers the question in its first sentence>
long: |
  <write the complete answer, at most 2500 characters, list items as lines that begin with a hyphen>
sources:
  - source: <name a source of sources.yml>
    where: <write the place in it, such as a section or page>
law: []
see_also: []
{_EXAMPLES}"""

_CHECK = f"""\
id: ID
title: <write the title, at most 70 characters>
purpose: <write in a sentence what the check is for>
audience: <choose children, adults or both>
sources:
  - source: <name a source of sources.yml>
    where: <write the place in it, such as a section or page>
{_EXAMPLES}harm:
  when: <write when to choose acting now, to finish "Choose this if ...">
  leads: act-now
questions:
  - id: first-question
    asks: <write the question, at most 200 characters>
    why: <write why it is asked, with the fact behind it, at most 400 characters>
    options:
      - {{id: yes, leads: "outcome:first-outcome"}}
      - {{id: no, leads: "outcome:first-outcome"}}
      - {{id: not-sure, leads: "check:seek-advice-anonymously"}}
outcomes:
  - id: first-outcome
    title: <write what to do, at most 60 characters>
    means: <write when this outcome applies, in one or two sentences>
    do:
      - <write what to do next, a step on each line>
    urgency: routine
    approval: <choose true or false, whether a manager approves>
    records: [reasons]
  - id: act-now
    title: <write what to do now, at most 60 characters>
    means: <write when to act now, in one or two sentences>
    do:
      - <write what to do now, a step on each line>
    urgency: now
    urgency_basis: <choose stated where a source says so, or proposed>
    approval: false
    records: [reasons]
"""

_SCAFFOLDS: Final[Mapping[str, str]] = {"topic": _TOPIC, "check": _CHECK}
