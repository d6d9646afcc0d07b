"""What an area's settings make of an outcome: how soon, whether a manager approves, and who says so.

Without a setting of its own an area follows the strictest source: the outcome's own limit, and every approval. The
settings of the national area stand in for those that an area does not make; its limits name the source that sets them.
What must be done now is never changed by a setting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.knowledge.faults import Fault
from bot.knowledge.located import Located
from bot.knowledge.model import Approval, ApprovalRule, Area, Check, Knowledge, LimitSetting, Outcome, Urgency

NATIONAL: Final = "national"
APPROVAL_RULES: Final[tuple[ApprovalRule, ...]] = get_args(ApprovalRule)
_CLASSES: Final = ("same-day", "within-3-working-days")
_OVERRIDDEN: Final = "why-wishes-overridden"
"""The record field of a decision that goes against what the person wanted."""

_DEFAULT_WITHIN: Final[Mapping[Urgency, str]] = {
    "now": "now", "same-day": "same day", "within-3-working-days": "3 working days", "routine": "",
}  # fmt: skip
_HOURS_OF_A_WORKING_DAY: Final = 24
_SAME_DAY_HOURS: Final = 12
"""Where the same day stands between limits in hours: less strict than some hours, stricter than a day and a night."""

SetBy = Literal["area", "source", "proposal", "nobody"]


@dataclass(frozen=True)
class Deadline:
    """How soon: `within` is now, same day, "4 hours", "2 working days", or empty where there is no limit.

    `urgency` is the class of it that a record keeps. `set_by` says on whose word: this area's own setting, a source
    (`source`, where it is known which), our proposal, or nobody where there is no limit.
    """

    within: str
    urgency: Urgency
    set_by: SetBy
    source: str | None = None


@dataclass(frozen=True)
class ApprovalNeed:
    """Whether a manager approves in this area. `waived`: other areas ask for it here, this one does not.

    `sources` are those that set the rule, where the settings name them.
    """

    needed: bool
    waived: bool = False
    sources: tuple[str, ...] = ()


def deadline(check: Check, outcome: Outcome, area: Area, knowledge: Knowledge) -> Deadline:
    """How soon to do what `outcome` of `check` says, for a user of `area`."""
    if outcome.urgency == "now":
        return Deadline("now", "now", "source" if outcome.urgency_basis == "stated" else "proposal")
    own = _setting(check, outcome, area)
    if own is not None and area.id != NATIONAL:
        return Deadline(own.within, _urgency_class(own.within), "area", own.source)
    general = _setting(check, outcome, knowledge.areas[NATIONAL])
    if general is not None:
        set_by: SetBy = "proposal" if general.source is None else "source"
        return Deadline(general.within, _urgency_class(general.within), set_by, general.source)
    if outcome.urgency == "routine":
        return Deadline("", "routine", "nobody")
    by: SetBy = "source" if outcome.urgency_basis == "stated" else "proposal"
    return Deadline(_DEFAULT_WITHIN[outcome.urgency], outcome.urgency, by)


def approval(outcome: Outcome, area: Area, knowledge: Knowledge) -> ApprovalNeed:
    """Whether a manager approves `outcome` in `area`. What is to be done now never waits for approval."""
    if not outcome.approval or outcome.urgency == "now":
        return ApprovalNeed(False)
    rules = approval_rules(outcome)
    if not rules:
        return ApprovalNeed(True)
    asked = [rule for rule in rules if getattr(area.settings.approval, rule)]
    if not asked:
        return ApprovalNeed(False, waived=True)
    named = (_approval_source(rule, area, knowledge.areas[NATIONAL].settings.approval) for rule in asked)
    return ApprovalNeed(True, sources=tuple(dict.fromkeys(name for name in named if name is not None)))


def approval_rules(outcome: Outcome) -> tuple[ApprovalRule, ...]:
    """The rules of which any one makes a manager approve `outcome`; none where it is approved whatever the rules are.

    Unless the outcome names its rule: going against the person is both sharing without consent (bnes-2018) and a
    decision on a refusal (durham-2010); not sharing is refusing a request (bnes-2018); all else is sharing without.
    """
    if outcome.approval_rule == "always":
        return ()
    if outcome.approval_rule is not None:
        return (outcome.approval_rule,)
    if outcome.decision == "refusal-overridden" or _OVERRIDDEN in outcome.records:
        return ("share_without_consent", "refused_consent_either_way")
    if outcome.decision in ("request-declined", "not-shared"):
        return ("refuse_request",)
    return ("share_without_consent",)


def settings_faults(area: Area, knowledge: Knowledge, located: Located) -> Iterator[Fault]:
    """Faults of an area's rules: unknown names, limits on what is to be done now, and looser ones without a source."""
    for rule, source in area.settings.approval.set_by.items():
        if source not in knowledge.sources:
            yield located.fault(("settings", "approval", "set_by", rule), f"no source '{source}' in sources.yml")
    for place, limit in enumerate(area.settings.time_limits):
        reason = _limit_fault(limit, area, knowledge)
        if reason is not None:
            yield located.fault(("settings", "time_limits", place), reason)


