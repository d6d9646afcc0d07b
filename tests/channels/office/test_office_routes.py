"""Every page of the office: who may open it, what it answers to all others, and what each answer carries."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest
from starlette.routing import Mount, Route

from bot.accounts import NEEDS_FRESH, Accounts, Action, EventKind, Role, may, roles_that_may
from bot.channels.office import EVERYONE, Office, Page
from bot.channels.office.declaring import Open
from bot.channels.web import WebSettings
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.support import Staff, application
from tests.support.people import Clock, joined, kinds


def _office(accounts: Accounts) -> Office:
    return Office(accounts, WebSettings())


def _path(page: Page) -> str:
    return page.path.replace("{account}", "nobody").replace("{token}", "guess").replace("{name}", "none.css")


def _ways(accounts: Accounts) -> list[tuple[Page, str]]:
    return [(page, method) for page in _office(accounts).pages for method in page.methods]


def _guarded(accounts: Accounts) -> list[tuple[Page, str]]:
    return [(page, method) for page, method in _ways(accounts) if page.access is not EVERYONE]


def _asked(staff: Staff, page: Page, method: str) -> httpx.Response:
    return staff.get(_path(page)) if method == "GET" else staff.post(_path(page))


def test_every_route_is_a_page_that_declares_its_action(accounts: Accounts, clock: Clock) -> None:
    office = _office(accounts)
    routes = [route for route in office.own_routes if isinstance(route, Route)]
    assert len(routes) == len(office.own_routes) == len(office.pages) >= 30
    assert {route.path for route in routes} == {page.path for page in office.pages}
    assert all(isinstance(page.access, Action | Open) and page.methods for page in office.pages)
    mounted = [route for route in application(accounts, clock).routes if isinstance(route, Mount)]
    assert [route.path for route in mounted] == ["/office"]


def test_open_to_everyone_is_only_what_signing_in_needs(accounts: Accounts) -> None:
    assert {page.path for page in _office(accounts).pages if page.access is EVERYONE} == {
        "/help", "/static/{name}", "/sign-in", "/sign-in/passkey", "/sign-in/organisation", "/sign-in/returned",
        "/passkey/options", "/invitation/{token}", "/invitation/{token}/options",
    }  # fmt: skip


def test_nobody_is_sent_to_sign_in_and_back(accounts: Accounts, staff: Staff) -> None:
    joined(accounts, "Ash Grove", *Role)
    for page, method in _guarded(accounts):
        response = _asked(staff, page, method)
        assert response.status_code == 303, (page.path, method)
        to = urlsplit(response.headers["location"])
        assert to.path == "/office/sign-in" and not to.netloc
        for then in parse_qs(to.query).get("then", []):
            assert then.startswith("/office/")
            assert method == "POST" or then == f"/office{_path(page)}"
    assert EventKind.DENIED not in kinds(accounts)


@pytest.mark.parametrize("role", Role)
def test_the_wrong_role_is_told_so_in_words_and_it_is_written_down(
    accounts: Accounts, staff: Staff, role: Role
) -> None:
    account_id = joined(accounts, "Ash Grove", role)
    staff.sign_in("Ash Grove")
    account = accounts.people.find(account_id)
    for page, method in _guarded(accounts):
        assert isinstance(page.access, Action)
        if may(account, page.access):
            continue
        response = _asked(staff, page, method)
        assert response.status_code == 403, (page.path, method)
        assert "You may not open this page" in response.text and "ask an administrator" in response.text
        event = accounts.events.newest(1)[0]
        assert (event.kind, event.account_id, event.action) == (EventKind.DENIED, account_id, page.access.value)
        assert any(named in response.text for named in roles_that_may(page.access))


@pytest.mark.parametrize("role", Role)
def test_the_right_role_may_open_its_pages(accounts: Accounts, staff: Staff, role: Role) -> None:
    account = accounts.people.find(joined(accounts, "Ash Grove", role))
    staff.sign_in("Ash Grove")
    opened = 0
    for page, method in _guarded(accounts):
        if method == "GET" and isinstance(page.access, Action) and may(account, page.access):
            assert _asked(staff, page, method).status_code in (200, 204, 404), page.path
            opened += 1
    assert opened >= 5
    assert EventKind.DENIED not in kinds(accounts)


def test_every_answer_is_kept_by_no_browser_and_carries_the_headers(accounts: Accounts, staff: Staff) -> None:
    joined(accounts, "Ash Grove", *Role)
    for signed_in in (False, True):
        if signed_in:
            staff.sign_in("Ash Grove")
        for page, method in _ways(accounts):
            if page.path == "/sign-out":
                continue
            headers = _asked(staff, page, method).headers
            assert headers["cache-control"] == "no-store", page.path
            assert "default-src 'none'" in headers["content-security-policy"]
            assert headers["x-frame-options"] == "DENY"


def test_files_may_be_kept_because_their_names_change(staff: Staff) -> None:
    page = staff.get("/sign-in").text
    for name in ("office.css", "office.js"):
        start = page.index(f"/office/static/{name.split('.')[0]}.")
        path = page[start : page.index('"', start)].removeprefix("/office")
        response = staff.get(path)
        assert response.status_code == 200 and "max-age" in response.headers["cache-control"]
        assert "set-cookie" not in response.headers


def test_a_form_needs_the_token_of_its_own_session(accounts: Accounts, staff_of: MakeStaff) -> None:
    account_id = joined(accounts, "Ash Grove", *Role)
    staff = staff_of()
    staff.sign_in("Ash Grove")
    other = staff_of()
    other.get("/sign-in")
    for token in ("", "x", other.csrf, "\u00e9"):
        for page, method in _guarded(accounts):
            if method == "POST":
                staff.csrf = token
                response = staff.post(_path(page))
                assert response.status_code == 403, page.path
                assert "This page was out of date" in response.text
                event = accounts.events.newest(1)[0]
                assert (event.kind, event.account_id) == (EventKind.FORGED, account_id)
    assert staff.get("/account").status_code == 200, "signed out by a forged form"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/passkey", "/passkey/options", "/invitation/guess", "/invitation/guess/options"]
)
def test_a_form_before_signing_in_needs_a_token_too(accounts: Accounts, staff: Staff, path: str) -> None:
    staff.get("/sign-in")
    staff.csrf = "forged"
    assert staff.post(path, {"name": "x", "password": "y"}).status_code == 403
    assert kinds(accounts) == []


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}])
def test_another_site_cannot_post(accounts: Accounts, staff: Staff, headers: dict[str, str]) -> None:
    joined(accounts, "Ash Grove")
    staff.get("/sign-in")
    response = staff.post("/sign-in", {"name": "Ash Grove", "password": "x"}, headers)
    assert response.status_code == 403 and "came from another site" in response.text


def test_dangerous_pages_ask_again_who_it_is(accounts: Accounts, staff_of: MakeStaff, clock: Clock) -> None:
    dangerous = [
        Page(f"/danger/{action.value}", action, get=lambda visit: visit.page("home.html", "Danger"))
        for action in sorted(NEEDS_FRESH)
    ]
    staff = staff_of(more=dangerous)
    joined(accounts, "Ash Grove", *Role)
    staff.sign_in("Ash Grove")
    clock.now += 599
    for page in dangerous:
        assert staff.get(page.path).status_code == 200
    clock.now += 1
    for page in dangerous:
        response = staff.get(page.path + "?a=b")
        assert response.status_code == 303
        assert unquote(response.headers["location"]) == f"/office/confirm?then=/office{page.path}?a=b"


def test_the_navigation_shows_what_somebody_may_open(accounts: Accounts, staff_of: MakeStaff) -> None:
    expected = {
        Role.PRACTITIONER: {"My account"}, Role.MANAGER: {"My account"}, Role.ADVISER: {"My account"},
        Role.AUDITOR: {"My account", "Events"}, Role.ADMINISTRATOR: {"My account", "People"},
    }  # fmt: skip
    for role in Role:
        joined(accounts, f"Person {role.value}", role)
        staff = staff_of()
        staff.sign_in(f"Person {role.value}")
        page = staff.get("/").text
        nav = page[page.index('class="office-nav"') : page.index("</nav>")]
        assert {label for label in ("My account", "People", "Events") if f">{label}</a>" in nav} == expected[role]


@pytest.mark.parametrize("path", ["/nowhere", "/people/a/b/c", "//elsewhere.example"])
def test_what_is_not_there_is_said_not_to_be(staff: Staff, path: str) -> None:
    response = staff.get(path)
    assert response.status_code == 404 and "There is no page here" in response.text


def test_a_wrong_method_is_said_to_be_one(staff: Staff) -> None:
    assert staff.get("/sign-out").status_code == 405


def test_the_bare_path_leads_to_the_first_page(staff: Staff) -> None:
    response = staff.get("")
    assert response.status_code == 307 and response.headers["location"] == "/office/"


def test_the_chat_and_the_guidance_need_no_account(staff_of: MakeStaff) -> None:
    staff = staff_of()
    assert staff._runner.run(staff._http.get("/")).status_code == 200
    assert not staff.cookies


def test_a_form_that_is_too_large_is_not_read(staff: Staff) -> None:
    staff.get("/sign-in")
    assert staff.post("/sign-in", {"name": "x" * 100_000, "password": "y"}).status_code == 413


def test_a_database_that_fails_is_said_to(accounts: Accounts, accounts_url: str, staff: Staff) -> None:
    joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    with accounts._database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE session RENAME TO lost")
    response = staff.get("/account")
    assert response.status_code == 503 and "Check that it runs" in response.text
