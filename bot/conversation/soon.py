"""How soon an outcome is to be done and who approves it, in words, and on whose word: the area's, a source's, ours."""

from __future__ import annotations

from bot.knowledge import NATIONAL, Area, Check, Deadline, Knowledge, Outcome, approval, approval_rules, deadline


def how_soon(check: Check, outcome: Outcome, area: Area, knowledge: Knowledge) -> str:
    """The time limit and who sets it; empty where there is none."""
    limit = deadline(check, outcome, area, knowledge)
    if limit.set_by == "nobody":
        return ""
    if limit.within == "now":
        return f"Do this now. {_NOW_SET_BY[limit.set_by]}"
    when = "today" if limit.within == "same day" else f"within {limit.within}"
    return f"Do this {when}. {_who_sets(limit, area, knowledge)}"


def who_approves(outcome: Outcome, area: Area, knowledge: Knowledge) -> str:
    """Whether a manager approves, and who asks for it; empty where nobody does."""
    need = approval(outcome, area, knowledge)
    if need.waived:
        return f"The settings of {area.name} do not require a manager's approval here. Follow your organisation's rule."
    if not need.needed:
        return ""
    said = "A manager must approve this decision."
    if not need.sources:
        return said
    names = " and ".join(knowledge.sources[name].short for name in need.sources)
    verb = "sets" if len(need.sources) == 1 else "set"
    about = " for refusing a request" if approval_rules(outcome) == ("refuse_request",) else ""
    return f"{said} {names} {verb} this rule{about}."


_NOW_SET_BY = {
    "source": "The sources below say so.",
    "proposal": "We propose this; no source says how soon.",
}


def _who_sets(limit: Deadline, area: Area, knowledge: Knowledge) -> str:
    source = None if limit.source is None else knowledge.sources[limit.source].short
    if limit.set_by == "area":
        return f"{area.name} sets this time limit{f', in {source}' if source else ''}."
    if limit.set_by == "proposal":
        return "We propose this time limit; no source sets it."
    if source is None:
        return "A source below sets this time limit."
    if area.id == NATIONAL or limit.source in area.sources:
        return f"{source} sets this time limit."
    return f"{source} sets this time limit. {area.name} has set no other."
