"""When an answer warns of its age, and when it is withheld."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.knowledge import Citation, Knowledge, currency_notices, is_withheld
from tests.knowledge.folders import Folder

ONE = Citation(source="guide-one", where="part 1")
TWO = Citation(source="guide-two", where="part 2")
DUE = {"guide-one": date(2020, 3, 31), "guide-two": date(2027, 6, 30)}
DAY = timedelta(days=1)


@pytest.fixture
def knowledge(folder: Folder) -> Knowledge:
    return folder.load()


def test_source_before_and_on_its_review_date_is_not_mentioned(knowledge: Knowledge) -> None:
    assert currency_notices([ONE], (), knowledge, DUE["guide-one"] - DAY) == ()
    assert currency_notices([ONE], (), knowledge, DUE["guide-one"]) == ()


def test_source_past_its_review_date_is_mentioned(knowledge: Knowledge) -> None:
    (notice,) = currency_notices([ONE], (), knowledge, DUE["guide-one"] + DAY)
    assert (notice.kind, notice.id) == ("source", "guide-one")
    assert notice.text == (
        "Guide 1: it was due for review in March 2020, which has passed. Check that your area still follows it."
    )


def test_date_that_we_proposed_is_said_to_be_ours(knowledge: Knowledge) -> None:
    (notice,) = currency_notices([TWO], (), knowledge, DUE["guide-two"] + DAY)
    assert notice.text.startswith("Guide 2: we propose a review date of June 2027, which has passed.")


def test_source_without_a_review_date_is_not_mentioned(folder: Folder) -> None:
    folder.change("sources.yml", "due: 2020-03-31", "due: none")
    assert currency_notices([ONE], (), folder.load(), date(2030, 1, 1)) == ()


def test_source_is_mentioned_once(knowledge: Knowledge) -> None:
    twice = [ONE, TWO, Citation(source="guide-one", where="part 9")]
    found = currency_notices(twice, (), knowledge, date(2030, 1, 1))
    assert [notice.id for notice in found] == ["guide-one", "guide-two"]


def test_law_in_force_is_not_mentioned(knowledge: Knowledge) -> None:
    assert currency_notices([], ["act-one"], knowledge, date(2026, 11, 20)) == ()


def test_repealed_law_is_mentioned_with_what_is_not_certain(knowledge: Knowledge) -> None:
    (notice,) = currency_notices([], ["act-two"], knowledge, date(2026, 11, 20))
    assert (notice.kind, notice.id) == ("law", "act-two")
    assert notice.text == (
        "Act Two was repealed. Look at what replaced it. In its place: Act One. "
        "This was last checked on 20 November 2026 and is not certain: ask your legal lead."
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("partly-in-force", "Act One is only partly in force. "),
        ("not-commenced", "Act One is not known to be in force. "),
        ("replaced", "Act One was replaced. "),
        ("abolished", "Act One was abolished. "),
    ],
)
def test_status_of_law_in_words(folder: Folder, status: str, words: str) -> None:
    folder.change("law.yml", "status: in-force", f"status: {status}")
    folder.change("law.yml", "says: Act One lets you share.", "says: It lets you share.")
    (notice,) = currency_notices([], ["act-one"], folder.load(), date(2026, 11, 20))
    assert notice.text == f"{words}It lets you share."


def test_law_that_names_itself_is_not_named_twice(folder: Folder) -> None:
    folder.change("law.yml", "says: Look at what replaced it.", "says: Act Two is gone. Use act one.")
    folder.change("law.yml", "certain: false", "certain: true")
    (notice,) = currency_notices([], ["act-two"], folder.load(), date(2026, 11, 20))
    assert notice.text == "Act Two is gone. Use act one.", "what replaced it is named once too"


def test_law_in_force_that_is_not_certain_says_so(folder: Folder) -> None:
    folder.change("law.yml", "certain: true", "certain: false")
    (notice,) = currency_notices([], ["act-one"], folder.load(), date(2026, 11, 20))
    assert notice.text.startswith("Act One lets you share. This was last checked on 20 November 2026")


def test_area_without_a_limit_withholds_nothing(knowledge: Knowledge) -> None:
    assert not is_withheld([ONE], knowledge.areas["national"], knowledge, date(2100, 1, 1))


def test_area_withholds_after_its_limit_and_not_on_it(knowledge: Knowledge) -> None:
    limit = DUE["guide-one"] + timedelta(days=365)
    assert not is_withheld([ONE], knowledge.areas["west"], knowledge, limit)
    assert is_withheld([ONE], knowledge.areas["west"], knowledge, limit + DAY)


def test_one_fresh_source_keeps_an_answer(knowledge: Knowledge) -> None:
    today = DUE["guide-one"] + timedelta(days=366)
    assert not is_withheld([ONE, TWO], knowledge.areas["west"], knowledge, today)
    assert is_withheld([ONE, TWO], knowledge.areas["west"], knowledge, DUE["guide-two"] + timedelta(days=366))


def test_source_without_a_review_date_keeps_an_answer(folder: Folder) -> None:
    folder.change("sources.yml", "due: 2020-03-31", "due: none")
    knowledge = folder.load()
    assert not is_withheld([ONE], knowledge.areas["west"], knowledge, date(2100, 1, 1))
