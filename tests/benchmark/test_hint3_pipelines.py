"""What `sharewell bench hint3` compares is what the product and the installed Rasa use, not a copy of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.benchmark.hint3.pipelines import diet, ours
from bot.benchmark.report import BenchmarkError
from bot.settings import ROOT, from_environment

SETTINGS = from_environment({})
CONTEXT = "understanding.context.ContextExtractor"


def _product() -> list[dict[str, Any]]:
    pipeline: list[dict[str, Any]] = yaml.safe_load((ROOT / "nlu" / "config.yml").read_text())["pipeline"]
    return pipeline


def test_ours_is_the_products_pipeline_without_the_context() -> None:
    found = ours(SETTINGS)
    assert found.config["pipeline"] == [component for component in _product() if component["name"] != CONTEXT]
    assert "policies" not in found.config
    (reason,) = found.left_out
    assert reason.startswith(CONTEXT)


def test_a_change_of_the_products_pipeline_is_taken_over(tmp_path: Path) -> None:
    content = yaml.safe_load((ROOT / "nlu" / "config.yml").read_text())
    content["pipeline"].insert(0, {"name": "SomethingNew", "weight": 0.7})
    (tmp_path / "config.yml").write_text(yaml.safe_dump(content))
    assert ours(replace(SETTINGS, nlu=tmp_path)).config["pipeline"][0] == {"name": "SomethingNew", "weight": 0.7}


def test_diet_is_rasas_default_with_a_seed_and_the_epochs_asked_for() -> None:
    found = diet(SETTINGS, 7)
    components = {component["name"]: component for component in found.config["pipeline"]}
    assert components["DIETClassifier"]["epochs"] == 7
    assert isinstance(components["DIETClassifier"]["random_seed"], int)
    assert {"WhitespaceTokenizer", "RegexFeaturizer", "LexicalSyntacticFeaturizer", "CountVectorsFeaturizer",
            "EntitySynonymMapper", "FallbackClassifier"} <= components.keys()  # fmt: skip
    assert "ResponseSelector" not in components
    letters = [part for part in found.config["pipeline"] if part.get("analyzer") == "char_wb"]
    assert [(part["min_ngram"], part["max_ngram"]) for part in letters] == [(1, 4)]


def test_what_is_compared_is_told() -> None:
    assert "threshold 0.3, ambiguity_threshold 0.1" in diet(SETTINGS, 100).told
    assert "nlu/config.yml" in ours(SETTINGS).told


@pytest.mark.parametrize("content", ["", "pipeline:\n", "- a\n", "a: [", "\x00"])
def test_a_damaged_configuration_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.yml").write_text(content)
    with pytest.raises(BenchmarkError, match="holds no pipeline"):
        ours(replace(SETTINGS, nlu=tmp_path))


def test_without_rasas_environment_there_is_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="setup"):
        diet(replace(SETTINGS, nlu=tmp_path), 100)
