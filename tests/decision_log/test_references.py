"""Reference numbers read aloud, typed back, and mistyped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decision_log import LogError, UnknownReference, new_request_id, parse_reference
from bot.decision_log.references import ALPHABET, new_reference, require_request_id

places = st.integers(0, 7)


def characters_of(reference: str) -> list[str]:
    return list(reference.removeprefix("SW-").replace("-", ""))


@given(st.integers(0, 200))
def test_a_reference_is_read_in_every_way_people_write_it(_again: int) -> None:
    reference = new_reference()
    bare = reference.replace("-", "")
    spoken = bare[2:].lower().replace("0", "o").replace("1", "l")
    for typed in (reference, bare, bare.lower(), spoken, f" sw {spoken[:4]} {spoken[4:]} "):
        assert parse_reference(typed) == reference


@given(places, st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place: int, other: str) -> None:
    characters = characters_of(new_reference())
    if characters[place] == other:
        return
    characters[place] = other
    with pytest.raises(UnknownReference, match="mistake"):
        parse_reference("SW" + "".join(characters))


@given(st.integers(0, 6))
def test_two_neighbours_swapped_are_noticed(place: int) -> None:
    characters = characters_of(new_reference())
    if characters[place] == characters[place + 1]:
        return
    characters[place], characters[place + 1] = characters[place + 1], characters[place]
    with pytest.raises(UnknownReference, match="mistake"):
        parse_reference("SW" + "".join(characters))


@pytest.mark.parametrize("typed", ["", "SW-", "SW-7KQ4", "SW-7KQ4-M2X!", "SW-7KQ4-M2XDD", "SU-7KQ4-M2XD", "é" * 8])
def test_what_is_no_reference_is_refused(typed: str) -> None:
    with pytest.raises(UnknownReference):
        parse_reference(typed)


def test_references_do_not_repeat() -> None:
    assert len({new_reference() for _ in range(2000)}) == 2000


def test_a_request_id_is_128_random_bits() -> None:
    ids = {new_request_id() for _ in range(1000)}
    assert len(ids) == 1000
    for request_id in ids:
        require_request_id(request_id)


@pytest.mark.parametrize("request_id", ["", "abc", "A" * 32, "0" * 31, "0" * 33, "0" * 32 + "\n"])
def test_another_id_is_refused(request_id: str) -> None:
    with pytest.raises(LogError):
        require_request_id(request_id)