def _limit_fault(limit: LimitSetting, area: Area, knowledge: Knowledge) -> str | None:
    if limit.source is not None and limit.source not in knowledge.sources:
        return f"no source '{limit.source}' in sources.yml"
    if limit.of not in _CLASSES:
        check_id, _, outcome_id = limit.of.partition("/")
        check = knowledge.checks.get(check_id)
        if check is None:
            return f"'{limit.of}' is no check, and neither {' nor '.join(_CLASSES)}"
        outcome = check.outcome(outcome_id)
        if outcome_id and outcome is None:
            return f"no outcome '{outcome_id}' in the check '{check_id}'"
        if outcome is not None and outcome.urgency == "now":
            return f"'{limit.of}' is to be done now: no area sets a time limit for it"
    covered = [item for _, item in _covered(limit, knowledge.checks.values())]
    strictest = min((_hours(_DEFAULT_WITHIN[item.urgency]) for item in covered if item.urgency != "routine"), default=0)
    if strictest and _hours(limit.within) > strictest and limit.source not in area.sources:
        return f"'{limit.within}' is looser than the strictest source; name a source of this area that sets it"
    return None


def _covered(limit: LimitSetting, checks: Iterable[Check]) -> Iterator[tuple[Check, Outcome]]:
    return ((check, item) for check in checks for item in check.outcomes if limit.of in _names(check, item))


def _names(check: Check, outcome: Outcome) -> tuple[str, ...]:
    """What a time limit of this outcome may be set for, the closest first. No limit holds for what is done now."""
    if outcome.urgency == "now":
        return ()
    one = f"{check.id}/{outcome.id}"
    return (one,) if outcome.urgency == "routine" else (one, check.id, outcome.urgency)


def _setting(check: Check, outcome: Outcome, area: Area) -> LimitSetting | None:
    limits = {limit.of: limit for limit in reversed(area.settings.time_limits)}
    return next((limits[name] for name in _names(check, outcome) if name in limits), None)


def _approval_source(rule: ApprovalRule, area: Area, general: Approval) -> str | None:
    return area.settings.approval.set_by.get(rule) or general.set_by.get(rule)


def _hours(within: str) -> int:
    """How strict a limit is, in hours: fewer are stricter."""
    if within == "same day":
        return _SAME_DAY_HOURS
    number, _, unit = within.partition(" ")
    return int(number) * (1 if unit.startswith("hour") else _HOURS_OF_A_WORKING_DAY) if number.isdecimal() else 0


def _urgency_class(within: str) -> Urgency:
    """The class of a limit that a record keeps."""
    in_hours = within.partition(" ")[2].startswith("hour")
    if within == "same day" or (in_hours and _hours(within) <= _HOURS_OF_A_WORKING_DAY):
        return "same-day"
    return "within-3-working-days" if _hours(within) <= 3 * _HOURS_OF_A_WORKING_DAY else "routine"
