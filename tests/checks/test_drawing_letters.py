"""Lines are broken by how wide their letters come out, so no text runs out of its box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks import as_png
from bot.checks.drawing.metrics import knows, width_of, wrap
from bot.knowledge import Knowledge
from tests.checks.drawings import CHECK_IDS, picture

SCALE = 2  # pixels for each unit
WORDS = st.lists(st.text("abcimwIW.,'", min_size=1, max_size=30), min_size=1, max_size=20)


def _ink(words: str, weight: str) -> float:
    """How wide the ink of a line is in a picture, at a size of 20."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="40" viewBox="0 0 600 40"><rect width="600" '
        'height="40" fill="#ffffff"/><text x="5" y="25" font-family="Arimo" font-size="20" xml:space="preserve" '
        f'font-weight="{"bold" if weight == "bold" else "normal"}">{words}</text></svg>'
    )
    dark = picture(as_png(svg, 600 * SCALE)).columns_darker_than(128)
    return (dark[-1] - dark[0]) / SCALE


@pytest.mark.parametrize("weight", ["regular", "bold"])
@pytest.mark.parametrize(
    "words",
    ["Not sure", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", "To AV, We: (x) · ?!'-"],
)
def test_text_is_as_wide_in_a_picture_as_it_was_measured(words: str, weight: str) -> None:
    # The same letter at both ends, so that the room beside its ink does not count.
    assert _ink(f"H{words}H", weight) - _ink("HH", weight) == pytest.approx(width_of(words, 20, weight), abs=0.76)


@pytest.mark.parametrize("check_id", CHECK_IDS)
def test_the_fonts_have_every_letter_of_the_checks(knowledge: Knowledge, check_id: str) -> None:
    check = knowledge.checks[check_id]
    words = [check.title, check.harm.when, *(outcome.title for outcome in check.outcomes)]
    for question in check.questions:
        words += [question.asks, *(option.text for option in question.options)]
    assert sorted(letter for letter in set("".join(words)) if not knows(letter)) == []


def test_a_letter_that_the_fonts_lack_is_known_to_be_lacking() -> None:
    assert not knows("\N{SNOWMAN}")
    assert width_of("\N{SNOWMAN}", 20, "bold") == 20


@given(WORDS, st.floats(60, 300), st.sampled_from(["regular", "bold"]))
def test_no_line_is_wider_than_it_may_be_and_no_letter_is_lost(words: list[str], width: float, weight: str) -> None:
    lines = wrap(" ".join(words), width, 14, weight)
    assert [line for line in lines if width_of(line, 14, weight) > width] == []
    assert "".join(lines).replace(" ", "") == "".join(words)


def test_the_last_word_does_not_stand_alone() -> None:
    words = "Get advice today, without names"
    width = width_of("Get advice today, without", 14, "bold")
    assert wrap(words, width, 14, "bold") == ("Get advice today,", "without names")


def test_a_word_wider_than_the_line_is_broken() -> None:
    lines = wrap("incomprehensibilities", 60, 14, "regular")
    assert len(lines) > 1
    assert "".join(lines) == "incomprehensibilities"


def test_no_words_make_no_lines() -> None:
    assert wrap("  ", 100, 14, "regular") == ()
