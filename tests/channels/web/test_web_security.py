"""Headers, cookie, form tokens, hosts, and what never reaches a log."""

from __future__ import annotations

import logging
import re

import pytest

from bot.channels.web import WebSettings
from bot.errors import SettingsError
from tests.channels.web.scripted import Scripted
from tests.channels.web.support import Client, MakeClient

PATHS = ("/", "/help", "/privacy", "/accessibility", "/ended", "/healthz", "/nowhere", "/say")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
        "connect-src": "'self'", "form-action": "'self' https://www.bbc.co.uk", "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }  # fmt: skip
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers


def test_a_failure_keeps_the_headers_and_tells_nothing(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.say("crash with zebra words")
    assert response.status_code == 500
    assert "zebra" not in response.text and "RuntimeError" not in response.text
    assert "call <a" in response.text and "content-security-policy" in response.headers
    assert "RuntimeError at scripted.py" in caplog.text
    assert "zebra" not in caplog.text


def test_no_log_holds_words_or_addresses(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.say("what if they refuse zebra")
        client.get()
        client.post("/say", {"text": "zebra", "csrf": "wrong"})
    ours = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("bot."))
    assert "zebra" not in ours and "192.0.2.7" not in ours
    assert client.cookies["sharewell"] not in caplog.text


def test_a_visitor_gets_no_cookie_before_the_first_message(client: Client) -> None:
    for path in PATHS:
        assert "set-cookie" not in client.get(path).headers
    assert not client.cookies


def test_the_cookie_is_random_strict_and_for_the_session(client: Client) -> None:
    cookie = client.say("refuse").headers["set-cookie"]
    assert re.fullmatch(r"sharewell=[\w-]{43}; HttpOnly; Path=/; SameSite=strict", cookie)
    assert "set-cookie" not in client.say("refuse").headers


def test_behind_https_the_cookie_is_secure_and_tied_to_the_host(client_of: MakeClient) -> None:
    client = client_of(secure=True)
    response = client.say("refuse")
    assert response.headers["set-cookie"].startswith("__Host-sharewell=")
    assert "; Secure" in response.headers["set-cookie"]
    assert response.headers["strict-transport-security"] == "max-age=31536000"


def test_the_chat_key_does_not_hold_the_cookie(client: Client, assistant: Scripted) -> None:
    client.say("refuse")
    chat = assistant.messages[0].chat
    assert client.cookies["sharewell"] not in chat
    assert re.fullmatch(r"web:[0-9a-f]{64}", chat)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elsewhere.example"},
        {"origin": "http://127.0.0.1:9999"}, {"origin": "null", "sec-fetch-site": "cross-site"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/say", "/press", "/end"])
def test_another_site_cannot_post(client: Client, assistant: Scripted, path: str, headers: dict[str, str]) -> None:
    client.get()
    response = client.post(path, {"text": "zebra", "value": "menu", "csrf": client.token}, headers)
    assert response.status_code == 403
    assert "came from another site" in response.text and "zebra" not in response.text
    assert not assistant.messages and not assistant.forgotten


def test_our_own_page_may_post(client: Client) -> None:
    own = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert client.say("refuse", own).status_code == 303
    assert client.say("refuse", {"origin": "null", "sec-fetch-site": "same-origin"}).status_code == 303


@pytest.mark.parametrize("token", ["", "x", ".", "a.b", "\u00e9.\u00e9"])
def test_a_wrong_token_sends_nothing_and_gives_the_words_back(client: Client, assistant: Scripted, token: str) -> None:
    response = client.post("/say", {"text": "about a refusal <b>", "csrf": token})
    assert response.status_code == 403
    assert "about a refusal &lt;b&gt;</textarea>" in response.text
    assert not assistant.messages
    assert client.say("about a refusal").status_code == 303


def test_a_token_serves_its_own_session_only(client_of: MakeClient, assistant: Scripted) -> None:
    one, other = client_of(), client_of()
    one.say("refuse")
    one.get()
    other.say("refuse")
    assert other.post("/say", {"text": "share", "csrf": one.token}).status_code == 403
    assert len(assistant.messages) == 2


def test_a_first_token_does_not_serve_an_open_chat(client: Client) -> None:
    client.get()
    first = client.token
    client.say("refuse")
    assert client.post("/say", {"text": "share", "csrf": first}).status_code == 403


def test_a_cookie_not_of_our_making_is_no_session(client: Client) -> None:
    client.cookies.set("sharewell", "short")
    assert client.say("refuse").status_code == 303
    assert len(client.cookies.jar) == 2


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "", "127.0.0.1@elsewhere.example", "[::1", "a b", "localhost.elsewhere.example"]
)
def test_an_unknown_host_is_refused(client: Client, host: str) -> None:
    response = client.get("/", {"host": host})
    assert response.status_code == 400
    assert "elsewhere" not in response.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:81", "127.0.0.1", "[::1]:8000", "chat.example"])
def test_known_hosts_are_served(client_of: MakeClient, host: str) -> None:
    client = client_of(allowed_hosts=("localhost", "::1"), bound_host="127.0.0.1")
    assert client.get("/", {"host": host}).status_code == (400 if host == "chat.example" else 200)


def test_line_breaks_in_a_message_make_no_header(client: Client) -> None:
    client.get()
    for path in ("/say", "/press", "/end"):
        fields = {"text": "a\r\nSet-Cookie: x=y", "value": "menu\r\nX-Bad: 1", "then": "leave\r\nX-Bad: 1"}
        fields["csrf"] = client.token
        response = client.post(path, fields)
        assert "x-bad" not in response.headers
        assert "x=y" not in response.headers.get("set-cookie", "")
        assert response.headers.get("location") in (None, "/?begun#newest", "/ended", "/#newest")


@pytest.mark.parametrize(
    "settings",
    [
        {"exit_url": "javascript:alert(1)"}, {"exit_url": "https://a.example/\r\nX: y"}, {"exit_url": "https://a.example;b"},
        {"exit_url": "bbc"}, {"secret": b"short"}, {"chat_rate": 0}, {"idle_minutes": 0},
    ],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        WebSettings(**settings)  # type: ignore[arg-type]


def test_the_secret_is_never_printed() -> None:
    assert "secret" not in repr(WebSettings())
