"""The advisers' side: who sees what, taking, replying, handing on, conflicts, outcomes, and two at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta

import pytest

from bot.consultations import (
    LONGEST_TEXT,
    OUTCOME_LABELS,
    Advice,
    Adviser,
    AdviserThread,
    CannotHandOn,
    InvalidRequest,
    Kind,
    Line,
    Link,
    NotYours,
    Outcome,
    SomebodyWasFirst,
    State,
    Subject,
    ThreadClosed,
    adviser_from,
)
from tests.consultations.conftest import Make
from tests.support.advice import ADVISER, OTHER_ADVISER, reply, request
from tests.support.people import Clock

HOUR = 60 * 60
NORTH = Adviser("north", ("rochdale", "national"), (Subject.CHILDREN,))
SOUTH = Adviser("south", ("bath", "national"), (Subject.CHILDREN, Subject.ADULTS))
AREAS = {"national": "National", "rochdale": "Rochdale", "bath": "Bath and North East Somerset"}


def _version(advice: Advice, reference: str, adviser: Adviser = ADVISER) -> int:
    return advice.desk.thread(adviser, reference).version


def _waiting(advice: Advice, adviser: Adviser) -> set[str]:
    return {line.reference for line in advice.desk.inbox(adviser).waiting}


def test_a_list_holds_the_adviser_s_areas_and_subjects(anywhere: Advice) -> None:
    sent = {
        (area, subject): anywhere.send(request(area=area, subject=subject), f"{area} {subject}").reference
        for area in ("rochdale", "bath", "national") for subject in Subject
    }  # fmt: skip
    assert _waiting(anywhere, NORTH) == {sent["rochdale", Subject.CHILDREN], sent["national", Subject.CHILDREN]}
    assert _waiting(anywhere, SOUTH) == {
        sent[area, subject] for area in ("bath", "national") for subject in (Subject.CHILDREN, Subject.ADULTS)
    }
    assert _waiting(anywhere, ADVISER) == set(sent.values())
    assert _waiting(anywhere, Adviser("nothing", ("rochdale",), ())) == set()
    with pytest.raises(NotYours):
        anywhere.desk.thread(NORTH, sent["bath", Subject.CHILDREN])


def test_nothing_that_an_adviser_sees_tells_who_asked_or_the_minute(advice: Advice, clock: Clock) -> None:
    clock.now += 1234
    receipt = advice.send(request(), "telegram:4711")
    advice.set_notice(receipt.ticket, b"telegram:4711")
    seen = advice.desk.thread(ADVISER, receipt.reference)
    assert "4711" not in str(seen) and "telegram" not in str(seen)
    assert {field.name for field in fields(AdviserThread)} == {
        "line", "check", "answers", "messages", "version", "read", "expires"
    }  # fmt: skip
    assert {field.name for field in fields(Line)} == {
        "reference", "area", "subject", "urgency", "state", "since", "acknowledge_by", "reply_by", "acknowledged",
        "overdue", "mine", "others", "outcome",
    }  # fmt: skip
    moments = [value for value in (*vars(seen.line).values(), *(each.at for each in seen.messages), seen.expires)
               if isinstance(value, datetime)]  # fmt: skip
    assert len(moments) == 5 and all((each.minute, each.second, each.microsecond) == (0, 0, 0) for each in moments)


def test_what_is_taken_leaves_the_others_lists(anywhere: Advice) -> None:
    receipt = anywhere.send(request(), "web")
    anywhere.desk.take(ADVISER, receipt.reference, _version(anywhere, receipt.reference))
    assert anywhere.view(receipt.ticket).acknowledged
    assert _waiting(anywhere, ADVISER) == {receipt.reference} and _waiting(anywhere, OTHER_ADVISER) == set()
    with pytest.raises(NotYours):
        anywhere.desk.thread(OTHER_ADVISER, receipt.reference)


def test_what_is_overdue_is_everybody_s_again(anywhere: Advice, clock: Clock) -> None:
    receipt = anywhere.send(request(urgency="same-day"), "web")
    clock.now += 2 * HOUR  # past the time to acknowledge
    assert [line.reference for line in anywhere.desk.inbox(ADVISER).overdue] == [receipt.reference]
    anywhere.desk.take(ADVISER, receipt.reference, _version(anywhere, receipt.reference))
    assert anywhere.desk.inbox(ADVISER).overdue == ()
    clock.now += 4 * HOUR  # and past the time to reply
    (line,) = anywhere.desk.inbox(OTHER_ADVISER).overdue
    assert line.others and not line.mine
    reply(anywhere, receipt.reference, "I am here now.", OTHER_ADVISER)
    assert [line.reference for line in anywhere.desk.inbox(OTHER_ADVISER).answered] == [receipt.reference]
    assert anywhere.desk.inbox(ADVISER).answered == ()


def test_lists_are_in_the_order_of_their_deadlines(advice: Advice, clock: Clock) -> None:
    order = ("routine", "same-day", "within-3-working-days")
    sent = {urgency: advice.send(request(urgency=urgency), urgency).reference for urgency in order}
    found = [line.reference for line in advice.desk.inbox(ADVISER).waiting]
    assert found == [sent["same-day"], sent["within-3-working-days"], sent["routine"]]


def test_a_reply_carries_links_that_lead_somewhere(make: Make) -> None:
    known = {Link("topic", "consent"), Link("check", "share-decision")}
    advice = make(known=lambda link: link in known)
    receipt = advice.send(request(), "web")
    version = _version(advice, receipt.reference)
    for links in ((Link("topic", "nowhere"),), tuple(known) * 5):
        with pytest.raises(InvalidRequest) as refused:
            advice.desk.reply(ADVISER, receipt.reference, "See these.", links=links, version=version)
        assert refused.value.field == "links"
    advice.desk.reply(ADVISER, receipt.reference, "See these.", links=tuple(known), version=version)
    assert set(advice.view(receipt.ticket).messages[-1].links) == known


@pytest.mark.parametrize("words", ["", "  \n", "a" * (LONGEST_TEXT + 1)])
def test_an_empty_or_endless_reply_is_not_sent(advice: Advice, words: str) -> None:
    receipt = advice.send(request(), "web")
    with pytest.raises(InvalidRequest):
        advice.desk.reply(ADVISER, receipt.reference, words, version=_version(advice, receipt.reference))
    assert len(advice.view(receipt.ticket).messages) == 1


def test_the_second_of_two_advisers_is_told(anywhere: Advice) -> None:
    receipt = anywhere.send(request(), "web")
    version = _version(anywhere, receipt.reference)
    told: list[str] = []
    begin = threading.Barrier(2)

    def answer(adviser: Adviser) -> None:
        begin.wait()
        try:
            anywhere.desk.reply(adviser, receipt.reference, f"From {adviser.id}.", version=version)
            told.append("sent")
        except SomebodyWasFirst:
            told.append("second")

    threads = [threading.Thread(target=answer, args=(adviser,)) for adviser in (ADVISER, OTHER_ADVISER)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(told) == ["second", "sent"]
    assert len(anywhere.view(receipt.ticket).messages) == 2


def test_an_adviser_is_told_that_the_user_wrote_meanwhile(advice: Advice) -> None:
    receipt = advice.send(request(), "web")
    version = _version(advice, receipt.reference)
    advice.write(receipt.ticket, "I forgot something.")
    with pytest.raises(SomebodyWasFirst):
        advice.desk.reply(ADVISER, receipt.reference, "Answer.", version=version)
    assert advice.view(receipt.ticket).messages[-1].text == "I forgot something."


def test_what_is_put_back_waits_to_be_taken_again(anywhere: Advice, clock: Clock) -> None:
    receipt = anywhere.send(request(urgency="same-day"), "web")
    anywhere.desk.take(ADVISER, receipt.reference, _version(anywhere, receipt.reference))
    clock.now += 2 * HOUR  # past the first time to take it
    anywhere.desk.put_back(ADVISER, receipt.reference, version=_version(anywhere, receipt.reference))
    seen = anywhere.open(receipt.code, "web").thread
    assert not seen.acknowledged and not seen.overdue
    assert receipt.acknowledge_by < seen.acknowledge_by <= seen.reply_by == receipt.reply_by
    clock.now += 2 * HOUR
    anywhere.desk.put_back(ADVISER, receipt.reference, version=_version(anywhere, receipt.reference))
    again = anywhere.open(receipt.code, "web").thread
    assert again.acknowledge_by == seen.acknowledge_by and again.overdue, "what nobody took was put off"


def test_a_conflict_tells_the_user_that_nobody_has_it_unless_somebody_has(anywhere: Advice, clock: Clock) -> None:
    held, free = (anywhere.send(request(urgency="same-day"), name) for name in ("one", "two"))
    for receipt in (held, free):
        anywhere.desk.take(ADVISER, receipt.reference, _version(anywhere, receipt.reference))
    anywhere.desk.declare_conflict(ADVISER, free.reference)
    assert not anywhere.view(free.ticket).acknowledged
    clock.now += 5 * HOUR  # late, so that others see it
    anywhere.desk.declare_conflict(OTHER_ADVISER, held.reference)
    assert anywhere.open(held.code, "web").thread.acknowledged


def test_a_new_message_is_to_be_taken_where_no_adviser_has_the_thread(anywhere: Advice, clock: Clock) -> None:
    held, free = (anywhere.send(request(urgency="same-day"), name) for name in ("one", "two"))
    for receipt in (held, free):
        reply(anywhere, receipt.reference, "Ask the health visitor.")
    anywhere.desk.put_back(ADVISER, free.reference, version=_version(anywhere, free.reference))
    clock.now += 24 * HOUR
    assert anywhere.write(anywhere.open(held.code, "web").ticket, "And the school?").acknowledged
    seen = anywhere.write(anywhere.open(free.code, "web").ticket, "And the school?")
    assert not seen.acknowledged and not seen.overdue and free.reply_by < seen.acknowledge_by < seen.reply_by


def test_a_thread_is_handed_on_to_somebody_who_answers_on_it(anywhere: Advice) -> None:
    receipt = anywhere.send(request(), "web")
    version = _version(anywhere, receipt.reference)
    adults = Adviser("adults", ("*",), (Subject.ADULTS,))
    for to in (adults, ADVISER):
        with pytest.raises(CannotHandOn):
            anywhere.desk.hand_on(ADVISER, receipt.reference, to, version=version)
    assert anywhere.desk.able(receipt.reference, (adults, OTHER_ADVISER)) == (OTHER_ADVISER,)
    anywhere.desk.hand_on(ADVISER, receipt.reference, OTHER_ADVISER, version=version)
    assert _waiting(anywhere, ADVISER) == set() and _waiting(anywhere, OTHER_ADVISER) == {receipt.reference}
    back = _version(anywhere, receipt.reference, OTHER_ADVISER)
    anywhere.desk.put_back(OTHER_ADVISER, receipt.reference, version=back)
    assert _waiting(anywhere, ADVISER) == {receipt.reference}


def test_a_conflict_takes_the_thread_away_for_good(anywhere: Advice, clock: Clock) -> None:
    receipt = anywhere.send(request(urgency="same-day"), "web")
    version = _version(anywhere, receipt.reference)
    anywhere.desk.take(ADVISER, receipt.reference, version)
    anywhere.desk.declare_conflict(ADVISER, receipt.reference)
    assert _waiting(anywhere, ADVISER) == set() and _waiting(anywhere, OTHER_ADVISER) == {receipt.reference}
    for act in (
        lambda: anywhere.desk.thread(ADVISER, receipt.reference),
        lambda: anywhere.desk.take(ADVISER, receipt.reference, version + 2),
        lambda: anywhere.desk.reply(ADVISER, receipt.reference, "Answer.", version=version + 2),
        lambda: anywhere.desk.declare_conflict(ADVISER, receipt.reference),
    ):
        with pytest.raises(NotYours):
            act()
    assert anywhere.desk.able(receipt.reference, (ADVISER, OTHER_ADVISER)) == (OTHER_ADVISER,)
    other = _version(anywhere, receipt.reference, OTHER_ADVISER)
    with pytest.raises(CannotHandOn):
        anywhere.desk.hand_on(OTHER_ADVISER, receipt.reference, ADVISER, version=other)
    clock.now += 3 * 24 * HOUR
    assert anywhere.desk.inbox(ADVISER).overdue == ()
    reply(anywhere, receipt.reference, "Answer.", OTHER_ADVISER)
    assert anywhere.desk.inbox(ADVISER).answered == ()


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_outcome_is_seen_by_the_user(advice: Advice, outcome: Outcome) -> None:
    receipt = advice.send(request(), "web")
    advice.desk.mark_outcome(ADVISER, receipt.reference, outcome, version=_version(advice, receipt.reference))
    seen = advice.view(receipt.ticket)
    assert (seen.outcome, seen.state, seen.unread) == (outcome, State.ANSWERED, 1)
    assert (seen.messages[-1].kind, seen.messages[-1].text) == (Kind.OUTCOME, OUTCOME_LABELS[outcome])
    (line,) = advice.desk.inbox(ADVISER).answered
    assert line.outcome is outcome


def test_nothing_is_written_in_a_closed_thread(advice: Advice) -> None:
    receipt = advice.send(request(), "web")
    reply(advice, receipt.reference, "Answer.")
    advice.close(receipt.ticket)
    version = _version(advice, receipt.reference)
    acts: tuple[Callable[[], None], ...] = (
        lambda: advice.desk.reply(ADVISER, receipt.reference, "More.", version=version),
        lambda: advice.desk.ask(ADVISER, receipt.reference, "More?", version=version),
        lambda: advice.desk.take(ADVISER, receipt.reference, version),
        lambda: advice.desk.hand_on(ADVISER, receipt.reference, OTHER_ADVISER, version=version),
        lambda: advice.desk.mark_outcome(ADVISER, receipt.reference, Outcome.ADVICE_GIVEN, version=version),
    )
    for act in acts:
        with pytest.raises(ThreadClosed):
            act()
    assert [line.state for line in advice.desk.inbox(ADVISER).answered] == [State.CLOSED]


def test_an_expired_thread_is_no_adviser_s(advice: Advice, clock: Clock) -> None:
    receipt = advice.send(request(), "web")
    clock.now += timedelta(days=30).total_seconds()
    assert _waiting(advice, ADVISER) == set()
    with pytest.raises(NotYours):
        advice.desk.thread(ADVISER, receipt.reference)


@pytest.mark.parametrize(
    ("area", "subjects", "areas", "about"),
    [
        ("", ("children",), ("*",), (Subject.CHILDREN,)),
        ("All areas", ("Data Protection", "adults"), ("*",), (Subject.DATA_PROTECTION, Subject.ADULTS)),
        ("Rochdale", ("data-protection",), ("rochdale", "national"), (Subject.DATA_PROTECTION,)),
        ("rochdale, bath and north east somerset", ("adults",), ("rochdale", "bath", "national"), (Subject.ADULTS,)),
        ("Somewhere else", ("housing",), ("national",), ()),
    ],
)
def test_an_account_says_in_words_who_an_adviser_is(
    area: str, subjects: tuple[str, ...], areas: tuple[str, ...], about: tuple[Subject, ...]
) -> None:
    found = adviser_from("id", area, subjects, AREAS, "national")
    assert (found.areas, found.subjects) == (areas, about)
