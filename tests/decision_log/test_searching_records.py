"""Lists of records: every way of asking, page by page, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.decision_log import DecisionLog, FieldValue, RecordStatus, RetentionState, Search, Whose, new_request_id
from tests.decision_log.decision_log_support import NOW, make_draft

AREAS = ("north", "south")


@pytest.fixture
def references(log: DecisionLog) -> list[str]:
    """Twelve records, one an hour, of two areas in turn; every third of them told the hospital."""
    made = []
    for number in range(12):
        told = "hospital" if number % 3 == 0 else "police"
        fields = {"decision": FieldValue(("shared",)), "shared-with": FieldValue((told,))}
        draft = replace(make_draft(fields=fields), area=AREAS[number % 2], by=f"account-{number % 4}")
        made.append(log.confirm(draft, NOW + timedelta(hours=number)).reference)
    return made


def found(log: DecisionLog, search: Search) -> list[str]:
    """The references of all pages, of at most five records each, oldest first."""
    pages, before = [], None
    while True:
        page = log.search(replace(search, before=before, limit=5))
        assert len(page.records) <= 5
        pages += [one.reference for one in page.records]
        if page.before is None:
            return pages[::-1]
        before = page.before


FROM_THREE, BEFORE_NINE = NOW + timedelta(hours=3), NOW + timedelta(hours=9)


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        (Search(), range(12)),
        (Search(area="north"), range(0, 12, 2)),
        (Search(since=FROM_THREE, until=BEFORE_NINE), range(3, 9)),
        (Search(since=FROM_THREE), range(3, 12)),
        (Search(until=BEFORE_NINE), range(9)),
        (Search(since=FROM_THREE, until=BEFORE_NINE, area="south"), (3, 5, 7)),
        (Search(since=FROM_THREE, until=FROM_THREE + timedelta(days=900), area="south"), (3, 5, 7, 9, 11)),
        (Search(choices={"shared-with": "hospital"}), (0, 3, 6, 9)),
        (Search(choices={"shared-with": "hospital", "decision": "shared"}, area="north"), (0, 6)),
        (Search(choices={"shared-with": "hospital"}, since=FROM_THREE), (3, 6, 9)),
        (Search(author="account-1", outcome_id="act-now", check_id="share-decision"), (1, 5, 9)),
        (Search(status=RecordStatus.RECORDED, decision="shared"), range(12)),
        (Search(status=RecordStatus.APPROVED), ()),
        (Search(whose=Whose(frozenset({"account-1", "account-2"}))), (1, 2, 5, 6, 9, 10)),
        (Search(whose=Whose(frozenset({"account-1"}), "account-1"), since=FROM_THREE), (5, 9)),
        (Search(whose=Whose(frozenset({"account-1"})), choices={"shared-with": "hospital"}), (9,)),
        (Search(whose=Whose(frozenset()), status=RecordStatus.RECORDED), ()),
        (Search(area="nowhere", since=FROM_THREE), ()),
    ],
    ids=lambda value: type(value).__name__,  # a set prints in another order in every process
)
def test_a_search_finds_what_fits_page_by_page(
    log: DecisionLog, references: list[str], search: Search, wanted: range | tuple[int, ...]
) -> None:
    assert found(log, search) == [references[number] for number in wanted]


def test_a_page_is_neither_empty_nor_endless(log: DecisionLog, references: list[str]) -> None:
    assert len(log.search(Search(limit=0)).records) == 1
    assert len(log.search(Search(limit=10**9)).records) == 12


def test_the_limit_counts_only_records_that_are_asked_for(log: DecisionLog) -> None:
    """Of twenty records of somebody else, every list takes three: each holds the one that is ours, and it is last."""
    due_soon = {"decision": FieldValue(("shared",)), "review-date": FieldValue((), "2026-12-01")}

    def confirmed(by: str, hours: int) -> str:
        draft = replace(make_draft(fields=due_soon), approval_needed=True, urgency="same-day", by=by)
        return log.confirm(draft, NOW + timedelta(hours=hours)).reference

    ours = confirmed("ours", 0)
    nobodys = confirmed("", 1)
    for number in range(20):
        confirmed("theirs", 2 + number)
    whose, later = Whose(frozenset({"ours", ""})), NOW + timedelta(days=5000)
    inbox = log.inbox(later, 3, whose)
    for listed in (inbox.waiting, inbox.overdue, inbox.reviews_due, log.retention_due(later, 3, whose).waiting):
        assert {one.reference for one in listed} == {ours, nobodys}
    assert dict(inbox.counts) == {"waiting": 2, "overdue": 2, "reviews_due": 2}
    for search in (Search(), Search(status=RecordStatus.WAITING_FOR_APPROVAL), Search(retention=RetentionState.KEPT)):
        page = log.search(replace(search, whose=whose, limit=3))
        assert ([one.reference for one in page.records], page.before) == ([nobodys, ours], None)


def test_whoever_took_a_record_over_finds_it_whatever_became_of_it(log: DecisionLog) -> None:
    draft = replace(make_draft(), approval_needed=True, urgency="routine", by="author")
    taken, _other = (log.confirm(replace(draft, draft_id=new_request_id()), NOW).reference for _ in range(2))
    whose = Whose(frozenset({"manager"}), "manager")
    assert log.search(Search(whose=whose)).records == ()
    log.take_over(taken, "manager", "The author is away", NOW)
    assert [one.reference for one in log.search(Search(whose=whose)).records] == [taken]
    log.correct(taken, {"decision": FieldValue(("not-shared",))}, "Wrong", draft.by, NOW)
    assert log.inbox(NOW, 1, whose).waiting[0].reference == taken
    assert log.search(Search(whose=Whose(frozenset({"manager"})))).records == ()
