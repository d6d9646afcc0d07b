"""The keyword search that answers while Rasa is not there."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.knowledge import Hit, Index, Knowledge
from tests.knowledge.folders import Folder


@pytest.fixture
def knowledge(folder: Folder) -> Knowledge:
    return folder.load()


@pytest.fixture
def index(knowledge: Knowledge) -> Index:
    return Index(knowledge)


def test_finds_a_topic_by_its_title(index: Index) -> None:
    assert index.search("refuse?")[0] == Hit("topic", "first-topic", "What if they refuse?")


def test_finds_a_topic_by_an_example(index: Index) -> None:
    assert index.search("Dad OBJECTS")[0].id == "first-topic"
    assert index.search("is it a definition")[0].id == "second-topic"


def test_finds_a_topic_by_its_answer(index: Index) -> None:
    assert index.search("what worries")[0].id == "first-topic"


def test_finds_a_check_by_an_example_and_by_a_question(index: Index) -> None:
    assert index.search("guide me")[0] == Hit("check", "small-check", "A small check")
    assert index.search("adviser opinion")[0] == Hit("check", "seek-advice-anonymously", "Ask without naming anyone")


def test_finds_other_forms_of_a_word(index: Index) -> None:
    assert index.search("refusing")[0].id in {"first-topic", "small-check"}


def test_limit(index: Index) -> None:
    assert len(index.search("consent refusal advice", limit=2)) == 2
    assert len(index.search("consent refusal advice", limit=9)) == 4


@pytest.mark.parametrize("text", ["", "   ", "\n", "?!...", "the and of", '"', "*", "'", "_", "zebra"])
def test_text_without_a_word_worth_finding(index: Index, text: str) -> None:
    assert index.search(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        'consent"',
        '"consent',
        "consent*",
        "NEAR(consent",
        "NEAR(consent refusal, 2)",
        "consent AND",
        "AND OR NOT consent",
        "title:consent",
        "{title}:consent",
        "-consent",
        "^consent",
        "consent'",
        "''consent''",
        "con\0sent consent",
        "consent; drop table unit",
        "consent\ud800",
        "consent \N{PILE OF POO}",
        "\u202econsent",
        "(consent",
    ],
)
def test_odd_characters_are_only_text(index: Index, text: str) -> None:
    assert "second-topic" in {hit.id for hit in index.search(text)}
    assert len(index.search("consent")) > 0  # the table is still there


def test_accents_and_apostrophes(index: Index) -> None:
    assert index.search("c\N{LATIN SMALL LETTER O WITH ACUTE}nsent")[0].id == "second-topic"
    assert index.search("consent\N{RIGHT SINGLE QUOTATION MARK}s meaning")[0].id == "second-topic"


def test_very_long_text(index: Index) -> None:
    assert index.search("consent " * 1250)[0].id == "second-topic"
    assert index.search("x" * 10_000) == ()
    assert index.search('"' * 10_000) == ()


def test_several_threads(index: Index) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(index.search, ["define consent", "dad objects"] * 100))
    assert {hits[0].id for hits in found[::2]} == {"second-topic"}
    assert {hits[0].id for hits in found[1::2]} == {"first-topic"}


def test_any_characters_at_all(index: Index) -> None:
    chance = random.Random(7)
    for _ in range(300):
        text = "".join(chr(chance.choice((chance.randrange(128), chance.randrange(0x11_0000)))) for _ in range(40))
        assert isinstance(index.search(text), tuple)
