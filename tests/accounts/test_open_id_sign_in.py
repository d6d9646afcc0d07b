"""Signing in through the organisation: against a provider that signs real tokens, and lies in every way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc.jwk import RSAKey

from bot.accounts import (
    Accounts,
    AccountState,
    EventKind,
    NotChanged,
    OpenIdSettings,
    ProviderError,
    Role,
    SignInRefused,
    read_open_id,
)
from bot.accounts.openid import OpenId
from bot.accounts.provider import Client
from bot.errors import SettingsError
from tests.support.open_id_provider import (
    CLIENT_ID,
    SECRET,
    Provider,
    back_from,
    running_provider,
    shared_secret_key,
)
from tests.support.people import Clock, joined, kinds, opened

REDIRECT = "https://advice.example.org/office/sign-in/returned"
BROWSER = "the browser's token"
LEADS = {"leads": frozenset({Role.MANAGER, Role.ADVISER}), "staff": frozenset({Role.PRACTITIONER})}


@pytest.fixture
def provider(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_provider(REDIRECT, clock) as running:
        yield running


@pytest.fixture
def accounts(url: str, clock: Clock, provider: Provider) -> Iterator[Accounts]:
    settings = OpenIdSettings(provider.url, CLIENT_ID, SECRET, "groups", LEADS)
    found = opened(url, clock, open_id=settings)
    yield found
    found.close()


@pytest.fixture
def service(accounts: Accounts) -> OpenId:
    assert accounts.open_id is not None
    return accounts.open_id


def _signed_in(service: OpenId, provider: Provider, browser: str = BROWSER) -> str:
    address = service.begin(BROWSER, REDIRECT, "/office/")
    return service.finish(browser, back_from(provider, address)).account_id


def test_the_first_sign_in_makes_an_account(accounts: Accounts, service: OpenId, provider: Provider) -> None:
    account_id = _signed_in(service, provider)
    found = accounts.people.find(account_id)
    assert (found.name, found.roles, found.state) == ("Ash Grove", LEADS["leads"], AccountState.ACTIVE)
    assert found.from_provider and not found.has_password
    assert _signed_in(service, provider) == account_id
    assert provider.asked[0]["state"] != provider.asked[1]["state"]
    assert provider.asked[0]["nonce"] != provider.asked[1]["nonce"]


def test_the_secret_and_the_subject_are_not_kept(accounts: Accounts, service: OpenId, provider: Provider) -> None:
    provider.person["sub"] = "zebra-the-subject"
    _signed_in(service, provider)
    with accounts._database.reading() as connection:
        kept = "".join(
            repr(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            for table in ("account", "event", "ceremony")
        )
    assert "zebra" not in kept and SECRET not in kept
    assert SECRET not in repr(Client("x", CLIENT_ID, SECRET))


def test_a_name_that_is_taken_gets_a_number(accounts: Accounts, service: OpenId, provider: Provider) -> None:
    joined(accounts, "Ash Grove")
    assert accounts.people.find(_signed_in(service, provider)).name == "Ash Grove 2"


@pytest.mark.parametrize("name", [None, "", "x" * 500, 7, ["a"]])
def test_a_name_that_cannot_be_kept_is_left_out_or_shortened(
    accounts: Accounts, service: OpenId, provider: Provider, name: Any
) -> None:
    provider.person["name"] = name
    assert len(accounts.people.find(_signed_in(service, provider)).name) <= 40


def test_roles_follow_the_provider(accounts: Accounts, service: OpenId, provider: Provider) -> None:
    account_id = _signed_in(service, provider)
    session = accounts.sessions.begin(account_id, EventKind.SIGNED_IN_PROVIDER)
    provider.person["groups"] = ["staff", "others"]
    _signed_in(service, provider)
    assert accounts.people.find(account_id).roles == {Role.PRACTITIONER}
    assert accounts.sessions.rotated(session) is not None
    provider.person["groups"] = ["others"]
    with pytest.raises(SignInRefused):
        _signed_in(service, provider)
    assert accounts.people.find(account_id).roles == frozenset()


@pytest.mark.parametrize("groups", [None, [], "", ["others"], 5, {"leads": True}, [["leads"]], "lead"])
def test_nobody_without_a_role_gets_in(accounts: Accounts, service: OpenId, provider: Provider, groups: Any) -> None:
    provider.person["groups"] = groups
    with pytest.raises(SignInRefused, match="no role"):
        _signed_in(service, provider)
    assert accounts.people.all() == ()
    assert kinds(accounts) == [EventKind.SIGN_IN_FAILED]


def test_a_claim_may_be_one_word(accounts: Accounts, service: OpenId, provider: Provider) -> None:
    provider.person["groups"] = "staff"
    assert accounts.people.find(_signed_in(service, provider)).roles == {Role.PRACTITIONER}


def test_somebody_suspended_here_stays_so(accounts: Accounts, service: OpenId, provider: Provider) -> None:
    account_id = _signed_in(service, provider)
    accounts.people.suspend(account_id)
    with pytest.raises(SignInRefused):
        _signed_in(service, provider)
    assert accounts.people.find(account_id).state is AccountState.SUSPENDED
    accounts.people.restore(account_id)
    with pytest.raises(NotChanged, match="your organisation"):
        accounts.invitations.reset(account_id)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"nonce": "another"}, "token-invalid_claim"), ({"nonce": None}, "token-missing_claim"),
        ({"aud": "another-client"}, "token-invalid_claim"),
        ({"aud": ["sharewell", "other"], "azp": "other"}, "token-invalid"),
        ({"aud": None}, "token-missing_claim"), ({"iss": "https://elsewhere.example"}, "token-invalid_claim"),
        ({"iss": None}, "token-missing_claim"), ({"sub": None}, "token-missing_claim"),
        ({"exp": 1_794_999_000}, "token-expired"), ({"exp": None}, "token-missing_claim"),
        ({"iat": 1_795_009_000}, "token-invalid"), ({"nbf": 1_795_009_000}, "token-invalid"),
        ({"exp": "soon"}, "token-"),
    ],
)  # fmt: skip
def test_a_wrong_token_is_refused(
    accounts: Accounts, service: OpenId, provider: Provider, wrong: dict[str, Any], reason: str
) -> None:
    provider.wrong = wrong
    with pytest.raises(ProviderError) as refused:
        _signed_in(service, provider)
    assert refused.value.reason.startswith(reason)
    assert accounts.people.all() == () and kinds(accounts) == [EventKind.SIGN_IN_FAILED]


def test_a_token_that_expired_within_the_leeway_is_taken(service: OpenId, provider: Provider, clock: Clock) -> None:
    provider.wrong = {"exp": int(clock.now) - 30}
    assert _signed_in(service, provider)


@pytest.mark.parametrize("way", ["stranger", "none", "shared-secret", "same-kid"])
def test_a_token_that_the_provider_did_not_sign_is_refused(service: OpenId, provider: Provider, way: str) -> None:
    if way == "stranger":
        provider.signing = RSAKey.generate_key(2048, {"kid": "stranger"})
    elif way == "same-kid":
        provider.signing = RSAKey.generate_key(2048, {"kid": str(provider.keys[0].kid)})
    else:
        provider.signing = shared_secret_key()
        provider.header = {"alg": "none" if way == "none" else "HS256", "kid": provider.keys[0].kid}
    with pytest.raises(ProviderError) as refused:
        _signed_in(service, provider)
    assert refused.value.reason.startswith("token-")


def test_new_keys_of_the_provider_are_read_but_not_for_every_forgery(
    service: OpenId, provider: Provider, clock: Clock
) -> None:
    _signed_in(service, provider)
    assert provider.key_reads == 1
    provider.rotate()
    clock.now += 11
    _signed_in(service, provider)
    assert provider.key_reads == 2
    provider.signing = RSAKey.generate_key(2048, {"kid": "stranger"})
    for _ in range(5):
        with pytest.raises(ProviderError):
            _signed_in(service, provider)
    assert provider.key_reads == 2


def test_an_answer_serves_the_browser_that_asked_and_once(service: OpenId, provider: Provider) -> None:
    address = service.begin(BROWSER, REDIRECT, "/office/")
    query = back_from(provider, address)
    with pytest.raises(ProviderError, match="did not work"):
        service.finish("another browser's token", query)
    service.finish(BROWSER, query)
    with pytest.raises(ProviderError) as refused:
        service.finish(BROWSER, query)
    assert refused.value.reason == "not-begun-here"
    assert len(provider.exchanged) == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"state": "another"}, "state-differs"), ({"state": ""}, "state-differs"), ({"state": "é"}, "state-differs"),
        ({"iss": "https://elsewhere.example"}, "issuer-differs"), ({"code": ""}, "refused-there"),
        ({"error": "access_denied"}, "refused-there"), ({"code": "guessed"}, "status-400"),
    ],
)  # fmt: skip
def test_an_answer_that_was_changed_on_the_way_is_refused(
    service: OpenId, provider: Provider, changed: dict[str, str], reason: str
) -> None:
    query = dict(name.split("=", 1) for name in back_from(provider, service.begin(BROWSER, REDIRECT, "")).split("&"))
    whole = {name: values[0] for name, values in parse_qs(urlencode(query)).items()} | changed
    whole["iss"] = changed.get("iss", provider.url)
    with pytest.raises(ProviderError) as refused:
        service.finish(BROWSER, urlencode(whole))
    assert refused.value.reason == reason


@pytest.mark.parametrize("query", ["", "&&&&", "a=b", "&".join(["a=b"] * 50), "%ff%fe", "x" * 100_000])
def test_nonsense_is_refused(service: OpenId, provider: Provider, query: str) -> None:
    service.begin(BROWSER, REDIRECT, "")
    with pytest.raises(ProviderError):
        service.finish(BROWSER, query)


def test_who_takes_too_long_begins_again(service: OpenId, provider: Provider, clock: Clock) -> None:
    query = back_from(provider, service.begin(BROWSER, REDIRECT, ""))
    clock.now += 600
    with pytest.raises(ProviderError):
        service.finish(BROWSER, query)


def test_a_refusal_at_the_provider_is_said(service: OpenId, provider: Provider) -> None:
    provider.refuses = True
    with pytest.raises(ProviderError) as refused:
        _signed_in(service, provider)
    assert refused.value.reason == "refused-there"


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ({"issuer": "https://elsewhere.example"}, "issuer-differs"),
        ({"token_endpoint": "http://10.0.0.1/t"}, "address-"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "address-"), ({"jwks_uri": None}, "address-"),
    ],
)  # fmt: skip
def test_a_provider_that_describes_itself_wrongly_is_refused(
    service: OpenId, provider: Provider, description: dict[str, Any], reason: str
) -> None:
    provider.description = description
    with pytest.raises(ProviderError) as refused:
        service.begin(BROWSER, REDIRECT, "")
    assert refused.value.reason.startswith(reason)


def test_a_provider_that_is_gone_is_said_to_be(url: str, clock: Clock) -> None:
    accounts = opened(url, clock, open_id=OpenIdSettings("http://127.0.0.1:1", CLIENT_ID, SECRET, "groups", LEADS))
    assert accounts.open_id is not None
    with pytest.raises(ProviderError) as refused:
        accounts.open_id.begin(BROWSER, REDIRECT, "")
    assert refused.value.reason.startswith("no-answer")
    accounts.close()


def test_somebody_signed_in_shows_again_who_it_is(service: OpenId, provider: Provider, clock: Clock) -> None:
    account_id = _signed_in(service, provider)
    address = service.begin_proof(BROWSER, REDIRECT, "/office/people", account_id)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    found = service.finish(BROWSER, back_from(provider, address))
    assert (found.purpose, found.account_id, found.then) == (account_id, account_id, "/office/people")


def test_an_old_sign_in_at_the_provider_is_no_proof(service: OpenId, provider: Provider, clock: Clock) -> None:
    account_id = _signed_in(service, provider)
    for wrong in ({"auth_time": int(clock.now) - 3600}, {"auth_time": None}):
        provider.wrong = wrong
        with pytest.raises(ProviderError) as refused:
            service.finish(BROWSER, back_from(provider, service.begin_proof(BROWSER, REDIRECT, "", account_id)))
        assert refused.value.reason == "proof-too-old"


def test_another_persons_proof_is_none(service: OpenId, provider: Provider) -> None:
    account_id = _signed_in(service, provider)
    provider.person["sub"] = "person-2"
    with pytest.raises(ProviderError) as refused:
        service.finish(BROWSER, back_from(provider, service.begin_proof(BROWSER, REDIRECT, "", account_id)))
    assert refused.value.reason == "another-person"


GIVEN: dict[str, Any] = {
    "issuer": "https://login.example.org", "client_id": "sharewell", "role_claim": "groups",
    "roles": "CN=leads,OU=x=manager,adviser; all staff = practitioner",
}  # fmt: skip


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(SECRET + "\n")
    path.chmod(0o600)
    return path


def test_the_settings_are_read(secret_file: Path) -> None:
    found = read_open_id(secret_file=secret_file, **GIVEN)
    assert found is not None and found.secret == SECRET and SECRET not in repr(found)
    assert found.roles == {
        "CN=leads,OU=x": frozenset({Role.MANAGER, Role.ADVISER}), "all staff": frozenset({Role.PRACTITIONER})
    }  # fmt: skip
    assert read_open_id("", "", None, "", "") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": ""}, {"client_id": ""}, {"role_claim": ""}, {"roles": ""}, {"issuer": "http://login.example.org"},
        {"roles": "leads"}, {"roles": "leads=boss"}, {"roles": "=manager"},
    ],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused(secret_file: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match="SHAREWELL_OIDC"):
        read_open_id(secret_file=secret_file, **{**GIVEN, **wrong})


@pytest.mark.parametrize("fault", ["open", "empty", "missing", "two words", "absent"])
def test_a_secret_that_cannot_be_used_is_refused(secret_file: Path, fault: str) -> None:
    if fault == "open":
        secret_file.chmod(0o644)
    elif fault == "missing":
        secret_file.unlink()
    else:
        secret_file.write_text("" if fault == "empty" else "two words")
    with pytest.raises(SettingsError) as refused:
        read_open_id(secret_file=None if fault == "absent" else secret_file, **GIVEN)
    assert SECRET not in str(refused.value)
