"""Addresses that hold a password may stand in files, which are closed to others; no error shows what is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, from_environment

SECRET = "postgresql://account:pass-word-7@host/database"
NAMES = (
    "SHAREWELL_LOG_URL", "SHAREWELL_ACCOUNTS_URL", "SHAREWELL_SESSIONS_URL", "SHAREWELL_ADVICE_URL",
    "SHAREWELL_TRAINING_URL",
)  # fmt: skip

each_address = pytest.mark.parametrize("name", NAMES)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "address"
    path.touch(0o600)
    path.write_text(f"{SECRET}\n")
    return path


def _given(settings: Settings, name: str) -> str:
    given = (
        settings.log_url, settings.accounts_url, settings.sessions_url, settings.advice_url, settings.training_url,
    )  # fmt: skip
    return dict(zip(NAMES, given, strict=True))[name]


@each_address
def test_an_address_is_read_from_its_file(name: str, file: Path) -> None:
    settings = from_environment({f"{name}_FILE": str(file)})
    assert _given(settings, name) == SECRET
    assert "pass-word-7" not in repr(settings)
    others = [_given(settings, other) for other in NAMES if other != name]
    assert all(other.startswith("sqlite:///") for other in others)


@each_address
def test_an_address_in_the_environment_still_counts(name: str) -> None:
    assert _given(from_environment({name: SECRET, f"{name}_FILE": ""}), name) == SECRET


@each_address
def test_an_address_in_both_places_is_refused(name: str, file: Path) -> None:
    with pytest.raises(SettingsError, match=f"Both {name} and {name}_FILE are set"):
        from_environment({name: SECRET, f"{name}_FILE": str(file)})


@each_address
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_may_read_is_refused(name: str, mode: int, file: Path) -> None:
    file.chmod(mode)
    with pytest.raises(SettingsError) as raised:
        from_environment({f"{name}_FILE": str(file)})
    assert "chmod 600" in raised.value.remedy
    assert "pass-word-7" not in raised.value.message + raised.value.remedy


@each_address
@pytest.mark.parametrize("content", [b"", b"\n", b"pass-word-7 and more", b"pass-word-7\nx\n", b"\xff\xfe"])
def test_a_file_without_one_line_is_refused(name: str, content: bytes, file: Path) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsError) as raised:
        from_environment({f"{name}_FILE": str(file)})
    assert f"{name}_FILE" in raised.value.message
    assert "pass-word-7" not in raised.value.message + raised.value.remedy


@each_address
def test_a_file_that_is_not_there_is_refused(name: str, tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(SettingsError, match="cannot be read"):
            from_environment({f"{name}_FILE": str(path)})


def test_a_home_of_its_own_has_databases_of_its_own(file: Path, tmp_path: Path) -> None:
    settings = from_environment({f"{name}_FILE": str(file) for name in NAMES}).in_home(tmp_path)
    assert [_given(settings, name).startswith(f"sqlite:///{tmp_path}") for name in NAMES] == [True] * len(NAMES)
