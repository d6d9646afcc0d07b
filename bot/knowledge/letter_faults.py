"""What letters and forms say of other knowledge files that does not hold, and of their own fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bot.knowledge.faults import Fault
from bot.knowledge.letters import ANY_CHECK, Letter
from bot.knowledge.located import Located

if TYPE_CHECKING:
    from bot.knowledge.model import Knowledge

Places = Mapping[tuple[str, str], Located]


def faults(knowledge: Knowledge, places: Places) -> Iterator[Fault]:
    """Unknown sources, law, checks, outcomes and record fields; fields that stand twice, nowhere, or are not there."""
    for letter in knowledge.letters.values():
        located = places["letters", letter.id]
        yield from _reference_faults(letter, knowledge, located)
        yield from _offer_faults(letter, knowledge, located)
        yield from _field_faults(letter, knowledge, located)
        yield from _place_faults(letter, located)
    yield from _told_faults(knowledge, places)


def _reference_faults(letter: Letter, knowledge: Knowledge, located: Located) -> Iterator[Fault]:
    if letter.id in knowledge.topics or letter.id in knowledge.checks:
        yield located.fault(("id",), "a topic or check has this id too; give the letter another")
    for number, citation in enumerate(letter.sources):
        if citation.source not in knowledge.sources:
            yield located.fault(("sources", number), f"no source '{citation.source}' in sources.yml")
    for number, law in enumerate(letter.law):
        if law not in knowledge.law:
            yield located.fault(("law", number), f"no law '{law}' in law.yml")


def _offer_faults(letter: Letter, knowledge: Knowledge, located: Located) -> Iterator[Fault]:
    for number, after in enumerate(letter.offered_after):
        way = ("offered_after", number)
        if after == ANY_CHECK:
            continue
        check_id, _, outcome_id = after.partition("/")
        check = knowledge.checks.get(check_id)
        if check is None:
            yield located.fault(way, f"no check '{check_id}'")
        elif outcome_id and check.outcome(outcome_id) is None:
            yield located.fault(way, f"no outcome '{outcome_id}' in the check '{check_id}'")


def _field_faults(letter: Letter, knowledge: Knowledge, located: Located) -> Iterator[Fault]:
    names = [field.id for field in letter.fields]
    used = {name for block in letter.body for name in block.fields()}
    for number, field in enumerate(letter.fields):
        if field.id in names[:number]:
            yield located.fault(("fields", number), f"the field '{field.id}' stands twice")
        if field.id not in used:
            yield located.fault(("fields", number), f"the field '{field.id}' stands nowhere in the body")
        if field.record_field is not None and field.record_field not in knowledge.fields:
            yield located.fault(("fields", number), f"no record field '{field.record_field}' in records.yml")


def _place_faults(letter: Letter, located: Located) -> Iterator[Fault]:
    for number, block in enumerate(letter.body):
        for name in block.fields():
            if letter.field(name) is None:
                yield located.fault(("body", number), f"the body names the field '{name}', which is not among fields")


def _told_faults(knowledge: Knowledge, places: Places) -> Iterator[Fault]:
    """What records.yml says that an answer of a check tells."""
    for place, field in enumerate(knowledge.fields.values()):
        for number, told in enumerate(field.told_by):
            way = ("fields", place, "told_by", number)
            located = places["fields", field.id]
            check_id, _, question_id = told.at.partition("/")
            check = knowledge.checks.get(check_id)
            question = check.question(question_id) if check is not None else None
            if question is None:
                yield located.fault(way, f"'{field.id}': no question '{told.at}'")
            elif question.option(told.answer) is None:
                yield located.fault(way, f"'{field.id}': '{told.at}' has no option '{told.answer}'")
            if field.option(told.means) is None:
                yield located.fault(way, f"'{field.id}' has no option '{told.means}'")
