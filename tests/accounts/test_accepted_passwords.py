"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from bot.accounts import InvalidAccount
from bot.accounts.passwords import Passwords, argon2_hasher, require_good
from tests.support.people import PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD, "correct-ish zebra pylon", "мой длинный пароль тут", "密码很长很长的一个词语在这里呢",
        "!£$%^&*()_+{}:@~",
        "nine lives of the lamp 2026", "january rain on tin", " spaces at both ends ",
    ],
)  # fmt: skip
def test_a_good_password_is_taken(password: str) -> None:
    require_good(password, "Ash Grove")


@pytest.mark.parametrize("password", ["", "short", "elevenchars"])
def test_a_short_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidAccount, match="too short"):
        require_good(password)


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "Password1234", "P4ssword-123456", "qwertyuiop12", "123456789012", "aaaaaaaaaaaa",
        "abababababab", "abcdefghijkl", "zyxwvutsrqpo", "Sharewell2026", "safeguarding1", "letmeinletmein",
        "correct horse battery staple", "Manchester United 1999", "AshGrove123456", "iloveyouiloveyou", "098765432109",
    ],
)  # fmt: skip
def test_what_anyone_would_guess_first_is_refused(password: str) -> None:
    with pytest.raises(InvalidAccount, match="first that somebody would guess"):
        require_good(password, "Ash Grove")


def test_a_password_longer_than_the_limit_is_refused_and_not_hashed() -> None:
    with pytest.raises(InvalidAccount, match="too long"):
        require_good("violet kettle " * 10_000)
    assert not Passwords().matches(None, "x" * 100_000)


def test_no_error_repeats_the_password() -> None:
    with pytest.raises(InvalidAccount) as refused:
        require_good("zebra")
    assert "zebra" not in str(refused.value)


def test_passwords_are_kept_by_argon2id_with_sensible_costs() -> None:
    stored = Passwords(argon2_hasher()).hash(PASSWORD)
    costs = extract_parameters(stored)
    assert costs.type is Type.ID
    assert costs.memory_cost >= 64 * 1024 and costs.time_cost >= 3
    assert PASSWORD not in stored
    assert Passwords().matches(stored, PASSWORD) and not Passwords().matches(stored, PASSWORD + " ")


def test_the_same_password_typed_on_another_keyboard_is_the_same() -> None:
    passwords = Passwords(PasswordHasher(1, 8, 1))
    stored = passwords.hash("cafe\u0301 at the old pier")
    assert passwords.matches(stored, "caf\u00e9 at the old pier")


@pytest.mark.parametrize("stored", ["", "nonsense", "$argon2id$broken"])
def test_a_damaged_hash_matches_nothing(stored: str) -> None:
    assert not Passwords(PasswordHasher(1, 8, 1)).matches(stored, PASSWORD)
