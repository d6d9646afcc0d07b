"""`sharewell account`: the first administrator, and what whoever looks after the server may do."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest

from bot.accounts import Accounts, AccountState, Role
from bot.cli import starting
from bot.cli.main import main
from bot.settings import from_environment
from tests.support.people import PASSWORD
from tests.support.telegram.running import Emulator
from tests.support.telegram.world import TOKEN


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHAREWELL_HOME", str(tmp_path / "home"))
    for name in ("ACCOUNTS_URL", "SITE_URL", "OIDC_ISSUER", "HOST", "PORT", "SECURE_COOKIE"):
        monkeypatch.delenv(f"SHAREWELL_{name}", raising=False)
    return tmp_path / "home"


def _accounts(home: Path) -> Accounts:
    return Accounts(f"sqlite:///{home / 'accounts.db'}")


def _invited(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[str, str]:
    """The address and the token of a link that was printed."""
    assert main(["account", "invite", *options]) == 0
    said = capsys.readouterr().out
    found = re.match(r"(http\S+)/office/invitation/([\w-]{43})\n", said)
    assert found is not None and "72 hours" in said
    return found[1], found[2]


def test_the_first_administrator(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["account", "list"]) == 0
    assert "sharewell account invite --role administrator" in capsys.readouterr().out
    site, token = _invited(capsys, "--role", "administrator", "--role", "manager", "--name", "Rowan Field")
    assert site == "http://localhost:8080", "a passkey does not work at a number"
    accounts = _accounts(home)
    account_id = accounts.invitations.accept_with_password(token, "Rowan Field", PASSWORD)
    assert accounts.people.find(account_id).roles == {Role.ADMINISTRATOR, Role.MANAGER}
    accounts.close()
    assert stat.S_IMODE((home / "accounts.db").stat().st_mode) == 0o600
    assert main(["account", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert (listed["id"], listed["state"], listed["roles"]) == (account_id, "active", ["administrator", "manager"])


@pytest.mark.parametrize(
    ("settings", "site"),
    [
        ({"SHAREWELL_SITE_URL": "https://advice.example.org/"}, "https://advice.example.org"),
        ({"SHAREWELL_HOST": "0.0.0.0", "SHAREWELL_PORT": "9000"}, "http://localhost:9000"),
        ({"SHAREWELL_HOST": "office.example", "SHAREWELL_SECURE_COOKIE": "1"}, "https://office.example:8080"),
    ],
)  # fmt: skip
def test_the_link_leads_to_where_the_pages_are(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], site: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert _invited(capsys, "--role", "adviser")[0] == site


def test_accounts_are_changed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, token = _invited(capsys, "--role", "adviser", "--team", "North", "--area", "durham", "--subject", "consent")
    accounts = _accounts(home)
    one = accounts.invitations.accept_with_password(token, "Ash Grove", PASSWORD)
    found = accounts.people.find(one)
    assert (found.team, found.area, found.subjects) == ("North", "durham", ("consent",))
    assert main(["account", "roles", one, "--role", "auditor"]) == 0
    assert accounts.people.find(one).roles == {Role.AUDITOR}
    assert main(["account", "suspend", one]) == 0
    assert accounts.people.find(one).state is AccountState.SUSPENDED
    assert main(["account", "restore", one]) == 0
    capsys.readouterr()
    assert main(["account", "reset", one]) == 0
    assert "/office/invitation/" in capsys.readouterr().out
    assert accounts.people.find(one).state is AccountState.INVITED
    accounts.close()


@pytest.mark.parametrize(
    "arguments",
    [
        ["suspend", "nobody"], ["restore", "nobody"], ["reset", "nobody"], ["roles", "nobody", "--role", "manager"],
        ["invite", "--role", "manager", "--name", "x"], ["invite", "--role", "manager", "--team", "y" * 100],
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_two_lines(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(["account", *arguments]) == 1
    said = capsys.readouterr().err
    assert said.startswith("sharewell: ") and len(said.splitlines()) == 2


def test_a_role_that_is_none_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["account", "invite", "--role", "boss"])
    assert "administrator" in capsys.readouterr().err


def test_an_address_that_names_no_database_is_said_to_be_one(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHAREWELL_ACCOUNTS_URL", "mysql://zebra@host/x")
    assert main(["account", "list"]) == 1
    said = capsys.readouterr().err
    assert "SHAREWELL_ACCOUNTS_URL" in said and "zebra" not in said


def test_guidance_starts_without_the_office_where_the_accounts_cannot_be_reached(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHAREWELL_ACCOUNTS_URL", "postgresql://nobody@127.0.0.1:1/accounts")
    assert starting._accounts(from_environment()) is None
    assert capsys.readouterr().err.startswith("The office is not open. The database of the accounts failed")


def test_a_person_is_invited_to_act_from_telegram_and_the_end_of_it(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = _invited(capsys, "--role", "practitioner")
    accounts = _accounts(home)
    one = accounts.invitations.accept_with_password(token, "Ash Grove", PASSWORD)
    assert main(["account", "telegram", one]) == 1
    assert "SHAREWELL_TELEGRAM_ENROLMENT" in capsys.readouterr().err
    monkeypatch.setenv("SHAREWELL_TELEGRAM_ENROLMENT", "on")
    with Emulator() as telegram:
        monkeypatch.setenv("SHAREWELL_TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setenv("SHAREWELL_TELEGRAM_API", telegram.url)
        assert main(["account", "telegram", one]) == 0
    found = re.match(r"https://t\.me/sharewell_bot\?start=join_([\w-]{43})\n", capsys.readouterr().out)
    assert found is not None
    assert accounts.enrolments.enrol(found[1], "a" * 64).id == one
    assert main(["account", "telegram", one, "--end"]) == 0
    assert accounts.enrolments.account_of("a" * 64) is None
    accounts.close()


def test_a_setting_that_is_neither_on_nor_off_is_refused(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHAREWELL_TELEGRAM_ENROLMENT", "perhaps")
    assert main(["account", "list"]) == 1
    assert "Set it to on or off." in capsys.readouterr().err
