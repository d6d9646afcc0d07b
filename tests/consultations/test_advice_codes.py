"""Receipt codes: what is kept of them, and guessing at them, which keeps no owner out."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import log2
from typing import Any

import pytest
from argon2 import PasswordHasher, Type, extract_parameters
from sqlalchemy import select, text

from bot.codes import (
    AT_ONCE,
    DIGITS,
    FIRST_DELAY,
    FORGOTTEN_AFTER,
    FREE_GUESSES,
    LOCATOR_BURST,
    LOCATOR_SECONDS,
    LOCATORS,
    LONGEST_DELAY,
    MOST_PLACES,
    Busy,
    CodeHasher,
    Guesses,
    delay_after,
    digits_of,
    grouped,
    locator_of,
    new_code,
)
from bot.consultations import Advice, CodeRefused, TooManyGuesses, looks_like_code
from bot.consultations.schema import thread
from bot.consultations.sending import new_reference
from tests.consultations.conftest import Make, engine_of
from tests.support.advice import quick_hasher, request
from tests.support.people import Clock, Counting

KEY = bytes(32)
GUESSES_A_MINUTE = 10_000


def test_a_code_has_sixteen_digits_and_shows_them_in_fours() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200 and all(len(code) == DIGITS and code.isdecimal() for code in codes)
    assert grouped("1234567890123456") == "1234 5678 9012 3456"
    assert {code[0] for code in codes} == set("0123456789")


@pytest.mark.parametrize(
    "typed", ["1234567890123456", " 1234 5678 9012 3456 ", "1234-5678-9012-3456", "1234 - 5678 9012 3456\n"]
)
def test_a_code_is_read_however_it_is_grouped(typed: str) -> None:
    assert looks_like_code(typed) and digits_of(typed) == "1234567890123456"


@pytest.mark.parametrize("typed", ["", "123", "12345678901234567", "1234 5678 9012 345x", "my code 1234567890123456"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert not looks_like_code(typed) and digits_of(typed) == ""


def test_forty_bits_remain_beyond_the_locator() -> None:
    assert log2(10**DIGITS) - log2(LOCATORS) >= 40
    spread = Counter(locator_of(f"{number:016d}", KEY) for number in range(20 * LOCATORS))
    assert len(spread) == LOCATORS and max(spread.values()) < 60
    assert locator_of("1234567890123456", KEY) != locator_of("1234567890123456", b"1" * 32)


def test_a_running_installation_uses_argon2id_with_19_mebibytes() -> None:
    found = extract_parameters(CodeHasher().hash("1234567890123456"))
    assert (found.type, found.memory_cost, found.time_cost) == (Type.ID, 19 * 1024, 2)


def test_only_the_hash_of_a_code_is_kept(advice: Advice, tmp_path: Any) -> None:
    receipt = advice.send(request(), "web")
    digits = digits_of(receipt.code)
    with engine_of(advice).connect() as connection:
        kept = connection.execute(select(thread.c.code_hash)).scalar_one()
    assert kept.startswith("$argon2id$") and quick_hasher().verify(kept, digits)
    content = (tmp_path / "advice.db").read_bytes()
    assert digits.encode() not in content and receipt.code.encode() not in content
    assert receipt.ticket.encode() not in content


def test_a_reference_opens_nothing_and_is_never_a_code(advice: Advice) -> None:
    receipt = advice.send(request(), "web")
    assert not looks_like_code(receipt.reference) and receipt.reference.startswith("A-")
    with pytest.raises(CodeRefused):
        advice.open(receipt.reference, "web")
    assert len({new_reference() for _ in range(500)}) == 500


def test_threads_stand_apart_while_there_is_room(advice: Advice) -> None:
    for number in range(60):
        advice.send(request(), f"web-{number}")
    with engine_of(advice).connect() as connection:
        locators = connection.execute(select(thread.c.locator)).scalars().all()
    assert len(set(locators)) == 60


def test_threads_that_share_a_locator_open_with_their_own_codes(make: Make) -> None:
    advice = make()
    receipts = [advice.send(request(f"Question {number}."), f"web-{number}") for number in range(2)]
    place = locator_of(digits_of(receipts[1].code), advice._database.keys.locator_key)
    with engine_of(advice).begin() as connection:  # as it is where there are very many
        connection.execute(text("UPDATE advice_thread SET locator = :place"), {"place": place})
    found = advice._found(digits_of(receipts[1].code), "web")
    with engine_of(advice).connect() as connection:
        reference = connection.execute(select(thread.c.reference).where(thread.c.id == found)).scalar_one()
    assert reference == receipts[1].reference


def test_the_delay_of_a_place_grows_and_ends() -> None:
    delays = [delay_after(failures) for failures in range(1, 40)]
    assert delays[:7] == [0, 0, 0, 0, FIRST_DELAY, 10, 20]
    assert delays[-1] == LONGEST_DELAY == max(delays) and delays == sorted(delays)


def test_a_place_that_guesses_waits_even_with_the_right_code(advice: Advice, clock: Clock) -> None:
    receipt = advice.send(request(), "web")
    for _ in range(FREE_GUESSES):
        with pytest.raises(CodeRefused) as refused:
            advice.open(new_code(), "web")
        assert not isinstance(refused.value, TooManyGuesses)
    with pytest.raises(TooManyGuesses) as waits:
        advice.open(receipt.code, "web")
    assert waits.value.seconds == FIRST_DELAY
    clock.now += waits.value.seconds
    assert advice.open(receipt.code, "web").thread.reference == receipt.reference
    assert advice.open(receipt.code, "elsewhere").thread.reference == receipt.reference


def test_holding_one_code_does_not_make_guessing_free(advice: Advice, clock: Clock) -> None:
    receipt = advice.send(request(), "web")
    refused = 0
    for _ in range(40):
        try:
            advice.open(new_code(), "web")
        except TooManyGuesses:
            refused += 1
        except CodeRefused:
            pass
        try:
            advice.open(receipt.code, "web")
        except TooManyGuesses:
            refused += 1
    assert refused > 40


def test_a_refusal_does_not_say_why(advice: Advice, clock: Clock) -> None:
    gone = advice.send(request(), "web")
    advice.wipe(gone.ticket)
    said = set()
    for source, code in (("a", gone.code), ("b", new_code()), ("c", "hello"), ("d", "")):
        with pytest.raises(CodeRefused) as refused:
            advice.open(code, source)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_thread_is_slowed_by_seconds_and_never_locked(clock: Clock) -> None:
    guesses = Guesses(clock)
    waits = [guesses.at_locator(7) for _ in range(100)]
    assert waits[:LOCATOR_BURST] == [0] * LOCATOR_BURST and set(waits[LOCATOR_BURST:]) == {LOCATOR_SECONDS}
    assert guesses.at_locator(8) == 0
    clock.now += LOCATOR_SECONDS
    assert guesses.at_locator(7) == 0 and guesses.at_locator(7) > 0


def test_what_is_counted_is_forgotten(clock: Clock) -> None:
    guesses = Guesses(clock)
    for _ in range(FREE_GUESSES):
        guesses.from_place("web")
    guesses.at_locator(7)
    clock.now += FORGOTTEN_AFTER
    guesses.sweep()
    assert not guesses._places and not guesses._buckets
    assert MOST_PLACES >= 10 * GUESSES_A_MINUTE


@contextmanager
def _guessing(guess: Callable[[int], object], clock: Clock, guessers: int = 4) -> Iterator[Counter[str]]:
    """Ten thousand guesses of one minute, from several threads, while the block runs."""
    told: Counter[str] = Counter()
    lock = threading.Lock()

    def run(first: int) -> None:
        for number in range(first, GUESSES_A_MINUTE, guessers):
            try:
                guess(number)
                answer = "opened"
            except TooManyGuesses:
                answer = "slowed"
            except CodeRefused:
                answer = "wrong"
            with lock:
                told[answer] += 1
                clock.now += 60 / GUESSES_A_MINUTE

    threads = [threading.Thread(target=run, args=(first,)) for first in range(guessers)]
    for each in threads:
        each.start()
    try:
        yield told
    finally:
        for each in threads:
            each.join()


def test_ten_thousand_guesses_a_minute_from_one_place_are_hardly_checked(make: Make, clock: Clock) -> None:
    hasher = Counting()
    advice = make(hasher=hasher)
    receipts = [advice.send(request(), f"web-{number}") for number in range(20)]
    with _guessing(lambda number: advice.open(new_code(), "guesser"), clock) as told:
        for receipt in receipts:
            assert advice.open(receipt.code, "owner").thread.reference == receipt.reference
    assert told["opened"] == 0 and sum(told.values()) == GUESSES_A_MINUTE
    assert told["wrong"] <= 10 and hasher.checks <= len(receipts) + 10


def test_ten_thousand_guesses_a_minute_from_everywhere_keep_no_owner_out(make: Make, clock: Clock) -> None:
    """Each guess comes from a place of its own: only the threads' own count and the keyed locator are in its way."""
    hasher = Counting()
    advice = make(hasher=hasher)
    receipts = [advice.send(request(), f"web-{number}") for number in range(50)]
    hashed_before, waited = hasher.checks, []
    with _guessing(lambda number: advice.open(new_code(), f"place-{number}"), clock) as told:
        for receipt in receipts:
            began = time.perf_counter()
            assert advice.open(receipt.code, f"owner of {receipt.reference}").thread.reference == receipt.reference
            waited.append(time.perf_counter() - began)
    assert told["opened"] == 0 and told["wrong"] + told["slowed"] == GUESSES_A_MINUTE
    checks_of_guesses = hasher.checks - hashed_before - len(receipts)
    assert checks_of_guesses < 3 * GUESSES_A_MINUTE * len(receipts) / LOCATORS  # about 61 of 10,000
    assert max(waited) < 5


class _Slow(PasswordHasher):
    """Waits in each check until it is let go, and counts how many wait at once."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.go = threading.Event()
        self.lock = threading.Lock()
        self.now = 0
        self.most = 0

    def verify(self, *args: Any, **options: Any) -> Any:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.go.wait(10)
        with self.lock:
            self.now -= 1
        return super().verify(*args, **options)


def test_few_hashes_are_computed_at_once_and_nobody_waits_for_ever() -> None:
    slow = _Slow()
    hasher = CodeHasher(slow, longest_wait=0.05)
    stored = hasher.hash("1234567890123456")
    answers: list[bool] = []
    threads = [threading.Thread(target=lambda: answers.append(hasher.matches(stored, "1234567890123456")))
               for _ in range(AT_ONCE)]  # fmt: skip
    for each in threads:
        each.start()
    while slow.now < AT_ONCE:
        time.sleep(0.001)
    with pytest.raises(Busy):
        hasher.matches(stored, "1234567890123456")
    slow.go.set()
    for each in threads:
        each.join()
    assert answers == [True] * AT_ONCE and slow.most == AT_ONCE
    assert hasher.matches(stored, "1234567890123456")
