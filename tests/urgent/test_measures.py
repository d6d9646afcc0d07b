"""Measured on messages that stand among nobody's examples. The limits are what was reached, less a margin."""

from __future__ import annotations

from collections.abc import Mapping

import yaml
from urgent_support import MESSAGES, TriggerFile

from bot.urgent import Detector
from bot.urgent.measure import evaluate

LOWEST_RECALL = 0.99
LOWEST_RIGHT_TRIGGER = 0.90
HIGHEST_FALSE_ALARM_RATE = 0.05
LONGEST_MEDIAN_MILLISECONDS = 5.0
"""Five times the aim of one, so that a busy machine does not fail the build."""


def test_recall_and_false_alarms(detector: Detector) -> None:
    report = evaluate(detector, MESSAGES)
    assert report.recall >= LOWEST_RECALL, report.missed
    assert report.right_trigger >= LOWEST_RIGHT_TRIGGER, report.other_trigger
    assert report.false_alarm_rate <= HIGHEST_FALSE_ALARM_RATE, report.false_alarms
    assert report.median <= LONGEST_MEDIAN_MILLISECONDS
    assert "recall" in report.summary()


def test_enough_of_each_kind(triggers: Mapping[str, TriggerFile]) -> None:
    messages = yaml.safe_load(MESSAGES.read_text(encoding="utf-8"))
    assert len(messages["urgent"]) >= 120
    assert len(messages["calm"]) >= 120
    assert {item["expect"][0] for item in messages["urgent"] if "expect" in item} == set(triggers)


def test_no_measured_message_is_an_example(triggers: Mapping[str, TriggerFile]) -> None:
    messages = yaml.safe_load(MESSAGES.read_text(encoding="utf-8"))
    measured = [item["text"].casefold().strip() for item in (*messages["urgent"], *messages["calm"])]
    examples = {example.casefold().strip() for trigger in triggers.values() for example in trigger.examples}
    assert not examples.intersection(measured)
    assert len(set(measured)) == len(measured)


def test_every_example_raises_its_own_trigger(detector: Detector, triggers: Mapping[str, TriggerFile]) -> None:
    wrong = []
    for trigger in triggers.values():
        assert len(trigger.examples) >= 10, trigger.id
        for example in trigger.examples:
            found = detector.detect(example)
            if found is None or found.trigger_id != trigger.id:
                wrong.append((trigger.id, example, found))
    assert not wrong
