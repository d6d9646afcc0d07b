"""Signing in through the organisation, over HTTP, from the page to the provider and back."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from bot.accounts import Accounts, EventKind, OpenIdSettings, Role
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.support import SITE, Staff, application
from tests.support.open_id_provider import CLIENT_ID, SECRET, Provider, running_provider
from tests.support.people import Clock, Counting, joined, kinds, opened

ROLES = {"leads": frozenset({Role.MANAGER, Role.ADMINISTRATOR})}


@pytest.fixture
def provider(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running_provider(f"{SITE}/office/sign-in/returned", clock) as running:
        yield running


@pytest.fixture
def accounts(accounts_url: str, clock: Clock, provider: Provider) -> Iterator[Accounts]:
    settings = OpenIdSettings(provider.url, CLIENT_ID, SECRET, "groups", ROLES)
    found = opened(accounts_url, clock, Counting(), open_id=settings)
    yield found
    found.close()


def _round(staff: Staff, provider: Provider, path: str) -> httpx.Response:
    """From a page of ours to the provider, and back to ours."""
    sent = staff.get(path)
    assert sent.status_code == 303 and sent.headers["location"].startswith(provider.url)
    answered = httpx.get(sent.headers["location"])
    assert answered.status_code == 302, answered.text
    back = urlsplit(answered.headers["location"])
    assert f"{back.scheme}://{back.netloc}" == SITE
    return staff.get(f"{back.path.removeprefix('/office')}?{back.query}")


def test_somebody_signs_in_and_goes_on(accounts: Accounts, staff: Staff, provider: Provider) -> None:
    assert "Sign in through your organisation" in staff.get("/sign-in").text
    planted = staff.token
    response = _round(staff, provider, "/sign-in/organisation?then=%2Foffice%2Fpeople")
    assert response.status_code == 303 and response.headers["location"] == "/office/people"
    assert staff.token != planted
    assert staff.get("/people").status_code == 200
    page = staff.get("/account").text
    assert "You sign in through your organisation" in page and "Ash Grove" in page
    assert kinds(accounts)[0] is EventKind.SIGNED_IN_PROVIDER


def test_the_answer_serves_no_other_browser(
    accounts: Accounts, staff: Staff, staff_of: MakeStaff, provider: Provider
) -> None:
    sent = staff.get("/sign-in/organisation")
    back = urlsplit(httpx.get(sent.headers["location"]).headers["location"])
    victim = staff_of()
    victim.get("/sign-in")
    response = victim.get(f"/sign-in/returned?{back.query}")
    assert response.status_code == 403 and "sign-in did not work" in response.text
    assert victim.get("/account").status_code == 303


@pytest.mark.parametrize("wrong", [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://a.example"}, {"exp": 5}])
def test_a_wrong_token_is_explained_without_detail(
    accounts: Accounts, staff: Staff, provider: Provider, wrong: dict[str, object]
) -> None:
    provider.wrong = wrong
    response = _round(staff, provider, "/sign-in/organisation")
    assert response.status_code == 403 and "Your organisation&#39;s sign-in did not work" in response.text
    assert "token" not in response.text.lower() and accounts.people.all() == ()


def test_who_has_no_role_is_told_so(accounts: Accounts, staff: Staff, provider: Provider) -> None:
    provider.person["groups"] = ["others"]
    response = _round(staff, provider, "/sign-in/organisation")
    assert response.status_code == 403 and "no role here" in response.text


def test_showing_again_who_it_is_goes_to_the_provider(
    accounts: Accounts, staff: Staff, provider: Provider, clock: Clock
) -> None:
    _round(staff, provider, "/sign-in/organisation")
    clock.now += 600
    assert staff.get("/people/invite").headers["location"].startswith("/office/confirm")
    assert "Through your organisation" in staff.get("/confirm?then=%2Foffice%2Fpeople%2Finvite").text
    response = _round(staff, provider, "/confirm/organisation?then=%2Foffice%2Fpeople%2Finvite")
    assert response.headers["location"] == "/office/people/invite"
    assert provider.asked[-1]["prompt"] == "login"
    assert staff.get("/people/invite").status_code == 200


def test_a_provider_that_is_gone_is_explained(accounts: Accounts, staff: Staff, provider: Provider) -> None:
    provider.description = {"issuer": "https://elsewhere.example"}
    response = staff.get("/sign-in/organisation")
    assert response.status_code == 502 and "did not work" in response.text


def test_without_a_provider_its_pages_are_not_there(accounts_url: str, clock: Clock, staff_of: MakeStaff) -> None:
    plain = opened(accounts_url, clock, Counting())
    joined(plain, "Ash Grove")
    staff = staff_of(of=application(plain, clock))
    assert "organisation" not in staff.get("/sign-in").text
    assert staff.get("/sign-in/organisation").status_code == 404
    assert staff.get("/sign-in/returned?code=a&state=b").status_code == 404
    staff.sign_in("Ash Grove")
    assert staff.get("/confirm/organisation").status_code == 404
    plain.close()
