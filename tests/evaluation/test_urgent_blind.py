"""Danger told by people who had seen neither cues nor examples: what is missed, and what is raised for nothing."""

from __future__ import annotations

import yaml

from bot.evaluation.overlap import Trained, training_examples
from bot.evaluation.sets import SETS
from bot.settings import ROOT
from bot.urgent.measure import evaluate
from tests.support.assistants import detector, knowledge

BLIND = SETS / "urgent_blind.yml"
NEWEST = SETS / "urgent_blind_6.yml"
LOWEST_RECALL = 0.98
HIGHEST_FALSE_ALARM_RATE = 0.18
"""Of messages that were chosen to alarm by their words. A false alarm is bearable, a miss is not."""

LONGEST_FRAGMENT = 10
"""Words: what is longer is no fragment, and has no higher bar in a check."""

MOST_LOST = 5
"""Of all reports, the short ones without any cue that pass for a fragment of an answer."""


def test_reports_told_indirectly_are_found() -> None:
    report = evaluate(detector(), BLIND)
    assert report.recall >= LOWEST_RECALL, report.missed
    assert report.false_alarm_rate <= HIGHEST_FALSE_ALARM_RATE, report.false_alarms


def test_the_aims_are_met_on_the_newest_messages() -> None:
    report = evaluate(detector(), NEWEST)
    assert report.recall == 1.0, report.missed
    assert report.false_alarm_rate <= 0.05, report.false_alarms


def test_a_report_in_the_place_of_an_answer_is_found_as_anywhere() -> None:
    texts = [
        item["text"]
        for file in sorted(SETS.glob("urgent*.yml"))
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["urgent"]
    ]
    assert len(texts) > 900
    lost = [text for text in texts if detector().detect(text) and not detector().detect_in_answer(text)]
    assert [text for text in lost if len(text.split()) > LONGEST_FRAGMENT] == []
    assert len(lost) <= MOST_LOST


def test_no_blind_message_was_trained_on() -> None:
    messages = yaml.safe_load(BLIND.read_text(encoding="utf-8"))
    trained = Trained(training_examples(knowledge(), ROOT / "nlu" / "data"))
    assert [item["text"] for kind in ("urgent", "calm") for item in messages[kind] if item["text"] in trained] == []
