"""Measured on messages that stand among nobody's examples. The limits are what was reached, less a margin."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from bot.urgent import Detector
from bot.urgent.measure import evaluate
from tests.urgent.urgent_support import MESSAGES, TriggerFile

LOWEST_RECALL = 0.99
LOWEST_RIGHT_TRIGGER = 0.90
HIGHEST_FALSE_ALARM_RATE = 0.05
SAID_OUTRIGHT = 10
"""The first examples of each trigger say it outright: the cues alone must find them. The rest needs the classifier."""


def test_recall_and_false_alarms(detector: Detector) -> None:
    report = evaluate(detector, MESSAGES)
    assert report.recall >= LOWEST_RECALL, report.missed
    assert report.right_trigger >= LOWEST_RIGHT_TRIGGER, report.other_trigger
    assert report.false_alarm_rate <= HIGHEST_FALSE_ALARM_RATE, report.false_alarms
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


def test_what_is_said_outright_raises_its_own_trigger(detector: Detector, triggers: Mapping[str, TriggerFile]) -> None:
    wrong = []
    for trigger in triggers.values():
        assert len(trigger.examples) >= SAID_OUTRIGHT, trigger.id
        for example in trigger.examples[:SAID_OUTRIGHT]:
            found = detector.detect(example)
            if found is None or found.trigger_id != trigger.id:
                wrong.append((trigger.id, example, found))
    assert not wrong
