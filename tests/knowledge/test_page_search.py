"""The full-text search of the pages: what it finds, what it marks, and that nothing typed is more than text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.knowledge import Match, PageIndex
from tests.knowledge.folders import Folder
from tests.support.assistants import knowledge

HOSTILE = (
    "<script>alert(1)</script>", '"', "'; drop table page; --", "NEAR(consent", "consent AND", "title:consent", "^",
    "*", "con\0sent", "\x02consent\x03", "\ud800", "{title}:x", "(((((", "consent" * 1500, '"' * 10_000, "\u202e",
)  # fmt: skip


@pytest.fixture
def index(folder: Folder) -> PageIndex:
    return PageIndex(folder.load())


def _plain(match: Match) -> tuple[str, str]:
    return "".join(piece.text for piece in match.title), "".join(piece.text for piece in match.excerpt)


def _hits(match: Match) -> list[str]:
    return [piece.text for piece in (*match.title, *match.excerpt) if piece.hit]


def test_words_are_marked_in_the_title_and_around_them(index: PageIndex) -> None:
    first = index.find("refused")[0]
    assert _hits(first) and all("refus" in word.casefold() for word in _hits(first))
    title, excerpt = _plain(first)
    assert title in {"What if they refuse?", "A small check", "They said no"} or excerpt


def test_every_kind_of_unit_is_found() -> None:
    index = PageIndex(knowledge())
    kinds = {match.kind for match in index.find("consent danger refusal police", 60)}
    assert kinds == {"topic", "check", "urgent"}


def test_the_words_of_a_match_are_those_of_the_unit() -> None:
    known = knowledge()
    found = [match for match in PageIndex(known).find("confidentiality", 20) if match.kind == "topic"]
    assert found
    for match in found:
        topic = known.topics[match.id]
        title, excerpt = _plain(match)
        whole = " ".join(" ".join((topic.short, topic.long, topic.currency or "")).split())
        assert title == topic.title
        assert excerpt.strip(".") in whole


@pytest.mark.parametrize("text", ["", "  ", "the of and", "?!", "zebra zebra"])
def test_nothing_to_find(index: PageIndex, text: str) -> None:
    assert index.find(text) == ()


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_characters_are_only_text(index: PageIndex, text: str) -> None:
    for match in index.find(text):
        assert not any("\x02" in piece.text or "\x03" in piece.text for piece in (*match.title, *match.excerpt))
    assert index.find("consent")  # the table is still there


def test_no_more_than_asked_for_and_the_same_from_several_threads(index: PageIndex) -> None:
    assert len(index.find("consent refusal advice", 2)) == 2
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(index.find, ["define consent"] * 100))
    assert len(set(found)) == 1
