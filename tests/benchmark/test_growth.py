"""`sharewell bench growth`: the sizes that are compared, the rounds, and the ratios."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.benchmark.growth.rounds import Times, button_rounds, compared, search_rounds, text_rounds
from bot.benchmark.growth.sizes import FEW_TOPICS, TIMES, few, tenfold
from bot.benchmark.ours import Ours
from bot.benchmark.report import BenchmarkError
from bot.benchmark.texts import questions
from bot.conversation.supervisor import RasaService
from bot.knowledge import Index, Knowledge
from bot.nlu_build import write_training_data
from bot.settings import ROOT
from tests.support.assistants import detector, gate, knowledge, made

EXAMPLES = 12


@pytest.fixture(scope="module")
def ten() -> Knowledge:
    return tenfold(knowledge(), EXAMPLES)


def test_the_small_size_is_forty_topics_of_the_guidance() -> None:
    small = few(knowledge())
    assert len(small.topics) == FEW_TOPICS == 40
    assert not small.checks
    for name, topic in small.topics.items():
        assert topic == knowledge().topics[name].model_copy(update={"check": None})
    assert few(knowledge()) == small, "every run measures the same topics"


def test_too_little_guidance_is_refused() -> None:
    small = few(knowledge())
    some = dict(list(small.topics.items())[:10])
    with pytest.raises(BenchmarkError, match="fewer than 40"):
        few(Knowledge(**{**vars(small), "topics": some}))


def test_the_large_size_is_ten_times_the_guidance(ten: Knowledge) -> None:
    assert len(ten.topics) == TIMES * len(knowledge().topics)
    assert len(ten.checks) == TIMES * len(knowledge().checks)
    assert {name: ten.topics[name] for name in knowledge().topics} == knowledge().topics
    assert tenfold(knowledge(), EXAMPLES).topics == ten.topics, "every run measures the same units"


def test_each_made_unit_has_examples_of_its_own(ten: Knowledge) -> None:
    made_units = [unit for name, unit in ten.topics.items() if name not in knowledge().topics]
    assert {len(unit.examples) for unit in made_units} == {EXAMPLES}
    words = [{word for text in unit.examples for word in text.casefold().split()} for unit in made_units[:9]]
    written = [text for topic in knowledge().topics.values() for text in topic.examples]
    real = {word for text in written for word in text.casefold().split()}
    own = [found - real for found in words]
    assert all(own)
    assert not any(first & second for number, first in enumerate(own) for second in own[:number])


def test_rasa_can_be_trained_on_ten_times_as_much(tmp_path: Path) -> None:
    ten_of_few = tenfold(few(knowledge()), EXAMPLES)  # of all the guidance it would take a minute
    write_training_data(ten_of_few, ROOT / "nlu", ROOT / "stories", tmp_path)  # refuses what two units share
    lines = (tmp_path / "data" / "knowledge.yml").read_text(encoding="utf-8").splitlines()
    intents = sum(line.startswith("  - intent:") for line in lines)
    assert intents >= TIMES * FEW_TOPICS


def test_every_size_gets_the_same_questions_and_presses(tmp_path: Path) -> None:
    small = few(knowledge())
    texts = questions(small, gate(), detector())[:3]
    times = {"few": Times(), "all": Times()}
    (tmp_path / "few").mkdir()
    (tmp_path / "all").mkdir()
    service = RasaService(ROOT / "nlu", tmp_path / "none", tmp_path)  # never started: nobody asks it
    with made(tmp_path / "few", known=lambda: small) as first, made(tmp_path / "all") as second:
        sizes = {"few": Ours(first.assistant, service, 0.0), "all": Ours(second.assistant, service, 0.0)}
        asyncio.run(text_rounds(sizes, texts, 60.0, times))
        asyncio.run(button_rounds(sizes, sorted(small.topics)[:2], times))
        search_rounds({"few": first.index, "all": second.index}, texts, times)
    for item in times.values():
        assert len(item.turns) == len(item.conversation) == len(item.searches) == 3
        assert len(item.buttons) == 6
        assert all(0 < own <= whole for own, whole in zip(item.conversation, item.turns, strict=True))
        assert item.topics == 0, "without Rasa no topic answers"


def test_the_index_of_the_large_size_finds_made_units(ten: Knowledge) -> None:
    name, unit = next((name, unit) for name, unit in ten.topics.items() if name.endswith("-7"))
    assert Index(ten).search(unit.examples[0])[0].id == name


def test_the_ratios_are_of_medians_and_of_95th_percentiles() -> None:
    middle, slow = compared("a turn", [30.0, 20.0, 40.0], [10.0, 20.0, 30.0], (1.2, None))
    assert (middle.value, middle.met) == (1.5, False)
    assert middle.beside == "30.00 / 20.00 ms, 3 each"
    assert slow.value == pytest.approx(40 / 30)
    assert slow.met is None
    assert slow.name == "a turn, 95th percentile"
