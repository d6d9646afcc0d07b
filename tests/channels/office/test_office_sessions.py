"""Cookies, sessions and return addresses, as a browser without JavaScript sees them."""

from __future__ import annotations

import re

import pytest
from starlette.requests import Request

from bot.accounts import Accounts, EventKind, Role
from bot.channels.office.addresses import local, site_of, takes_passkeys
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.support import COOKIE, DEVICE, Staff
from tests.support.people import OTHER_PASSWORD, PASSWORD, Clock, joined, kinds


def test_the_cookie_is_random_http_only_and_for_the_session(accounts: Accounts, staff: Staff) -> None:
    joined(accounts, "Ash Grove")
    cookie = staff.get("/sign-in").headers["set-cookie"]
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=lax", cookie)
    cookies = staff.sign_in("Ash Grove").headers.get_list("set-cookie")
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=lax", cookies[0])
    assert re.fullmatch(rf"{DEVICE}=[\w-]{{43}}; HttpOnly; Max-Age=15552000; Path=/; SameSite=lax", cookies[1])


def test_behind_https_the_cookies_are_secure_and_tied_to_the_host(accounts: Accounts, staff_of: MakeStaff) -> None:
    joined(accounts, "Ash Grove")
    staff = staff_of(secure=True)
    cookies = staff.sign_in("Ash Grove").headers.get_list("set-cookie")
    assert [each.split("=")[0] for each in cookies] == [f"__Host-{COOKIE}", f"__Host-{DEVICE}"]
    assert all("; Secure" in each and "; Path=/" in each and "Domain" not in each for each in cookies)


def test_a_token_that_was_there_before_signing_in_is_worth_nothing(accounts: Accounts, staff_of: MakeStaff) -> None:
    joined(accounts, "Ash Grove")
    victim = staff_of()
    victim.get("/sign-in")
    planted = victim.token
    victim.sign_in("Ash Grove")
    assert victim.token != planted
    attacker = staff_of()
    attacker.cookies.set(COOKIE, planted)
    assert attacker.get("/account").status_code == 303


def test_a_token_of_the_attackers_choice_is_replaced(accounts: Accounts, staff_of: MakeStaff) -> None:
    joined(accounts, "Ash Grove")
    victim = staff_of()
    victim.cookies.set(COOKIE, "A" * 43)
    victim.sign_in("Ash Grove")
    attacker = staff_of()
    attacker.cookies.set(COOKIE, "A" * 43)
    assert attacker.get("/account").status_code == 303


def test_a_cookie_not_of_our_making_is_no_session(accounts: Accounts, staff: Staff) -> None:
    for value in ("short", "a" * 44, "\"" * 43, ""):
        assert staff.get("/account", {"cookie": f"{COOKIE}={value}"}).status_code == 303


def test_signing_in_again_ends_the_earlier_session(accounts: Accounts, staff_of: MakeStaff) -> None:
    account_id = joined(accounts, "Ash Grove")
    staff = staff_of()
    staff.sign_in("Ash Grove")
    assert staff.get("/sign-in").status_code == 303
    staff.get("/account")
    staff.post("/sign-in", {"name": "Ash Grove", "password": PASSWORD})
    assert len(accounts.sessions.of(account_id)) == 1


def test_a_session_ends_without_use_and_its_page_is_asked_for_again(
    accounts: Accounts, staff: Staff, clock: Clock
) -> None:
    joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    clock.now += 900
    response = staff.get("/account")
    assert response.headers["location"] == "/office/sign-in?then=%2Foffice%2Faccount"
    response = staff.sign_in("Ash Grove", then="?then=%2Foffice%2Faccount")
    assert response.headers["location"] == "/office/account"


def test_a_change_of_roles_gives_a_new_token(accounts: Accounts, staff: Staff) -> None:
    account_id = joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    staff.get("/account")
    before = staff.token
    accounts.people.set_roles(account_id, ["auditor"])
    assert staff.post("/account/name", {"name": "Ash G"}).status_code == 303, "a form under way was lost"
    assert staff.get("/events").status_code == 200
    assert staff.token != before
    assert staff.get("/events").status_code == 200


def test_a_suspended_person_is_out_at_once(accounts: Accounts, staff: Staff) -> None:
    account_id = joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    accounts.people.suspend(account_id)
    assert staff.get("/account").status_code == 303


def test_signing_out_ends_the_session(accounts: Accounts, staff: Staff) -> None:
    joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    token = staff.token
    assert "You are signed out" in staff.send("/account", "/sign-out").text
    assert accounts.sessions.find(token) is None
    assert staff.get("/account").status_code == 303
    assert kinds(accounts)[0] is EventKind.SIGNED_OUT


def test_other_sessions_are_listed_and_ended(accounts: Accounts, staff_of: MakeStaff) -> None:
    joined(accounts, "Ash Grove")
    here, there = staff_of(), staff_of()
    here.sign_in("Ash Grove")
    there.sign_in("Ash Grove")
    page = here.get("/account").text
    assert page.count("Another browser") == 1 and page.count("This browser") == 1
    session = re.search(r'name="session" value="(\w+)"', page)
    assert session is not None
    assert here.post("/account/sessions/end", {"session": session[1]}).status_code == 303
    assert there.get("/account").status_code == 303 and here.get("/account").status_code == 200
    there.sign_in("Ash Grove")
    here.send("/account", "/account/sessions/end-others")
    assert there.get("/account").status_code == 303


