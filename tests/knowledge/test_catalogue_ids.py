"""No unit that the product must cover is missing, and none was invented without being listed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.support.assistants import knowledge

LISTED: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "catalogue_ids.yml").read_text())
COUNTS = {"sources": 5, "topics": 164, "checks": 33, "letters": 12, "triggers": 26, "fields": 58, "modules": 9}
NOT_OF_THE_CATALOGUE = {"sources": {"mca-2005", "mca-code"}}
"""Ours: the Act and the Code whose test of capacity no source of the catalogue gives."""


@pytest.mark.parametrize("kind", sorted(COUNTS))
def test_every_listed_unit_is_loaded_and_no_other(kind: str) -> None:
    assert len(LISTED[kind]) == len(set(LISTED[kind])) == COUNTS[kind]
    assert set(getattr(knowledge(), kind)) == set(LISTED[kind]) | NOT_OF_THE_CATALOGUE.get(kind, set())
