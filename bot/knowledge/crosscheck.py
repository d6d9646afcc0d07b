"""What the knowledge files say of one another: unknown ids, steps that cannot be reached or never end, repeated
examples, outcomes that record what no field holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.knowledge import letter_faults, menu, module_faults
from bot.knowledge.area_rules import NATIONAL, settings_faults
from bot.knowledge.elsewhere import Elsewhere
from bot.knowledge.faults import Fault
from bot.knowledge.letters import Letter
from bot.knowledge.located import Located
from bot.knowledge.model import Check, Citation, Knowledge, Topic, fold

FEWEST_EXAMPLES = 12
NOT_SURE = "not-sure"
HARM_NOW = "harm-now"
"""The option that the engine adds to every question: no file may have one of its own."""
ADVICE_CHECK = "seek-advice-anonymously"

Places = dict[tuple[str, str], Located]
"""Where each unit was read: (kind, id) -> its file. Kinds are the names of Knowledge's mappings."""


def faults(knowledge: Knowledge, places: Places, *, fewest_examples: int = FEWEST_EXAMPLES) -> Iterator[Fault]:
    """Every fault between files. `fewest_examples` is the least number of examples of a topic or check."""
    if ADVICE_CHECK not in knowledge.checks:
        folder = places["checks", next(iter(knowledge.checks))].path.parent
        reason = "is missing: every check ends in advice when an answer is not sure"
        yield Fault(folder / f"{ADVICE_CHECK}.yml", 0, reason)
    if NATIONAL not in knowledge.areas:
        folder = places["areas", next(iter(knowledge.areas))].path.parent
        yield Fault(folder / f"{NATIONAL}.yml", 0, "is missing: it stands in for every area that a user has not chosen")
    yield from _topic_faults(knowledge, places)
    for check in knowledge.checks.values():
        yield from _check_faults(check, knowledge, places["checks", check.id])
    yield from _trigger_faults(knowledge, places)
    yield from _register_faults(knowledge, places)
    yield from menu.faults(knowledge, places)
    yield from letter_faults.faults(knowledge, places)
    yield from module_faults.faults(knowledge, places)
    yield from _example_faults(knowledge, places, fewest_examples)


def _topic_faults(knowledge: Knowledge, places: Places) -> Iterator[Fault]:
    for topic in knowledge.topics.values():
        located = places["topics", topic.id]
        yield from _citation_faults(topic.sources, ("sources",), knowledge, located)
        for place, law in enumerate(topic.law):
            if law not in knowledge.law:
                yield located.fault(("law", place), f"no law '{law}' in law.yml")
        for place, other in enumerate(topic.see_also):
            if other not in knowledge.topics and other not in knowledge.checks:
                yield located.fault(("see_also", place), f"no topic or check '{other}'")
        if topic.check is not None and topic.check not in knowledge.checks:
            yield located.fault(("check",), f"no check '{topic.check}'")
        if topic.id in knowledge.checks:
            yield located.fault(("id",), f"a check has the id '{topic.id}' too; give the topic another")


def _citation_faults(
    citations: Iterable[Citation], way: tuple[str | int, ...], knowledge: Knowledge, located: Located
) -> Iterator[Fault]:
    for place, citation in enumerate(citations):
        if citation.source not in knowledge.sources:
            yield located.fault((*way, place), f"no source '{citation.source}' in sources.yml")


def _check_faults(check: Check, knowledge: Knowledge, located: Located) -> Iterator[Fault]:
    yield from _citation_faults(check.sources, ("sources",), knowledge, located)
    for place, question in enumerate(check.questions):
        if question.source is not None and question.source not in knowledge.sources:
            way = ("questions", place, "source")
            yield located.fault(way, f"no source '{question.source}' in sources.yml")
    yield from _repeated_ids(check, located)
    yield from _lead_faults(check, knowledge, located)
    yield from _reach_faults(check, located)
    for place, outcome in enumerate(check.outcomes):
        for number, field in enumerate(outcome.records):
            if field not in knowledge.fields:
                yield located.fault(("outcomes", place, "records", number), f"no record field '{field}' in records.yml")
        for number, other in enumerate(outcome.next):
            if other not in knowledge.checks:
                yield located.fault(("outcomes", place, "next", number), f"no check '{other}'")
        if outcome.urgency == "now" and outcome.approval:
            yield located.fault(
                ("outcomes", place), f"the outcome '{outcome.id}' is urgent and must not wait for approval"
            )


def _repeated_ids(check: Check, located: Located) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, question in enumerate(check.questions):
        if question.id in seen:
            yield located.fault(("questions", place), f"the question '{question.id}' stands twice")
        seen.add(question.id)
        options = [option.id for option in question.options]
        for number, option in enumerate(options):
            if option in options[:number]:
                yield located.fault(("questions", place, "options", number), f"the option '{option}' stands twice")
            if option == HARM_NOW:
                reason = f"leave out the option '{HARM_NOW}': it is added to every question from `harm`"
                yield located.fault(("questions", place, "options", number), reason)
        if NOT_SURE not in options:
            yield located.fault(("questions", place), f"the question '{question.id}' does not offer not-sure")
        if len(options) < 2:
            yield located.fault(("questions", place), f"the question '{question.id}' needs at least two options")
    outcomes = [outcome.id for outcome in check.outcomes]
    for place, outcome_id in enumerate(outcomes):
        if outcome_id in outcomes[:place]:
            yield located.fault(("outcomes", place), f"the outcome '{outcome_id}' stands twice")
    harm = check.outcome(check.harm.leads)
    if harm is None:
        yield located.fault(("harm", "leads"), f"no outcome '{check.harm.leads}' in this check")
    elif harm.urgency != "now":
        yield located.fault(("harm", "leads"), f"the outcome '{harm.id}' must have the urgency now")


