"""The lists and the weights of the gate: whole, apart from each other, small."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.privacy import Gate, lexicon, scorer
from bot.privacy.building import fit, material
from bot.privacy.model import PrivacyError

_DATA = Path(lexicon.__file__).parent / "data"
_MOST_BYTES = 400_000


def test_no_name_is_a_plain_word() -> None:
    lists = lexicon.load()
    assert lists.names.isdisjoint(lists.rank)
    assert lists.names.isdisjoint(lists.given_words | lists.surname_words)


@pytest.mark.parametrize("file", ["names.txt", "ambiguous_given_names.txt", "ambiguous_surnames.txt"])
def test_names_are_folded(file: str) -> None:
    lines = [line for line in (_DATA / file).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not (line.isascii() and line.isalpha() and line.islower())] == []
    assert len(lines) == len(set(lines))


def test_every_file_of_the_folder_is_described() -> None:
    text = (_DATA / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in _DATA.iterdir() if f"`{path.name}`" not in text and path.name != "README.md"] == []


def test_the_weights_are_small_and_read_whole() -> None:
    assert scorer.WEIGHTS.stat().st_size < _MOST_BYTES
    loaded = scorer.load()
    assert loaded.letters and loaded.signs and "told" in loaded.vocabulary


def test_damaged_weights_are_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights.csv"
    path.write_text("sign,b=told,heavy\n", encoding="utf-8")
    monkeypatch.setattr(scorer, "WEIGHTS", path)
    scorer.load.cache_clear()
    with pytest.raises(PrivacyError, match="weights"):
        scorer.load()
    monkeypatch.undo()
    scorer.load.cache_clear()


def test_names_to_learn_from_are_on_no_list() -> None:
    lists = lexicon.load()
    known = lists.names | lists.given_words | lists.surname_words | lists.given_places
    share = sum(name in known for name in material.other_names(None, inside=False))
    assert share <= len(material.other_names(None, inside=False)) // 20


def test_a_fold_leaves_out_its_names() -> None:
    inside, outside = material.other_names(2, inside=True), material.other_names(2, inside=False)
    assert inside and outside and set(inside).isdisjoint(outside)


def test_fitting_tells_what_goes_with_names() -> None:
    weights = fit.fit([(["b=told"], True), (["b=the"], False)] * 40, 1)
    assert weights["b=told"] > 0 > weights["b=the"]


@pytest.mark.parametrize(
    "text",
    [
        "grace is missing again", "will doesnt want to be at home", "mark keeps following her",
        "hope cant see her mum", "rose gave him her bank card", "frank has dementia", "quenzavi told the nurse",
    ],
)  # fmt: skip
def test_what_no_rule_settles_is_weighed(gate: Gate, text: str) -> None:
    found = gate.scan(text)
    assert [text[span.start : span.end] for span in found] == [text.split()[0]]
    assert text.split()[0] not in found[0].why.lower()


@pytest.mark.parametrize(
    "text",
    ["will they take her", "mark on his arm", "hope is not a plan", "may need a form", "she rose early", "frank talk"],
)
def test_words_stay_words(gate: Gate, text: str) -> None:
    assert gate.scan(text) == ()
