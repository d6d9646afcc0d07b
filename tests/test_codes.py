"""Codes of 16 digits: how they look, what is kept of them, and how guessing is slowed."""

from __future__ import annotations

import random
import threading

import pytest
from argon2 import PasswordHasher

from bot import codes
from bot.codes import Busy, CodeHasher, Guesses, delay_after, digits_of, grouped, locator_of, looks_like_code, new_code

KEY = b"k" * 32


class Clock:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def quick() -> PasswordHasher:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def test_codes_are_sixteen_random_digits() -> None:
    made = {new_code() for _ in range(500)}
    assert len(made) == 500
    assert all(len(code) == 16 and code.isdecimal() for code in made)
    assert {code[0] for code in made} == set("0123456789")


@pytest.mark.parametrize(
    "text", [
        "1234 5678 9012 3456", "1234567890123456", " 1234-5678-9012-3456 ", "1234  5678\n90123456",
        "1234 - 5678 9012 3456",
    ],
)  # fmt: skip
def test_a_code_is_known_however_it_is_grouped(text: str) -> None:
    assert looks_like_code(text)
    assert digits_of(text) == "1234567890123456"
    assert grouped(digits_of(text)) == "1234 5678 9012 3456"


@pytest.mark.parametrize("text", ["", "123456789012345", "12345678901234567", "my code 1234567890123456", "١٢٣٤" * 4])
def test_all_else_is_no_code(text: str) -> None:
    assert not looks_like_code(text)
    assert digits_of(text) == ""


def test_what_is_kept_of_a_code_is_an_argon2_hash_that_only_it_matches() -> None:
    hasher = CodeHasher()
    kept = hasher.hash("1234567890123456")
    assert kept.startswith("$argon2id$") and "1234567890123456" not in kept
    assert hasher.matches(kept, "1234567890123456")
    assert not hasher.matches(kept, "1234567890123457")
    assert not hasher.matches("nonsense", "1234567890123456")


def test_locators_spread_and_need_the_key() -> None:
    found = [locator_of(f"{number:016d}", KEY) for number in range(20_000)]
    counts = [found.count(locator) for locator in range(0, codes.LOCATORS, 512)]
    assert max(found) < codes.LOCATORS and max(counts) < 20
    assert locator_of("1234567890123456", KEY) != locator_of("1234567890123456", b"l" * 32)


def test_a_locator_is_the_same_in_every_release() -> None:
    """It stands in databases: what was kept is found by it alone."""
    assert codes.LOCATORS == 8192
    assert [locator_of("1234567890123456", KEY, locators) for locators in (2**13, 2**20)] == [2126, 477262]


def test_few_computations_run_at_once_and_who_waits_too_long_is_told() -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(PasswordHasher):
        def hash(self, *args: object, **options: object) -> str:
            begun.set()
            go_on.wait(5)
            return "done"

    hasher = CodeHasher(Slow(), longest_wait=0.01)
    running = [threading.Thread(target=hasher.hash, args=("1",)) for _ in range(codes.AT_ONCE)]
    for thread in running:
        thread.start()
    begun.wait(5)
    while hasher._free._value:  # until both have begun
        pass
    with pytest.raises(Busy):
        hasher.hash("2")
    go_on.set()
    for thread in running:
        thread.join()


def test_five_guesses_are_free_then_each_waits_twice_as_long_up_to_a_quarter_of_an_hour() -> None:
    assert [delay_after(failures) for failures in range(8)] == [0, 0, 0, 0, 0, 5, 10, 20]
    assert delay_after(10_000) == 15 * 60


def test_a_place_that_guesses_waits_and_others_do_not() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    assert [guesses.from_place("here") for _ in range(6)] == [0, 0, 0, 0, 0, 5]
    assert guesses.from_place("elsewhere") == 0
    clock.now += 5
    assert guesses.from_place("here") == 0
    assert guesses.from_place("here") == 10


def test_a_right_code_is_taken_back_and_clears_nothing_else() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    for _ in range(4):
        guesses.from_place("here")
    for _ in range(50):
        assert guesses.from_place("here") == 0
        guesses.not_a_guess("here")
    assert guesses.from_place("here") == 0
    assert guesses.from_place("here") == 5


def test_a_place_is_forgotten_after_a_day() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    for _ in range(6):
        guesses.from_place("here")
    clock.now += codes.FORGOTTEN_AFTER
    guesses.sweep()
    assert len(guesses._places) == 0
    assert guesses.from_place("here") == 0


def test_ten_thousand_guesses_a_minute_from_everywhere_keep_no_owner_out() -> None:
    """Each guess comes from a place of its own. The owner comes in all the while."""
    clock, chance = Clock(), random.Random(6)
    guesses = Guesses(clock)
    owner = locator_of("1234567890123456", KEY)
    for minute in range(3):
        for number in range(10_000):
            clock.now += 60 / 10_000
            assert guesses.from_place(f"{minute} {number}") == 0
            guesses.at_locator(locator_of(f"{chance.randrange(10**16):016d}", KEY))
            if number % 2500 == 0:  # more often than anybody types a code
                assert guesses.from_place("the owner") == 0
                assert guesses.at_locator(owner) == 0
                guesses.not_a_guess("the owner")


def test_who_aims_at_one_locator_delays_it_by_seconds_only() -> None:
    clock = Clock()
    guesses = Guesses(clock)
    waits = [guesses.at_locator(7) for _ in range(100)]
    assert waits[:10] == [0] * 10 and max(waits) <= codes.LOCATOR_SECONDS
    clock.now += codes.LOCATOR_SECONDS
    assert guesses.at_locator(7) == 0
    clock.now += codes.LOCATOR_BURST * codes.LOCATOR_SECONDS
    guesses.sweep()
    assert guesses._buckets == {}


def test_only_so_many_places_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "MOST_PLACES", 10)
    guesses = Guesses(Clock())
    for number in range(50):
        guesses.from_place(str(number))
    assert len(guesses._places) == 10


def test_quick_hashes_are_as_good_for_a_test() -> None:
    hasher = CodeHasher(quick())
    assert hasher.matches(hasher.hash("1"), "1")
