"""A thread from its receipt to its end, as the user has it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, inspect, select, text

from bot.consultations import (
    LONGEST_TEXT,
    MOST_MESSAGES,
    URGENCIES,
    Advice,
    AdviceSchemaError,
    AdviceUnavailable,
    Answer,
    CodeRefused,
    EmergencyNotQueued,
    InvalidRequest,
    Kind,
    NobodyAnswers,
    Outcome,
    Side,
    State,
    Subject,
    ThreadClosed,
    ThreadGone,
    TicketExpired,
    TooManyRequests,
    WrongAdviceKey,
)
from bot.consultations.schema import metadata, thread
from bot.consultations.throttle import FREE_REQUESTS, REQUEST_SECONDS, Requests
from bot.consultations.tickets import IDLE_SECONDS
from tests.consultations.conftest import Make, engine_of
from tests.support.advice import ADVISER, advice_at, make_advice, reply, request
from tests.support.people import Clock

DAY = 24 * 60 * 60
ANSWERS = (Answer("Do you have a lawful reason?", "Not sure"), Answer("Is there a risk?", "Yes"))


def test_a_question_is_sent_answered_and_read(anywhere: Advice) -> None:
    receipt = anywhere.send(request("A child told me.", "same-day", answers=ANSWERS, check="share-decision"), "web")
    opened = anywhere.open(receipt.code, "phone")
    assert opened.thread.answers == ANSWERS and opened.thread.check == "share-decision"
    assert [message.text for message in opened.thread.messages] == ["A child told me."]
    assert opened.thread.state is State.WAITING and not opened.thread.acknowledged and opened.thread.unread == 0
    reply(anywhere, receipt.reference, "Write down what was said.")
    seen = anywhere.view(opened.ticket)
    assert seen.state is State.ANSWERED and seen.acknowledged and seen.unread == 1
    assert (seen.messages[-1].side, seen.messages[-1].text) == (Side.ADVISER, "Write down what was said.")
    anywhere.mark_read(opened.ticket, anywhere.view(opened.ticket))
    assert anywhere.view(opened.ticket).unread == 0
    assert anywhere.desk.thread(ADVISER, receipt.reference).read


def test_the_receipt_says_what_the_thread_says(advice: Advice, clock: Clock) -> None:
    due = advice.times("national", "same-day")
    receipt = advice.send(request(urgency="same-day"), "web")
    seen = advice.view(receipt.ticket)
    assert (receipt.acknowledge_by, receipt.reply_by) == (due.acknowledge_by, due.reply_by)
    assert (seen.acknowledge_by, seen.reply_by, seen.expires) == (
        receipt.acknowledge_by, receipt.reply_by, receipt.expires
    )  # fmt: skip
    assert receipt.next_working is None
    assert receipt.expires == datetime(2026, 12, 20, 9, tzinfo=UTC) and advice.days_kept == 30
    assert receipt.code not in repr(receipt) and receipt.ticket not in repr(receipt)


def test_an_emergency_is_never_queued(advice: Advice) -> None:
    with pytest.raises(EmergencyNotQueued) as refused:
        advice.send(request(urgency="now"), "web")
    assert "999" in refused.value.remedy
    assert advice.numbers().threads == 0 and "now" not in URGENCIES


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("text", request(" \n ")),
        ("text", request("a" * (LONGEST_TEXT + 1))),
        ("urgency", request(urgency="soon")),
        ("area", request(area="")),
        ("answers", request(answers=(Answer("q", "a"),) * 41)),
        ("answers", request(answers=(Answer("q" * 601, "a"),))),
        ("subject", request(subject="housing")),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_sent_names_its_field(advice: Advice, field: str, wrong: object) -> None:
    with pytest.raises(InvalidRequest) as refused:
        advice.send(wrong, "web")  # type: ignore[arg-type]
    assert refused.value.field == field
    assert advice.numbers().threads == 0


def test_nothing_is_sent_where_nobody_answers(make: Make) -> None:
    advice = make(anyone=lambda area, subject: subject is Subject.ADULTS)
    with pytest.raises(NobodyAnswers):
        advice.send(request(), "web")
    assert advice.numbers().threads == 0
    assert advice.send(request(subject=Subject.ADULTS), "web").code


def test_one_place_cannot_fill_the_list(advice: Advice, clock: Clock) -> None:
    for _ in range(FREE_REQUESTS):
        advice.send(request(), "web")
    with pytest.raises(TooManyRequests) as refused:
        advice.send(request(), "web")
    assert 0 < refused.value.seconds <= REQUEST_SECONDS
    advice.send(request(), "elsewhere")
    clock.now += refused.value.seconds
    advice.send(request(), "web")


def test_writing_again_begins_the_advisers_turn_again(anywhere: Advice, clock: Clock) -> None:
    receipt = anywhere.send(request(urgency="same-day"), "web")
    version = anywhere.desk.thread(ADVISER, receipt.reference).version
    anywhere.desk.ask(ADVISER, receipt.reference, "How old is the child?", version=version)
    assert anywhere.view(receipt.ticket).state is State.ASKED
    clock.now += 5 * 60 * 60  # past the first deadline
    opened = anywhere.open(receipt.code, "web")
    assert not opened.thread.overdue
    seen = anywhere.write(opened.ticket, "Ten or eleven.")
    assert seen.state is State.WAITING and seen.reply_by > receipt.reply_by
    assert [each.kind for each in seen.messages] == [Kind.SITUATION, Kind.QUESTION, Kind.MESSAGE]


def test_more_words_do_not_put_off_the_deadline(advice: Advice, clock: Clock) -> None:
    receipt = advice.send(request(), "web")
    clock.now += DAY
    opened = advice.open(receipt.code, "web")
    assert advice.write(opened.ticket, "One more thing.").reply_by == receipt.reply_by


def test_a_closed_thread_takes_no_more(anywhere: Advice) -> None:
    receipt = anywhere.send(request(), "web")
    assert anywhere.close(receipt.ticket).state is State.CLOSED
    with pytest.raises(ThreadClosed):
        anywhere.write(receipt.ticket, "more")
    with pytest.raises(ThreadClosed):
        anywhere.referred(receipt.ticket)
    assert anywhere.open(receipt.code, "web").thread.state is State.CLOSED


def test_a_thread_takes_only_so_many_messages(advice: Advice) -> None:
    receipt = advice.send(request(), "web")
    with engine_of(advice).begin() as connection:
        connection.execute(text(f"UPDATE advice_message SET position = {MOST_MESSAGES}"))
    with pytest.raises(InvalidRequest):
        advice.write(receipt.ticket, "more")


def _rows(advice: Advice) -> int:
    with engine_of(advice).connect() as connection:
        tables = [table for table in metadata.sorted_tables if table.name != "advice_about"]
        return sum(len(connection.execute(select(table)).all()) for table in tables)


def test_wiping_leaves_no_row(anywhere: Advice) -> None:
    receipt = anywhere.send(request(), "web")
    anywhere.set_notice(receipt.ticket, b"42")
    anywhere.desk.declare_conflict(ADVISER, receipt.reference)
    assert _rows(anywhere) == 3
    other = anywhere.open(receipt.code, "phone")
    anywhere.wipe(receipt.ticket)
    assert _rows(anywhere) == 0
    with pytest.raises(CodeRefused):
        anywhere.open(receipt.code, "web")
    with pytest.raises(TicketExpired):
        anywhere.view(receipt.ticket)
    with pytest.raises(ThreadGone):
        anywhere.view(other.ticket)


def test_a_thread_is_destroyed_thirty_days_after_its_last_message(anywhere: Advice, clock: Clock) -> None:
    early = anywhere.send(request(), "web")
    late = anywhere.send(request(), "web")
    clock.now += 29 * DAY
    late_thread = anywhere.write(anywhere.open(late.code, "web").ticket, "Still here.")
    assert late_thread.expires == late.expires + timedelta(days=29)
    assert anywhere.sweep() == 0
    clock.now += 1 * DAY
    with pytest.raises(CodeRefused):  # over, though not swept yet
        anywhere.open(early.code, "web")
    assert anywhere.sweep() == 1
    assert anywhere.numbers().threads == 1 and anywhere.open(late.code, "web")
    clock.now += 29 * DAY
    assert anywhere.sweep() == 1 and _rows(anywhere) == 0


def test_days_can_be_set(make: Make) -> None:
    receipt = make(days_kept=2).send(request(), "web")
    assert receipt.expires == datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_a_ticket_ends_at_rest_and_with_the_process(make: Make, clock: Clock) -> None:
    advice = make()
    receipt = advice.send(request(), "web")
    clock.now += IDLE_SECONDS - 1
    advice.view(receipt.ticket)
    clock.now += IDLE_SECONDS
    with pytest.raises(TicketExpired):
        advice.view(receipt.ticket)
    ticket = advice.open(receipt.code, "web").ticket
    with pytest.raises(TicketExpired):
        make().view(ticket)
    advice.leave(ticket)
    with pytest.raises(TicketExpired):
        advice.view(ticket)


def test_a_named_referral_is_told_without_a_name(advice: Advice) -> None:
    receipt = advice.send(request(), "web")
    seen = advice.referred(receipt.ticket)
    assert seen.messages[-1].kind is Kind.REFERRED and seen.state is State.WAITING


def test_a_record_may_hold_the_reference_and_the_outcome(advice: Advice) -> None:
    receipt = advice.send(request(), "web")
    before = advice.for_record(receipt.ticket)
    assert (before.reference, before.outcome, before.replied_on) == (receipt.reference, None, None)
    reply(advice, receipt.reference, "Tell social care.")
    version = advice.desk.thread(ADVISER, receipt.reference).version
    advice.desk.mark_outcome(ADVISER, receipt.reference, Outcome.REFER_CHILDREN, version=version)
    after = advice.for_record(receipt.ticket)
    assert after.outcome is Outcome.REFER_CHILDREN and after.outcome_label == "Refer to children's social care"
    assert after.replied_on == datetime(2026, 11, 20).date()
    assert Outcome.REFER_CHILDREN.needs_name and not Outcome.ADVICE_GIVEN.needs_name


def test_nobody_is_told_of_a_reply_who_did_not_ask_to_be(anywhere: Advice) -> None:
    receipt = anywhere.send(request(), "web")
    reply(anywhere, receipt.reference, "Write it down.")
    assert anywhere.pending_notices() == () and not anywhere.view(receipt.ticket).notified


def test_whoever_asked_is_told_of_each_reply_once(anywhere: Advice) -> None:
    receipts = [anywhere.send(request(), f"web-{number}") for number in range(3)]
    for number, receipt in enumerate(receipts):
        anywhere.set_notice(receipt.ticket, f"chat {number}".encode())
    assert anywhere.view(receipts[0].ticket).notified and anywhere.pending_notices() == ()
    reply(anywhere, receipts[1].reference, "Write it down.")
    (notice,) = anywhere.pending_notices()
    assert notice.address == b"chat 1" and "chat" not in repr(notice)
    anywhere.notice_told(notice)
    assert anywhere.pending_notices() == ()
    reply(anywhere, receipts[1].reference, "And sign it.")
    assert [each.address for each in anywhere.pending_notices()] == [b"chat 1"]
    ticket = receipts[1].ticket
    anywhere.mark_read(ticket, anywhere.view(ticket))  # read in another channel meanwhile
    assert anywhere.pending_notices() == ()
    anywhere.set_notice(receipts[1].ticket, None)
    reply(anywhere, receipts[1].reference, "One more.")
    assert anywhere.pending_notices() == ()


def test_an_answer_that_came_after_the_thread_was_shown_is_not_read(anywhere: Advice) -> None:
    receipt = anywhere.send(request(), "web")
    anywhere.set_notice(receipt.ticket, b"chat")
    shown = anywhere.view(receipt.ticket)
    reply(anywhere, receipt.reference, "Write it down.")
    anywhere.mark_read(receipt.ticket, shown)
    assert len(anywhere.pending_notices()) == 1 and anywhere.view(receipt.ticket).unread == 1
    assert not anywhere.desk.thread(ADVISER, receipt.reference).read


def test_what_is_told_to_have_failed_was_not_written(anywhere: Advice) -> None:
    receipt = anywhere.send(request(), "web")
    begun: list[object] = []
    event.listen(engine_of(anywhere), "begin", begun.append)
    changes: tuple[Callable[[], object], ...] = (
        lambda: anywhere.write(receipt.ticket, "More."), lambda: anywhere.referred(receipt.ticket),
        lambda: anywhere.close(receipt.ticket),
    )  # fmt: skip
    for change in changes:
        begun.clear()
        change()
        assert len(begun) == 1, "it was read again after it was written: where that fails, it is sent twice"


def test_a_notice_address_is_short(advice: Advice) -> None:
    receipt = advice.send(request(), "web")
    for address in (b"", b"a" * 201):
        with pytest.raises(InvalidRequest):
            advice.set_notice(receipt.ticket, address)


def test_the_numbers_are_for_whoever_runs_it(advice: Advice, clock: Clock) -> None:
    receipts = [advice.send(request(urgency="same-day"), f"web-{number}") for number in range(3)]
    reply(advice, receipts[0].reference, "Write it down.")
    clock.now += DAY
    numbers = advice.numbers()
    assert (numbers.threads, numbers.waiting, numbers.overdue) == (3, 2, 2)


def test_the_database_holds_hours_and_nothing_finer(advice: Advice, clock: Clock) -> None:
    clock.now += 123
    receipt = advice.send(request(), "web")
    reply(advice, receipt.reference, "Write it down.")
    with engine_of(advice).connect() as connection:
        row = connection.execute(select(thread)).one()
        moments = [row.last_at, row.expires_at, row.acknowledge_by, row.reply_by]
        moments += connection.execute(text("SELECT at FROM advice_message")).scalars().all()
    assert len(moments) == 6 and all(moment % 3600 == 0 for moment in moments)


def test_the_file_is_closed_to_others_and_made_as_declared(tmp_path: Path) -> None:
    advice = make_advice(tmp_path)
    assert stat.S_IMODE((tmp_path / "advice.db").stat().st_mode) == 0o600
    made = inspect(engine_of(advice))
    for table in metadata.sorted_tables:
        assert {column["name"] for column in made.get_columns(table.name)} == {column.name for column in table.columns}
        assert {each["name"] for each in made.get_indexes(table.name)} == {each.name for each in table.indexes}
    advice.close_database()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://a/b", "sqlite://", "sqlite:///:memory:", "postgresql://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(AdviceUnavailable, match="SHAREWELL_ADVICE_URL"):
        advice_at(url)


def test_another_database_is_not_touched(url: str, tmp_path: Path) -> None:
    strange = f"sqlite:///{tmp_path / 'strange.db'}" if url.startswith("sqlite") else url
    engine = create_engine(strange.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (id INTEGER)"))
    with pytest.raises(AdviceSchemaError):
        advice_at(strange)
    assert inspect(engine).get_table_names() == ["other"]
    engine.dispose()


@pytest.mark.parametrize("fact", ["advice_id", "key_check", "locator_key"])
def test_a_database_that_does_not_know_its_key_is_refused(make: Make, sqlite_url: str, fact: str) -> None:
    with engine_of(make()).begin() as connection:
        connection.execute(text("DELETE FROM advice_about WHERE name = :fact"), {"fact": fact})
    with pytest.raises(AdviceSchemaError, match="something other"):
        advice_at(sqlite_url)


def test_without_a_key_no_tables_are_made(postgresql_url: str, tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path / 'none.db'}", postgresql_url):
        with pytest.raises(WrongAdviceKey):
            advice_at(url, keys=list)
        advice_at(url).close_database()


def test_how_many_were_sent_is_forgotten_after_an_hour(clock: Clock) -> None:
    requests = Requests(clock)
    assert [requests.from_place("web") for _ in range(FREE_REQUESTS + 1)] == [0] * FREE_REQUESTS + [REQUEST_SECONDS]
    requests.sweep()
    assert len(requests._sent) == 1
    clock.now += REQUEST_SECONDS
    requests.sweep()
    assert len(requests._sent) == 0 and requests.from_place("web") == 0


def test_a_newer_schema_is_left_alone(make: Make, sqlite_url: str) -> None:
    advice = make()
    with engine_of(advice).begin() as connection:
        connection.execute(text("UPDATE advice_about SET value = '2' WHERE name = 'schema_version'"))
    with pytest.raises(AdviceSchemaError):
        advice_at(sqlite_url)
