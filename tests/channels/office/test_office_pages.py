"""What each page of the office does, and what it says to bad input."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bot.accounts import Accounts, AccountState, Action, EventKind, Place, Role
from bot.channels.office import words
from bot.knowledge.reading import problems
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.support import Staff
from tests.support.people import HOME, OTHER_PASSWORD, PASSWORD, Clock, joined, kinds

TEMPLATES = Path(words.__file__).parent / "templates"
LONG = "x" * 20_000


@pytest.fixture
def administrator(accounts: Accounts, staff: Staff) -> Staff:
    joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    staff.sign_in("Rowan Field")
    return staff


def _summary(page: str) -> list[tuple[str, str]]:
    """The error summary: the field that each line links to, and its words. The field must be there."""
    found = re.search(r'<div class="problem" role="alert" tabindex="-1" id="summary" autofocus>(.*?)</div>', page, re.S)
    assert found is not None, "there is no error summary"
    lines = re.findall(r'<a class="to-field" href="#([\w-]+)">(.*?)</a>', found[1])
    assert lines
    for field, text in lines:
        assert f'id="{field}"' in page, f"no field {field}"
        if field != "content":
            assert f'id="{field}-wrong">{text}</p>' in page and "aria-invalid" in page
    assert "<title>Problem: " in page
    return [(field, unescape(text)) for field, text in lines]


# ---- signing in


def test_without_an_account_the_office_says_how_to_make_the_first(accounts: Accounts, staff: Staff) -> None:
    assert "sharewell account invite --role administrator" in staff.get("/sign-in").text
    accounts.invitations.invite(["administrator"])
    assert "sharewell account invite" in staff.get("/sign-in").text
    joined(accounts, "Ash Grove")
    assert "sharewell account invite" not in staff.get("/sign-in").text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["name", "password"]), ({"name": "Ash Grove"}, ["password"]), ({"password": "zebra1"}, ["name"]),
        ({"name": "Ash Grove", "password": "zebra2"}, ["name"]), ({"name": LONG, "password": "z" * 20_000}, ["name"]),
        ({"name": "\x00", "password": "\x00"}, ["name", "password"]),
        ({"name": "'; --", "password": "<script>"}, ["name"]),
    ],
)  # fmt: skip
def test_a_wrong_sign_in_is_explained_at_its_field(
    accounts: Accounts, staff: Staff, fields: dict[str, str], expected: list[str]
) -> None:
    joined(accounts, "Ash Grove")
    response = staff.send("/sign-in", "/sign-in", fields)
    assert response.status_code == 422
    assert [field for field, _ in _summary(response.text)] == expected
    assert fields.get("password", "zebra").strip("\0") not in response.text or expected == ["name", "password"]
    if fields.get("name") == "Ash Grove":
        assert 'value="Ash Grove"' in response.text, "the name must not be typed twice"


def test_who_has_to_wait_is_told_how_long(accounts: Accounts, staff: Staff, clock: Clock) -> None:
    joined(accounts, "Ash Grove")
    for _ in range(5):
        staff.sign_in("Ash Grove", "wrong")
    response = staff.sign_in("Ash Grove")
    assert response.status_code == 429 and response.headers["retry-after"] == "5"
    assert "Wait 5 seconds" in _summary(response.text)[0][1]
    clock.now += 5
    assert staff.sign_in("Ash Grove").status_code == 303


def test_a_colleague_at_the_same_address_delays_nobody_in_a_known_browser(
    accounts: Accounts, staff_of: MakeStaff
) -> None:
    joined(accounts, "Ash Grove")
    owner = staff_of()
    owner.sign_in("Ash Grove")
    owner.send("/account", "/sign-out")
    colleague = staff_of(of=owner._http._transport.app)  # type: ignore[attr-defined]
    for _ in range(6):
        colleague.sign_in("Ash Grove", "wrong")
    assert colleague.sign_in("Ash Grove").status_code == 429
    assert owner.sign_in("Ash Grove").status_code == 303


def test_a_passkey_without_an_answer_is_explained(accounts: Accounts, staff: Staff) -> None:
    response = staff.send("/sign-in", "/sign-in/passkey", {"credential": ""})
    assert response.status_code == 422 and "passkey was not accepted" in _summary(response.text)[0][1]


def test_passkeys_at_a_number_are_said_not_to_work(staff: Staff) -> None:
    staff._http.base_url = "http://127.0.0.1:8000"
    page = staff.get("/sign-in").text
    assert "address, because it is a number" in page and "data-passkey" not in page


def test_one_address_cannot_ask_for_passkeys_without_end(staff: Staff) -> None:
    staff.get("/sign-in")
    answers = [staff.post("/passkey/options").status_code for _ in range(61)]
    assert set(answers[:60]) == {200} and answers[60] == 429


# ---- joining


def test_joining_with_a_password_signs_in(accounts: Accounts, staff: Staff) -> None:
    made = accounts.invitations.invite(["manager"], "Robin Marsh")
    page = staff.get(f"/invitation/{made.token}").text
    assert "invited as manager" in page and 'value="Robin Marsh"' in page and "What is kept about you" in page
    response = staff.post(f"/invitation/{made.token}", {"name": "Robin M", "password": PASSWORD})
    assert response.headers["location"] == "/office/"
    assert "Robin M" in staff.get("/account").text
    assert staff.get(f"/invitation/{made.token}").status_code == 404


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "Robin", "password": ""}, "password"), ({"name": "", "password": PASSWORD}, "name"),
        ({"name": "Robin", "password": "short"}, "password"),
        ({"name": "Robin", "password": "password123456"}, "password"),
        ({"name": "ash grove", "password": PASSWORD}, "name"), ({"name": LONG, "password": PASSWORD}, "name"),
        ({"name": "Robin", "password": LONG}, "password"), ({"name": "Robin", "credential": "{}"}, "name"),
        ({"name": "Robin", "credential": "[[["}, "name"),
    ],
)  # fmt: skip
def test_joining_badly_is_explained_and_the_link_still_works(
    accounts: Accounts, staff: Staff, fields: dict[str, str], field: str
) -> None:
    joined(accounts, "Ash Grove")
    made = accounts.invitations.invite(["manager"])
    response = staff.send(f"/invitation/{made.token}", f"/invitation/{made.token}", fields)
    assert response.status_code == 422 and _summary(response.text)[0][0] == field
    if 0 < len(fields["name"]) < 40:
        assert f'value="{fields["name"]}"' in response.text
    response = staff.post(f"/invitation/{made.token}", {"name": "Robin", "password": PASSWORD})
    assert response.status_code == 303


@pytest.mark.parametrize("token", ["guess", "a" * 43, "x" * 5000, "%00", "%2e%2e"])
def test_a_link_that_does_not_work_says_so_and_nothing_else(accounts: Accounts, staff: Staff, token: str) -> None:
    accounts.invitations.invite(["manager"], "Robin Marsh")
    response = staff.get(f"/invitation/{token}")
    assert response.status_code == 404 and "Robin" not in response.text
    assert "This link does not work" in response.text or "There is no page here" in response.text


def test_an_expired_and_a_used_link_read_the_same(accounts: Accounts, staff: Staff, clock: Clock) -> None:
    used, late = (accounts.invitations.invite(["manager"]).token for _ in range(2))
    accounts.invitations.accept_with_password(used, "Robin", PASSWORD)
    clock.now += 72 * 3600
    first, second = (staff.get(f"/invitation/{token}").text.replace(token, "") for token in (used, late))
    assert first == second
    assert kinds(accounts)[0] is EventKind.INVITATION_REFUSED


# ---- one's own account


def test_the_name_is_changed_and_a_bad_one_explained(accounts: Accounts, staff: Staff) -> None:
    joined(accounts, "Hazel Brook")
    account_id = joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    assert staff.send("/account", "/account/name", {"name": "Ash G"}).status_code == 303
    assert accounts.people.find(account_id).name == "Ash G"
    for name in ("", "hazel BROOK", LONG, "<b>\x00"):
        response = staff.send("/account", "/account/name", {"name": name})
        assert (response.status_code, name) in ((422, name), (303, "<b>\x00"))
        if response.status_code == 422:
            assert _summary(response.text)[0][0] == "name"
    assert "<b>" not in staff.get("/account").text


def test_the_password_is_changed_and_a_bad_one_explained(accounts: Accounts, staff: Staff) -> None:
    account_id = joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    for password in ("", "short", "Ash Grove 123", LONG):
        response = staff.send("/account/password", "/account/password", {"password": password})
        assert response.status_code == 422 and _summary(response.text)[0][0] == "password"
    assert staff.send("/account/password", "/account/password", {"password": OTHER_PASSWORD}).status_code == 303
    accounts.passwords.proves(account_id, OTHER_PASSWORD)
    assert EventKind.PASSWORD_CHANGED in kinds(accounts)


def test_the_only_way_in_is_not_removed(accounts: Accounts, staff: Staff) -> None:
    joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    response = staff.send("/account", "/account/password/remove")
    assert response.status_code == 409 and "only way" in response.text


def test_a_passkey_that_is_none_is_explained(accounts: Accounts, staff: Staff) -> None:
    joined(accounts, "Ash Grove")
    staff.sign_in("Ash Grove")
    response = staff.send("/account/passkey", "/account/passkey", {"credential": "{}", "label": "my <phone>"})
    assert response.status_code == 422 and _summary(response.text)[0][0] == "label"
    assert 'value="my &lt;phone&gt;"' in response.text


# ---- people


def test_an_administrator_invites_and_the_link_is_shown_once(accounts: Accounts, administrator: Staff) -> None:
    fields = {"roles": ["manager", "adviser"], "name": "Robin", "team": "North", "subjects": "consent, capacity"}
    response = administrator.send("/people/invite", "/people/invite", fields)
    assert response.status_code == 200
    link = re.search(r'value="(http://localhost:8000/office/invitation/([\w-]{43}))"', response.text)
    assert link is not None
    found = accounts.invitations.look(link[2])
    assert (found.roles, found.team, found.subjects) == (
        frozenset({Role.MANAGER, Role.ADVISER}), "North", ("consent", "capacity")
    )  # fmt: skip
    assert link[2] not in administrator.get("/people").text + administrator.get(f"/people/{found.id}").text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "roles"), ({"roles": ["boss"]}, "roles"), ({"roles": ["manager"], "name": "x"}, "name"),
        ({"roles": ["manager"], "name": "rowan field"}, "name"), ({"roles": ["manager"], "team": LONG}, "team"),
        ({"roles": ["manager"], "area": LONG}, "area"), ({"roles": ["manager"], "subjects": LONG}, "subjects"),
        ({"roles": ["manager"], "subjects": ",".join(map(str, range(30)))}, "subjects"),
    ],
)  # fmt: skip
def test_a_bad_invitation_is_explained_and_keeps_what_was_typed(
    accounts: Accounts, administrator: Staff, fields: dict[str, Any], field: str
) -> None:
    response = administrator.send("/people/invite", "/people/invite", {"team": "North <1>", **fields})
    assert response.status_code == 422 and _summary(response.text)[0][0] == field
    if "team" not in fields:
        assert 'value="North &lt;1&gt;"' in response.text
    if fields.get("roles") == ["manager"]:
        assert re.search(r'value="manager" checked', response.text)
    assert len(accounts.people.all()) == 1


def test_roles_and_team_are_changed(accounts: Accounts, administrator: Staff) -> None:
    one = joined(accounts, "Ash Grove")
    assert administrator.send(f"/people/{one}", f"/people/{one}/roles", {"roles": ["auditor"]}).status_code == 303
    fields = {"team": "South", "area": "durham", "subjects": "a, b"}
    assert administrator.send(f"/people/{one}", f"/people/{one}/place", fields).status_code == 303
    found = accounts.people.find(one)
    assert (found.roles, found.team, found.area, found.subjects) == (
        frozenset({Role.AUDITOR}), "South", "durham", ("a", "b")
    )  # fmt: skip


def test_a_bad_change_is_explained_at_its_field(accounts: Accounts, administrator: Staff) -> None:
    one = joined(accounts, "Ash Grove")
    accounts.people.set_place(one, Place("South"))
    response = administrator.send(f"/people/{one}", f"/people/{one}/roles", {})
    assert response.status_code == 422 and _summary(response.text)[0][0] == "roles"
    assert 'value="South"' in response.text
    response = administrator.send(f"/people/{one}", f"/people/{one}/place", {"team": LONG})
    assert response.status_code == 422 and _summary(response.text)[0][0] == "team"
    assert 'value="practitioner" checked' in response.text


def test_somebody_is_suspended_restored_and_given_a_new_link(
    accounts: Accounts, administrator: Staff, staff_of: MakeStaff
) -> None:
    one = joined(accounts, "Ash Grove")
    other = staff_of()
    other.sign_in("Ash Grove")
    assert administrator.send(f"/people/{one}", f"/people/{one}/suspend").status_code == 303
    assert other.get("/account").status_code == 303 and other.sign_in("Ash Grove").status_code == 422
    assert administrator.send(f"/people/{one}", f"/people/{one}/restore").status_code == 303
    assert other.sign_in("Ash Grove").status_code == 303
    response = administrator.send(f"/people/{one}", f"/people/{one}/reset")
    assert "/office/invitation/" in response.text
    assert accounts.people.find(one).state is AccountState.INVITED
    assert other.get("/account").status_code == 303


@pytest.mark.parametrize("way", ["roles", "suspend", "reset"])
def test_nobody_changes_themselves_not_even_by_a_forged_form(
    accounts: Accounts, administrator: Staff, way: str
) -> None:
    joined(accounts, "Ash Grove", Role.ADMINISTRATOR)
    own = next(each.id for each in accounts.people.all() if each.name == "Rowan Field")
    page = administrator.get(f"/people/{own}").text
    assert "This is your own account" in page and f"/people/{own}/{way}" not in page
    response = administrator.post(f"/people/{own}/{way}", {"roles": ["administrator", "manager"]})
    assert response.status_code == 409 and "Nothing was changed" in response.text
    assert accounts.people.find(own).roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize("account", ["nobody", "x" * 3000, "%00", "1'--"])
def test_an_account_that_is_not_there_is_said_not_to_be(administrator: Staff, account: str) -> None:
    assert administrator.get(f"/people/{account}").status_code == 404
    administrator.get("/people/invite")
    for way in ("roles", "place", "suspend", "restore", "reset"):
        assert administrator.post(f"/people/{account}/{way}", {"roles": ["manager"]}).status_code == 404


# ---- events


def test_an_auditor_reads_events_page_by_page(accounts: Accounts, staff: Staff) -> None:
    joined(accounts, "Ash Grove", Role.AUDITOR)
    for _ in range(120):
        accounts.events.note(EventKind.DENIED)
    staff.sign_in("Ash Grove")
    page, seen = staff.get("/events").text, 0
    while True:
        seen += page.count("<tr>") - 1
        older = re.search(r'href="/office(/events\?before=\d+[^"]*)">Older', page)
        if older is None:
            break
        page = staff.get(unescape(older[1])).text
    assert seen == len(accounts.events.newest(500))
    denied = staff.get("/events?kind=denied").text
    assert denied.count("<tr>") == 51 and "Joined</td>" not in denied


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?before=" + "9" * 30, "?before=9999999999", "?kind=boo"])
def test_a_strange_address_of_events_shows_the_newest(accounts: Accounts, staff: Staff, query: str) -> None:
    joined(accounts, "Ash Grove", Role.AUDITOR)
    staff.sign_in("Ash Grove")
    response = staff.get(f"/events{query}")
    assert response.status_code == 200 and "Signed in with a password" in response.text


def test_no_event_tells_what_was_typed(accounts: Accounts, staff: Staff) -> None:
    joined(accounts, "Ash Grove", Role.AUDITOR)
    staff.sign_in("Zebra Crossing", "zebra zebra zebra")
    staff.sign_in("Ash Grove")
    page = staff.get("/events").text
    assert "Sign-in failed" in page and "ebra" not in page and HOME not in page


# ---- words

WORDS = {name: text for name, text in vars(words).items() if name.isupper() and isinstance(text, str)}
PAIRS = {name: text for name, text in vars(words).items() if name.isupper() and isinstance(text, tuple)}
TABLES = [*words.ROLE_HINTS.values(), *words.ACTIONS.values(), *words.EVENT_KINDS.values()]


@pytest.mark.parametrize("text", [*WORDS.values(), *(part for pair in PAIRS.values() for part in pair), *TABLES])
def test_every_sentence_keeps_to_the_reading_limits(text: str) -> None:
    filled = re.sub(r"\{\w+\}", "something", text)
    assert problems(filled) == []


def test_every_role_action_state_and_event_has_words() -> None:
    assert set(words.ROLES) == set(words.ROLE_HINTS) == set(Role)
    assert set(words.ACTIONS) == set(Action)
    assert set(words.EVENT_KINDS) == set(EventKind) and set(words.STATES) == set(AccountState)


def test_templates_mark_nothing_as_trusted() -> None:
    for path in TEMPLATES.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text and "Markup" not in text and "autoescape" not in text, path.name
        assert not re.search(r"\son\w+=|style=|<script(?! src)", text), path.name
