"""All twelve letters and forms are there, with the fields, bases and sources that they must have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.letters.drafts import letter_of, letters

CONTRACT: dict[str, Any] = yaml.load(
    Path(__file__).with_name("contract.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


def test_every_letter_is_there_and_no_other() -> None:
    assert sorted(letters()) == sorted(CONTRACT)
    assert len(CONTRACT) == 12


@pytest.mark.parametrize("name", CONTRACT)
def test_basis_and_sources_are_kept(name: str) -> None:
    letter = letter_of(name)
    assert letter.basis == CONTRACT[name]["basis"]
    assert [citation.source for citation in letter.sources] == CONTRACT[name]["sources"]


@pytest.mark.parametrize("name", CONTRACT)
def test_every_field_is_kept(name: str) -> None:
    for field_id, (required, identifying, record_field) in CONTRACT[name]["fields"].items():
        field = letter_of(name).field(field_id)
        assert field is not None, field_id
        assert field.required == (required == "required"), field_id
        assert field.identifying == (identifying == "identifying"), field_id
        assert (field.record_field or "none") == record_field, field_id


@pytest.mark.parametrize("name", CONTRACT)
def test_no_letter_names_repealed_law_as_current(name: str) -> None:
    letter = letter_of(name)
    said = " ".join(text for block in letter.body for text in (*block.texts(), block.note or ""))
    assert "1998" not in said
    assert "2015" not in said
    assert "LSCB" not in said
    assert not {"dpa-1998", "lscb", "working-together-2015"} & set(letter.law)


@pytest.mark.parametrize("name", CONTRACT)
def test_a_letter_can_be_asked_for_in_many_ways(name: str) -> None:
    assert len(letter_of(name).examples) >= 12
