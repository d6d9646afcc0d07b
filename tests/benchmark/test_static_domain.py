"""Bare Rasa answers in texts of its own: the same intents, no directive."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.benchmark.bare import _make_static
from bot.nlu_build import write_training_data
from bot.settings import ROOT
from tests.support.assistants import knowledge


def test_every_directive_becomes_a_text(tmp_path: Path) -> None:
    write_training_data(knowledge(), ROOT / "nlu", ROOT / "stories", tmp_path)
    domain = tmp_path / "domain"
    before = {path.name: yaml.safe_load(path.read_text()) for path in domain.glob("*.yml")}
    _make_static(domain, knowledge())
    after = {path.name: yaml.safe_load(path.read_text()) for path in domain.glob("*.yml")}
    assert before.keys() == after.keys() == {"conversation.yml", "knowledge.yml"}
    for name, content in after.items():
        assert content["responses"].keys() == before[name]["responses"].keys()
        assert content["intents"] == before[name]["intents"]
        for responses in content["responses"].values():
            (response,) = responses
            assert response.keys() == {"text"}
            assert response["text"]
            assert not set("{}") & set(response["text"])
    topic = next(iter(knowledge().topics.values()))
    (answer,) = after["knowledge.yml"]["responses"][f"utter_answer_{topic.id}"]
    assert answer["text"].strip() == topic.short.strip()
