"""The figures of `sharewell bench`: percentiles, ratios, aims, the table, and the check of order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.benchmark.load import SENDERS, messages_each
from bot.benchmark.ordering import LATE, Delivery, delivery
from bot.benchmark.ours import Spent
from bot.benchmark.report import BenchmarkError, Figure, Report, median, p95, ratio
from bot.benchmark.texts import cycled, questions, urgent_text
from tests.support.assistants import detector, gate, knowledge


def test_the_95th_percentile_is_a_measured_value() -> None:
    assert p95(list(range(1, 101))) == 95
    assert p95([7.0]) == 7.0
    assert p95([3.0, 1.0, 2.0]) == 3.0
    assert p95(list(range(1, 21))) == 19


def test_nothing_measured_is_an_error() -> None:
    for reckon in (p95, median):
        with pytest.raises(BenchmarkError):
            reckon([])
    with pytest.raises(BenchmarkError):
        ratio(1.0, 0.0)


def test_a_ratio_is_ours_over_bare() -> None:
    assert ratio(30.0, 20.0) == 1.5


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure("a", 1.3, "", 1.3), True),
        (Figure("a", 1.31, "", 1.3), False),
        (Figure("a", 0.8, "", 0.8, "at least"), True),
        (Figure("a", 0.79, "", 0.8, "at least"), False),
        (Figure("a", 0.0, "messages", 0.0), True),
        (Figure("a", 9.0, "s"), None),
    ],
)
def test_whether_an_aim_is_met(figure: Figure, met: bool | None) -> None:
    assert figure.met is met
    assert figure.as_json()["met"] is met


def test_the_table_shows_every_figure_and_its_verdict() -> None:
    figures = Figure("quick one", 1.0, "ms", 2.0), Figure("slow one", 3.0, "ms", 2.0), Figure("plain", 4.0, "s")
    report = Report(figures, 9.6)
    lines = report.table().splitlines()
    assert any("quick one" in line and "1.00 ms" in line and "at most 2" in line and " met" in line for line in lines)
    assert any("slow one" in line and "NOT MET" in line for line in lines)
    assert any("plain" in line and "MET" not in line.upper() for line in lines)
    assert lines[-1] == "The run took 10 s."
    assert report.as_json()["met"] is False


def test_replies_in_order_are_whole() -> None:
    found = delivery({"a": ["1", "2"], "b": ["3"]}, {"a": ["1", "2"], "b": ["3"]})
    assert found == Delivery(3, 0, 0)
    assert found.whole


@pytest.mark.parametrize(
    ("received", "lost", "misplaced"),
    [
        ({"a": ["2", "1"], "b": ["3"]}, 0, 2),
        ({"a": ["1"], "b": ["3"]}, 1, 0),
        ({"a": ["1", "2"]}, 1, 0),
        ({"a": ["1", ""], "b": ["3"]}, 1, 0),
        ({"a": ["1", "3"], "b": ["2"]}, 0, 2),
        ({"a": ["1", "2", "2"], "b": ["3"]}, 0, 1),
        ({"a": ["2"], "b": ["3"]}, 1, 1),
        ({}, 3, 0),
    ],
)
def test_lost_and_misplaced_replies_are_told(received: dict[str, list[str]], lost: int, misplaced: int) -> None:
    found = delivery({"a": ["1", "2"], "b": ["3"]}, received)
    assert (found.lost, found.misplaced) == (lost, misplaced)
    assert not found.whole


def test_a_reply_without_rasa_is_late_and_neither_lost_nor_misplaced() -> None:
    found = delivery({"a": ["1", "2", "3"]}, {"a": ["1", LATE, "3"]})
    assert found == Delivery(3, 0, 0, 1)
    assert not found.whole


def test_nothing_sent_is_not_whole() -> None:
    assert not delivery({}, {}).whole


def test_a_slow_machine_sends_fewer_messages_and_never_none() -> None:
    assert messages_each(10, 40.0, 0.015) == 10
    assert messages_each(10, 40.0, 0.05) == 5
    assert messages_each(10, 40.0, 5.0) == 2
    assert SENDERS == 20


def test_the_time_of_a_turn_without_rasa() -> None:
    assert Spent(5.0, 2.0) - (Spent(1.0, 0.5) + Spent(2.0, 0.5)) == Spent(2.0, 1.0)


def test_texts_are_taken_round() -> None:
    assert cycled(["a", "b", "c"], 2, 5) == ["c", "a", "b", "c", "a"]


def test_the_messages_are_examples_that_are_calm_and_name_nobody() -> None:
    # A part of the topics: to read every example three times takes a minute.
    some = dict(list(knowledge().topics.items())[::12])
    part = replace(knowledge(), topics=some)
    texts = questions(part, gate(), detector())
    examples = {example for topic in some.values() for example in topic.examples}
    assert len(texts) > len(examples) / 2
    assert set(texts) <= examples
    assert [text for text in texts if gate().scan(text) or detector().detect(text)] == []
    assert texts == questions(part, gate(), detector()), "every run measures the same messages"


def test_the_urgent_message_raises_the_alarm() -> None:
    assert detector().detect(urgent_text(knowledge(), detector())) is not None
