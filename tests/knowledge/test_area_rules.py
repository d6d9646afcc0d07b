"""What an area's settings make of an outcome: how soon, whether a manager approves, on whose word."""

from __future__ import annotations

import pytest

from bot.knowledge import ApprovalNeed, Deadline, Knowledge, approval, deadline
from bot.knowledge.area_rules import approval_rules
from tests.knowledge.folders import Folder, Said
from tests.support.assistants import knowledge as whole

WEST = "areas/west.yml"
SETTINGS = "settings:\n"


def outcome_deadline(knowledge: Knowledge, outcome: str, area: str = "west") -> Deadline:
    check = knowledge.checks["small-check"]
    found = check.outcome(outcome)
    assert found is not None
    return deadline(check, found, knowledge.areas[area], knowledge)


def need(knowledge: Knowledge, outcome: str, area: str = "west") -> ApprovalNeed:
    found = knowledge.checks["small-check"].outcome(outcome)
    assert found is not None
    return approval(found, knowledge.areas[area], knowledge)


def set_limit(folder: Folder, limit: str, area: str = WEST) -> None:
    folder.change(area, SETTINGS, f"{SETTINGS}  time_limits:\n    - {limit}\n")


def test_an_area_without_a_setting_follows_the_outcome(folder: Folder) -> None:
    knowledge = folder.load()
    assert outcome_deadline(knowledge, "ask-first") == Deadline("3 working days", "within-3-working-days", "source")
    assert outcome_deadline(knowledge, "go-on") == Deadline("", "routine", "nobody")
    assert outcome_deadline(knowledge, "act-now").within == "now"


@pytest.mark.parametrize("of", ["small-check/ask-first", "small-check", "within-3-working-days"])
def test_an_area_may_be_stricter(folder: Folder, of: str) -> None:
    set_limit(folder, f"{{of: {of}, within: 4 hours}}")
    assert outcome_deadline(folder.load(), "ask-first") == Deadline("4 hours", "same-day", "area")
    assert outcome_deadline(folder.load(), "ask-first", "national").set_by == "source"


def test_the_closest_setting_holds(folder: Folder) -> None:
    set_limit(folder, "{of: small-check, within: same day}\n    - {of: small-check/ask-first, within: 2 hours}")
    assert outcome_deadline(folder.load(), "ask-first").within == "2 hours"


def test_a_routine_outcome_has_a_limit_only_where_it_is_named(folder: Folder) -> None:
    set_limit(folder, "{of: small-check, within: same day}")
    assert outcome_deadline(folder.load(), "go-on").set_by == "nobody"
    folder.change(WEST, "of: small-check,", "of: small-check/go-on,")
    assert outcome_deadline(folder.load(), "go-on") == Deadline("same day", "same-day", "area")


def test_no_setting_changes_what_is_done_now(folder: Folder) -> None:
    set_limit(folder, "{of: small-check, within: 3 working days}")
    assert outcome_deadline(folder.load(), "act-now") == Deadline("now", "now", "source")


def test_a_national_setting_names_its_source_for_every_area(folder: Folder) -> None:
    limit = "{of: small-check/ask-first, within: 3 working days, source: guide-one}"
    folder.change("areas/national.yml", "contacts:", f"settings:\n  time_limits:\n    - {limit}\ncontacts:")
    found = outcome_deadline(folder.load(), "ask-first")
    assert found == Deadline("3 working days", "within-3-working-days", "source", "guide-one")


@pytest.mark.parametrize(
    ("within", "urgency"),
    [("1 hour", "same-day"), ("24 hours", "same-day"), ("same day", "same-day"), ("48 hours", "within-3-working-days"),
     ("1 working day", "within-3-working-days"), ("3 working days", "within-3-working-days"),
     ("10 working days", "routine")],
)  # fmt: skip
def test_class_of_a_limit_that_a_record_keeps(folder: Folder, within: str, urgency: str) -> None:
    set_limit(folder, f"{{of: small-check/ask-first, within: {within}, source: guide-two}}")
    assert outcome_deadline(folder.load(), "ask-first").urgency == urgency


@pytest.mark.parametrize(
    ("limit", "reason"),
    [
        ("{of: small-check/act-now, within: same day}",
         "'small-check/act-now' is to be done now: no area sets a time limit for it"),
        ("{of: small-check/ask-first, within: 4 working days}",
         "'4 working days' is looser than the strictest source; name a source of this area that sets it"),
        ("{of: small-check/ask-first, within: 4 working days, source: guide-one}",
         "'4 working days' is looser than the strictest source; name a source of this area that sets it"),
        ("{of: small-check/ask-first, within: 2 hours, source: guide-ten}", "no source 'guide-ten' in sources.yml"),
        ("{of: tall-check, within: 2 hours}",
         "'tall-check' is no check, and neither same-day nor within-3-working-days"),
        ("{of: small-check/tall, within: 2 hours}", "no outcome 'tall' in the check 'small-check'"),
    ],
)  # fmt: skip
def test_fault_of_a_time_limit(folder: Folder, limit: str, reason: str) -> None:
    set_limit(folder, limit)
    assert folder.faults() == [Said(WEST, folder.line_of(WEST, "within:"), reason)]


def test_an_area_s_own_source_may_be_looser(folder: Folder) -> None:
    set_limit(folder, "{of: small-check/ask-first, within: 5 working days, source: guide-two}")
    assert outcome_deadline(folder.load(), "ask-first") == Deadline("5 working days", "routine", "area", "guide-two")