def test_nobody_ends_the_session_of_another(accounts: Accounts, staff_of: MakeStaff) -> None:
    one, other = joined(accounts, "Ash Grove"), joined(accounts, "Rowan Field")
    mine, theirs = staff_of(), staff_of()
    mine.sign_in("Ash Grove")
    theirs.sign_in("Rowan Field")
    mine.send("/account", "/account/sessions/end", {"session": accounts.sessions.of(other)[0].id})
    assert theirs.get("/account").status_code == 200 and one != other


def test_showing_again_who_it_is_gives_a_new_token(accounts: Accounts, staff: Staff, clock: Clock) -> None:
    joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    clock.now += 600
    response = staff.get("/account/password")
    assert response.headers["location"] == "/office/confirm?then=%2Foffice%2Faccount%2Fpassword"
    before = staff.token
    staff.get("/confirm?then=%2Foffice%2Faccount%2Fpassword")
    wrong = staff.post("/confirm", {"password": OTHER_PASSWORD, "then": staff.then})
    assert wrong.status_code == 422 and "The password is not right" in wrong.text
    right = staff.post("/confirm", {"password": PASSWORD, "then": staff.then})
    assert right.headers["location"] == "/office/account/password"
    assert staff.token != before
    assert staff.get("/account/password").status_code == 200
    assert kinds(accounts)[:2] == [EventKind.PROVED, EventKind.PROOF_FAILED]


def test_a_form_in_another_window_outlives_a_new_token(accounts: Accounts, staff: Staff, clock: Clock) -> None:
    account_id = joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    staff.get("/account")
    written = staff.csrf
    before = staff.token
    staff.send("/confirm", "/confirm", {"password": PASSWORD})
    assert staff.token != before
    staff.csrf = written
    assert staff.post("/account/name", {"name": "Ash G"}).status_code == 303
    assert accounts.people.find(account_id).name == "Ash G"


def test_a_form_of_an_earlier_session_changes_nothing(accounts: Accounts, staff: Staff) -> None:
    account_id = joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    staff.get("/account")
    written = staff.csrf
    staff.post("/sign-out")
    staff.sign_in("Ash Grove")
    staff.csrf = written
    response = staff.post("/account/name", {"name": "Ash G"})
    assert response.status_code == 403 and "This page was out of date" in response.text
    assert accounts.people.find(account_id).name == "Ash Grove"


def test_a_dangerous_form_leads_back_to_its_page(accounts: Accounts, staff: Staff, clock: Clock) -> None:
    joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    other = joined(accounts, "Ash Grove")
    staff.sign_in("Rowan Field")
    staff.get(f"/people/{other}")
    clock.now += 600
    response = staff.post(f"/people/{other}/suspend")
    assert response.headers["location"] == f"/office/confirm?then=%2Foffice%2Fpeople%2F{other}"
    assert accounts.people.find(other).active


ELSEWHERE = [
    "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/office//elsewhere.example",
    "/office/\r\nSet-Cookie: a=b", "/", "/other", "javascript:alert(1)", "/office/../other", "/office/%2e%2e/other",
    "/office/.%2E/other", "/officeelsewhere", "/office/?a=https://elsewhere.example", "/office/" + "x" * 400,
    "/office/a\t", "/office/@elsewhere.example", " /office/account", "/office/#x",
]  # fmt: skip


@pytest.mark.parametrize("then", ELSEWHERE)
def test_nobody_is_sent_elsewhere(accounts: Accounts, staff: Staff, then: str) -> None:
    joined(accounts, "Ash Grove")
    assert local(then) == "/office/"
    staff.get("/sign-in")
    response = staff.post("/sign-in", {"name": "Ash Grove", "password": PASSWORD, "then": then})
    stripped = then.strip()  # forms are read without the spaces around what was typed
    assert response.status_code == 303 and response.headers["location"] == local(stripped)
    assert local(stripped) in ("/office/", stripped) and (stripped == then or stripped.startswith("/office/a"))


@pytest.mark.parametrize("then", ["/office", "/office/", "/office/people/abc23", "/office/events?kind=denied&before=5"])
def test_a_page_of_the_office_is_gone_on_to(then: str) -> None:
    assert local(then) == then


def test_the_chat_learns_who_is_signed_in(accounts: Accounts, staff: Staff, staff_of: MakeStaff, clock: Clock) -> None:
    account_id = joined(accounts, "Ash Grove")
    app = staff._http._transport.app  # type: ignore[attr-defined]
    office = app.state.office

    def known(cookie: str) -> str | None:
        headers = [(b"cookie", cookie.encode()), (b"host", b"localhost")]
        request = Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers})
        account = staff._runner.run(office.current_account(request))
        return None if account is None else account.id

    assert known("") is None and known(f"{COOKIE}={'a' * 43}") is None
    staff.sign_in("Ash Grove")
    assert known(f"{COOKIE}={staff.token}") == account_id
    clock.now += 900
    assert known(f"{COOKIE}={staff.token}") is None


@pytest.mark.parametrize(
    ("origin", "host", "possible"),
    [
        ("http://localhost:8000", "localhost", True), ("https://Advice.Example.org", "advice.example.org", True),
        ("http://127.0.0.1:8000", "127.0.0.1", False), ("http://[::1]:8000", "::1", False),
    ],
)  # fmt: skip
def test_passkeys_belong_to_a_name(origin: str, host: str, possible: bool) -> None:
    assert site_of(origin).host == host
    assert takes_passkeys(site_of(origin)) is possible


def test_what_is_past_its_time_is_swept(accounts: Accounts, staff: Staff, clock: Clock) -> None:
    account_id = joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    clock.now += 900
    staff._runner.run(staff._http._transport.app.state.office.sweep())  # type: ignore[attr-defined]
    clock.now -= 900
    assert accounts.sessions.of(account_id) == ()