def _lead_faults(check: Check, knowledge: Knowledge, located: Located) -> Iterator[Fault]:
    for place, question in enumerate(check.questions):
        for number, option in enumerate(question.options):
            kind, _, name = option.leads.rpartition(":")
            way = ("questions", place, "options", number)
            if kind == "outcome" and check.outcome(name) is None:
                yield located.fault(way, f"no outcome '{name}' in this check")
            elif kind == "check" and name not in knowledge.checks:
                yield located.fault(way, f"jumps to the check '{name}', which is not there")
            elif kind == "check" and name == check.id:
                yield located.fault(way, "jumps to its own check")
            elif kind == "" and check.question(name) is None:
                yield located.fault(way, f"no question '{name}' in this check")


def _reach_faults(check: Check, located: Located) -> Iterator[Fault]:
    following = {
        question.id: [option.leads for option in question.options if ":" not in option.leads]
        for question in check.questions
    }
    first = check.questions[0].id
    reached = {first} | _reachable(first, following)
    ends = {check.harm.leads}
    for place, question in enumerate(check.questions):
        if question.id not in reached:
            yield located.fault(("questions", place), f"the question '{question.id}' is never reached")
            continue
        if question.id in _reachable(question.id, following):
            yield located.fault(("questions", place), f"the question '{question.id}' comes round to itself without end")
        ends.update(option.leads[8:] for option in question.options if option.leads.startswith("outcome:"))
    for place, outcome in enumerate(check.outcomes):
        if outcome.id not in ends:
            yield located.fault(("outcomes", place), f"the outcome '{outcome.id}' is never reached")


def _reachable(start: str, following: Mapping[str, list[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for name in following.get(waiting.pop(), ()):
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached


def _trigger_faults(knowledge: Knowledge, places: Places) -> Iterator[Fault]:
    for trigger in knowledge.triggers.values():
        located = places["triggers", trigger.id]
        yield from _citation_faults(trigger.sources, ("sources",), knowledge, located)
        if trigger.check not in knowledge.checks:
            yield located.fault(("check",), f"no check '{trigger.check}'")
        for place, role in enumerate(trigger.tell):
            lacking = [area.id for area in knowledge.areas.values() if area.contact(role) is None]
            if lacking:
                yield located.fault(("tell", place), f"no contact '{role}' in the areas: {', '.join(lacking)}")


def _register_faults(knowledge: Knowledge, places: Places) -> Iterator[Fault]:
    for area in knowledge.areas.values():
        located = places["areas", area.id]
        for place, source_id in enumerate(area.sources):
            if source_id not in knowledge.sources:
                yield located.fault(("sources", place), f"no source '{source_id}' in sources.yml")
        yield from settings_faults(area, knowledge, located)
    for place, source in enumerate(knowledge.sources.values()):
        if source.area not in knowledge.areas:
            way = ("sources", place, "area")
            yield places["sources", source.id].fault(way, f"'{source.id}': no area '{source.area}' in areas/")
    for place, term in enumerate(knowledge.terms):
        for number, source_id in enumerate(term.sources):
            if source_id not in knowledge.sources:
                located = places["terms", term.term]
                yield located.fault(("terms", place, "sources", number), f"no source '{source_id}' in sources.yml")
    yield from _field_faults(knowledge, places)


def _field_faults(knowledge: Knowledge, places: Places) -> Iterator[Fault]:
    for place, field in enumerate(knowledge.fields.values()):
        located = places["fields", field.id]
        yield from _citation_faults(field.sources, ("fields", place, "sources"), knowledge, located)
        if field.default is not None and field.option(field.default) is None:
            way = ("fields", place, "default")
            yield located.fault(way, f"'{field.id}': the default '{field.default}' is not an option")
        if field.kind in ("choice", "choices", "date") and not field.options:
            yield located.fault(("fields", place), f"'{field.id}': a field of the kind {field.kind} needs options")


def _example_faults(knowledge: Knowledge, places: Places, fewest: int) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    kinds: tuple[tuple[str, Mapping[str, Topic | Check | Letter | Elsewhere]], ...] = (
        ("topics", knowledge.topics), ("checks", knowledge.checks), ("letters", knowledge.letters),
        ("elsewhere", knowledge.elsewhere),
    )  # fmt: skip
    for kind, units in kinds:
        for number, unit in enumerate(units.values()):
            located = places[kind, unit.id]
            way: tuple[str | int, ...] = (kind, number, "examples") if kind == "elsewhere" else ("examples",)
            if len(unit.examples) < fewest:
                yield located.fault(way, f"has {len(unit.examples)} examples, needs at least {fewest}")
            for place, example in enumerate(unit.examples):
                key = fold(example)
                if not key:
                    yield located.fault((*way, place), f'the example has no words: "{example}"')
                elif key in seen:
                    where = "twice in this file" if seen[key] == unit.id else f"under '{seen[key]}' too"
                    yield located.fault((*way, place), f'the example stands {where}: "{example}"')
                elif example.startswith("/"):
                    yield located.fault((*way, place), "an example must not begin with /")
                seen.setdefault(key, unit.id)
