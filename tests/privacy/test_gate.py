"""What holds for every text: offsets, order, idempotence, bounded work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.privacy
from bot.privacy import TYPES, Gate

_GATE = Gate()
_PIECES = [
    "kayleigh", "grace", "will", "may", "Mr", "'s mum", "and", ",", ".", "07700 900123", "dob", "3/4/12", "[name]",
    "[phone number]",
    "spoke to", "told", "JB", "St", "Mary's", "Primary", "elm road", "14", "flat", "\n", "👧", "case ref", "AB/12345",
    "@kay",
    "insta",
    "k a y", "lives at", "DH1 5UF", "the", "family", "zorbath", "-", "é", "\u200b", "[", "]", "ward 4 at", "hospital",
    "born", "april",
]  # fmt: skip
_MESSAGES = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join),
    st.lists(st.sampled_from(_PIECES)).map("".join),
)


def test_exports_are_the_public_surface() -> None:
    assert sorted(bot.privacy.__all__) == ["Gate", "Masked", "Span", "TYPES", "TypeInfo"]


@given(_MESSAGES)
@settings(max_examples=400, deadline=None)
def test_masking_twice_changes_nothing(text: str) -> None:
    masked = _GATE.mask(text)
    assert _GATE.scan(masked.text) == ()
    assert _GATE.mask(masked.text).text == masked.text


@given(_MESSAGES)
@settings(max_examples=400, deadline=None)
def test_spans_are_in_order_inside_the_text_and_apart(text: str) -> None:
    end = 0
    for span in _GATE.scan(text):
        assert end <= span.start < span.end <= len(text)
        assert span.type in TYPES
        end = span.end


@given(_MESSAGES)
@settings(max_examples=200, deadline=None)
def test_mask_replaces_the_spans_and_nothing_else(text: str) -> None:
    masked = _GATE.mask(text)
    rebuilt, place = "", 0
    for span in masked.spans:
        rebuilt += text[place : span.start] + TYPES[span.type].placeholder
        place = span.end
    assert rebuilt + text[place:] == masked.text
    assert masked.spans == _GATE.scan(text)


def test_offsets_are_code_points_into_the_text_as_given() -> None:
    text = "👨‍👩‍👧 ﬁrst, kayleigh rang 😢 07700 900123"
    assert [text[span.start : span.end] for span in _GATE.scan(text)] == ["kayleigh", "07700 900123"]


def test_a_later_reading_gives_offsets_into_the_first_text() -> None:
    text = "07700 900123 and 07700 900124: kayleigh brown, ella-mae o'connor"
    spans = _GATE.scan(text)
    assert [text[span.start : span.end] for span in spans] == [
        "07700 900123", "07700 900124", "kayleigh brown", "ella-mae o'connor"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", "\x00\x01\x02", "…", "😀"])
def test_nothing_is_found_where_nothing_stands(text: str) -> None:
    assert _GATE.scan(text) == ()
    assert _GATE.mask(text).text == text


def test_control_characters_do_not_hide_a_name() -> None:
    text = "spoke to kay\x00lei\x07gh today"
    assert [text[span.start : span.end] for span in _GATE.scan(text)] == ["kay\x00lei\x07gh"]


def test_many_threads_give_the_answers_of_one() -> None:
    texts = [f"spoke to kayleigh about case ref AB/{number:05d}" for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(_GATE.scan, texts)) == [_GATE.scan(text) for text in texts]


_ADVERSARIAL: list[Callable[[int], str]] = [
    lambda size: "a" * size,
    lambda size: "1" * size,
    lambda size: "a." * (size // 2),
    lambda size: "a@" * (size // 2),
    lambda size: "1 " * (size // 2),
    lambda size: "a " * (size // 2),
    lambda size: "oh " * (size // 3),
    lambda size: "1/" * (size // 2),
    lambda size: "st " * (size // 3),
    lambda size: "x at y dot " * (size // 11),
    lambda size: "lives at " * (size // 9),
    lambda size: "case no " * (size // 8),
    lambda size: "grace and " * (size // 10),
    lambda size: "dob " * (size // 4),
    lambda size: "flat 1 " * (size // 7),
    lambda size: "http://" * (size // 7),
]


@pytest.mark.parametrize("build", _ADVERSARIAL)
def test_work_grows_no_faster_than_the_text(build: Callable[[int], str]) -> None:
    small, large = _calls(build(2_500)), _calls(build(10_000))
    assert large <= 6 * small + 2_000


def _calls(text: str) -> int:
    """Python calls made by one scan: a count of work that does not depend on the machine."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        _GATE.scan(text)
    finally:
        sys.setprofile(None)
    return count
