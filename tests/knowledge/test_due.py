"""What is due in the knowledge files on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.knowledge import NEAR_DAYS, OLDEST_LAW_DAYS, due, due_as_json
from bot.knowledge.due import due_contacts, due_law, due_sources, withheld
from tests.knowledge.folders import Folder

DAY = timedelta(days=1)
DUE_TWO = date(2027, 6, 30)
CHECKED = date(2026, 11, 20)


def test_a_source_past_its_review_date_is_due_with_its_days(folder: Folder) -> None:
    (only,) = due_sources(folder.load(), date(2020, 4, 10))
    assert (only.id, only.days, only.basis) == ("guide-one", -10, "stated")
    assert (only.topics, only.checks, only.triggers) == (1, 2, 1)


def test_a_source_is_near_from_the_named_number_of_days_on(folder: Folder) -> None:
    knowledge = folder.load()
    before = DUE_TWO - timedelta(days=NEAR_DAYS)
    assert [item.id for item in due_sources(knowledge, before - DAY)] == ["guide-one"]
    assert [(item.id, item.days) for item in due_sources(knowledge, before)][1] == ("guide-two", NEAR_DAYS)


def test_law_that_is_gone_or_not_certain_is_due(folder: Folder) -> None:
    (only,) = due_law(folder.load(), CHECKED)
    assert (only.id, only.reasons) == ("act-two", ("repealed", "not certain"))


def test_law_that_was_checked_too_long_ago_is_due(folder: Folder) -> None:
    knowledge = folder.load()
    last = CHECKED + timedelta(days=OLDEST_LAW_DAYS)
    assert [item.id for item in due_law(knowledge, last)] == ["act-two"]
    late = {item.id: item for item in due_law(knowledge, last + DAY)}
    assert late["act-one"].reasons == ("last checked 366 days ago",)
    assert late["act-one"].topics == 1


def test_a_contact_without_a_number_is_due_and_an_old_number_too(folder: Folder) -> None:
    folder.change("areas/west.yml", "    label: Your line manager\n", "    label: Your line manager\n"
                  '    number: "1234"\n    checked: 2026-11-20\n')  # fmt: skip
    area = folder.load().areas["west"]
    assert list(due_contacts(area, CHECKED + timedelta(days=365))) == []
    (old,) = due_contacts(area, CHECKED + timedelta(days=366))
    assert (old.role, old.days) == ("line-manager", 366)
    (missing,) = due_contacts(folder.load().areas["national"], CHECKED)
    assert (missing.role, missing.days) == ("line-manager", None)


def test_an_area_sets_how_old_a_number_may_be(folder: Folder) -> None:
    folder.change("areas/west.yml", "settings:\n", "settings:\n  oldest_contact_days: 30\n")
    folder.change("areas/west.yml", "    label: Your line manager\n", "    label: Your line manager\n"
                  '    number: "1234"\n    checked: 2026-11-20\n')  # fmt: skip
    assert [item.days for item in due_contacts(folder.load().areas["west"], CHECKED + timedelta(days=31))] == [31]


def test_emergency_numbers_do_not_age(folder: Folder) -> None:
    roles = {item.role for item in due_contacts(folder.load().areas["national"], date(2099, 1, 1))}
    assert roles == {"line-manager"}


def test_what_an_area_withholds(folder: Folder) -> None:
    knowledge = folder.load()
    late = DUE_TWO + timedelta(days=366)
    assert withheld(knowledge.areas["national"], knowledge, late).topics == ()
    held = withheld(knowledge.areas["west"], knowledge, late)
    assert held.limit == 365
    assert set(held.topics) == set(knowledge.topics)
    assert "small-check" in held.checks


def test_every_line_of_json_says_its_kind(folder: Folder) -> None:
    knowledge = folder.load()
    lines = [due_as_json(item) for item in due(knowledge, knowledge.areas.values(), CHECKED)]
    assert {line["kind"] for line in lines} == {"source", "law", "contact", "withheld"}
    assert next(line for line in lines if line["kind"] == "source")["due"] == "2020-03-31"


@pytest.mark.parametrize("area", ["national", "west"])
def test_contacts_and_withholding_are_those_of_the_areas_asked_for(folder: Folder, area: str) -> None:
    knowledge = folder.load()
    lines = [due_as_json(item) for item in due(knowledge, [knowledge.areas[area]], CHECKED)]
    assert {line["area"] for line in lines if line["kind"] in ("contact", "withheld")} == {area}