@pytest.mark.parametrize("within", ["soon", "0 hours", "100 hours", "3 days", "-1 hours"])
def test_a_limit_that_is_none(folder: Folder, within: str) -> None:
    set_limit(folder, f"{{of: small-check, within: {within}}}")
    (said,) = folder.faults()
    assert said.reason.startswith("settings.time_limits.0.within: ")


def test_every_decision_is_approved_unless_an_area_says_otherwise(folder: Folder) -> None:
    assert need(folder.load(), "go-on") == ApprovalNeed(True)
    folder.change(WEST, SETTINGS, f"{SETTINGS}  approval: {{share_without_consent: false}}\n")
    assert need(folder.load(), "go-on") == ApprovalNeed(False, waived=True)
    assert need(folder.load(), "go-on", "national").needed
    assert need(folder.load(), "ask-first") == ApprovalNeed(False), "nobody approves this anywhere"


def test_an_approval_that_hangs_on_no_rule_stays(folder: Folder) -> None:
    folder.change(WEST, SETTINGS, f"{SETTINGS}  approval: {{share_without_consent: false}}\n")
    folder.change("checks/small-check.yml", "approval: true", "approval: true\n    approval_rule: always")
    assert need(folder.load(), "go-on") == ApprovalNeed(True)


def test_an_approval_names_its_source(folder: Folder) -> None:
    folder.change(
        "areas/national.yml", "contacts:",
        "settings:\n  approval: {set_by: {share_without_consent: guide-one}}\ncontacts:",
    )  # fmt: skip
    assert need(folder.load(), "go-on").sources == ("guide-one",)


def test_source_of_an_approval_that_is_not_there(folder: Folder) -> None:
    folder.change(WEST, SETTINGS, f"{SETTINGS}  approval: {{set_by: {{refuse_request: guide-ten}}}}\n")
    assert folder.faults() == [Said(WEST, folder.line_of(WEST, "set_by"), "no source 'guide-ten' in sources.yml")]


def test_missing_national_area(folder: Folder) -> None:
    (folder.root / "areas" / "national.yml").unlink()
    assert Said("areas/national.yml", 0, "is missing: it stands in for every area that a user has not chosen") in (
        folder.faults()
    )


RULES = {
    "refuse_request": {
        "adult-capacity/do-not-share-now", "board-information-request/not-obliged", "legitimate-purpose/no-purpose",
        "onward-disclosure-check/not-for-this", "past-client-or-third-party/do-not-share",
        "preventative-sharing/do-not-share", "repeat-request/update-or-decline", "repeat-request/decline",
        "share-decision/do-not-share", "staff-checklist-sharing/do-not-pass", "withholding-information/may-withhold",
    },
    "refused_consent_either_way": {
        "gillick-competence/competent-refuses", "open-case/talk-to-manager", "open-case/do-not-contact",
        "refusal-override/get-approval", "refusal-override/plan-safety", "refusal-override/respect-refusal",
        "unmet-need-adult/no-referral", "unmet-need-adult/get-approval", "unmet-need-child/revisit",
        "unmet-need-child/get-approval",
    },
    "share_without_consent": {
        "adult-capacity/share-best-interests", "adult-capacity/share-on-harm", "board-information-request/must-comply",
        "child-parent-disagreement/without-parent", "gillick-competence/consider-without-consent",
        "past-client-or-third-party/share-third", "preventative-sharing/share-judged",
        "preventative-sharing/get-approval", "seek-consent-or-not/do-not-ask", "seek-consent-or-not/cannot-ask",
        "seek-consent-or-not/tell-not-ask", "share-decision/get-approval", "share-decision/share-without-consent",
        "staff-checklist-sharing/get-approval",
        "withholding-information/cannot-withhold",
    },
    "share_without_consent refused_consent_either_way": {
        "open-case/contact-told", "open-case/contact-untold", "refusal-override/override-and-share",
        "refusal-override/comply-with-order", "unmet-need-adult/refer-overridden", "unmet-need-child/share-overridden",
    },
    "": {
        "case-management-checklist/complete", "child-parent-disagreement/act-best-interests",
        "child-parent-disagreement/involve-senior", "disagreement-and-escalation/escalate-senior",
        "disagreement-and-escalation/escalate-board", "unmet-need-adult/manager-to-counterpart",
    },
}  # fmt: skip
"""Every outcome that a manager approves, by the rules of which any makes it so; the last whatever the rules are."""


def test_which_rule_each_approval_hangs_on() -> None:
    found: dict[str, set[str]] = {}
    for check in whole().checks.values():
        for outcome in check.outcomes:
            if outcome.approval:
                found.setdefault(" ".join(approval_rules(outcome)), set()).add(f"{check.id}/{outcome.id}")
    assert found == RULES


def test_every_limit_that_a_source_sets_names_it() -> None:
    knowledge = whole()
    for check in knowledge.checks.values():
        for outcome in check.outcomes:
            if outcome.urgency_basis == "stated" and outcome.urgency != "now":
                found = deadline(check, outcome, knowledge.areas["national"], knowledge)
                assert found.source == "durham-2010", f"{check.id}/{outcome.id}"
                assert found.urgency == outcome.urgency, "the national default is the strictest source"


def test_no_area_asks_for_less_than_the_strictest_source_by_default() -> None:
    knowledge = whole()
    for area in knowledge.areas.values():
        for check in knowledge.checks.values():
            for outcome in check.outcomes:
                assert approval(outcome, area, knowledge).needed is (outcome.approval and outcome.urgency != "now")
